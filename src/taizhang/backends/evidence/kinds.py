"""What a file is, by its first bytes and its parts; its name has to say the same. Nothing is run or unpacked to disk."""

import io
import os
import re
import zipfile
import zlib
from dataclasses import dataclass

from taizhang.backends.evidence.errors import FileIsMislabelledError, FileKindIsRefusedError, FileUnpacksTooLargeError
from taizhang.engines.office import media_types

UNPACKED_LIMIT = 512 * 1024 * 1024
_MOST_PARTS = 10_000
_TEXT_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken: how people call it, its media type, the endings its name may have."""

    name: str
    media: str
    endings: tuple[str, ...]


_PDF = FileKind("PDF", media_types.PDF, (".pdf",))
_PNG = FileKind("PNG 图片", "image/png", (".png",))
_JPEG = FileKind("JPEG 图片", "image/jpeg", (".jpg", ".jpeg"))
_TEXT = FileKind("文本", "text/plain", (".txt", ".csv"))
_DOCX = FileKind("Word 文档", media_types.DOCX, (".docx",))
_XLSX = FileKind("Excel 工作簿", media_types.XLSX, (".xlsx",))
_OFD = FileKind("OFD 版式文件", "application/ofd", (".ofd",))
KINDS = (_PDF, _OFD, _DOCX, _XLSX, _PNG, _JPEG, _TEXT)
_STARTS = ((b"%PDF-", _PDF), (b"\x89PNG\r\n\x1a\n", _PNG), (b"\xff\xd8\xff", _JPEG))
_PARTS = (("word/document.xml", _DOCX), ("xl/workbook.xml", _XLSX), ("OFD.xml", _OFD))
# What a browser or an office program would run; named so that the refusal says what it is.
_REFUSED = (
    (b"MZ", "是 Windows 程序"),
    (b"\x7fELF", "是程序"),
    (b"\xd0\xcf\x11\xe0", "是旧版 Office 文件，可能带宏"),
    (b"Rar!", "是压缩包"),
    (b"7z\xbc\xaf", "是压缩包"),
    (b"\x1f\x8b", "是压缩包"),
)
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|link|meta|\?xml|\?php)\b", re.IGNORECASE
)


def kind_of(name: str, data: bytes) -> FileKind:
    """The kind of a file. Raises `FileKindIsRefusedError`, `FileIsMislabelledError`, `FileUnpacksTooLargeError`."""
    if not data:
        raise _refused(name, "是空文件")
    found = _by_content(name, data)
    ending = os.path.splitext(name)[1].lower()
    if ending not in found.endings:
        raise FileIsMislabelledError(name=name, said=ending or "没有后缀", found=found.name)
    return found


def _refused(name: str, why: str) -> FileKindIsRefusedError:
    return FileKindIsRefusedError(name=name, why=why, known="、".join(kind.name for kind in KINDS))


def _by_content(name: str, data: bytes) -> FileKind:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    for start, why in _REFUSED:
        if data.startswith(start):
            raise _refused(name, why)
    if data.startswith(b"PK"):
        return _packed(name, data)
    return _text(name, data)


def _text(name: str, data: bytes) -> FileKind:
    if _MARKUP.search(data.lstrip(b"\xef\xbb\xbf")[:_TEXT_LOOKED_AT]):
        raise _refused(name, "是网页或带标记的文件，打开时可能运行程序")
    if b"\0" in data:
        raise _refused(name, "认不出是什么文件")
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _TEXT
    raise _refused(name, "认不出是什么文件")


def _packed(name: str, data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS:
                raise _refused(name, f"里面有 {len(parts)} 个文件")
            if any(part.flag_bits & 1 for part in parts):
                raise _refused(name, "加了密码，没法核验")
            size = sum(part.file_size for part in parts)
            if size > UNPACKED_LIMIT:
                raise FileUnpacksTooLargeError(name=name, size=size, limit=UNPACKED_LIMIT)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise _refused(name, "损坏了，打不开") from error
    names = {part.filename for part in parts}
    if any("vbaproject" in part.lower() or part.lower().startswith(("word/activex", "xl/activex")) for part in names):
        raise _refused(name, "带宏")
    for part, kind in _PARTS:
        if part in names:
            return kind
    raise _refused(name, "是压缩包")
