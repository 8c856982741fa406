"""待填报、填报、送签发: a unit's figures of a period. What is refused and why is the operations' matter."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.models import Evidence, Report, Subject
from taizhang.apps.assessments.reports.answering import Answer, stages_to_report
from taizhang.apps.assessments.reports.evidence import Upload, attach_evidence, detach_evidence
from taizhang.apps.assessments.reports.pages import Item, PeriodSheet, own_subjects, period_sheet
from taizhang.apps.assessments.reports.queries import Line
from taizhang.apps.assessments.reports.reporting import acknowledge, save_reports
from taizhang.apps.assessments.reports.signing import sign_period
from taizhang.apps.assessments.results.own_targets import own_sheets
from taizhang.apps.assessments.states import RUNNING
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number
from taizhang.web.desk.own_bodies import acts_for, forbidden
from taizhang.web.desk.uploads import laid_aside
from taizhang.web.desk.waiting_work import waiting_of

ROLES = ("reporter", "signer")


@opens("desk.enter")
def own(request: HttpRequest) -> HttpResponse:
    """Subjects somebody reports or signs for, with their periods and what waits."""
    day = today()
    waiting: dict[tuple[int, date | None], list[Any]] = {}
    for line in waiting_of(request):
        if line.subject is not None:
            waiting.setdefault((line.subject.pk, line.period_end), []).append(line)
    over = [one for one in own_sheets(request.user) if one.cycle.state not in RUNNING]
    context = {"owned": own_subjects(request.user, day), "over": over, "waiting": waiting, "today": day}
    return page(request, "desk/reports.html", context)


@opens("desk.enter")
def sheet(request: HttpRequest, pk: int, end: str) -> HttpResponse:
    """Items of a period on the left, one item's form, the clock and who is next on the right."""
    return show_sheet(request, pk, end)


def show_sheet(request: HttpRequest, pk: int, end: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    found = _opened(request, pk, end)
    if isinstance(found, HttpResponse):
        return found
    mine, _body = found
    current = _current(mine.items, request.POST.get("item") or request.GET.get("item", ""))
    context = {
        "sheet": mine,
        "current": current,
        "stages": {line.owed.owing.pk: stages_to_report(line.owed.rule) for line in current.lines} if current else {},
        "can_report": bool(acts_for(request.user, mine.subject, mine.clock.start, "reporter")),
        "can_sign": bool(acts_for(request.user, mine.subject, mine.clock.start, "signer")),
        "today": today(),
        "problem": problem,
    }
    return page(request, "desk/report.html", context, status=REFUSED if problem else 200)


def _opened(request: HttpRequest, pk: int, end: str) -> HttpResponse | tuple[PeriodSheet, str]:
    subject = get_object_or_404(Subject.objects.select_related("taken_over_by"), pk=pk)
    day = day_in_address(end)
    body = acts_for(request.user, subject, day, *ROLES) if day else ""
    if day is None or not body:
        return forbidden(request, "assessments.report")
    mine = period_sheet(subject, day)
    return (mine, body) if mine is not None else redirect("desk:reports")


def _current(items: tuple[Item, ...], wanted: str) -> Item | None:
    """The item asked for, else the first with something to do, else the first."""
    asked = next((item for item in items if str(item.key) == wanted), None)
    return asked or next((item for item in items if item.is_to_do), items[0] if items else None)


@require_POST
@opens("assessments.report")
def save(request: HttpRequest, pk: int, end: str) -> HttpResponse:
    """Save the figures of one item and put the file behind one of them."""
    found = _opened(request, pk, end)
    if isinstance(found, HttpResponse):
        return found
    mine, body = found
    item = _current(mine.items, request.POST.get("item", ""))
    if item is None:
        return show_sheet(request, pk, end)
    is_cut = laid_aside(request)
    editable = [line for line in item.lines if line.state in ("open", "draft", "returned")]
    given = [_answer(request, line) for line in editable]
    problem = next((each for each in given if isinstance(each, Problem)), None)
    if problem is None:
        answers = [each for each in given if isinstance(each, Answer)]
        facts = {"for_body": body, "subject": pk, "period_end": mine.clock.start, "answers": answers}
        saved, problem = act(request, save_reports, "save", item.key, **facts)
        if problem is None:
            for warning in saved.warnings:
                messages.warning(request, _("请核对：%(why)s") % {"why": warning.message})
            if is_cut:
                problem = _wrong(request, _("文件超过上限，没有收下；数字已经保存。请压缩或拆分后再交"))
            else:
                problem = _attach(request, body, item, saved.reports)
    if problem:
        return show_sheet(request, pk, end, problem)
    messages.success(request, _("已保存第 %(n)s 项") % {"n": item.number})
    return redirect(_next(mine, item) if request.POST.get("next") else _address(mine, item))


def _answer(request: HttpRequest, line: Line) -> Answer | Problem:
    """What the form says of a figure; a Problem where it isn't written as a number or day."""
    key, metric = line.owed.owing.pk, line.owed.metric

    def said(name: str) -> str:
        return request.POST.get(f"{name}-{key}", "").strip()

    value, expected = None, None
    if said("answer") == "value" and said("value"):
        try:
            value = Decimal(said("value").replace(",", "").replace("，", ""))
        except InvalidOperation:
            return _wrong(
                request, _("%(what)s：“%(given)s”不是数字。只写数字，例如 3200 或 3.1") % _given(metric.label, said("value"))
            )
    if said("answer") == "not_yet" and said("expected"):
        expected = day_in_address(said("expected"))
        if expected is None:
            return _wrong(request, _("%(what)s：“%(given)s”不是日期。写成 2025-10-31") % _given(metric.label, said("expected")))
    version = whole_number(said("version")) or 0
    return Answer(
        metric.key, said("answer"), value, said("stage"), said("reason"), expected, said("clause"), said("remark"), version
    )  # fmt: skip


def _given(what: str, given: str) -> dict[str, str]:
    return {"what": what, "given": given[:40]}


def _wrong(request: HttpRequest, text: str) -> Problem:
    return Problem(text, "save", request.POST.get("item", ""), {name: str(value) for name, value in request.POST.items()})


def _attach(request: HttpRequest, body: str, item: Item, reports: Iterable[Report]) -> Problem | None:
    file = request.FILES.get("file")
    if file is None:
        return None
    wanted = whole_number(request.POST.get("file_for", "")) or item.key
    metric = next((line.owed.metric.pk for line in item.lines if line.owed.owing.pk == wanted), None)
    report = next((row for row in reports if row.metric_id == metric), None)
    if report is None:
        return _wrong(request, _("文件要放在一个已填的数后面。先填这个数，再交文件"))
    upload = Upload(file.name or "", file.read(), request.POST.get("place", ""))
    _done, problem = act(request, attach_evidence, "save", item.key, for_body=body, report=report.pk, upload=upload)
    return problem


def _address(sheet: PeriodSheet, item: Item) -> str:
    return f"{reverse('desk:report', args=[sheet.subject.pk, sheet.clock.start.isoformat()])}?item={item.key}"


def _next(sheet: PeriodSheet, item: Item) -> str:
    later = [each for each in sheet.items if each.number > item.number and each.is_to_do]
    rest = later or [each for each in sheet.items if each.number != item.number and each.is_to_do]
    return _address(sheet, rest[0] if rest else item)


@require_POST
@opens("assessments.report")
def detach(request: HttpRequest, pk: int, end: str) -> HttpResponse:
    """Take a file from a draft."""
    found = _opened(request, pk, end)
    if isinstance(found, HttpResponse):
        return found
    _mine, body = found
    file = get_object_or_404(Evidence, pk=whole_number(request.POST.get("evidence", "")) or 0)
    _done, problem = act(request, detach_evidence, "save", request.POST.get("item", ""), for_body=body, evidence=file.pk)
    if problem:
        return show_sheet(request, pk, end, problem)
    messages.success(request, _("已取下“%(name)s”，台账留有它的校验值") % {"name": file.name})
    return redirect(f"{reverse('desk:report', args=[pk, end])}?item={request.POST.get('item', '')}")


@require_POST
@opens("assessments.sign")
def sign(request: HttpRequest, pk: int, end: str) -> HttpResponse:
    """Sign the period and send it to the verifiers."""
    found = _opened(request, pk, end)
    if isinstance(found, HttpResponse):
        return found
    mine, body = found
    seen = {metric: whole_number(version) or 0 for metric, version in zip(*_seen(request), strict=False)}
    facts = {"for_body": body, "subject": pk, "period_end": mine.clock.start, "versions": seen}
    signed, problem = act(request, sign_period, "sign", **facts)
    if problem:
        return show_sheet(request, pk, end, problem)
    messages.success(request, _("已签发 %(n)s 个数，送交核验") % {"n": len(signed)})
    return redirect("desk:report", pk, end)


def _seen(request: HttpRequest) -> tuple[list[str], list[str]]:
    return request.POST.getlist("metric"), request.POST.getlist("version")


@require_POST
@opens("assessments.sign")
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for the sheet (签收)."""
    subject = get_object_or_404(Subject.objects.select_related("taken_over_by"), pk=pk)
    body = acts_for(request.user, subject, today(), "signer")
    if not body:
        return forbidden(request, "assessments.sign")
    _done, problem = act(request, acknowledge, "receive", pk, for_body=body, subject=pk)
    if problem:
        messages.error(request, problem.text)
    else:
        messages.success(request, _("已签收“%(name)s”的责任书") % {"name": subject.name})
    return redirect("desk:reports")


def day_in_address(text: str) -> date | None:
    """A day written 2025-09-30; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
