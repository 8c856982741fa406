"""Every address of the desk and every role: open to those who carry the permission, closed to the rest. Generated from the addresses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from taizhang.apps.accounts.roles import ROLES
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.ledger.models import Entry
from taizhang.web.desk.urls import urlpatterns
from tests.apps_fixtures import person

pytestmark = pytest.mark.any_database  # who may is decided before a row is looked at

NAMES = sorted(str(pattern.name) for pattern in urlpatterns)
BY_NAME: dict[str, URLPattern] = {str(pattern.name): pattern for pattern in urlpatterns}

PERMISSIONS = {
    "desk.enter": {
        "today",
        "calendar",
        "make_calendar",
        "stop_calendar",
        "editions",
        "edition",
        "document",
        "findings",
        "names",
        "body_names",
        "difference",
        "events",
        "own_targets",
        "reports",
        "report",
        "evidence",
        "years",
        "year",
        "scores",
        "scored",
        "trying",
        "units",
        "results",
        "notices",
        "notice",
        "notice_file",
        "follow_up",
        "schemes",
        "scheme",
        "amendments",
    },
    "assessments.propose": {"propose_scheme", "answer_choice"},
    "assessments.approve": {"approve_scheme", "return_scheme"},
    "assessments.open": {"open_year"},
    "assessments.hand_over": {"rename_unit", "hand_over_unit"},
    "assessments.open_tier": {"open_tier"},
    "assessments.judge": {"judging", "voice"},
    "assessments.decide_missing": {"decide_missing", "withdraw_decision"},
    "assessments.request_amendment": {"request_amendment"},
    "assessments.decide_amendment": {"decide_amendment"},
    "assessments.notice": {"draft_notice", "edit_notice", "discard_notice"},
    "assessments.issue_notice": {"issue_notice"},
    "assessments.contest": {"contest"},
    "assessments.decide_appeal": {"decide_appeal"},
    "assessments.follow_up": {"begin_rectification", "verify_rectification", "carry_over"},
    "assessments.rectify": {"plan_rectification", "report_rectification", "attach_appeal", "attach_rectification"},
    "assessments.report": {"save_report", "detach", "workbook", "make_workbook"},
    "assessments.sign": {"receive", "sign_period"},
    "assessments.verify": {"verify", "decide_reports"},
    "assessments.take_step": {"step", "on_site"},
    "assessments.name_verifier": {"name_verifier"},
    "assessments.score": {"score"},
    "assessments.propose_results": {"propose"},
    "assessments.review_results": {"review"},
    "assessments.approve_results": {"approve", "send_back", "finish"},
    "assessments.publish": {"publish"},
    "assessments.record_daily": {"daily", "add_daily", "attach_daily", "confirm_daily", "withdraw_daily"},
    "gazettes.propose": {"upload", "reread"},
    "gazettes.correct": {"split", "merge", "text", "measure", "duty", "withdraw", "decline", "draft"},
    "gazettes.dispose": {"finding"},
    "gazettes.adopt": {"adopt", "confirm"},
    "gazettes.refuse": {"refuse"},
    "organisations.propose": {"propose_name"},
    "organisations.confirm": {"name", "event", "confirm_name", "decline_name"},
    "ledger.read": {"ledger"},
    "accounts.manage": {"people", "add", "grant", "revoke", "close", "open", "reset"},
}


def address(name: str, edition: Edition) -> str:
    known: dict[str, Any] = {
        "pk": edition.pk,
        "document": edition.documents.earliest("pk").pk,
        "end": "2025-03-31",
        "slug": "none",
        "run": 1,
    }
    wanted = BY_NAME[name].pattern.converters
    return reverse(f"desk:{name}", kwargs={key: known[key] for key in wanted})


def permission(name: str) -> str:
    found: str = BY_NAME[name].callback.permission  # type: ignore[attr-defined]
    return found


def test_each_address_asks_for_the_permission_of_what_it_does() -> None:
    asked: dict[str, set[str]] = {}
    for name in NAMES:
        asked.setdefault(permission(name), set()).add(name)
    assert asked == PERMISSIONS


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_who_is_not_logged_in_is_asked_to(client: Client, proposed: Edition, name: str) -> None:
    for answer in (client.get(address(name, proposed)), client.post(address(name, proposed))):
        assert answer.status_code in (302, 405)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/desk/account/login/?next=/desk/")


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ROLES))
def test_pages_are_open_to_the_roles_that_carry_their_permission_and_to_no_other(
    client: Client, proposed: Edition, role: str
) -> None:
    client.force_login(person("someone", role, body="city-finance" if ROLES[role].is_bound else ""))
    for name in NAMES:
        allowed = permission(name) in ROLES[role].permissions
        entries = Entry.objects.count()
        statuses = {client.get(address(name, proposed)).status_code, client.post(address(name, proposed)).status_code}
        assert statuses - {405}, f"{name} answers neither GET nor POST"
        assert statuses <= ({200, 302, 404, 405, 422} if allowed else {403, 405}), f"{name} answers {statuses}"
        if not allowed:
            assert Entry.objects.count() == entries
        Edition.objects.filter(pk=proposed.pk).update(state="proposed")


@pytest.mark.django_db
def test_who_is_turned_away_is_told_which_roles_can(client: Client) -> None:
    client.force_login(person("shenji", "auditor"))
    words = client.get(reverse("desk:people")).content.decode()
    assert "这一页由系统管理员办理" in words
    assert "accounts.manage" not in words, "people read no codes"


@pytest.mark.django_db
def test_the_rail_shows_only_what_opens(client: Client) -> None:
    client.force_login(person("shenji", "auditor"))
    words = client.get(reverse("desk:today")).content.decode()
    assert reverse("desk:ledger") in words
    assert reverse("desk:people") not in words
    assert reverse("desk:upload") not in words


@pytest.mark.django_db
def test_pages_of_the_desk_are_not_kept_by_browsers(client: Client, editor: Any) -> None:
    client.force_login(editor)
    assert "no-store" in client.get(reverse("desk:today"))["Cache-Control"]
