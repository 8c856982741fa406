"""单位变动: a body renamed or merged in mid-year; a body that is assessed begins a year of the same scheme on its own bodies."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cycle
from taizhang.apps.assessments.year.handover import hand_over, rename_subject
from taizhang.apps.assessments.year.opening import Member, open_tier
from taizhang.apps.organisations.models import Name
from taizhang.apps.organisations.queries import on_record
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number
from taizhang.web.desk.own_bodies import bodies_of
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.year_doors import refused, units_by_category, year_of

_MOST_MEMBERS = 300


@opens("desk.enter")
def units(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is assessed, who was renamed or merged, and the forms of those who may change it."""
    return show_units(request, slug)


def show_units(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    cycle = year_of(slug)
    scheme = scheme_for(cycle)
    subjects = list(cycle.subjects.select_related("taken_over_by"))
    own = bodies_of(request.user, "tier_office") & {subject.ident for subject in subjects}
    context = {
        "cycle": cycle,
        "groups": units_by_category(cycle, subjects),
        "changed": [one for one in subjects if one.former_name or one.taken_over_by],
        "tiers": list(Cycle.objects.filter(parent=cycle).only("slug", "owner")),
        "owners": {subject.ident: subject.name for subject in subjects},
        "own": [subject for subject in subjects if subject.ident in own],
        "trees": [(tree, node.label) for tree, node in scheme.trees.items()],
        "categories": scheme.categories,
        "today": today(),
        "problem": problem,
    }
    return page(request, "desk/units.html", context, status=REFUSED if problem else 200)


def _answer(request: HttpRequest, slug: str, operation: Any, form: str, said: str, /, **facts: Any) -> HttpResponse:
    year_of(slug)
    _done, problem = act(request, operation, form, **facts)
    if problem:
        return show_units(request, slug, problem)
    messages.success(request, said)
    return redirect("desk:units", slug)


@require_POST
@opens("assessments.hand_over")
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """A body goes on under another name."""
    day = day_in_address(request.POST.get("on", ""))
    if day is None:
        return show_units(request, slug, refused(_("写明从哪天起，例如 2025-07-01"), "rename", request))
    facts = {name: request.POST.get(name, "") for name in ("name", "reason")}
    facts |= {"subject": whole_number(request.POST.get("subject", "")) or 0, "on": day}
    return _answer(request, slug, rename_subject, "rename", _("已更名，责任书、填报和人员都不变"), **facts)


@require_POST
@opens("assessments.hand_over")
def hand(request: HttpRequest, slug: str) -> HttpResponse:
    """Duties go to another body: one of the year, or one of the register by its name."""
    cycle = year_of(slug)
    day, name = day_in_address(request.POST.get("on", "")), request.POST.get("to", "").strip()
    if day is None:
        return show_units(request, slug, refused(_("写明从哪天起，例如 2025-07-01"), "hand", request))
    heir = cycle.subjects.filter(name=name).values_list("ident", flat=True).first()
    if heir is None:
        heir = next((body.ident for body in on_record(name) if any(one.text == name for one in body.names.all())), name)
    facts = {"subject": whole_number(request.POST.get("subject", "")) or 0, "to": heir, "on": day}
    words = _("已移交，以后各期由%(name)s填报、签发") % {"name": name}
    return _answer(request, slug, hand_over, "hand", words, **facts, reason=request.POST.get("reason", ""))


@require_POST
@opens("assessments.open_tier")
def tier(request: HttpRequest, slug: str) -> HttpResponse:
    """A county or department begins a year of its own on its own bodies."""
    cycle, body = year_of(slug), request.POST.get("body", "")
    body = body if body in bodies_of(request.user, "tier_office") else ""
    names = [name.strip() for name in request.POST.get("names", "").splitlines() if name.strip()][:_MOST_MEMBERS]
    known = dict(Name.objects.filter(text__in=names).values_list("text", "body__ident"))
    tree, category = request.POST.get("tree", ""), request.POST.get("category", "")
    members = tuple(
        Member(known.get(name, f"{body}-{number}"), name, category, tree) for number, name in enumerate(names, start=1)
    )
    opened, problem = act(request, open_tier, "tier", for_body=body, cycle=cycle.pk, members=members)
    if problem:
        return show_units(request, slug, problem)
    messages.success(request, _("本级考核已开始，%(n)s 个单位等签收") % {"n": len(members)})
    return redirect("desk:year", opened.slug)
