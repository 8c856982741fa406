"""Text to .docx and PDF and back: the same lines, the same table rows. What the parser makes of them is tested with the parser."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.engines.office import docx, pdf
from taizhang.engines.office.blocks import Align, Block, Heading, PageBreak, Paragraph, TableBlock, TableCell
from taizhang.engines.office.plain import blocks_of_text
from taizhang.engines.readers import Media, read_bytes

SPECIMEN = Path(__file__).resolve().parents[3] / "packs/specimen/2025-03.txt"
PAGE_NUMBER = re.compile(r"— \d+ —")
FORMATS = pytest.mark.parametrize(("write", "media"), [(docx.write_document, Media.DOCX), (pdf.write_document, Media.PDF)])


def lines_of(text: str) -> list[str]:
    """Lines that are not blank, cells set off by |, without page numbers, white space or empty cells at the end."""
    lines = [line for line in text.split("\n") if line.strip() and not PAGE_NUMBER.fullmatch(line)]
    cells = ["|".join(re.sub(r"\s", "", cell) for cell in line.split("\t")).rstrip("|") for line in lines]
    return [line for line in cells if line]


def through(write: Callable[[Sequence[Block]], bytes], blocks: Sequence[Block], media: Media) -> str:
    source = read_bytes(write(blocks), name=f"a.{media}")
    assert source.media is media
    return source.text


@FORMATS
def test_the_specimen_issue_comes_back_line_by_line_and_row_by_row(
    write: Callable[[Sequence[Block]], bytes], media: Media
) -> None:
    text = SPECIMEN.read_text("utf-8")
    back = lines_of(through(write, blocks_of_text(text), media))
    assert back == lines_of(text)


@FORMATS
def test_headings_alignment_and_merged_cells_come_back(write: Callable[[Sequence[Block]], bytes], media: Media) -> None:
    header = (TableCell("地区", rowspan=2), TableCell("户数", colspan=2), TableCell("备注", rowspan=2))
    rows = (header, (TableCell("上年"), TableCell("本年")), tuple(map(TableCell, ("河滨区", "12", "15", "含新增"))))
    blocks: list[Block] = [
        Heading("关于下达年度目标的通知", 0),
        Paragraph("崤政〔2025〕6号", Align.CENTER),
        Paragraph("各县（市、区）人民政府：", Align.LEFT),
        Heading("一、总体要求", 1),
        Heading("（一）工作目标", 2),
        Paragraph("现将目标下达给你们，请遵照执行。" * 12),
        TableBlock(rows, 2),
        TableBlock(rows, 2),
        PageBreak(),
        Paragraph("崤陵市人民政府", Align.RIGHT),
    ]
    table = ["地区|户数||备注", "|上年|本年", "河滨区|12|15|含新增"]
    assert lines_of(through(write, blocks, media)) == [
        "关于下达年度目标的通知",
        "崤政〔2025〕6号",
        "各县（市、区）人民政府：",
        "一、总体要求",
        "（一）工作目标",
        "现将目标下达给你们，请遵照执行。" * 12,
        *table,
        *table,
        "崤陵市人民政府",
    ]


WORDS = st.text("台账数据目录公开考核一二三（）《》，。；2025%.", min_size=1, max_size=60).filter(
    lambda w: not PAGE_NUMBER.fullmatch(w)
)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=12))
@settings(max_examples=25)
def test_whatever_stands_in_its_cells_a_table_comes_back_from_word(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    assert lines_of(through(docx.write_document, blocks_of_text(text), Media.DOCX)) == lines_of(text)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=12))
@settings(max_examples=25)
def test_whatever_stands_in_its_cells_a_table_comes_back_from_print(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    assert lines_of(through(pdf.write_document, blocks_of_text(text), Media.PDF)) == lines_of(text)
