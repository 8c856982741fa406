"""填报表: a period's workbook out and in. What it brings is shown before it is taken; taking it calls the form's operation."""

import base64
import binascii

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.models import Subject
from taizhang.apps.assessments.reports.workbooks import Preview, import_workbook, make_workbook, preview_workbook
from taizhang.engines.office import media_types
from taizhang.kernel.errors import TaizhangError
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page
from taizhang.web.desk.own_bodies import acts_for, forbidden
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.uploads import why_no_file


@require_POST
@opens("assessments.report")
def hand_out(request: HttpRequest, pk: int, end: str) -> HttpResponse:
    """The workbook of a period, made for the person who asks."""
    subject, day, body = _mine(request, pk, end)
    if day is None or not body:
        return forbidden(request, "assessments.report")
    made, problem = act(request, make_workbook, "workbook", for_body=body, subject=subject.pk, period_end=day)
    if problem:
        return _shown(request, subject, end, problem=problem)
    response = HttpResponse(made.data, content_type=media_types.XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name)
    return response


@opens("assessments.report")
def bring_in(request: HttpRequest, pk: int, end: str) -> HttpResponse:
    """Choose a file (GET), see what it would change (POST a file), take it (POST what was shown)."""
    subject, day, body = _mine(request, pk, end)
    if day is None or not body:
        return forbidden(request, "assessments.report")
    if request.method != "POST":
        return _shown(request, subject, end)
    data, name = _sent(request)
    if not data:
        words = why_no_file(request, _("没有收到填报表。选下载来填好的 xlsx 文件再交"), settings.UPLOAD_LIMIT)
        return _shown(request, subject, end, problem=Problem(words, "workbook", ""))
    if "take" in request.POST:
        return _take(request, subject, end, body, data, name)
    try:
        preview = preview_workbook(data, name, body, today())
    except TaizhangError as refused:
        return _shown(request, subject, end, problem=Problem(str(refused), "workbook", ""))
    return _shown(request, subject, end, preview=preview, data=data, name=name)


def _take(request: HttpRequest, subject: Subject, end: str, body: str, data: bytes, name: str) -> HttpResponse:
    saved, problem = act(request, import_workbook, "workbook", for_body=body, data=data, name=name)
    if problem:
        return _shown(request, subject, end, problem=problem)
    for warning in saved.warnings:
        messages.warning(request, _("请核对：%(why)s") % {"why": warning.message})
    messages.success(request, _("填报表已导入，改了 %(n)s 个数") % {"n": len(saved.reports)})
    return redirect("desk:report", subject.pk, end)


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes and name of a chosen file, or of the one shown before; no bytes where neither is there."""
    file = request.FILES.get("file")
    if file is not None:
        return file.read(), file.name or ""
    try:
        return base64.b64decode(request.POST.get("take", ""), validate=True), request.POST.get("name", "")
    except binascii.Error:
        return b"", ""


def _mine(request: HttpRequest, pk: int, end: str) -> tuple[Subject, object, str]:
    subject = get_object_or_404(Subject.objects.select_related("taken_over_by"), pk=pk)
    day = day_in_address(end)
    return subject, day, acts_for(request.user, subject, day, "reporter") if day else ""


def _shown(
    request: HttpRequest,
    subject: Subject,
    end: str,
    *,
    preview: Preview | None = None,
    data: bytes = b"",
    name: str = "",
    problem: Problem | None = None,
) -> HttpResponse:
    context = {
        "subject": subject,
        "end": day_in_address(end),
        "preview": preview,
        "sent": base64.b64encode(data).decode(),
        "name": name,
        "limit": settings.UPLOAD_LIMIT / (1024 * 1024),
        "problem": problem,
    }
    return page(request, "desk/workbook.html", context, status=REFUSED if problem else 200)
