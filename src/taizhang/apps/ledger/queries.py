"""Searching the ledger. Nothing here writes."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from django.db.models import QuerySet

from taizhang.apps.ledger.models import Entry, Seal


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for; empty means any. `operation` and `subject` match from the beginning, `by` wholly, days inclusively."""

    operation: str = ""
    subject: str = ""
    by: str = ""
    first: date | None = None
    last: date | None = None
    below: int | None = None


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
