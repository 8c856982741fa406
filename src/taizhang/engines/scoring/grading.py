"""Grades by bands, and places within a category; each a range while something is unknown."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from taizhang.engines.scoring.arithmetic import rounded
from taizhang.engines.scoring.model import Grade, Interval, Rounding, Scheme

_WHOLE = Rounding(0, "half_up")


def ordered(scheme: Scheme) -> tuple[Grade, ...]:
    """The grades from the best to the worst."""
    return tuple(sorted(scheme.grades, key=lambda g: g.low, reverse=True))


def grades_of(scheme: Scheme, total: Interval) -> tuple[str, ...]:
    """Every grade that is possible, from the best to the worst; none where the scheme has no grades.

    Printed bands leave gaps (良好 80-89, 优秀 90 and above). `lower_grade` reads 89.5 as the lower one: a grade begins where it
    is printed to begin. `rounded` rounds the score half up to a whole number first. What is below every band has the worst grade.
    """
    grades = ordered(scheme)
    if not grades:
        return ()
    best, worst = _index(scheme, grades, total.high), _index(scheme, grades, total.low)
    return tuple(g.name for g in grades[best : worst + 1])


def _index(scheme: Scheme, grades: Sequence[Grade], score: Decimal) -> int:
    value = rounded(score, _WHOLE) if scheme.grade_reading == "rounded" else score
    return next((i for i, g in enumerate(grades) if value >= g.low), len(grades) - 1)


def places(totals: Sequence[Interval]) -> list[tuple[int, int]]:
    """The best and the worst possible place of each. Equal totals share a place, and as many places behind it stay free.

    One is certainly before another only where its lowest is above the other's highest; an unknown total has a range of places and
    is never counted as zero.

    >>> a, b, c = Interval(Decimal(90), Decimal(90)), Interval(Decimal(90), Decimal(90)), Interval(Decimal(80), Decimal(95))
    >>> places([a, b, c])
    [(1, 2), (1, 2), (1, 3)]
    """
    lows = sorted(t.low for t in totals)
    highs = sorted(t.high for t in totals)
    count = len(totals)
    found: list[tuple[int, int]] = []
    for total in totals:
        surely_before = count - bisect_right(lows, total.high)
        maybe_before = count - bisect_right(highs, total.low) - (0 if total.is_known else 1)
        found.append((1 + surely_before, 1 + maybe_before))
    return found


def behind(totals: Sequence[Interval], natural: Sequence[tuple[int, int]], closed: Sequence[int]) -> list[tuple[int, int]]:
    """The places where some may not be among the first of them: `closed` says how many places are closed to each, 0 none.

    Such a body has the place its total gives it, but at best the one behind the closed ones; those with lower totals who may
    stand in front of it move up into what it leaves, in the order of their totals. Several of them at the same place share it.
    So nobody else ever falls because of it, and nobody gains by it himself. With too few others, closed places stay empty.

    >>> of = [Interval(Decimal(n), Decimal(n)) for n in (95, 90, 85, 80, 70)]
    >>> behind(of, places(of), [3, 0, 0, 0, 0])
    [(4, 4), (1, 1), (2, 2), (3, 3), (5, 5)]
    """
    held = [(max(best, first + 1), max(worst, first + 1)) for (best, worst), first in zip(natural, closed, strict=True)]
    free_lows = sorted(t.low for t, first in zip(totals, closed, strict=True) if not first)
    free_highs = sorted(t.high for t, first in zip(totals, closed, strict=True) if not first)
    barred = [i for i, first in enumerate(closed) if first]
    found: list[tuple[int, int]] = []
    for i, total in enumerate(totals):
        if closed[i]:
            found.append(held[i])
            continue
        count = len(free_lows)
        surely = count - bisect_right(free_lows, total.high)
        maybe = count - bisect_right(free_highs, total.low) - (0 if total.is_known else 1)
        best = _after(1 + surely, [held[j][1] for j in barred if totals[j].low > total.high])
        worst = _after(1 + maybe, [held[j][0] for j in barred if totals[j].high > total.low])
        found.append((best, worst))
    return found


def _after(place: int, held: list[int]) -> int:
    """A place, behind those of better totals that are held back no further than it."""
    for other in sorted(held):
        if other <= place:
            place += 1
    return place
