"""A month on the desk: the reporter fills in, the signer sends, the verifier confirms or returns; nobody does another's part."""

import html
import re
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Amendment, Cycle, Evidence, Report, Subject
from tests.assessment_fixtures import EDUCATION, FINANCE, PLACES, Q1, STATISTICS, reporter_of, signer_of, verifier_of
from tests.engines.office.test_workbook import typed
from tests.web.desk.entering import entered

AFTER_Q1 = datetime(2025, 4, 3, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_april() -> object:
    with patch("django.utils.timezone.now", return_value=AFTER_Q1):
        yield


@pytest.fixture
def education(open_cycle: Cycle) -> Subject:
    subject = open_cycle.subjects.get(ident=EDUCATION)
    answer = entered(signer_of(EDUCATION)).post(reverse("desk:receive", args=[subject.pk]), follow=True)
    assert "已签收“市教育局”的责任书" in answer.content.decode()
    return subject


def address(subject: Subject, name: str = "report") -> str:
    return reverse(f"desk:{name}", args=[subject.pk, Q1.isoformat()])


def owing(subject: Subject, label: str) -> int:
    return int(subject.owings.get(metric__key=label).pk)


def filled(subject: Subject, label: str, value: str = "", **more: str) -> dict[str, object]:
    key = owing(subject, label)
    data = {"item": str(key), f"answer-{key}": "value", f"value-{key}": value, f"version-{key}": "0", "next": "1"}
    return {**data, **{f"{name}-{key}": given for name, given in more.items()}}


def fill_in_everything(subject: Subject) -> Client:
    client = entered(reporter_of(subject.ident))
    client.post(address(subject, "save_report"), filled(subject, PLACES, "900"))
    client.post(address(subject, "save_report"), filled(subject, "校园安全", answer="stage", stage="推进中"))
    return client


def test_a_unit_signs_for_its_sheet_before_it_reports(open_cycle: Cycle) -> None:
    subject = open_cycle.subjects.get(ident=EDUCATION)
    shown = entered(reporter_of(EDUCATION)).get(reverse("desk:reports")).content.decode()
    assert "责任书还没有签收" in shown
    answer = entered(reporter_of(EDUCATION)).post(address(subject, "save_report"), filled(subject, PLACES, "900"))
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_the_form_shows_the_sentence_target_and_clock_and_saves_a_figure(education: Subject) -> None:
    client = entered(reporter_of(EDUCATION))
    shown = client.get(address(education)).content.decode()
    assert "新增中小学学位3200个" in shown
    assert "≥ 3,200 个" in shown
    assert "个工作日后截止" in shown
    answer = client.post(address(education, "save_report"), filled(education, PLACES, "900"), follow=True)
    assert "已保存第" in answer.content.decode()
    assert Report.objects.get(metric__key=PLACES).value == 900


@pytest.mark.parametrize(
    ("value", "told"), [("三千", "不是数字"), ("-3", "负数"), ("3.5", "不会有小数"), ("", "数字")]
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_stays_in_the_form(education: Subject, value: str, told: str) -> None:
    answer = entered(reporter_of(EDUCATION)).post(address(education, "save_report"), filled(education, PLACES, value))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert told in shown
    assert f'value="{value}"' in shown
    assert not Report.objects.exists()


def test_no_figure_yet_needs_a_reason_and_a_day_and_is_not_zero(education: Subject) -> None:
    client = entered(reporter_of(EDUCATION))
    data = filled(education, PLACES, answer="not_yet", reason="等省厅核定", expected="2025-04-20")
    client.post(address(education, "save_report"), data)
    report = Report.objects.get(metric__key=PLACES)
    assert (report.answer, report.value, report.reason) == ("not_yet", None, "等省厅核定")


def test_a_file_is_put_behind_a_figure_with_its_place_and_only_concerned_people_open_it(education: Subject) -> None:
    client = entered(reporter_of(EDUCATION))
    data = filled(education, PLACES, "900", answer="value")
    data |= {"file": SimpleUploadedFile("学位表.csv", "学校,学位\n一小,900\n".encode()), "place": "第 2 行"}
    shown = client.post(address(education, "save_report"), {**data, "next": ""}, follow=True).content.decode()
    file = Evidence.objects.get()
    assert "学位表.csv" in shown
    assert file.place == "第 2 行"
    opened = client.get(reverse("desk:evidence", args=[file.pk]))
    assert opened["Content-Disposition"].startswith("attachment")
    assert "900" in opened.content.decode()
    assert entered(verifier_of(STATISTICS)).get(reverse("desk:evidence", args=[file.pk])).status_code == 200
    assert entered(reporter_of(FINANCE)).get(reverse("desk:evidence", args=[file.pk])).status_code == 404


def test_a_file_without_its_place_is_refused_and_the_figure_stays(education: Subject) -> None:
    data = filled(education, PLACES, "900") | {"file": SimpleUploadedFile("a.csv", b"1,2\n"), "place": " "}
    answer = entered(reporter_of(EDUCATION)).post(address(education, "save_report"), data)
    assert answer.status_code == 422
    assert Report.objects.get().value == 900
    assert not Evidence.objects.exists()


def test_the_period_is_signed_only_when_everything_is_answered_and_by_another_person(education: Subject) -> None:
    signer = entered(signer_of(EDUCATION))
    assert "还差" in signer.get(address(education)).content.decode()
    fill_in_everything(education)
    shown = signer.get(address(education)).content.decode()
    assert "签发，送核验" in shown
    versions = {"metric": [PLACES, "校园安全"], "version": ["1", "1"]}
    assert "已签发 2 个数" in signer.post(address(education, "sign_period"), versions, follow=True).content.decode()
    assert set(Report.objects.values_list("state", flat=True)) == {"signed"}
    again = signer.post(address(education, "sign_period"), versions)
    assert again.status_code == 422


def test_the_verifier_returns_one_figure_with_a_reason_and_confirms_the_other(education: Subject) -> None:
    fill_in_everything(education)
    versions = {"metric": [PLACES, "校园安全"], "version": ["1", "1"]}
    entered(signer_of(EDUCATION)).post(address(education, "sign_period"), versions)
    places = Report.objects.get(metric__key=PLACES)
    verifier = entered(verifier_of(STATISTICS))
    assert "900" in verifier.get(reverse("desk:verify")).content.decode()
    data = {f"verdict-{places.pk}": "return", f"version-{places.pk}": places.version, f"body-{places.pk}": STATISTICS}
    refused = verifier.post(reverse("desk:decide_reports"), data)
    assert refused.status_code == 422
    told = verifier.post(reverse("desk:decide_reports"), {**data, f"reason-{places.pk}": "少一所学校"}, follow=True)
    assert "退回 1 个数" in told.content.decode()
    shown = entered(reporter_of(EDUCATION)).get(address(education)).content.decode()
    assert "少一所学校" in shown


def test_another_unit_and_another_role_are_shown_the_door(education: Subject) -> None:
    assert entered(reporter_of(FINANCE)).get(address(education)).status_code == 403
    assert entered(signer_of(EDUCATION)).get(reverse("desk:verify")).status_code == 403
    assert Client().get(address(education)).status_code == 302


def test_today_names_the_work_with_its_day(education: Subject) -> None:
    shown = entered(reporter_of(EDUCATION)).get(reverse("desk:today")).content.decode()
    assert "填报" in shown
    assert "2025-04-1" in shown


def test_a_workbook_goes_out_is_filled_shown_and_taken_whole(education: Subject) -> None:
    client = entered(reporter_of(EDUCATION))
    made = client.post(address(education, "make_workbook"))
    assert made["Content-Type"].endswith("sheet")
    filled = typed(made.content, H4="有数字", I4=950)
    shown = client.post(address(education, "workbook"), {"file": SimpleUploadedFile("填报.xlsx", filled)})
    words = shown.content.decode()
    assert "会改 1 个数" in words, words
    assert not Report.objects.exists()
    sent = re.search(r'name="take" value="([^"]+)"', words)
    assert sent
    told = client.post(address(education, "workbook"), {"take": sent[1], "name": "填报.xlsx"}, follow=True).content.decode()
    assert "改了 1 个数" in told
    assert Report.objects.get().value == 950


def test_a_file_that_is_no_workbook_of_ours_is_refused(education: Subject) -> None:
    client = entered(reporter_of(EDUCATION))
    for data in (b"", b"not a workbook", b"PK\x03\x04broken"):
        answer = client.post(address(education, "workbook"), {"file": SimpleUploadedFile("x.xlsx", data)})
        assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_verifier_sees_target_last_period_and_earlier_versions_beside_the_figure(education: Subject) -> None:
    sent(education)
    report = Report.objects.get(metric__key=PLACES)
    places = {"metric": report.metric, "subject": education, "reported_by": "tianbao-education", "reported_at": AFTER_Q1}
    earlier = {"period_start": date(2024, 10, 1), "period_end": date(2024, 12, 31), "answer": "value", "value": 700}
    Report.objects.create(state="verified", **places, **earlier)
    wrong = {"period_start": report.period_start, "period_end": Q1, "answer": "value", "value": 9000}
    Report.objects.create(state="superseded", returned_reason="多一个零", **places, **wrong)
    words = plain_text(entered(verifier_of(STATISTICS)).get(reverse("desk:verify")).content.decode())
    assert "目标 ≥ 3,200 个" in words
    assert "上期 700" in words
    assert "对照目标 28.1% 按期推进" in words
    assert "9,000 多一个零" in words


def test_verifier_and_reporter_see_the_target_that_the_leading_group_approved(education: Subject) -> None:
    asked = {"criterion": "edu_1", "new_value": 9000, "old_value": 3200, "unit": "个", "starts_on": date(2025, 2, 1)}
    Amendment.objects.create(
        subject=education, state="approved", proposed_at=AFTER_Q1, decided_at=AFTER_Q1, reason="并校", **asked
    )
    sheet = entered(reporter_of(EDUCATION)).get(address(education), {"item": owing(education, PLACES)})
    assert "目标 ≥ 9,000 个。年中调整过。" in plain_text(sheet.content.decode())
    sent(education)
    words = plain_text(entered(verifier_of(STATISTICS)).get(reverse("desk:verify")).content.decode())
    assert "目标 ≥ 9,000 个 年中调整过" in words
    assert "对照目标 10.0% 滞后" in words


def test_what_waits_is_put_together_once_for_the_rail_and_the_day(open_cycle: Cycle, leading_group: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        entered(leading_group).get(reverse("desk:today"))
    assert len([one for one in asked if "assessments_appeal" in one["sql"]]) == 1


def sent(education: Subject) -> None:
    fill_in_everything(education)
    versions = {"metric": [PLACES, "校园安全"], "version": ["1", "1"]}
    entered(signer_of(EDUCATION)).post(address(education, "sign_period"), versions)


def plain_text(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).replace(" 。", "。")
