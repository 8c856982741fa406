"""Reading of bodies, their names in time and what happened to them. Nothing here writes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from taizhang.apps.organisations.models import Body, Event, Name, ProposedName, Standing

_AROUND = timedelta(days=730)
_NARROWEST = 365
_LONGEST_SHORT = 13  # characters


def current_name(body: Body, on: date | None = None) -> str:
    """The full name on a day, else the latest full name; the id where a body has no name. Uses prefetched names."""
    names = list(body.names.all())
    full = [name for name in names if name.form == "full"] or names
    living = [name for name in full if on and (not name.start or name.start <= on) and (not name.end or on <= name.end)]
    chosen = (living or full)[-1:]
    return str(chosen[0].text if chosen else body.ident)


def told(public: Collection[str]) -> QuerySet[Body]:
    """Bodies with the names that may be told: of a pack, confirmed by people, or printed by one of the documents `public`."""
    names = Name.objects.filter(Q(cited_document="") | ~Q(confirmed_by="") | Q(cited_document__in=list(public)))
    return Body.objects.filter(names__in=names).distinct().prefetch_related(Prefetch("names", names))


def bodies(public: Collection[str], words: str = "", kind: str = "") -> list[Body]:
    """Bodies whose names, past or present, hold `words`, of one kind where that is given. Two queries."""
    rows = told(public)
    if words:
        rows = rows.filter(names__text__icontains=words)
    if kind:
        rows = rows.filter(kind=kind)
    return sorted(rows, key=lambda body: (body.kind, body.pk))


def kinds_in_use() -> list[str]:
    """Kinds of which there is a body."""
    return list(Body.objects.filter(names__isnull=False).order_by("kind").values_list("kind", flat=True).distinct())


def body_at(public: Collection[str], ident: str) -> Body | None:
    """The body at an address, with the names that may be told."""
    found: Body | None = told(public).filter(ident=ident).first()
    return found


def called(public: Collection[str], words: str, most: int = 8) -> list[Body]:
    """Bodies that are or were called exactly so, else whose name holds the words, else their characters in that order, as 城管 is
    short for 城市管理局. Three queries.
    """
    sought = words.strip()
    if not sought:
        return []
    ways = [{"names__text": sought}, {"names__text__contains": sought}]
    if 1 < len(sought) < _LONGEST_SHORT and sought.isalnum():
        ways.append({"names__text__regex": ".*".join(sought)})
    for way in ways:
        found = list(dict.fromkeys(told(public).filter(**way)[: 2 * most]))
        if found:
            return found[:most]
    return []


def events_of(body: Body, public: Collection[str]) -> list[Event]:
    """What happened to a body: what a person confirmed, and what a document among `public` numbers says. One query."""
    rows = body.events.filter(Q(cited_document__in=list(public)) | ~Q(confirmed_by=""))
    return list(rows)


def public_events(bodies: Iterable[Body], public: Collection[str]) -> dict[int, list[Event]]:
    """`events_of` for several bodies, by the body's primary key. One query."""
    rows = Event.objects.filter(body__in=list(bodies)).filter(Q(cited_document__in=list(public)) | ~Q(confirmed_by=""))
    out: dict[int, list[Event]] = {}
    for event in rows:
        out.setdefault(event.body_id, []).append(event)
    return out


@dataclass(frozen=True, slots=True)
class Stretch:
    """A name on the band of time, in per cent of its width. An open start is not known, an open end not known or not come."""

    name: Name
    left: float
    width: float
    is_open_start: bool
    is_open_end: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Names of a body in time; `ticks` are days a name began or ended, in per cent. `today` is where today stands."""

    stretches: tuple[Stretch, ...]
    ticks: tuple[tuple[date, float], ...]
    today: float


def band(body: Body, today: date) -> Band:
    """The names of a body against time. The scale reaches from two years before the first known day to a year after today."""
    names = list(body.names.all())
    known = [day for name in names for day in (name.start, name.end) if day is not None]
    first = min([*known, today]) - _AROUND
    last = max([*known, today]) + timedelta(days=_NARROWEST)
    total = (last - first).days

    def place(day: date) -> float:
        return float(round((day - first).days * 100 / total, 2))

    stretches = []
    for name in names:
        left = place(name.start) if name.start else 0.0
        right = place(name.end + timedelta(days=1)) if name.end else 100.0
        stretches.append(Stretch(name, left, round(max(right - left, 0.5), 2), name.start is None, name.end is None))
    days = sorted({day for name in names for day in (name.start, name.end + timedelta(days=1) if name.end else None) if day})
    return Band(tuple(stretches), tuple((day, place(day)) for day in days), place(today))


def on_record(words: str, most: int = 50) -> list[Body]:
    """Bodies one of whose names holds the words, and the words' own id, with all names and proposals. Three queries."""
    if not words:
        return []
    rows = Body.objects.filter(Q(names__text__contains=words) | Q(ident=words)).distinct().order_by("pk")
    waiting = ProposedName.objects.filter(state=Standing.WAITING)
    return list(rows.prefetch_related("names", Prefetch("proposed_names", waiting))[:most])


def full_names() -> dict[str, str]:
    """The latest full name of every body on the register, by ident. One query."""
    return dict(Name.objects.filter(form="full").order_by("pk").values_list("body__ident", "text"))


def waiting_names() -> list[ProposedName]:
    """Names that somebody proposed and nobody decided on, oldest first. Two queries."""
    rows = ProposedName.objects.filter(state=Standing.WAITING).select_related("body").prefetch_related("body__names")
    return list(rows.order_by("proposed_at", "pk"))
