"""Pages of targets: the board of the city, its areas and units, a unit's sheet, and one target with its siblings."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from taizhang.apps.assessments.results.board_pages import lights_by_body
from taizhang.apps.assessments.results.public_pages import sheet_scores, years_on
from taizhang.apps.gazettes.citing import Wanted, quoted
from taizhang.apps.gazettes.models import Clause, Edition, Finding
from taizhang.apps.gazettes.queries import clauses_at, issue_at
from taizhang.apps.targets import comparing, queries
from taizhang.apps.targets.dependants import areas_without_sheet
from taizhang.apps.targets.models import Measure, Sheet
from taizhang.web.context import pack
from taizhang.web.kept_parts import PartsOf
from taizhang.web.portal.gazette_views import issue_name
from taizhang.web.portal.home_view import whole
from taizhang.web.portal.year_progress import progress_in, progress_of, progress_on, trends_among

VIEWS = ("city", "areas", "units")
ROWS = 50  # of a table, on one page


def board(request: HttpRequest) -> HttpResponse:
    """The board of targets of an issue: `view`, `issue` (the newest unless named), `by`, `kind`, `sort`, `page`."""
    wanted = request.GET.get("issue", "")
    edition = queries.issue_with_sheets(wanted) or queries.issue_with_sheets()
    if edition is None:
        return render(request, "portal/board.html", {"edition": None})
    asked = {name: request.GET.get(name, "") for name in ("view", "by", "kind", "sort")}
    chosen = Chosen(
        asked["view"] if asked["view"] in VIEWS else "",
        "unit" if asked["by"] == "unit" else "section",
        asked["kind"] if asked["kind"] in queries.KINDS else "",
        asked["sort"] if asked["sort"] in queries.ORDERS else "printed",
        page_asked(request),
    )
    of_edition, facts = PartsOf(edition), cache(lambda: _board(edition, chosen))
    context = {
        "edition": edition,
        "name": issue_name,
        "wanted": bool(wanted),
        "by": chosen.by,
        "kind": chosen.kind,
        "order": chosen.order,
        "main": of_edition.part("board", chosen, bool(wanted), facts=facts),
        "sources": of_edition.part("board-sources", chosen, facts=facts),
    }
    return render(request, "portal/board.html", context)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader chose on the board: `view` empty for the first there is; `order` of units."""

    view: str
    by: str
    kind: str
    order: str
    page: int = 1


def page_asked(request: HttpRequest) -> int:
    """`page`, from 1; 1 where it is none."""
    page = request.GET.get("page", "1")
    return max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def _board(edition: Edition, chosen: Chosen) -> dict[str, Any]:
    sheets = queries.sheets_of(edition)
    made = queries.compositions(sheets)
    present = [view for view, kind in zip(VIEWS, queries.LEVELS, strict=True) if any(sheet.kind == kind for sheet in sheets)]
    view = chosen.view if chosen.view in present else present[0]
    of_view = {"city": _city_board, "areas": _area_board, "units": _unit_board}
    year = progress_of(sheets[0].document.slug.partition("!")[0]) if sheets else None
    return {
        "issues": queries.issues_with_sheets(),
        "view": view,
        "views": present,
        "all": queries.together(made[sheet.pk] for sheet in sheets if sheet.kind != "city"),
        "made": made,
        "counts": {view: sum(sheet.kind == kind for sheet in sheets) for view, kind in zip(VIEWS, queries.LEVELS, strict=True)},
        "quotes": {},
        "year": year,
        "lights": lights_by_body(year.run) if view == "units" and year and year.run else {},
        **of_view[view](edition, chosen, sheets, made),
    }


def _city_board(edition: Edition, chosen: Chosen, sheets: list[Sheet], made: dict[int, Any]) -> dict[str, Any]:
    sheet = next(sheet for sheet in sheets if sheet.kind == "city")
    findings = queries.findings_within(edition, sheet.start, sheet.end)
    sections = queries.sections_of(sheet, findings)
    owners = comparing.owners(edition)
    lines = [line for section in sections for line in section.lines]
    answer = {
        line.item.pk: list(dict.fromkeys(o for t in line.targets for o in owners.get(comparing.comparison_key(t.measure), [])))
        for line in lines
    }
    by_unit: dict[str, list[Any]] = {}
    for line in lines:
        for owner in answer[line.item.pk]:
            by_unit.setdefault(owner.unit, []).append(line)
    alone = [line for line in lines if not answer[line.item.pk]]
    return {
        "sheet": sheet,
        "sections": sections,
        "answer": answer,
        "by_unit": by_unit,
        "alone": alone,
        "quotes": quoted(whole(line.item.clause) for line in lines),
    }


def _area_board(edition: Edition, chosen: Chosen, sheets: list[Sheet], made: dict[int, Any]) -> dict[str, Any]:
    areas, rows = comparing.matrix(edition)
    return {
        "areas": areas,
        "rows": rows,
        "has_city": any(row.comparison.city for row in rows),
        "without_sheet": areas_without_sheet(edition, [area.name for area in pack().areas]),
        "address": _addresses(areas),
    }


def _unit_board(edition: Edition, chosen: Chosen, sheets: list[Sheet], made: dict[int, Any]) -> dict[str, Any]:
    units = [sheet for sheet in sheets if sheet.kind == "unit"]
    if chosen.kind:
        units = [sheet for sheet in units if made[sheet.pk].counts[chosen.kind]]
    pages = max(1, -(-len(units) // ROWS))
    page = min(chosen.page, pages)
    shown = queries.ordered(units, made, chosen.order)[(page - 1) * ROWS : page * ROWS]
    return {"units": units, "shown": shown, "page": page, "pages": pages, "address": _addresses(units)}


def _addresses(sheets: list[Sheet]) -> dict[int, str]:
    seen: set[str] = set()
    out = {}
    for sheet in sorted(sheets, key=lambda sheet: sheet.ordinal):
        out[sheet.pk] = f"{sheet.unit}~{sheet.ordinal}" if sheet.unit in seen else sheet.unit
        seen.add(sheet.unit)
    return out


def sheet(request: HttpRequest, issue: str, unit: str) -> HttpResponse:
    """What one body owes for the year, as its sheet prints it."""
    edition = issue_at(issue)
    found = queries.sheet_at(edition, unit) if edition else None
    if edition is None or found is None:
        raise Http404(_("%(issue)s 没有“%(unit)s”的责任目标") % {"issue": issue, "unit": unit})
    of_edition, facts = PartsOf(edition), cache(lambda: _sheet(edition, found))
    context = {
        "section": "portal:board",
        "edition": edition,
        "name": issue_name(edition),
        "sheet": found,
        "main": of_edition.part("sheet", found.pk, facts=facts),
        "sources": of_edition.part("sheet-sources", found.pk, facts=facts),
    }
    return render(request, "portal/sheet.html", context)


def _sheet(edition: Edition, found: Sheet) -> dict[str, Any]:
    findings = queries.findings_within(edition, found.start, found.end)
    sections = queries.sections_of(found, findings)
    lines = [line for section in sections for line in section.lines]
    attached = {finding.pk for line in lines for finding in line.findings}
    heading = clauses_at({(found.document_id, found.eid)}).get((found.document_id, found.eid))
    number = found.document.slug.partition("!")[0]
    return {
        "scores": sheet_scores(number, found.body.ident) if found.body else [],
        "year": progress_in(number, [line.item.clause for line in lines]),
        "sections": sections,
        "made": queries.compositions([found])[found.pk],
        "deductions": sum(len(section.lines) for section in sections if section.group.is_deduction),
        "loose": [finding for finding in findings if finding.pk not in attached],
        "heading": heading,
        "quotes": quoted([whole(line.item.clause) for line in lines] + ([whole(heading)] if heading else [])),
    }


def target(request: HttpRequest, slug: str, eid: str, number: int) -> HttpResponse:
    """One target: as printed and as read, beside the same metric in other hands."""
    found = queries.target_at(slug, eid, number)
    if found is None:
        raise Http404(_("这一条没有第 %(n)s 个目标") % {"n": number})
    measure = found.measure
    clause = measure.clause
    compared = comparing.compare(found)
    related = compared.targets
    quotes = quoted([*(whole(t.measure.clause) for t in related), span_of(measure), whole(clause)])
    spans = [(t.measure.start, t.measure.end) for t in [found, *related]]
    number_of_notice = found.slug.partition("!")[0]
    year = progress_on(number_of_notice, measure.metric_key)
    trends, told_by = trends_among(year, [t.measure for t in [found, *related]])
    context = {
        "section": "portal:board",
        "edition": measure.edition,
        "name": issue_name(measure.edition),
        "target": found,
        "m": measure,
        "sheet": found.sheet,
        "compared": compared,
        "duties": queries.duties_on(clause),
        "without_sheet": areas_without_sheet(measure.edition, [area.name for area in pack().areas]) if compared.areas else [],
        "findings": _touching(list(measure.edition.findings.all()), spans),
        "own": quotes[span_of(measure).key],
        "years": years_on(number_of_notice),
        "year": year,
        "trends": trends,
        "told_by": told_by,
        "quotes": quotes,
        "beside": [t for t in queries.targets_of(Measure.objects.filter(clause=clause)) if t.number != number],
    }
    return render(request, "portal/target.html", context)


def span_of(measure: Measure) -> Wanted:
    """A measure cited by its own words."""
    clause: Clause = measure.clause
    return Wanted(clause, measure.start, measure.end, measure.quote, measure.row)


def _touching(findings: list[Finding], spans: list[tuple[int, int]]) -> list[Finding]:
    return [f for f in findings if any(a < end and start < b for start, end in spans for a, b in f.spans)]
