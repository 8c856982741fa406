"""What an attacker, or a person in the wrong office, tries on the desk's pages of a year: refused in words, nothing shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Appeal, Cycle, DailyRecord, Notice, Rectification
from taizhang.apps.assessments.notices.noticing import draft_notice
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, HEBIN, PLACES, Q2, STATISTICS, reporter_of, verifier_of
from tests.assessment_results import figure_of, recorded, scored, subject_row
from tests.web.desk.test_year import address, entered

IN_JULY = datetime(2025, 7, 10, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_july() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=IN_JULY):
        yield


def of_hebin() -> Client:
    return entered(person("hb", "tier_office", body=HEBIN))


@pytest.mark.parametrize("page", ["daily", "judging"])
def test_a_districts_office_does_not_read_the_citys_records(open_cycle: Cycle, page: str) -> None:
    DailyRecord.objects.create(
        cycle=open_cycle, subject=subject_row(open_cycle, FINANCE), source="spot_check", kind="blame", note="尚未核实的线索",
        happened_on=date(2025, 6, 1), recorded_by="kaohe", recorded_at=IN_JULY,
    )  # fmt: skip
    found = of_hebin().get(address(open_cycle, page))
    assert found.status_code == 403
    assert "尚未核实的线索" not in found.content.decode()


def test_a_districts_office_refused_in_the_citys_year_sees_none_of_it(open_cycle: Cycle, office: User) -> None:
    row = DailyRecord.objects.create(
        cycle=open_cycle, subject=subject_row(open_cycle, FINANCE), source="spot_check", kind="blame", note="尚未核实的线索",
        happened_on=date(2025, 6, 1), recorded_by="kaohe", recorded_at=IN_JULY,
    )  # fmt: skip
    found = of_hebin().post(address(open_cycle, "withdraw_daily", row.pk), {"reason": "无"})
    assert found.status_code == 403
    assert "尚未核实的线索" not in found.content.decode()
    row.refresh_from_db()
    assert row.state == "recorded"


def test_a_draft_notice_is_read_by_those_who_write_and_sign_it_only(open_cycle: Cycle, office: User) -> None:
    run = scored(open_cycle, Q2, IN_JULY)
    draft: Notice = draft_notice(
        by=office, at=IN_JULY, run=run.pk, kind="quarterly", period_start=date(2025, 4, 1), period_end=Q2
    )
    for user in (reporter_of(EDUCATION), verifier_of(STATISTICS), person("bianji", "editor")):
        client = entered(user)
        assert draft.title not in client.get(address(open_cycle, "notices")).content.decode()
        assert client.get(address(open_cycle, "notice", draft.pk)).status_code == 404
        assert client.get(address(open_cycle, "notice_file", draft.pk)).status_code == 404
    for user in (office, person("lingdao", "leading_group")):
        client = entered(user)
        assert draft.title in client.get(address(open_cycle, "notices")).content.decode()
        assert client.get(address(open_cycle, "notice_file", draft.pk)).status_code == 200


def test_the_claim_of_an_appeal_is_read_by_the_unit_the_office_and_who_decides(open_cycle: Cycle, office: User) -> None:
    Appeal.objects.create(
        cycle=open_cycle, subject=subject_row(open_cycle, EDUCATION), criterion="edu_1", claim="漏计了城南小学",
        filed_by="qianfa", filed_at=IN_JULY, file_by=date(2025, 7, 20), decide_by=date(2025, 7, 30),
    )  # fmt: skip
    Rectification.objects.create(
        cycle=open_cycle, subject=subject_row(open_cycle, EDUCATION), origin="record:1", problem="超期未办", opened_by="kaohe",
        opened_at=IN_JULY,
    )  # fmt: skip
    readers = {
        office: True, person("lingdao", "leading_group"): True, person("shenji", "auditor"): True, reporter_of(EDUCATION): True,
        person("bianji", "editor"): False, reporter_of(FINANCE): False, person("hb", "tier_office", body=HEBIN): False,
    }  # fmt: skip
    for user, may in readers.items():
        words = entered(user).get(address(open_cycle, "follow_up")).content.decode()
        assert ("漏计了城南小学" in words) is may, user.username


@pytest.mark.parametrize("points", ["NaN", "sNaN", "Infinity", "1e999999", "1e-999999", "9" * 5000])
def test_a_figure_in_a_form_that_is_no_figure_breaks_no_page(open_cycle: Cycle, office: User, points: str) -> None:
    client = entered(office)
    data = {
        "subject": subject_row(open_cycle, EDUCATION).pk, "kind": "blame", "source": "spot_check", "happened_on": "2025-06-12",
        "note": "抽查", "points": points,
    }  # fmt: skip
    assert client.post(address(open_cycle, "add_daily"), data).status_code in (302, 422)
    Appeal.objects.create(
        cycle=open_cycle, subject=subject_row(open_cycle, EDUCATION), criterion="edu_1", claim="漏计", filed_by="q",
        filed_at=IN_JULY, file_by=date(2025, 7, 20), decide_by=date(2025, 7, 30),
    )  # fmt: skip
    run = scored(open_cycle, Q2, IN_JULY)
    run.state = "approved"
    run.save()
    asked = {"try": points, "appeal": Appeal.objects.get().pk}
    assert client.get(address(open_cycle, "follow_up"), asked).status_code == 200
    data = {"subject": subject_row(open_cycle, EDUCATION).pk, "criterion": "edu_1", "kind": "value", "value": points,
            "reason": "口径", "clause": "文"}  # fmt: skip
    assert client.post(address(open_cycle, "decide_missing"), data).status_code == 422


@pytest.mark.parametrize("value", ["999999999", "1e300", "1e-300", "-5"])
def test_supposing_a_case_ever_so_often_keeps_the_server_alive(open_cycle: Cycle, office: User, value: str) -> None:
    run = scored(open_cycle, Q2, IN_JULY)
    pk = subject_row(open_cycle, EDUCATION).pk
    lines = [
        f"case|{pk}|blame||{value}",
        f"figure|{pk}|edu_1||{value}",
        f"weight|{pk}|edu_1||{value}",
        f"target|{pk}|edu_1||{value}",
    ]
    client = entered(office)
    for line in lines:
        assert client.get(address(open_cycle, "trying", run.pk), {"s": line}).status_code == 200


def test_a_verdict_with_an_odd_key_breaks_no_page(open_cycle: Cycle) -> None:
    row = figure_of(open_cycle, EDUCATION, PLACES, "900", state="signed")
    client = entered(verifier_of(STATISTICS))
    data = {f"verdict-00{row.pk}": "confirm", f"body-{row.pk}": STATISTICS, "verdict-²": "confirm", "verdict-": "return"}
    assert client.post(reverse("desk:decide_reports"), data).status_code == 422


def test_words_in_a_form_with_files_hold_no_zero_byte(open_cycle: Cycle, office: User) -> None:
    data = {
        "subject": subject_row(open_cycle, EDUCATION).pk, "kind": "blame", "source": "spot_check", "happened_on": "2025-06-12",
        "note": "抽\0查",
    }  # fmt: skip
    assert entered(office).post(address(open_cycle, "add_daily"), data).status_code in (400, 422)
    assert recorded(open_cycle, office, note="抽查").note == "抽查"
