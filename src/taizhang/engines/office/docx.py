"""Blocks to a .docx in the layout of GB/T 9704-2012 (党政机关公文格式).

Page A4, margins 37/35/28/26 mm, 22 lines of 28 characters, body 3号仿宋, title 2号小标宋, page number
`— 1 —` in 4号 at the outer edge. Fonts are named as offices have them; where one is not installed Word takes the alternative
named in the font table. The same blocks give the same bytes: no clock is read.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from taizhang.engines.office.blocks import Align, Block, Heading, PageBreak, Paragraph, TableBlock, TableCell
from taizhang.engines.office.characters import printable
from taizhang.engines.office.widths import column_shares, scaled, table_half_points

BODY_FONT, TITLE_FONT, _BLACK, _KAI, _LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "Times New Roman"
# name, the names it goes by elsewhere, and what looks nearest where none is installed
_FONT_TABLE = (
    (BODY_FONT, "仿宋;FangSong;FangSong_GB2312;STFangsong;Noto Serif CJK SC"),
    (TITLE_FONT, "FZXiaoBiaoSong-B05S;华文中宋;STZhongsong;Noto Serif CJK SC"),
    (_BLACK, "SimHei;STHeiti;Noto Sans CJK SC"),
    (_KAI, "楷体;KaiTi;KaiTi_GB2312;STKaiti;Noto Serif CJK SC"),
)
_HEADING_FONTS = {0: (TITLE_FONT, 22), 1: (_BLACK, 16), 2: (_KAI, 16), 3: (BODY_FONT, 16), 4: (BODY_FONT, 16)}
_LINE_POINTS = 28.95  # 版心 225 mm 除以 22 行
TEXT_WIDTH_TWIPS = 8845  # 156 mm
_ALIGNMENTS = {
    Align.BODY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
_OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def write_document(blocks: Sequence[Block], *, title: str = "") -> bytes:
    """A .docx of the blocks; `title` is the file's property, not printed."""
    document = start_document(title)
    return finish_document(document, [element for block in blocks for element in block_elements(block)])


def start_document(title: str) -> Any:
    """A document of python-docx with page, page number and styles set and no content."""
    document = Document()
    core = document.core_properties
    core.title, core.author, core.comments, core.language = printable(title), "", "", "zh-CN"
    _set_page(document)
    _set_styles(document)
    return document


def finish_document(document: Any, elements: Iterable[Any]) -> bytes:
    """The bytes of the document with the elements (w:p, w:tbl) as its body."""
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, element)  # the section's properties stay last
    held = io.BytesIO()
    document.save(held)
    return _packed_without_a_clock(held)


def block_elements(block: Block) -> list[Any]:
    """The block as elements of a body."""
    match block:
        case Heading(text, level):
            return [_paragraph(text, style="Title" if level == 0 else f"Heading{level}")]
        case Paragraph(text, align):
            return [_paragraph(text, align=align)]
        case PageBreak():
            paragraph = _paragraph("")
            paragraph.add_r().append(OxmlElement("w:br", {qn("w:type"): "page"}))
            return [paragraph]
        case TableBlock():
            # Word joins tables that touch; a line one point high keeps two apart
            return [_table(block), _thin_paragraph()]


def _paragraph(text: str, *, style: str | None = None, align: Align = Align.BODY) -> Any:
    paragraph = OxmlElement("w:p")
    if style:
        paragraph.style = style
    elif align is not Align.BODY:
        paragraph.alignment = _ALIGNMENTS[align]
        properties = paragraph.get_or_add_pPr()
        properties.get_or_add_ind().attrib.update({qn("w:firstLineChars"): "0", qn("w:firstLine"): "0"})
    if text:
        paragraph.add_r().text = printable(text)  # python-docx turns \n and \t into w:br and w:tab
    return paragraph


def _thin_paragraph() -> Any:
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def _table(block: TableBlock) -> Any:
    grid = block.grid()
    size = table_half_points(len(grid[0]))
    widths = scaled(column_shares(block, TEXT_WIDTH_TWIPS // (size * 5)), TEXT_WIDTH_TWIPS)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{TEXT_WIDTH_TWIPS}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid></w:tbl>"
    )
    below: dict[int, tuple[TableCell, int]] = {}  # column -> the cell that reaches down into this row, rows still to come
    for r, row in enumerate(grid):
        table.append(_table_row(row, below, widths, size, header=r < block.header_rows))
    return table


def _table_row(
    row: Sequence[TableCell | None], below: dict[int, tuple[TableCell, int]], widths: Sequence[int], size: int, *, header: bool
) -> Any:
    element = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    element.append(properties)
    column = 0
    while column < len(row):
        cell = row[column]
        merge: str | None = None
        if cell is None:
            cell, left = below.pop(column)
            merge = "continue"
        else:
            left, merge = cell.rowspan, "restart" if cell.rowspan > 1 else None
        if left > 1:
            below[column] = (cell, left - 1)
        width = sum(widths[column : column + cell.colspan])
        element.append(_table_cell(cell, "" if merge == "continue" else cell.text, merge, width, size, header=header))
        column += cell.colspan
    return element


def _table_cell(cell: TableCell, text: str, merge: str | None, width: int, size: int, *, header: bool) -> Any:
    font = f'<w:rFonts w:eastAsia="{_BLACK}"/>' if header else ""
    aligned = "center" if header or len(text) <= 6 else "left"
    element = parse_xml(
        f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + '<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:snapToGrid w:val="0"/>'
        + '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
        + f'<w:jc w:val="{aligned}"/></w:pPr>'
        + f'<w:r><w:rPr>{font}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:r></w:p></w:tc>'
    )
    element.find(f".//{qn('w:r')}").text = printable(text)
    return element


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(23)  # the page number's line lies 7 mm below the text area
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    document.settings.odd_and_even_pages_header_footer = True
    _set_page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _set_page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _set_page_number(footer: Any, alignment: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    # 单页码居右空一字，双页码居左空一字 (GB/T 9704-2012, 7.5)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    paragraph._p.get_or_add_pPr().get_or_add_ind().attrib.update({qn("w:firstLineChars"): "0", qn("w:firstLine"): "0"})
    fonts = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
    run_properties = f'<w:rPr {nsdecls("w")}>{fonts}<w:sz w:val="28"/></w:rPr>'
    for piece in ("— ", "PAGE", " —"):
        run = OxmlElement("w:r")
        run.append(parse_xml(run_properties))
        if piece == "PAGE":
            field = OxmlElement("w:fldSimple", {qn("w:instr"): " PAGE "})
            run.text = "1"
            field.append(run)
            paragraph._p.append(field)
        else:
            run.text = piece
            paragraph._p.append(run)


def _set_styles(document: Any) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # or punctuation is set as in Japan or Taiwan
    normal = document.styles["Normal"]
    _set_font(normal, BODY_FONT, 16)
    # 28 characters in 156 mm: each a quarter of a point tighter. A character grid would say so too, but not to LibreOffice.
    tighter = parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>')
    normal.element.get_or_add_rPr().find(qn("w:sz")).addprevious(tighter)  # the schema fixes the order
    layout = normal.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE_POINTS)
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False  # 22 lines on every page
    layout.element.get_or_add_pPr().get_or_add_ind().attrib.update({qn("w:firstLineChars"): "200", qn("w:firstLine"): "640"})
    for level, (font, size) in _HEADING_FONTS.items():
        style = document.styles["Title" if level == 0 else f"Heading {level}"]
        properties = style.element.get_or_add_pPr()
        for border in properties.findall(qn("w:pBdr")):
            properties.remove(border)
        _set_font(style, font, size)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = True
        if level == 0:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.line_spacing = Pt(35)
            properties.get_or_add_ind().attrib.update({qn("w:firstLineChars"): "0", qn("w:firstLine"): "0"})


def _set_font(style: Any, east_asian: str, points: int) -> None:
    font = style.font
    font.size, font.bold, font.italic, font.color.rgb = Pt(points), False, False, RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for name in ("w:spacing", "w:kern"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # the template's theme fonts would win over named ones
    fonts.attrib.update({qn("w:ascii"): _LATIN, qn("w:hAnsi"): _LATIN, qn("w:cs"): _LATIN, qn("w:eastAsia"): east_asian})


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>' for name, others in _FONT_TABLE
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def _packed_without_a_clock(held: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = _font_table() if name == "word/fontTable.xml" else source.read(name)
            target.writestr(zipfile.ZipInfo(name, _OLDEST_ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
