"""What is not known is a range that says what it waits for, and never a zero."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from taizhang.engines.scoring import Standing, Subject, Target, score
from taizhang.kernel.period import Period
from tests.engines.scoring.made_up import END, SEPTEMBER, YEAR, between, case, d, leaf, points, scheme, scored, seen

RULE = leaf("m", 100, "proportional", "1000")


def waits(*rows, rule=RULE, as_at=END):  # type: ignore[no-untyped-def]
    cell = scored(rule, *rows, as_at=as_at)
    return cell.score, [(w.reason, str(w.message)) for w in cell.waits]


def test_nothing_reported_leaves_the_whole_range() -> None:
    assert waits() == (between(0, 100), [("not_reported", "还没有填报")])


def test_before_the_first_report_is_due_it_is_too_early_rather_than_late() -> None:
    score_, [(reason, words)] = waits(as_at=date(2025, 1, 20))
    assert (score_, reason, words) == (between(0, 100), "not_due", "要到2025-01-31才有数字")
    yearly = leaf("m", 100, "proportional", "1000", parameters={"frequency": "yearly"})
    assert waits(rule=yearly, as_at=SEPTEMBER)[1][0][0] == "not_due"
    assert waits(rule=yearly)[1][0][0] == "not_reported"


def test_a_missing_figure_says_why_and_when_it_is_expected() -> None:
    row = seen("m", missing="统计口径调整", expected_on=date(2026, 1, 20))
    assert waits(row) == (between(0, 100), [("missing", "暂时没有数字：统计口径调整，预计2026-01-20有")])


def test_a_figure_that_is_only_reported_settles_nothing_but_shows_what_it_would_bring() -> None:
    row = seen("m", 800, standing=Standing.REPORTED)
    assert waits(row) == (between(0, 100), [("not_verified", "已填报800件，尚未核验；按此数得80")])


def test_a_later_unverified_figure_replaces_an_earlier_verified_one() -> None:
    august, september = seen("m", 500, end=date(2025, 8, 31)), seen("m", 600, end=SEPTEMBER, standing=Standing.REPORTED)
    assert waits(august, september, as_at=SEPTEMBER)[0] == between(0, 100)
    assert points(RULE, august, september, as_at=date(2025, 9, 15)) == 50


def test_the_closed_year_needs_the_figure_of_the_whole_year() -> None:
    november = seen("m", 900, end=date(2025, 11, 30))
    assert points(RULE, november, as_at=date(2025, 12, 30)) == 90
    found, [(reason, words)] = waits(november)
    assert (found, reason) == (between(0, 100), "not_reported")
    assert words == "截至2025-12-31的数字还没有填报，最近的是截至2025-11-30的"


def test_a_body_that_is_wound_up_in_june_is_scored_by_its_figure_of_june() -> None:
    of = scheme(RULE)
    gone = replace(of, subjects=(Subject("u", "单位", "d", "m", Period(date(2025, 1, 1), date(2025, 6, 30))),))
    made = score(gone, [seen("m", 400, end=date(2025, 6, 30)), seen("m", 900)], [], END).results[0]
    assert made.total == between(40, 40)


def test_a_recorded_decision_stands_in_for_a_figure() -> None:
    assert points(RULE, seen("m", missing="单位撤销", standing=Standing.DECIDED)) == 0
    assert points(RULE, seen("m", 700, standing=Standing.DECIDED), seen("m", 900)) == 70
    assert points(RULE, seen("m", 700, standing=Standing.DECIDED, end=SEPTEMBER)) == 70


def test_a_corrected_figure_counts_by_when_it_was_verified() -> None:
    first = seen("m", 700, verified_at=datetime(2026, 1, 5, tzinfo=UTC))
    second = seen("m", 650, verified_at=datetime(2026, 1, 9, tzinfo=UTC))
    assert points(RULE, second, first) == 65


def test_what_was_reported_once_for_everybody_feeds_each_of_them() -> None:
    assert points(RULE, seen("m", 900, body="")) == 90
    assert points(RULE, seen("m", 900, body=""), seen("m", 100)) == 10


@pytest.mark.parametrize(
    ("awaits", "words"), [("省水利厅", "目标数待定，等省水利厅下达"), (None, "目标数待定，下达文件还没有绑定")]
)
def test_a_target_that_is_not_bound_names_whom_it_waits_for(awaits: str | None, words: str) -> None:
    rule = leaf("m", 10, "threshold", targets=(Target(None, None, ">=", YEAR, awaits),))
    assert waits(seen("m", 5), rule=rule) == (between(0, 10), [("unbound", words)])


def test_a_claim_that_an_item_does_not_apply_waits_until_it_is_verified() -> None:
    row = seen("m", not_applicable="第七条", standing=Standing.REPORTED)
    assert waits(row) == (between(0, 100), [("not_verified", "填报为不适用（第七条），尚未核验")])


def test_a_year_amended_in_july_waits_for_the_figure_of_june() -> None:
    halves = (
        Target(d(1200), "件", ">=", Period(YEAR.start, date(2025, 6, 30))),
        Target(d(2400), "件", ">=", Period(date(2025, 7, 1), END)),
    )
    rule = leaf("m", 100, "proportional", targets=halves)
    assert waits(seen("m", 1500), rule=rule)[0] == between(0, 100)
    june = seen("m", 600, end=date(2025, 6, 30))
    assert scored(rule, june, as_at=date(2025, 6, 30)).score == between(50, 100)
    assert scored(rule, june, seen("m", 900, end=SEPTEMBER), as_at=SEPTEMBER).score == between("62.5", "62.5")


def test_a_case_after_the_day_or_in_another_year_does_not_count() -> None:
    rule = leaf("m", 5, "deduct", parameters={"each": d(1)})
    late, old = case("m", on=date(2025, 10, 1)), case("m", on=date(2024, 12, 31))
    assert points(rule, cases=(late, old), as_at=SEPTEMBER) == 5
    assert points(rule, cases=(late, old)) == 4
