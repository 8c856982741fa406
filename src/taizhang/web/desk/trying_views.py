"""试一试: what a scoring would be if figures, targets, weights or parameters were other. Everything is in the address; nothing is
written."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cycle
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.scores.daily import kinds_of
from taizhang.apps.assessments.scores.runs import light_runs
from taizhang.apps.assessments.scores.supposing_pages import KINDS, Line, choices_of, line_of, lines_of, meanings_of, supposed_of
from taizhang.apps.assessments.scores.what_if import Supposition, suppose
from taizhang.kernel.errors import TaizhangError
from taizhang.web.desk.doors import opens, page, whole_number
from taizhang.web.desk.year_doors import units_by_category, year_of


@opens("desk.enter")
def trying(request: HttpRequest, slug: str, run: int) -> HttpResponse:
    """Choose a unit and one of its criteria, say what they would be; see which scores, grades and places move."""
    cycle = year_of(slug)
    row = light_runs().filter(cycle=cycle, pk=run).first()
    if row is None:
        raise Http404
    given, wrong = list(_given(request)), ""
    added = [line for line in map(line_of, given) if line is not None]
    if len(added) < len(given):
        wrong = _("假设的值要写数字，例如 3300 或 97.5")
    lines = lines_of([*request.GET.getlist("s"), *(line.text for line in added)])
    here = reverse("desk:trying", args=[slug, run])
    if added and not wrong:
        return redirect(f"{here}?{urlencode([('subject', request.GET.get('subject', '')), *(('s', one.text) for one in lines)])}")
    found, refused = _supposed(row.pk, lines)
    context = {
        "cycle": cycle,
        "run": row,
        "lines": _told(cycle, lines, here),
        "found": found,
        "why": wrong or refused,
        "kinds": KINDS,
        "labels": _labels(cycle),
        **_chosen(request, cycle, row),
    }
    return page(request, "desk/trying.html", context)


def _given(request: HttpRequest) -> Iterator[str]:
    """Lines for what the form was filled in with."""
    subject, criterion = request.GET.get("subject", ""), request.GET.get("criterion", "")
    for name, value in request.GET.items():
        kind, _colon, parameter = name.partition(":")
        if kind in KINDS and str(value).strip():
            about = parameter if kind == "case" else criterion
            yield "|".join((kind, subject, about, parameter if kind == "parameter" else "", str(value)))


def _supposed(run: int, lines: list[Line]) -> tuple[Supposition | None, str]:
    if not lines:
        return None, ""
    try:
        return suppose(run, supposed_of(lines)), ""
    except TaizhangError as told:
        return None, str(told)


def _told(cycle: Cycle, lines: list[Line], here: str) -> list[dict[str, Any]]:
    """The lines in words, each with the address of the page without it."""
    names = dict(cycle.subjects.filter(pk__in={line.subject for line in lines}).values_list("pk", "name")) if lines else {}
    labels, words = _labels(cycle), _meanings(cycle)
    return [
        {
            "line": line,
            "what": words.get((line.criterion, line.name), line.name),
            "whose": names.get(line.subject, "") if line.kind in ("figure", "case") else _("所有有这一项的单位"),
            "label": labels.get(line.criterion, line.criterion),
            "without": f"{here}?{urlencode([('s', other.text) for other in lines if other is not line])}",
        }
        for line in lines
    ]


def _meanings(cycle: Cycle) -> dict[tuple[str, str], str]:
    """What parameters mean, by criterion and name."""
    nodes = (node for tree in scheme_for(cycle).trees.values() for node in walk(tree))
    return {(node.id, name): meaning for node in nodes for name, meaning in meanings_of(node).items()}


def _labels(cycle: Cycle) -> dict[str, str]:
    scheme = scheme_for(cycle)
    nodes, out = list(scheme.trees.values()), {one.id: one.label for one in (*scheme.adjustments, *scheme.sanctions)}
    while nodes:
        node = nodes.pop()
        out[node.id] = node.label
        nodes += node.children
    return out


def _chosen(request: HttpRequest, cycle: Cycle, row: Any) -> dict[str, Any]:
    subjects = [one for one in cycle.subjects.all() if one.tree]
    subject = next((one for one in subjects if one.pk == whole_number(request.GET.get("subject", ""))), None)
    scheme = scheme_for(cycle)
    choices = choices_of(row, scheme, subject.pk) if subject else []
    wanted = request.GET.get("criterion", "")
    return {
        "groups": units_by_category(cycle, subjects),
        "subject": subject,
        "choices": choices,
        "choice": next((one for one in choices if one.cell.criterion == wanted), None),
        "cases": kinds_of(scheme, subject) if subject else {},
    }
