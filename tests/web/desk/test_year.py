"""The office's year on the desk: daily records, scoring, results put forward, reviewed, approved; nobody does two parts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Cycle, DailyRecord, Run
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, reporter_of
from tests.web.desk.entering import entered

IN_JULY = datetime(2025, 7, 10, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_july() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=IN_JULY):
        yield


def address(cycle: Cycle, name: str, *more: int) -> str:
    return reverse(f"desk:{name}", args=[cycle.slug, *more])


def recorded(client: Client, cycle: Cycle, **changed: object) -> str:
    subject = cycle.subjects.get(ident=EDUCATION)
    data = {
        "subject": subject.pk,
        "kind": "blame",
        "source": "spot_check",
        "happened_on": "2025-06-12",
        "note": "抽查三所学校",
        **changed,
    }
    return client.post(address(cycle, "add_daily"), data, follow=True).content.decode()


def test_a_record_needs_a_file_and_another_person_before_it_counts(open_cycle: Cycle, office: User) -> None:
    first, second = entered(office), entered(person("kaohe2", "assessment_office"))
    file = SimpleUploadedFile("抽查.csv", "学校,结果\n一小,不合格\n".encode())
    assert "另一个人确认后才算" in recorded(first, open_cycle, file=file, place="第 2 行")
    row = DailyRecord.objects.get()
    assert "抽查.csv" in first.get(address(open_cycle, "daily")).content.decode()
    assert first.post(address(open_cycle, "confirm_daily", row.pk)).status_code == 422
    assert "已确认" in second.post(address(open_cycle, "confirm_daily", row.pk), follow=True).content.decode()
    assert DailyRecord.objects.get().state == "confirmed"
    assert second.post(address(open_cycle, "confirm_daily", row.pk)).status_code == 422


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"note": " "}, "情况"),
        ({"happened_on": "2025-12-01"}, "2025"),
        ({"happened_on": "六月"}, "哪一天"),
        ({"kind": "nothing"}, "nothing"),
        ({"points": "-99"}, "-99"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_is_refused_and_what_was_written_stays(
    open_cycle: Cycle, office: User, changed: dict[str, object], told: str
) -> None:
    words = recorded(entered(office), open_cycle, **changed)
    assert "没有办成" in words
    assert told in words
    assert not DailyRecord.objects.exists()


def test_scoring_shows_what_is_undetermined_first_and_says_provisional(open_cycle: Cycle, office: User) -> None:
    client = entered(office)
    words = client.post(address(open_cycle, "score"), {"as_at": "2025-06-30"}, follow=True).content.decode()
    assert "试算" in words
    assert "市教育局" in words
    assert "不能审定" in words
    assert Run.objects.get().state == "provisional"
    again = client.post(address(open_cycle, "score"), {"as_at": "2025-06-30"}, follow=True)
    assert again.status_code == 200
    assert Run.objects.count() == 1


def test_a_day_to_come_and_no_day_are_refused(open_cycle: Cycle, office: User) -> None:
    for day in ("2025-12-31", "", "昨天"):
        assert entered(office).post(address(open_cycle, "score"), {"as_at": day}).status_code == 422
    assert not Run.objects.exists()


def test_steps_are_taken_in_order_and_results_wait_for_the_year(open_cycle: Cycle, office: User, leading_group: User) -> None:
    client = entered(office)
    assert client.post(address(open_cycle, "step"), {"step": "on_site", "reference": "x"}).status_code == 422
    words = client.post(address(open_cycle, "step"), {"step": "rules_issued", "reference": "岭考〔2025〕1号"}, follow=True)
    assert "岭考〔2025〕1号" in words.content.decode()
    client.post(address(open_cycle, "score"), {"as_at": "2025-06-30"})
    run = Run.objects.get()
    assert client.post(address(open_cycle, "propose"), {"run": run.pk}).status_code == 422
    assert entered(leading_group).post(address(open_cycle, "approve"), {"run": run.pk}).status_code == 422
    assert client.post(address(open_cycle, "approve"), {"run": run.pk}).status_code == 403


def test_the_pages_of_a_year_open_for_those_who_run_it(open_cycle: Cycle, office: User, leading_group: User) -> None:
    for user in (office, leading_group):
        client = entered(user)
        for name in ("year", "scores", "results"):
            assert client.get(address(open_cycle, name)).status_code == 200
        assert "2025年责任目标" in client.get(reverse("desk:years")).content.decode()
    assert entered(reporter_of(EDUCATION)).get(address(open_cycle, "daily")).status_code == 403


def test_the_rail_counts_what_waits_and_asks_no_more_when_more_waits(
    open_cycle: Cycle, office: User, django_assert_max_num_queries: Any
) -> None:
    first, second = entered(office), entered(person("kaohe2", "assessment_office"))
    for day in ("2025-06-10", "2025-06-11", "2025-06-12"):
        recorded(first, open_cycle, happened_on=day)
    years = reverse("desk:years")
    with django_assert_max_num_queries(40):
        words = second.get(reverse("desk:schemes")).content.decode()
    # A year to be scored waits for both, the records for who did not write them.
    counted = rf'href="{years}">考核年度<span class="num"><span class="vh">，</span>%d<'
    assert re.search(counted % 2, words)
    assert re.search(counted % 1, first.get(reverse("desk:schemes")).content.decode())
    unit = entered(reporter_of(EDUCATION))
    assert "待填报" in unit.get(reverse("desk:today")).content.decode()
