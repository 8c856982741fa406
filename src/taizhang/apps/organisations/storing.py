"""From a registry to rows: bodies, dated names, events read from a text. Names that a person confirmed are never changed."""

from collections.abc import Iterable
from dataclasses import replace

from taizhang.apps.organisations.models import Body, Event, Name
from taizhang.engines.registry import Body as ReadBody
from taizhang.engines.registry import DatedName, NameForm, Registry
from taizhang.engines.registry import Event as ReadEvent
from taizhang.kernel.period import Period


def known_bodies(of_pack: Iterable[ReadBody]) -> tuple[ReadBody, ...]:
    """Bodies of a pack with their names as people have put them on record since: new ones, ends of old ones. Two queries."""
    changed = Name.objects.exclude(confirmed_by="").order_by().values_list("body_id", flat=True).distinct()
    rows = Body.objects.filter(pk__in=changed).prefetch_related("names")
    names = {row.ident: tuple(_dated(name) for name in row.names.all()) for row in rows}
    return tuple(replace(body, names=names.get(str(body.id), body.names)) for body in of_pack)


def _dated(name: Name) -> DatedName:
    return DatedName(name.text, NameForm(name.form), Period(name.start, name.end))


def store_registry(registry: Registry) -> dict[str, Body]:
    """Write bodies and names that are new, and events not yet known. Gives the rows by id."""
    rows = {body.ident: body for body in Body.objects.all()}
    fresh = [_body(read) for read in registry.bodies if str(read.id) not in rows]
    Body.objects.bulk_create(fresh)
    rows.update({body.ident: body for body in fresh})
    known = set(Name.objects.values_list("body__ident", "text", "form"))
    names = []
    for read in registry.bodies:
        for name in read.names:
            key = (str(read.id), name.text, name.form.value)
            if key not in known:
                known.add(key)
                names.append(_name(rows[str(read.id)], name))
    Name.objects.bulk_create(names, batch_size=1000)
    owners = {name.text: str(read.id) for read in registry.bodies for name in read.names}
    _store_events(registry.events, {text: rows[ident] for text, ident in owners.items()})
    return rows


def _body(read: ReadBody) -> Body:
    return Body(ident=str(read.id), kind=read.kind.value, area_code=read.area or "")


def _name(body: Body, read: DatedName) -> Name:
    citation = read.citation
    return Name(
        body=body,
        text=read.text[:120],
        form=read.form.value,
        start=read.period.start,
        end=read.period.end,
        cited_document=(citation.document_number or "") if citation else "",
        cited_eid=citation.eid if citation else "",
        cited_words=citation.quote if citation else "",
    )


def _store_events(events: Iterable[ReadEvent], owners: dict[str, Body]) -> None:
    known = set(Event.objects.values_list("body__ident", "kind", "after"))
    fresh = []
    for read in events:
        before, after = "、".join(read.subjects)[:120], "、".join(read.results)[:120]
        for row in {owners[name] for name in (*read.subjects, *read.results) if name in owners}:
            if (row.ident, read.kind.value, after) in known:
                continue
            known.add((row.ident, read.kind.value, after))
            fresh.append(
                Event(
                    body=row,
                    kind=read.kind.value,
                    on=read.on,
                    before=before,
                    after=after,
                    cited_document=read.citation.document_number or "",
                    cited_eid=read.citation.eid,
                    cited_words=read.citation.quote,
                )
            )
    Event.objects.bulk_create(fresh)
