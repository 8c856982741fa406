"""Lights know time and direction, and never touch a score."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from taizhang.engines.scoring import Criterion, LightRule, light, light_rule, time_share
from taizhang.kernel.period import Period
from tests.engines.scoring.made_up import END, SEPTEMBER, YEAR, case, d, leaf, scored, seen


@pytest.mark.parametrize(
    ("value", "expected"), [("1000", "met"), ("748", "on_track"), ("747", "at_risk"), ("674", "at_risk"), ("673", "behind")]
)
def test_a_figure_that_adds_up_is_held_against_the_share_of_the_year(value: str, expected: str) -> None:
    # 273 of 365 days are 74.79 %; a tenth of that less is 67.32 %.
    assert scored(leaf("m", 10, "proportional", "1000"), seen("m", value, end=SEPTEMBER), as_at=SEPTEMBER).status == expected


@pytest.mark.parametrize(
    ("value", "expected", "closed"),
    [("4.5", "on_track", "met"), ("4.6", "at_risk", "at_risk"), ("4.95", "at_risk", "at_risk"), ("5", "behind", "behind")],
)
def test_a_limit_is_met_only_when_the_year_is_over(value: str, expected: str, closed: str) -> None:
    rule = leaf("m", 10, "control", "4.5", "<=", unit="%")
    assert scored(rule, seen("m", value, end=SEPTEMBER), as_at=SEPTEMBER).status == expected
    assert scored(rule, seen("m", value)).status == closed


def test_a_rate_that_can_still_fall_is_on_track_and_not_met() -> None:
    rule = leaf("m", 10, "proportional", "98", unit="%")
    assert scored(rule, seen("m", "98.2", end=SEPTEMBER), as_at=SEPTEMBER).status == "on_track"
    assert scored(rule, seen("m", "90", end=SEPTEMBER), as_at=SEPTEMBER).status == "at_risk"


def test_a_budget_that_adds_up_may_have_used_no_more_than_its_share() -> None:
    used = {v: light(d(v), d(100), "<=", share=d("0.5"), is_cumulative=True) for v in (50, 55, 56)}
    assert used == {50: "on_track", 55: "at_risk", 56: "behind"}


@pytest.mark.parametrize(("cases", "expected"), [(0, "on_track"), (1, "at_risk"), (2, "behind")])
def test_counted_events_are_judged_by_what_they_took(cases: int, expected: str) -> None:
    recorded = tuple(case("m", on=date(2025, 1, 1 + i)) for i in range(cases))
    rule = leaf("m", 10, "deduct", parameters={"each": d(1)})
    assert scored(rule, cases=recorded, as_at=SEPTEMBER).status == expected


@pytest.mark.parametrize(
    ("rule", "as_at", "expected"),
    [
        (leaf("m", 10, "proportional", "1"), END, "unknown"),
        (leaf("m", 10, "proportional", "1"), date(2025, 1, 15), "not_due"),
        (leaf("m", 10, "phased", "1"), date(2025, 2, 1), "not_due"),
    ],
)
def test_nothing_known_is_unknown_or_too_early(rule: Criterion, as_at: date, expected: str) -> None:
    assert scored(rule, as_at=as_at).status == expected


def test_the_light_moves_no_score() -> None:
    rule = leaf("m", 10, "proportional", "1000")
    row = seen("m", 500, end=date(2025, 3, 31))
    early, late = (scored(rule, row, as_at=day) for day in (date(2025, 3, 31), date(2025, 11, 30)))
    assert (early.status, late.status) == ("on_track", "behind")
    assert early.score == late.score


def test_a_figure_of_june_is_held_against_june_until_the_next_quarter_is_over() -> None:
    rule = leaf("m", 10, "proportional", "1000")
    row = replace(seen("m", 500), period=Period(date(2025, 4, 1), date(2025, 6, 30)))
    lights = [scored(rule, row, as_at=day).status for day in (date(2025, 6, 30), date(2025, 9, 30), date(2025, 10, 20))]
    assert lights == ["on_track", "on_track", "behind"]


def test_the_rule_in_force_on_the_day_decides() -> None:
    old, new = LightRule(Period(None, date(2025, 6, 30)), d("0.1")), LightRule(Period(date(2025, 7, 1), None), d("0.2"))
    assert light_rule(date(2025, 6, 30), (old, new)) is old
    assert light_rule(date(2025, 7, 1), (old, new)) is new


def test_the_share_of_time_counts_both_ends() -> None:
    assert time_share(YEAR, date(2025, 12, 31)) == 1
    assert time_share(YEAR, date(2024, 12, 31)) == 0
    with_exactness = time_share(YEAR, SEPTEMBER)
    assert round(with_exactness, 4) == Decimal("0.7479")
