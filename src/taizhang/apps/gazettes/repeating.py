"""What a review decided, done again in a newer reading of the same issue: clauses split and joined, findings disposed of.

Only what stands in the newer reading exactly as it did is done again, in the name of who decided it and when; nothing is guessed.
See ADR 0018.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from taizhang.apps.gazettes.carrying import Carried, carry_drafts, dispose, made_first, plan, same_structure
from taizhang.apps.gazettes.errors import CannotMergeError
from taizhang.apps.gazettes.models import Clause, Disposition, Edition, Erratum, Finding, State
from taizhang.apps.gazettes.structure import MERGE, SPLIT, merge_rows, sibling_before, split_rows

# Why a decision is not taken over; `ALREADY` says that nothing has to be done.
GONE, CHANGED, REPEATED, ALREADY = "clause-is-gone", "print-reads-otherwise", "words-are-repeated", "divided-so-already"
UNRECORDED, NOT_FOUND, OTHERWISE = "place-is-not-recorded", "found-no-more", "decided-otherwise"

# What apps above this one take over of their own: (older reading, newer reading) gives the words of what they took over. The same
# with True writes nothing.
OF_APPS: list[Callable[[Edition, Edition, bool], list[str]]] = []


@dataclass(frozen=True, slots=True)
class Reshaped:
    """A split or a merge of an older reading: `done` is the same one of the newer; else it is done to `clause`, or `why` not."""

    erratum: Erratum
    done: Erratum | None = None
    clause: Clause | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A finding of an older reading that was accepted or deferred: `twin` is the same one of the newer, or `why` says why none.

    `is_done`: the twin stands decided so.
    """

    finding: Finding
    twin: Finding | None = None
    why: str = ""
    is_done: bool = False


@dataclass(slots=True)
class Repeated:
    """What of one older reading's review the newer one has, will take over and leaves behind.

    `drafts` are the other corrections: those of an earlier proposal go on with the rest, those of an adopted reading with the
    adoption.
    """

    old: Edition
    shapes: list[Reshaped] = field(default_factory=list)
    findings: list[Decided] = field(default_factory=list)
    drafts: list[Carried] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """True where the older reading was not worked on."""
        return not (self.shapes or self.findings or self.drafts or self.names)


def earlier(new: Edition) -> list[Edition]:
    """Readings of the same issue whose review goes on to a proposal, the latest decisions first: the last proposal before it that
    was not adopted, if it came after the adopted one, and the adopted one.
    """
    same = Edition.objects.filter(slug=new.slug).exclude(slug="").exclude(pk=new.pk).select_related("source")
    adopted = same.filter(state=State.ADOPTED).first()
    since = Q(pk__lt=new.pk, pk__gt=adopted.pk if adopted else 0)
    last = same.filter(since, state__in=[State.PROPOSED, State.REFUSED]).order_by("-pk").first()
    return [one for one in (last, adopted) if one is not None]


def plan_review(old: Edition, new: Edition) -> Repeated:
    """What becomes of one reading's review in another. Nothing is written. A few queries for each correction."""
    drafts = [one for one in plan(old, new) if one.erratum.field != "structure"]
    names = [words for follow in OF_APPS for words in follow(old, new, True)]
    return Repeated(old, plan_structure(old, new), plan_findings(old, new), drafts, names)


def repeat_review(old: Edition, new: Edition) -> Repeated:
    """Do it. `new` is a proposal. Gives what was done now, and with its reason what was not."""
    out = Repeated(old)
    before, rows = _structural(old), _Rows(new)
    for erratum in before:
        shaped = _reshaped(erratum, before, old, rows)
        if shaped.clause is not None:
            rows.forget()
            made = _reshape(erratum, shaped.clause, new)
            shaped = Reshaped(erratum, done=made, why="" if made else CHANGED)
        elif shaped.done is not None:
            continue
        out.shapes.append(shaped)
    if old.state not in (State.ADOPTED, State.SUPERSEDED):
        out.drafts = [one for one in plan(old, new) if one.erratum.field != "structure" and one.twin is None]
        carry_drafts(out.drafts, new)
    for one in plan_findings(old, new):
        if one.twin is not None and not one.is_done:
            was = one.finding
            dispose(one.twin, was.disposition, was.reason, was.decided_by, was.decided_at, was.carried_from or was)
            out.findings.append(one)
        elif one.why:
            out.findings.append(one)
    out.names = [words for follow in OF_APPS for words in follow(old, new, False)]
    return out


def _structural(edition: Edition) -> list[Erratum]:
    rows = edition.errata.filter(field="structure").select_related("document", "repeats")
    return list(rows.order_by("made_at", "pk"))


def plan_structure(old: Edition, new: Edition) -> list[Reshaped]:
    """Each split and merge of the older reading, in the order they were made."""
    before, rows = _structural(old), _Rows(new)
    return [_reshaped(erratum, before, old, rows) for erratum in before]


class _Rows:
    """Corrections of structure and clauses of the newer reading, asked once until they change."""

    def __init__(self, new: Edition) -> None:
        self.new = new
        self.forget()

    def forget(self) -> None:
        """They change."""
        self._done: list[Erratum] | None = None
        self._clauses: dict[str, list[Clause]] = {}

    def done(self) -> list[Erratum]:
        """Corrections of structure."""
        if self._done is None:
            self._done = _structural(self.new)
        return self._done

    def clauses(self, ident: str) -> list[Clause]:
        """The clauses of a document in printed order."""
        if ident not in self._clauses:
            rows = Clause.objects.filter(document__edition=self.new, document__ident=ident).defer("runs", "table")
            self._clauses[ident] = list(rows)
        return self._clauses[ident]


def _reshaped(erratum: Erratum, before: list[Erratum], old: Edition, new: _Rows) -> Reshaped:
    done = same_structure(erratum, before, new.done())
    if done is not None:
        return Reshaped(erratum, done=done)
    act, at = erratum.structure.get("act"), erratum.structure.get("at")
    if act not in (SPLIT, MERGE) or not isinstance(at, int):
        return Reshaped(erratum, why=UNRECORDED)
    rows = new.clauses(erratum.document.ident)
    parts = [erratum.printed] if act == SPLIT else [erratum.printed[:at], erratum.printed[at + 1 :]]
    found, why = _standing(rows, parts, erratum, old.source_id == new.new.source_id, numbered=act == MERGE)
    if found is not None:
        return Reshaped(erratum, clause=found)
    after = [erratum.printed[:at], erratum.printed[at:]] if act == SPLIT else [erratum.corrected]
    if why != REPEATED and _standing(rows, after, erratum, False)[0] is not None:
        why = ALREADY
    return Reshaped(erratum, why=why)


def _standing(
    rows: list[Clause], parts: list[str], erratum: Erratum, same_file: bool, *, numbered: bool = False
) -> tuple[Clause | None, str]:
    """The last of neighbouring clauses with exactly these words: at the same place of the same file, else under the same eId,
    else the only ones of the document; or why there is none.
    """
    words = [f"{row.num}{row.text}" if numbered else row.text for row in rows]
    runs = [n for n in range(len(rows) - len(parts) + 1) if words[n : n + len(parts)] == parts]
    if same_file:
        runs = [n for n in runs if rows[n].own_start == erratum.start]
    elif named := [n for n in runs if rows[n].eid == erratum.eid]:
        runs = named
    if len(runs) == 1:
        return rows[runs[0] + len(parts) - 1], ""
    if runs:
        return None, REPEATED
    return None, CHANGED if any(row.eid == erratum.eid for row in rows) else GONE


def _reshape(was: Erratum, clause: Clause, new: Edition) -> Erratum | None:
    """Split or merge, and put the correction down as its maker did. None where clauses that stand so cannot be joined."""
    clause = Clause.objects.select_related("document").get(pk=clause.pk)
    kept = clause
    if was.structure["act"] == SPLIT:
        split_rows(clause, was.structure["at"])
    else:
        try:
            kept = sibling_before(clause)
        except CannotMergeError:
            return None
        merge_rows(kept, clause)
    return Erratum.objects.create(
        edition=new, document=kept.document, eid=kept.eid, field="structure", printed=was.printed, corrected=was.corrected,
        start=kept.own_start, end=kept.own_end, reason=was.reason, made_by=was.made_by, made_at=was.made_at,
        repeats=made_first(was), structure=was.structure,
    )  # fmt: skip


def plan_findings(old: Edition, new: Edition) -> list[Decided]:
    """Each finding of the older reading that was accepted or deferred, in printed order. Four queries."""
    same_file = old.source_id == new.source_id
    before, after = _findings(old, same_file), _findings(new, same_file)
    decided = [f for f in before.all if f.disposition in (Disposition.ACCEPTED, Disposition.DEFERRED)]
    return [_decided(finding, before, after, same_file) for finding in decided]


Key = tuple[Any, ...]


@dataclass(slots=True)
class _Findings:
    all: list[Finding]
    key: dict[int, Key]
    alike: dict[Key, list[Finding]]
    places: set[tuple[str, str, str]]


def _findings(edition: Edition, same_file: bool) -> _Findings:
    rows = list(edition.findings.select_related("document", "carried_from").order_by("ordinal"))
    text = edition.source.text
    out = _Findings(rows, {}, {}, {(f.rule, _ident(f), f.eid) for f in rows})
    for row in rows:
        said = (row.rule, row.message, row.declared, row.computed)
        spans = [tuple(span) for span in row.spans]
        where = tuple(spans) if same_file else (_ident(row), row.eid, *(text[start:end] for start, end in spans))
        out.key[row.pk] = (*said, where)
        out.alike.setdefault(out.key[row.pk], []).append(row)
    return out


def _ident(finding: Finding) -> str:
    return finding.document.ident if finding.document else ""


def _decided(was: Finding, before: _Findings, after: _Findings, same_file: bool) -> Decided:
    key = before.key[was.pk]
    alike, here = before.alike[key], after.alike.get(key, [])
    if not here:
        return Decided(was, why=CHANGED if (was.rule, _ident(was), was.eid) in after.places else NOT_FOUND)
    # Of several alike in another file it is only clear which is which where all were decided alike.
    if len(alike) != len(here) or (not same_file and len({(f.disposition, f.reason) for f in alike}) > 1):
        return Decided(was, why=REPEATED)
    twin = here[alike.index(was)]
    if not twin.decided_by:
        return Decided(was, twin)
    if (twin.disposition, twin.reason) == (was.disposition, was.reason):
        return Decided(was, twin, is_done=True)
    return Decided(was, why=OTHERWISE)


def told(done: Iterable[Repeated]) -> dict[str, Any]:
    """For the ledger: what was taken over from which reading, who had decided it and when, and what was left behind and why."""
    return {"from": [_told(one) for one in done]}


def _told(one: Repeated) -> dict[str, Any]:
    corrections = [*(s.done for s in one.shapes if s.done), *(d.erratum for d in one.drafts if not d.why)]
    decisions = [d.finding for d in one.findings if d.twin]
    return {
        "edition": one.old.pk,
        "corrections": [[e.document.ident, e.eid, e.field, e.made_by, e.made_at.isoformat()] for e in corrections],
        "findings": [
            [f.ordinal, f.rule, f.disposition, f.decided_by, f.decided_at and f.decided_at.isoformat()] for f in decisions
        ],
        "names": one.names,
        "corrections_left": [
            [c.erratum.document.ident, c.erratum.eid, c.erratum.field, c.why] for c in (*one.shapes, *one.drafts) if c.why
        ],
        "findings_left": [[d.finding.ordinal, d.finding.rule, d.why] for d in one.findings if d.why],
    }
