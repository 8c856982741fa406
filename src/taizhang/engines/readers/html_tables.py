"""Tables of web pages: rows and columns of those that hold data, and which ones only lay out the page."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from taizhang.engines.readers.errors import PackageIsUnsafeError

_MOST_CELLS = 2_000_000
_WIDEST_SPAN = 1000  # HTML's own limit
_ARTICLE_PARAGRAPHS, _ARTICLE_CHARACTERS = 8, 800


def is_layout(table: Any) -> bool:
    """True if the table is a frame for the page, so that its cells are read as text one after the other.

    So it is if it says role=presentation, has one column, holds most of its text in tables of its own, or an article in one cell.
    """
    if table.get("role") in {"presentation", "none"}:
        return True
    cells = [cell for row in _source_rows(table) for cell in row]
    if max((len(row) for row in _source_rows(table)), default=0) <= 1 and not any(_span(cell, "colspan") > 1 for cell in cells):
        return True
    whole = sum(map(_length, cells))
    nested = sum(_length(inner) for inner in _outermost_within(cells))
    if nested * 2 > whole:
        return True
    longest = max(cells, key=_length)
    return (
        _length(longest) >= _ARTICLE_CHARACTERS
        and _length(longest) * 10 > whole * 7
        and sum(1 for _ in longest.iter("p", "br", "div")) >= _ARTICLE_PARAGRAPHS
    )


def rows_of(table: Any) -> Iterator[Sequence[Any | None]]:
    """Rows of equal length; each cell stands at its upper left corner, None marks where it continues or where a row is short."""
    sources = list(_source_rows(table))
    hanging: dict[int, int] = {}  # column -> rows a cell above still covers
    rows: list[list[Any | None]] = []
    cells = 0
    for source in sources:
        row, hanging = _laid_out(source, hanging)
        rows.append(row)
        cells += len(row)
        if cells > _MOST_CELLS:
            raise PackageIsUnsafeError(what="网页", reason="表格跨列数大得不合情理")
    width = max(map(len, rows), default=0)
    if width * len(rows) > _MOST_CELLS:
        raise PackageIsUnsafeError(what="网页", reason="表格跨列数大得不合情理")
    return iter([row + [None] * (width - len(row)) for row in rows])


def _laid_out(source: Sequence[Any], hanging: dict[int, int]) -> tuple[list[Any | None], dict[int, int]]:
    row: list[Any | None] = []
    below: dict[int, int] = {column: left - 1 for column, left in hanging.items() if left > 1}
    for cell in source:
        while len(row) in hanging:
            row.append(None)
        columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
        if rows > 1:
            below.update(dict.fromkeys(range(len(row), len(row) + columns), rows - 1))
        row.extend([cell, *[None] * (columns - 1)])
    while len(row) in hanging:
        row.append(None)
    return row, below


def _source_rows(table: Any) -> Iterator[Sequence[Any]]:
    """Cells by row, of this table alone: what stands inside a cell is not looked at."""
    walker = etree.iterwalk(table, events=("start",))
    row: list[Any] | None = None
    for _, node in walker:
        if node.tag == "tr":
            if row is not None:
                yield row
            row = []
        elif node.tag in {"td", "th"}:
            walker.skip_subtree()
            row = [] if row is None else row
            row.append(node)
        elif node.tag in {"table", "caption"} and node is not table:
            walker.skip_subtree()
    if row is not None:
        yield row


def _outermost_within(cells: Sequence[Any]) -> Iterator[Any]:
    for cell in cells:
        walker = etree.iterwalk(cell, events=("start",), tag="table")
        for _, inner in walker:
            walker.skip_subtree()
            yield inner


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return 1
    number = int(text)
    if number == 0 and name == "rowspan":
        return 65_534  # to the end of the table
    return min(max(number, 1), _WIDEST_SPAN if name == "colspan" else 65_534)


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())
