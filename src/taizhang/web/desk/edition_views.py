"""Editions on the desk: handing in, the overview of one, its difference from the adopted one, and the decision."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.gazettes import operations
from taizhang.apps.gazettes.difference import difference
from taizhang.apps.gazettes.models import Edition, State
from taizhang.apps.gazettes.queries import corrections_by
from taizhang.apps.gazettes.repeating import earlier, plan_review
from taizhang.apps.gazettes.reviewing import adopted_beside, document_lines, doubts_of, editions
from taizhang.apps.targets.ingest import hand_in, handed_in, read_again
from taizhang.engines.gazette import PARSER_VERSION
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page
from taizhang.web.desk.uploads import why_no_file

_MB = 1024 * 1024


@opens("desk.enter")
def list_editions(request: HttpRequest) -> HttpResponse:
    """Every edition, newest proposal first."""
    state = request.GET.get("state", "")
    rows = editions().filter(state=state) if state in State.values else editions()
    return page(request, "desk/editions.html", {"editions": rows[:200], "state": state, "states": State.choices})


@opens("gazettes.propose")
def upload(request: HttpRequest) -> HttpResponse:
    """Hand in a file."""
    context: dict[str, Any] = {"limit": settings.UPLOAD_LIMIT / _MB, "same": None}
    if request.method != "POST":
        return page(request, "desk/upload.html", context)
    file = request.FILES.get("file")
    if file is None:
        words = why_no_file(request, _("没有选文件。选一份 txt、docx、pdf、html 或 md 文件再交"), settings.UPLOAD_LIMIT)
        context["problem"] = Problem(words, "upload", "")
        return page(request, "desk/upload.html", context, status=REFUSED)
    facts = {"data": file.read(), "name": file.name or "", "pack": settings.PACK, "limit": settings.UPLOAD_LIMIT}
    edition, context["problem"] = act(request, hand_in, "upload", **facts)
    if edition is None:
        context["same"] = handed_in(facts["data"])
        return page(request, "desk/upload.html", context, status=REFUSED)
    return redirect("desk:edition", edition.pk)


@opens("desk.enter")
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read, what is doubtful, what is left, and who decides."""
    return show_edition(request, pk)


def show_edition(request: HttpRequest, pk: int, problem: Problem | None = None) -> HttpResponse:
    """The overview of an edition, with a refused act."""
    found = get_object_or_404(Edition.objects.select_related("source"), pk=pk)
    doubts = doubts_of(found) if found.state not in (State.READING, State.FAILED) else []
    lines = document_lines(found, doubts)
    context = {
        "edition": found,
        "lines": lines,
        "doubts": [doubt for doubt in doubts if doubt.is_doubtful],
        "joins": sum(1 for doubt in doubts if not doubt.is_doubtful),
        "open_findings": found.findings.filter(disposition="open").count(),
        "errata": found.errata.select_related("document").order_by("start", "pk"),
        "beside": adopted_beside(found) if found.state == State.PROPOSED else None,
        "taken_over": found.errata.exclude(repeats=None).count() + found.findings.exclude(carried_from=None).count(),
        "earlier": earlier(found) if found.state == State.PROPOSED else [],
        "own_corrections": corrections_by(found, request.user.ident),
        "can_reread": found.parser_version < PARSER_VERSION or found.state in (State.REFUSED, State.FAILED),
        "problem": problem,
    }
    response = page(request, "desk/edition.html", context, status=REFUSED if problem else 200)
    if found.state == State.READING:
        response["Refresh"] = "3"
    return response


@opens("desk.enter")
def show_difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What this edition would change about the adopted one, or changed about the one it replaced."""
    found = get_object_or_404(Edition.objects.select_related("source", "replaces"), pk=pk)
    before = earlier(found) if found.state == State.PROPOSED else [one for one in (found.replaces,) if one]
    other = found.replaces or adopted_beside(found) or next(iter(before), None)
    context = {
        "edition": found,
        "other": other,
        "difference": difference(other, found) if other else None,
        "reviews": [review for one in before if not (review := plan_review(one, found)).is_empty],
    }
    return page(request, "desk/difference.html", context)


@require_POST
@opens("gazettes.adopt")
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt."""
    get_object_or_404(Edition.objects.only("pk"), pk=pk)
    done, problem = act(request, operations.adopt, "adopt", edition=pk)
    if problem:
        return show_edition(request, pk, problem)
    messages.success(request, _("已采纳。公开页已更新，勘误 %(n)s 条已编号") % {"n": done.errata.count()})
    return redirect("desk:edition", pk)


@require_POST
@opens("gazettes.refuse")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Send back."""
    get_object_or_404(Edition.objects.only("pk"), pk=pk)
    _done, problem = act(request, operations.refuse, "refuse", edition=pk, reason=request.POST.get("reason", ""))
    if problem:
        return show_edition(request, pk, problem)
    messages.success(request, _("已退回，理由已写入台账"))
    return redirect("desk:edition", pk)


@require_POST
@opens("gazettes.propose")
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file again with the parser as it now is."""
    get_object_or_404(Edition.objects.only("pk"), pk=pk)
    fresh, problem = act(request, read_again, "reread", edition=pk)
    return show_edition(request, pk, problem) if problem else redirect("desk:edition", fresh.pk)
