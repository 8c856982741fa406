"""PDF with a text layer: pages in order, columns and tables found by position, wrapped lines joined where that is certain.

Page numbers stay in the text, as paragraphs of their own after the paragraph or table that the page's end went through. What is
printed at the head or foot of page after page is read once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import PdfiumError

from taizhang.engines.readers.errors import (
    FileIsDamagedError,
    FileIsEncryptedError,
    FileIsTooLargeError,
    PdfHasNoTextLayerError,
    PdfTextIsUnreadableError,
)
from taizhang.engines.readers.pdf_cells import table_piece
from taizhang.engines.readers.pdf_compose import PrintedPage, compose
from taizhang.engines.readers.pdf_flow import TablePiece, columns_of
from taizhang.engines.readers.pdf_furniture import Row, sort_furniture
from taizhang.engines.readers.pdf_lines import rows_of
from taizhang.engines.readers.pdf_open_tables import find_open_tables
from taizhang.engines.readers.pdf_page import Glyph, PageContent, read_page
from taizhang.engines.readers.pdf_tables import find_grids
from taizhang.engines.readers.source import Extract
from taizhang.kernel.message import Message

_MOST_PAGES = 3000
_MOST_UNMAPPED = 0.05
_PICTURE_PAGE, _CAPTION = 0.5, 30  # a page half covered by a picture, with fewer characters than this, is a scan


@dataclass(slots=True)
class _Page:
    number: int
    size: tuple[float, float]
    rows: list[Row]
    glyphs: int
    unmapped: int
    radicals: int
    is_scan: bool


def read_pdf(data: bytes) -> Extract:
    """The text layer; each page can be located.

    Raises `FileIsEncryptedError`, `FileIsDamagedError`, `FileIsTooLargeError`, `PdfHasNoTextLayerError` and
    `PdfTextIsUnreadableError`.
    """
    pages = list(_pages(data))
    _check_text_layer(pages)
    sheets, running = sort_furniture([(page.rows, page.size[1]) for page in pages])
    printed = [
        PrintedPage(page.number, page.size[0], columns_of(sheet.rows), sheet.head, sheet.foot)
        for page, sheet in zip(pages, sheets, strict=True)
    ]
    text, repeated = compose(printed)
    return text.extract(_notes(pages, repeated, running))


def _pages(data: bytes) -> Iterator[_Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise FileIsEncryptedError(what="PDF文件") from error
        raise FileIsDamagedError(what="PDF文件", reason=str(error)) from error
    try:
        if len(document) > _MOST_PAGES:
            raise FileIsTooLargeError(size=f"{len(document)}页", limit=f"{_MOST_PAGES}页")
        for number in range(len(document)):
            yield _page(document, number)
    except PdfiumError as error:
        raise FileIsDamagedError(what="PDF文件", reason=f"第{number + 1}页：{error}") from error
    finally:
        document.close()


def _page(document: Any, number: int) -> _Page:
    page = document[number]
    content = read_page(page)
    page.close()
    shown = sum(not glyph.text.isspace() for glyph in content.glyphs)
    is_scan = content.picture_share >= _PICTURE_PAGE and shown < _CAPTION
    size = (content.width, content.height)
    return _Page(number + 1, size, _rows(content), shown, content.unmapped, content.radicals, is_scan)


def _rows(content: PageContent) -> list[Row]:
    """Lines and tables, side by side where they overlap in height, from top to bottom."""
    free = content.glyphs
    rules = content.rules
    tables: list[TablePiece] = []
    for grid in find_grids(rules):
        left, top, right, bottom = grid.box
        within = [g for g in free if left <= (g.x0 + g.x1) / 2 <= right and top <= (g.top + g.bottom) / 2 <= bottom]
        if any(not g.text.isspace() for g in within):
            tables.append(table_piece(grid, within))
            free = _without(free, within)
        rules = [r for r in rules if not (left - 4 <= r.x0 and r.x1 <= right + 4 and top - 4 <= r.y0 and r.y1 <= bottom + 4)]
    for table, within in find_open_tables(rules, free):
        tables.append(table)
        free = _without(free, within)
    rows: list[Row] = [*rows_of(free), *([table] for table in tables)]
    return sorted(rows, key=lambda row: min(piece.top for piece in row))


def _without(glyphs: Sequence[Glyph], taken: Sequence[Glyph]) -> list[Glyph]:
    ids = set(map(id, taken))
    return [glyph for glyph in glyphs if id(glyph) not in ids]


def _check_text_layer(pages: Sequence[_Page]) -> None:
    glyphs = sum(page.glyphs for page in pages)
    if not glyphs or all(page.is_scan or not page.glyphs for page in pages):
        raise PdfHasNoTextLayerError(pages=len(pages))
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > glyphs * _MOST_UNMAPPED:
        raise PdfTextIsUnreadableError(share=f"{unmapped / glyphs:.0%}")


def _notes(pages: Sequence[_Page], repeated: int, running: int) -> tuple[Message, ...]:
    scans = [str(page.number) for page in pages if page.is_scan]
    facts = (
        ("第{found}页是图片，没有文字层，未读入；需要时先做文字识别（OCR）", "、".join(scans)),
        ("{found}个字符没有编码对照，以“\ufffd”代替", sum(page.unmapped for page in pages)),
        ("{found}个部首字符已还原为同形汉字", sum(page.radicals for page in pages)),
        ("跨页表格重复打印的表头{found}行未重复读入", repeated),
        ("逐页重复的页眉页脚{found}处未重复读入", running),
    )
    return tuple(Message(template, {"found": str(found)}) for template, found in facts if found)
