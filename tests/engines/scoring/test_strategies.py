"""Each strategy at its edges."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.engines.scoring import STRATEGIES, Criterion, Observation
from tests.engines.scoring.made_up import between, case, d, leaf, node, points, scored, seen


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (-5, 0), (1, "0.1"), (999, "99.9"), (1000, 100), (1001, 100), (10**9, 100)]
)
def test_proportional_gives_the_share_reached_and_never_more_than_the_mark(value: int, expected: str) -> None:
    assert points(leaf("m", 100, "proportional", "1000"), seen("m", value)) == d(expected)


def test_a_third_of_a_mark_is_divided_once_and_rounded_once() -> None:
    third = leaf("a", 1, "proportional", "3")
    assert points(node("n", 3, *(leaf(n, 1, "proportional", "3") for n in "abc")), *(seen(n, 1) for n in "abc")) == 1
    assert points(node("n", 1, third, is_rounded=True), seen("a", 1)) == d("0.33")


@pytest.mark.parametrize(
    ("bound", "value", "expected"),
    [
        (">=", "60", 10),
        (">=", "59.9", 0),
        ("<=", "60", 10),
        ("<=", "60.1", 0),
        ("=", "60", 10),
        ("=", "60.0", 10),
        ("=", "70", 0),
        ("=", "59", 0),
    ],
)
def test_threshold_is_all_or_nothing(bound: str, value: str, expected: int) -> None:
    assert points(leaf("m", 10, "threshold", "60", bound), seen("m", value)) == expected


@pytest.mark.parametrize(
    ("bound", "value", "expected"), [(">=", "80", 8), (">=", "60", 6), (">=", "59.99", 0), ("<=", "140", 6), ("<=", "141", 0)]
)
def test_threshold_with_a_floor_gives_a_share_down_to_it(bound: str, value: str, expected: int) -> None:
    rule = leaf("m", 10, "threshold", "100", bound, parameters={"floor": d("0.6")})
    assert points(rule, seen("m", value)) == expected


@pytest.mark.parametrize(("value", "expected"), [(0, 10), (1, 0)])
def test_nothing_may_happen_is_a_threshold_of_zero_events(value: int, expected: int) -> None:
    rule = leaf("事故", 10, "threshold", "0", "<=", unit="起", parameters={"counts": "reported"})
    assert points(rule, seen("事故", value)) == expected


def test_a_threshold_can_count_recorded_cases_and_needs_no_report() -> None:
    rule = leaf("事故", 10, "threshold", "1", "<=", unit="起", parameters={"counts": "cases"})
    assert points(rule) == 10
    assert points(rule, cases=(case("事故"),)) == 10
    assert points(rule, cases=(case("事故"), case("事故", on=date(2025, 6, 1)))) == 0


def test_bonus_capped_counts_whole_steps_beyond_the_target_up_to_the_cap() -> None:
    rule = leaf("m", 10, "bonus_capped", "100", parameters={"each": d("0.5"), "step": d(10), "cap": d(2)})
    found = {v: points(rule, seen("m", v)) for v in (50, 100, 109, 110, 140, 500)}
    assert found == {50: 5, 100: 10, 109: 10, 110: d("10.5"), 140: 12, 500: 12}


def test_bonus_capped_without_a_target_counts_from_nothing() -> None:
    rule = leaf("m", 3, "bonus_capped", parameters={"each": d(1)}, stands_outside=True)
    assert [points(rule, seen("m", v)) for v in (0, 2, 9)] == [0, 2, 3]
    with_cases = leaf("m", 3, "bonus_capped", parameters={"each": d(1), "counts": "cases"})
    assert points(with_cases, cases=(case("m"),)) == 1


def test_an_unknown_bonus_may_reach_mark_and_cap() -> None:
    rule = leaf("m", 10, "bonus_capped", "100", parameters={"each": d("0.5"), "cap": d(2)})
    assert scored(rule).score == between(0, 12)


@pytest.mark.parametrize(("place", "expected"), [(1, 12), (3, 12), (4, 11), (9, 6), (15, 0), (99, 0)])
def test_rank_falls_evenly_from_the_target_place_to_the_last(place: int, expected: int) -> None:
    rule = leaf("名次", 12, "rank", "3", "<=", unit="位", parameters={"of": d(15)})
    assert points(rule, seen("名次", place)) == expected


@pytest.mark.parametrize(("place", "expected"), [(1, 10), (2, 9), (3, "7.5"), (4, 0)])
def test_rank_by_rates_gives_each_place_its_share_and_nothing_behind_them(place: int, expected: str) -> None:
    rule = leaf("名次", 10, "rank", parameters={"rates": (d(1), d("0.9"), d("0.75"))})
    assert points(rule, seen("名次", place)) == d(expected)


@pytest.mark.parametrize(("value", "expected"), [(100, 100), (120, 100), (80, 60), (90, 80), (70, 40), (50, 0), (0, 0)])
def test_efficacy_gives_the_base_at_the_floor_and_the_mark_at_the_target(value: int, expected: int) -> None:
    rule = leaf("m", 100, "efficacy", "100", parameters={"floor": d(80)})
    assert points(rule, seen("m", value)) == expected


@pytest.mark.parametrize(("value", "expected"), [(4, 100), (3, 100), (6, 60), (5, 80), (20, 0)])
def test_efficacy_of_a_limit_has_its_floor_above(value: int, expected: int) -> None:
    rule = leaf("m", 100, "efficacy", "4", "<=", parameters={"floor": d(6)})
    assert points(rule, seen("m", value)) == expected


QUARTERS = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]


def quarterly(*values: int) -> list[Observation]:
    return [seen("m", v, end=q) for v, q in zip(values, QUARTERS, strict=False)]


def test_phased_holds_each_quarter_to_its_part_of_the_target() -> None:
    rule = leaf("m", 100, "phased", "400")
    assert points(rule, *quarterly(100, 200, 300, 400)) == 100
    assert points(rule, *quarterly(50, 200, 300, 400)) == d("87.5")  # what is made up later does not mend an early quarter
    assert points(rule, *quarterly(0, 0, 0, 400)) == 25


def test_phased_by_given_shares_and_portions() -> None:
    shares, due = (d("0.2"), d("0.8")), (d("0.3"), d(1))
    rule = leaf("m", 100, "phased", "400", parameters={"shares": shares, "portions": due})
    assert points(rule, seen("m", 60, end=QUARTERS[1]), seen("m", 400)) == 90


def test_a_quarter_that_is_not_over_waits() -> None:
    cell = scored(leaf("m", 100, "phased", "400"), *quarterly(100, 200, 300), as_at=date(2025, 10, 15))
    assert cell.score == between(75, 100)
    assert [w.reason for w in cell.waits] == ["not_due"]


@pytest.mark.parametrize(("cases", "expected"), [(0, 5), (1, 3), (2, 1), (3, 0), (9, 0)])
def test_deduct_takes_for_each_case_until_nothing_is_left(cases: int, expected: int) -> None:
    recorded = tuple(case("m", on=date(2025, 1, 1 + i)) for i in range(cases))
    assert points(leaf("m", 5, "deduct", parameters={"each": d(2)}), cases=recorded) == expected


def test_deduct_stops_at_its_cap_and_takes_a_case_at_its_own_points() -> None:
    rule = leaf("m", 5, "deduct", parameters={"each": d(1), "cap": d(2)})
    many = tuple(case("m", on=date(2025, 1, 1 + i)) for i in range(4))
    assert points(rule, cases=many) == 3
    assert points(rule, cases=(case("m", points=d("-0.5")),)) == d("4.5")


def test_deduct_can_go_by_the_reported_number_but_not_below_what_is_recorded() -> None:
    rule = leaf("m", 5, "deduct", parameters={"each": d(1), "counts": "reported"})
    assert points(rule, seen("m", 2)) == 3
    assert points(rule, seen("m", 0), cases=(case("m"),)) == 4
    assert scored(rule).score == between(0, 5)
    assert scored(rule, cases=(case("m"),)).score == between(0, 4)


STAGES: dict[str, object] = {"stages": ("未开展", "在办", "办成"), "rates": (d(0), d("0.6"), d(1))}


@pytest.mark.parametrize(("stage", "expected"), [("未开展", 0), ("在办", 6), ("办成", 10)])
def test_judged_gives_the_share_of_the_stage(stage: str, expected: int) -> None:
    assert points(leaf("m", 10, "judged", parameters=STAGES), seen("m", stage=stage)) == expected


def test_judged_without_stages_takes_the_points_that_were_given() -> None:
    assert points(leaf("m", 10, "judged"), seen("m", "7.5")) == d("7.5")


def test_an_item_nobody_judged_waits_for_judgement() -> None:
    cell = scored(leaf("m", 10, "judged", parameters=STAGES))
    assert (cell.score, [w.reason for w in cell.waits]) == (between(0, 10), ["not_judged"])


def test_a_crossed_gate_takes_its_parent_and_says_so() -> None:
    tree = node("根", 100, leaf("m", 100, "proportional", "10"), leaf("安全", 0, "gate"))
    assert points(tree, seen("m", 10)) == 100
    cell = scored(tree, seen("m", 10), cases=(case("安全"),))
    assert cell.score == between(0, 0)
    assert cell.status == "vetoed"
    assert str(cell.formula) == "一票否决，原得100"


@pytest.mark.parametrize(("reported", "expected"), [(0, 10), (1, 10), (2, 0)])
def test_a_gate_with_a_mark_of_its_own_gives_it_while_the_line_holds(reported: int, expected: int) -> None:
    rule = leaf("安全", 10, "gate", "1", "<=", unit="起", parameters={"counts": "reported"})
    assert points(rule, seen("安全", reported)) == expected


def test_a_gate_whose_fact_is_unknown_leaves_everything_open() -> None:
    gate = leaf("安全", 0, "gate", parameters={"counts": "reported"})
    tree = node("根", 100, leaf("m", 100, "proportional", "10"), gate)
    assert scored(tree, seen("m", 8)).score == between(0, 80)
    assert scored(tree, seen("m", 8), seen("安全", 0)).score == between(80, 80)


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_strategy_says_its_formula_and_has_a_version(name: str) -> None:
    strategy = STRATEGIES[name]
    assert str(strategy.formula)
    assert strategy.version >= 1


def more(rule: Criterion, value: str) -> str:
    return str(scored(rule, seen("m", value)).marginal)


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        (leaf("m", 100, "proportional", "1000"), "1000", "None"),
        (leaf("m", 100, "proportional", "1000"), "950", "增50件，本项满分"),
        (leaf("m", 100, "control", "4.5", "<=", unit="%"), "5.4", "再降0.1个百分点，加2.22分；降0.9个百分点，本项满分"),
        (leaf("m", 10, "threshold", "60"), "50", "增10件，本项满分"),
        (leaf("m", 10, "threshold", "60", "="), "50", "None"),
        (leaf("m", 12, "rank", "3", "<=", unit="位", parameters={"of": d(15)}), "9", "前进1位，加1分；到第3位，本项满分"),
        (leaf("m", 12, "rank", "3", "<=", unit="位", parameters={"of": d(15)}), "4", "前进1位，本项满分"),
        (leaf("m", 5, "deduct", parameters={"each": d(2), "counts": "reported"}), "1", "再发生1次，扣2分"),
        (leaf("m", 5, "deduct", parameters={"each": d(2), "counts": "reported"}), "7", "已扣到底，再发生不再扣分"),
        (leaf("m", 5, "bonus_capped", "10", parameters={"each": d(1), "cap": d(2)}), "11", "再增1件，加1分"),
        (leaf("m", 5, "bonus_capped", "10", parameters={"each": d(1), "cap": d(2)}), "12", "None"),
    ],
)
def test_the_marginal_effect_says_what_a_little_more_does(rule: Criterion, value: str, words: str) -> None:
    assert more(rule, value) == words


def test_the_next_stage_is_named_with_what_it_brings() -> None:
    cell = scored(leaf("m", 10, "judged", parameters=STAGES), seen("m", stage="未开展"))
    assert str(cell.marginal) == "到“在办”，加6分"


def test_scores_are_decimals() -> None:
    assert isinstance(points(leaf("m", 10, "proportional", "7"), seen("m", 3)), Decimal)
