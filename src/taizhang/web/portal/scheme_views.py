"""The scheme of a year as it was approved: what is scored how, what its text left open and how that was answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taizhang.apps.assessments.schemes.stored import walk
from taizhang.engines.scoring import STRATEGIES
from taizhang.engines.scoring.model import Criterion, Scheme
from taizhang.kernel.citation import Citation
from taizhang.web.portal.assessment_views import common, quoting, year_at


def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    """The scheme of a year."""
    cycle, found, run = year_at(slug)
    context: dict[str, Any] = {
        **common(cycle, found, run),
        "trees": _trees(found),
        "strategies": _strategies(found),
        **quoting(_cited(found)),
    }
    return render(request, "portal/assessment/scheme.html", context)


def _cited(scheme: Scheme) -> dict[str, Citation | None]:
    return {
        **{f"grade {grade.name}": grade.citation for grade in scheme.grades},
        **{f"adjustment {each.id}": each.citation for each in scheme.adjustments},
        **{f"sanction {each.id}": each.citation for each in scheme.sanctions},
        **{f"calendar {name}": citation for name, citation in scheme.calendar.citations.items()},
    }


def _trees(scheme: Scheme) -> list[tuple[Criterion, list[str]]]:
    """Each tree with the names of those that are assessed by it."""
    by_tree: dict[str, list[str]] = {}
    for subject in scheme.subjects:
        by_tree.setdefault(subject.tree, []).append(subject.name)
    return [(scheme.trees[tree], names) for tree, names in by_tree.items()]


def _strategies(scheme: Scheme) -> list[tuple[str, int, str, int]]:
    """Strategies in use: name, version, formula in words, for how many leaves."""
    counts: dict[str, int] = {}
    for tree in scheme.trees.values():
        for node in walk(tree):
            if node.rule is not None:
                counts[node.rule.strategy] = counts.get(node.rule.strategy, 0) + 1
    return [
        (name, STRATEGIES[name].version, str(STRATEGIES[name].formula), n) for name, n in counts.items() if name in STRATEGIES
    ]
