"""Judged items and gaps on the desk: two scorers with a file, a third where they differ, a decision in place of a figure nobody has."""

from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Cell, Cycle, Decision, Evidence, Judgement
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, STATISTICS, reporter_of
from tests.assessment_results import FIGURES, report_all, scored, subject_row

WHEN = datetime(2026, 2, 9, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_february() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=WHEN):
        yield


def scorer(name: str) -> Client:
    client = Client()
    client.force_login(person(name, "assessment_office"))
    return client


def address(cycle: Cycle, name: str, *more: int) -> str:
    return reverse(f"desk:{name}", args=[cycle.slug, *more])


def says(client: Client, cycle: Cycle, stage: str, **more: object) -> tuple[int, str]:
    subject = subject_row(cycle, EDUCATION)
    data = {
        "subject": subject.pk, "criterion": "edu_3", "owing": subject.owings.get(criterion="edu_3").pk, "stage": stage,
        "end": "2025-12-31", "reason": "查了台账", **more,
    }  # fmt: skip
    answer = client.post(address(cycle, "voice"), data, follow=True)
    return answer.status_code, answer.content.decode()


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("整治台账.csv", "学校,结果\n一小,合格\n".encode())


def test_two_scorers_who_agree_settle_an_item_with_a_file_behind_it(open_cycle: Cycle) -> None:
    first, second = scorer("pingfen-1"), scorer("pingfen-2")
    assert says(first, open_cycle, "完成")[0] == 422, "nothing is judged without a file"
    assert "两人一致才算" in says(first, open_cycle, "完成", file=paper(), place="第 2 行")[1]
    assert (
        "整治台账.csv"
        in second.get(address(open_cycle, "judging"), {"subject": subject_row(open_cycle, EDUCATION).pk}).content.decode()
    )
    assert says(first, open_cycle, "完成")[0] == 422
    assert "两人一致才算" in says(second, open_cycle, "完成")[1]
    assert says(scorer("pingfen-3"), open_cycle, "完成")[0] == 422
    assert Judgement.objects.count() == 2
    assert Cell.objects.get(score__run=scored(open_cycle, WHEN.date(), WHEN), criterion="edu_3").low == 300


def test_where_two_differ_a_third_decides_with_a_reason_and_none_of_the_two(open_cycle: Cycle) -> None:
    first, second, third = (scorer(f"pingfen-{n}") for n in (1, 2, 3))
    says(first, open_cycle, "推进中", file=paper(), place="第 2 行")
    says(second, open_cycle, "完成")
    page = third.get(address(open_cycle, "judging")).content.decode()
    assert "两人意见不同" in page
    assert "pingfen-1：推进中" in page
    assert says(second, open_cycle, "完成", decides="1")[0] == 422
    assert says(third, open_cycle, "完成", decides="1", reason=" ")[0] == 422
    assert "已裁定" in says(third, open_cycle, "完成", decides="1", reason="验收报告齐全")[1]
    assert "两人意见不同" not in third.get(address(open_cycle, "judging")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"end": "年底"}, {"end": "2026-12-31"}, {"stage": "差不多"}, {"criterion": "edu_1"}, {"subject": "x"}, {"reason": ""}],
)
def test_a_voice_that_cannot_be_is_refused_and_leaves_nothing(open_cycle: Cycle, wrong: dict[str, str]) -> None:
    client = scorer("pingfen-1")
    status, words = says(
        client, open_cycle, wrong.get("stage", "完成"), **{key: value for key, value in wrong.items() if key != "stage"}
    )
    assert status == 422
    assert "没有办成" in words
    assert not Judgement.objects.exists()
    assert not Evidence.objects.exists()


def test_a_unit_does_not_judge(open_cycle: Cycle) -> None:
    client = Client()
    client.force_login(reporter_of(EDUCATION))
    assert says(client, open_cycle, "完成")[0] == 403


@pytest.fixture
def one_gap(open_cycle: Cycle) -> Cycle:
    report_all(open_cycle, {key: value for key, value in FIGURES.items() if key[0] != STATISTICS})
    scored(open_cycle)
    return open_cycle


def decided(client: Client, cycle: Cycle, **changed: str) -> tuple[int, str]:
    data = {
        "subject": str(subject_row(cycle, STATISTICS).pk), "criterion": "sta_1", "kind": "value", "value": "11.4",
        "reason": "年报口径未定，按快报数", "clause": "岭统〔2026〕3号", "stage": "", **changed,
    }  # fmt: skip
    answer = client.post(address(cycle, "decide_missing"), data, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_figure_nobody_has_is_decided_with_reason_and_clause_and_taken_back(one_gap: Cycle, office: User) -> None:
    client = scorer(office.username)
    counted = client.get(address(one_gap, "judging")).content.decode()
    unit = subject_row(one_gap, STATISTICS)
    assert f'href="?subject={unit.pk}" lang="zh-CN">市统计局' in counted
    assert "市统计局：粮食总产量12万吨" in client.get(address(one_gap, "judging"), {"subject": unit.pk}).content.decode()
    assert "决定已记入台账" in decided(client, one_gap)[1]
    assert decided(client, one_gap)[0] == 422
    assert Cell.objects.get(score__run=scored(one_gap, WHEN.date(), WHEN), criterion="sta_1").low == 760
    row = Decision.objects.get()
    assert client.post(address(one_gap, "withdraw_decision", row.pk), {"reason": ""}).status_code == 422
    words = client.post(address(one_gap, "withdraw_decision", row.pk), {"reason": "年报已出"}, follow=True).content.decode()
    assert "决定已撤回" in words
    assert client.post(address(one_gap, "withdraw_decision", row.pk), {"reason": "年报已出"}).status_code == 422
    assert Cell.objects.get(score__run=scored(one_gap, WHEN.date(), WHEN), criterion="sta_1").low != 760


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"clause": ""}, {"kind": "nothing"}, {"value": "约11"}, {"criterion": "edu_1"}, {"subject": ""}]
)
def test_a_decision_without_ground_is_refused_and_what_was_written_stays(
    one_gap: Cycle, office: User, wrong: dict[str, str]
) -> None:
    status, words = decided(scorer(office.username), one_gap, **wrong)
    assert status == 422
    assert "没有办成" in words
    if not wrong.keys() & {"reason", "criterion", "subject"}:
        assert "按快报数" in words
    assert not Decision.objects.exists()
