"""How criteria add up: shares, means, what does not apply, what stands outside, what has no weight."""

import pytest

from taizhang.engines.scoring import Absence, Aggregate
from tests.engines.scoring.made_up import between, d, leaf, node, points, result, scheme, scored, seen


def exempt(name: str):  # type: ignore[no-untyped-def]
    return seen(name, not_applicable="第五条")


def test_shares_weigh_what_children_add() -> None:
    tree = node(
        "n", 100, leaf("a", 100, "proportional", "10", share=d("0.7")), leaf("b", 100, "proportional", "10", share=d("0.3"))
    )
    assert points(tree, seen("a", 8), seen("b", 5)) == 71


def test_a_mean_divides_once_by_the_number_of_children() -> None:
    tree = node("n", 10, *(leaf(n, 10, "proportional", "10") for n in "abc"), aggregate=Aggregate.MEAN)
    assert points(tree, seen("a", 10), seen("b", 10), seen("c", 10)) == 10
    assert points(tree, seen("a", 4), seen("b", 5), seen("c", 6)) == 5


@pytest.mark.parametrize(("absence", "expected"), [(Absence.RESCALE, "80"), (Absence.FULL, "88"), (Absence.DROP, "48")])
def test_what_does_not_apply_is_left_to_the_others_or_counted_or_dropped(absence: Absence, expected: str) -> None:
    tree = node("n", 100, leaf("a", 60, "proportional", "10"), leaf("b", 40, "proportional", "10", absence=absence))
    assert points(tree, seen("a", 8), exempt("b")) == d(expected)
    assert scored(tree, seen("a", 8), exempt("b")).children[1].is_applicable is False


@pytest.mark.parametrize(("absence", "expected"), [(Absence.RESCALE, 8), (Absence.FULL, 9), (Absence.DROP, 4)])
def test_a_mean_without_one_child(absence: Absence, expected: int) -> None:
    children = leaf("a", 10, "proportional", "10"), leaf("b", 10, "proportional", "10", absence=absence)
    tree = node("n", 10, *children, aggregate=Aggregate.MEAN)
    assert points(tree, seen("a", 8), exempt("b")) == expected


def test_a_group_of_which_nothing_applies_does_not_apply_either() -> None:
    group = node("g", 40, leaf("b", 40, "proportional", "10"))
    cell = scored(node("n", 100, leaf("a", 60, "proportional", "10"), group), seen("a", 6), exempt("b"))
    assert cell.children[1].is_applicable is False
    assert cell.score == between(60, 60)


def test_what_stands_outside_adds_and_takes_no_part_in_rescaling() -> None:
    tree = node(
        "n",
        100,
        leaf("a", 50, "proportional", "10"),
        leaf("b", 50, "proportional", "10"),
        leaf("特别", 5, "proportional", "10", stands_outside=True),
    )
    assert points(tree, seen("a", 8), exempt("b"), seen("特别", 10)) == 85


def test_a_criterion_without_a_printed_weight_waits_and_nothing_is_made_up_for_it() -> None:
    shared = leaf("共同性目标", None, "judged")
    cell = scored(node("n", None, leaf("a", 80, "proportional", "10"), shared), seen("a", 10))
    assert cell.score == between(80, 80)
    assert cell.children[1].score is None
    assert {w.reason for w in cell.waits if w.criterion == "共同性目标"} >= {"weight_not_set"}
    assert "共同性目标" in str(next(w for w in cell.waits if w.reason == "weight_not_set").message)


def test_a_tree_in_which_nothing_has_a_weight_has_no_score_and_says_so() -> None:
    of = result(scheme(node("n", None, leaf("a", None, "proportional", "10"))), seen("a", 10))
    assert of.root.score is None
    assert [w.reason for w in of.waits] == ["weight_not_set"]
    assert of.root.children[0].status == "met"  # its light needs no weight


def test_rounding_happens_at_the_criteria_that_say_so_and_only_there() -> None:
    children = [leaf(n, 1, "proportional", "8", is_rounded=True) for n in "abc"]
    seen_all = [seen(n, 1) for n in "abc"]
    assert points(node("n", 3, *children), *seen_all) == d("0.39")  # 0.125 is 0.13, three times
    plain = [leaf(n, 1, "proportional", "8") for n in "abc"]
    assert points(node("n", 3, *plain, is_rounded=True), *seen_all) == d("0.38")  # 0.375


@pytest.mark.parametrize(("mode", "expected"), [("half_up", "0.13"), ("half_even", "0.12"), ("down", "0.12")])
def test_ties_are_rounded_as_the_scheme_says(mode: str, expected: str) -> None:
    from_scheme = scheme(
        leaf("a", 1, "proportional", "8", is_rounded=True), rounding=type(scheme(leaf("x", 1, "judged")).rounding)(2, mode)
    )
    assert result(from_scheme, seen("a", 1)).total == between(expected, expected)


def test_a_composite_shows_the_light_of_its_worst_part() -> None:
    tree = node("n", 20, leaf("a", 10, "proportional", "10"), leaf("b", 10, "proportional", "10"))
    assert scored(tree, seen("a", 10), seen("b", 2)).status == "behind"
    assert scored(tree, seen("a", 10)).status == "unknown"
