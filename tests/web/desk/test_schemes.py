"""Schemes on the desk: proposed from a pack file, another answer to what the text leaves open, approved by another, then a year."""

from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Cycle, Scheme
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.gazettes.models import Edition
from tests.apps_fixtures import SPECIMEN, person
from tests.web.desk.entering import entered

IN_APRIL = datetime(2025, 4, 8, 2, 0, tzinfo=UTC)
FILE = "openness-2025.toml"


@pytest.fixture(autouse=True)
def in_april() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=IN_APRIL):
        yield


@pytest.fixture
def office(adopted_specimen: Edition) -> User:
    return person("kaohe", "assessment_office")


@pytest.fixture
def group(office: User) -> User:
    return person("lingdao", "leading_group")


def sent(client: Client, data: bytes | None = None, name: str = FILE) -> str:
    file = SimpleUploadedFile(name, (SPECIMEN / "schemes" / FILE).read_bytes() if data is None else data)
    return client.post(reverse("desk:propose_scheme"), {"file": file}, follow=True).content.decode()


def act(client: Client, name: str, row: Scheme, **data: str) -> tuple[int, str]:
    answer = client.post(reverse(f"desk:{name}", args=[row.pk]), data, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_pack_file_becomes_a_proposal_that_the_leading_group_approves_and_the_office_begins(office: User, group: User) -> None:
    first, leader = entered(office), entered(group)
    assert "方案已提出，等领导小组审批" in sent(first)
    row = Scheme.objects.get()
    assert row.proposed_by == "kaohe"
    assert act(first, "approve_scheme", row)[0] == 403
    assert act(first, "open_year", row)[0] == 422
    assert "审批" in leader.get(reverse("desk:scheme", args=[row.pk])).content.decode()
    assert "方案和它的解释已批准" in act(leader, "approve_scheme", row)[1]
    assert act(leader, "approve_scheme", row)[0] == 422
    told = act(first, "open_year", row)[1]
    assert f"考核已开始，{Cycle.objects.get().subjects.count()} 个单位等签收" in told
    assert act(first, "open_year", row)[0] == 422
    assert Cycle.objects.count() == 1


def test_another_answer_to_what_the_text_leaves_open_is_a_new_version_with_its_reason(office: User, group: User) -> None:
    client = entered(office)
    sent(client)
    first = Scheme.objects.get()
    choice = next(one for one in scheme_of(first).choices if one.id == "openness-grade-gaps")
    other = "rounded"
    assert choice.value != other
    status, words = act(client, "answer_choice", first, choice=choice.id, value=other, answer="改用另一种", reason="")
    assert status == 422
    assert "改用另一种" in words
    _, words = act(client, "answer_choice", first, choice=choice.id, value=other, answer="改用另一种", reason="领导小组会议纪要")
    assert "新的版本已提出" in words
    second = Scheme.objects.exclude(pk=first.pk).get()
    assert next(one.value for one in scheme_of(second).choices if one.id == choice.id) == other
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "proposed")
    assert act(entered(group), "approve_scheme", first)[0] == 422


@pytest.mark.parametrize(("choice", "value"), [("nothing", "5"), ("", ""), (None, "没有这个选项")])
def test_an_answer_that_cannot_be_is_refused_by_name(office: User, choice: str | None, value: str) -> None:
    client = entered(office)
    sent(client)
    row = Scheme.objects.get()
    known = next(one.id for one in scheme_of(row).choices if one.options)
    status, words = act(
        client, "answer_choice", row, choice=known if choice is None else choice, value=value, answer="甲", reason="乙"
    )
    assert status == 422
    assert "没有办成" in words
    assert Scheme.objects.count() == 1


def test_a_scheme_sent_back_says_why_and_does_not_begin(office: User, group: User) -> None:
    sent(entered(office))
    row, leader = Scheme.objects.get(), entered(group)
    assert act(leader, "return_scheme", row, reason=" ")[0] == 422
    assert "方案已退回" in act(leader, "return_scheme", row, reason="分值再议")[1]
    assert "分值再议" in entered(office).get(reverse("desk:scheme", args=[row.pk])).content.decode()
    assert act(entered(office), "open_year", row)[0] == 422
    assert not Cycle.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00broken",
        b"a = [",
        b"title = '\xe5\x8f\xaa\xe6\x9c\x89\xe6\xa0\x87\xe9\xa2\x98'",
        b"x" * (1024 * 1024 + 1),
    ],
)
def test_a_file_that_is_no_scheme_is_refused_in_words(office: User, data: bytes) -> None:
    assert "没有办成" in sent(entered(office), data)
    assert not Scheme.objects.exists()


def test_who_is_not_of_the_office_proposes_nothing(office: User, group: User) -> None:
    assert "没有办成" not in sent(entered(group))
    assert entered(group).post(reverse("desk:propose_scheme"), {}).status_code == 403
    assert not Scheme.objects.exists()
