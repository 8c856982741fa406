"""Pieces of all pages to one text: what runs on over a page is put together, and page furniture follows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from taizhang.engines.readers.pdf_flow import APART, BROKEN, JOINED, Column, Margins, Piece, TablePiece, margins_of, separator
from taizhang.engines.readers.pdf_lines import Line
from taizhang.engines.readers.source import Composition
from taizhang.kernel.message import Message

_MOST_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page's columns in reading order, and the lines of its running head and foot."""

    number: int
    width: float
    columns: Sequence[Column]
    head: Sequence[str]
    foot: Sequence[str]


@dataclass(slots=True)
class _Placed:
    """A piece with the margins of its column; `continues` if its table began on the page or in the column before."""

    piece: Piece
    margins: Margins
    continues: bool = False


@dataclass(slots=True)
class _Sheet:
    page: PrintedPage
    placed: list[_Placed] = field(default_factory=list)


def compose(pages: Sequence[PrintedPage]) -> tuple[Composition, int]:
    """The text, and how many repeated header rows it leaves out."""
    common = _common_margins(pages)
    sheets = [_Sheet(page, list(_place(page, common))) for page in pages]
    repeated = _join_tables([placed for sheet in sheets for placed in sheet.placed])
    return _Writer().write(sheets), repeated


def _common_margins(pages: Sequence[PrintedPage]) -> dict[int, Margins]:
    """Margins by page width, over all columns that stand alone: a page of two lines can't say where lines end."""
    alike: dict[int, list[Piece]] = {}
    for page in pages:
        alike.setdefault(round(page.width), []).extend(p for column in page.columns if column.is_whole for p in column.pieces)
    return {width: margins for width, pieces in alike.items() if (margins := margins_of(pieces, width))}


def _place(page: PrintedPage, common: dict[int, Margins]) -> Iterator[_Placed]:
    for column in page.columns:
        known = common.get(round(page.width)) if column.is_whole else None
        found = known or margins_of(column.pieces) or Margins(0, page.width, 0, 0)
        own = replace(found)  # a new object for each column, which `separator` tells columns by
        yield from (_Placed(piece, own) for piece in column.pieces)


def _join_tables(placed: Sequence[_Placed]) -> int:
    """Marks tables that go on in the next column or page, drops header rows printed again, mends rows the break went through."""
    repeated = 0
    start: TablePiece | None = None  # the first part of the table that the last piece belongs to
    before: _Placed | None = None
    for this in placed:
        piece = this.piece
        if isinstance(piece, TablePiece):
            if before and start and this.margins is not before.margins and _is_same_table(before.piece, piece):
                this.continues = True
                same = _repeated_rows(start, piece)
                repeated += same
                this.piece = piece = replace(piece, rows=piece.rows[same:])
                _mend_split_row(start, before, this)
            else:
                start = piece
        before = this
    return repeated


def _is_same_table(before: Piece, piece: TablePiece) -> bool:
    if not isinstance(before, TablePiece) or len(before.xs) != len(piece.xs):
        return False
    return all(abs((a - before.x0) - (b - piece.x0)) < 4 for a, b in zip(before.xs, piece.xs, strict=True))


def _repeated_rows(start: TablePiece, piece: TablePiece) -> int:
    same = 0
    for again, header in zip(piece.rows[:-1], start.rows[:_MOST_HEADER_ROWS], strict=False):
        if again != header or not any(again):
            break
        same += 1
    return same


def _mend_split_row(start: TablePiece, before: _Placed, this: _Placed) -> None:
    """A page break inside a row leaves its rest on the next page, with the row's first cell empty.

    Only believed where no row of the table has an empty first cell, since a merged cell would leave one too.
    """
    above, below = before.piece, this.piece
    assert isinstance(above, TablePiece)
    assert isinstance(below, TablePiece)
    if len(start.rows) < 2 or not below.rows or below.rows[0][0] or not any(below.rows[0]):
        return
    if not all(row[0] for row in (*start.rows, *above.rows, *below.rows[1:])):
        return
    mended = tuple(upper + lower for upper, lower in zip(above.rows[-1], below.rows[0], strict=True))
    before.piece = replace(above, rows=(*above.rows[:-1], mended))
    this.piece = replace(below, rows=below.rows[1:])


class _Writer:
    """Puts pieces one after the other, with the separator each pair calls for, and page furniture where a paragraph ends."""

    def __init__(self) -> None:
        self._text = Composition()
        self._is_empty = True
        self._last: _Placed | None = None
        self._waiting: list[tuple[str, Message]] = []  # furniture since the last piece

    def write(self, sheets: Sequence[_Sheet]) -> Composition:
        """The whole text."""
        for sheet in sheets:
            place = Message("第{page}页", {"page": str(sheet.page.number)})
            self._waiting += [(line, place) for line in sheet.page.head]
            for placed in sheet.placed:
                self._piece(placed, place)
            self._waiting += [(line, place) for line in sheet.page.foot]
        self._flush()
        self._text.add("\n")
        return self._text

    def _piece(self, placed: _Placed, place: Message) -> None:
        piece = placed.piece
        if isinstance(piece, TablePiece) and not piece.rows:
            return  # its only row belonged to the page before
        between = self._between(placed)
        if between == APART:
            self._flush()
        text = "\n".join("\t".join(row) for row in piece.rows) if isinstance(piece, TablePiece) else piece.text
        self._add(between, text, place)
        self._last = placed

    def _between(self, placed: _Placed) -> str:
        if self._last is None:
            return APART
        if placed.continues:
            return BROKEN
        between = separator(self._last.piece, self._last.margins, placed.piece, placed.margins)
        if between == JOINED and _ends_in_letter(self._last.piece) and _begins_with_letter(placed.piece):
            self._text.add(" ")
        return between

    def _flush(self) -> None:
        """Page numbers and the like, each as a paragraph, after the paragraph or table that the page's end went through."""
        for line, place in self._waiting:
            self._add(APART, line, place)
        self._waiting.clear()

    def _add(self, between: str, text: str, place: Message) -> None:
        if not self._is_empty:
            self._text.add(between)
        self._is_empty = False
        self._text.add(text, place)


def _ends_in_letter(piece: Piece) -> bool:
    return isinstance(piece, Line) and piece.text[-1:].isascii() and piece.text[-1:].isalpha()


def _begins_with_letter(piece: Piece) -> bool:
    return isinstance(piece, Line) and piece.text[:1].isascii() and piece.text[:1].isalpha()
