"""Parting a clause and joining two: the rows change, and whatever hangs on them follows. No rule of its own; one caller's
transaction."""

from collections.abc import Callable
from itertools import chain, count

from django.db.models import F

from taizhang.apps.gazettes.errors import CannotMergeError
from taizhang.apps.gazettes.models import Clause, Document, Erratum, Finding
from taizhang.apps.gazettes.queries import source_place

# As `Erratum.structure` says it.
SPLIT, MERGE = "split", "merge"

# What hangs on clauses in apps above this one follows when a clause is split or merged: (clause, goes to, from this offset on).
FOLLOWERS: list[Callable[[Clause, Clause, int], None]] = []


def split_rows(clause: Clause, offset: int) -> Clause:
    """Part a clause before character `offset` of its words, which is inside them; the second part, under an eId with a letter."""
    text = clause.text
    head, tail = _cut(clause, 0, offset), _cut(clause, offset, len(text))
    place = source_place(clause, offset)
    _make_room(clause.document, clause.ordinal)
    second = Clause(
        document=clause.document, parent=clause.parent, ordinal=clause.ordinal + 1, depth=clause.depth,
        eid=_free_eid(clause), kind=clause.kind, num="", text=text[offset:], heading_length=0, runs=tail,
        start=place, end=clause.end, own_start=place, own_end=clause.own_end,
    )  # fmt: skip
    clause.text, clause.runs = text[:offset], head
    clause.heading_length = min(clause.heading_length, offset)
    clause.own_end = second.own_start
    clause.save()
    second.save()
    clause.children.update(parent=second)
    _move(clause, second, second.own_start)
    return second


def sibling_before(clause: Clause) -> Clause:
    """The clause that `clause` can be joined to. Raises `CannotMergeError`."""
    siblings = Clause.objects.filter(document=clause.document, parent=clause.parent, ordinal__lt=clause.ordinal)
    first = siblings.order_by("-ordinal").first()
    if first is None or first.kind == "table" or clause.kind == "table" or first.children.exists():
        raise CannotMergeError(eid=clause.eid)
    return first


def merge_rows(first: Clause, clause: Clause) -> None:
    """Join a clause to the one before it, which `sibling_before` gave; its number becomes words."""
    shift = len(first.text) + len(clause.num)
    lead = [[len(first.text), clause.own_start]] if clause.num else []
    first.runs = [*first.runs, *lead, *[[at + shift, source] for at, source in clause.runs]]
    first.text = f"{first.text}{clause.num}{clause.text}"
    first.end, first.own_end = clause.end, clause.own_end
    first.save()
    clause.children.update(parent=first)
    _move(clause, first, 0)
    clause.delete()


def _cut(clause: Clause, start: int, end: int) -> list[list[int]]:
    inner = [[at - start, source] for at, source in clause.runs if start < at < end]
    return [[0, source_place(clause, start)], *inner]


def _make_room(document: Document, after: int) -> None:
    Clause.objects.filter(document=document, ordinal__gt=after).update(ordinal=F("ordinal") + 1)


def _free_eid(clause: Clause) -> str:
    taken = set(Clause.objects.filter(document=clause.document, eid__startswith=f"{clause.eid}-").values_list("eid", flat=True))
    names = (f"{clause.eid}-{mark}" for mark in chain("bcdefghijklmnopqrstuvwxyz", map(str, count(1))))
    return next(name for name in names if name not in taken)


def _move(clause: Clause, to: Clause, start: int) -> None:
    """Lead what points at source offset `start` of `clause` or later to another clause."""
    here = {"document": clause.document, "eid": clause.eid}
    for finding in Finding.objects.filter(**here):
        if not finding.spans or finding.spans[0][0] >= start:
            finding.eid = to.eid
            finding.save(update_fields=["eid"])
    Erratum.objects.filter(**here, start__gte=start).exclude(field="structure", start=clause.own_start).update(eid=to.eid)
    for follow in FOLLOWERS:
        follow(clause, to, start)
