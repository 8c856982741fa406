"""Files by their SHA-256: written once, whole or not at all, checked whenever they are read."""

import hashlib
import os
import tempfile
from pathlib import Path

from taizhang.backends.evidence.errors import EvidenceIsDamagedError


class EvidenceStore:
    """A folder of sealed files, two characters of the digest a folder. The same bytes lie there once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep bytes; their SHA-256. Safe beside others that keep the same, and where the machine stops half way."""
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place(sha256)
        if place.exists():
            return sha256
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises `EvidenceIsDamagedError` where they are gone or are others."""
        try:
            data = self._place(sha256).read_bytes()
        except OSError as error:
            raise EvidenceIsDamagedError(sha256=sha256, why="不在了") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise EvidenceIsDamagedError(sha256=sha256, why="被改动过，与封存时的摘要不符")
        return data

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise EvidenceIsDamagedError(sha256=sha256[:64], why="不是摘要")
        return self._folder / sha256[:2] / sha256
