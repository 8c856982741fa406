"""Four eyes hold also for those who changed a paper, came by another role, or took over a body."""

from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import cycle_errors, refusals
from taizhang.apps.assessments.follow_up.appealing import decide_appeal, file_appeal
from taizhang.apps.assessments.follow_up.rectifying import open_rectification, plan_rectification
from taizhang.apps.assessments.models import Appeal, Cycle, Evidence, Metric, Notice
from taizhang.apps.assessments.notices.noticing import draft_notice, edit_notice, issue_notice
from taizhang.apps.assessments.reports.attaching import attach_to_record
from taizhang.apps.assessments.reports.evidence import Upload
from taizhang.apps.assessments.reports.verifying import Verdict, return_reports, verify_reports
from taizhang.apps.assessments.results.steps import approve_results, propose_results, review_results, self_check
from taizhang.apps.assessments.year.handover import hand_over
from taizhang.apps.assessments.year.opening import Member, open_tier
from taizhang.apps.ledger.models import Entry
from taizhang.apps.organisations.models import Body
from tests.apps.assessments.reporting_steps import AFTER_Q1, save, sign, signed_for, subject
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, HEBIN, PLACES, Q3, STATISTICS, signer_of, verifier_of
from tests.assessment_results import AFTER, confirmed, figure_of, prepare, published_year, scored, subject_row

AUTUMN = datetime(2025, 10, 20, 1, tzinfo=UTC)
LAST_DAY = datetime(2026, 2, 9, 1, tzinfo=UTC)


def test_who_changed_a_draft_notice_does_not_sign_it(open_cycle: Cycle, office: User) -> None:
    run = scored(open_cycle, Q3, AUTUMN)
    draft: Notice = draft_notice(by=office, at=AUTUMN, run=run.pk, kind="quarterly", period_start=date(2025, 7, 1), period_end=Q3)
    other = person("zhuren", "assessment_office")
    content = deepcopy(draft.content) | {"title": "关于第三季度进展的通报"}
    edit_notice(by=other, at=AUTUMN, notice=draft.pk, content=content)
    with pytest.raises(refusals.NotTheSamePersonError):
        issue_notice(by=other, at=AUTUMN, notice=draft.pk, number="岭考办〔2025〕8号")
    issue_notice(by=person("lingdao", "leading_group"), at=AUTUMN, notice=draft.pk, number="岭考办〔2025〕8号")


def test_who_judged_does_not_decide_what_is_contested(whole_year: Cycle) -> None:
    published_year(whole_year)
    appeal: Appeal = file_appeal(
        by=signer_of(EDUCATION), at=LAST_DAY, for_body=EDUCATION, subject=subject_row(whole_year, EDUCATION).pk,
        criterion="edu_3", claim="整治已全部完成",
    )  # fmt: skip
    with pytest.raises(refusals.NotTheSamePersonError):
        decide_appeal(
            by=person("pingfen-1", "leading_group"), at=LAST_DAY, appeal=appeal.pk, outcome="rejected", reason="评定无误"
        )


def test_who_recorded_a_deduction_does_not_approve_the_results(whole_year: Cycle, office: User) -> None:
    both = person("liangzhong", "assessment_office", "leading_group")
    confirmed(whole_year, both, person("fuhe", "assessment_office"))
    prepare(whole_year)
    run = scored(whole_year)
    propose_results(by=office, at=AFTER, run=run.pk)
    review_results(by=person("fuhe", "assessment_office"), at=AFTER, run=run.pk, note="核对无误")
    with pytest.raises(refusals.NotTheSamePersonError):
        approve_results(by=both, at=AFTER, run=run.pk)
    approve_results(by=person("lingdao", "leading_group"), at=AFTER, run=run.pk)


def test_a_person_of_the_unit_does_not_verify_its_figures_for_another_body(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    (first, *_rest) = sign(mine)
    both = person("liangbian", "verifier", body=STATISTICS)
    person("liangbian", "reporter", body=EDUCATION)
    with pytest.raises(cycle_errors.OwnReportError):
        verify_reports(by=both, at=AFTER_Q1, for_body=STATISTICS, verdicts=[Verdict(first.pk, first.version)])


def test_the_verifying_body_that_took_a_unit_over_does_not_verify_what_it_reported_before(open_cycle: Cycle) -> None:
    row = figure_of(open_cycle, FINANCE, "三公经费", "400", date(2025, 3, 31), state="signed")
    Metric.objects.update(deputy_body=HEBIN)
    hand_over(
        by=person("kaohe", "assessment_office"), at=AUTUMN, subject=subject(open_cycle, FINANCE).pk, to=STATISTICS,
        on=date(2025, 10, 1), reason="机构改革方案",
    )  # fmt: skip
    seen = [Verdict(row.pk, row.version)]
    with pytest.raises(cycle_errors.OwnReportError):
        verify_reports(by=verifier_of(STATISTICS), at=AUTUMN, for_body=STATISTICS, verdicts=seen)
    verify_reports(by=verifier_of(HEBIN), at=AUTUMN, for_body=HEBIN, verdicts=seen)


def test_what_a_verifier_did_stands_in_the_ledger_with_what_was_before(open_cycle: Cycle) -> None:
    row = figure_of(open_cycle, EDUCATION, PLACES, "700", state="signed")
    verify_reports(by=verifier_of(STATISTICS), at=AFTER, for_body=STATISTICS, verdicts=[Verdict(row.pk, row.version)])
    return_reports(
        by=verifier_of(STATISTICS), at=AFTER, for_body=STATISTICS, verdicts=[Verdict(row.pk, row.version + 1, "重复计算")]
    )
    entries = Entry.objects.filter(operation__in=("assessments.verify_reports", "assessments.return_reports")).order_by("pk")
    assert [(entry.before[str(row.pk)]["state"], entry.after[str(row.pk)]["state"]) for entry in entries] == [
        ("signed", "verified"), ("verified", "returned"),
    ]  # fmt: skip


def test_who_took_over_contests_checks_and_puts_right_and_the_old_body_no_more(open_cycle: Cycle, office: User) -> None:
    old = subject(open_cycle, FINANCE)
    hand_over(by=office, at=AUTUMN, subject=old.pk, to=EDUCATION, on=date(2025, 10, 1), reason="机构改革方案")
    record = confirmed(open_cycle, office, person("fuhe", "assessment_office"))
    row = open_rectification(
        by=office, at=AUTUMN, cycle=open_cycle.pk, subject=old.pk, origin=f"record:{record.pk}", problem="超期未办"
    )
    facts = {"at": AUTUMN, "rectification": row.pk, "plan": "十日内办结"}
    with pytest.raises(refusals.SubjectIsAnothersError):
        plan_rectification(by=signer_of(FINANCE), for_body=FINANCE, **facts)
    plan_rectification(by=signer_of(EDUCATION), for_body=EDUCATION, **facts)
    Cycle.objects.update(state="implementing")
    with pytest.raises(refusals.SubjectIsAnothersError):
        self_check(by=signer_of(FINANCE), at=AUTUMN, for_body=FINANCE, subject=old.pk, note="已自查")
    self_check(by=signer_of(EDUCATION), at=AUTUMN, for_body=EDUCATION, subject=old.pk, note="已自查")


def test_the_citys_office_puts_no_file_into_the_year_of_a_district(open_cycle: Cycle, office: User) -> None:
    Body.objects.create(ident="hebin-statistics", kind="department")
    member = Member("hebin-statistics", "河滨区统计局", "departments", STATISTICS)
    tier: Cycle = open_tier(
        by=person("hb", "tier_office", body=HEBIN), at=AUTUMN, for_body=HEBIN, cycle=open_cycle.pk, members=(member,)
    )
    with pytest.raises(refusals.SubjectIsAnothersError):
        attach_to_record(by=office, at=AUTUMN, about=f"questionnaire:{tier.pk}", upload=Upload("卷.pdf", b"%PDF-1.7\n", "全文"))
    assert not Evidence.objects.exists()


def test_points_of_several_appeals_never_pass_the_full_mark(whole_year: Cycle) -> None:
    published_year(whole_year)
    facts = {
        "by": signer_of(EDUCATION), "at": LAST_DAY, "for_body": EDUCATION, "subject": subject_row(whole_year, EDUCATION).pk,
        "criterion": "edu_1",
    }  # fmt: skip
    deciding = {"by": person("lingdao-2", "leading_group"), "at": LAST_DAY, "outcome": "upheld", "reason": "属实"}
    first = file_appeal(claim="漏计一所", **facts)
    decide_appeal(appeal=first.pk, points=Decimal(20), **deciding)
    second = file_appeal(claim="又漏计一所", **facts)
    with pytest.raises(refusals.PointsAreOutOfRangeError):
        decide_appeal(appeal=second.pk, points=Decimal(20), **deciding)
    decide_appeal(appeal=second.pk, points=Decimal(10), **deciding)


@pytest.mark.parametrize("points", ["NaN", "sNaN", "Infinity", "0.005", "1E+400"])
def test_points_that_are_no_points_are_refused(whole_year: Cycle, points: str) -> None:
    published_year(whole_year)
    appeal = file_appeal(
        by=signer_of(EDUCATION), at=LAST_DAY, for_body=EDUCATION, subject=subject_row(whole_year, EDUCATION).pk,
        criterion="edu_1", claim="漏计",
    )  # fmt: skip
    with pytest.raises(refusals.PointsAreOutOfRangeError):
        decide_appeal(
            by=person("lingdao-2", "leading_group"), at=LAST_DAY, appeal=appeal.pk, outcome="upheld", points=Decimal(points),
            reason="属实",
        )  # fmt: skip
