"""Searching the ledger. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet

from taizhang.apps.ledger.chain import Fault, verify
from taizhang.apps.ledger.models import Entry, Seal

_SHOWN_FAULTS = 20
_NEWEST = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for; empty means any. `operation` and `subject` match from the beginning, `by` wholly, days inclusively."""

    operation: str = ""
    subject: str = ""
    by: str = ""
    first: date | None = None
    last: date | None = None
    below: int | None = None


def stamp() -> tuple[int, ...]:
    """Changes with every new entry: ids of the newest entries, few enough for one look at an index.

    Several, since a transaction may end after others whose entries have higher ids. Plain SQL: every public page asks.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {Entry._meta.db_table} ORDER BY id DESC LIMIT {_NEWEST}")
        return tuple(row[0] for row in cursor.fetchall())


def stamp_of(subject: str, of_all: Iterable[str]) -> tuple[int, ...]:
    """Changes with every new entry about `subject`, and with every one of the operations `of_all`, whatever they are about.

    Ids of the newest of each, several for the same reason as above; looked up by index, so that it costs the same in a long
    ledger. One query.
    """
    newest = f"SELECT * FROM (SELECT id FROM {Entry._meta.db_table} WHERE {{}} = %s ORDER BY id DESC LIMIT {{}}) AS {{}}"
    parts, values = [newest.format("subject", _NEWEST, "about")], [subject]
    for n, code in enumerate(sorted(of_all)):
        parts.append(newest.format("operation", _NEWEST // 5, f"of{n}"))
        values.append(code)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return tuple(row[0] for row in cursor.fetchall())


def search(wish: Wish, zone: tzinfo) -> QuerySet[Entry]:
    """Matching entries, newest first, with their seals. Days are those of `zone`. `below` is an id to go on from."""
    rows = Entry.objects.select_related("seal").order_by("-id")
    if wish.operation:
        rows = rows.filter(operation__startswith=wish.operation)
    if wish.subject:
        rows = rows.filter(subject__startswith=wish.subject)
    if wish.by:
        rows = rows.filter(by=wish.by)
    if wish.first:
        rows = rows.filter(at__gte=datetime.combine(wish.first, time.min, zone))
    if wish.last:
        rows = rows.filter(at__lte=datetime.combine(wish.last, time.max, zone))
    if wish.below is not None:
        rows = rows.filter(pk__lt=wish.below)
    return rows


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the chain goes: its last link, how many entries there are, how many wait for a link."""

    last: Seal | None
    entries: int
    unsealed: int


def standing() -> Standing:
    """Three queries."""
    return Standing(Seal.objects.order_by("-sequence").first(), Entry.objects.count(), Entry.objects.filter(seal=None).count())


def latest_seals(most: int) -> list[Seal]:
    """The newest links, newest first. One query."""
    return list(Seal.objects.select_related("entry").order_by("-sequence")[:most])


def seal_at(sequence: int) -> Seal | None:
    """The link with that number."""
    found: Seal | None = Seal.objects.filter(sequence=sequence).first()
    return found


@dataclass(frozen=True, slots=True)
class Check:
    """The chain as it was checked at an instant, up to link `sequence`; `faults` are the first of them."""

    at: datetime
    sequence: int
    faults: tuple[Fault, ...]


def check_chain(*, now: datetime, again_after: timedelta) -> Check:
    """The last check of the whole chain, or a new one where that is older than `again_after` or the chain has grown or shrunk.

    Checking reads every entry, so the public page does it once in a while and not for each reader.
    """
    last = Seal.objects.order_by("-sequence").first()
    key = f"ledger-check:{last.sequence if last else 0}:{last.head if last else ''}"
    known: Check | None = cache.get(key)
    if known is None or now - known.at >= again_after:
        faults = tuple(islice(verify(), _SHOWN_FAULTS))
        known = Check(now, last.sequence if last else 0, faults)
        cache.set(key, known, timeout=2 * again_after.total_seconds())
    return known


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the ledger is: every public change moves it on, so that it dates whatever is read now."""

    entry: int
    at: datetime | None
    sealed: int


def newest() -> Moment:
    """The newest entry and link. Two queries by primary key and index."""
    entry = Entry.objects.order_by("-pk").values_list("pk", "at").first()
    sealed = Seal.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return Moment(entry[0] if entry else 0, entry[1] if entry else None, sealed or 0)


def links(below: int | None, most: int) -> list[Seal]:
    """Links of the chain, newest first, below a sequence where that is given, with their entries. One query."""
    rows = Seal.objects.select_related("entry").order_by("-sequence")
    return list((rows.filter(sequence__lt=below) if below is not None else rows)[:most])
