"""Problem documents (RFC 9457): the one table that leads from an error's code to a status, and how a problem is written."""

import logging
import secrets
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from taizhang.kernel.errors import TaizhangError
from taizhang.web.wording import refused

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)

# The longest beginning that fits decides. What is handed in and cannot be read is 422; what has changed meanwhile is 409.
STATUSES: dict[str, int] = {
    "accounts": 422,
    "api": 400,
    "api.method-not-allowed": 405,
    "api.nothing-here": 404,
    "api.parameter-is-malformed": 422,
    "api.too-many-requests": 429,
    "assessments": 422,
    "assessments.already-acknowledged": 409,
    "assessments.already-contested": 409,
    "assessments.already-judged": 409,
    "assessments.already-requested": 409,
    "assessments.appeals-are-open": 409,
    "assessments.cells-are-open": 409,
    "assessments.cycle-is-not-running": 409,
    "assessments.cycle-is-open-already": 409,
    "assessments.decided-by-another": 409,
    "assessments.evidence-is-too-large": 413,
    "assessments.handed-over-already": 409,
    "assessments.no-such-row": 404,
    "assessments.not-in-this-state": 409,
    "assessments.not-the-same-person": 403,
    "assessments.not-your-kind-of-fact": 403,
    "assessments.notice-is-stale": 409,
    "assessments.nothing-is-released": 409,
    "assessments.nothing-to-decide": 409,
    "assessments.nothing-to-sign": 409,
    "assessments.number-is-taken": 409,
    "assessments.own-report": 403,
    "assessments.proposer-may-not-approve": 403,
    "assessments.report-changed-meanwhile": 409,
    "assessments.report-is-missing": 404,
    "assessments.report-is-not-signed": 409,
    "assessments.report-is-sent": 409,
    "assessments.reporter-may-not-sign": 403,
    "assessments.run-does-not-recompute": 500,
    "assessments.run-is-released": 410,
    "assessments.run-is-stale": 409,
    "assessments.scheme-is-decided": 409,
    "assessments.step-is-out-of-order": 409,
    "assessments.subject-is-anothers": 403,
    "assessments.subject-is-missing": 404,
    "assessments.token-is-unknown": 404,
    "assessments.workbook-is-stale": 409,
    "backends": 500,
    "backends.file-is-infected": 422,
    "backends.file-is-mislabelled": 422,
    "backends.file-kind-is-refused": 422,
    "backends.file-unpacks-too-large": 413,
    "cli": 500,
    "deadlines": 422,
    "desk": 422,
    "desk.upload-was-cut": 413,
    "gazettes": 422,
    "gazettes.already-handed-in": 409,
    "gazettes.clause-is-missing": 404,
    "gazettes.corrector-may-not-adopt": 403,
    "gazettes.decided-meanwhile": 409,
    "gazettes.edition-is-not-open": 409,
    "gazettes.erratum-is-not-waiting": 409,
    "gazettes.erratum-waits": 409,
    "gazettes.file-is-too-large": 413,
    "gazettes.proposer-may-not-adopt": 403,
    "gazettes.proposer-may-not-confirm": 403,
    "kernel": 422,
    "ledger": 500,
    "ledger.not-for-this-body": 403,
    "ledger.not-permitted": 403,
    "ledger.value-does-not-fit": 422,
    "ledger.zero-byte": 422,
    "office": 422,
    "organisations": 422,
    "project": 500,
    "readers": 422,
    "scoring": 422,
    "targets": 422,
}


def status_of(code: str) -> int | None:
    """The status of an error's code; None for a code the table does not know."""
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        status = STATUSES.get(".".join(parts[:length]))
        if status is not None:
            return status
    return None


def title_of(status: int) -> str:
    """What a status means, in the language that was asked for."""
    titles = {
        400: _("请求写得不对"),
        403: _("没有权限"),
        404: _("没有这个地址"),
        405: _("只能读取"),
        409: _("已经变了"),
        413: _("太大"),
        422: _("内容不合规定"),
        429: _("请求太多"),
        500: _("程序出错"),
    }
    return str(titles.get(status, _("请求没有完成")))


def problem(request: HttpRequest, status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """A problem document, in the language that `Accept-Language` asks for.

    `type` is where the code is explained; `instance` is the path that was asked for.
    """
    body = {
        "type": f"{request.scheme}://{request.get_host()}/api/v1/problems#{code}",
        "title": title_of(status),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
        **more,
    }
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=MEDIA_TYPE)


def problem_of(request: HttpRequest, error: TaizhangError) -> HttpResponse:
    """The problem document of an error raised on purpose."""
    status = status_of(error.code) or 500
    response = problem(request, status, error.code, refused(error))
    headers = error.facts.get("headers")
    if isinstance(headers, dict):
        for name, value in headers.items():
            response[name] = value
    return response


def defect(request: HttpRequest, error: Exception) -> HttpResponse:
    """What a reader gets of a defect: a number to quote, under which the log has the rest."""
    number = secrets.token_hex(4)
    _LOG.error("defect %s at %s", number, request.path, exc_info=error)
    told = _("程序出错，数据没有受影响。请把编号 %(number)s 告诉网站管理员") % {"number": number}
    return problem(request, 500, "api.defect", told, number=number)
