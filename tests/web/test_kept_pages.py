"""Public pages are rendered once for many readers, and anew as soon as an operation changes what they show."""

import gzip
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.gazettes.operations import dispose_finding
from taizhang.web.kept_pages import KeptPages, Page, pages, takes_gzip
from tests.proposals import NOW

pytestmark = pytest.mark.django_db
PROOF = "/gazette/2025-3/proof/?page=all"


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
    before = client.get(PROOF).content
    adopted_specimen.findings.filter(disposition="open").update(disposition="accepted", reason="有人手工改过")
    assert client.get(PROOF).content == before
    monkeypatch.setattr("taizhang.web.kept_pages.time.monotonic", lambda: 3700.0)
    assert "有人手工改过" in client.get(PROOF).content.decode()


def test_the_next_day_a_page_is_made_anew(client: Client, adopted_specimen: Edition, settings: Any) -> None:
    settings.SIMULATED_DAY = date(2025, 9, 30)
    client.get(PROOF)
    settings.SIMULATED_DAY = date(2025, 10, 1)
    adopted_specimen.findings.filter(disposition="open").update(disposition="accepted", reason="第二天的样子")
    assert "第二天的样子" in client.get(PROOF).content.decode()


def test_pages_not_asked_for_longest_go_first(settings: Any) -> None:
    settings.KEPT_PAGES = 1600
    kept = KeptPages()
    for name in range(9):
        kept.put((name,), page(100), is_asked=False)
        kept.get((0,), is_asked=False)
    assert kept.get((0,), is_asked=False) is not None
    assert kept.get((1,), is_asked=False) is None
    kept.put(("large",), page(101), is_asked=False)
    assert kept.get(("large",), is_asked=False) is None


def test_a_newer_page_takes_the_room_of_the_older(settings: Any) -> None:
    settings.KEPT_PAGES = 1600
    kept = KeptPages()
    kept.put(("other",), page(100), is_asked=False)
    newest = page(100)
    for one in [*(page(100) for _ in range(20)), newest]:
        kept.put(("same",), one, is_asked=False)
    assert kept.get(("same",), is_asked=False) is newest
    assert kept.get(("other",), is_asked=False) is not None


def test_any_number_of_made_up_questions_leaves_the_pages_everybody_reads(
    client: Client, adopted_specimen: Edition, settings: Any, django_assert_num_queries: Any
) -> None:
    issue = "/gazette/2025-3/"
    size = len(client.get(issue).content)
    pages.clear()
    settings.KEPT_PAGES = size * 17
    client.get(issue)
    for number in range(20):
        client.get(f"{issue}?x={number}")
    assert len(pages) < 12
    with django_assert_num_queries(1):
        client.get(issue)


def page(size: int) -> Page:
    return Page.of(HttpResponse(b"x" * size), ())


def test_who_can_unpack_gets_the_same_page_in_a_fraction_of_the_bytes(client: Client, adopted_specimen: Edition) -> None:
    plain = client.get(PROOF)
    packed = client.get(PROOF, headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 5
    assert gzip.decompress(packed.content) == plain.content
    assert client.get(PROOF, headers={"Accept-Encoding": "gzip;q=0, br"}).content == plain.content
    assert all("Accept-Encoding" in answer["Vary"] for answer in (plain, packed))


def test_a_browser_that_has_the_page_is_sent_it_again_only_when_it_changed(
    client: Client, adopted_specimen: Edition, reviewer: User
) -> None:
    mark = client.get(PROOF)["ETag"]
    unchanged = client.get(PROOF, headers={"If-None-Match": mark})
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", mark)
    assert "no-cache" in unchanged["Cache-Control"]
    finding = adopted_specimen.findings.filter(disposition="open").earliest("ordinal")
    dispose_finding(by=reviewer, at=NOW, finding=finding.pk, disposition="accepted", reason="照印本")
    changed = client.get(PROOF, headers={"If-None-Match": mark})
    assert changed.status_code == 200
    assert changed["ETag"] != mark


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", False), ("gzip", True), ("GZIP ; q=0.5", True), ("br, gzip", True), ("*", True), ("gzip;q=0", False), ("gzip; q=0.000", False),
        ("x-gzip", False), ("identity", False), (";,;", False),
    ],
)  # fmt: skip
def test_gzip_is_sent_to_those_who_say_they_take_it(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes
