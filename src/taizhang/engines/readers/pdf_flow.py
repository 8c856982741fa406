"""Reading order of a PDF page: columns of print, and where in a column one paragraph ends and the next begins."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from taizhang.engines.readers.pdf_lines import Line, ends_in_leader

_LEAST_LINES = 3  # on each side of a gutter
_NARROWEST = 8  # type sizes: names side by side are no columns of print
_FILLED = 0.6
_WIDEST_GUTTER = 4  # type sizes
_MOST_MARGINS = 8
_INDENT = 0.8  # type sizes; a first line is set in by two
_CENTERED = 2.3  # type sizes from the margin, more than a first line is set in
_FAR = 1.6  # line distances


@dataclass(frozen=True, slots=True)
class TablePiece:
    """A table, or as much of it as stands on one page. `xs` are its column borders."""

    rows: tuple[tuple[str, ...], ...]
    xs: tuple[float, ...]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.xs[0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.xs[-1]


@dataclass(frozen=True, slots=True)
class Spaced:
    """Runs on one baseline with wide gaps between them: a list of names, a signature, a table without rules."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The runs, set off by two spaces."""
        return "  ".join(line.text for line in self.lines)

    @property
    def x0(self) -> float:
        """Left edge of the first run."""
        return self.lines[0].x0

    @property
    def x1(self) -> float:
        """Right edge of the last run."""
        return self.lines[-1].x1

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(line.top for line in self.lines)


Piece = Line | Spaced | TablePiece


@dataclass(frozen=True, slots=True)
class Column:
    """Pieces in reading order between two margins; `is_whole` if nothing stands beside it on the page."""

    pieces: tuple[Piece, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Margins:
    """Where full lines begin and end, how far baselines lie apart, and the usual type size."""

    left: float
    right: float
    pitch: float
    size: float


def columns_of(rows: Sequence[Sequence[Line | TablePiece]]) -> list[Column]:
    """Columns in reading order. `rows` are what stands side by side, from top to bottom."""
    return _split(list(rows), is_whole=True)


def _split(rows: list[Sequence[Line | TablePiece]], *, is_whole: bool) -> list[Column]:
    zone = _widest_zone(rows)
    if zone is None:
        return _whole(rows, is_whole=is_whole) if rows else []
    first, last, gutter = zone
    left = [[piece for piece in row if piece.x0 < gutter] for row in rows[first:last]]
    right = [[piece for piece in row if piece.x0 >= gutter] for row in rows[first:last]]
    return [
        *_split(rows[:first], is_whole=is_whole),
        *_split([row for row in left if row], is_whole=False),
        *_split([row for row in right if row], is_whole=False),
        *_split(rows[last:], is_whole=is_whole),
    ]


def _whole(rows: Sequence[Sequence[Line | TablePiece]], *, is_whole: bool) -> list[Column]:
    pieces: list[Piece] = []
    for row in rows:
        lines = [piece for piece in row if isinstance(piece, Line)]
        pieces += [piece for piece in row if isinstance(piece, TablePiece)]
        if lines:
            pieces.append(lines[0] if len(lines) == 1 else Spaced(tuple(lines)))
    return [Column(tuple(pieces), is_whole)]


def _widest_zone(rows: Sequence[Sequence[Line | TablePiece]]) -> tuple[int, int, float] | None:
    """First row, row after the last, and gutter of the tallest stretch that is printed in two columns or more.

    A gutter lies before a margin at which several lines begin, and no line of the stretch crosses it.
    """
    pieces = [piece for row in rows for piece in row]
    if sum(_weight(piece) for piece in pieces) < 2 * _LEAST_LINES:
        return None
    size = _type_size(pieces)
    leftmost = min(piece.x0 for piece in pieces)
    begins: Counter[int] = Counter()
    for piece in pieces:
        if piece.x0 > leftmost + _NARROWEST * size:
            begins[round(piece.x0)] += _weight(piece)
    zones = [
        (last - first, first, last, gutter)
        for gutter in [margin - 2.0 for margin, count in begins.most_common(_MOST_MARGINS) if count >= _LEAST_LINES]
        for first, last in _stretches(rows, gutter)
        if _are_columns(rows[first:last], gutter)
    ]
    return max(zones)[1:] if zones else None


def _weight(piece: Line | TablePiece) -> int:
    """How many lines a piece stands for."""
    return 1 if isinstance(piece, Line) else len(piece.rows)


def _type_size(pieces: Sequence[Line | TablePiece]) -> float:
    sizes = [piece.size for piece in pieces if isinstance(piece, Line)]
    return median(sizes) if sizes else 10.5


def _stretches(rows: Sequence[Sequence[Line | TablePiece]], gutter: float) -> Iterator[tuple[int, int]]:
    first = 0
    for at, row in enumerate(rows):
        if _crosses(row, gutter):
            yield first, at
            first = at + 1
    yield first, len(rows)


def _are_columns(rows: Sequence[Sequence[Line | TablePiece]], gutter: float) -> bool:
    left = [piece for row in rows for piece in row if piece.x0 < gutter]
    right = [piece for row in rows for piece in row if piece.x0 >= gutter]
    if not (_is_column(left) and _is_column(right)):
        return False
    # full lines reach the gutter; entries set side by side leave more room
    return gutter - max(piece.x1 for piece in left) <= _WIDEST_GUTTER * _type_size(left)


def _crosses(row: Sequence[Line | TablePiece], x: float) -> bool:
    return any(piece.x0 < x < piece.x1 for piece in row)


def _is_column(pieces: Sequence[Line | TablePiece]) -> bool:
    count = sum(map(_weight, pieces))
    if count < _LEAST_LINES:
        return False
    width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
    filled = sum(_weight(piece) for piece in pieces if piece.x1 - piece.x0 >= _FILLED * width)
    return width >= _NARROWEST * _type_size(pieces) and filled * 3 >= count


def margins_of(pieces: Sequence[Piece], page_width: float | None = None) -> Margins | None:
    """Margins of a column from its lines; None without lines.

    With `page_width` given the column stands alone, and where no two lines end at one place the page is taken to be symmetric.
    """
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    if not lines:
        return None
    size = median(line.size for line in lines)
    left = min(_shared([line.x0 for line in lines], size) or [line.x0 for line in lines])
    ends = _shared([line.x1 for line in lines], size)
    right = max(ends or [line.x1 for line in lines])
    if page_width and not ends:
        right = max(right, page_width - left)
    steps = [b.base - a.base for a, b in pairwise(lines) if 0 < b.base - a.base < 4 * size]
    return Margins(left, right, median(steps) if steps else 1.8 * size, size)


def _shared(edges: Sequence[float], size: float) -> list[float]:
    """Those edges that at least three lines in a hundred, and at least two, have to within a third of a character."""
    counts = Counter(round(edge / size * 3) for edge in edges)
    least = max(2, len(edges) * 3 // 100)
    return [edge for edge in edges if counts[round(edge / size * 3)] >= least]


JOINED, BROKEN, APART = "", "\n", "\n\n"


def separator(before: Piece, above: Margins, after: Piece, margins: Margins) -> str:
    """What stands between two pieces in the text: nothing (one wrapped line), a line break, or a blank line.

    `above` are the margins of the column of `before`, `margins` those of `after`: where these are two columns or pages, the
    distance says nothing.
    """
    if not isinstance(before, Line) or not isinstance(after, Line):
        return BROKEN if isinstance(before, Spaced) and isinstance(after, Spaced) else APART
    size = max(before.size, after.size)
    if before.has_ideograph and after.has_ideograph and abs(before.size - after.size) > 0.15 * size:
        return APART
    larger = max(size / margins.size, 1.0) if margins.size else 1.0
    if above is margins and after.base - before.base > _FAR * margins.pitch * larger:
        return APART
    if ends_in_leader(before):
        return APART  # an entry of a table of contents is full and ends all the same
    is_display = before.size > 1.15 * above.size  # a title in large type may fill its first line
    if _is_centered(before, above, at_least=-1 if is_display else _CENTERED) and _is_centered(after, margins, at_least=_CENTERED):
        return BROKEN
    is_full = above.right - before.x1 < after.token + 0.3 * size
    if is_full and after.x0 - margins.left < _INDENT * size:
        return JOINED
    return APART


def _is_centered(line: Line, margins: Margins, at_least: float) -> bool:
    off = (line.x0 + line.x1) / 2 - (margins.left + margins.right) / 2
    return abs(off) < 0.6 * line.size and line.x0 - margins.left > at_least * line.size
