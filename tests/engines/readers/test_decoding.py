import pytest

from taizhang.engines.readers import Media, read_bytes
from taizhang.engines.readers.errors import BytesAreUndecodableError, EncodingIsUnknownError

TEXT = "崤陵市人民政府\r\n关于加强数据管理的通知\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "notes"),
    [
        (TEXT.encode(), "utf-8", []),
        (TEXT.encode("utf-8-sig"), "utf-8-sig", []),
        (TEXT.encode("utf-16"), "utf-16", []),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", []),
        (TEXT.encode("utf-16-le"), "utf-16-le", ["没有编码标记，按UTF-16-LE读取"]),
        (TEXT.encode("gb18030"), "gb18030", ["按GB18030编码读取"]),
        (TEXT.encode("gbk"), "gb18030", ["按GB18030编码读取"]),
    ],
)
def test_each_encoding_gives_the_same_text_with_its_line_ends(data: bytes, encoding: str, notes: list[str]) -> None:
    source = read_bytes(data, name="通知.txt")
    assert (source.text, source.encoding, [str(note) for note in source.notes]) == (TEXT, encoding, notes)


def test_characters_outside_gbk_are_read_as_gb18030() -> None:
    assert read_bytes("𫖯瞰全市𬭩材料项目".encode("gb18030")).text == "𫖯瞰全市𬭩材料项目"


def test_markdown_is_kept_as_it_is() -> None:
    source = read_bytes("# 第一章 总则\n\n- 甲\n".encode(), name="条例.md")
    assert (source.text, source.media) == ("# 第一章 总则\n\n- 甲\n", Media.MD)


def test_a_bad_byte_in_utf8_is_told_with_line_and_offset() -> None:
    good = "第一条 为了规范数据管理，制定本办法。\n".encode()
    with pytest.raises(BytesAreUndecodableError) as caught:
        read_bytes(good * 3 + b"\xe7\xac" + good)
    assert caught.value.facts | {"found": ""} == {"line": 4, "offset": len(good) * 3, "found": "", "encoding": "UTF-8"}
    assert "另存为UTF-8" in str(caught.value)


def test_a_bad_byte_in_gb18030_is_told_with_line_and_offset() -> None:
    good = "第一条 为了规范数据管理，制定本办法。\n".encode("gb18030")
    with pytest.raises(BytesAreUndecodableError) as caught:
        read_bytes(good * 3 + b"\xff" + good)
    assert caught.value.facts | {"found": ""} == {"line": 4, "offset": len(good) * 3, "found": "", "encoding": "GB18030"}


def test_a_text_in_another_encoding_is_not_turned_into_rubbish() -> None:
    with pytest.raises(EncodingIsUnknownError, match="UTF-8"):
        read_bytes("本辦法所稱資料，係指各機關處理之紀錄。".encode("big5") * 5)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 8, b"abc\x00def\x00"])
def test_zero_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(EncodingIsUnknownError):
        read_bytes(data)


def page(charset: str, body: str, encoding: str) -> bytes:
    return f'<html><head><meta charset="{charset}"></head><body><p>{body}</p></body></html>'.encode(encoding)


@pytest.mark.parametrize(
    ("data", "encoding", "note"),
    [
        (page("gb2312", "数据管理办法", "gb18030"), "gb18030", None),
        (page("utf-8", "数据管理办法", "utf-8"), "utf-8", None),
        (page("gb2312", "数据管理办法", "utf-8"), "utf-8", "文件自称gb2312编码，实际是UTF-8，已按UTF-8读取"),
        (page("utf-8", "数据管理办法", "gb18030"), "gb18030", "文件自称UTF-8编码，实际是GB18030，已按GB18030读取"),
        (page("iso-8859-1", "数据管理办法", "gb18030"), "gb18030", "按GB18030编码读取"),
    ],
)
def test_a_page_is_read_by_its_bytes_when_its_label_is_wrong(data: bytes, encoding: str, note: str | None) -> None:
    source = read_bytes(data, name="a.html")
    assert source.text == "数据管理办法\n"
    assert (source.encoding, [str(n) for n in source.notes]) == (encoding, [note] if note else [])


def test_a_page_that_says_big5_is_read_as_big5() -> None:
    source = read_bytes(page("big5", "資料管理辦法", "big5"), name="a.html")
    assert (source.text, source.encoding) == ("資料管理辦法\n", "big5hkscs")
