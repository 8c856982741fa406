"""Feeds by RFC 4287: what must be there is there once, identities last, dates move when something happens."""

import re
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from taizhang.apps.gazettes.models import Document, Edition, Finding
from taizhang.apps.gazettes.operations import dispose_finding
from tests.apps_fixtures import NOW, person

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")


def feed(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def problems_of(element: Any, *, is_entry: bool) -> list[str]:
    """What RFC 4287 section 4.1 asks of a feed or an entry and is not so."""
    once = ["id", "title", "updated"]
    found = [f"{name} is not there once" for name in once if len(element.findall(f"{ATOM}{name}")) != 1]
    found += [] if element.find(f"{ATOM}author/{ATOM}name") is not None else ["no author"]
    relations = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
    found += ["two alternates of a kind"] if len(relations) != len(set(relations)) else []
    found += ["no alternate"] if "alternate" not in {rel for rel, _ in relations} else []
    found += ["no self"] if not is_entry and "self" not in {rel for rel, _ in relations} else []
    dates = [*element.findall(f"{ATOM}updated"), *element.findall(f"{ATOM}published")]
    found += [f"not an instant: {date.text}" for date in dates if not INSTANT.match(date.text)]
    found += ["id is no address"] if not element.findtext(f"{ATOM}id").startswith("http://") else []
    return found


@pytest.mark.parametrize("path", ["/feeds/documents.atom", "/feeds/findings.atom"])
def test_a_feed_is_valid(client: Client, adopted_specimen: Edition, path: str) -> None:
    root = feed(client, path)
    assert root.tag == f"{ATOM}feed"
    assert problems_of(root, is_entry=False) == []
    entries = root.findall(f"{ATOM}entry")
    assert entries
    assert [problem for entry in entries for problem in problems_of(entry, is_entry=True)] == []
    idents = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(idents) == len(set(idents))
    assert root.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)
    assert client.get(entries[0].find(f"{ATOM}link").get("href")).status_code == 200


def test_an_empty_feed_is_valid_too(client: Client) -> None:
    assert problems_of(feed(client, "/feeds/documents.atom"), is_entry=False) == []


def test_documents_are_those_published_by_themselves(client: Client, adopted_specimen: Edition) -> None:
    titles = [entry.findtext(f"{ATOM}title") for entry in feed(client, "/feeds/documents.atom").findall(f"{ATOM}entry")]
    assert len(titles) == Document.objects.filter(role="main").count()
    assert any("崤政〔2025〕6号" in title for title in titles)


def test_a_finding_that_was_settled_moves_its_date_and_keeps_its_identity(client: Client, adopted_specimen: Edition) -> None:
    finding = Finding.objects.order_by("pk").last()
    before = feed(client, "/feeds/findings.atom").find(f"{ATOM}entry")
    later = NOW.replace(day=9)
    dispose_finding(by=person("shenhe", "reviewer"), at=later, finding=finding.pk, disposition="accepted", reason="印本如此")
    after = feed(client, "/feeds/findings.atom").find(f"{ATOM}entry")
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") == "2025-04-09T01:00:00Z"
    assert "保留原文：印本如此" in after.findtext(f"{ATOM}summary")


def test_what_was_only_proposed_is_in_no_feed(client: Client, proposed: Edition) -> None:
    for path in ("/feeds/documents.atom", "/feeds/findings.atom"):
        assert feed(client, path).findall(f"{ATOM}entry") == []


def test_a_long_feed_goes_on(client: Client, adopted_specimen: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taizhang.web.feeds.views._STRETCH", 7)
    path, idents = "/feeds/findings.atom", []
    while path:
        root = feed(client, path)
        idents += [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        path = next((link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"), "")
    assert len(idents) == len(set(idents)) == Finding.objects.count()
