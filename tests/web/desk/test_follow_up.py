"""What comes of scores, on the desk: a notice signed by another, half a point won, a problem put right."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Appeal, Cycle, Notice, Rectification
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, reporter_of, signer_of
from tests.assessment_results import confirmed, published_year, scored, subject_row
from tests.web.desk.entering import entered

WHEN = datetime(2026, 2, 9, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_february() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=WHEN):
        yield


@pytest.fixture
def published(whole_year: Cycle) -> Cycle:
    published_year(whole_year)
    return whole_year


def address(cycle: Cycle, name: str, *more: int) -> str:
    return reverse(f"desk:{name}", args=[cycle.slug, *more])


def drafted(cycle: Cycle, office: User) -> tuple[Client, Notice]:
    client, run = entered(office), scored(cycle, date(2025, 9, 30), WHEN)
    data = {"run": run.pk, "kind": "quarterly", "start": "2025-07-01", "end": "2025-09-30"}
    words = client.post(address(cycle, "draft_notice"), data, follow=True).content.decode()
    assert "起草人不可签发" in words or "改文字" in words
    return client, Notice.objects.get()


def test_a_notice_is_drafted_edited_signed_by_another_and_its_file_opens(whole_year: Cycle, office: User) -> None:
    client, notice = drafted(whole_year, office)
    page = client.get(address(whole_year, "notice", notice.pk)).content.decode()
    token = re.search(r"【[^【】@]*@score:\d+】", page)
    assert token
    data = {"title": "三季度通报", "addressees": "各单位", "more": f"其中一家得{token[0]}分。"}
    client.post(address(whole_year, "edit_notice", notice.pk), data)
    notice.refresh_from_db()
    assert notice.title == "三季度通报"
    assert notice.content["blocks"][-1]["runs"][1]["record"].startswith("score:")
    own = client.post(address(whole_year, "issue_notice", notice.pk), {"number": "岭考通〔2026〕3号"})
    assert own.status_code == 422
    other = entered(person("zhuren", "assessment_office"))
    told = other.post(address(whole_year, "issue_notice", notice.pk), {"number": "岭考通〔2026〕3号"}, follow=True)
    assert "岭考通〔2026〕3号" in told.content.decode()
    file = client.get(address(whole_year, "notice_file", notice.pk))
    assert file.content[:2] == b"PK"
    assert "wordprocessingml" in file["Content-Type"]


def test_a_figure_typed_by_hand_is_refused_and_the_words_stay_in_the_form(whole_year: Cycle, office: User) -> None:
    client, notice = drafted(whole_year, office)
    data = {"title": notice.title, "addressees": "各单位", "more": "完成率达到97.5，领先全省。"}
    answer = client.post(address(whole_year, "edit_notice", notice.pk), data)
    assert answer.status_code == 422
    assert "完成率达到97.5" in answer.content.decode()
    assert "97.5" not in str(Notice.objects.get().content)


def test_a_draft_is_not_shown_to_the_public(whole_year: Cycle, office: User) -> None:
    _client, notice = drafted(whole_year, office)
    assert Client().get(reverse("portal:notice", args=[notice.pk])).status_code == 404


def test_a_unit_contests_the_leading_group_tries_half_a_point_and_decides(published: Cycle) -> None:
    unit = entered(signer_of(EDUCATION))
    assert "提出申诉" in unit.get(address(published, "follow_up")).content.decode()
    data = {"subject": subject_row(published, EDUCATION).pk, "criterion": "edu_1", "claim": "有一所学校漏计"}
    assert "申诉已提交" in unit.post(address(published, "contest"), data, follow=True).content.decode()
    appeal = Appeal.objects.get()
    leader = entered(person("lingdao-2", "leading_group"))
    tried = leader.get(address(published, "follow_up"), {"appeal": appeal.pk, "try": "0.5"}).content.decode()
    assert "770.50" in tried
    assert Appeal.objects.get().state == "filed"
    bad = {"outcome": "upheld", "points": "半分", "reason": "属实"}
    assert leader.post(address(published, "decide_appeal", appeal.pk), bad).status_code == 422
    told = leader.post(address(published, "decide_appeal", appeal.pk), {**bad, "points": "0.5"}, follow=True)
    assert "全部采纳" in told.content.decode()
    assert "有一所学校漏计" not in entered(signer_of(FINANCE)).get(address(published, "follow_up")).content.decode()


def test_another_unit_cannot_contest_for_it(published: Cycle) -> None:
    data = {"subject": subject_row(published, EDUCATION).pk, "criterion": "edu_1", "claim": "不服"}
    assert entered(signer_of(FINANCE)).post(address(published, "contest"), data).status_code in (403, 422)
    assert not Appeal.objects.exists()


def test_a_problem_is_handed_over_planned_put_right_and_closed_by_another(published: Cycle, office: User) -> None:
    notice = _issued(published, office)
    chief = entered(office)
    data = {"subject": subject_row(published, EDUCATION).pk, "origin": f"notice:{notice.pk}", "text": "学位台账不全"}
    assert "整改已交办" in chief.post(address(published, "begin_rectification"), data, follow=True).content.decode()
    row = Rectification.objects.get()
    unit = entered(reporter_of(EDUCATION))
    assert "学位台账不全" in unit.get(address(published, "follow_up")).content.decode()
    for step, words in (("plan", "逐校核对"), ("report", "已补全")):
        answer = unit.post(address(published, f"{step}_rectification", row.pk), {"text": words}, follow=True)
        assert words in answer.content.decode()
    assert unit.post(address(published, "verify_rectification", row.pk), {"done": "1"}).status_code == 403
    back = chief.post(address(published, "verify_rectification", row.pk), {"done": "0"})
    assert back.status_code == 422
    assert "已销号" in chief.post(address(published, "verify_rectification", row.pk), {"done": "1"}, follow=True).content.decode()
    assert Rectification.objects.get().state == "verified"


def _issued(cycle: Cycle, office: User) -> Notice:
    run = cycle.runs.first()
    data = {"run": run.pk, "kind": "result", "start": "2025-01-01", "end": "2025-12-31"}
    entered(office).post(address(cycle, "draft_notice"), data)
    notice: Notice = Notice.objects.get()
    entered(person("zhuren", "assessment_office")).post(
        address(cycle, "issue_notice", notice.pk), {"number": "岭考通〔2026〕4号"}
    )
    notice.refresh_from_db()
    assert notice.state == "issued"
    return notice


def test_a_day_that_is_none_is_said_beside_the_form_and_nothing_is_opened(whole_year: Cycle, office: User) -> None:
    published = whole_year
    origin = f"record:{confirmed(published, office, person('fuhe', 'assessment_office')).pk}"
    published_year(published)
    client, data = entered(office), {"subject": subject_row(published, FINANCE).pk, "origin": origin, "text": "专户没有销"}
    answer = client.post(address(published, "begin_rectification"), {**data, "due_on": "三月底"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "“三月底”不是日期" in words
    assert "专户没有销" in words, "what was filled in stays"
    assert Rectification.objects.count() == 0
    past = client.post(address(published, "begin_rectification"), {**data, "due_on": "2026-01-05"})
    assert "整改期限不能早于今天" in past.content.decode()
    client.post(address(published, "begin_rectification"), {**data, "due_on": ""})
    row = Rectification.objects.get()
    unit = entered(reporter_of(FINANCE))
    refused = unit.post(address(published, "plan_rectification", row.pk), {"text": "三月销户", "due_on": "2026-13-40"})
    assert refused.status_code == 422
    assert "三月销户" in refused.content.decode()
    row.refresh_from_db()
    assert row.state == "open"
