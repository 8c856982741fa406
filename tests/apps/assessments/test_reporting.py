"""A quarter is reported, signed and verified by three people in this order; each step refuses what does not belong to it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Cycle, Report
from taizhang.apps.assessments.reports.answering import Answer
from taizhang.apps.assessments.reports.observations import observations_of
from taizhang.apps.assessments.reports.reporting import acknowledge, save_reports
from taizhang.apps.assessments.reports.signing import sign_period
from taizhang.apps.assessments.reports.verifying import Verdict, return_reports, verify_reports
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import NotPermittedError
from taizhang.engines.scoring.model import Standing
from tests.apps.assessments.reporting_steps import AFTER_Q1, ALL, confirm, save, sign, signed_for, subject
from tests.apps_fixtures import person
from tests.assessment_fixtures import (
    EDUCATION,
    FINANCE,
    GROWTH,
    OPENED,
    PLACES,
    Q1,
    Q2,
    REVENUE,
    SAFETY,
    STATISTICS,
    reporter_of,
    signer_of,
    verifier_of,
)  # fmt: skip


def test_a_quarter_goes_from_draft_to_verified_and_every_value_is_in_the_ledger(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    saved = save(mine)
    assert [report.state for report in saved.reports] == ["draft", "draft"]
    places, safety = sign(mine)
    assert confirm(places, STATISTICS).state == "verified"
    assert confirm(safety, "city-government").state == "verified"
    entry = Entry.objects.get(operation="assessments.save_reports")
    assert entry.for_body == EDUCATION
    assert entry.after[PLACES]["value"] == "700"
    assert entry.after[SAFETY]["stage"] == "推进中"
    assert Entry.objects.filter(operation="assessments.verify_reports").count() == 2


def test_what_is_signed_by_a_day_is_observed_and_what_is_verified_later_is_only_reported_until_then(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    assert observations_of(open_cycle, date(2025, 4, 30)) == ()
    report = sign(mine)[0]
    confirm(report, STATISTICS, at=datetime(2025, 5, 6, 2, 0, tzinfo=UTC))
    early = {o.metric: o for o in observations_of(open_cycle, date(2025, 4, 30))}
    assert (early[PLACES].value, early[PLACES].standing) == (Decimal(700), Standing.REPORTED)
    assert early[SAFETY].stage == "推进中"
    late = {o.metric: o for o in observations_of(open_cycle, date(2025, 5, 31))}
    assert late[PLACES].standing is Standing.VERIFIED
    assert late[PLACES].verified_by == verifier_of(STATISTICS).ident


def test_a_shared_figure_is_reported_once_and_observed_for_all_who_owe_it(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle, FINANCE)
    save(mine, Answer(REVENUE, "value", Decimal("24.6")), Answer("三公经费", "value", Decimal(380)))
    sign(mine)
    seen = {(o.subject, o.value) for o in observations_of(open_cycle, Q1.replace(day=30, month=4)) if o.metric == REVENUE}
    assert seen == {(EDUCATION, Decimal("24.6")), (FINANCE, Decimal("24.6"))}


def test_who_does_not_measure_a_shared_figure_is_told_so(open_cycle: Cycle) -> None:
    with pytest.raises(errors.MetricIsNotOwedError, match="一个单位统一填报"):
        save(signed_for(open_cycle), Answer(REVENUE, "value", Decimal(1)))


def test_nothing_is_reported_before_the_sheet_is_signed_for_and_nobody_signs_for_it_twice(open_cycle: Cycle) -> None:
    mine = subject(open_cycle)
    with pytest.raises(errors.NotAcknowledgedError, match="市教育局"):
        save(mine)
    signed_for(open_cycle)
    with pytest.raises(errors.AlreadyAcknowledgedError, match="qianfa-education"):
        acknowledge(by=signer_of(EDUCATION), at=OPENED, for_body=EDUCATION, subject=mine.pk)


def test_another_bodys_people_are_refused_whatever_they_say_of_themselves(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    stranger = reporter_of(FINANCE)
    with pytest.raises(errors.SubjectIsMissingError):
        save_reports(by=stranger, at=AFTER_Q1, for_body=FINANCE, subject=mine.pk, period_end=Q1, answers=ALL)
    with pytest.raises(NotPermittedError):
        save_reports(by=stranger, at=AFTER_Q1, for_body=EDUCATION, subject=mine.pk, period_end=Q1, answers=ALL)


def test_a_period_is_reported_from_its_last_day_on_and_only_if_the_scheme_has_it(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    with pytest.raises(errors.PeriodHasNotEndedError, match="2025-06-30"):
        save(mine, period_end=Q2)
    with pytest.raises(errors.PeriodIsUnknownError, match="2025-03-31、2025-06-30"):
        save(mine, period_end=date(2025, 2, 28))


def test_the_signer_waits_for_every_item_and_did_not_report_himself(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine, ALL[0])
    with pytest.raises(errors.NotAllAnsweredError, match="开展校园安全整治"):
        sign(mine)
    both = person("yi-shen-er-ren", "reporter", "signer", body=EDUCATION)
    facts = {"at": AFTER_Q1, "for_body": EDUCATION, "subject": mine.pk, "period_end": Q1}
    save_reports(by=both, answers=(Answer(SAFETY, "stage", stage="推进中"),), **facts)
    with pytest.raises(errors.ReporterMayNotSignError, match="开展校园安全整治"):
        sign_period(by=both, **facts)
    sign(mine)
    with pytest.raises(errors.NothingToSignError):
        sign(mine)


def test_the_signer_is_told_when_a_figure_changed_after_he_looked(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    seen = {report.metric.key: report.version for report in save(mine).reports}
    save(mine, Answer(PLACES, "value", Decimal(710), version=1))
    with pytest.raises(errors.ReportChangedMeanwhileError, match="tianbao-education"):
        sign_period(by=signer_of(EDUCATION), at=AFTER_Q1, for_body=EDUCATION, subject=mine.pk, period_end=Q1, versions=seen)


def test_a_signed_report_is_changed_only_after_it_was_returned_and_its_history_stays(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    places, _ = sign(mine)
    with pytest.raises(errors.ReportIsSentError, match="待核验"):
        save(mine, Answer(PLACES, "value", Decimal(1), version=places.version))
    verdict = Verdict(places.pk, places.version, "与学籍系统不符")
    returned = return_reports(by=verifier_of(STATISTICS), at=AFTER_Q1, for_body=STATISTICS, verdicts=[verdict])[0]
    missing = {o.metric: o.missing for o in observations_of(open_cycle, date(2025, 4, 30))}
    assert missing[PLACES] == "核验退回：与学籍系统不符"
    again = save(mine, Answer(PLACES, "value", Decimal(640), version=returned.version)).reports[0]
    assert again.supersedes_id == places.pk
    assert Report.objects.get(pk=places.pk).value == 700
    assert [row.state for row in sign(mine)] == ["signed"]


def test_a_verified_figure_that_turns_out_wrong_goes_back_with_a_reason_and_never_without(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    done = confirm(sign(mine)[0], STATISTICS)
    facts = {"by": verifier_of(STATISTICS), "at": AFTER_Q1, "for_body": STATISTICS}
    with pytest.raises(errors.ReasonIsMissingError):
        return_reports(verdicts=[Verdict(done.pk, done.version, "  ")], **facts)
    assert return_reports(verdicts=[Verdict(done.pk, done.version, "重复计算")], **facts)[0].state == "returned"


def test_of_two_verifiers_one_wins_and_the_other_is_told_who(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    seen = sign(mine)[0]
    verdicts = [Verdict(seen.pk, seen.version)]
    confirm(seen, STATISTICS)
    other = person("heyan-er", "verifier", body=STATISTICS)
    with pytest.raises(errors.ReportChangedMeanwhileError, match="heyan-statistics"):
        verify_reports(by=other, at=AFTER_Q1, for_body=STATISTICS, verdicts=verdicts)


def test_a_verifier_keeps_to_his_kind_of_fact_and_never_confirms_his_own_body(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    _, safety = sign(mine)
    with pytest.raises(errors.NotYourKindOfFactError, match="city-government"):
        confirm(safety, STATISTICS)
    own = signed_for(open_cycle, STATISTICS)
    save(own, Answer(GROWTH, "value", Decimal(3)))
    (grain,) = sign(own)
    with pytest.raises(errors.OwnReportError):
        confirm(grain, STATISTICS)
    assert confirm(grain, "city-government").state == "verified"


def test_a_draft_is_not_verified(open_cycle: Cycle) -> None:
    draft = save(signed_for(open_cycle)).reports[0]
    with pytest.raises(errors.ReportIsNotSignedError, match="未签发"):
        confirm(draft, STATISTICS)


def test_one_bad_verdict_among_many_confirms_nothing(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    places, safety = sign(mine)
    verdicts = [Verdict(places.pk, places.version), Verdict(safety.pk, safety.version)]
    with pytest.raises(errors.NotYourKindOfFactError):
        verify_reports(by=verifier_of(STATISTICS), at=AFTER_Q1, for_body=STATISTICS, verdicts=verdicts)
    assert set(Report.objects.values_list("state", flat=True)) == {"signed"}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(PLACES, "value"), "数字"),
        (Answer(PLACES, "not_yet", expected_on=date(2025, 5, 1)), "原因"),
        (Answer(PLACES, "not_yet", reason="尚未验收"), "预计哪天有数"),
        (Answer(PLACES, "not_yet", reason="尚未验收", expected_on=date(2025, 4, 1)), "预计哪天有数"),
        (Answer(PLACES, "not_applicable"), "依据的条款"),
        (Answer(SAFETY, "value", Decimal(1)), "到哪一步"),
        (Answer(SAFETY, "stage", stage="大功告成"), "未开展、推进中、完成"),
        (Answer(PLACES, "value", Decimal(-3)), "负数"),
        (Answer(PLACES, "value", Decimal("3.5")), "小数"),
        (Answer(PLACES, "value", Decimal("NaN")), "不是数字"),
        (Answer(PLACES, "value", Decimal(7), remark="长" * 2001), "2000"),
    ],
)
def test_an_answer_that_lacks_something_or_cannot_be_is_refused_with_what_it_lacks(
    open_cycle: Cycle, answer: Answer, words: str
) -> None:
    with pytest.raises(errors.TaizhangError, match=words):
        save(signed_for(open_cycle), answer)
    assert Report.objects.count() == 0


def test_no_figure_yet_and_not_applicable_are_answers_too(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(
        mine,
        Answer(PLACES, "not_yet", reason="验收在5月", expected_on=date(2025, 5, 20)),
        Answer(SAFETY, "not_applicable", clause="岭政〔2025〕2号 第二条"),
    )
    sign(mine)
    seen = {o.metric: o for o in observations_of(open_cycle, date(2025, 4, 30))}
    assert (seen[PLACES].missing, seen[PLACES].expected_on) == ("验收在5月", date(2025, 5, 20))
    assert seen[SAFETY].not_applicable == "岭政〔2025〕2号 第二条"


def test_an_unlikely_figure_is_told_and_saved(open_cycle: Cycle) -> None:
    saved = save(signed_for(open_cycle), Answer(PLACES, "value", Decimal(70000)))
    assert [str(warning.message) for warning in saved.warnings] == ["70000个 是目标 3200个 的十倍以上，核对单位"]
    assert saved.reports[0].value == 70000


def test_a_form_opened_before_somebody_else_saved_is_refused_by_name(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    with pytest.raises(errors.ReportChangedMeanwhileError, match="tianbao-education"):
        save(mine)


def test_once_results_are_put_up_nothing_is_reported_signed_or_verified(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    signed = sign(mine)[0]
    Cycle.objects.update(state="proposed")
    for late in (lambda: save(mine), lambda: sign(mine), lambda: confirm(signed, STATISTICS)):
        with pytest.raises(errors.CycleIsNotRunningError, match="已提出结果"):
            late()
