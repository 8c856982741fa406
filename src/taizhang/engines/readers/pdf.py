"""PDF with a text layer: pages in order, columns and tables found by position, wrapped lines joined where that is certain.

Page numbers and running headers stay in the text as lines of their own: with a single line break on both sides where a
paragraph or table runs on over the page, with blank lines where it does not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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
from taizhang.engines.readers.pdf_flow import (
    APART,
    BROKEN,
    JOINED,
    Column,
    Margins,
    Piece,
    TablePiece,
    columns_of,
    is_page_number,
    margins_of,
    separator,
)
from taizhang.engines.readers.pdf_lines import Line, rows_of
from taizhang.engines.readers.pdf_page import PageContent, read_page
from taizhang.engines.readers.pdf_tables import find_grids
from taizhang.engines.readers.source import Composition, Extract
from taizhang.kernel.message import Message

_MOST_PAGES = 3000
_MOST_UNMAPPED = 0.05
_PICTURE_PAGE, _CAPTION = 0.5, 30  # a page half covered by a picture, with fewer characters than this, is a scan
_EDGE_ROWS = 2  # running headers and page numbers stand among the outermost rows


@dataclass(slots=True)
class _Page:
    number: int
    size: tuple[float, float]
    rows: list[Sequence[Line | TablePiece]]
    glyphs: int
    unmapped: int
    radicals: int
    is_scan: bool
    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)


def read_pdf(data: bytes) -> Extract:
    """The text layer; each page can be located.

    Raises `FileIsEncryptedError`, `FileIsDamagedError`, `FileIsTooLargeError`, `PdfHasNoTextLayerError` and
    `PdfTextIsUnreadableError`.
    """
    pages = list(_pages(data))
    _check_text_layer(pages)
    _set_furniture_aside(pages)
    for page in pages:
        page.columns = columns_of(page.rows)
    text, repeated = _composed(pages)
    return text.extract(_notes(pages, repeated))


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


def _rows(content: PageContent) -> list[Sequence[Line | TablePiece]]:
    """Lines and tables, side by side where they overlap in height, from top to bottom."""
    free = content.glyphs
    tables: list[TablePiece] = []
    for grid in find_grids(content.rules):
        left, top, right, bottom = grid.box
        within = [g for g in free if left <= (g.x0 + g.x1) / 2 <= right and top <= (g.top + g.bottom) / 2 <= bottom]
        if not any(not g.text.isspace() for g in within):
            continue
        tables.append(table_piece(grid, within))
        taken = set(map(id, within))
        free = [g for g in free if id(g) not in taken]
    rows: list[list[Line | TablePiece]] = [[*row] for row in rows_of(free)]
    for table in tables:
        rows.append([table])
    return sorted(rows, key=lambda row: min(piece.top for piece in row))


def _check_text_layer(pages: Sequence[_Page]) -> None:
    glyphs = sum(page.glyphs for page in pages)
    if not glyphs or all(page.is_scan or not page.glyphs for page in pages):
        raise PdfHasNoTextLayerError(pages=len(pages))
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > glyphs * _MOST_UNMAPPED:
        raise PdfTextIsUnreadableError(share=f"{unmapped / glyphs:.0%}")


def _set_furniture_aside(pages: Sequence[_Page]) -> None:
    """Page numbers and what is printed at the same height of many pages, from the rows to head and foot."""
    seen = Counter(_mark(row) for page in pages for row in {_mark(row): row for row in _edges(page)}.values())
    often = max(3, len(pages) * 3 // 10)
    running = {mark for mark, count in seen.items() if count >= often}
    for page in pages:
        aside = [row for row in _edges(page) if _mark(row) in running or is_page_number(_row_text(row))]
        for row in aside:
            is_head = min(piece.top for piece in row) < page.size[1] / 2
            (page.head if is_head else page.foot).append(_row_text(row))
        page.rows = [row for row in page.rows if not any(row is other for other in aside)]


def _edges(page: _Page) -> list[Sequence[Line | TablePiece]]:
    outer = page.rows[:_EDGE_ROWS] + page.rows[max(_EDGE_ROWS, len(page.rows) - _EDGE_ROWS) :]
    return [row for row in outer if all(isinstance(piece, Line) for piece in row)]


def _mark(row: Sequence[Line | TablePiece]) -> tuple[str, int]:
    text = "".join(c for c in _row_text(row) if not c.isdigit() and not c.isspace())
    return text, round(row[0].top / 4)


def _row_text(row: Sequence[Line | TablePiece]) -> str:
    return "  ".join(piece.text for piece in row if isinstance(piece, Line))


def _composed(pages: Sequence[_Page]) -> tuple[Composition, int]:
    text = Composition()
    printed = _Printed(text, _page_margins(pages))
    for page in pages:
        printed.page(page)
    text.add("\n")
    return text, printed.repeated


def _page_margins(pages: Sequence[_Page]) -> dict[int, Margins]:
    """Margins by page width, over all columns that stand alone: a page of two lines can't say where lines end."""
    alike: dict[int, list[Piece]] = {}
    for page in pages:
        alike.setdefault(round(page.size[0]), []).extend(p for column in page.columns if column.is_whole for p in column.pieces)
    return {width: margins for width, pieces in alike.items() if (margins := margins_of(pieces))}


class _Printed:
    """Puts pieces and page furniture one after the other, with the separator each pair calls for."""

    def __init__(self, text: Composition, margins: dict[int, Margins]) -> None:
        self._text = text
        self._margins = margins
        self._last: Piece | None = None
        self._above = Margins(0, 0, 0)  # of the column that `_last` stands in
        self._table: TablePiece | None = None  # the first part of the table that `_last` ends
        self._waiting: list[tuple[str, Message]] = []  # furniture since the last piece
        self.repeated = 0

    def page(self, page: _Page) -> None:
        """Append one page."""
        place = Message("第{page}页", {"page": str(page.number)})
        self._waiting += [(line, place) for line in page.head]
        for column in page.columns:
            margins = self._margins_of(column, page.size[0])
            for piece in column.pieces:
                self._piece(piece, margins, place)
        self._waiting += [(line, place) for line in page.foot]
        if page.number and not page.columns:
            self._flush(APART)

    def _margins_of(self, column: Column, width: float) -> Margins:
        """A column's own margins, or for one that stands alone those of all pages as wide; a new object for each column."""
        known = self._margins.get(round(width)) if column.is_whole else None
        found = known or margins_of(column.pieces) or Margins(0, width, 0)
        return replace(found)

    def _piece(self, piece: Piece, margins: Margins, place: Message) -> None:
        between = APART if self._last is None else separator(self._last, self._above, piece, margins)
        rows: Sequence[Sequence[str]] = ()
        if isinstance(piece, TablePiece):
            rows = piece.rows
            if self._above is not margins and self._continues(piece):
                between, rows = BROKEN, self._without_repeated_header(rows)
            else:
                self._table = piece
        if self._waiting and between == JOINED:
            between = BROKEN
        self._flush(between)
        if self._last is not None:
            self._text.add(between)
        lines = "\n".join("\t".join(row) for row in rows) if isinstance(piece, TablePiece) else piece.text
        self._text.add(lines, place)
        self._last, self._above = piece, margins

    def _flush(self, between: str) -> None:
        for line, place in self._waiting:
            if self._last is not None:
                self._text.add(between)
            self._text.add(line, place)
            self._last = self._last or Line(line, 0, 0, 0, 0, 0, 0, 0, has_ideograph=False)
        self._waiting.clear()

    def _continues(self, piece: TablePiece) -> bool:
        before = self._last
        if not isinstance(before, TablePiece) or len(before.xs) != len(piece.xs):
            return False
        return all(abs((a - before.x0) - (b - piece.x0)) < 4 for a, b in zip(before.xs, piece.xs, strict=True))

    def _without_repeated_header(self, rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        header = self._table.rows if self._table else ()
        same = 0
        while same < min(3, len(header), len(rows) - 1) and tuple(rows[same]) == tuple(header[same]) and any(rows[same]):
            same += 1
        self.repeated += same
        return rows[same:]


def _notes(pages: Sequence[_Page], repeated: int) -> tuple[Message, ...]:
    scans = [str(page.number) for page in pages if page.is_scan]
    facts = (
        ("第{found}页是图片，没有文字层，未读入；需要时先做文字识别（OCR）", "、".join(scans)),
        ("{found}个字符没有编码对照，以“\ufffd”代替", sum(page.unmapped for page in pages)),
        ("{found}个部首字符已还原为同形汉字", sum(page.radicals for page in pages)),
        ("跨页表格重复打印的表头{found}行未重复读入", repeated),
    )
    return tuple(Message(template, {"found": str(found)}) for template, found in facts if found)
