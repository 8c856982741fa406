"""Parts of pages are rendered once for an issue and anew after what changes that issue; work on other editions leaves them alone."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Document, Edition
from taizhang.apps.gazettes.operations import adopt, dispose_finding, subject
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import REGISTRY
from taizhang.apps.targets.models import Duty
from taizhang.apps.targets.operations import confirm_body
from taizhang.web.kept_parts import OF_ONE_EDITION, PartsOf, parts
from tests.proposals import NOW, propose

pytestmark = pytest.mark.django_db
PROOF = "/gazette/2025-3/proof/?page=all"
PAGES = ("/", "/gazette/2025-3/", PROOF, "/targets/", "/targets/?view=areas", "/targets/?view=units", "/targets/?by=unit")


@pytest.fixture(autouse=True)
def _parts_are_kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.KEPT_PARTS = 32_000_000
    monkeypatch.setattr("taizhang.web.kept_parts.time.monotonic", lambda: 7.0)
    parts.clear()
    yield
    parts.clear()


def _documents(edition: Edition) -> list[str]:
    return [f"/d/{quote(document.slug)}/" for document in Document.objects.filter(edition=edition)]


def test_pages_of_parts_are_the_pages_without(client: Client, adopted_specimen: Edition, settings: Any) -> None:
    addresses = [*PAGES, *_documents(adopted_specimen)]
    addresses += [f"/en{address}" for address in addresses]
    first = [client.get(address).content for address in addresses]
    again = [client.get(address).content for address in addresses]
    settings.KEPT_PARTS = 0
    assert first == again == [client.get(address).content for address in addresses]


@pytest.mark.parametrize("address", PAGES)
def test_another_address_of_the_same_page_asks_for_the_issue_and_its_stamp(
    client: Client, adopted_specimen: Edition, django_assert_max_num_queries: Any, address: str
) -> None:
    client.get(address)
    with django_assert_max_num_queries(2):
        client.get(f"{address}{'&' if '?' in address else '?'}other=1")


def test_a_decision_is_seen_with_the_next_request(client: Client, adopted_specimen: Edition, reviewer: User) -> None:
    assert "照印本" not in client.get(PROOF).content.decode()
    finding = adopted_specimen.findings.filter(disposition="open").earliest("ordinal")
    dispose_finding(by=reviewer, at=NOW, finding=finding.pk, disposition="accepted", reason="照印本")
    assert "照印本" in client.get(PROOF).content.decode()


def test_a_confirmed_body_is_seen_with_the_next_request(client: Client, adopted_specimen: Edition, reviewer: User) -> None:
    duty = Duty.objects.filter(edition=adopted_specimen, body__isnull=False, confirmed_by="").select_related("clause__document")[
        0
    ]
    assert duty.body is not None
    address = f"/d/{quote(duty.clause.document.slug)}/{duty.clause.eid}/"
    assert "机构待确认" in client.get(address).content.decode()
    confirm_body(by=reviewer, at=NOW, edition=adopted_specimen.pk, name=duty.name, body=duty.body.ident)
    assert "机构已确认" in client.get(address).content.decode()


def test_work_on_a_proposal_leaves_parts_alone_and_its_adoption_does_not(
    client: Client, adopted_specimen: Edition, editor: User, reviewer: User
) -> None:
    client.get(PROOF)
    before = len(parts)
    proposed = propose(editor)
    finding = proposed.findings.first()
    if finding is not None:
        dispose_finding(by=reviewer, at=NOW, finding=finding.pk, disposition="deferred")
    client.get(PROOF)
    assert len(parts) == before
    adopt(by=reviewer, at=NOW, edition=proposed.pk)
    client.get(PROOF)
    assert len(parts) > before


def test_what_is_not_known_to_concern_one_edition_renews_every_part(adopted_specimen: Edition) -> None:
    assert REGISTRY.keys() >= OF_ONE_EDITION
    for code in sorted(REGISTRY):
        before = PartsOf(adopted_specimen).part("x", facts=dict).key
        Entry.objects.create(at=NOW, by="someone", operation=code, subject="edition:999999", digest="")
        is_renewed = PartsOf(adopted_specimen).part("x", facts=dict).key != before
        assert is_renewed == (code not in OF_ONE_EDITION), code
        Entry.objects.create(at=NOW, by="someone", operation=code, subject=subject(adopted_specimen), digest="")
        assert PartsOf(adopted_specimen).part("x", facts=dict).key != before


def test_what_a_reader_makes_up_is_no_part_of_its_own(client: Client, adopted_specimen: Edition) -> None:
    address = _documents(adopted_specimen)[0]
    for asked in (
        "/",
        "/?light=none&ind=none",
        "/targets/?view=x&kind=y&sort=z",
        "/targets/",
        f"{address}?at=none&v=none",
        address,
    ):
        client.get(asked)
    before = len(parts)
    for asked in ("/?light=other&ind=other", "/targets/?view=p&kind=q&sort=r", f"{address}?at=other&v=other"):
        client.get(asked)
    assert len(parts) == before
