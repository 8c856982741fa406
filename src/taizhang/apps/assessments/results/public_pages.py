"""What the public pages of a year show beside its scores: the list of years, appeals, rectification, notices, gaps of grades."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.utils import timezone

from taizhang.apps.assessments.acting import light_cycles, scheme_for
from taizhang.apps.assessments.models import Appeal, Cell, Cycle, Metric, Notice, Rectification, Run, Score, Step, Subject
from taizhang.apps.assessments.results.reading import SETTLED, Row, UnitSheet, standing_run, unit_sheet
from taizhang.apps.assessments.results.steps import Publication, publication
from taizhang.apps.organisations.models import Body, Name
from taizhang.apps.organisations.queries import current_name
from taizhang.engines.office.notice import Notice as PrintedNotice
from taizhang.engines.office.notice import notice_from_json
from taizhang.engines.scoring.model import Scheme

_HIDDEN = ("preparing",)


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A year of a scheme in the list, with the name of the body that runs it. `run` speaks for it, None before the first
    scoring."""

    cycle: Cycle
    subjects: int
    run: Run | None
    publication: Publication
    notices: int
    owner: str = ""

    @property
    def is_settled(self) -> bool:
        """True once its results are approved."""
        return self.run is not None and self.run.state in SETTLED


def cycles_by_year(today: date) -> list[tuple[int, list[CycleLine]]]:
    """The years that have begun, newest first. Four queries, and one for each cycle."""
    rows = light_cycles().exclude(state__in=_HIDDEN).order_by("-year", "parent_id", "slug")
    counted = rows.annotate(subject_count=Count("subjects", distinct=True))
    bodies = Body.objects.filter(ident__in=rows.values("owner")).prefetch_related("names")
    owners = {body.ident: current_name(body, today) for body in bodies}
    issued = dict(Notice.objects.filter(state="issued").order_by().values_list("cycle_id").annotate(count=Count("pk")))
    out: dict[int, list[CycleLine]] = {}
    for cycle in counted:
        told, count = issued.get(cycle.pk, 0), cycle.subject_count
        owner = owners.get(cycle.owner, cycle.owner)
        line = CycleLine(cycle, count, standing_run(cycle), publication(cycle, today), told, owner)
        out.setdefault(cycle.year, []).append(line)
    return list(out.items())


def cycle_at(slug: str) -> Cycle | None:
    """A year that has begun, by its address. One query."""
    found: Cycle | None = light_cycles().exclude(state__in=_HIDDEN).filter(slug=slug).first()
    return found


def root_cells(run: Run) -> dict[int, int]:
    """The cell of the whole for each score of a run: score → cell. One query."""
    return dict(Cell.objects.filter(score__run=run, ordinal=0).order_by().values_list("score_id", "pk"))


def gap_of(scheme: Scheme, row: Row) -> tuple[Decimal, Decimal] | None:
    """The two printed figures between which a known total lies without a grade printed for it (80–89 and 90: 89.60)."""
    if not row.is_known or row.grade is None or row.overridden is not None:
        return None
    bands = sorted(scheme.grades, key=lambda grade: grade.low)
    for band, above in pairwise(bands):
        printed = [Decimal(found) for found in re.findall(r"\d+(?:\.\d+)?", band.printed)]
        top = max(printed, default=above.low)
        if band.low < top < row.low < above.low:
            return top, above.low
    return None


def appeals_of(cycle: Cycle) -> list[Appeal]:
    """Appeals with their subjects, in the order they were filed. One query."""
    return list(Appeal.objects.filter(cycle=cycle).select_related("subject"))


def rectifications_of(cycle: Cycle, state: str = "") -> list[Rectification]:
    """Problems to be put right, by due day. One query."""
    rows = Rectification.objects.filter(cycle=cycle).select_related("subject", "carried_to__cycle")
    return list(rows.filter(state=state) if state else rows)


def rectification_counts(cycle: Cycle) -> dict[str, int]:
    """How many problems in each state. One query."""
    return dict(Rectification.objects.filter(cycle=cycle).order_by().values_list("state").annotate(count=Count("pk")))


def issued_notices(cycle: Cycle | None = None) -> list[Notice]:
    """Issued notices, newest first; drafts are nobody's business but the office's. One query."""
    rows = Notice.objects.filter(state="issued").select_related("cycle").defer("content")
    rows = rows.filter(cycle=cycle) if cycle is not None else rows.exclude(cycle__state__in=_HIDDEN)
    return list(rows.order_by("-period_end", "-pk"))


def notice_at(pk: int) -> Notice | None:
    """An issued notice. One query."""
    rows = Notice.objects.filter(state="issued", pk=pk).select_related("cycle")
    found: Notice | None = rows.first()
    return found


def days_of_steps(cycle: Cycle, codes: Sequence[str]) -> dict[str, Step]:
    """The last time each step was taken. One query."""
    return {step.code: step for step in Step.objects.filter(cycle=cycle, code__in=codes).order_by("pk")}


def subject_of(cycle: Cycle, ident: str) -> Subject:
    """A subject with its body; it is in the cycle. One query."""
    found: Subject = Subject.objects.select_related("body", "taken_over_by").get(cycle=cycle, ident=ident)
    return found


def later_names(subject: Subject) -> bool:
    """True if the unit's duties were handed to another during the year."""
    return subject.taken_over_by_id is not None


def public_cell(pk: int) -> Cell | None:
    """A cell of a run that was not sent back, with its certificate. One query."""
    rows = Cell.objects.select_related("score__run__cycle__scheme", "score__subject", "stored").defer(
        "score__run__cycle__scheme__content", "score__run__cycle__scheme__text"
    )
    found: Cell | None = rows.filter(pk=pk).exclude(score__run__state="sent_back").first()
    return found if found is not None and found.score.run.cycle.state not in _HIDDEN else None


def cells_below(cell: Cell) -> dict[str, int]:
    """Cells of the parts of a criterion, by criterion. One query."""
    rows = Cell.objects.filter(score_id=cell.score_id, parent=cell.criterion).exclude(pk=cell.pk).order_by()
    return dict(rows.values_list("criterion", "pk"))


def newer_cell(cell: Cell) -> int | None:
    """The same criterion's cell in the run that speaks for the year now, None where this is it. Two queries."""
    run = standing_run(cell.score.run.cycle)
    if run is None or run.pk == cell.score.run_id:
        return None
    rows = Cell.objects.filter(score__run=run, score__subject_id=cell.score.subject_id, criterion=cell.criterion)
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def names_of(cycle: Cycle, certificate: dict[str, Any]) -> dict[str, str]:
    """Whose figures a certificate uses, by name: bodies that reported, and `verifier` the body that confirms. Two queries."""
    inputs = certificate.get("inputs", [])
    metrics = {one["metric"] for one in inputs}
    columns = ("key", "verifier_body", "deputy_body", "reporter__name")
    rows = list(Metric.objects.filter(cycle=cycle, key__in=metrics).values_list(*columns))
    own = certificate.get("subject", {}).get("body", "")
    confirms = {key: deputy if body == own and deputy else body for key, body, deputy, _ in rows}
    names = Name.objects.filter(body__ident__in=confirms.values(), end=None).values_list("body__ident", "form", "text")
    named = {ident: text for ident, form, text in sorted(names, key=lambda row: row[1] == "short")}
    out = {f"verifier {key}": named.get(body, body) for key, body in confirms.items()}
    out |= {f"reporter {key}": reporter for key, _, _, reporter in rows if reporter}
    return out


def units_of_scores(keys: Iterable[str]) -> dict[str, str]:
    """Whose scores are, by the score's key as a word. One query."""
    numbers = {int(key) for key in keys if key.isdecimal() and len(key) < 12}
    rows = Score.objects.filter(pk__in=numbers).order_by().values_list("pk", "subject__ident")
    return {str(pk): str(ident) for pk, ident in rows}


def printed_notice(row: Notice) -> PrintedNotice:
    """The notice as it was issued: what is stored, with number, day and the ledger's head that it got then."""
    printed = notice_from_json(row.content)
    on = timezone.localdate(row.issued_at) if row.issued_at else None
    return replace(
        printed,
        title=printed.title or row.title,
        number=row.number or printed.number,
        dated=printed.dated or on,
        ledger_head=row.ledger_head or printed.ledger_head,
    )


def public_cycles(slug: str = "") -> list[Cycle]:
    """The years that have begun, newest first; with `slug` only that one. One query."""
    rows = light_cycles().exclude(state__in=_HIDDEN)
    return list((rows.filter(slug=slug) if slug else rows).order_by("-year", "slug"))


class CellLine(NamedTuple):
    """A cell without its certificate, as lists tell it."""

    pk: int
    criterion: str
    parent: str
    label: str
    weight: Decimal | None
    low: Decimal | None
    high: Decimal | None
    status: str
    metric: str
    value: Decimal | None
    target: Decimal | None
    bound: str
    unit: str
    standing: str
    waits_for: str
    digest: str


def cells_by_unit(run: Run, ident: str = "") -> Iterator[tuple[str, list[CellLine]]]:
    """The cells of a run unit by unit, in the order of the trees. One query."""
    rows = Cell.objects.filter(score__run=run).order_by("score_id", "ordinal")
    rows = rows.filter(score__subject__ident=ident) if ident else rows
    for unit, cells in groupby(rows.values_list("score__subject__ident", *CellLine._fields), key=lambda row: row[0]):
        yield str(unit), [CellLine._make(row[1:]) for row in cells]


def public_rows() -> QuerySet[Cycle]:
    """The years that have begun."""
    return light_cycles().exclude(state__in=_HIDDEN).select_related("scheme", "parent")


def notice_rows(slug: str = "") -> QuerySet[Notice]:
    """Issued notices, of one year or all."""
    rows = Notice.objects.filter(state="issued").exclude(cycle__state__in=_HIDDEN).select_related("cycle")
    return rows.filter(cycle__slug=slug) if slug else rows


def light_cells(run: Run | None, ident: str = "", *, figures_only: bool = False) -> QuerySet[Cell]:
    """Cells of a run with their subjects, in order of entry; `figures_only` leaves out what is only added up."""
    rows = Cell.objects.filter(score__run=run) if run is not None else Cell.objects.none()
    rows = rows.select_related("score__subject").defer("score__outcome")
    rows = rows.filter(score__subject__ident=ident) if ident else rows
    return rows.exclude(metric="") if figures_only else rows


def sheet_scores(number: str, ident: str) -> list[tuple[Cycle, Run, bool, UnitSheet]]:
    """What a body's sheet of a document has come to in the years that score it. One query, and five for each such year."""
    out = []
    for cycle in public_rows().filter(scheme__document=number, subjects__ident=ident):
        run = standing_run(cycle)
        sheet = unit_sheet(run, ident, scheme_for(cycle)) if run is not None else None
        if run is not None and sheet is not None:
            out.append((cycle, run, run.state in SETTLED, sheet))
    return out


def years_on(number: str) -> list[Cycle]:
    """The years that score the targets of a document, newest first. One query."""
    return list(public_rows().filter(scheme__document=number, parent=None))
