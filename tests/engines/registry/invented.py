"""Invented documents and bodies for the tests of the registry."""

from datetime import date

from taizhang.engines.gazette.model import Document, DocumentNumber, Node, Reading
from taizhang.engines.registry import Body, BodyKind, DatedName, Event, NameForm, read_events
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.period import Period
from taizhang.kernel.spans import Span

DAY = date(2025, 3, 14)


def document(
    title: str, *paragraphs: str, kind: str = "通知", day: date | None = DAY, nested: tuple[Document, ...] = ()
) -> Document:
    """A document whose paragraphs follow one another in the source, as the parser would give it."""
    at = 0
    nodes = []
    for i, text in enumerate(paragraphs, 1):
        span = Span(at, at + len(text))
        nodes.append(Node(f"para_{i}", "paragraph", None, None, Reading(text, (0,), (at,)), 0, span, span))
        at += len(text) + 1
    number = DocumentNumber("青政〔2025〕9号", "青政", 2025, 9, Span(0, 1))
    return Document("d", "main", kind, title, Span(0, len(title)), number, (), (), day, Span(0, at), tuple(nodes), (), nested)


def events(title: str, *paragraphs: str, kind: str = "通知", day: date | None = DAY) -> tuple[Event, ...]:
    return read_events([document(title, *paragraphs, kind=kind, day=day)])


def body(body_id: str, name: str, *others: DatedName, kind: BodyKind = BodyKind.DEPARTMENT) -> Body:
    return Body(OrganisationId(body_id), kind, (DatedName(name, NameForm.FULL, Period(None, None)), *others))
