"""Acts of a small year, each going on from where it stands, so that they can be killed at any moment and run again."""

from datetime import date
from decimal import Decimal

from taizhang.apps.assessments.models import Cycle, Notice, Run, Workbook
from taizhang.apps.assessments.notices.noticing import draft_notice, issue_notice
from taizhang.apps.assessments.reports.workbooks import import_workbook, make_workbook
from taizhang.apps.assessments.results.steps import approve_results, propose_results, publish_results, review_results
from taizhang.apps.ledger.chain import verify
from taizhang.engines.office.workbook import FormRow, UnitForm, read_workbook, write_workbook
from tests.apps.assessments.reporting_steps import AFTER_Q1, signed_for
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, Q1, Q4, reporter_of, small_scheme, year_of
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


def verified() -> None:
    """Hold the ledger against its chain."""
    assert list(verify()) == []


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


def handed_out() -> None:
    """A year begun, with a workbook for the first quarter in the hands of a unit."""
    mine = signed_for(year_of(small_scheme()))
    make_workbook(by=reporter_of(EDUCATION), at=AFTER_Q1, for_body=EDUCATION, subject=mine.pk, period_end=Q1)


def imported() -> None:
    """Bring the workbook back, filled in."""
    made = Workbook.objects.select_related("subject").get()
    metrics = made.subject.cycle.metrics
    places, safety = (metrics.get(key=key).pk for key in ("新增学位", "校园安全"))
    rows = (
        FormRow(f"{places}-0", "", "学位", "个", "", answer="value", value=Decimal(640)),
        FormRow(f"{safety}-0", "", "安全", "", "", stages=("推进中",), answer="value", stage="推进中"),
    )
    data = write_workbook(UnitForm(made.subject.name, made.subject.ident, "填报表", Q1, None, made.token, rows))
    assert len(read_workbook(data).rows) == 2
    import_workbook(by=reporter_of(EDUCATION), at=AFTER_Q1, for_body=EDUCATION, data=data, name="填报.xlsx")
