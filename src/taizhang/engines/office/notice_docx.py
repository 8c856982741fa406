"""A notice printed as .docx in the layout of GB/T 9704-2012: 版头, 主体, 版记.

The font table names what stands in where 方正小标宋 and 仿宋_GB2312 are not installed. The seal is not printed: its room is left
over signature and date (7.3.5.1). 版记 stands at the foot of the last page.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from taizhang.engines.office.blocks import Heading, table_of_texts
from taizhang.engines.office.characters import printable
from taizhang.engines.office.docx import (
    TEXT_WIDTH_TWIPS,
    TITLE_FONT,
    block_elements,
    finish_document,
    start_document,
)
from taizhang.engines.office.notice import Figure, Notice, NoticeBlock, NoticeHeading, NoticeParagraph, NoticeTable, Run
from taizhang.engines.office.widths import text_width

_RED, _AMBER = "C00000", "855200"
_NO_NUMBER, _NO_DATE = "（文号待编）", "（成文日期待签发）"
_MARK_TOP, _LINE_BELOW_NUMBER = Mm(35).pt, Mm(4).pt  # 7.2.4, 7.2.7
_LARGEST_MARK, _SMALLEST_MARK, _TEXT_WIDTH = 62, 22, Mm(156).pt
_CHARACTER = 316  # twips: 156 mm by 28 characters
_SMALL = 28  # half points: 4号
_LONG_CELL = 12  # half-width characters


def notice_docx(notice: Notice, addresses: Mapping[str, str] | None = None) -> bytes:
    """The notice as .docx. `addresses` lead from a record to its page: a figure is then a link, printed as plain text.

    The same notice gives the same bytes.
    """
    document = start_document(notice.title)
    _set_banner(document.sections[0], notice.banner)
    link = _Links(document.part, addresses or {})
    elements = [*_head(notice), *_body(notice, link), *_signature(notice), *_remarks(notice), *_colophon(notice)]
    return finish_document(document, elements)


class _Links:
    """Relations of the document to addresses, one each."""

    def __init__(self, part: Any, addresses: Mapping[str, str]) -> None:
        self._part, self._addresses = part, addresses

    def relation(self, record: str) -> str | None:
        address = self._addresses.get(record)
        if not address:
            return None
        related: str = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return related


def _paragraph(properties: str, *runs: Any) -> Any:
    paragraph = parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr></w:p>")
    for run in runs:
        paragraph.append(run)
    return paragraph


def _text(text: str, look: str = "") -> Any:
    run = parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{look}</w:rPr></w:r>")
    run.text = printable(text)
    return run


def _blank(lines: int) -> list[Any]:
    return [_paragraph("") for _ in range(lines)]


_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def _head(notice: Notice) -> Iterator[Any]:
    """版头: mark, two empty lines, number, red line 4 mm below it."""
    mark = notice.mark.strip() or notice.signature
    points = max(_SMALLEST_MARK, min(_LARGEST_MARK, int(_TEXT_WIDTH * 2 / max(text_width(mark), 1))))
    font = f'<w:rFonts w:eastAsia="{TITLE_FONT}"/><w:color w:val="{_RED}"/><w:sz w:val="{points * 2}"/>'
    yield _paragraph(
        f'<w:keepNext/><w:spacing w:before="{int(_MARK_TOP * 20)}" w:line="{int(points * 24)}" w:lineRule="exact"/>'
        f'{_FLUSH}<w:jc w:val="center"/>',
        _text(mark, font),
    )
    yield from _blank(2)
    yield _paragraph(
        f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{round(_LINE_BELOW_NUMBER)}" w:color="{_RED}"/></w:pBdr>'
        f'{_FLUSH}<w:jc w:val="center"/>',
        _text(notice.number or _NO_NUMBER),
    )
    yield from _blank(2)
    yield from block_elements(Heading(notice.title, 0))
    yield from _blank(1)


def _body(notice: Notice, link: _Links) -> Iterator[Any]:
    if notice.addressees:
        yield _paragraph(_FLUSH, _text(notice.addressees.rstrip("：:") + "："))
    for block in notice.blocks:
        yield from _block(block, link)


def _block(block: NoticeBlock, link: _Links) -> Iterator[Any]:
    match block:
        case NoticeHeading(text, level):
            yield from block_elements(Heading(text, level))
        case NoticeParagraph(runs):
            yield _paragraph("", *(_run(run, link) for run in runs))
        case NoticeTable(caption, columns, rows):
            if caption:
                yield _paragraph(f'<w:keepNext/>{_FLUSH}<w:jc w:val="center"/>', _text(caption, '<w:rFonts w:eastAsia="黑体"/>'))
            texts = [columns, *([_words(cell) for cell in row] for row in rows)]
            table, after = block_elements(table_of_texts(texts, 1))
            _link_cells(table, rows, link)
            _align_columns(table, texts)
            yield from (table, after)


def _words(run: Run) -> str:
    return run if isinstance(run, str) else run.text


def _run(run: Run, link: _Links) -> Any:
    if isinstance(run, str):
        return _text(run)
    return _linked(_text(run.text), run, link)


def _linked(element: Any, figure: Figure, link: _Links) -> Any:
    relation = link.relation(figure.record)
    if relation is None:
        return element
    hyperlink = OxmlElement("w:hyperlink", {qn("r:id"): relation, qn("w:history"): "0"}, {"r": nsdecls("r").split('"')[1]})
    hyperlink.append(element)
    return hyperlink


def _link_cells(table: Any, rows: Sequence[Sequence[Run]], link: _Links) -> None:
    """Figures in cells become links; numbers stand to the right, as in a ledger."""
    for row, cells in zip(table.findall(qn("w:tr"))[1:], rows, strict=True):
        for cell, value in zip(row.findall(qn("w:tc")), cells, strict=True):
            if isinstance(value, Figure):
                run = cell.find(f".//{qn('w:r')}")
                place, parent = run.getparent().index(run), run.getparent()
                parent.insert(place, _linked(run, value, link))


def _align_columns(table: Any, texts: Sequence[Sequence[str]]) -> None:
    """A column stands as a whole: to the left where one of its cells is long, in the middle otherwise."""
    longest = [max(text_width(row[c]) for row in texts[1:]) if texts[1:] else 0 for c in range(len(texts[0]))]
    for row in table.findall(qn("w:tr"))[1:]:
        for cell, width in zip(row.findall(qn("w:tc")), longest, strict=True):
            cell.find(f".//{qn('w:jc')}").set(qn("w:val"), "left" if width > _LONG_CELL else "center")


def _signature(notice: Notice) -> Iterator[Any]:
    """Signature and date with room for the seal: the date four characters from the right edge, the signature centred on it."""
    day = chinese_day(notice.dated) if notice.dated else _NO_DATE
    name, dated = text_width(notice.signature) * _CHARACTER // 2, text_width(day) * _CHARACTER // 2
    date_indent = max(4 * _CHARACTER, (name - dated) // 2)
    yield _paragraph("<w:keepNext/>")
    yield _paragraph("<w:keepNext/>")
    for text, indent, last in ((notice.signature, date_indent + (dated - name) // 2, False), (day, date_indent, True)):
        kept = "" if last else "<w:keepNext/>"
        yield _paragraph(
            f'{kept}<w:ind w:right="{indent}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>', _text(text)
        )


def _remarks(notice: Notice) -> Iterator[Any]:
    """附注: two characters from the left, in brackets; the ledger's head is told the same way."""
    if notice.remark:
        yield _paragraph("", _text(f"（{notice.remark.strip('（）()')}）"))
    if notice.ledger_head:
        look = '<w:sz w:val="21"/>'
        yield _paragraph(
            '<w:spacing w:before="120" w:line="320" w:lineRule="exact"/><w:jc w:val="left"/>',
            _text(f"（文中数字取自台账，签发时台账链首 sha256 {notice.ledger_head}）", look),
        )


def _colophon(notice: Notice) -> Iterator[Any]:
    """版记: 抄送, 印发机关和印发日期 between thick lines, a thin line between (7.4).

    It floats at the foot of the last page in Word and WPS; LibreOffice 7.4 leaves it under the text.
    """
    printed = notice.printed_by or notice.signature
    day = notice.printed_on or notice.dated
    on = f"{chinese_day(day)}印发" if day else "印发日期待签发"
    rows = [_colophon_row(f"抄送：{notice.copies_to.rstrip('。')}。", "", top=8, bottom=6)] if notice.copies_to else []
    rows.append(_colophon_row(printed, on, top=6 if rows else 8, bottom=8))
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" '
        'w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
    )
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr>{place}<w:tblW w:w="{_COLOPHON_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="{_COLOPHON_WIDTH}"/></w:tblGrid></w:tbl>'
    )
    for row in rows:
        table.append(row)
    yield table
    yield _paragraph('<w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>')


_COLOPHON_WIDTH = TEXT_WIDTH_TWIPS - 40  # a table as wide as the text does not float in LibreOffice


def _colophon_row(left: str, right: str, *, top: int, bottom: int) -> Any:
    """A row of 版记 in 4号: lines of 0.35 mm (8 eighths of a point) outside, 0.25 mm (6) inside, a character in on both sides."""
    row = parse_xml(
        f'<w:tr {nsdecls("w")}><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{_COLOPHON_WIDTH}" w:type="dxa"/>'
        f'<w:tcBorders><w:top w:val="single" w:sz="{top}" w:color="000000"/>'
        f'<w:bottom w:val="single" w:sz="{bottom}" w:color="000000"/></w:tcBorders>'
        '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar></w:tcPr></w:tc></w:tr>'
    )
    indent = '<w:ind w:left="280" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
    if not right:  # 抄送: what runs on stands under the first body named
        indent = '<w:ind w:left="1120" w:right="280" w:firstLineChars="0" w:hanging="840"/>'
    paragraph = _paragraph(
        f'<w:tabs><w:tab w:val="right" w:pos="{_COLOPHON_WIDTH - 280}"/></w:tabs><w:spacing w:line="480" w:lineRule="exact"/>'
        f'{indent}<w:jc w:val="left"/>',
        _text(f"{left}\t{right}" if right else left, f'<w:sz w:val="{_SMALL}"/>'),
    )
    row.find(qn("w:tc")).append(paragraph)
    return row


def _set_banner(section: Any, banner: str) -> None:
    """What everybody who holds a page must know first, at the head of each."""
    if not banner:
        return
    section.header_distance = Mm(15)
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph._p.get_or_add_pPr().get_or_add_ind().attrib.update({qn("w:firstLineChars"): "0", qn("w:firstLine"): "0"})
        run = paragraph.add_run(printable(banner))
        run.font.size, run.font.color.rgb = Pt(10.5), RGBColor.from_string(_AMBER)


def chinese_day(day: date) -> str:
    """A day as documents date themselves: Arabic digits, no leading zero (7.3.5.4).

    >>> chinese_day(date(2025, 9, 3))
    '2025年9月3日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
