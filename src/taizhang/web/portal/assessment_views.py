"""Pages of the assessment year: the list of years, a year's results, a unit's scores, certificates."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import dates
from django.utils.translation import gettext as _

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cell, Cycle, Run
from taizhang.apps.assessments.results import public_pages, unit_pages
from taizhang.apps.assessments.results import reading as results
from taizhang.apps.assessments.results.steps import publication
from taizhang.apps.assessments.schemes.sentences import of_json, place, sentences
from taizhang.apps.assessments.year.clocks import appeal_clock
from taizhang.engines.scoring import STRATEGIES, time_share
from taizhang.engines.scoring.model import Scheme
from taizhang.kernel.citation import Citation
from taizhang.web.clock import today
from taizhang.web.portal.assessment_charts import spread

SECTION = "portal:assessment"


def year_at(slug: str) -> tuple[Cycle, Scheme, Run | None]:
    """A year, its scheme and the run that speaks for it. Raises `Http404`."""
    cycle = public_pages.cycle_at(slug)
    if cycle is None:
        raise Http404(_("没有“%(slug)s”这个考核年度") % {"slug": slug})
    return cycle, scheme_for(cycle), results.standing_run(cycle)


def common(cycle: Cycle, scheme: Scheme, run: Run | None) -> dict[str, Any]:
    """What every page of a year knows."""
    settled = run is not None and run.state in results.SETTLED
    facts = {"section": SECTION, "cycle": cycle, "scheme": scheme, "run": run, "settled": settled, "today": today()}
    return {**facts, "meanings": meanings, "weekday": weekday}


def weekday(day: date) -> str:
    """星期五, Friday."""
    return str(dates.WEEKDAYS[day.weekday()])


def meanings(certificate: dict[str, Any]) -> list[tuple[str, str]]:
    """Parameters of a certificate's strategy: what was set, and what it means."""
    strategy = STRATEGIES.get(certificate["strategy"]["name"])
    given = certificate["parameters"]
    return [(_value(given[p.name]), p.meaning) for p in strategy.parameters if p.name in given] if strategy else []


def _value(value: object) -> str:
    """A parameter as a certificate keeps it: a figure stands as {"number": "18"}."""
    if isinstance(value, list | tuple):
        return "、".join(_value(one) for one in value)
    if isinstance(value, Mapping):
        return "、".join(_value(one) for one in value.values())
    return str(value)


def index(request: HttpRequest) -> HttpResponse:
    """The years by number."""
    years = public_pages.cycles_by_year(today())
    facts = {"section": SECTION, "years": years, "notices": public_pages.issued_notices()[:5], "today": today()}
    return render(request, "portal/assessment/index.html", facts)


def year(request: HttpRequest, slug: str) -> HttpResponse:
    """A year's results by category."""
    cycle, scheme, run = year_at(slug)
    groups = results.by_category(run, scheme) if run else []
    steps = public_pages.days_of_steps(cycle, ("approved", "published", "final"))
    calendar = scheme.calendar
    sanctions = {sanction.label: sanction for sanction in scheme.sanctions}
    shown = {label for group in groups for row in group.rows for label in row.sanctions}
    cited = {
        **{f"grade {n}": grade.citation for n, grade in enumerate(scheme.grades)},
        **{f"calendar {name}": citation for name, citation in calendar.citations.items()},
        **{f"sanction {label}": sanctions[label].citation for label in shown if label in sanctions},
    }
    full = max((tree.weight for tree in scheme.trees.values() if tree.weight is not None), default=Decimal(100))
    drawing = spread(groups, results.distribution(groups, scheme), full) if run else None
    appeals: dict[str, list[Any]] = {}
    for appeal in public_pages.appeals_of(cycle):
        appeals.setdefault(appeal.subject.ident, []).append(appeal)
    context = {
        **common(cycle, scheme, run),
        "groups": groups,
        "spread": drawing,
        "left_out": results.distribution(groups, scheme).left_out,
        "steps": steps,
        "publication": publication(cycle, today()),
        "clock": appeal_clock(cycle),
        "choice": {choice.id: choice for choice in scheme.choices},
        "roots": public_pages.root_cells(run) if run else {},
        "vacant": vacant,
        "classes_of": grade_classes,
        "ranking_key": partial(ranking_key, cycle, run, appeals),
        "gap": lambda row: public_pages.gap_of(scheme, row),
        "appeals": appeals,
        "notices": public_pages.issued_notices(cycle),
        **quoting(cited),
    }
    return render(request, "portal/assessment/year.html", context)


def ranking_key(
    cycle: Cycle, run: Run | None, appeals: dict[str, list[Any]], group: results.CategoryResults
) -> tuple[Any, ...] | None:
    """What a table of results is made from: a run is written once, appeals come and are decided. None where sanctions are shown:
    their sentences stand in issues that may change."""
    if run is None or any(row.sanctions for row in group.rows):
        return None
    contested = tuple((ident, each.pk, each.state) for ident, own in appeals.items() for each in own)
    names = tuple(row.name for row in group.rows)  # a body may be renamed
    return (cycle.slug, cycle.scheme.digest, run.pk, run.digest, run.state, group.id, names, contested)


def grade_classes(scheme: Scheme) -> dict[str, str]:
    """The look of each grade: the best, the worst, and the one below the best; the others are plain."""
    names = [grade.name for grade in sorted(scheme.grades, key=lambda grade: grade.low, reverse=True)]
    looks = dict.fromkeys(names, "")
    for index, look in ((1, "d"), (len(names) - 1, "z"), (0, "m")):
        if 0 <= index < len(names):
            looks[names[index]] = look
    return looks


def vacant(rank: int, shared: int) -> str:
    """The places that stay free behind one that several hold.

    >>> vacant(5, 2), vacant(5, 4)
    ('6', '6–8')
    """
    first, last = rank + 1, rank + shared - 1
    return str(first) if first == last else f"{first}–{last}"


def quoting(cited: dict[str, Citation | None]) -> dict[str, Any]:
    """For templates: `quote(name)` the sentence of a named citation, None where no adopted issue holds it; all of them once."""
    found = sentences(cited.values())
    by_name = {name: found.get(place(citation)) for name, citation in cited.items() if citation is not None}
    drawn = {q.key: q for q in by_name.values() if q is not None}
    return {"quote": by_name.get, "cited": cited.get, "quotes": list(drawn.values())}


def unit(request: HttpRequest, slug: str, ident: str) -> HttpResponse:
    """A unit's scores as its sheet prints the items, with one certificate beside; `show` chooses which."""
    cycle, scheme, run = year_at(slug)
    sheet = results.unit_sheet(run, ident, scheme) if run else None
    if run is None or sheet is None or not sheet.cells:
        raise Http404(_("“%(slug)s”还没有“%(unit)s”的得分") % {"slug": slug, "unit": ident})
    subject = public_pages.subject_of(cycle, ident)
    gone_by = time_share(scheme.period, run.as_at)
    sections = unit_pages.sections_of(sheet, scheme.trees[subject.tree], gone_by)
    wanted = request.GET.get("show", "")
    keys = {str(cell.cell): cell.cell for cell in sheet.cells}
    chosen = keys.get(wanted) or (sections[0].items[0].cell.cell if sections else sheet.cells[0].cell)
    certificate = results.certificate_by_cell(chosen)
    cited: dict[str, Citation | None] = {f"item {item.cell.cell}": item.citation for s in sections for item in s.items}
    context = {
        **common(cycle, scheme, run),
        "sheet": sheet,
        "subject": subject,
        "sections": sections,
        "gone_by": (gone_by * 100).quantize(Decimal("0.1")),
        "chosen": chosen,
        "c": certificate,
        "children": {cell.criterion: cell.cell for cell in sheet.cells},
        "names": public_pages.names_of(cycle, certificate or {}),
        "others": public_pages.later_names(subject),
        **quoting({**cited, **_cited_by(certificate or {})}),
    }
    return render(request, "portal/assessment/unit.html", context)


def _cited_by(certificate: dict[str, Any]) -> dict[str, Citation | None]:
    if not certificate:
        return {}
    total = certificate.get("total") or {}
    applied = [*total.get("adjustments", []), *total.get("sanctions", [])]
    return {
        "certificate": of_json(certificate["criterion"]["citation"]),
        **{f"applied {one['id']}": of_json(one["citation"]) for one in applied},
    }


def certificate(request: HttpRequest, cell: int) -> HttpResponse:
    """A certificate by itself, for reading and for A4."""
    found, content = _certificate(cell)
    cycle = found.score.run.cycle
    context = {
        **common(cycle, scheme_for(cycle), found.score.run),
        "subject": found.score.subject,
        "cell": found,
        "c": content,
        "children": public_pages.cells_below(found),
        "names": public_pages.names_of(cycle, content),
        "newer": public_pages.newer_cell(found),
        **quoting(_cited_by(content)),
    }
    return render(request, "portal/assessment/certificate.html", context)


def _certificate(cell: int) -> tuple[Cell, dict[str, Any]]:
    found = public_pages.public_cell(cell)
    content = results.certificate_by_cell(cell) if found is not None else None
    if found is None or content is None:
        raise Http404(_("没有第 %(cell)s 号得分凭证") % {"cell": cell})
    return found, content
