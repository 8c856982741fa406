"""The assessment year: cycles, results, scores with their certificates, figures, notices."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cell, Cycle, Notice, Run
from taizhang.apps.assessments.results import public_pages
from taizhang.apps.assessments.results import reading as results
from taizhang.apps.assessments.results.steps import publication
from taizhang.apps.assessments.schemes.sentences import Place as Sentence
from taizhang.apps.assessments.schemes.sentences import place, sentences
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.gazettes.citing import Quoted
from taizhang.engines.scoring.model import Scheme
from taizhang.kernel.citation import Citation
from taizhang.web.api import assessment_shapes as shapes
from taizhang.web.api import errors
from taizhang.web.api.cursors import page
from taizhang.web.api.forms import Forms, Values, day, figure, instant
from taizhang.web.api.listed import DEFAULT_LIMIT, Cursor, Limit, Place, Word, answer, page_of, reads
from taizhang.web.api.shapes import Page
from taizhang.web.portal.assessment_views import today

router = Router(tags=["考核"])
_LISTED = "/api/v1/cycles"


@reads(router, "/cycles", Page[shapes.Cycle], summary="考核年度")
def cycles(request: HttpRequest, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    """Years that have begun."""
    rows, cursor = page(public_pages.public_rows(), ("pk",), cursor, limit)
    return page_of(request, [_cycle(request, row) for row in rows], cursor)


@reads(router, "/cycles/{cycle}", shapes.Cycle, absent=True, summary="一个考核年度")
def cycle(request: HttpRequest, cycle: Place) -> HttpResponse:
    """One year."""
    return answer(_cycle(request, _found(cycle)))


def _found(slug: str) -> Cycle:
    found = public_pages.cycle_at(slug)
    if found is None:
        raise errors.NothingHereError(what="考核年度", value=slug, listed=_LISTED)
    return found


def _scored(slug: str) -> tuple[Cycle, Scheme, Run | None]:
    found = _found(slug)
    return found, scheme_for(found), results.standing_run(found)


def _settled(run: Run | None) -> bool:
    return run is not None and run.state in results.SETTLED


def _cycle(request: HttpRequest, row: Cycle) -> Values:
    run, told = results.standing_run(row), publication(row, today())
    return {
        "cycle": row.slug, "title": row.scheme.title, "year": row.year, "document": row.scheme.document, "state": row.state,
        "owner": row.owner, "parent": row.parent.slug if row.parent else None, "subjects": row.subjects.count(),
        "run": run.pk if run else None, "as_at": day(run.as_at) if run else None, "is_settled": _settled(run),
        "published_by": day(told.due_on), "published_on": day(told.published_on), "is_met": told.is_met,
        "is_simulated": row.is_simulated, "url": f"{_base(request)}/assessment/{row.slug}/",
    }  # fmt: skip


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _known(value: Any) -> str | None:
    return figure(value)


def _score(row: results.Row) -> Values | None:
    return {"low": _known(row.low), "high": _known(row.high)} if row.is_set else None


@reads(router, "/cycles/{cycle}/results", Page[shapes.SubjectResult], absent=True, summary="考核结果")
def results_of(request: HttpRequest, cycle: Place, category: Word = "") -> HttpResponse:
    """Results by category, in order of places; what is undetermined has a range and no place."""
    row, scheme, run = _scored(cycle)
    return page_of(request, _results(request, row, scheme, run, category) if run else [], None)


def _results(request: HttpRequest, cycle: Cycle, scheme: Scheme, run: Run, category: str) -> Iterator[Values]:
    roots = public_pages.root_cells(run)
    for group in results.by_category(run, scheme):
        if category and category not in (group.id, group.name):
            continue
        for row in group.rows:
            is_placed = row.is_known and row.overridden is None and row.rank_best is not None
            cell = roots.get(row.score)
            yield {
                "cycle": cycle.slug, "run": run.pk, "as_at": day(run.as_at), "is_settled": _settled(run), "category": group.name,
                "body": row.ident, "name": row.name, "score": _score(row),
                "score_unknown": None if row.is_known else "undetermined" if row.is_set else "weight_not_set",
                "overridden": _known(row.overridden),
                "sanctions": list(row.sanctions), "adjusted": _known(row.adjusted), "grades": list(row.grades),
                "rank": [row.rank_best, row.rank_worst] if is_placed else None, "waits": list(row.waits),
                "certificate": _certificate_url(request, cell) if cell else None,
            }  # fmt: skip


def _certificate_url(request: HttpRequest, cell: int) -> str:
    return f"{_base(request)}/api/v1/cells/{cell}"


@reads(router, "/cycles/{cycle}/cells", Page[shapes.ScoredCell], absent=True, summary="逐项得分")
def cells(
    request: HttpRequest, cycle: Place, body: Word = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> HttpResponse:
    """Scores item by item."""
    row, scheme, run = _scored(cycle)
    found, cursor = _page(run, body, cursor, limit, figures_only=False)
    citations = _Citations(request, scheme, found)
    items = [_cell(request, row, run, each, citations) for each in found] if run else []
    return page_of(request, items, cursor)


def _page(run: Run | None, body: str, cursor: str | None, limit: int, *, figures_only: bool) -> tuple[list[Cell], str | None]:
    rows = public_pages.light_cells(run, body, figures_only=figures_only)
    return page(rows, ("pk",), cursor, limit)


class _Citations:
    """Citations of a page of cells, looked up together."""

    def __init__(self, request: HttpRequest, scheme: Scheme, cells: list[Cell]) -> None:
        trees = {cell.score.subject.tree for cell in cells}
        self._by_node: dict[tuple[str, str], Citation | None] = {
            (tree, node.id): node.citation for tree in trees if tree in scheme.trees for node in walk(scheme.trees[tree])
        }
        wanted = [self._by_node.get((cell.score.subject.tree, cell.criterion)) for cell in cells]
        self._found: dict[Sentence, Quoted] = sentences(wanted)
        self._forms = Forms.of(request)

    def of(self, cell: Cell) -> Values | None:
        """The citation of a cell's clause."""
        citation = self._by_node.get((cell.score.subject.tree, cell.criterion))
        if citation is None:
            return None
        quoted = self._found.get(place(citation))
        span = [citation.span.start, citation.span.end]
        url = self._forms.url(quoted.slug, quoted.eid) if quoted else None
        slug, eid = (quoted.slug, quoted.eid) if quoted else (None, citation.eid)
        return {
            "document": slug, "number": citation.document_number, "eid": eid, "row": None, "span": span, "quote": citation.quote,
            "url": url,
        }  # fmt: skip


def _waits(cell: Cell) -> list[str]:
    return [reason for reason in cell.waits_for.split("、") if reason]


def _cell(request: HttpRequest, cycle: Cycle, run: Run, cell: Cell, citations: _Citations) -> Values:
    score = None if cell.low is None else {"low": _known(cell.low), "high": _known(cell.high)}
    return {
        "cell": cell.pk, "cycle": cycle.slug, "run": run.pk, "is_settled": _settled(run), "body": cell.score.subject.ident,
        "name": cell.score.subject.name, "criterion": cell.criterion, "parent": cell.parent, "label": cell.label,
        "weight": _known(cell.weight), "score": score, "light": cell.status, "waits": _waits(cell), "digest": cell.digest,
        "citation": citations.of(cell), "certificate": _certificate_url(request, cell.pk),
    }  # fmt: skip


@reads(router, "/cells/{cell}", shapes.Certificate, absent=True, summary="得分凭证")
def cell(request: HttpRequest, cell: int) -> HttpResponse:
    """A certificate as it is stored."""
    found = public_pages.public_cell(cell) if 0 < cell < 2**62 else None
    content = results.certificate_by_cell(cell) if found is not None else None
    if found is None or content is None:
        raise errors.NothingHereError(what="得分凭证", value=str(cell)[:40], listed=_LISTED)
    run = found.score.run
    told = {"cell": cell, "cycle": run.cycle.slug, "run": run.pk, "is_settled": _settled(run), "certificate": content}
    return answer(told)


@reads(router, "/cycles/{cycle}/metrics", Page[shapes.Progress], absent=True, summary="指标进展")
def metrics(
    request: HttpRequest, cycle: Place, body: Word = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> HttpResponse:
    """Figures, the reported, the verified and the unknown apart."""
    row, scheme, run = _scored(cycle)
    found, cursor = _page(run, body, cursor, limit, figures_only=True)
    citations = _Citations(request, scheme, found)
    return page_of(request, [_metric(request, row, run, each, citations) for each in found] if run else [], cursor)


def _metric(request: HttpRequest, cycle: Cycle, run: Run, cell: Cell, citations: _Citations) -> Values:
    waits = _waits(cell)
    apart = {name: _known(cell.value) if cell.standing == name else None for name in ("reported", "verified", "decided")}
    unknown = None if cell.value is not None or cell.standing else (waits or ["undetermined"])[0]
    return {
        "cycle": cycle.slug, "as_at": day(run.as_at), "is_settled": _settled(run), "body": cell.score.subject.ident,
        "name": cell.score.subject.name, "metric": cell.metric, "label": cell.label, "unit": cell.unit, "bound": cell.bound,
        "target": _known(cell.target), "target_unknown": "unbound" if "unbound" in waits else None, **apart, "unknown": unknown,
        "light": cell.status, "citation": citations.of(cell), "certificate": _certificate_url(request, cell.pk),
    }  # fmt: skip


@reads(router, "/notices", Page[shapes.Notice], summary="通报")
def notices(request: HttpRequest, cycle: Word = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    """Issued notices, without their words."""
    rows, cursor = page(public_pages.notice_rows(cycle).defer("content"), ("pk",), cursor, limit)
    return page_of(request, [_notice(request, row, None) for row in rows], cursor)


@reads(router, "/notices/{notice}", shapes.Notice, absent=True, summary="一份通报")
def notice(request: HttpRequest, notice: int) -> HttpResponse:
    """One notice with its words."""
    found = public_pages.notice_at(notice) if 0 < notice < 2**62 else None
    if found is None:
        raise errors.NothingHereError(what="通报", value=str(notice)[:40], listed="/api/v1/notices")
    return answer(_notice(request, found, found.content))


def _notice(request: HttpRequest, row: Notice, content: Any) -> Values:
    base = _base(request)
    return {
        "notice": row.pk, "cycle": row.cycle.slug, "number": row.number, "title": row.title, "kind": row.kind,
        "period_start": day(row.period_start), "period_end": day(row.period_end), "issued_at": instant(row.issued_at),
        "due_on": day(row.due_on), "ledger_head": row.ledger_head or None, "url": f"{base}/notices/{row.pk}/",
        "docx": f"{base}/notices/{row.pk}.docx", "content": content,
    }  # fmt: skip
