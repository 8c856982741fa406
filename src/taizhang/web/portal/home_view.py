"""The front page: search, the current issue, the city's targets and what each area owes."""

from collections import Counter
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.apps.gazettes import queries
from taizhang.apps.gazettes.citing import Wanted, quoted
from taizhang.apps.gazettes.models import Clause, Edition, Finding
from taizhang.apps.gazettes.reading import findings_of
from taizhang.apps.targets.dependants import (
    AreaBoard,
    BoardItem,
    area_board,
    area_metrics,
    areas_without_sheet,
    city_board,
    issue_facts,
)
from taizhang.apps.targets.models import Group, Measure
from taizhang.web.context import pack
from taizhang.web.kept_parts import Part, PartsOf
from taizhang.web.portal.year_progress import progress_of, trends_among

LIGHTS = ("met", "on", "risk", "behind", "due", "unknown")
Board = list[tuple[Group, list[BoardItem]]]


def home(request: HttpRequest) -> HttpResponse:
    """The front page of the newest issue; without one, how to begin."""
    edition = queries.current_issue()
    if edition is None:
        return render(request, "portal/home.html", {"edition": None, "main": Part(None, lambda: {"examples": []})})
    light, metric = request.GET.get("light", ""), request.GET.get("ind", "")
    light = light if light in LIGHTS else ""
    of_edition = PartsOf(edition)
    choices = of_edition.value("metrics", size=20_000, make=lambda: area_metrics(edition))
    metric = metric if metric in choices else ""
    facts = cache(lambda: _facts(edition, metric, light))
    context = {
        "edition": edition,
        "light": light,
        "main": of_edition.part("home", metric, light, facts=facts),
        "sources": of_edition.part("home-sources", metric, light, facts=facts),
    }
    return render(request, "portal/home.html", context)


def _facts(edition: Edition, metric: str, light: str) -> dict[str, Any]:
    findings = findings_of(edition)
    board = city_board(edition)
    starts = frozenset(start for finding in findings for start, _ in finding.spans)
    areas = area_board(edition, metric, starts)
    counts = queries.finding_counts(edition)
    items = [item for _, members in board for item in members]
    entries = queries.contents(edition)
    slug = items[0].item.group.sheet.document.slug if items else ""
    year = progress_of(slug.partition("!")[0]) if items else None
    lights = {item.item.pk: year.light(item.measures) if year else "unknown" for item in items}
    shown = ((group, [one for one in members if not light or lights[one.item.pk] == light]) for group, members in board)
    return {
        "entries": entries,
        "facts": issue_facts(edition),
        "open_findings": counts["error"] + counts["warning"],
        "board": [(group, members) for group, members in shown if members],
        "year": year,
        "light_of": lights,
        "board_slug": slug,
        "items": len(items),
        "lights": dict.fromkeys(LIGHTS, 0) | Counter(lights.values()),
        "areas": areas,
        "trends": trends_among(year, [figure.measure for figure in areas.figures if figure.measure])[0] if areas else {},
        "without_sheet": areas_without_sheet(edition, [area.name for area in pack().areas]),
        "about_areas": _about([f.measure for f in areas.figures if f.measure], findings) if areas else [],
        "about_items": {item.item.pk: _about(item.measures, findings) for item in items},
        "quotes": quoted(_wanted(items, areas)),
        "examples": _examples(board, next((entry.document.number for entry in entries if entry.document.number), "")),
    }


def whole(clause: Clause) -> Wanted:
    """A clause cited as a whole."""
    return Wanted(clause, clause.own_start, clause.own_end, f"{clause.num}{clause.text}")


def _wanted(items: list[BoardItem], areas: AreaBoard | None) -> list[Wanted]:
    of_areas = [figure.measure for figure in areas.figures if figure.measure] if areas else []
    return [whole(item.item.clause) for item in items] + [whole(measure.clause) for measure in of_areas]


def _about(measures: list[Measure], findings: list[Finding]) -> list[Finding]:
    """Findings that point into the words of these measures."""
    return [f for f in findings if any(m.start < end and start < m.end for m in measures for start, end in f.spans)]


def _examples(board: Board, number: str) -> list[str]:
    metrics = [m.metric for _, members in board for item in members for m in item.measures if len(m.metric) <= 6]
    return [*metrics[:2], *([number] if number else [])]
