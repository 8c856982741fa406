"""A unit's item that another year decides: it waits until that year is approved, then takes its grade with run and digest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cell, Cycle, Run
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.scores.judging import Voice, judge
from taizhang.apps.assessments.scores.runs import recheck
from taizhang.apps.assessments.year.owing import owed_by
from taizhang.engines.scoring.model import ResultOf, Rule
from tests.assessment_fixtures import EDUCATION, Q4, small_scheme, year_of
from tests.assessment_results import AFTER, approved_run, scored

STAGES = {"stages": ("优秀", "良好", "合格", "不合格"), "rates": (Decimal(1), Decimal("0.9"), Decimal("0.7"), Decimal(0))}
KNOWN_ON = AFTER.date()


def reading_year() -> Cycle:
    """A second scheme on the same bodies whose judged item reads the first year's grade; nothing else is changed."""
    scheme = small_scheme()
    tree = scheme.trees[EDUCATION]
    source = ResultOf(scheme.id, "责任目标考核等次", "grade")
    rule = Rule("judged", "other-grade", parameters=STAGES, verifier="statistics", result_of=source)
    trees = {**scheme.trees, EDUCATION: replace(tree, children=(*tree.children[:2], replace(tree.children[2], rule=rule)))}
    return year_of(replace(scheme, id="second", title="第二个考核", trees=trees, shared=()))


def cell_of(run: Run) -> Cell:
    return Cell.objects.get(score__run=run, criterion="edu_3", score__subject__ident=EDUCATION)


@pytest.fixture
def reader(whole_year: Cycle) -> Cycle:
    return reading_year()


def test_it_waits_until_the_other_year_is_approved(reader: Cycle) -> None:
    cell = cell_of(scored(reader, KNOWN_ON))
    assert (cell.low, cell.high, cell.waits_for) == (0, 300, "result_not_approved")
    assert cell.certificate["waits"][0]["message"]["text"] == "缺：责任目标考核等次，还没有审定"


def test_the_approved_grade_counts_and_the_certificate_names_run_and_digest(whole_year: Cycle, reader: Cycle) -> None:
    other = approved_run(whole_year)
    run = scored(reader, KNOWN_ON)
    cell = cell_of(run)
    assert (cell.low, cell.high) == (300, 300)
    (told,) = cell.certificate["inputs"]
    assert told["stage"] == "优秀"
    assert told["evidence"] == [f"{whole_year.slug} run:{other.pk} {other.digest}"]
    assert told["verified_by"] == other.approved_by
    assert recheck(run.pk).is_same


def test_a_day_before_the_approval_knows_nothing_of_it(whole_year: Cycle, reader: Cycle) -> None:
    approved_run(whole_year)
    assert cell_of(scored(reader, date(2025, 12, 31))).waits_for == "result_not_approved"


def test_nobody_reports_or_judges_what_another_year_decides(reader: Cycle, office: User) -> None:
    subject = reader.subjects.get(ident=EDUCATION)
    assert "other-grade" not in owed_by(subject, scheme_of(reader.scheme))
    voice = Voice("edu_3", "优秀", "看过材料")
    with pytest.raises(refusals.CriterionIsNotJudgedError, match="责任目标考核等次"):
        judge(by=office, at=AFTER, cycle=reader.pk, subject=subject.pk, period_end=Q4, voices=[voice])
