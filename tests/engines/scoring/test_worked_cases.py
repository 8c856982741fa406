"""Cases a clerk can check with a pocket calculator."""

from datetime import date

import pytest

from taizhang.engines.scoring import Target
from tests.engines.scoring.made_up import END, SEPTEMBER, YEAR, between, d, leaf, node, points, result, scheme, scored, seen

JOBS = leaf("新增就业", 75, "proportional", unit="人", targets=(Target(d(4), "万人", ">=", YEAR),))
RATE = leaf("登记失业率", 75, "threshold", "4.5", "<=", unit="%")
ITEM = node("就业", 150, JOBS, RATE, is_rounded=True)
SEEN = (seen("新增就业", 36411, end=SEPTEMBER), seen("登记失业率", "3.1", end=SEPTEMBER))


def test_36411_of_40000_new_jobs_and_an_unemployment_rate_within_its_limit_make_143_27_of_150() -> None:
    cell = scored(ITEM, *SEEN, as_at=SEPTEMBER)
    jobs, rate = cell.children
    assert (jobs.score, rate.score) == (between("68.270625", "68.270625"), between(75, 75))
    assert cell.score == between("143.27", "143.27")
    assert str(jobs.formula) == "75 × 36,411 ÷ 40,000 = 68.270625"
    assert str(rate.formula) == "3.1% ≤ 4.5%，得75"
    assert str(cell.formula) == "68.270625 + 75 = 143.270625"


def test_a_thousand_more_jobs_would_add_1_88_and_3589_more_the_full_mark() -> None:
    jobs = scored(ITEM, *SEEN, as_at=SEPTEMBER).children[0]
    assert str(jobs.marginal) == "再增1,000人，加1.88分；增3,589人，本项满分"
    assert points(JOBS, seen("新增就业", 37411)) - points(JOBS, seen("新增就业", 36411)) == d("1.875")
    assert points(JOBS, seen("新增就业", 36411 + 3589)) == 75
    assert points(JOBS, seen("新增就业", 36411 + 3588)) < 75


def test_a_full_sheet_says_what_is_settled_and_what_is_open() -> None:
    sheet = node("责任书", 200, ITEM, leaf("安置职工", 50, "proportional", "5293", unit="人"))
    total = result(scheme(sheet), *SEEN, as_at=SEPTEMBER)
    assert total.total == between("143.27", "193.27")
    assert [(w.criterion, w.reason) for w in total.waits] == [("安置职工", "not_reported")]


def test_a_target_raised_in_july_scores_each_half_of_the_year_by_its_own() -> None:
    # 1,200 until June, then 2,400: half the mark each. 600 of 600 by June: 50; 900 of 1,200 after: 37.5.
    first = Target(d(1200), "件", ">=", type(YEAR)(date(2025, 1, 1), date(2025, 6, 30)))
    second = Target(d(2400), "件", ">=", type(YEAR)(date(2025, 7, 1), END))
    amended = leaf("办件", 100, "proportional", targets=(second, first))
    june = seen("办件", 600, end=date(2025, 6, 30))
    assert points(amended, seen("办件", 1500), june) == d("87.5")


def test_a_limit_tightened_in_mid_year_scores_each_level_by_its_own_days() -> None:
    # Changed on 10 April: 99 of 365 days under 5, 266 under 4; 4.5 keeps the first limit and breaks the second.
    first = Target(d(5), "%", "<=", type(YEAR)(date(2025, 1, 1), date(2025, 4, 9)))
    second = Target(d(4), "%", "<=", type(YEAR)(date(2025, 4, 10), END))
    amended = leaf("比率", 365, "threshold", unit="%", targets=(first, second))
    april = seen("比率", "4.5", end=date(2025, 4, 9))
    assert points(amended, april, seen("比率", "4.5")) == 99


@pytest.mark.parametrize(("value", "expected"), [("3", 100), ("4.5", 100), ("5.4", 80), ("9", 0), ("20", 0)])
def test_control_falls_from_the_limit_to_nothing_at_twice_it(value: str, expected: int) -> None:
    assert points(leaf("能耗", 100, "control", "4.5", "<=", unit="%"), seen("能耗", value)) == expected
