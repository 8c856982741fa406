"""What a .docx and a PDF of the same blocks hold, looked at with other eyes than our readers'."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence

import pypdfium2
import pytest
from docx import Document

from taizhang.engines.office import docx, pdf
from taizhang.engines.office.blocks import Align, Block, Heading, PageBreak, Paragraph, TableBlock, TableCell, table_of_texts
from taizhang.engines.office.errors import FontsAreMissingError

NOTICE: list[Block] = [
    Heading("关于加强数据管理的通知", 0),
    Paragraph("各县（市、区）人民政府：", Align.LEFT),
    Heading("一、总体要求", 1),
    Heading("（一）工作目标", 2),
    Paragraph("每月更新。"),
    TableBlock(
        (
            (TableCell("地区", rowspan=2), TableCell("户数", colspan=2)),
            (TableCell("上年"), TableCell("本年")),
            (TableCell("河滨区"), TableCell("12"), TableCell("15")),
        ),
        header_rows=2,
    ),
    Paragraph("崤陵市人民政府", Align.RIGHT),
]
WRITERS = pytest.mark.parametrize("write", [docx.write_document, pdf.write_document], ids=["docx", "pdf"])
Write = Callable[[Sequence[Block]], bytes]


@WRITERS
def test_the_same_blocks_give_the_same_bytes(write: Write) -> None:
    assert write(NOTICE) == write(NOTICE)


@WRITERS
@pytest.mark.parametrize(
    "text", ["\x0b第\x00三章", "*强调* #set text(red) $x$ <标签> @引用 `代码` \\ [x]", "<w:p/>&amp;", "甲\n乙\t丙", " "]
)
def test_no_character_of_a_text_breaks_the_file_or_commands_it(write: Write, text: str) -> None:
    assert write([Heading(text, 0), Heading(text, 2), Paragraph(text), table_of_texts([[text, "乙"], ["丙", text]], 1)])


@WRITERS
def test_a_document_without_blocks_is_a_blank_page(write: Write) -> None:
    assert write([])


def test_word_shows_the_layout_of_the_standard() -> None:
    document = Document(io.BytesIO(docx.write_document(NOTICE, title="通知")))
    section = document.sections[0]
    margins = [round(m.mm) for m in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    assert margins == [37, 35, 28, 26]
    assert (document.core_properties.title, document.core_properties.author) == ("通知", "")
    assert [p.style.name for p in document.paragraphs[:5]] == ["Title", "Normal", "Heading 1", "Heading 2", "Normal"]
    normal, title = document.styles["Normal"], document.styles["Title"]
    assert (normal.font.size.pt, title.font.size.pt) == (16, 22)
    assert 28 <= normal.paragraph_format.line_spacing.pt <= 29
    fonts = {
        name: document.styles[name].element.rPr.rFonts.attrib.values() for name in ("Normal", "Title", "Heading 1", "Heading 2")
    }
    assert [list(values)[-1] for values in fonts.values()] == ["仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"]


def test_word_numbers_pages_at_the_outer_edge_between_dashes() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write_document(NOTICE))) as package:
        footers = [package.read(name).decode() for name in package.namelist() if "footer" in name and "rels" not in name]
        settings, fonts = package.read("word/settings.xml").decode(), package.read("word/fontTable.xml").decode()
    assert len(footers) == 2
    assert {re.search(r'w:jc w:val="(\w+)"', footer)[1] for footer in footers} == {"left", "right"}  # type: ignore[index]
    assert all("PAGE" in footer and footer.count("—") == 2 for footer in footers)
    assert "evenAndOddHeaders" in settings
    assert 'w:altName w:val="仿宋;FangSong' in fonts


def test_word_merges_cells_and_repeats_the_header() -> None:
    document = Document(io.BytesIO(docx.write_document(NOTICE)))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["地区", "户数", "户数"],
        ["地区", "上年", "本年"],
        ["河滨区", "12", "15"],
    ]
    assert [bool(row._tr.trPr.xpath("w:tblHeader")) for row in table.rows] == [True, True, False]


def test_word_keeps_neighbouring_tables_apart_and_starts_pages() -> None:
    table = table_of_texts([["甲", "乙"]])
    document = Document(io.BytesIO(docx.write_document([table, table, PageBreak(), Paragraph("丙")])))
    assert [element.tag.rsplit("}", 1)[1] for element in document.element.body][:4] == ["tbl", "p", "tbl", "p"]
    assert document.element.body.xpath('count(.//w:br[@w:type="page"])') == 1


def test_print_is_a4_with_page_numbers_at_the_outer_edge() -> None:
    document = pypdfium2.PdfDocument(pdf.write_document([*NOTICE, PageBreak(), Paragraph("附件")], title="通知"))
    assert [round(x / 72 * 25.4) for x in document.get_page_size(0)] == [210, 297]
    assert document.get_metadata_dict()["Title"] == "通知"
    places = []
    for page in document:
        text = page.get_textpage()
        at = text.get_text_range().index("—")
        left, bottom, _, _ = text.get_charbox(at)
        places.append((left > 300, bottom < 35 / 25.4 * 72))
    assert places == [(True, True), (False, True)]


def test_print_repeats_a_tables_header_on_each_page() -> None:
    table = table_of_texts([["序号", "任务"], *([str(n), "建台账"] for n in range(80))], 1)
    document = pypdfium2.PdfDocument(pdf.write_document([table]))
    assert len(document) > 1
    assert all("序号" in page.get_textpage().get_text_range() for page in document)


def test_missing_fonts_are_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf._installed.cache_clear()
    monkeypatch.setattr(pdf, "_FONTS", {"body": ("不存在的字体",)})
    with pytest.raises(FontsAreMissingError, match="fonts-noto-cjk"):
        pdf.write_document(NOTICE)
    pdf._installed.cache_clear()
