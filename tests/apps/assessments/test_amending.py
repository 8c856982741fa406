"""A target changed in mid-year keeps both versions, and each part of the year is scored by its own."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.amending.operations import decide_amendment, request_amendment
from taizhang.apps.assessments.models import Amendment, Cell, Cycle
from taizhang.apps.assessments.scores.runs import recheck
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, Q2, STATISTICS, signer_of
from tests.assessment_results import figure_of, scored, subject_row

WHEN = datetime(2025, 9, 1, 1, tzinfo=UTC)


def requested(cycle: Cycle, at: datetime = WHEN, **more: Any) -> Amendment:
    facts: dict[str, Any] = {
        "for_body": STATISTICS, "subject": subject_row(cycle, STATISTICS).pk, "criterion": "sta_1", "new_value": Decimal(10),
        "starts_on": date(2025, 7, 1), "reason": "夏季洪涝", "reference": "岭政文〔2025〕30号",
    }  # fmt: skip
    row: Amendment = request_amendment(by=signer_of(more.get("for_body", STATISTICS)), at=at, **{**facts, **more})
    return row


def test_both_versions_stay_and_each_part_of_the_year_has_its_own(whole_year: Cycle, leading_group: User) -> None:
    figure_of(whole_year, STATISTICS, "粮食总产量", "6", Q2)
    before = scored(whole_year)
    amendment = requested(whole_year)
    assert scored(whole_year).pk == before.pk, "a request changes nothing"
    decide_amendment(by=leading_group, at=WHEN, amendment=amendment.pk, is_approved=True, reason="情况属实")
    run = scored(whole_year)
    assert run.pk != before.pk
    cell = Cell.objects.get(score__run=run, criterion="sta_1")
    targets = [(t["value"], t["period"]["start"], t["period"]["end"]) for t in cell.certificate["targets"]]
    assert targets == [("12", "2025-01-01", "2025-06-30"), ("10", "2025-07-01", "2025-12-31")]
    assert cell.target == 10
    assert len(cell.certificate["steps"]) >= 2
    assert Cell.objects.get(score__run=before, criterion="sta_1").certificate["targets"][0]["value"] == "12"
    assert recheck(run.pk).is_same
    assert recheck(before.pk).is_same
    others = dict(Cell.objects.filter(score__run=run).values_list("criterion", "low"))
    assert (others["edu_1"], others["fin_1"]) == (270, 500)


def test_only_the_amended_subject_of_a_shared_tree_is_scored_by_the_new_target(whole_year: Cycle, leading_group: User) -> None:
    amendment = requested(
        whole_year, for_body=EDUCATION, subject=subject_row(whole_year, EDUCATION).pk, criterion="edu_2", new_value=Decimal(200)
    )
    decide_amendment(by=leading_group, at=WHEN, amendment=amendment.pk, is_approved=True, reason="属实")
    run = scored(whole_year)
    shared = dict(Cell.objects.filter(score__run=run, criterion__in=("edu_2", "fin_1")).values_list("criterion", "target"))
    assert shared == {"edu_2": 200, "fin_1": 100}


def test_a_refused_request_changes_nothing_and_is_decided_once_by_another(whole_year: Cycle, leading_group: User) -> None:
    before = scored(whole_year)
    amendment = requested(whole_year)
    with pytest.raises(refusals.NotTheSamePersonError):
        decide_amendment(
            by=person("qianfa-statistics", "leading_group"), at=WHEN, amendment=amendment.pk, is_approved=True, reason="好"
        )
    decide_amendment(by=leading_group, at=WHEN, amendment=amendment.pk, is_approved=False, reason="损失不大")
    assert scored(whole_year).pk == before.pk
    with pytest.raises(refusals.DecidedByAnotherError, match="lingdao"):
        decide_amendment(by=person("lingdao-2", "leading_group"), at=WHEN, amendment=amendment.pk, is_approved=True, reason="好")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"at": datetime(2025, 10, 1, 1, tzinfo=UTC)}, refusals.AmendmentIsLateError),
        ({"criterion": "sta"}, refusals.NoTargetError),
        ({"criterion": "edu_1"}, refusals.NoSuchRowError),
        ({"new_value": Decimal(12)}, refusals.NothingIsAmendedError),
        ({"reason": ""}, refusals.WordsAreMissingError),
        ({"starts_on": date(2026, 1, 1)}, refusals.DayIsOutsideError),
    ],
)
def test_what_cannot_be_amended_is_refused_by_name(open_cycle: Cycle, wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        requested(open_cycle, **wrong)
    assert not Amendment.objects.exists()


def test_one_request_at_a_time_and_each_unit_for_itself(open_cycle: Cycle) -> None:
    first = requested(open_cycle)
    with pytest.raises(refusals.AlreadyRequestedError, match=f"第 {first.pk} 号"):
        requested(open_cycle)
    with pytest.raises(refusals.SubjectIsAnothersError):
        request_amendment(
            by=signer_of(FINANCE), at=WHEN, for_body=FINANCE, subject=subject_row(open_cycle, STATISTICS).pk, criterion="sta_1",
            new_value=Decimal(1), starts_on=date(2025, 7, 1), reason="想少一点",
        )  # fmt: skip
