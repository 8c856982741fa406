"""The review screen: print on the left, structure on the right, and for one clause at a time the forms that correct it."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from taizhang.apps.gazettes.models import Disposition, Document, Edition
from taizhang.apps.gazettes.proof_queue import PAGE, Draft, disposition_counts, queue, suggested
from taizhang.apps.gazettes.proof_report import Order, read_order
from taizhang.apps.gazettes.reading import headings, outline, part_with, parts_of
from taizhang.apps.gazettes.reviewing import doubts_of, split_places
from taizhang.apps.targets.reviewing import body_names, open_events, printed_names, review_part
from taizhang.web.desk.doors import REFUSED, Problem, opens, page, whole_number


@opens("desk.enter")
def document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """A document under review."""
    return show_document(request, pk, document, request.GET.get("at", ""))


def show_document(request: HttpRequest, pk: int, key: int, at: str, problem: Problem | None = None) -> HttpResponse:
    """A stretch of a document around the clause `at`, with a refused act."""
    edition = get_object_or_404(Edition.objects.select_related("source"), pk=pk)
    found = get_object_or_404(Document, pk=key, edition=edition)
    clauses = outline(found)
    parts = parts_of(clauses)
    number = request.GET.get("part", "")
    chosen = next((p for p in parts if str(p.number) == number), None) or (
        part_with(parts, clauses, at or None) if parts else None
    )
    doubts = doubts_of(edition)
    rows = review_part(found, chosen, edition.source.text, doubts) if chosen else []
    open_row = next((row for row in rows if row.clause.eid == at), None)
    counts = Counter(found.findings.filter(disposition="open").values_list("eid", flat=True))
    context: dict[str, Any] = {
        "edition": edition,
        "document": found,
        "documents": list(edition.documents.all()),
        "headings": headings(clauses, counts),
        "parts": parts,
        "part": chosen,
        "rows": rows,
        "at": at,
        "places": split_places(open_row.clause) if open_row else [],
        "bodies": body_names() if open_row and open_row.duties else [],
        "is_open": edition.state == "proposed",
        "can_correct": edition.state in ("proposed", "adopted"),
        "problem": problem,
    }
    return page(request, "desk/document.html", context, status=REFUSED if problem else 200)


@opens("desk.enter")
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof findings of an edition, to be disposed of."""
    return show_findings(request, pk)


def show_findings(
    request: HttpRequest, pk: int, problem: Problem | None = None, draft: Draft | None = None, reason: str = ""
) -> HttpResponse:
    """Findings, filtered, sorted and in pages of 50, with a refused act or with the draft of an erratum to look at."""
    edition = get_object_or_404(Edition.objects.select_related("source").defer("source__text"), pk=pk)
    asked = request.GET if request.method == "GET" else request.POST
    state, severity = asked.get("state", "open"), asked.get("severity", "")
    order = read_order(asked.get("sort", "number"))
    found = queue(edition, state, severity, order)
    at = whole_number(asked.get("at", ""))
    keys = list(found.values_list("pk", flat=True)) if at is not None else []
    number = str(keys.index(at) // PAGE + 1) if at in keys else asked.get("page", "1")
    rows = Paginator(found, PAGE).get_page(number)

    def link(order: Order, page: int = 1) -> str:
        words = {"state": state, "severity": severity, "sort": order.word, "page": page}
        return f"{reverse('desk:findings', args=[pk])}?{urlencode({k: v for k, v in words.items() if v not in ('', 1)})}"

    live = edition.state in ("proposed", "adopted")
    can_correct = live and request.user.may("gazettes.correct")
    context = {
        "edition": edition,
        "rows": rows,
        "state": state,
        "severity": severity,
        "order": order,
        "link": link,
        "counts": disposition_counts(edition),
        "dispositions": Disposition.choices,
        "can_dispose": live and request.user.may("gazettes.dispose"),
        "can_correct": can_correct,
        "drafts": suggested(rows) if can_correct else {},
        "draft": draft,
        "reason": reason,
        "problem": problem,
    }
    return page(request, "desk/findings.html", context, status=REFUSED if problem else 200)


@opens("desk.enter")
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Printed names of units and the bodies they mean."""
    return show_names(request, pk)


def show_names(request: HttpRequest, pk: int, problem: Problem | None = None) -> HttpResponse:
    """Names, unknown ones first, with a refused act."""
    edition = get_object_or_404(Edition.objects.select_related("source").defer("source__text"), pk=pk)
    rows = printed_names(edition)
    context = {
        "edition": edition,
        "names": rows,
        "unknown": sum(1 for row in rows if row.body is None),
        "unconfirmed": sum(1 for row in rows if row.body is not None and not row.confirmed_by),
        "bodies": body_names(),
        "can_confirm": request.user.may("organisations.confirm"),
        "problem": problem,
    }
    return page(request, "desk/names.html", context, status=REFUSED if problem else 200)


@opens("desk.enter")
def events(request: HttpRequest) -> HttpResponse:
    """What texts say happened to bodies."""
    return show_events(request)


def show_events(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """Events nobody confirmed yet, with a refused act."""
    context = {"events": open_events(), "can_confirm": request.user.may("organisations.confirm"), "problem": problem}
    return page(request, "desk/events.html", context, status=REFUSED if problem else 200)
