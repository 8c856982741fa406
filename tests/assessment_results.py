"""A small year on its way to results: figures as verified rows, judgements, runs and the steps, each by another person."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Cycle, DailyRecord, Evidence, Metric, Report, Run, Subject
from taizhang.apps.assessments.results.steps import (
    approve_results,
    note_on_site,
    propose_results,
    publish_results,
    review_results,
    take_step,
)
from taizhang.apps.assessments.scores.daily import confirm_daily, record_daily
from taizhang.apps.assessments.scores.judging import Voice, judge
from taizhang.apps.assessments.scores.runs import score_cycle
from tests.apps_fixtures import person
from tests.assessment_fixtures import (
    EDUCATION,
    FINANCE,
    GROWTH,
    HEBIN,
    HEBIN_REVENUE,
    PLACES,
    Q4,
    REVENUE,
    SAFETY,
    SPENDING,
    STATISTICS,
    signer_of,
)

YEAR_START, SCORED_ON = date(2025, 1, 1), date(2026, 1, 31)
AFTER = datetime(2026, 2, 2, 1, 0, tzinfo=UTC)  # a Monday
RECORDED = datetime(2025, 11, 20, 1, tzinfo=UTC)
FIGURES = {
    (EDUCATION, PLACES): "2880",
    (FINANCE, REVENUE): "100",
    (FINANCE, SPENDING): "2000",
    (STATISTICS, GROWTH): "12",
    (HEBIN, HEBIN_REVENUE): "6",
}


def subject_row(cycle: Cycle, ident: str) -> Subject:
    return Subject.objects.get(cycle=cycle, ident=ident)


def figure_of(
    cycle: Cycle, ident: str, metric: str, value: str | None, end: date = Q4, *, state: str = "verified", **more: Any
) -> Report:
    """A figure that was reported, signed and, unless another state is asked for, verified, three days after the period."""
    when = datetime(end.year, end.month, end.day, 1, tzinfo=UTC)
    facts: dict[str, Any] = {
        "answer": "value" if value is not None else "not_yet", "value": None if value is None else Decimal(value),
        "reason": "" if value is not None else "数据要到二月才有", "reported_by": f"tianbao-{ident}", "reported_at": when,
        "signed_by": f"qianfa-{ident}", "signed_at": when, "state": state,
    }  # fmt: skip
    if state == "verified":
        facts |= {"verified_by": "heyan-statistics", "verified_at": when}
    return Report.objects.create(
        subject=subject_row(cycle, ident), metric=Metric.objects.get(cycle=cycle, key=metric), period_start=YEAR_START,
        period_end=end, **{**facts, **more},
    )  # fmt: skip


def file_about(cycle: Cycle, about: str, name: str = "证明.pdf") -> Evidence:
    return Evidence.objects.create(
        cycle=cycle, about=about, name=name, media="application/pdf", size=1000, sha256="a" * 64, place="第1页",
        sealed_by="kaohe", sealed_at=datetime(2025, 12, 31, 1, tzinfo=UTC),
    )  # fmt: skip


def report_all(cycle: Cycle, figures: dict[tuple[str, str], str] = FIGURES, end: date = Q4) -> None:
    for (ident, metric), value in figures.items():
        figure_of(cycle, ident, metric, value, end)


def judge_safety(cycle: Cycle, stage: str = "完成", at: datetime = datetime(2026, 1, 10, 1, tzinfo=UTC)) -> None:
    """Two scorers agree on the judged item; its evidence is the unit's own report on it."""
    stated = figure_of(cycle, EDUCATION, SAFETY, None, Q4, answer="stage", stage=stage, state="signed")
    file_about(cycle, f"report:{stated.pk}")
    for scorer in ("pingfen-1", "pingfen-2"):
        judge(
            by=person(scorer, "assessment_office"), at=at, cycle=cycle.pk, subject=subject_row(cycle, EDUCATION).pk,
            period_end=Q4, voices=[Voice("edu_3", stage, "查了整治台账")],
        )  # fmt: skip


def recorded(year: Cycle, by: User, **more: Any) -> DailyRecord:
    facts: dict[str, Any] = {
        "cycle": year.pk, "subject": subject_row(year, FINANCE).pk, "source": "special_check", "kind": "blame",
        "happened_on": date(2025, 11, 3), "note": "省财政厅通报",
    }  # fmt: skip
    row: DailyRecord = record_daily(by=by, at=RECORDED, **{**facts, **more})
    return row


def confirmed(cycle: Cycle, by: User, other: User, **more: Any) -> DailyRecord:
    row = recorded(cycle, by, **more)
    file_about(cycle, f"record:{row.pk}")
    done: DailyRecord = confirm_daily(by=other, at=RECORDED, record_id=row.pk)
    return done


@pytest.fixture
def whole_year(open_cycle: Cycle) -> Cycle:
    """Everything is known: 教育局 770, 财政局 800, 统计局 800, 河滨区 600."""
    report_all(open_cycle)
    judge_safety(open_cycle)
    return open_cycle


@pytest.fixture
def reviewer_2(db: None) -> User:
    return person("fuhe", "assessment_office")


def scored(cycle: Cycle, as_at: date = SCORED_ON, at: datetime = AFTER) -> Run:
    run: Run = score_cycle(by=person("kaohe", "assessment_office"), at=at, cycle=cycle.pk, as_at=as_at)
    return run


def prepare(cycle: Cycle, at: datetime = AFTER) -> None:
    """Every step up to the evidence of third parties."""
    office = person("kaohe", "assessment_office")
    for step in ("rules_issued", "group_named", "self_check"):
        note = "自查由考核组统一组织" if step == "self_check" else ""
        take_step(by=office, at=at, cycle=cycle.pk, step=step, reference=f"岭考办〔2026〕{len(step)}号", note=note)
    note_on_site(by=office, at=at, cycle=cycle.pk, subject=subject_row(cycle, HEBIN).pk, note="看了三个项目")
    take_step(by=office, at=at, cycle=cycle.pk, step="on_site", reference="实地考核记录")
    for kind in ("third_party", "questionnaire"):
        file_about(cycle, f"{kind}:{cycle.pk}")
    take_step(by=office, at=at, cycle=cycle.pk, step="third_party", reference="第三方评估报告")


def approved_run(cycle: Cycle, at: datetime = AFTER) -> Run:
    prepare(cycle, at)
    run = scored(cycle, at=at)
    propose_results(by=person("kaohe", "assessment_office"), at=at, run=run.pk)
    review_results(by=person("fuhe", "assessment_office"), at=at, run=run.pk, note="逐项核对无误")
    done: Run = approve_results(by=person("lingdao", "leading_group"), at=at, run=run.pk)
    return done


def published_year(cycle: Cycle, at: datetime = AFTER) -> Run:
    run = approved_run(cycle, at)
    publish_results(by=person("kaohe", "assessment_office"), at=at, cycle=cycle.pk, reference="岭考办〔2026〕9号")
    cycle.refresh_from_db()
    return run


@pytest.fixture
def education_signer(db: None) -> User:
    return signer_of(EDUCATION)
