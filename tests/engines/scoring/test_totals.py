"""Totals, grades and places: adjustments with caps, sanctions in order, gaps between bands, ties and ranges."""

from dataclasses import replace
from datetime import date

import pytest

from taizhang.engines.scoring import Adjustment, Case, Category, Effect, Interval, Outcome, Sanction, Scheme, Subject, score
from tests.engines.scoring.made_up import END, GRADES, between, case, d, leaf, node, result, scheme, seen

TREE = leaf("m", 100, "proportional", "100")


def total(value: str, *cases: Case, **more: object) -> Interval:
    return result(scheme(TREE, **more), seen("m", value), cases=cases).total


def times(kind: str, count: int, **more: object) -> list[Case]:
    return [case(kind, name=f"{kind}{i}", **more) for i in range(count)]


def test_bonuses_and_deductions_are_held_to_their_own_caps() -> None:
    kinds = Adjustment("好", "好事", 1, d("1.5"), d(4)), Adjustment("错", "差错", -1, d(2), d(5))
    assert total("80", *times("好", 2), adjustments=kinds) == between(83, 83)
    assert total("80", *times("好", 9), adjustments=kinds) == between(84, 84)
    assert total("80", *times("错", 9), *times("好", 1), adjustments=kinds) == between("76.5", "76.5")


def test_a_group_shares_one_cap_in_the_order_of_the_scheme() -> None:
    kinds = Adjustment("a", "a", 1, d(3), None, "特别"), Adjustment("b", "b", 1, d(3), None, "特别")
    of = scheme(TREE, adjustments=kinds, group_caps={"特别": d(5)})
    found = result(of, seen("m", 80), cases=(case("b"), case("a")))
    assert found.total == between(85, 85)
    assert [(a.id, a.points, a.before, a.after) for a in found.adjustments] == [("a", d(3), "80", "83"), ("b", d(2), "83", "85")]


def test_a_case_can_bring_its_own_points_and_its_kind_gives_the_sign() -> None:
    kinds = (Adjustment("错", "差错", -1, d(2)),)
    assert total("80", *times("错", 1, points=d("0.5")), adjustments=kinds) == between("79.5", "79.5")
    assert total("80", *times("错", 1, points=d("-0.5")), adjustments=kinds) == between("79.5", "79.5")


def test_an_amount_that_is_not_set_makes_the_total_wait() -> None:
    of = scheme(TREE, adjustments=(Adjustment("前置", "前置扣分", -1, None, d(10)),))
    found = result(of, seen("m", 80), cases=(case("前置"),))
    assert found.total == between(70, 80)
    assert [(w.reason, str(w.message)) for w in found.waits] == [("amount_not_set", "“前置扣分”每次多少分还没有定")]
    assert total("80", case("前置"), adjustments=(Adjustment("前置", "前置扣分", -1, None),)) == between(0, 80)
    assert total("80", case("好"), adjustments=(Adjustment("好", "好事", 1, None),)) == between(80, 80)


def test_a_total_never_falls_below_nothing_nor_rises_above_its_cap() -> None:
    kinds = Adjustment("好", "好事", 1, d(30)), Adjustment("错", "差错", -1, d(30))
    assert total("10", case("错"), adjustments=kinds) == between(0, 0)
    assert total("90", case("好"), adjustments=kinds, total_cap=d(100)) == between(100, 100)
    assert total("90", case("好"), adjustments=kinds) == between(120, 120)


def grades(value: str, reading: str = "lower_grade") -> tuple[str, ...]:
    return result(scheme(TREE, grades=GRADES, grade_reading=reading), seen("m", value)).grades


@pytest.mark.parametrize(
    ("value", "lower", "rounded"),
    [
        ("90", "优秀", "优秀"),
        ("89.5", "良好", "优秀"),
        ("89.49", "良好", "良好"),
        ("79.5", "合格", "良好"),
        ("60", "合格", "合格"),
        ("59.99", "不合格", "合格"),
        ("0", "不合格", "不合格"),
    ],
)
def test_gaps_between_printed_bands_are_read_as_the_scheme_says(value: str, lower: str, rounded: str) -> None:
    assert grades(value) == (lower,)
    assert grades(value, "rounded") == (rounded,)


def test_an_unknown_total_has_every_grade_it_may_reach() -> None:
    tree = node("n", 100, leaf("a", 85, "proportional", "10"), leaf("b", 15, "proportional", "10"))
    assert result(scheme(tree, grades=GRADES), seen("a", 10)).grades == ("优秀", "良好")
    assert result(scheme(tree), seen("a", 10)).grades == ()


FALSE = Sanction("假", "弄虚作假", (Effect.GRADE, Effect.ZERO_TOTAL), "不合格")


def test_falsification_overrides_the_result_and_keeps_what_it_overrode() -> None:
    of = scheme(TREE, grades=GRADES, sanctions=(FALSE,))
    found = result(of, seen("m", "84.1"), cases=(case("假"),))
    assert (found.total, found.grades, found.before_sanctions) == (between(0, 0), ("不合格",), between("84.1", "84.1"))
    assert [(s.id, s.before, s.after) for s in found.sanctions] == [("假", "84.1 良好", "0 不合格")]


@pytest.mark.parametrize(
    ("effect", "grade", "value", "expected"),
    [
        (Effect.GRADE_CEILING, "良好", "95", ("良好",)),
        (Effect.GRADE_CEILING, "良好", "65", ("合格",)),
        (Effect.GRADE_DOWN, None, "95", ("良好",)),
        (Effect.GRADE_DOWN, None, "5", ("不合格",)),
        (Effect.GRADE, "不合格", "95", ("不合格",)),
    ],
)
def test_what_a_sanction_does_to_a_grade(effect: Effect, grade: str | None, value: str, expected: tuple[str, ...]) -> None:
    of = scheme(TREE, grades=GRADES, sanctions=(Sanction("s", "s", (effect,), grade),))
    found = result(of, seen("m", value), cases=(case("s"),))
    assert found.grades == expected
    assert found.total == between(value, value)


def test_sanctions_apply_in_the_order_of_the_scheme_and_none_mends_another() -> None:
    down, ceiling = Sanction("降", "降", (Effect.GRADE_DOWN,)), Sanction("顶", "顶", (Effect.GRADE_CEILING,), "良好")
    cases = case("顶"), case("降")
    first = result(scheme(TREE, grades=GRADES, sanctions=(down, ceiling)), seen("m", 95), cases=cases)
    then = result(scheme(TREE, grades=GRADES, sanctions=(ceiling, down)), seen("m", 95), cases=cases)
    assert (first.grades, then.grades) == (("良好",), ("合格",))
    assert [(s.id, s.before, s.after) for s in then.sanctions] == [("顶", "95 优秀", "95 良好"), ("降", "95 良好", "95 合格")]
    zero = Sanction("零", "零", (Effect.ZERO_TOTAL,))
    graded = replace(FALSE, effects=(Effect.GRADE,))
    assert result(
        scheme(TREE, grades=GRADES, sanctions=(graded, zero)), seen("m", 95), cases=(case("假"), case("零"))
    ).grades == ("不合格",)


def test_a_sanction_can_take_the_points_of_one_criterion() -> None:
    tree = node("n", 100, leaf("a", 60, "proportional", "10"), leaf("b", 40, "proportional", "10"))
    of = scheme(tree, sanctions=(Sanction("取消", "数据造假", (Effect.ZERO_CRITERION,)),))
    found = result(of, seen("a", 10), seen("b", 10), cases=(case("取消", criterion="b"),))
    assert (found.total, found.before_sanctions) == (between(60, 60), between(100, 100))
    assert str(found.root.children[1].formula) == "因“数据造假”取消得分，原得40"
    assert found.root.children[1].status == "vetoed"
    assert [(s.before, s.after) for s in found.sanctions] == [("100", "60")]


def ranked(values: dict[str, str | None], **more: object) -> Outcome:
    of = scheme(TREE, bodies=dict.fromkeys(values, "m"), **more)
    return score(of, [seen("m", v, body=b) for b, v in values.items() if v is not None], [], END)


def places(outcome: Outcome) -> dict[str, tuple[int, int] | None]:
    return {r.subject: r.rank for r in outcome.results}


def test_equal_totals_share_a_place_and_the_next_stays_free() -> None:
    found = places(ranked({"a": "90", "b": "92.4", "c": "92.4", "e": "80"}))
    assert found == {"b": (1, 1), "c": (1, 1), "a": (3, 3), "e": (4, 4)}


def test_an_unknown_total_is_not_ranked_as_zero() -> None:
    assert places(ranked({"a": "90", "b": None, "c": "80"})) == {"a": (1, 2), "b": (1, 3), "c": (2, 3)}


def test_a_range_that_touches_nobody_does_not_blur_a_place() -> None:
    tree = node("n", 100, leaf("a", 90, "proportional", "10"), leaf("b", 10, "proportional", "10"))
    of = scheme(tree, bodies={"甲": "n", "乙": "n"})
    made = score(of, [seen("a", 10, body="甲"), seen("a", 2, body="乙")], [], END)
    assert places(made) == {"甲": (1, 1), "乙": (2, 2)}


def mixed() -> Scheme:
    of = scheme(TREE, categories=(Category("县", "县"), Category("局", "局"), Category("处", "处", is_ranked=False)))
    kinds = {"a": "县", "b": "局", "c": "县", "e": "处"}
    return replace(of, subjects=tuple(Subject(b, b, k, "m") for b, k in kinds.items()))


def test_places_are_within_a_category_and_some_are_never_ranked() -> None:
    rows = [seen("m", v, body=b) for b, v in {"a": 70, "b": 99, "c": 80, "e": 90}.items()]
    assert places(score(mixed(), rows, [], END)) == {"a": (2, 2), "b": (1, 1), "c": (1, 1), "e": None}


def test_a_sheet_scored_by_itself_has_no_place_among_those_who_were_not_asked() -> None:
    rows = [seen("m", v, body=b) for b, v in {"a": 70, "b": 99, "c": 80, "e": 90}.items()]
    assert places(score(mixed(), rows, [], END, subjects={"a", "b"})) == {"a": None, "b": (1, 1)}


def test_an_adjustment_counts_only_by_the_day_asked_for() -> None:
    of = scheme(TREE, adjustments=(Adjustment("好", "好事", 1, d(1)),))
    late = case("好", on=date(2025, 11, 1))
    assert result(of, seen("m", 80, end=date(2025, 9, 30)), cases=(late,), as_at=date(2025, 9, 30)).total == between(80, 80)
