"""Names of bodies on the desk: found, proposed with what says so, confirmed by a colleague who sees it on their day."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.organisations.models import Body, ProposedName
from tests.web.desk.entering import entered

pytestmark = pytest.mark.django_db
FACTS = {
    "body": "finance", "text": "崤陵市财政和税务局", "form": "full", "start": "2025-03-01", "ends_others": "1", "reason": "机构改革",
    "cited_document": "崤政〔2025〕9号", "cited_words": "更名为崤陵市财政和税务局",
}  # fmt: skip


def read(client: Client, name: str, **query: str) -> str:
    answer = client.get(reverse(f"desk:{name}"), query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def send(client: Client, name: str, facts: dict[str, Any]) -> Any:
    return client.post(reverse(f"desk:{name}"), facts, follow=True)


def test_a_name_goes_from_one_desk_to_the_other_and_on_record(editor: User, reviewer: User, proposed: Edition) -> None:
    mine, colleague = entered(editor), entered(reviewer)
    assert "提出新名称" in read(mine, "body_names", q="崤陵市财政局")
    assert "等第二个人确认" in send(mine, "propose_name", FACTS).content.decode()
    assert "你提出的" not in read(colleague, "body_names")
    assert "确认机构名称" in read(colleague, "today")
    waiting = ProposedName.objects.get()
    answer = send(colleague, "confirm_name", {"name": waiting.pk}).content.decode()
    assert "以后读公报照此认" in answer
    assert "2025年2月28日" in answer, "the older name ends the day before"
    assert "确认机构名称" not in read(colleague, "today")


def test_what_is_refused_comes_back_with_what_was_filled_in(editor: User, proposed: Edition) -> None:
    client = entered(editor)
    for wrong, told in (({"start": "三月"}, "不是日期"), ({"reason": ""}, "没有写理由"), ({"start": ""}, "从哪天起")):
        answer = client.post(reverse("desk:propose_name"), FACTS | wrong)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert 'value="崤陵市财政和税务局"' in answer.content.decode()
    assert ProposedName.objects.count() == 0


def test_a_colleague_declines_with_a_reason(editor: User, reviewer: User, proposed: Edition) -> None:
    send(entered(editor), "propose_name", FACTS)
    waiting = ProposedName.objects.get()
    colleague = entered(reviewer)
    assert colleague.post(reverse("desk:decline_name"), {"name": waiting.pk}).status_code == 422
    assert "没有登记" in send(colleague, "decline_name", {"name": waiting.pk, "reason": "没有这份文件"}).content.decode()
    assert Body.objects.get(ident="finance").names.filter(text=FACTS["text"]).count() == 0


def test_how_often_a_name_is_printed_is_told_before_it_is_confirmed(editor: User, proposed: Edition) -> None:
    html = send(entered(editor), "propose_name", FACTS | {"text": "市财政局", "form": "alias"}).content.decode()
    printed = html.partition("公报里印过</dt>")[2][:60]
    assert "1 处" in printed
