"""What administrators and auditors do on the desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.ledger.chain import seal_pending
from taizhang.apps.ledger.models import Entry
from taizhang.apps.organisations.models import Body, Name
from tests.apps_fixtures import NOW, person

pytestmark = pytest.mark.django_db
PASSWORD = "qing-he-zhi-zhou-88"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(person("guanli", "administrator"))
    return client


@pytest.fixture
def auditor() -> Client:
    client = Client()
    client.force_login(person("shenji", "auditor"))
    return client


def words(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_an_account_is_made_given_a_role_and_closed(administrator: Client) -> None:
    administrator.post(reverse("desk:add"), {"username": "liuhe", "password": PASSWORD, "display_name": "柳禾"})
    user = User.objects.get(username="liuhe")
    administrator.post(reverse("desk:grant"), {"user": user.pk, "role": "editor"})
    assert user.may("gazettes.propose")
    administrator.post(reverse("desk:revoke"), {"user": user.pk, "role": "editor"})
    assert not User.objects.get(pk=user.pk).may("gazettes.propose")
    administrator.post(reverse("desk:close"), {"user": user.pk})
    assert not User.objects.get(pk=user.pk).is_active
    administrator.post(reverse("desk:open"), {"user": user.pk})
    assert User.objects.get(pk=user.pk).is_active


def test_a_refused_account_keeps_what_was_filled_in_but_never_the_password(administrator: Client) -> None:
    answer = administrator.post(reverse("desk:add"), {"username": "柳 禾", "password": PASSWORD, "display_name": "柳禾"})
    assert answer.status_code == 422
    assert 'value="柳 禾"' in words(answer)
    assert PASSWORD not in words(answer)


def test_an_administrator_cannot_help_themselves(administrator: Client) -> None:
    own = User.objects.get(username="guanli")
    answer = administrator.post(reverse("desk:grant"), {"user": own.pk, "role": "reviewer"})
    assert answer.status_code == 422
    assert "不能给自己加减岗位" in words(answer)


def test_roles_that_four_eyes_keep_apart_are_pointed_out(administrator: Client) -> None:
    person("both", "editor", "reviewer")
    assert "岗位互相牵制" in words(administrator.get(reverse("desk:people")))


def test_the_people_page_asks_the_database_a_fixed_number_of_times(
    administrator: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        person(f"user{n}", "editor")
    with django_assert_max_num_queries(12):
        administrator.get(reverse("desk:people"))


def test_an_auditor_finds_entries_by_operation_subject_person_and_day(adopted_specimen: Edition, auditor: Client) -> None:
    address = reverse("desk:ledger")
    shown = words(
        auditor.get(address, {"operation": "gazettes.adopt", "by": "shenhe", "first": "2025-04-01", "last": "2025-04-01"})
    )
    assert f"<code>edition:{adopted_specimen.pk}</code>" in shown
    for nothing in ({"by": "somebody"}, {"first": "2025-04-02"}, {"last": "2025-03-31"}, {"subject": "user:"}):
        assert "没有符合的记录" in words(auditor.get(address, nothing))


def test_a_day_that_is_none_is_told_and_not_used(adopted_specimen: Edition, auditor: Client) -> None:
    page = words(auditor.get(reverse("desk:ledger"), {"first": "昨天"}))
    assert "“昨天”不是日期" in page
    assert "gazettes.adopt" in page


def test_an_auditor_has_the_chain_checked(adopted_specimen: Edition, auditor: Client) -> None:
    seal_pending(at=NOW)
    address = reverse("desk:ledger")
    assert "完好" in words(auditor.get(address, {"verify": "1"}))
    Entry.objects.filter(operation="gazettes.adopt").update(by="somebody")
    assert "内容被改过" in words(auditor.get(address, {"verify": "1"}))


def test_older_entries_are_a_link_away_and_none_is_shown_twice(adopted_specimen: Edition, auditor: Client) -> None:
    template = Entry.objects.earliest("pk")
    Entry.objects.bulk_create(
        [Entry(at=template.at, by="x", operation="x.y", subject=f"n:{n}", digest="0" * 64) for n in range(60)]
    )
    first = words(auditor.get(reverse("desk:ledger"), {"operation": "x."}))
    assert "n:59<" in first
    assert "n:9<" not in first
    link = first.split('href="?operation=')[1].split('"')[0].replace("&amp;", "&")
    second = words(auditor.get(f"{reverse('desk:ledger')}?operation={link}"))
    assert "n:9<" in second
    assert "n:10<" not in second


def test_a_bound_role_names_its_body_as_people_call_it(administrator: Client) -> None:
    body = Body.objects.create(ident="forestry", kind="department")
    Name.objects.create(body=body, text="市林业局", form="full")
    person("linye", "reporter", body="forestry")
    assert "市林业局" in words(administrator.get(reverse("desk:people")))
