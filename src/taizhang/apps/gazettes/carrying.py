"""What a published erratum takes over, and where errata go when a newer reading of the same issue is adopted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from taizhang.apps.gazettes.models import Clause, Disposition, Edition, Erratum, Finding
from taizhang.apps.gazettes.queries import source_place
from taizhang.apps.ledger.operations import Actor

# What apps above this one do for errata of their rows: have one count in figures and bodies, and find the row that an erratum
# means in another edition (by that edition's clause, as Erratum.target says it): None where no row is printed as it was.
EFFECTS: list[Callable[[Erratum], None]] = []
FOLLOWED: list[Callable[[Erratum, Clause], str | None]] = []

GONE, REPEATED, CHANGED = "clause-is-gone", "words-are-repeated", "print-reads-otherwise"
OTHERWISE, STRUCTURE = "corrected-otherwise", "structure"


def take_over(erratum: Erratum, by: str, at: datetime) -> None:
    """Have the erratum's reading count from now on, and close the finding that it answers."""
    for effect in EFFECTS:
        effect(erratum)
    if erratum.finding is not None:
        dispose(erratum.finding, Disposition.ERRATUM, erratum.reason, by, at)


def dispose(
    finding: Finding, disposition: str, reason: str, by: str, at: datetime | None, carried_from: Finding | None = None
) -> None:
    """Write what was decided of a finding, by whom, and of which reading's finding. The caller writes the ledger."""
    finding.disposition, finding.reason, finding.decided_by, finding.decided_at = disposition, reason, by, at
    finding.carried_from = carried_from
    finding.save(update_fields=["disposition", "reason", "decided_by", "decided_at", "carried_from"])


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of an erratum in a newer reading of its issue: it goes to `clause`, or `why` says why it does not.

    `twin` is the correction of the newer reading that says the same; one of structure goes on only as that (see `repeating`).
    """

    erratum: Erratum
    clause: Clause | None
    start: int
    end: int
    target: str
    why: str
    twin: Erratum | None = None


def plan(old: Edition, new: Edition) -> list[Carried]:
    """For each erratum of the older reading where it stands in the newer one. A few queries for each; nothing is written."""
    rows = list(old.errata.select_related("document", "finding", "repeats").order_by("number", "pk"))
    drafts = list(new.errata.select_related("document"))
    return [_structure(row, rows, drafts) if row.field == "structure" else _planned(row, old, new, drafts) for row in rows]


def _structure(erratum: Erratum, rows: list[Erratum], drafts: list[Erratum]) -> Carried:
    again = same_structure(erratum, rows, drafts)
    return Carried(erratum, None, again.start, again.end, "", "", again) if again else _left(erratum, STRUCTURE)


def same_structure(erratum: Erratum, old: Iterable[Erratum], new: Iterable[Erratum]) -> Erratum | None:
    """Of a newer reading's corrections the one that does to clauses what `erratum` of the `old` ones did.

    A clause may have been split, joined and split again: the second time is then another one than the first.
    """
    before, after = (
        sorted((e for e in rows if _deed(e) == _deed(erratum)), key=lambda e: (e.made_at, e.pk)) for rows in (old, new)
    )
    return next(iter(after[before.index(erratum) :]), None)


def made_first(erratum: Erratum) -> Erratum:
    """What a correction that is made again in a proposal repeats: it, if it was published; else what it repeated itself."""
    return erratum if erratum.number is not None else erratum.repeats or erratum


def _deed(erratum: Erratum) -> tuple[str, ...]:
    return erratum.field, erratum.document.ident, erratum.printed, erratum.corrected


def _planned(erratum: Erratum, old: Edition, new: Edition, drafts: list[Erratum]) -> Carried:
    clause = _clause_in(erratum, old, new)
    if clause is None:
        return _left(erratum, GONE)
    start, end, target = erratum.start, erratum.end, ""
    if erratum.field == "text":
        times = clause.text.count(erratum.printed)
        if times != 1:
            return _left(erratum, REPEATED if times else CHANGED)
        place = clause.text.find(erratum.printed)
        start, end = source_place(clause, place), source_place(clause, place + len(erratum.printed) - 1) + 1
    else:
        found = next((named for follow in FOLLOWED if (named := follow(erratum, clause)) is not None), None)
        if found is None:
            return _left(erratum, CHANGED)
        target, start, end = found, clause.own_start, clause.own_end
    same = [d for d in drafts if d.document_id == clause.document_id and d.eid == clause.eid and d.field == erratum.field]
    about = [d for d in same if d.target == target and (erratum.field != "text" or d.printed == erratum.printed)]
    twin = next((d for d in about if d.corrected == erratum.corrected), None)
    if about and twin is None:
        return _left(erratum, OTHERWISE)
    return Carried(erratum, clause, start, end, target, "", twin)


def _left(erratum: Erratum, why: str) -> Carried:
    return Carried(erratum, None, erratum.start, erratum.end, "", why)


def _clause_in(erratum: Erratum, old: Edition, new: Edition) -> Clause | None:
    """Where the erratum's clause stands in the newer reading: at the same place of the same file; else where it has the same
    words, or else under the same eId.
    """
    rows = Clause.objects.filter(document__edition=new, document__ident=erratum.document.ident).select_related("document")
    if old.source_id == new.source_id:
        return rows.filter(own_start__lte=erratum.start, own_end__gt=erratum.start).first()
    was = Clause.objects.filter(document=erratum.document, eid=erratum.eid).first()
    here = rows.filter(eid=erratum.eid).first()
    if was is None or not was.text or (here is not None and here.text == was.text):
        return here
    same = list(rows.filter(text=was.text)[:2])
    return same[0] if len(same) == 1 else here


def carry(planned: Iterable[Carried], new: Edition, by: Actor, at: datetime) -> list[Erratum]:
    """Write what was planned: published errata keep their numbers and count in `new`; proposed ones wait. Gives the rows."""
    return [_carried(one, new, by, at) for one in planned if not one.why]


def _carried(one: Carried, new: Edition, by: Actor, at: datetime) -> Erratum:
    was, row = one.erratum, one.twin or _copied(one, new)
    row.carried_from, row.number, row.published_on = was, was.number, was.published_on
    row.confirmed_by, row.confirmed_at = was.confirmed_by, was.confirmed_at
    row.finding = row.finding or _same_finding(was.finding, new)
    row.save()
    if row.number is not None:
        take_over(row, by.ident, at)
    return row


def carry_drafts(planned: Iterable[Carried], new: Edition) -> list[Erratum]:
    """Make corrections of an earlier proposal again in a newer one, in the names of their makers; they count at once."""
    made = []
    for one in planned:
        if one.why or one.twin is not None:
            continue
        row = _copied(one, new)
        row.repeats, row.finding = made_first(one.erratum), _same_finding(one.erratum.finding, new)
        row.save()
        take_over(row, row.made_by, row.made_at)
        made.append(row)
    return made


def _copied(one: Carried, new: Edition) -> Erratum:
    was, clause = one.erratum, one.clause
    if clause is None:
        raise AssertionError("what goes on without a clause has a twin")
    return Erratum(
        edition=new, document=clause.document, eid=clause.eid, field=was.field, printed=was.printed, corrected=was.corrected,
        start=one.start, end=one.end, target=one.target, reason=was.reason, meant=was.meant, made_by=was.made_by,
        made_at=was.made_at,
    )  # fmt: skip


def _same_finding(was: Finding | None, new: Edition) -> Finding | None:
    if was is None:
        return None
    return Finding.objects.filter(edition=new, rule=was.rule, quote=was.quote, eid=was.eid).order_by("ordinal").first()
