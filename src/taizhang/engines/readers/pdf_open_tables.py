"""Tables ruled only across, as statistical notices print them: rows between the rules, columns by the white between the words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.engines.readers.pdf_flow import TablePiece
from taizhang.engines.readers.pdf_lines import Line, in_one_line, rows_of
from taizhang.engines.readers.pdf_page import Glyph, Rule
from taizhang.engines.readers.pdf_tables import level_rules

_ALIKE = 4.0  # points by which the ends of one table's rules may differ
_LEAST_RULES = 3  # two rules make a header or a footer line
_LEAST_GAP = 0.7  # type sizes of white that part two columns in every row
_SHORTEST_RULE = 80.0
_MOST_RULES = 500


def find_open_tables(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> Iterator[tuple[TablePiece, list[Glyph]]]:
    """Tables and the characters each takes. `rules` and `glyphs` are what full grids have left over."""
    for group in _stacks(rules):
        left, right = min(r.x0 for r in group), max(r.x1 for r in group)
        borders = [r.y0 for r in group]
        within = [g for g in glyphs if left <= (g.x0 + g.x1) / 2 <= right and borders[0] <= (g.top + g.bottom) / 2 <= borders[-1]]
        bands = [
            rows_of([g for g in within if top <= (g.top + g.bottom) / 2 < bottom], _LEAST_GAP) for top, bottom in _pairs(borders)
        ]
        xs = _column_borders([row for band in bands for row in band], left, right)
        if len(xs) < 3:
            continue
        rows = [row for band in bands for row in _rows_of_band(band, xs)]
        yield TablePiece(tuple(rows), tuple(xs), borders[0], borders[-1]), within


def _stacks(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules of one length one below the other, three or more."""
    level = [rule for rule in level_rules(rules) if rule.x1 - rule.x0 >= _SHORTEST_RULE]
    if len(level) > _MOST_RULES:
        return  # a drawing
    while level:
        first = level[0]
        alike = [r for r in level if abs(r.x0 - first.x0) < _ALIKE and abs(r.x1 - first.x1) < _ALIKE]
        level = [r for r in level if r not in alike]
        if len(alike) >= _LEAST_RULES:
            yield alike


def _pairs(borders: Sequence[float]) -> list[tuple[float, float]]:
    return [(top, bottom) for top, bottom in pairwise(borders) if bottom - top > _ALIKE]


def _column_borders(rows: Sequence[Sequence[Line]], left: float, right: float) -> list[float]:
    """Middles of the white that runs through all rows but those of a single cell."""
    lines = sorted((line for row in rows if len(row) > 1 for line in row), key=lambda line: line.x0)
    borders, reach = [left], 0.0
    for at, line in enumerate(lines):
        if at and line.x0 - reach >= _LEAST_GAP * line.size:
            borders.append((reach + line.x0) / 2)
        reach = max(reach, line.x1)
    return [*borders, right]


def _rows_of_band(band: Sequence[Sequence[Line]], xs: Sequence[float]) -> Iterator[tuple[str, ...]]:
    """A row begins at a baseline whose first column and half of all have text; other baselines continue it."""
    open_row: list[list[Line]] = []
    for baseline in band:
        cells = [[line for line in baseline if start <= (line.x0 + line.x1) / 2 < end] for start, end in pairwise(xs)]
        begins = bool(cells[0]) and sum(map(bool, cells)) * 2 >= len(cells)
        if begins and open_row:
            yield _texts(open_row, xs)
            open_row = []
        open_row = [a + b for a, b in zip(open_row, cells, strict=True)] if open_row else cells
    if open_row:
        yield _texts(open_row, xs)


def _texts(cells: Sequence[Sequence[Line]], xs: Sequence[float]) -> tuple[str, ...]:
    return tuple(in_one_line(lines, xs[c + 1] - xs[c] - lines[0].size) if lines else "" for c, lines in enumerate(cells))
