"""一组数: the city's targets, the comparison of areas, units; and one metric from the city down."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from taizhang.apps.assessments.models import Cycle, Run
from taizhang.apps.assessments.results import board_pages, boards
from taizhang.apps.assessments.results import reading as results
from taizhang.apps.assessments.results.boards import Cascade, Figure
from taizhang.apps.assessments.year.periods import periods_of
from taizhang.apps.gazettes.citing import Wanted, quoted
from taizhang.apps.gazettes.queries import clauses_of_addresses
from taizhang.engines.scoring.model import Scheme
from taizhang.engines.targets.cascade import LEVEL_UNITS
from taizhang.web.context import pack
from taizhang.web.portal.assessment_charts import Trend, trend
from taizhang.web.portal.assessment_views import common, year_at

VIEWS = ("city", "areas", "units")


def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The boards of a year: `view` city, areas (`metric` chooses which) or units."""
    cycle, scheme, run = year_at(slug)
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else VIEWS[0]
    context: dict[str, Any] = {
        **common(cycle, scheme, run),
        "view": view,
        "views": VIEWS,
        "standings": board_pages.standings_of(run) if run else None,
        "quotes": [],
        "share_of": share_of,
    }
    if view == "city":
        found = boards.city_board(cycle, run)
        context |= {"tiles": found, **_sources(one.city for one in found if one.city)}
    elif view == "areas":
        context |= _areas(cycle, scheme, run, request.GET.get("metric", ""))
    else:
        context |= _units(scheme, run)
    return render(request, "portal/assessment/board.html", context)


def _units(scheme: Scheme, run: Run | None) -> dict[str, Any]:
    if run is None:
        return {"groups": [], "lights_of": dict, "full": None}
    full = max((tree.weight for tree in scheme.trees.values() if tree.weight), default=None)
    lights = board_pages.lights_by_score(run)
    return {"groups": results.by_category(run, scheme), "lights_of": lambda score: lights.get(score, {}), "full": full}


def _areas(cycle: Cycle, scheme: Scheme, run: Run | None, wanted: str) -> dict[str, Any]:
    found = boards.area_board(cycle, run)
    chosen = next((one for one in found if one.metric == wanted), max(found, key=lambda one: len(one.areas), default=None))
    if chosen is None:
        return {"compared": [], "chosen": None, "trends": {}, "without_metric": [], "without_sheet": [], **_sources(())}
    trends, told = trends_of(cycle, scheme, run, chosen.areas)
    names = (figure.name for figure in chosen.areas)
    without_metric, without_sheet = board_pages.areas_without(cycle, names, (area.name for area in pack().areas))
    facts = {"compared": found, "chosen": chosen, "without_metric": without_metric, "without_sheet": without_sheet}
    return {**facts, "trends": trends, "told": told, **_sources(chosen.areas)}


def trends_of(
    cycle: Cycle, scheme: Scheme, run: Run | None, figures: Iterable[Figure]
) -> tuple[dict[int, Trend], dict[int, list[board_pages.Told]]]:
    """Drawings and figures by cell. Three queries."""
    shown = {figure.cell: figure for figure in figures if figure.cell is not None}
    told = board_pages.series_of(cycle, shown)
    ends = [period.end or date.max for period in periods_of(scheme)]
    until = run.as_at if run else date.min
    return {
        cell: trend(
            [(t.period_end, t.value) for t in told.get(cell, ())],
            ends,
            until,
            figure.target,
            runs=_runs(figure),
            first=scheme.period.start,
        )
        for cell, figure in shown.items()
    }, told


def _runs(figure: Figure) -> bool:
    """True for a figure that adds up over the year and is to be reached."""
    return figure.unit not in LEVEL_UNITS and figure.bound not in ("<=", "<") and figure.unit not in ("%", "‰")


def metric(request: HttpRequest, slug: str) -> HttpResponse:
    """One metric (`m`, its key) from the city down, with sums, who measures it and every figure so far; the board without one."""
    cycle, scheme, run = year_at(slug)
    key = request.GET.get("m", "")[:300]
    if not key:
        return redirect("portal:board-of-year", slug)
    found = boards.cascade_of(cycle, run, key)
    if not found:
        raise Http404(_("这个考核年度没有“%(key)s”这个指标") % {"key": key})
    figures = [figure for one in found for figure in _figures(one)]
    trends, told = trends_of(cycle, scheme, run, figures)
    context = {
        **common(cycle, scheme, run),
        "key": key,
        "cascades": found,
        "trends": trends,
        "told": told,
        **_sources(figures),
    }
    return render(request, "portal/assessment/metric.html", context)


def _figures(one: Cascade) -> list[Figure]:
    return [*([one.city] if one.city else []), *one.areas, *one.units]


def _sources(figures: Iterable[Figure]) -> dict[str, Any]:
    """For templates: `source(figure)` is its sentence; all drawers once."""
    listed = list(figures)
    clauses = clauses_of_addresses({(figure.slug, figure.eid) for figure in listed})
    wanted = {address: Wanted(clause, clause.own_start, clause.own_end, clause.text) for address, clause in clauses.items()}
    found = quoted(wanted.values())
    by_address = {address: found.get(wish.key) for address, wish in wanted.items()}
    drawn = {q.key: q for q in by_address.values() if q is not None}
    return {"source": lambda figure: by_address.get((figure.slug, figure.eid)), "quotes": list(drawn.values())}


def share_of(value: Decimal | None, target: Decimal) -> Decimal:
    """How far a meter is filled, its flag at 80 per cent."""
    if value is None or target <= 0:
        return Decimal(0)
    return min(Decimal(100), max(Decimal(0), value / target * 80)).quantize(Decimal("0.1"))
