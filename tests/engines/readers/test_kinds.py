import contextlib
import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.readers import Media, read_bytes
from taizhang.engines.readers.errors import (
    FileHasNoTextError,
    FileIsDamagedError,
    FileIsEmptyError,
    FileIsEncryptedError,
    FileIsTooLargeError,
    FormatIsNotReadError,
)
from taizhang.kernel.errors import TaizhangError
from tests.engines.readers.word_files import p, word_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\0" * 64


@pytest.mark.parametrize(
    ("data", "what", "cure"),
    [
        (stream("WordDocument"), "旧版Word或WPS文字文档(.doc/.wps)", "另存为“Word文档(*.docx)”"),
        (stream("Workbook"), "旧版Excel工作簿(.xls/.et)", "另存为.docx"),
        (stream("PowerPoint Document"), "旧版PowerPoint", "另存为"),
        (stream("?"), "旧版Office文件", "另存为"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "Excel工作簿(.xlsx)", "另存为.docx"),
        (zipped({"ppt/presentation.xml": b"<x/>"}), "PowerPoint演示文稿", "另存为"),
        (zipped({"OFD.xml": b"<x/>"}), "OFD版式文件", "导出为可检索的PDF"),
        (zipped({"content.xml": b"<x/>"}), "OpenDocument文档", "另存为"),
        (zipped({"通知.docx": b"x"}), "ZIP压缩包", "先解压"),
        (b"\x89PNG\r\n\x1a\n....", "PNG图片", "文字识别（OCR）"),
        (b"\xff\xd8\xff\xe0....", "JPEG图片", "文字识别（OCR）"),
        (b"II*\0....", "TIFF图片", "文字识别（OCR）"),
        (b"BM\x36\x10\0\0\0\0\0\0....", "图片", "文字识别（OCR）"),
        (b"{\\rtf1\\ansi", "RTF文档", "另存为"),
        (b"Rar!\x1a\x07\x01\0", "RAR压缩包", "先解压"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x", "网页归档(.mht)", "仅HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word 2003 XML文档", "另存为"),
        (b'<?xml version="1.0"?><akomaNtoso/>', "XML数据文件", "另存为"),
    ],
)
def test_what_has_no_reader_is_refused_by_name_with_a_way_out(data: bytes, what: str, cure: str) -> None:
    with pytest.raises(FormatIsNotReadError) as caught:
        read_bytes(data, name="文件.docx")
    assert what in str(caught.value)
    assert cure in str(caught.value)


def test_a_word_file_under_a_password_says_so() -> None:
    with pytest.raises(FileIsEncryptedError, match="打开密码"):
        read_bytes(stream("EncryptedPackage"), name="通知.docx")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileIsEmptyError):
        read_bytes(b"", name="a.txt")


@pytest.mark.parametrize("data", [b" \r\n\t", b"\xef\xbb\xbf", "　\n".encode(), b"<html><body><br></body></html>"])
def test_a_file_of_blanks_is_refused(data: bytes) -> None:
    with pytest.raises(FileHasNoTextError):
        read_bytes(data)


def test_a_file_over_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(FileIsTooLargeError, match=r"3.0MB，超过一次读取的上限2.0MB"):
        read_bytes(b"x" * 3 * 1024 * 1024, limit_bytes=2 * 1024 * 1024)


@pytest.mark.parametrize(
    ("data", "name", "media", "note"),
    [
        (b"<html><body>x</body></html>", "a.doc", Media.HTML, "扩展名是.doc，内容却是html，已按内容读取"),
        (b"<!DOCTYPE html><p>x", "a.txt", Media.HTML, "扩展名是.txt，内容却是html，已按内容读取"),
        (word_file(p("x")), "a.pdf", Media.DOCX, "扩展名是.pdf，内容却是docx，已按内容读取"),
        ("通知".encode(), "a.docx", Media.TXT, "扩展名是.docx，内容却是txt，已按内容读取"),
        ("通知".encode(), "a.MD", Media.MD, None),
        ("通知".encode(), "a.log", Media.TXT, None),
        ("通知".encode(), None, Media.TXT, None),
        (b"<table><tr><td>x</table>", None, Media.HTML, None),
        (b"<!-- x -->\n<div align=center>x</div>", "a.md", Media.MD, None),
        ("说明：PDF以%PDF-开头，网页以<html>开头".encode(), "a.txt", Media.TXT, None),
    ],
)
def test_content_decides_and_a_wrong_extension_is_told(data: bytes, name: str | None, media: Media, note: str | None) -> None:
    source = read_bytes(data, name=name)
    assert (source.media, [str(n) for n in source.notes]) == (media, [note] if note else [])


def test_the_digest_is_that_of_the_bytes() -> None:
    data = "通知".encode("gb18030") * 4
    assert read_bytes(data).sha256 == hashlib.sha256(data).hexdigest()


def test_an_archive_whose_list_alone_would_fill_memory_is_refused() -> None:
    data = bytearray(word_file(p("甲")))
    end = data.rfind(b"PK\5\6")
    data[end + 12 : end + 16] = (64 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(TaizhangError, match="目录过大"):
        read_bytes(bytes(data))


def test_a_truncated_archive_is_damaged() -> None:
    with pytest.raises(FileIsDamagedError):
        read_bytes(b"PK\x03\x04" + b"\0" * 40)


@given(st.binary(max_size=200), st.sampled_from([None, "a.txt", "a.html", "a.docx", "a.pdf"]))
def test_any_bytes_give_a_text_or_a_refusal(data: bytes, name: str | None) -> None:
    with contextlib.suppress(TaizhangError):
        assert read_bytes(data, name=name).text


def test_looking_at_the_door_loads_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys, taizhang.engines.readers as r, taizhang.engines.office; r.read_bytes('通知'.encode());"
        "print([m for m in ('lxml', 'pypdfium2', 'docx', 'typst', 'xlsxwriter', 'python_calamine', 'zipfile') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
