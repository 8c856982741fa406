"""Work comes to whose it is, by due day, and nobody finds in a queue what he may not do."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.test.utils import override_settings
from pytest_django import DjangoAssertNumQueries

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.follow_up.rectifying import open_rectification, plan_rectification
from taizhang.apps.assessments.models import CalendarToken, Cycle, Reminder, Report, Subject
from taizhang.apps.assessments.reports.answering import Answer
from taizhang.apps.assessments.reports.queries import progress_of, report_history, reporting_list, verification_queue
from taizhang.apps.assessments.reports.verifying import Verdict, return_reports
from taizhang.apps.assessments.waiting.calendar_tokens import feed_of, make_calendar_token, owner_of, revoke_calendar_token
from taizhang.apps.assessments.waiting.matters import waiting_for
from taizhang.apps.assessments.waiting.reminding import CLOCKWORK, remind_if_due, send_reminders
from taizhang.apps.assessments.year.handover import hand_over, rename_subject
from tests.apps.assessments.reporting_steps import AFTER_Q1, confirm, save, sign, signed_for, subject
from tests.apps_fixtures import person
from tests.assessment_fixtures import (
    EDUCATION,
    FINANCE,
    GROWTH,
    HEBIN,
    OPENED,
    PLACES,
    Q1,
    Q2,
    REVENUE,
    STATISTICS,
    reporter_of,
    signer_of,
    verifier_of,
)
from tests.assessment_results import AFTER, confirmed

APRIL = date(2025, 4, 3)
JULY = datetime(2025, 7, 4, 2, 0, tzinfo=UTC)


def acts(user: object, day: date = APRIL) -> list[tuple[str, str, int]]:
    return [(line.act, line.title, line.count) for line in waiting_for(user, day)]


def test_a_quarter_waits_for_the_reporter_then_the_signer_then_the_verifiers(open_cycle: Cycle) -> None:
    reporter, signer, verifier = reporter_of(EDUCATION), signer_of(EDUCATION), verifier_of(STATISTICS)
    assert acts(signer) == [("acknowledge", "市教育局", 3)]
    mine = signed_for(open_cycle)
    assert acts(reporter) == [("report", "市教育局", 2)]
    assert acts(signer) == acts(verifier) == []
    save(mine)
    assert acts(signer) == [("sign", "市教育局", 2)]
    sign(mine)
    assert acts(signer) == acts(reporter) == []
    assert acts(verifier) == acts(verifier_of("city-government")) == [("verify", "市教育局", 1)]


def test_the_day_is_counted_in_working_days_and_a_line_says_who_acted_last(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    line = waiting_for(signer_of(EDUCATION), APRIL)[0]
    assert (line.due_on, line.is_provisional) == (date(2025, 4, 15), False)  # 清明 4 April is no working day
    assert line.last_actor == "tianbao-education"


def test_what_was_returned_waits_for_the_reporter_again(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    places = sign(mine)[0]
    verdict = Verdict(places.pk, places.version, "与学籍系统不符")
    return_reports(by=verifier_of(STATISTICS), at=AFTER_Q1, for_body=STATISTICS, verdicts=[verdict])
    assert acts(reporter_of(EDUCATION)) == [("redo", "市教育局", 1)]
    assert acts(signer_of(EDUCATION)) == []


def test_a_verifiers_own_body_is_absent_from_his_queue_and_stands_in_the_deputys(open_cycle: Cycle) -> None:
    own = signed_for(open_cycle, STATISTICS)
    save(own, Answer(GROWTH, "value", Decimal(3)))
    sign(own)
    assert verification_queue({STATISTICS}) == []
    assert [line.report.metric.key for line in verification_queue({"city-government"})] == [GROWTH]
    assert acts(verifier_of(STATISTICS)) == []


def test_the_list_of_a_unit_shows_the_period_before_the_light_and_for_whom_it_measures(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle, FINANCE)
    save(mine, Answer(REVENUE, "value", Decimal(24)), Answer("三公经费", "value", Decimal(380)))
    sign(mine)
    save(mine, Answer(REVENUE, "value", Decimal(30)), period_end=Q2, at=JULY)
    revenue, spending = reporting_list(mine, Q2)
    assert (revenue.state, revenue.report.value, revenue.before.value) == ("draft", 30, 24)
    assert (revenue.light, spending.light) == ("behind", "unknown")
    assert revenue.shared_with == ("市教育局",)
    assert spending.state == "open"


def test_a_figure_shows_all_its_versions(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    places = sign(mine)[0]
    verdict = Verdict(places.pk, places.version, "核对")
    (back,) = return_reports(by=verifier_of(STATISTICS), at=AFTER_Q1, for_body=STATISTICS, verdicts=[verdict])
    again = save(mine, Answer(PLACES, "value", Decimal(650), version=back.version)).reports[0]
    assert [(row.value, row.state) for row in report_history(again)] == [(650, "draft"), (700, "superseded")]


def test_progress_counts_what_is_owed_and_what_is_late_in_few_queries(
    open_cycle: Cycle, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    confirm(sign(mine)[0], STATISTICS)
    with django_assert_max_num_queries(4):
        progress = progress_of(open_cycle, Q1, date(2025, 4, 16))
    education = progress[mine.pk]
    assert (education.owed, education.signed, education.verified, education.late) == (2, 1, 1, 0)
    assert progress[subject(open_cycle, HEBIN).pk].late == 1


def test_the_day_of_somebody_costs_the_same_queries_with_every_period_reported(
    open_cycle: Cycle, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    sign(mine)
    user = reporter_of(EDUCATION)
    with django_assert_max_num_queries(8):
        waiting_for(user, date(2025, 12, 31))


def test_duties_of_a_merged_body_fall_to_its_heir_and_its_reports_stay(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    sign(mine)
    office = person("kaohe", "assessment_office")
    facts = {"by": office, "at": JULY, "on": date(2025, 5, 12), "reason": "岭编〔2025〕3号"}
    heir = hand_over(subject=mine.pk, to=FINANCE, **facts)
    assert heir.ident == FINANCE
    assert acts(reporter_of(EDUCATION), JULY.date()) == []
    assert ("report", "市教育局", 2) in acts(reporter_of(FINANCE), JULY.date())
    with pytest.raises(errors.SubjectIsMissingError):
        save(mine, period_end=Q2, at=JULY)
    with pytest.raises(errors.HandedOverAlreadyError, match="市财政局"):
        hand_over(subject=mine.pk, to=HEBIN, **facts)
    with pytest.raises(errors.HandoverIsImpossibleError, match="转回"):
        hand_over(subject=heir.pk, to=EDUCATION, **facts)
    assert Report.objects.filter(subject=mine, state="signed").count() == 2


def test_a_renamed_body_keeps_sheet_reports_and_people(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    rename_subject(
        by=person("kaohe", "assessment_office"),
        at=JULY,
        subject=mine.pk,
        name="市教育体育局",
        on=date(2025, 5, 12),
        reason="岭编〔2025〕3号",
    )
    found = Subject.objects.get(pk=mine.pk)
    assert (found.name, found.former_name) == ("市教育体育局", "市教育局")
    assert acts(signer_of(EDUCATION)) == [("sign", "市教育体育局", 2)]


def test_a_reminder_goes_out_once_for_a_due_day_to_those_with_an_address(open_cycle: Cycle) -> None:
    signed_for(open_cycle)
    user = reporter_of(EDUCATION)
    user.email = "tianbao@example.org"
    user.save()
    reporter_of(FINANCE)
    early, near = datetime(2025, 4, 8, 1, 0, tzinfo=UTC), datetime(2025, 4, 14, 1, 0, tzinfo=UTC)
    assert remind_if_due(early) == 0
    with override_settings(IS_SIMULATED=True):
        assert remind_if_due(near) == 1
    assert remind_if_due(near) == 0
    (letter,) = mail.outbox
    assert letter.to == ["tianbao@example.org"]
    assert "2025-04-15  填报：市教育局（2 项，截至 2025-03-31）" in letter.body
    assert "模拟数据" in letter.body
    assert Reminder.objects.count() == 1


def test_a_mail_server_that_fails_leaves_nothing_marked_as_told(open_cycle: Cycle) -> None:
    signed_for(open_cycle)
    user = reporter_of(EDUCATION)
    user.email = "tianbao@example.org"
    user.save()
    closed = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    at = datetime(2025, 4, 14, 1, 0, tzinfo=UTC)
    with override_settings(**closed), pytest.raises(errors.MailDidNotLeaveError, match="TAIZHANG_MAIL"):
        send_reminders(by=CLOCKWORK, at=at)
    assert Reminder.objects.count() == 0


def test_a_calendar_address_shows_due_days_until_it_is_revoked_and_is_kept_as_a_digest(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    sign(mine)
    user = reporter_of(EDUCATION)
    token = make_calendar_token(by=user, at=OPENED)
    assert token not in CalendarToken.objects.get().digest
    feed = feed_of(owner_of(token), AFTER_Q1, "https://taizhang.example/desk/").decode().replace("\r\n ", "")
    assert feed.count("BEGIN:VEVENT") == 4
    assert "SUMMARY:已办：市教育局：填报截至 2025-03-31 的进展" in feed
    newer = make_calendar_token(by=user, at=OPENED)
    with pytest.raises(errors.TokenIsUnknownError):
        owner_of(token)
    revoke_calendar_token(by=user, at=OPENED)
    for stopped in (newer, "", "\udcff"):
        with pytest.raises(errors.TokenIsUnknownError):
            owner_of(stopped)


def test_who_took_duties_over_mends_and_contests_too_and_the_body_that_is_gone_does_not(open_cycle: Cycle) -> None:
    office, colleague = person("kaohe", "assessment_office"), person("fuhe", "assessment_office")
    mine = subject(open_cycle, HEBIN)
    record = confirmed(open_cycle, office, colleague, subject=mine.pk)
    facts = {"cycle": open_cycle.pk, "subject": mine.pk, "origin": f"record:{record.pk}"}
    row = open_rectification(by=office, at=AFTER, problem="台账不全", due_on=date(2026, 3, 1), **facts)
    hand_over(by=office, at=AFTER, subject=mine.pk, to=FINANCE, on=date(2026, 2, 1), reason="岭编〔2026〕1号")
    plan = {"at": AFTER, "rectification": row.pk, "plan": "补齐"}
    with pytest.raises(refusals.SubjectIsAnothersError):
        plan_rectification(by=reporter_of(HEBIN), for_body=HEBIN, **plan)
    assert ("plan_rectification", "河滨区", 1) in acts(reporter_of(FINANCE), AFTER.date())
    assert plan_rectification(by=reporter_of(FINANCE), for_body=FINANCE, **plan).state == "planned"
