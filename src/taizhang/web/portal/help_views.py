"""Help, the accessibility statement, the ledger that any reader can check, and the pages for what is not there or went wrong."""

import logging
import re
import secrets
from datetime import timedelta
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from taizhang.apps.gazettes.queries import adopted, documents_like, public_numbers
from taizhang.apps.ledger.queries import check_chain, latest_seals, seal_at, standing
from taizhang.apps.organisations.queries import called, current_name

_log = logging.getLogger("taizhang.faults")
_ISSUES_ON_MAP = 60
_CHECK_AGAIN_AFTER = timedelta(minutes=5)


def help_page(request: HttpRequest) -> HttpResponse:
    """How to read, cite, search and check."""
    return render(request, "portal/help.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "portal/accessibility.html")


def site_map(request: HttpRequest) -> HttpResponse:
    """Every kind of page in one list."""
    return render(request, "portal/map.html", {"issues": list(adopted()[:_ISSUES_ON_MAP])})


def ledger(request: HttpRequest) -> HttpResponse:
    """Heads of the chain, the result of checking it, and a reader's own head compared (`sequence` and `head`)."""
    sequence, head = request.GET.get("sequence", "").strip(), request.GET.get("head", "").strip().lower()
    asked = bool(sequence or head)
    seal = seal_at(int(sequence)) if re.fullmatch(r"[0-9]{1,15}", sequence) else None
    context = {
        "standing": standing(),
        "seals": latest_seals(12),
        "check": check_chain(now=timezone.now(), again_after=_CHECK_AGAIN_AFTER),
        "asked": asked,
        "sequence": sequence,
        "head": head,
        "seal": seal,
        "agrees": bool(seal and len(head) >= 8 and seal.head.startswith(head)),
        "is_short": len(head) < 8,
    }
    return render(request, "portal/ledger.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with documents of a like number and bodies of such a name, past or present."""
    reason = str(exception.args[0]) if isinstance(exception, Http404) and exception.args else ""
    parts = [
        part for part in unquote(request.path).split("/") if part and part not in ("en", "d", "gazette", "targets", "bodies")
    ]
    words = parts[0][:60] if parts else ""
    documents = documents_like(words, 6) if words else []
    names = called(public_numbers(), parts[-1][:60].partition("~")[0], 6) if parts else []
    context = {
        # A resolver's own reason is a structure for programmers.
        "reason": reason if "{" not in reason else "",
        "words": words,
        "documents": documents,
        "bodies": [(body, current_name(body)) for body in names],
    }
    return render(request, "portal/404.html", context, status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """500 with a number to quote. It asks nothing of the database, which may be what failed."""
    number = f"{timezone.now():%Y%m%d}-{secrets.token_hex(4)}"
    _log.error("fault %s at %s", number, request.path)
    try:
        return render(request, "portal/500.html", {"number": number}, status=500)
    except Exception:
        _log.exception("fault %s: the page of faults failed too", number)
        words = f"出错了，什么也没有丢失。报告时请说编号 {number}"
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
