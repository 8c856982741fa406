"""A problem is opened from what shows it, planned and done by the unit, verified by another, and carried over where unmet."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.follow_up.rectifying import (
    carry_over,
    open_rectification,
    plan_rectification,
    rectifications_of,
    report_rectification,
    verify_rectification,
)
from taizhang.apps.assessments.models import Cell, Cycle, Rectification
from taizhang.apps.assessments.year.opening import open_cycle as open_year
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, approved, reporter_of, small_scheme
from tests.assessment_results import scored, subject_row

WHEN = datetime(2026, 2, 2, 1, tzinfo=UTC)


@pytest.fixture
def opened(whole_year: Cycle, office: User) -> Rectification:
    scored(whole_year)
    row: Rectification = open_rectification(by=office, at=WHEN, **shown_by_a_cell(whole_year))
    return row


def shown_by_a_cell(cycle: Cycle) -> dict[str, Any]:
    cell = Cell.objects.get(score__subject__cycle=cycle, criterion="edu_1")
    return {
        "cycle": cycle.pk, "subject": subject_row(cycle, EDUCATION).pk, "origin": f"cell:{cell.pk}", "criterion": "edu_1",
        "problem": "学位少建320个",
    }  # fmt: skip


def test_from_a_cell_to_verified_by_another_person(opened: Rectification, office: User, reviewer_2: User) -> None:
    assert opened.due_on == date(2026, 3, 6), "twenty working days, with the holiday and the Saturdays worked in lieu"
    unit = {"by": reporter_of(EDUCATION), "at": WHEN, "for_body": EDUCATION, "rectification": opened.pk}
    with pytest.raises(refusals.NotInThisStateError):
        report_rectification(**unit, outcome="已补建")
    with pytest.raises(refusals.DayIsOutsideError):
        plan_rectification(**unit, plan="扩建两所", due_on=date(2026, 6, 1))
    plan_rectification(**unit, plan="扩建两所", due_on=date(2026, 3, 1))
    with pytest.raises(refusals.NotInThisStateError):
        verify_rectification(by=office, at=WHEN, rectification=opened.pk, is_done=True)
    report_rectification(**unit, outcome="已补建320个")
    both = person("tianbao-education", "assessment_office")
    with pytest.raises(refusals.NotTheSamePersonError):
        verify_rectification(by=both, at=WHEN, rectification=opened.pk, is_done=True)
    with pytest.raises(refusals.WordsAreMissingError):
        verify_rectification(by=office, at=WHEN, rectification=opened.pk, is_done=False)
    verify_rectification(by=office, at=WHEN, rectification=opened.pk, is_done=False, reason="少一所的验收表")
    report_rectification(**unit, outcome="验收表已补")
    verify_rectification(by=reviewer_2, at=WHEN, rectification=opened.pk, is_done=True)
    with pytest.raises(refusals.DecidedByAnotherError, match="fuhe"):
        verify_rectification(by=office, at=WHEN, rectification=opened.pk, is_done=True)
    [shown] = rectifications_of(opened.cycle, EDUCATION)
    assert (shown.state_name, shown.subject, shown.is_late(date(2027, 1, 1))) == ("已销号", "市教育局", False)


def test_it_is_late_once_its_day_has_passed(opened: Rectification) -> None:
    [shown] = rectifications_of(opened.cycle)
    assert not shown.is_late(date(2026, 3, 6))
    assert shown.is_late(date(2026, 3, 7))


def test_the_same_problem_is_opened_once_and_only_from_what_is_there(opened: Rectification, office: User) -> None:
    facts = shown_by_a_cell(opened.cycle)
    with pytest.raises(refusals.DecidedByAnotherError, match=f"第 {opened.pk} 号"):
        open_rectification(by=office, at=WHEN, **facts)
    for origin in ("cell:999999", "record:1", "notice:1", "rumour:1", "cell:x", "cell"):
        with pytest.raises(refusals.NoSuchRowError):
            open_rectification(by=office, at=WHEN, **{**facts, "origin": origin, "problem": "别的问题"})
    another = {**facts, "subject": subject_row(opened.cycle, FINANCE).pk, "criterion": ""}
    with pytest.raises(refusals.NoSuchRowError):
        open_rectification(by=office, at=WHEN, **another)


def test_another_unit_has_no_say_in_it(opened: Rectification) -> None:
    with pytest.raises(refusals.SubjectIsAnothersError):
        plan_rectification(by=reporter_of(FINANCE), at=WHEN, for_body=FINANCE, rectification=opened.pk, plan="代做")


def test_what_is_unmet_is_carried_over_once_the_year_is_final(opened: Rectification, office: User) -> None:
    scheme = small_scheme()
    next_year = replace(scheme, version="2026.1", year=2026)
    cycle = open_year(by=office, at=WHEN, scheme=approved(next_year).pk, owner="city-government")
    with pytest.raises(refusals.StepIsOutOfOrderError):
        carry_over(by=office, at=WHEN, rectification=opened.pk, to_cycle=cycle.pk)
    Cycle.objects.filter(pk=opened.cycle_id).update(state="final")
    fresh = carry_over(by=office, at=WHEN, rectification=opened.pk, to_cycle=cycle.pk)
    opened.refresh_from_db()
    assert (opened.state, opened.carried_to_id) == ("carried", fresh.pk)
    assert (fresh.cycle_id, fresh.subject.ident, fresh.problem, fresh.state) == (cycle.pk, EDUCATION, "学位少建320个", "open")
    with pytest.raises(refusals.NotInThisStateError):
        carry_over(by=office, at=WHEN, rectification=opened.pk, to_cycle=cycle.pk)
    with pytest.raises(refusals.NoSuchRowError):
        carry_over(by=office, at=WHEN, rectification=open_copy(opened).pk, to_cycle=opened.cycle_id)


def open_copy(row: Rectification) -> Rectification:
    row.pk, row.state, row.carried_to = None, "open", None
    row.save()
    return row
