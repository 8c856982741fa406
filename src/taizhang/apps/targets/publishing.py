"""What may be told of bodies: events that a person confirmed, and those that an adopted document prints."""

from collections.abc import Iterable

from taizhang.apps.gazettes.models import Document, State
from taizhang.apps.organisations.models import Body, Event


def public_events(bodies: Iterable[Body]) -> dict[int, list[Event]]:
    """By the body's primary key, in order of time. Two queries."""
    events = list(Event.objects.filter(body__in=list(bodies)))
    cited = {event.cited_document for event in events if event.cited_document}
    adopted = Document.objects.filter(edition__state=State.ADOPTED, number__in=cited)
    public = set(adopted.values_list("number", flat=True))
    out: dict[int, list[Event]] = {}
    for event in events:
        if event.confirmed_by or event.cited_document in public:
            out.setdefault(event.body_id, []).append(event)
    return out
