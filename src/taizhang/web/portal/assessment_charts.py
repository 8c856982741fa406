"""Where things stand in the drawings of assessment pages: dots of the distribution, months of small multiples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.apps.assessments.results.reading import CategoryResults, Distribution

_LANE, _TOP, _STEP, _ACROSS = 86, 22, 9, Decimal("1.1")


@dataclass(frozen=True, slots=True)
class Dot:
    """A subject: its place across in per cent, its height in pixels."""

    x: Decimal
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A category's band of dots: its name, where its floor line lies, its dots."""

    name: str
    floor: int
    label: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A grade's stretch: from and width in per cent; `css` colours it, words name it."""

    name: str
    x: Decimal
    width: Decimal
    css: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The drawing of a distribution. `ticks` are (place in per cent, figure)."""

    height: int
    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[Decimal, Decimal], ...]

    @property
    def floor(self) -> int:
        """The lowest line."""
        return self.lanes[-1].floor if self.lanes else _TOP


_CSS = ("f-sunk", "f-ground", "f-wash", "f-tint")


def spread(groups: Sequence[CategoryResults], shown: Distribution, full: Decimal) -> Spread | None:
    """Dots by category over the grades' bands; None where there is no known total to draw."""
    totals = [point.total for points in shown.points.values() for point in points]
    if not totals:
        return None
    lows = sorted(low for _, low in shown.bands)
    begin = min([*totals, *[low for low in lows if low > 0][:1]])
    begin = max(Decimal(0), (begin - full / 20).quantize(Decimal("1E1")))
    end = max([full, *totals])
    width = end - begin

    def at(value: Decimal) -> Decimal:
        return (min(max((value - begin) / width * 100, Decimal(0)), Decimal(100))).quantize(Decimal("0.1"))

    edges = sorted(((low, name) for name, low in shown.bands))
    bands = []
    for n, (low, name) in enumerate(edges):
        x = at(low)
        right = at(edges[n + 1][0]) if n + 1 < len(edges) else Decimal(100)
        if right > x:
            bands.append(Band(name, x, right - x, _CSS[max(0, len(_CSS) - len(edges) + n) % len(_CSS)]))
    lanes = []
    drawn = [group for group in groups if shown.points.get(group.id)]
    for n, group in enumerate(drawn, start=1):
        floor = _TOP + n * _LANE
        lanes.append(Lane(group.name, floor, floor - _LANE + 18, _stacked([at(p.total) for p in shown.points[group.id]], floor)))
    inner = [low for low, _ in edges if begin < low < end] or [begin + width * n / 4 for n in (1, 2, 3)]
    ticks = [(at(value), value.quantize(Decimal(1))) for value in dict.fromkeys([begin, *inner, end])]
    return Spread(_TOP + len(lanes) * _LANE + 26, tuple(bands), tuple(lanes), tuple(ticks))


def _stacked(places: Sequence[Decimal], floor: int) -> tuple[Dot, ...]:
    """Dots that would touch stand on one another."""
    rows: list[Decimal] = []
    out = []
    for x in sorted(places):
        x = min(max(x, Decimal("0.8")), Decimal("99.2"))
        row = next((n for n, last in enumerate(rows) if x - last >= _ACROSS), len(rows))
        if row == len(rows):
            rows.append(x)
        rows[row] = x
        out.append(Dot(x, floor - 7 - min(row, 7) * _STEP))
    return tuple(out)


_WIDE, _HIGH, _FLOOR, _GOAL = 240, 96, 88, 20


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure period by period in a box of 240 by 96. `line` are points of the known figures, `gaps` the periods without one;
    `first` and `last` are the days it begins and ends with."""

    line: str
    dots: tuple[tuple[int, int], ...]
    gaps: tuple[tuple[int, int], ...]
    goal: int | None
    pace: bool
    first: date | None = None
    last: date | None = None


def trend(
    told: Sequence[tuple[date, Decimal | None]],
    ends: Sequence[date],
    until: date,
    target: Decimal,
    *,
    runs: bool,
    first: date | None = None,
) -> Trend:
    """The drawing of one body's figure: `ends` are the periods' last days, `first` the day the first begins, `runs` True for
    what adds up over the year."""
    width = _WIDE // max(len(ends), 1)
    values = dict(told)
    dots, gaps = [], []
    for n, end in enumerate(ends):
        x, value = (n + 1) * width if runs else n * width + width // 2, values.get(end)
        if value is not None and target > 0:
            y = _FLOOR - int(value / target * (_FLOOR - _GOAL))
            dots.append((min(x, _WIDE - 4), max(4, min(_FLOOR, y))))
        elif end <= until:
            gaps.append((n * width, width))
    line = " ".join(f"{x},{y}" for x, y in ([(0, _FLOOR), *dots] if runs and dots else dots))
    last = ends[-1] if ends and ends[-1] < date.max else None
    return Trend(line, tuple(dots), tuple(gaps), _GOAL if target > 0 else None, runs, first, last)
