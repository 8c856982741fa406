"""What a printed document is made of: headings, paragraphs, tables and page breaks. It knows nothing of any file format."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from taizhang.engines.office.errors import HeadingLevelIsUnknownError, TableCellsCollideError, TableIsEmptyError


class Align(StrEnum):
    """How a paragraph stands: body (both edges flush, first line two characters in), left (no indent), center, right."""

    BODY = "body"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 0 is the document's title (2号小标宋), 1 is 一、 (黑体), 2 is (一) (楷体), 3 and 4 are 1. and (1) (仿宋).

    GB/T 9704-2012, 7.3.1 and 7.3.3. Raises `HeadingLevelIsUnknownError`.
    """

    text: str
    level: int

    def __post_init__(self) -> None:
        if not 0 <= self.level <= 4:
            raise HeadingLevelIsUnknownError(level=self.level)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A line break in `text` is printed as one."""

    text: str
    align: Align = Align.BODY


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell at its upper left corner; it covers `colspan` columns and `rowspan` rows."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table. A row lists only the cells that begin in it, left to right; a place that another cell covers
    is left out.

    The first `header_rows` rows are set as a header and repeated on each page. `widths` are relative column widths; None lets
    the content decide. Raises `TableIsEmptyError`, `TableCellsCollideError` when rows do not come out at one width.

    >>> head = (TableCell("地区", rowspan=2), TableCell("户数", colspan=2))
    >>> table = TableBlock((head, (TableCell("上年"), TableCell("本年"))), 2)
    >>> [[cell.text if cell else None for cell in row] for row in table.grid()]
    [['地区', '户数', None], [None, '上年', '本年']]
    """

    rows: tuple[tuple[TableCell, ...], ...]
    header_rows: int = 0
    widths: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        self.grid()

    def grid(self) -> tuple[tuple[TableCell | None, ...], ...]:
        """Rows of equal length with each cell at its upper left corner and None where it continues."""
        placed: list[dict[int, TableCell | None]] = [{} for _ in self.rows]
        for r, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while column in placed[r]:
                    column += 1
                self._place(placed, r, column, cell)
                column += cell.colspan
        columns = max((max(row, default=-1) + 1 for row in placed), default=0)
        if not columns:
            raise TableIsEmptyError
        for r, cells in enumerate(placed):
            if len(cells) != columns:
                raise TableCellsCollideError(row=r + 1, columns=columns, found=len(cells))
        return tuple(tuple(cells[c] for c in range(columns)) for cells in placed)

    def _place(self, placed: list[dict[int, TableCell | None]], r: int, column: int, cell: TableCell) -> None:
        if cell.colspan < 1 or cell.rowspan < 1 or r + cell.rowspan > len(placed):
            raise TableCellsCollideError(row=r + 1, columns=column + cell.colspan, found=column)
        for below in range(r, r + cell.rowspan):
            for right in range(column, column + cell.colspan):
                if right in placed[below]:
                    raise TableCellsCollideError(row=below + 1, columns=right + 1, found=right)
                placed[below][right] = cell if (below, right) == (r, column) else None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | TableBlock | PageBreak


def table_of_texts(rows: Sequence[Sequence[str]], header_rows: int = 0) -> TableBlock:
    """A table without merged cells; a row that is short is filled up with empty cells on its right.

    >>> [len(row) for row in table_of_texts([["序号", "任务", "分值"], ["1", "建台账"]], 1).rows]
    [3, 3]
    """
    columns = max((len(row) for row in rows), default=0)
    filled = tuple(tuple(TableCell(text) for text in (*row, *[""] * (columns - len(row)))) for row in rows)
    return TableBlock(filled, header_rows)
