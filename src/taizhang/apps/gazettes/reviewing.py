"""What a review needs to see of an edition: what waits, what the reader doubted, where each doubt stands. Nothing here writes."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from taizhang.apps.gazettes.models import Clause, Disposition, Document, Edition, Erratum, Finding, State

_HEAVY = ("source__text", "agreeing", "diagnostics")
_EMPTY_LINE = re.compile(r"\n[ \t\u3000\r]*\n")
_LONG_JOIN = 12


def editions() -> QuerySet[Edition]:
    """All editions, newest proposal first, with `open_findings` and `corrections`, without their heavy columns."""
    return (
        Edition.objects.select_related("source")
        .defer(*_HEAVY)
        .annotate(
            open_findings=_count(Finding.objects.filter(disposition=Disposition.OPEN)),
            corrections=_count(Erratum.objects.all()),
        )
        .order_by("-proposed_at", "-pk")
    )


def _count(rows: QuerySet[Finding] | QuerySet[Erratum]) -> Coalesce:
    per_edition = rows.filter(edition=OuterRef("pk")).order_by().values("edition").annotate(count=Count("pk"))
    return Coalesce(Subquery(per_edition.values("count")), 0)


def waiting() -> QuerySet[Edition]:
    """Editions being read, waiting for review, or failed."""
    return editions().filter(state__in=[State.READING, State.PROPOSED, State.FAILED])


def waiting_errata() -> list[tuple[Edition, int, frozenset[str]]]:
    """Adopted editions for which errata wait to be confirmed, with how many and who proposed them. One query."""
    rows = Erratum.objects.filter(number=None, edition__state=State.ADOPTED).select_related("edition__source")
    rows = rows.defer(*(f"edition__{name}" for name in _HEAVY), "edition__frame", "edition__masthead").order_by("edition", "pk")
    out: dict[int, tuple[Edition, list[str]]] = {}
    for row in rows:
        out.setdefault(row.edition_id, (row.edition, []))[1].append(row.made_by)
    return [(edition, len(makers), frozenset(makers)) for edition, makers in out.values()]


def adopted_beside(edition: Edition) -> Edition | None:
    """The adopted edition whose place this one would take."""
    others = Edition.objects.filter(slug=edition.slug, state=State.ADOPTED).exclude(pk=edition.pk)
    return others.select_related("source").defer(*_HEAVY).first() if edition.slug else None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the reader did or doubted. `is_doubtful`: a person should look; else it is only said.

    `eid` and `document` are None where no clause holds the place.
    """

    number: int
    code: str
    message: str
    start: int
    end: int
    printed: str
    is_doubtful: bool
    document: int | None
    eid: str | None


def doubts_of(edition: Edition) -> list[Doubt]:
    """In printed order, each led to its clause. One query besides the edition with its source."""
    spans = sorted(
        Clause.objects.filter(document__edition=edition).values_list("own_start", "own_end", "document_id", "eid", "start", "end")
    )
    starts = [span[0] for span in spans]
    text = edition.source.text
    out = []
    for number, said in enumerate(sorted(edition.diagnostics, key=lambda one: one["span"]), 1):
        start, end = said["span"]
        place = _place(spans, starts, start, end)
        doubtful = said["code"] != "gazette.lines-joined" or is_doubtful_join(text[start:end])
        printed = said["printed"] or text[start:end]
        out.append(
            Doubt(number, said["code"], said["message"], start, end, printed, doubtful, place and place[2], place and place[3])
        )
    return out


Place = tuple[int, int, int, str, int, int]


def _place(spans: list[Place], starts: list[int], start: int, end: int) -> Place | None:
    """The clause whose own words hold `start`, else the first that begins inside the stretch."""
    at = bisect_right(starts, start) - 1
    if at >= 0 and spans[at][1] > start:
        return spans[at]
    if at + 1 < len(spans) and spans[at + 1][0] < end:
        return spans[at + 1]
    return spans[at] if at >= 0 and spans[at][5] > start else None


def is_doubtful_join(printed: str) -> bool:
    """True for a join across an empty line, of very many lines, or of a very short stretch left at a line's end.

    >>> is_doubtful_join("完成消防工作\\n任务"), is_doubtful_join("制定考核实\\n\\n施细则。")
    (False, True)
    """
    return _EMPTY_LINE.search(printed) is not None or printed.count("\n") >= _LONG_JOIN


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of an edition under review."""

    document: Document
    clauses: int
    open_findings: int
    doubts: int
    corrections: int


def document_lines(edition: Edition, doubts: list[Doubt]) -> list[DocumentLine]:
    """Documents with what is left to look at. Four queries."""
    by_document = {"document__edition": edition}
    clauses = _counted(Clause.objects.filter(**by_document))
    findings = _counted(Finding.objects.filter(edition=edition, disposition=Disposition.OPEN))
    corrections = _counted(Erratum.objects.filter(edition=edition))
    doubtful = Counter(doubt.document for doubt in doubts if doubt.is_doubtful)
    return [
        DocumentLine(d, clauses.get(d.pk, 0), findings.get(d.pk, 0), doubtful[d.pk], corrections.get(d.pk, 0))
        for d in Document.objects.filter(edition=edition)
    ]


def _counted(rows: QuerySet[Clause] | QuerySet[Finding] | QuerySet[Erratum]) -> dict[int, int]:
    return dict(rows.order_by().values_list("document_id").annotate(count=Count("pk")))


def split_places(clause: Clause) -> list[tuple[int, str, str]]:
    """Where a clause is likely to part: (offset, end of what is before, beginning of what follows), after 。；：."""
    text = clause.text
    offsets = [n for n in range(1, len(text)) if text[n - 1] in "。；;：:！？" and text[n].strip()]
    return [(n, text[max(0, n - 10) : n], text[n : n + 14]) for n in offsets[:40]]
