"""日常考核: what was seen during the year, recorded by one person with its evidence, confirmed by another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.acting import BEFORE_APPROVAL, scheme_for
from taizhang.apps.assessments.models import Cycle, Evidence
from taizhang.apps.assessments.reports.attaching import attach_to_record
from taizhang.apps.assessments.reports.evidence import Upload
from taizhang.apps.assessments.scores.daily import about, confirm_daily, kinds_of, record_daily, withdraw_daily
from taizhang.apps.assessments.wording import RECORD_STATES, SOURCES
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.uploads import why_no_file
from taizhang.web.desk.year_doors import acting_office, answer, closed, figure, refused, units_by_category, year_of

_PAGE = 100


@opens("assessments.record_daily")
def daily(request: HttpRequest, slug: str) -> HttpResponse:
    """Records, the unconfirmed first, and the form for a new one."""
    return show_daily(request, slug)


def show_daily(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act. The form asks for the unit first: what may be recorded depends on it."""
    cycle = year_of(slug)
    refused_here = closed(request, cycle, "assessments.record_daily")
    if refused_here:
        return refused_here
    asked = request.POST if request.method == "POST" else request.GET
    chosen = whole_number(asked.get("subject", ""))
    subjects = list(cycle.subjects.all())
    subject = next((one for one in subjects if one.pk == chosen), None)
    rows = list(cycle.daily_records.select_related("subject").order_by("-happened_on", "-pk")[:_PAGE])
    rows.sort(key=lambda row: row.state != "recorded")
    files = _files(rows)
    context = {
        "cycle": cycle,
        "rows": [(row, files.get(row.pk, [])) for row in rows],
        "groups": units_by_category(cycle, subjects),
        "subject": subject,
        "kinds": kinds_of(scheme_for(cycle), subject) if subject and subject.tree else {},
        "names": _names(cycle),
        "sources": SOURCES,
        "states": RECORD_STATES,
        "is_open": cycle.state in BEFORE_APPROVAL,
        "today": today(),
        "problem": problem,
    }
    return page(request, "desk/daily.html", context, status=REFUSED if problem else 200)


def _files(rows: list[Any]) -> dict[int, list[Evidence]]:
    abouts = {about(row.pk): row.pk for row in rows}
    out: dict[int, list[Evidence]] = {}
    for file in Evidence.objects.filter(about__in=abouts):
        out.setdefault(abouts[file.about], []).append(file)
    return out


def _names(cycle: Cycle) -> dict[str, str]:
    scheme = scheme_for(cycle)
    return {kind.id: kind.label for kind in (*scheme.adjustments, *scheme.sanctions)}


@require_POST
@opens("assessments.record_daily")
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Record, with the file that shows it where one is given."""
    cycle = year_of(slug)
    day = day_in_address(request.POST.get("happened_on", ""))
    if day is None:
        return show_daily(request, slug, refused(_("写明哪一天发生的，例如 2025-06-12"), "add", request))
    facts = {
        "cycle": cycle.pk,
        "subject": whole_number(request.POST.get("subject", "")) or 0,
        "source": request.POST.get("source", ""),
        "kind": request.POST.get("kind", ""),
        "happened_on": day,
        "note": request.POST.get("note", ""),
        "points": figure(request, "points"),
        "for_body": acting_office(request.user, cycle),
    }
    row, problem = act(request, record_daily, "add", **facts)
    if problem:
        return show_daily(request, slug, problem)
    messages.success(request, _("已记录第 %(n)s 号，另一个人确认后才算") % {"n": row.pk})
    return attach(request, slug, row.pk) if request.FILES.get("file") else redirect("desk:daily", slug)


@require_POST
@opens("assessments.record_daily")
def attach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a file behind a record nobody confirmed yet."""
    cycle, file = year_of(slug), request.FILES.get("file")
    if file is None:
        return show_daily(request, slug, refused(why_no_file(request, _("没有选文件")), "attach", request, pk))
    upload = Upload(file.name or "", file.read(), request.POST.get("place", ""))
    facts = {"about": about(pk), "upload": upload}
    return answer(
        request, cycle, attach_to_record, "attach", _("材料已存证"), show=show_daily, back="desk:daily", key=pk, **facts
    )


@require_POST
@opens("assessments.record_daily")
def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another person confirms."""
    words = _("第 %(n)s 号已确认，计分时会算") % {"n": pk}
    return answer(
        request, year_of(slug), confirm_daily, "confirm", words, show=show_daily, back="desk:daily", key=pk, record_id=pk
    )


@require_POST
@opens("assessments.record_daily")
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a record back with a reason."""
    facts = {"record_id": pk, "reason": request.POST.get("reason", "")}
    words = _("第 %(n)s 号已撤回，留在档案里") % {"n": pk}
    return answer(request, year_of(slug), withdraw_daily, "withdraw", words, show=show_daily, back="desk:daily", key=pk, **facts)
