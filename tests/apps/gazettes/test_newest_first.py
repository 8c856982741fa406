"""What was handed in by itself, without year and number, never stands before the newest issue of the gazette."""

import pytest
from django.test import Client

from taizhang.apps.gazettes.models import Clause, Document, Edition, Source, State
from taizhang.apps.gazettes.queries import clauses_of_addresses, current_issue, document_at, documents_like
from taizhang.apps.organisations.models import Body
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet
from taizhang.apps.targets.queries import duties_of, target_at
from tests.proposals import NOW

pytestmark = pytest.mark.django_db
SLUG, EID = "岭政〔2025〕9号", "item_1"


def _issue(slug: str, year: int | None, number: int | None) -> Edition:
    """An adopted issue that prints the document, with a sheet of the education office and one target."""
    source = Source.objects.create(sha256=slug.ljust(64, "0"), name=slug, media="txt", size=1, handed_in_by="a", handed_in_at=NOW)
    edition = Edition.objects.create(
        source=source, state=State.ADOPTED, slug=slug, title=slug, year=year, number=number, proposed_by="a", proposed_at=NOW
    )
    document = Document.objects.create(
        edition=edition, ordinal=1, ident="d", slug=SLUG, role="main", title="关于目标的通知", number=SLUG, start=0, end=9
    )
    clause = Clause.objects.create(
        document=document, ordinal=1, depth=0, eid=EID, kind="item", text=slug, start=0, end=9, own_start=0, own_end=9
    )
    body, _ = Body.objects.get_or_create(ident="edu", defaults={"kind": "department"})
    sheet = Sheet.objects.create(
        edition=edition, document=document, ordinal=1, unit="市教育局", kind="unit", eid=EID, start=0, end=9, body=body
    )
    group = Group.objects.create(sheet=sheet, ordinal=1, eid=EID)
    item = Item.objects.create(group=group, clause=clause, ordinal=1, number=1, text=slug, kind="measured")
    Measure.objects.create(
        edition=edition, clause=clause, item=item, ordinal=1, metric="学位", metric_key="学位", value=1, kind="count", role="target",
        modality="shall", quote="1", start=0, end=1,
    )  # fmt: skip
    Duty.objects.create(edition=edition, clause=clause, share="lead", name="市教育局", body=body)
    return edition


@pytest.fixture
def newest() -> Edition:
    """The newest issue; the single document was handed in after it, an older issue before."""
    _issue("2024-12", 2024, 12)
    edition = _issue("2025-1", 2025, 1)
    _issue("single", None, None)
    return edition


def test_an_address_leads_into_the_newest_issue(newest: Edition) -> None:
    document = document_at(SLUG)
    assert document is not None
    assert document.edition == newest
    target = target_at(SLUG, EID, 1)
    assert target is not None
    assert target.measure.edition == newest
    assert clauses_of_addresses({(SLUG, EID)})[SLUG, EID].document.edition == newest
    assert current_issue() == newest


def test_lists_begin_with_the_newest_issue_and_end_with_what_has_no_number(newest: Edition) -> None:
    work = duties_of(Body.objects.get(ident="edu"))
    expected = ["2025-1", "2024-12", "single"]
    assert [sheet.edition.slug for sheet in work.sheets] == expected
    assert [duty.edition.slug for duty in work.duties] == expected
    assert [document.edition.slug for document in documents_like("岭政〔2025〕9号", 6)] == expected


def test_the_open_interface_gives_the_document_of_the_newest_issue(newest: Edition, client: Client) -> None:
    assert client.get(f"/api/v1/documents/{SLUG}").json()["issue"] == "2025-1"


def test_a_download_of_all_issues_goes_from_what_has_no_number_to_the_newest(newest: Edition, client: Client) -> None:
    rows = b"".join(client.get("/downloads/documents.csv").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    order = [next(slug for slug in ("2025-1", "2024-12", "single") if slug in row) for row in rows if SLUG in row]
    assert order == ["single", "2024-12", "2025-1"]
