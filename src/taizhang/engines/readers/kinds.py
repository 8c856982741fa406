"""What a file is: by its first bytes or its container's members, then by how its text begins, last by its extension.

Formats without a reader are refused by name, with the way to one that has.
"""

import re

from taizhang.engines.readers.errors import FileIsEncryptedError, FormatIsNotReadError
from taizhang.engines.readers.source import Media
from taizhang.kernel.message import Message

SAVE_AS_DOCX = "用Word或WPS打开，另存为“Word文档(*.docx)”再读"
_OCR = "先用文字识别（OCR）软件转成Word或可检索的PDF，校对后再读"
UNPACK = "先解压，再逐个读取其中的文件"
AS_TEXT = "把正文另存为.docx、.txt或.html再读"
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG图片", _OCR),
    (b"\xff\xd8\xff", "JPEG图片", _OCR),
    (b"GIF8", "GIF图片", _OCR),
    (b"II*\0", "TIFF图片", _OCR),
    (b"MM\0*", "TIFF图片", _OCR),
    (b"{\\rtf", "RTF文档", SAVE_AS_DOCX),
    (b"Rar!\x1a\x07", "RAR压缩包", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包", UNPACK),
    (b"\x1f\x8b", "gzip压缩包", UNPACK),
    (b"AT&TFORM", "DjVu扫描件", _OCR),
    (b"CAJ\0", "CAJ文献", "用CAJViewer打开，另存为PDF或文本再读"),
    (b"HN\0\0", "CAJ文献", "用CAJViewer打开，另存为PDF或文本再读"),
)
_OLE_STREAMS = (
    ("WordDocument", "旧版Word或WPS文字文档(.doc/.wps)", SAVE_AS_DOCX),
    ("PowerPoint Document", "旧版PowerPoint演示文稿(.ppt/.dps)", AS_TEXT),
    ("Workbook", "旧版Excel工作簿(.xls/.et)", "另存为.docx或制表符分隔的.txt再读"),
    ("Book", "旧版Excel工作簿(.xls/.et)", "另存为.docx或制表符分隔的.txt再读"),
    ("__properties_version1.0", "Outlook邮件(.msg)", AS_TEXT),
)
_EXTENSIONS = {
    "txt": Media.TXT,
    "text": Media.TXT,
    "md": Media.MD,
    "markdown": Media.MD,
    "htm": Media.HTML,
    "html": Media.HTML,
    "shtml": Media.HTML,
    "xhtml": Media.HTML,
    "docx": Media.DOCX,
    "pdf": Media.PDF,
}
_MARKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\f"
# A page says what it is; a bare fragment only counts where no name says that it is plain text.
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_BEFORE = rb"(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
_PAGE_AT_START = re.compile(_BEFORE + rb"(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(
    _BEFORE + rb"<(?:head|body|meta|title|table|tbody|thead|tr|div|p|span|center|font|h[1-6]|ul|ol|section|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_WITHIN = 4096


def kind_of(data: bytes, name: str | None) -> tuple[Media, tuple[Message, ...]]:
    """The format to read as, with a note if the name says another. Raises `FormatIsNotReadError` and, for Office files under a
    password, `FileIsEncryptedError`."""
    extension = name.rsplit(".", 1)[1].lower() if name and "." in name else None
    named = _EXTENSIONS.get(extension or "")
    found = _by_content(data, named)
    if extension is None or found is named or (named is None and found is Media.TXT):
        return found, ()
    facts = {"extension": extension, "media": found.value}
    return found, (Message("扩展名是.{extension}，内容却是{media}，已按内容读取", facts),)


def _by_content(data: bytes, named: Media | None) -> Media:
    # readers of PDF allow some bytes before the mark; a text that speaks of "%PDF-" has no end mark
    if data.lstrip()[:5] == b"%PDF-" or (b"%PDF-" in data[:1024] and b"%%EOF" in data[-1024:]):
        return Media.PDF
    if data.startswith(b"PK\x03\x04"):
        from taizhang.engines.readers.zip_kinds import zip_kind  # noqa: PLC0415 - zipfile loads much that text needs not

        return zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _ole_refusal(data)
    for magic, what, cure in _MAGIC:
        if data.startswith(magic):
            raise FormatIsNotReadError(what=what, cure=cure)
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"):
        raise FormatIsNotReadError(what="图片（WebP或BMP）", cure=_OCR)
    return _text_kind(data, named)


def _text_kind(data: bytes, named: Media | None) -> Media:
    # UTF-16 has a zero beside each ASCII character; without them its tags read like any other's
    start = data[: _WITHIN * 2].replace(b"\0", b"").lstrip(_MARKS)[:_WITHIN]
    if b'progid="Word.Document"' in start:
        raise FormatIsNotReadError(what="Word 2003 XML文档", cure=SAVE_AS_DOCX)
    if re.match(rb"MIME-Version:", start, re.IGNORECASE) and b"multipart/related" in start.lower():
        raise FormatIsNotReadError(what="网页归档(.mht)", cure="用浏览器打开，另存为“网页，仅HTML”再读")
    if _PAGE_AT_START.match(start) or (named not in {Media.TXT, Media.MD} and _PAGE.search(start)):
        return Media.HTML
    if start.startswith(b"<?xml"):
        raise FormatIsNotReadError(what="XML数据文件", cure=AS_TEXT)
    if named in {Media.TXT, Media.MD}:
        return named
    if _FRAGMENT.match(start):
        return Media.HTML
    # A name that promises a container is no reason to call the bytes one
    return Media.TXT


def _ole_refusal(data: bytes) -> FormatIsNotReadError | FileIsEncryptedError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return FileIsEncryptedError(what="Office文件")
    for stream, what, cure in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return FormatIsNotReadError(what=what, cure=cure)
    return FormatIsNotReadError(what="旧版Office文件", cure=SAVE_AS_DOCX)
