"""What events do to names: a rename ends one and begins the next; a merger, split or abolition ends them for good.

Only decided events with a day change anything.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from taizhang.engines.registry.model import Body, DatedName, Event, EventKind, EventStatus, NameForm
from taizhang.engines.registry.names import abbreviates, clean, contracted, kind_of_name, parse_name
from taizhang.kernel.citation import Citation
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.period import Period

_OPEN = Period(None, None)


def text_id(name: str) -> OrganisationId:
    """Id of a body no pack describes: stable for the name it was first read with.

    >>> text_id("市财政局") == text_id("市 财政局")
    True
    """
    return OrganisationId("text-" + sha256(clean(name).encode("utf-8", "surrogatepass")).hexdigest()[:12])


def apply_events(bodies: tuple[Body, ...], events: Iterable[Event]) -> tuple[Body, ...]:
    """The bodies after the events, oldest first; bodies the events name and no one knew are added."""
    history = _History(bodies)
    decided = [e for e in events if e.status is EventStatus.DECIDED and e.on is not None]
    for event in sorted(decided, key=lambda e: e.on or date.max):
        assert event.on is not None
        history.take(event, event.on)
    return tuple(history.bodies.values())


class _History:
    def __init__(self, bodies: tuple[Body, ...]) -> None:
        self.bodies: dict[OrganisationId, Body] = {b.id: b for b in bodies}
        self.by_name: dict[str, OrganisationId] = {}
        self.by_key: dict[tuple[str, str], list[OrganisationId]] = {}
        for body in bodies:
            for name in body.names:
                self._index(body.id, name.text)

    def take(self, event: Event, on: date) -> None:
        if event.kind is EventKind.RENAMED:
            self._rename(event.subjects[0], event.results[0], on, event.citation)
        elif event.kind is EventKind.SIGNBOARD_ADDED:
            bearer = self._known(event.subjects[0], on)
            for sign in event.results:
                self._name(bearer, DatedName(sign, NameForm.SIGNBOARD, Period(on, None), event.citation))
        elif event.kind in (EventKind.MERGED, EventKind.SPLIT, EventKind.ABOLISHED):
            for name in event.subjects:
                if name not in event.results:
                    self._end(self._known(name, None), on, event.citation)
        if event.kind in (EventKind.FOUNDED, EventKind.MERGED, EventKind.SPLIT):
            for name in event.results:
                self._begin(name, on, event.citation)

    def _rename(self, old: str, new: str, on: date, citation: Citation) -> None:
        body_id = self._known(old, None)
        body = self.bodies[body_id]
        if any(clean(n.text) == clean(new) for n in body.names):
            return
        key = contracted(parse_name(clean(new)).core)
        kept: list[DatedName] = []
        for name in body.names:
            own = contracted(parse_name(clean(name.text)).core)
            stays = name.form is NameForm.SIGNBOARD or (name.form is not NameForm.FULL and (own == key or abbreviates(own, key)))
            kept.append(name if stays else _ended(name, on, citation))
        kept.append(DatedName(new, NameForm.FULL, Period(on, None), citation))
        self.bodies[body_id] = replace(body, names=tuple(kept))
        self._index(body_id, new)

    def _end(self, body_id: OrganisationId, on: date, citation: Citation) -> None:
        body = self.bodies[body_id]
        self.bodies[body_id] = replace(body, names=tuple(_ended(n, on, citation) for n in body.names))

    def _begin(self, name: str, on: date, citation: Citation) -> None:
        found = self._find(name)
        if found is None:
            self._add(name, Period(on, None), citation)
            return
        body = self.bodies[found]
        dated = tuple(
            replace(n, period=Period(on, n.period.end), citation=citation)
            if clean(n.text) == clean(name) and n.period.start is None and (n.period.end is None or n.period.end >= on)
            else n
            for n in body.names
        )
        self.bodies[found] = replace(body, names=dated)

    def _known(self, name: str, start: date | None) -> OrganisationId:
        return self._find(name) or self._add(name, Period(start, None), None)

    def _find(self, name: str) -> OrganisationId | None:
        text = clean(name)
        if text in self.by_name:
            return self.by_name[text]
        parts = parse_name(text)
        found = set(self.by_key.get((parts.level, contracted(parts.core)), ()))
        return found.pop() if len(found) == 1 else None

    def _add(self, name: str, period: Period, citation: Citation | None) -> OrganisationId:
        body_id = text_id(name)
        self.bodies[body_id] = Body(body_id, kind_of_name(clean(name)), (DatedName(name, NameForm.FULL, period, citation),))
        self._index(body_id, name)
        return body_id

    def _name(self, body_id: OrganisationId, name: DatedName) -> None:
        body = self.bodies[body_id]
        if all(clean(n.text) != clean(name.text) for n in body.names):
            self.bodies[body_id] = replace(body, names=(*body.names, name))
            self._index(body_id, name.text)

    def _index(self, body_id: OrganisationId, name: str) -> None:
        text = clean(name)
        parts = parse_name(text)
        self.by_name.setdefault(text, body_id)
        self.by_key.setdefault((parts.level, contracted(parts.core)), []).append(body_id)


def _ended(name: DatedName, on: date, citation: Citation) -> DatedName:
    """The name borne no longer from `on`; one that ended before, or would end before it began, is left alone."""
    last = on - timedelta(days=1)
    if (name.period.end is not None and name.period.end <= last) or (name.period.start is not None and name.period.start > last):
        return name
    return replace(name, period=Period(name.period.start, last), citation=citation)
