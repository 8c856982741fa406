"""Acts at the end of a small year, each going on from where it stands, so that they can be killed at any moment and run again."""

from datetime import date

from taizhang.apps.assessments.models import Cycle, Notice, Run
from taizhang.apps.assessments.noticing import draft_notice, issue_notice
from taizhang.apps.assessments.year_steps import approve_results, propose_results, publish_results, review_results
from tests.apps_fixtures import person
from tests.assessment_fixtures import Q4, small_scheme, year_of
from tests.assessment_results import AFTER, judge_safety, prepare, report_all, scored


def prepared() -> None:
    """A whole year with every figure, scored and proposed and reviewed."""
    cycle = year_of(small_scheme())
    report_all(cycle)
    judge_safety(cycle)
    prepare(cycle)
    run = scored(cycle)
    propose_results(by=person("kaohe", "assessment_office"), at=AFTER, run=run.pk)
    review_results(by=person("fuhe", "assessment_office"), at=AFTER, run=run.pk, note="逐项核对无误")
    person("lingdao", "leading_group")
    person("zhuren", "assessment_office")


def notice() -> None:
    """Draft a quarter's notice unless it stands, sign it unless it is signed."""
    run = Run.objects.get()
    draft = Notice.objects.first()
    if draft is None:
        facts = {"kind": "quarterly", "period_start": date(2025, 10, 1), "period_end": Q4}
        draft = draft_notice(by=person("kaohe"), at=AFTER, run=run.pk, **facts)
    if draft.state == "draft":
        issue_notice(by=person("zhuren"), at=AFTER, notice=draft.pk, number="岭考办〔2026〕7号")


def approval() -> None:
    """Approve the reviewed run and publish it, as far as that is not done."""
    cycle = Cycle.objects.get()
    if cycle.state == "reviewed":
        approve_results(by=person("lingdao"), at=AFTER, run=Run.objects.get().pk)
        cycle.refresh_from_db()
    if cycle.state == "approved":
        publish_results(by=person("kaohe"), at=AFTER, cycle=cycle.pk, reference="岭考办〔2026〕9号")
