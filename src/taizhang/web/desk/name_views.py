"""Names of bodies on record: dated, proposed by one person with the text that says so, confirmed by another."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.organisations import operations
from taizhang.apps.organisations.models import ProposedName
from taizhang.apps.organisations.queries import current_name, on_record, waiting_names
from taizhang.apps.targets.reviewing import uses_of
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number

_WORDS = ("body", "text", "form", "reason", "cited_document", "cited_eid", "cited_words")


@opens("desk.enter")
def body_names(request: HttpRequest) -> HttpResponse:
    """Bodies found by a name with all their names, and the names that wait to be confirmed."""
    return _show(request)


def _show(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    words = (request.GET.get("q") or request.POST.get("body") or "").strip()
    found, waiting = on_record(words), waiting_names()
    context = {
        "words": words,
        "found": found,
        "waiting": waiting,
        "uses": uses_of({name.text for body in found for name in body.names.all()} | {row.text for row in waiting}),
        "current_name": current_name,
        "problem": problem,
    }
    return page(request, "desk/body_names.html", context, status=REFUSED if problem else 200)


@require_POST
@opens("organisations.propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a name."""
    facts: dict[str, Any] = {name: request.POST.get(name, "") for name in _WORDS}
    days = {name: request.POST.get(name, "").strip() for name in ("start", "end")}
    for name, written in days.items():
        try:
            facts[name] = date.fromisoformat(written) if written else None
        except ValueError:
            told = _("“%(written)s”不是日期。写成 2025-03-01 这样，不知道就空着") % {"written": written}
            return _show(request, Problem(told, "propose", facts["body"], {**facts, **days}))
    facts["ends_others"] = request.POST.get("ends_others") == "1"
    done, problem = act(request, operations.propose_name, "propose", facts["body"], **facts)
    if problem:
        return _show(request, problem)
    messages.success(request, _("“%(name)s”已提出，等第二个人确认") % {"name": done.text})
    return _back(done)


@require_POST
@opens("organisations.confirm")
def confirm(request: HttpRequest) -> HttpResponse:
    """Put a proposed name on record."""
    found = _proposed(request)
    _done, problem = act(request, operations.confirm_name, "confirm", found.pk, proposed=found.pk)
    if problem:
        return _show(request, problem)
    messages.success(request, _("“%(name)s”已登记，以后读公报照此认") % {"name": found.text})
    return _back(found)


@require_POST
@opens("organisations.confirm")
def decline(request: HttpRequest) -> HttpResponse:
    """Decline a proposed name."""
    found = _proposed(request)
    reason = request.POST.get("reason", "")
    _done, problem = act(request, operations.decline_name, "decline", found.pk, proposed=found.pk, reason=reason)
    if problem:
        return _show(request, problem)
    messages.success(request, _("“%(name)s”没有登记，理由已写入台账") % {"name": found.text})
    return _back(found)


def _proposed(request: HttpRequest) -> ProposedName:
    return get_object_or_404(ProposedName.objects.select_related("body"), pk=whole_number(request.POST.get("name", "")) or 0)


def _back(proposed: ProposedName) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('desk:body_names')}?{urlencode({'q': proposed.body.ident})}")
