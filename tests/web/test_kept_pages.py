"""Public pages are rendered once for many readers, and anew as soon as an operation changes what they show."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.gazettes.operations import dispose_finding
from taizhang.web.kept_pages import KeptPages, pages
from tests.proposals import NOW

pytestmark = pytest.mark.django_db
PROOF = "/gazette/2025-3/proof/"


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any) -> Iterator[None]:
    settings.KEPT_PAGES = 8_000_000
    pages.clear()
    yield
    pages.clear()


@pytest.fixture(autouse=True)
def _an_hour_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taizhang.web.kept_pages.time.monotonic", lambda: 7.0)


def test_the_second_reader_costs_one_look_at_the_ledger(
    client: Client, adopted_specimen: Edition, django_assert_num_queries: Any
) -> None:
    first = client.get(PROOF)
    with django_assert_num_queries(1):
        second = Client().get(PROOF)
    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]


def test_a_decision_is_seen_with_the_next_request(client: Client, adopted_specimen: Edition, reviewer: User) -> None:
    before = client.get(PROOF).content
    finding = adopted_specimen.findings.filter(disposition="open").earliest("ordinal")
    dispose_finding(by=reviewer, at=NOW, finding=finding.pk, disposition="accepted", reason="照印本")
    after = client.get(PROOF).content
    assert after != before
    assert "照印本" in after.decode()


def test_readers_with_other_preferences_or_language_get_their_own(client: Client, adopted_specimen: Edition) -> None:
    plain = client.get("/gazette/").content.decode()
    english = client.get("/en/gazette/").content.decode()
    client.cookies["size"] = "large"
    large = client.get("/gazette/").content.decode()
    assert 'data-size="large"' in large
    assert 'data-size="large"' not in plain
    assert '<html lang="en"' in english


def test_who_is_logged_in_never_fills_what_others_read(client: Client, adopted_specimen: Edition, editor: User) -> None:
    client.force_login(editor)
    client.get(PROOF)
    assert len(pages) == 0


def test_a_page_that_is_not_there_is_not_kept(client: Client, adopted_specimen: Edition) -> None:
    assert client.get("/d/no-such/").status_code == 404
    assert len(pages) == 0


def test_a_public_page_gives_its_reader_no_cookie(client: Client, adopted_specimen: Edition) -> None:
    for path in ("/", PROOF, "/search/?q=补贴"):
        assert not client.get(path).cookies


def test_an_hour_later_a_page_is_made_anew(client: Client, adopted_specimen: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(PROOF)
    Edition.objects.filter(pk=adopted_specimen.pk).update(decided_at=datetime(2031, 1, 1, tzinfo=UTC))
    monkeypatch.setattr("taizhang.web.kept_pages.time.monotonic", lambda: 3700.0)
    client.get(PROOF)
    assert len(pages) == 2


def test_pages_not_asked_for_longest_go_first(settings: Any) -> None:
    settings.KEPT_PAGES = 800
    kept = KeptPages()
    for name in range(9):
        kept.put((name,), HttpResponse(b"x" * 100))
        kept.get((0,))
    assert kept.get((0,)) is not None
    assert kept.get((1,)) is None
    kept.put(("large",), HttpResponse(b"x" * 101))
    assert kept.get(("large",)) is None
