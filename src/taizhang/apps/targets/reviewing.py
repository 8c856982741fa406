"""A stretch of a document as a reviewer sees it: each clause with its print and what was read from it. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Count

from taizhang.apps.gazettes.models import Clause, Document, Edition, Erratum, Finding, State
from taizhang.apps.gazettes.reading import Part, part_clauses
from taizhang.apps.gazettes.reviewing import Doubt
from taizhang.apps.organisations.models import Body, Event, Name
from taizhang.apps.organisations.queries import current_name
from taizhang.apps.targets.models import Duty, Measure, Sheet


@dataclass(slots=True)
class Reviewed:
    """A clause, its printed characters, and what hangs on it. `gap` is print before it that no clause took, if any."""

    clause: Clause
    printed: str
    gap: str
    doubts: list[Doubt] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    errata: list[Erratum] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)


def review_part(document: Document, part: Part, text: str, doubts: list[Doubt]) -> list[Reviewed]:
    """Clauses of a part in printed order. Five queries."""
    clauses = part_clauses(document, part)
    out = {clause.pk: Reviewed(clause, text[clause.own_start : clause.own_end], "") for clause in clauses}
    by_eid = {clause.eid: out[clause.pk] for clause in clauses}
    for before, clause in pairwise(clauses):
        gap = text[before.own_end : clause.own_start].strip() if clause.own_start > before.own_end else ""
        out[clause.pk].gap = gap.strip("*# \u3000|")
    for measure in Measure.objects.filter(clause__in=clauses):
        out[measure.clause_id].measures.append(measure)
    for duty in Duty.objects.filter(clause__in=clauses).select_related("body").prefetch_related("body__names"):
        out[duty.clause_id].duties.append(duty)
    for finding in Finding.objects.filter(document=document, eid__in=by_eid):
        by_eid[finding.eid].findings.append(finding)
    for erratum in Erratum.objects.filter(document=document, eid__in=by_eid).order_by("pk"):
        by_eid[erratum.eid].errata.append(erratum)
    for doubt in doubts:
        if doubt.document == document.pk and doubt.eid in by_eid:
            by_eid[doubt.eid].doubts.append(doubt)
    return list(out.values())


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A unit's name as an edition prints it. `body` is proposed or, with `confirmed_by`, confirmed; None: nobody knows.

    `called` is the full name the body bore when the edition was published.
    """

    name: str
    rows: int
    body: Body | None
    called: str
    confirmed_by: str


def printed_names(edition: Edition) -> list[PrintedName]:
    """Every unit an edition names, those without a body first, then those nobody confirmed. Four queries."""
    found: dict[str, tuple[int, int | None, str]] = {}
    duties = (
        Duty.objects.filter(edition=edition).order_by().values_list("name", "body_id", "confirmed_by").annotate(count=Count("pk"))
    )
    sheets = (
        Sheet.objects.filter(edition=edition)
        .order_by()
        .values_list("unit", "body_id", "confirmed_by")
        .annotate(count=Count("pk"))
    )
    for name, body, who, count in [*duties, *sheets]:
        rows, known, confirmed = found.get(name, (0, body, who))
        found[name] = (rows + count, known or body, confirmed if confirmed and who else "")
    bodies = Body.objects.prefetch_related("names").in_bulk({body for _, body, _ in found.values() if body})
    day = edition.published_on
    called = {pk: current_name(body, day) for pk, body in bodies.items()}
    names = [
        PrintedName(name, rows, bodies.get(key or 0), called.get(key or 0, ""), who) for name, (rows, key, who) in found.items()
    ]
    return sorted(names, key=lambda one: (one.body is not None, bool(one.confirmed_by), -one.rows, one.name))


def body_meant(written: str) -> str:
    """The id of the body that a person names by id or by one exact name; the words themselves where that is not one body."""
    written = written.strip()
    if Body.objects.filter(ident=written).exists():
        return written
    owners = set(Name.objects.filter(text=written).values_list("body__ident", flat=True))
    return owners.pop() if len(owners) == 1 else written


def body_names() -> list[str]:
    """Full names of all bodies, to choose from."""
    return list(Name.objects.filter(form="full").order_by("text").values_list("text", flat=True).distinct())


def open_events() -> list[Event]:
    """What texts say happened to bodies and nobody confirmed yet."""
    return list(Event.objects.filter(confirmed_by="").select_related("body"))


def uses_of(names: Iterable[str]) -> dict[str, int]:
    """How many sheets and duties of proposed and adopted editions print each name. Two queries."""
    asked = set(names)
    out = dict.fromkeys(asked, 0)
    live = {"edition__state__in": (State.PROPOSED, State.ADOPTED)}
    duties = Duty.objects.filter(name__in=asked, **live).order_by().values_list("name").annotate(count=Count("pk"))
    sheets = Sheet.objects.filter(unit__in=asked, **live).order_by().values_list("unit").annotate(count=Count("pk"))
    for name, count in [*duties, *sheets]:
        out[name] += count
    return out
