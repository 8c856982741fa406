"""申诉·整改: a unit contests a score and puts right what was found; the office follows up; the leading group decides."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.acting import light_cycles
from taizhang.apps.assessments.follow_up.appealing import appeals_of, decide_appeal, file_appeal, preview, published_run
from taizhang.apps.assessments.follow_up.pages import contestable, contested_cells, criterion_names, evidence_behind, origins_of
from taizhang.apps.assessments.follow_up.rectifying import (
    carry_over,
    open_rectification,
    plan_rectification,
    rectifications_of,
    report_rectification,
    verify_rectification,
)
from taizhang.apps.assessments.models import Appeal, Cycle, Rectification, Subject
from taizhang.apps.assessments.reports.attaching import attach_to_own
from taizhang.apps.assessments.reports.evidence import Upload
from taizhang.apps.assessments.wording import APPEAL_STATES, RECTIFICATION_STATES
from taizhang.apps.assessments.year.clocks import appeal_clock
from taizhang.kernel.errors import TaizhangError
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, opens, page, whole_number
from taizhang.web.desk.own_bodies import bodies_of
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.uploads import why_no_file
from taizhang.web.desk.year_doors import answer, figure, refused, units_by_category, year_of

_OF_UNIT = ("reporter", "signer")
# Who reads everybody's: those who follow up, those who decide, those who audit.
_OF_OFFICE = ("assessments.follow_up", "assessments.decide_appeal", "ledger.read")


@opens("desk.enter")
def follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Appeals and problems: of one's own units, or all for offices."""
    return show_follow_up(request, slug)


def show_follow_up(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act; `try=<points>&appeal=<pk>` shows what a decision would move."""
    cycle = year_of(slug)
    own = set(cycle.subjects.filter(ident__in=bodies_of(request.user, *_OF_UNIT)).values_list("ident", flat=True))
    is_office = any(request.user.may(permission, cycle.owner) for permission in _OF_OFFICE)
    appeals = [row for row in appeals_of(cycle) if is_office or row.ident in own]
    problems = [row for row in rectifications_of(cycle) if is_office or row.ident in own]
    clock = appeal_clock(cycle)
    context = {
        "cycle": cycle,
        "appeals": appeals,
        "claims": dict(Appeal.objects.filter(cycle=cycle).values_list("pk", "claim")),
        "names": criterion_names(cycle, {(row.ident, row.criterion) for row in (*appeals, *problems) if row.criterion}),
        "cells": contested_cells(published_run(cycle), {(row.ident, row.criterion) for row in appeals}),
        "files": evidence_behind(cycle),
        "problems": problems,
        "states": RECTIFICATION_STATES,
        "outcomes": {key: words for key, words in APPEAL_STATES.items() if key != "filed"},
        "clock": clock,
        "own_idents": own,
        "own": Subject.objects.filter(cycle=cycle, ident__in=own),
        "contestable": contestable(cycle, own) if own and clock and today() <= clock.due else {},
        "groups": units_by_category(cycle, cycle.subjects.all()),
        "origins": origins_of(cycle) if request.user.may("assessments.follow_up") else [],
        "later": light_cycles().filter(owner=cycle.owner, year__gt=cycle.year),
        "tried": _tried(request, cycle),
        "today": today(),
        "problem": problem,
    }
    return page(request, "desk/follow_up.html", context, status=REFUSED if problem else 200)


def _tried(request: HttpRequest, cycle: Cycle) -> dict[str, Any] | None:
    pk, points = whole_number(request.GET.get("appeal", "")), figure(request, "try", request.GET)
    appeal = Appeal.objects.filter(cycle=cycle, pk=pk or 0, state="filed").first()
    if appeal is None or points is None:
        return None
    try:
        return {"appeal": appeal.pk, "points": points, "moved": preview(appeal, points), "why": ""}
    except TaizhangError as told:
        return {"appeal": appeal.pk, "points": points, "moved": [], "why": str(told)}


def _answer(request: HttpRequest, cycle: Cycle, operation: Any, form: str, said: str, /, **facts: Any) -> HttpResponse:
    return answer(request, cycle, operation, form, said, show=show_follow_up, back="desk:follow_up", **facts)


def _of_unit(
    request: HttpRequest, slug: str, subject: Subject, operation: Any, form: str, said: str, /, **facts: Any
) -> HttpResponse:
    body = subject.ident if subject.ident in bodies_of(request.user, *_OF_UNIT) else ""
    cycle = year_of(slug)

    def call(*, by: Any, at: Any, for_body: str | None, **given: Any) -> Any:
        return operation(by=by, at=at, for_body=body, **given)

    return _answer(request, cycle, call, form, said, **facts)


def _day(request: HttpRequest) -> date | str | None:
    """The day of a form; None where none is written, what is wrong with it where it is no day."""
    given = request.POST.get("due_on", "").strip()
    day = day_in_address(given)
    if given and day is None:
        return _("“%(given)s”不是日期。期限写成 2026-03-31 这样，不填就按方案的期限") % {"given": given[:20]}
    return day


@require_POST
@opens("assessments.contest")
def contest(request: HttpRequest, slug: str) -> HttpResponse:
    """Contest a score."""
    subject = get_object_or_404(Subject, pk=whole_number(request.POST.get("subject", "")) or 0)
    facts = {"subject": subject.pk, "criterion": request.POST.get("criterion", ""), "claim": request.POST.get("claim", "")}
    return _of_unit(request, slug, subject, file_appeal, "contest", _("申诉已提交"), **facts)


@require_POST
@opens("assessments.decide_appeal")
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Decide an appeal."""
    points = request.POST.get("points", "").strip()
    value = figure(request, "points")
    if points and value is None:
        return show_follow_up(
            request, slug, refused(_("“%(given)s”不是分数，例如 0.5") % {"given": points[:20]}, "decide", request, pk)
        )
    facts = {"appeal": pk, "outcome": request.POST.get("outcome", ""), "reason": request.POST.get("reason", ""), "points": value}
    words = _("申诉已决定，理由会公开")
    return _answer(request, year_of(slug), decide_appeal, "decide", words, key=pk, **facts)


@require_POST
@opens("assessments.follow_up")
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a problem that a notice or record shows."""
    cycle, due_on = year_of(slug), _day(request)
    if isinstance(due_on, str):
        return show_follow_up(request, slug, refused(due_on, "begin", request))
    facts = {
        "cycle": cycle.pk,
        "subject": whole_number(request.POST.get("subject", "")) or 0,
        "origin": request.POST.get("origin", ""),
        "problem": request.POST.get("text", ""),
        "due_on": due_on,
    }
    return _answer(request, cycle, open_rectification, "begin", _("整改已交办"), **facts)


@require_POST
@opens("assessments.rectify")
def plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The unit's plan."""
    row = get_object_or_404(Rectification.objects.select_related("subject"), pk=pk)
    due_on = _day(request)
    if isinstance(due_on, str):
        return show_follow_up(request, slug, refused(due_on, "plan", request, pk))
    facts = {"key": pk, "rectification": pk, "plan": request.POST.get("text", ""), "due_on": due_on}
    return _of_unit(request, slug, row.subject, plan_rectification, "plan", _("整改方案已报"), **facts)


@require_POST
@opens("assessments.rectify")
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The unit says what was done."""
    row = get_object_or_404(Rectification.objects.select_related("subject"), pk=pk)
    facts = {"key": pk, "rectification": pk, "outcome": request.POST.get("text", "")}
    return _of_unit(request, slug, row.subject, report_rectification, "report", _("整改情况已报，等核实"), **facts)


@require_POST
@opens("assessments.rectify")
def attach(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """A file behind the unit's own appeal or rectification."""
    rows: Any = Appeal if kind == "appeal" else Rectification
    row = get_object_or_404(rows.objects.select_related("subject"), pk=pk)
    about, file = f"{kind}:{pk}", request.FILES.get("file")
    if file is None:
        return show_follow_up(request, slug, refused(why_no_file(request, _("没有选文件")), "attach", request, about))
    upload = Upload(file.name or "", file.read(), request.POST.get("place", ""))
    return _of_unit(
        request, slug, row.subject, attach_to_own, "attach", _("材料已存证"), key=about, about=about, upload=upload
    )  # fmt: skip


@require_POST
@opens("assessments.follow_up")
def verify(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The office says whether it is done."""
    is_done = request.POST.get("done") == "1"
    facts = {"key": pk, "rectification": pk, "is_done": is_done, "reason": request.POST.get("reason", "")}
    words = _("已销号") if is_done else _("已退回单位继续整改")
    return _answer(request, year_of(slug), verify_rectification, "verify", words, **facts)


@require_POST
@opens("assessments.follow_up")
def carry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Carry an unmet problem over to a later year."""
    facts = {"key": pk, "rectification": pk, "to_cycle": whole_number(request.POST.get("year", "")) or 0}
    words = _("已转入下一年")
    return _answer(request, year_of(slug), carry_over, "carry", words, **facts)
