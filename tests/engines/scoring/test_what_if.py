"""A what-if moves scores, grades and places on a copy and touches nothing."""

import pytest

from taizhang.engines.scoring import Changes, Target, score, what_if
from taizhang.engines.scoring.errors import CriterionIsUnknownError, TargetIsZeroError
from tests.engines.scoring.made_up import END, GRADES, YEAR, between, case, d, leaf, node, scheme, seen

TREE = node("n", 100, leaf("a", 90, "proportional", "100"), leaf("b", 10, "deduct", parameters={"each": d(1)}))
OF = scheme(TREE, bodies={"甲": "n", "乙": "n"}, grades=GRADES)
ROWS = [seen("a", 90, body="甲"), seen("a", 88, body="乙")]
CASES = [case("b", body="甲", name="c1")]


def test_another_figure_moves_totals_grades_and_places_of_all_it_touches() -> None:
    made = what_if(OF, ROWS, CASES, END, Changes(observations=(seen("a", 80, body="甲"),)))
    assert [(m.subject, m.criterion, m.before, m.after) for m in made.moves] == [
        ("甲", "", between(90, 90), between(81, 81)),
        ("甲", "n", between(90, 90), between(81, 81)),
        ("甲", "a", between(81, 81), between(72, 72)),
        ("乙", "", between("89.2", "89.2"), between("89.2", "89.2")),
    ]
    first, last = made.moves[0], made.moves[-1]
    assert (first.grades_before, first.grades_after, first.rank_before, first.rank_after) == (
        ("优秀",),
        ("良好",),
        (1, 1),
        (2, 2),
    )
    assert (last.rank_before, last.rank_after) == ((2, 2), (1, 1))


def test_cases_parameters_weights_and_targets_can_be_tried() -> None:
    def first(changes: Changes) -> object:
        return what_if(OF, ROWS, CASES, END, changes).after.results[0].total

    assert first(Changes(without_cases=("c1",))) == between(91, 91)
    assert first(Changes(cases=(case("b", body="甲", name="c2"),))) == between(89, 89)
    assert first(Changes(parameters={"b": {"each": d(5)}})) == between(86, 86)
    assert first(Changes(weights={"a": d(80)})) == between(81, 81)
    assert first(Changes(targets={"a": (Target(d(90), "件", ">=", YEAR),)})) == between(99, 99)


def test_nothing_is_touched() -> None:
    before = score(OF, ROWS, CASES, END)
    made = what_if(OF, ROWS, CASES, END, Changes(weights={"a": d(1)}, observations=(seen("a", 1, body="甲"),)))
    assert made.before == before == score(OF, ROWS, CASES, END)
    assert made.after.scheme_digest != before.scheme_digest
    assert len(ROWS) == 2


def test_a_change_to_nothing_is_refused_and_so_is_one_that_cannot_be_scored() -> None:
    with pytest.raises(CriterionIsUnknownError, match="没有"):
        what_if(OF, ROWS, CASES, END, Changes(weights={"没有": d(1)}))
    with pytest.raises(TargetIsZeroError, match="a"):
        what_if(OF, ROWS, CASES, END, Changes(targets={"a": (Target(d(0), "件", ">=", YEAR),)}))
