"""The one door: bytes in, text out, whatever the format. What a file is, its content says first and its name second."""

import hashlib

from taizhang.engines.readers.errors import FileHasNoTextError, FileIsEmptyError, FileIsTooLargeError
from taizhang.engines.readers.kinds import kind_of
from taizhang.engines.readers.source import Extract, Media, SourceText

LIMIT_BYTES = 64 * 1024 * 1024


def read_bytes(data: bytes, *, name: str | None = None, limit_bytes: int = LIMIT_BYTES) -> SourceText:
    """The text of a file's bytes. `name` is the file's name, if it has one; only its extension is looked at.

    Raises the errors of `readers.errors`, each a `TaizhangError`: nothing is ever replaced or left out in silence.
    """
    if not data:
        raise FileIsEmptyError
    refuse_too_large(len(data), limit_bytes)
    media, notes = kind_of(data, name)
    extract = _read(media, data)
    if not extract.text.strip("\ufeff \t\r\n\f\u3000"):
        raise FileHasNoTextError(media=media.value)
    digest = hashlib.sha256(data).hexdigest()
    return SourceText(extract.text, media, extract.encoding, digest, extract.locators, (*notes, *extract.notes))


def refuse_too_large(size: int, limit_bytes: int = LIMIT_BYTES) -> None:
    """Raise `FileIsTooLargeError` for a size in bytes over the limit: for who knows it before all bytes are in memory."""
    if size > limit_bytes:
        raise FileIsTooLargeError(size=_size(size), limit=_size(limit_bytes))


def _size(count: int) -> str:
    tenths = -(-count * 10 // (1024 * 1024))  # upwards: what is over a limit must not read like the limit
    return f"{tenths // 10}.{tenths % 10}MB" if count >= 1024 * 1024 else f"{count}字节"


# Each reader is imported when its format comes up: the libraries behind them take longer to load than most gazettes to read.
def _read(media: Media, data: bytes) -> Extract:
    match media:
        case Media.TXT | Media.MD:
            from taizhang.engines.readers.plain import read_plain  # noqa: PLC0415

            return read_plain(data)
        case Media.HTML:
            from taizhang.engines.readers.html import read_html  # noqa: PLC0415

            return read_html(data)
        case Media.DOCX:
            from taizhang.engines.readers.docx import read_docx  # noqa: PLC0415

            return read_docx(data)
        case Media.PDF:
            from taizhang.engines.readers.pdf import read_pdf  # noqa: PLC0415

            return read_pdf(data)
