"""Forms of the review screen: each calls one operation and comes back to the clause it came from."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.gazettes import operations
from taizhang.apps.gazettes.models import Document, Edition, Erratum, Finding
from taizhang.apps.gazettes.operations import clause_of, offset_of
from taizhang.apps.gazettes.proof_queue import PAGE, following
from taizhang.apps.gazettes.proof_queue import draft as drafted
from taizhang.apps.gazettes.proof_report import read_order
from taizhang.apps.organisations.models import Event
from taizhang.apps.organisations.operations import confirm_event
from taizhang.apps.targets import operations as targets
from taizhang.apps.targets.reviewing import body_meant
from taizhang.web.desk.doors import act, opens, whole_number
from taizhang.web.desk.edition_views import show_edition
from taizhang.web.desk.review_views import show_document, show_events, show_findings, show_names

Correction = Callable[..., Any]


def _answer(request: HttpRequest, pk: int, form: str, operation: Correction, key: object = "", /, **facts: Any) -> HttpResponse:
    """Call an operation on an edition; back to the clause, or to the page with why not."""
    document = get_object_or_404(Document, pk=_posted(request, "document"), edition=pk)
    eid = request.POST.get("eid", "")
    result, problem = act(request, operation, form, key, edition=pk, reason=request.POST.get("reason", ""), **facts)
    if problem:
        return show_document(request, pk, document.pk, eid, problem)
    messages.success(request, _("已保存，已写入台账"))
    return _to_clause(pk, document.pk, getattr(result, "eid", eid) if form == "merge" else eid)


def _to_clause(pk: int, document: int, eid: str) -> HttpResponseRedirect:
    address = reverse("desk:document", args=[pk, document])
    return HttpResponseRedirect(f"{address}?{urlencode({'at': eid})}#{eid}")


def _place(request: HttpRequest, pk: int) -> dict[str, str]:
    """Document and eId as operations want them."""
    document = get_object_or_404(Document, pk=_posted(request, "document"), edition=pk)
    return {"document": document.ident, "eid": request.POST.get("eid", "")}


@require_POST
@opens("gazettes.correct")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Part a clause at a chosen place, or before words that are written out."""
    place = _place(request, pk)
    words, chosen = request.POST.get("words", "").strip(), whole_number(request.POST.get("offset", ""))

    def parted(**facts: Any) -> Any:
        offset = offset_of(clause_of(get_object_or_404(Edition, pk=pk), **place), words) if words else chosen or 0
        return operations.split_clause(offset=offset, **facts)

    return _answer(request, pk, "split", parted, **place)


@require_POST
@opens("gazettes.correct")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a clause to the one before."""
    return _answer(request, pk, "merge", operations.merge_clause, **_place(request, pk))


@require_POST
@opens("gazettes.correct")
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct printed words, maybe in answer to a finding."""
    facts = {"printed": request.POST.get("printed", ""), "corrected": request.POST.get("corrected", "")}
    finding = whole_number(request.POST.get("finding", ""))
    if finding is not None and not Finding.objects.filter(pk=finding, edition=pk).exists():
        raise Http404
    return _answer(request, pk, "text", operations.correct_text, finding=finding, **facts, **_place(request, pk))


@require_POST
@opens("gazettes.correct")
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a value or a unit."""
    row = _posted(request, "measure")
    facts = {"value": request.POST.get("value"), "unit": request.POST.get("unit")}
    facts["value"] = facts["value"] or None
    return _answer(request, pk, "measure", targets.correct_measure, row, measure=row, **facts)


@require_POST
@opens("gazettes.correct")
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which body a duty means."""
    row = _posted(request, "duty")
    return _answer(request, pk, "duty", targets.correct_duty, row, duty=row, body=body_meant(request.POST.get("body", "")))


@require_POST
@opens("gazettes.correct")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a correction."""
    row = _posted(request, "erratum")
    return _answer(request, pk, "withdraw", targets.withdraw_correction, row, erratum=row)


@require_POST
@opens("gazettes.adopt")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an erratum that a colleague proposed for an adopted edition."""
    found = get_object_or_404(Erratum, pk=_posted(request, "erratum"), edition=pk)
    done, problem = act(request, operations.confirm_erratum, "confirm", found.pk, erratum=found.pk)
    if problem:
        return show_edition(request, pk, problem)
    messages.success(request, _("已确认，编为勘误第%(n)s号，公开页已更新") % {"n": done.number})
    return redirect("desk:edition", pk)


@require_POST
@opens("gazettes.correct")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an erratum that waits from the list, with a reason: one's own, or a colleague's that is not right."""
    found = get_object_or_404(Erratum, pk=_posted(request, "erratum"), edition=pk)
    facts = {"edition": pk, "erratum": found.pk, "reason": request.POST.get("reason", "")}
    _done, problem = act(request, targets.withdraw_correction, "decline", found.pk, **facts)
    if problem:
        return show_edition(request, pk, problem)
    messages.success(request, _("已撤下，理由已写入台账"))
    return redirect("desk:edition", pk)


@require_POST
@opens("gazettes.dispose")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep as printed with a reason, defer, or open again."""
    found = get_object_or_404(Finding, pk=_posted(request, "finding"), edition=pk)
    chosen = request.POST.get("disposition", "")
    if chosen not in ("open", "accepted", "deferred"):
        raise Http404
    facts = {"finding": found.pk, "disposition": chosen, "reason": request.POST.get("reason", "")}
    _done, problem = act(request, operations.dispose_finding, "finding", found.pk, **facts)
    if problem:
        return show_findings(request, pk, problem)
    messages.success(request, _("第 %(n)s 处已处理，已写入台账") % {"n": found.ordinal})
    if document := whole_number(request.POST.get("document", "")):
        return _to_clause(pk, document, found.eid)
    return _on_with_the_queue(request, found)


def _on_with_the_queue(request: HttpRequest, done: Finding) -> HttpResponseRedirect:
    """The page of the queue with the finding that comes next, at that."""
    kept = {name: request.POST[name] for name in ("state", "severity", "sort") if request.POST.get(name)}
    order = read_order(kept.get("sort", "number"))
    after, before = following(done, kept.get("state", "open"), kept.get("severity", ""), order)
    kept |= {"page": str(before // PAGE + 1)} if before >= PAGE else {}
    anchor = f"#f{after.pk}" if after is not None else ""
    return HttpResponseRedirect(f"{reverse('desk:findings', args=[done.edition_id])}?{urlencode(kept)}{anchor}")


@require_POST
@opens("gazettes.correct")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a finding with an erratum: looked at first, as a comparison, or registered."""
    found = get_object_or_404(Finding.objects.select_related("edition", "document"), pk=_posted(request, "finding"), edition=pk)
    if found.document is None:
        raise Http404
    printed, corrected, reason = (request.POST.get(name, "") for name in ("printed", "corrected", "reason"))
    if request.POST.get("step") != "register":
        return show_findings(request, pk, draft=drafted(found, printed, corrected), reason=reason)
    words = {"printed": printed, "corrected": corrected, "reason": reason}
    place = {"edition": pk, "document": found.document.ident, "eid": found.eid, "finding": found.pk}
    _done, problem = act(request, operations.correct_text, "draft", found.pk, **words, **place)
    if problem:
        return show_findings(request, pk, problem)
    waits = (
        _("第 %(n)s 处的勘误已提出，等第二个人确认") if found.edition.state == "adopted" else _("第 %(n)s 处已更正，已写入台账")
    )
    messages.success(request, waits % {"n": found.ordinal})
    return _on_with_the_queue(request, found)


def _posted(request: HttpRequest, name: str) -> int:
    """A row's key from a form; 0 for anything else."""
    return whole_number(request.POST.get(name, "")) or 0


@require_POST
@opens("organisations.confirm")
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm which body a printed name means."""
    get_object_or_404(Edition.objects.only("pk"), pk=pk)
    printed = request.POST.get("name", "")
    facts = {"edition": pk, "name": printed, "body": body_meant(request.POST.get("body", ""))}
    rows, problem = act(request, targets.confirm_body, "name", printed, **facts)
    if problem:
        return show_names(request, pk, problem)
    messages.success(request, _("“%(name)s”已确认，用到 %(n)s 处") % {"name": printed, "n": rows})
    return redirect("desk:names", pk)


@require_POST
@opens("organisations.confirm")
def event(request: HttpRequest) -> HttpResponse:
    """Confirm what happened to a body."""
    found = get_object_or_404(Event, pk=_posted(request, "event"))
    _done, problem = act(request, confirm_event, "event", found.pk, event=found.pk)
    if problem:
        return show_events(request, problem)
    messages.success(request, _("已确认，已写入台账"))
    return redirect("desk:events")
