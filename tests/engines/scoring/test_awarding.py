"""What the decision of an appeal changes stands at the contested cell, and goes on from there to the total."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.assessments.scores.inputs import AT_CELL, digest_of_json, inputs_from_json
from taizhang.apps.assessments.scores.runs import outcome_of
from taizhang.engines.scoring import Outcome, Scheme, certificates, is_genuine, recompute
from taizhang.engines.scoring.awarding import AWARD, moved
from taizhang.engines.scoring.model import Interval
from tests.assessment_fixtures import small_scheme

AS_AT = date(2026, 1, 31)
APPEAL = {"id": "appeal:1", "subject": "education", "criterion": "edu_1", "points": "0.5", "on": "2026-02-09"}
YEAR = {"start": "2025-01-01", "end": "2025-12-31"}


def stored(*appeals: dict[str, str]) -> dict[str, Any]:
    """Inputs as a run keeps them."""
    figures = (("education", "新增学位", "2880"), ("statistics", "粮食总产量", "12"))
    observations = [
        {"metric": metric, "subject": subject, "period": YEAR, "value": value, "standing": "verified"}
        for subject, metric, value in figures
    ]
    return {"observations": observations, "cases": [], "amendments": [], "appeals": list(appeals)}


def scored(*appeals: dict[str, str]) -> tuple[Scheme, Outcome]:
    return outcome_of(small_scheme(), inputs_from_json(stored(*appeals)), AS_AT)


def cells(scheme: Scheme, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The certificates of the contesting unit, by criterion."""
    yield from certificates(scheme, outcome.results[0], AS_AT)


def at_cell(criterion: str = "edu_1", points: str = "0.5") -> dict[str, str]:
    return {**APPEAL, "criterion": criterion, "points": points, "rule": AT_CELL, "reason": "全部采纳：复核属实"}


def test_a_year_closed_before_points_moved_the_cell_gives_the_digests_it_had() -> None:
    scheme, outcome = scored(APPEAL)
    assert outcome.digest == "cedfd9b4f38260859d20a39d9706920619220d206d96bb2f516d663ad4d943ce"
    inputs = inputs_from_json(stored(APPEAL)).to_json()
    assert digest_of_json(inputs) == "fd5473bcf87ec34e0fe6559c5199e272a902bb0886a4c12c27ca016e4dfde661"
    made = {one["criterion"]["id"]: one for one in cells(scheme, outcome)}
    assert made["edu"]["digest"].startswith("7e91eab8168aa72d")
    assert made["edu_1"]["digest"].startswith("80db55ce9719f610")
    assert [one["label"] for one in made["edu"]["total"]["adjustments"]] == ["申诉复核增加"]


@pytest.mark.parametrize(("criterion", "points"), [("edu_1", "0.5"), ("edu_1", "-20"), ("edu", "0.5")])
def test_the_certificate_names_the_decision_and_is_made_again_from_itself(criterion: str, points: str) -> None:
    before = {one["criterion"]["id"]: one for one in cells(*scored())}
    made = {one["criterion"]["id"]: one for one in cells(*scored(at_cell(criterion, points)))}
    mine = made[criterion]
    assert Decimal(mine["score"]["low"]) == Decimal(before[criterion]["score"]["low"]) + Decimal(points)
    assert Decimal(made["edu"]["score"]["low"]) == Decimal(before["edu"]["score"]["low"]) + Decimal(points)
    [case] = [one for one in mine["cases"] if one["kind"] == AWARD]
    assert (case["id"], case["points"], case["note"]) == ("appeal:1", points, "2026-02-09 全部采纳：复核属实")
    last = mine["steps"][-1]
    assert (last["template"], last["low"]) == ("申诉决定：{before} {points} = {after}", mine["score"]["low"])
    for one in made.values():
        again = recompute(one)
        assert again == Interval(Decimal(one["score"]["low"]), Decimal(one["score"]["high"])), one["criterion"]["id"]
        assert is_genuine(one)
    assert made["edu"]["total"]["adjustments"] == []


def test_several_decisions_on_one_cell_follow_each_other_within_the_full_mark() -> None:
    scheme, outcome = scored(at_cell(points="29.5"), {**at_cell(points="-0.25"), "id": "appeal:2"})
    cell = next(one for one in cells(scheme, outcome) if one["criterion"]["id"] == "edu_1")
    assert cell["score"]["low"] == "299.25"
    assert len([step for step in cell["steps"] if step["template"].startswith("申诉决定")]) == 2
    assert moved(Interval(Decimal(299), Decimal(299)), Decimal(300), Decimal(5)) == Interval(Decimal(300), Decimal(300))
    assert moved(Interval(Decimal(1), Decimal(3)), None, Decimal(-2)) == Interval(Decimal(0), Decimal(1))


def test_nobody_elses_figures_move() -> None:
    before, after = scored()[1].results, scored(at_cell())[1].results
    assert [one.total for one in before[1:]] == [one.total for one in after[1:]]
