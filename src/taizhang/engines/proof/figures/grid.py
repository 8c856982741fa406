"""The numbers of a table: which cells are figures, which columns add up, which rows are totals."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from taizhang.engines.gazette.model import Cell, Document, Row, Table
from taizhang.engines.proof.context import ProofContext
from taizhang.kernel.numerals import printed_number
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_FIGURE = regex(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>[^0-9%‰（(\s]{0,3})(?:[（(][^（）()]*[）)])?\Z")
_TOTAL = regex(r"(?:全[省市县区]|各项)?(?:合\s*计|总\s*计|共\s*计|总\s*分|总\s*数)(?:[（(].*)?\Z")
_SUBTOTAL = regex(r"小\s*计\Z|[一二三四五六七八九十]{1,3}、\Z")
_NOT_ADDED = regex(r"序号|编号|年份|率|增速|增长|占|比|均|价|%|排名|名次|电话|代码|日期|时间|备注")
_LEAST_FIGURES = 3


@dataclass(frozen=True, slots=True)
class Total:
    """Row `index` is a total over `rows`."""

    index: int
    rows: tuple[int, ...]


@dataclass(eq=False)
class Grid:
    """A table as numbers; `values[row][column]` None where the cell prints none."""

    document: Document
    table: Table

    @cached_property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Body cells; a row that was read shorter than the others is filled up with empty cells."""
        width = max((len(row.cells) for row in self.table.rows), default=0)
        return tuple((*row.cells, *[Cell("", row.span)] * (width - len(row.cells))) for row in self.table.rows)

    @cached_property
    def values(self) -> tuple[tuple[Decimal | None, ...], ...]:
        """Body rows."""
        return tuple(tuple(_number(c.text) for c in row) for row in self.cells)

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Columns whose figures can be added up: mostly figures, and no rate, number or date by their title."""
        found = []
        for column in range(len(self.cells[0]) if self.cells else 0):
            filled = [i for i, row in enumerate(self.cells) if row[column].text]
            figures = sum(self.values[i][column] is not None for i in filled)
            if figures >= _LEAST_FIGURES and figures * 5 >= len(filled) * 3 and not _NOT_ADDED.search(self.title(column)):
                found.append(column)
        return tuple(found)

    def title(self, column: int) -> str:
        """All header texts above a column."""
        return "".join(row.cells[column].text for row in self.table.header if column < len(row.cells))

    def span(self, row: int, column: int) -> Span:
        """Place of a body cell."""
        return self.cells[row][column].span

    def label(self, row: int) -> str:
        """First words of a body row that are no number."""
        for cell in self.table.rows[row].cells:
            if cell.text and not cell.text.isdigit() and not cell.text.endswith("、"):
                return cell.text
        return ""

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Total and subtotal rows with the rows they cover."""
        kinds = [_kind(row) for row in self.table.rows]
        plain = [i for i, kind in enumerate(kinds) if not kind]
        found: list[Total] = []
        heads = [i for i, kind in enumerate(kinds) if kind == "head"]
        for head, end in pairwise([*heads, len(kinds)]):
            found.append(Total(head, tuple(i for i in plain if head < i < end)))
        start = 0
        for index, kind in enumerate(kinds):
            if kind == "sub":
                found.append(Total(index, tuple(i for i in plain if start <= i < index)))
                start = index + 1
            elif kind == "total":
                found.append(Total(index, tuple(heads) if heads else self._covered(index, kinds, plain)))
                start = index + 1
        return tuple(t for t in found if len(t.rows) > 1)

    def _covered(self, index: int, kinds: list[str], plain: list[int]) -> tuple[int, ...]:
        """A total at the top covers what follows it, one further down what precedes it."""
        others = [i for i, kind in enumerate(kinds) if kind == "total" and i != index]
        if index <= min(plain, default=0):
            end = next((i for i in others if i > index), len(kinds))
            return tuple(i for i in plain if index < i < end)
        start = max((i for i in others if i < index), default=-1)
        return tuple(i for i in plain if start < i < index)

    def summed(self, rows: tuple[int, ...], column: int) -> Decimal:
        """Sum of a column over rows."""
        return sum((v for i in rows if (v := self.values[i][column]) is not None), Decimal(0))


def _kind(row: Row) -> str:
    """total, sub (小计 below its rows), head (一、 above its rows) or nothing."""
    texts = [c.text for c in row.cells if c.text]
    for text in texts[:2]:
        if _TOTAL.match(text):
            return "total"
        if _SUBTOTAL.match(text):
            return "head" if text.endswith("、") else "sub"
    return ""


def _number(text: str) -> Decimal | None:
    match = _FIGURE.match(text)
    return printed_number(match["number"]) if match else None


def grids(context: ProofContext) -> Iterator[Grid]:
    """Every table of the issue with at least three rows."""
    for document in context.documents:
        for table in document.tables:
            if len(table.rows) >= _LEAST_FIGURES:
                yield Grid(document, table)
