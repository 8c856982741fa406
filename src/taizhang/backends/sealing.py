"""Secrets at rest: sealed by a key that stands outside the database (AES-128-CBC with HMAC-SHA256, the Fernet format)."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from taizhang.kernel.errors import TaizhangError

_MARK = "sealed:"
_PURPOSE = b"taizhang sealing 1\0"


class CannotUnsealError(TaizhangError):
    """A sealed secret that none of the keys opens."""

    code = "backends.cannot-unseal"
    template = "存着的密文用现在的密钥解不开。把原来的密钥加在 TAIZHANG_SEALING_KEYS 后面，用逗号分隔"


def seal(text: str, keys: Sequence[str]) -> str:
    """The text, readable with the keys only. The first one seals."""
    return _MARK + _sealer(keys).encrypt(text.encode()).decode()


def unseal(stored: str, keys: Sequence[str]) -> str:
    """What was sealed with any of the keys; a text that was never sealed as it is. Raises `CannotUnsealError`."""
    if not stored.startswith(_MARK):
        return stored
    try:
        return _sealer(keys).decrypt(stored.removeprefix(_MARK).encode()).decode()
    except InvalidToken as error:
        raise CannotUnsealError from error


def _sealer(keys: Sequence[str]) -> MultiFernet:
    """Random keys of any length are brought to the length of a Fernet key; a password would need a slower way."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(_PURPOSE + key.encode()).digest())) for key in keys])
