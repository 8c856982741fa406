"""A target changed in mid-year on the desk: asked for by the unit in time, decided by the leading group, both versions shown."""

from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Amendment, Cycle
from tests.apps_fixtures import person
from tests.assessment_fixtures import FINANCE, STATISTICS, reporter_of, signer_of
from tests.assessment_results import subject_row
from tests.web.desk.entering import entered

IN_AUTUMN = datetime(2025, 9, 1, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_autumn() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=IN_AUTUMN):
        yield


def address(cycle: Cycle, name: str, *more: int) -> str:
    return reverse(f"desk:{name}", args=[cycle.slug, *more])


def asked(client: Client, cycle: Cycle, **changed: str) -> tuple[int, str]:
    data = {
        "subject": str(subject_row(cycle, STATISTICS).pk), "criterion": "sta_1", "value": "10", "starts_on": "2025-07-01",
        "reason": "夏季洪涝，绝收三成", "reference": "岭政文〔2025〕30号", **changed,
    }  # fmt: skip
    answer = client.post(address(cycle, "request_amendment"), data, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_unit_asks_the_leading_group_approves_and_both_targets_are_shown(open_cycle: Cycle, leading_group: User) -> None:
    unit, leader = entered(signer_of(STATISTICS)), entered(leading_group)
    assert "申请调整" in unit.get(address(open_cycle, "amendments")).content.decode()
    assert "批准以前照原目标计" in asked(unit, open_cycle)[1]
    row = Amendment.objects.get()
    assert unit.post(address(open_cycle, "decide_amendment", row.pk), {"approved": "1", "reason": "好"}).status_code == 403
    assert leader.post(address(open_cycle, "decide_amendment", row.pk), {"approved": "1", "reason": " "}).status_code == 422
    told = leader.post(address(open_cycle, "decide_amendment", row.pk), {"approved": "1", "reason": "情况属实"}, follow=True)
    words = told.content.decode()
    assert "从起算日起按新目标计" in words
    assert "<del>12</del> → <ins>10</ins>" in words
    again = leader.post(address(open_cycle, "decide_amendment", row.pk), {"approved": "0", "reason": "再议"})
    assert again.status_code == 422
    assert "lingdao" in again.content.decode()


def test_what_is_not_approved_leaves_the_target_and_says_so(open_cycle: Cycle, leading_group: User) -> None:
    asked(entered(signer_of(STATISTICS)), open_cycle)
    row = Amendment.objects.get()
    data = {"approved": "0", "reason": "损失不大"}
    words = entered(leading_group).post(address(open_cycle, "decide_amendment", row.pk), data, follow=True).content.decode()
    assert "照原目标计" in words
    assert Amendment.objects.get().state == "refused"


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "十"}, {"value": ""}, {"starts_on": "七月"}, {"starts_on": "2024-01-01"}, {"reason": " "}, {"criterion": "edu_1"},
        {"criterion": ""}, {"value": "12"},
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_is_refused_and_what_was_written_stays(open_cycle: Cycle, wrong: dict[str, str]) -> None:
    status, words = asked(entered(signer_of(STATISTICS)), open_cycle, **wrong)
    assert status == 422
    assert "没有办成" in words
    if "reason" not in wrong:
        assert "夏季洪涝" in words
    assert not Amendment.objects.exists()


def test_nobody_asks_for_another_unit_and_no_unit_after_the_cut_off(open_cycle: Cycle) -> None:
    assert asked(entered(signer_of(FINANCE)), open_cycle)[0] == 422
    assert asked(entered(reporter_of(STATISTICS)), open_cycle, subject="999999")[0] == 404
    assert asked(entered(person("kaohe", "assessment_office")), open_cycle)[0] == 403
    with patch("django.utils.timezone.now", return_value=datetime(2025, 10, 9, 1, tzinfo=UTC)):
        unit = entered(signer_of(STATISTICS))
        assert "申请调整" not in unit.get(address(open_cycle, "amendments")).content.decode()
        assert asked(unit, open_cycle)[0] == 422
    assert not Amendment.objects.exists()
