"""Ruled tables on a PDF page: which lines make a grid, which of its places are merged, which characters lie in which cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taizhang.engines.readers.pdf_page import Glyph, Rule

_SNAP = 2.5  # lines closer than this are one line, drawn double or in pieces
_REACH = 3.5  # ends that miss each other by less still meet
_MOST_CROSSINGS = 1_000_000
_MOST_CELLS = 20_000
_COVERED = 0.6  # share of a side that must be ruled for the places on both sides to be separate cells
_THINNEST = 4.0  # a grid row or column narrower than this is a doubled border


@dataclass(frozen=True, slots=True)
class Grid:
    """Column and row borders of one table, and for each place the upper left place of the cell it belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Upper left (row, column) of the cell at a point, None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.owner[row, column] if 0 <= column < self.columns and 0 <= row < self.rows else None

    def right_edge(self, row: int, column: int) -> float:
        """Where the cell whose upper left place is given ends on the right."""
        last = column
        while last + 1 < self.columns and self.owner[row, last + 1] == (row, column):
            last += 1
        return self.xs[last + 1]


@dataclass(frozen=True, slots=True)
class _Line:
    """A ruled line of one direction: at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables a page's rules draw, smallest first; frames around running text, underlines and separators are none.

    A table may lack its outer upright borders, as is common in print.
    """
    level = _merged([_Line((r.y0 + r.y1) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.y1 - r.y0])
    upright = _merged([_Line((r.x0 + r.x1) / 2, r.y0, r.y1) for r in rules if r.x1 - r.x0 < r.y1 - r.y0])
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []  # a drawing or a map
    grids = [grid for group in _connected(level, upright) if (grid := _grid(*group))]
    return sorted(grids, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


def level_rules(rules: Sequence[Rule]) -> list[Rule]:
    """The rules that run across, from top to bottom, those drawn in pieces put together."""
    lines = _merged([_Line((r.y0 + r.y1) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.y1 - r.y0])
    return [Rule(line.start, line.at, line.end, line.at) for line in lines]


def glyphs_by_cell(grid: Grid, glyphs: Iterable[Glyph]) -> dict[tuple[int, int], list[Glyph]]:
    """Characters by the upper left place of their cell. All glyphs given must lie in the grid's box."""
    cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        place = grid.place((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
        if place is not None:
            cells[place].append(glyph)
    return cells


def _merged(lines: Sequence[_Line]) -> list[_Line]:
    """Lines drawn in pieces or twice, each as one."""
    merged: list[_Line] = []
    for at, near in _clustered(lines):
        pieces = sorted((line.start, line.end) for line in near)
        start, end = pieces[0]
        for next_start, next_end in pieces[1:]:
            if next_start <= end + _REACH:
                end = max(end, next_end)
            else:
                merged.append(_Line(at, start, end))
                start, end = next_start, next_end
        merged.append(_Line(at, start, end))
    return merged


def _clustered(lines: Sequence[_Line]) -> list[tuple[float, list[_Line]]]:
    clusters: list[list[_Line]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if clusters and line.at - clusters[-1][0].at <= _SNAP:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return [(sum(line.at for line in cluster) / len(cluster), cluster) for cluster in clusters]


def _connected(level: Sequence[_Line], upright: Sequence[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Groups of lines that cross or touch."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, across in enumerate(level):
        for j, down in enumerate(upright, start=len(level)):
            meets_across = across.start - _REACH <= down.at <= across.end + _REACH
            if meets_across and down.start - _REACH <= across.at <= down.end + _REACH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for i, across in enumerate(level):
        groups[root(i)][0].append(across)
    for j, down in enumerate(upright, start=len(level)):
        groups[root(j)][1].append(down)
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(level: list[_Line], upright: list[_Line]) -> Grid | None:
    if len(level) < 2:
        return None
    left, right = min(line.start for line in level), max(line.end for line in level)
    top, bottom = min(line.at for line in level), max(line.at for line in level)
    xs = _borders([line.at for line in upright], left, right)
    ys = _borders([line.at for line in level], top, bottom)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
        return None  # one column is a frame, read as running text; too many are a chart's paper
    owner = _owners(xs, ys, level, upright)
    if len(set(owner.values())) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), owner)


def _borders(found: Sequence[float], first: float, last: float) -> list[float]:
    """Distinct borders in order, the outer ones included where no line draws them."""
    borders: list[float] = []
    for at in sorted([*found, first, last]):
        if not borders or at - borders[-1] > _THINNEST:
            borders.append(at)
    return borders


def _owners(xs: list[float], ys: list[float], level: list[_Line], upright: list[_Line]) -> dict[tuple[int, int], tuple[int, int]]:
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    down = _by_border(upright, xs)
    across = _by_border(level, ys)
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            place = (r, c)
            if c and not _is_ruled(down[c], ys[r], ys[r + 1]):
                place = owner[r, c - 1]
            elif r and not _is_ruled(across[r], xs[c], xs[c + 1]):
                place = owner[r - 1, c]
            owner[r, c] = place
    return owner


def _by_border(lines: Sequence[_Line], borders: Sequence[float]) -> list[list[_Line]]:
    out: list[list[_Line]] = [[] for _ in borders]
    for line in lines:
        nearest = min(range(len(borders)), key=lambda i: abs(borders[i] - line.at))
        out[nearest].append(line)
    return out


def _is_ruled(lines: Sequence[_Line], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return covered >= (end - start) * _COVERED
