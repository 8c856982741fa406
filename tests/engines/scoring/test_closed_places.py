"""不得进入前三名: the total stays, the place does not, and nobody else falls for it."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.engines.scoring import Effect, Interval, Result, Sanction, Scheme, score
from taizhang.engines.scoring.grading import behind, places
from tests.engines.scoring.made_up import END, case, d, leaf, scheme, seen

BARRED = Sanction("barred", "不得进入前三名", (Effect.NOT_AMONG_FIRST,), first=3)
BODIES = ("甲", "乙", "丙", "丁", "戊", "己")


def _year() -> Scheme:
    return scheme(leaf("a", 100, "proportional", "100"), bodies=dict.fromkeys(BODIES, "a"), sanctions=(BARRED,))


def _results(values: dict[str, int | None], *barred: str) -> dict[str, Result]:
    rows = [seen("a", value, body=body) for body, value in values.items() if value is not None]
    return {r.subject: r for r in score(_year(), rows, [case("barred", body=body) for body in barred], END).results}


def test_the_best_total_comes_fourth_and_those_behind_move_up() -> None:
    found = _results(dict(zip(BODIES, (95, 90, 85, 80, 70, 60), strict=True)), "甲")
    assert [r.rank for r in found.values()] == [(4, 4), (1, 1), (2, 2), (3, 3), (5, 5), (6, 6)]
    assert found["甲"].total == Interval(d(95), d(95))


def test_the_result_tells_the_place_of_the_total_and_the_place_that_is_left() -> None:
    found = _results(dict(zip(BODIES, (95, 90, 85, 80, 70, 60), strict=True)), "甲")
    (told,) = found["甲"].sanctions
    assert (told.before, told.after) == ("95 第1名", "95 第4名")


def test_who_is_behind_the_third_place_anyway_stays_where_he_is() -> None:
    values = dict(zip(BODIES, (95, 90, 85, 80, 70, 60), strict=True))
    assert _results(values, "戊")["戊"].rank == (5, 5)
    assert [r.rank for r in _results(values, "戊").values()] == [r.rank for r in _results(values).values()]


def test_two_who_are_held_back_to_the_same_place_share_it() -> None:
    found = _results(dict(zip(BODIES, (95, 90, 85, 80, 70, 60), strict=True)), "甲", "乙")
    assert [r.rank for r in found.values()] == [(4, 4), (4, 4), (1, 1), (2, 2), (3, 3), (6, 6)]


def test_with_too_few_others_the_closed_places_stay_empty() -> None:
    of = [Interval(d(n), d(n)) for n in (95, 90)]
    assert behind(of, places(of), [3, 0]) == [(4, 4), (1, 1)]


def test_while_totals_are_open_the_place_is_a_range_behind_the_closed_ones() -> None:
    found = _results({"甲": None, "乙": 90, "丙": 85, "丁": 80, "戊": 70, "己": 60}, "甲")
    assert found["甲"].rank == (4, 6)
    assert found["乙"].rank == (1, 1)
    assert found["戊"].rank == (4, 5)


totals = st.lists(st.integers(0, 12), min_size=1, max_size=8)


@settings(max_examples=300, deadline=None)
@given(totals, st.data())
def test_a_consequence_never_improves_ones_own_place_and_nobody_else_falls(values: list[int], data: st.DataObject) -> None:
    of = [Interval(Decimal(v), Decimal(v)) for v in values]
    closed = data.draw(st.lists(st.integers(0, 4), min_size=len(values), max_size=len(values)))
    whom = data.draw(st.integers(0, len(values) - 1))
    without = behind(of, places(of), [0 if i == whom else c for i, c in enumerate(closed)])
    more = max(closed[whom], 1)
    after = behind(of, places(of), [more if i == whom else c for i, c in enumerate(closed)])
    assert after[whom] >= without[whom]
    assert after[whom][0] > more
    assert all(a <= b for i, (a, b) in enumerate(zip(after, without, strict=True)) if i != whom)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 4)), min_size=1, max_size=5), st.data())
def test_the_range_holds_every_place_that_may_come_of_open_totals(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    of = [Interval(Decimal(low), Decimal(low + width)) for low, width in spans]
    closed = data.draw(st.lists(st.integers(0, 3), min_size=len(of), max_size=len(of)))
    ranges = behind(of, places(of), closed)
    drawn = [data.draw(st.integers(low, low + width)) for low, width in spans]
    became = [Interval(Decimal(v), Decimal(v)) for v in drawn]
    for (best, worst), (place, _) in zip(ranges, behind(became, places(became), closed), strict=True):
        assert best <= place <= worst
