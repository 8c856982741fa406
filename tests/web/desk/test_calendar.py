"""A calendar address is shown once, works without login, and stops when its owner says so."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.assessments.models import CalendarToken, Cycle
from taizhang.apps.ledger.models import Entry
from tests.apps.assessments.reporting_steps import signed_for
from tests.assessment_fixtures import EDUCATION, reporter_of


@pytest.fixture
def reporter(client: Client, open_cycle: Cycle) -> Client:
    signed_for(open_cycle)
    client.force_login(reporter_of(EDUCATION))
    return client


def made(client: Client) -> str:
    page = client.post(reverse("desk:make_calendar")).content.decode()
    found = re.search(r'value="(http://testserver/feeds/calendar/[^"]+)"', page)
    assert found is not None, page
    return found[1].removeprefix("http://testserver")


def test_an_address_is_shown_once_and_gives_the_due_days_to_whoever_has_it(reporter: Client) -> None:
    address = made(reporter)
    assert address not in reporter.get(reverse("desk:calendar")).content.decode()
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.count(b"BEGIN:VEVENT") == 4
    assert CalendarToken.objects.get().digest not in address
    assert not any(address.split("/")[-1].removesuffix(".ics") in str(entry.after) for entry in Entry.objects.all())


def test_a_new_address_stops_the_old_and_stopping_ends_both(reporter: Client) -> None:
    old, new = made(reporter), made(reporter)
    assert [Client().get(address).status_code for address in (old, new)] == [404, 200]
    assert "没有在用的地址" in reporter.post(reverse("desk:stop_calendar")).content.decode()
    assert Client().get(new).status_code == 404


def test_an_address_nobody_made_is_not_found(db: None) -> None:
    answer = Client().get("/feeds/calendar/nothing.ics")
    assert answer.status_code == 404
    assert answer.json()["code"] == "assessments.token-is-unknown"
