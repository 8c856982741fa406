"""The office and the leading group find what they may decide, and never what they did themselves; units find what they have to mend."""

from datetime import UTC, date, datetime

from pytest_django import DjangoAssertNumQueries

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.follow_up.appealing import file_appeal
from taizhang.apps.assessments.follow_up.rectifying import open_rectification, plan_rectification, report_rectification
from taizhang.apps.assessments.models import Cycle, Scheme
from taizhang.apps.assessments.notices.noticing import draft_notice
from taizhang.apps.assessments.results.steps import approve_results, propose_results, review_results
from taizhang.apps.assessments.scores.judging import Voice, judge
from taizhang.apps.assessments.waiting.matters import waiting_for
from tests.apps_fixtures import person
from tests.assessment_fixtures import (
    EDUCATION,
    HEBIN,
    Q1,
    Q2,
    Q3,
    Q4,
    approved,
    register_bodies,
    reporter_of,
    signer_of,
    small_scheme,
    verifier_of,
)
from tests.assessment_results import (
    AFTER,
    approved_run,
    confirmed,
    figure_of,
    file_about,
    judge_safety,
    prepare,
    published_year,
    recorded,
    report_all,
    scored,
    subject_row,
)

FEBRUARY = date(2026, 2, 3)


def acts(user: User) -> list[str]:
    """What waits besides scoring, which in February waits in every year here that nobody scored."""
    return [line.act for line in waiting_for(user, FEBRUARY) if line.act not in ("score", "draft_notice")]


def people() -> tuple[User, User, User]:
    return person("kaohe", "assessment_office"), person("fuhe", "assessment_office"), person("lingdao", "leading_group")


def test_a_scheme_goes_from_the_leading_group_to_the_office_until_its_year_is_open(db: None) -> None:
    register_bodies()
    row = approved(small_scheme())
    office, _, group = people()
    Scheme.objects.update(state="proposed")
    assert (acts(group), acts(office)) == (["approve_scheme"], [])
    Scheme.objects.update(state="approved")
    assert (acts(group), acts(office)) == ([], ["open_year"])
    Scheme.objects.update(state="returned")
    assert acts(office) == ["redo_scheme"]
    assert waiting_for(office, FEBRUARY)[0].scheme == row


def test_a_daily_record_waits_for_a_colleague_and_not_for_who_wrote_it(open_cycle: Cycle) -> None:
    office, colleague, _ = people()
    recorded(open_cycle, office)
    assert (acts(office), acts(colleague)) == ([], ["confirm_record"])


def test_differing_judgements_wait_for_a_third_person(open_cycle: Cycle) -> None:
    stated = figure_of(open_cycle, EDUCATION, "校园安全", None, Q4, answer="stage", stage="完成", state="signed")
    file_about(open_cycle, f"report:{stated.pk}")
    office, colleague, _ = people()
    verifier_of("city-government")
    subject = subject_row(open_cycle, EDUCATION)
    for scorer, stage in ((office, "完成"), (colleague, "推进中")):
        facts = {"cycle": open_cycle.pk, "subject": subject.pk, "period_end": Q4}
        judge(by=scorer, at=AFTER, voices=[Voice("edu_3", stage, "看了台账")], **facts)
    assert acts(office) == acts(colleague) == []
    assert acts(person("disan", "assessment_office")) == ["settle_judgement"]


def test_results_go_from_hand_to_hand(open_cycle: Cycle) -> None:
    report_all(open_cycle)
    judge_safety(open_cycle)
    prepare(open_cycle)
    office, colleague, group = people()
    run = scored(open_cycle)
    propose_results(by=office, at=AFTER, run=run.pk)
    assert (acts(office), acts(colleague), acts(group)) == ([], ["review_results"], [])
    review_results(by=colleague, at=AFTER, run=run.pk, note="无误")
    assert (acts(colleague), acts(group)) == ([], ["approve_results"])
    approve_results(by=group, at=AFTER, run=run.pk)
    line = waiting_for(office, FEBRUARY)[0]
    assert (line.act, line.due_on) == ("publish_results", date(2026, 4, 30))


def test_an_appeal_waits_for_the_leading_group_with_its_day(whole_year: Cycle) -> None:
    published_year(whole_year)
    facts = {"subject": subject_row(whole_year, EDUCATION).pk, "criterion": "edu_1", "claim": "漏计一所"}
    appeal = file_appeal(by=signer_of(EDUCATION), at=AFTER, for_body=EDUCATION, **facts)
    line = waiting_for(person("lingdao", "leading_group"), FEBRUARY)[0]
    assert (line.act, line.due_on) == ("decide_appeal", appeal.decide_by)


def test_a_draft_of_a_notice_waits_for_another_to_sign(whole_year: Cycle) -> None:
    run = approved_run(whole_year)
    office, colleague, group = people()
    draft_notice(by=office, at=AFTER, run=run.pk, kind="result", period_start=date(2025, 1, 1), period_end=Q4)
    assert "issue_notice" not in acts(office)
    assert "issue_notice" in acts(colleague)
    assert acts(group) == ["issue_notice"]


def test_a_problem_goes_to_the_unit_and_back_to_the_office(open_cycle: Cycle) -> None:
    office, colleague, _ = people()
    record = confirmed(open_cycle, office, colleague, subject=subject_row(open_cycle, HEBIN).pk)
    facts = {"cycle": open_cycle.pk, "subject": subject_row(open_cycle, HEBIN).pk, "origin": f"record:{record.pk}"}
    row = open_rectification(by=office, at=AFTER, problem="台账不全", due_on=date(2026, 3, 1), **facts)
    unit, mine = reporter_of(HEBIN), {"for_body": HEBIN, "rectification": row.pk}
    assert acts(unit)[0] == "plan_rectification"
    plan_rectification(by=unit, at=AFTER, plan="补齐", **mine)
    line = waiting_for(unit, FEBRUARY)[0]
    assert (line.act, line.due_on) == ("report_rectification", date(2026, 3, 1))
    report_rectification(by=unit, at=AFTER, outcome="已补齐", **mine)
    assert "verify_rectification" in acts(office)


def test_a_tiers_office_sees_only_its_own_years(open_cycle: Cycle) -> None:
    recorded(open_cycle, people()[0])
    assert acts(person("hebin-kaohe", "tier_office", body=HEBIN)) == []
    assert acts(person("shi-kaohe", "tier_office", body="city-government")) == ["confirm_record"]


def test_the_day_of_an_office_costs_few_queries(whole_year: Cycle, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    published_year(whole_year)
    both = person("quan", "assessment_office", "leading_group")
    with django_assert_max_num_queries(18):
        waiting_for(both, FEBRUARY)


def test_the_office_scores_a_period_once_its_reports_were_due_and_then_tells_it_in_a_notice(
    open_cycle: Cycle, office: User
) -> None:
    def lines(day: date) -> set[tuple[str, date | None]]:
        return {(line.act, line.period_end) for line in waiting_for(office, day) if line.act in ("score", "draft_notice")}

    assert lines(Q3) == {("score", Q2)}
    assert lines(date(2025, 10, 10)) == {("score", Q2)}, "the reports of September are not due yet"
    assert lines(date(2025, 11, 3)) == {("score", Q3)}
    run = scored(open_cycle, Q2, datetime(2025, 11, 3, 1, 0, tzinfo=UTC))
    assert lines(date(2025, 11, 3)) == {("score", Q3), ("draft_notice", Q1), ("draft_notice", Q2)}
    facts = {"by": office, "at": datetime(2025, 11, 3, 2, 0, tzinfo=UTC), "run": run.pk, "kind": "quarterly"}
    for first, last in ((date(2025, 1, 1), Q1), (date(2025, 4, 1), Q2)):
        draft_notice(period_start=first, period_end=last, **facts)
    assert lines(date(2025, 11, 3)) == {("score", Q3)}
    scored(open_cycle, Q3, datetime(2025, 11, 4, 1, 0, tzinfo=UTC))
    assert lines(date(2025, 10, 10)) == set(), "a notice waits until the reports it tells were due"
    assert lines(date(2025, 11, 4)) == {("draft_notice", Q3)}
