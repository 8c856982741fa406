"""The cells of a ruled table to texts: wrapped lines joined, merged places empty."""

from collections import defaultdict
from collections.abc import Sequence

from taizhang.engines.readers.pdf_flow import TablePiece
from taizhang.engines.readers.pdf_lines import Line, in_one_line, lines_of
from taizhang.engines.readers.pdf_page import Glyph
from taizhang.engines.readers.pdf_tables import Grid, glyphs_by_cell

_PADDING = 12.0  # points left free in a cell, both sides together, where its column does not tell


def table_piece(grid: Grid, glyphs: Sequence[Glyph]) -> TablePiece:
    """Rows of equal length; a place that a merged cell covers is empty."""
    cells = {place: lines_of(within) for place, within in glyphs_by_cell(grid, glyphs).items()}
    room = _room_by_column(cells)
    rows = []
    for r in range(grid.rows):
        row = []
        for c in range(grid.columns):
            lines = cells.get((r, c), [])
            width = grid.right_edge(r, c) - grid.xs[c]
            is_single = width < grid.xs[c + 1] - grid.xs[c] + 1
            row.append(in_one_line(lines, room.get(c, width - _PADDING) if is_single else width - _PADDING))
        rows.append(tuple(row))
    _, top, _, bottom = grid.box
    return TablePiece(tuple(rows), grid.xs, top, bottom)


def _room_by_column(cells: dict[tuple[int, int], list[Line]]) -> dict[int, float]:
    """Width that text takes in a column, known from its widest line where at least two cells wrap."""
    wrapped: dict[int, list[float]] = defaultdict(list)
    for (_, column), lines in cells.items():
        if len(lines) > 1:
            wrapped[column].append(max(line.x1 - line.x0 for line in lines))
    return {column: max(widths) for column, widths in wrapped.items() if len(widths) > 1}
