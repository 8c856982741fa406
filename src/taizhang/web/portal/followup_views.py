"""What follows from scores: notices with their .docx, the ledger of what is to be put right, appeals as far as is public."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.follow_up.pages import contested_cells
from taizhang.apps.assessments.models import Notice
from taizhang.apps.assessments.results import public_pages
from taizhang.apps.assessments.schemes.stored import labels_of
from taizhang.apps.assessments.year.clocks import appeal_clock
from taizhang.engines.office.notice import Notice as Printed
from taizhang.web.portal.assessment_views import common, quoting, year_at
from taizhang.web.twins.assessment_files import addresses

_STATES = ("open", "planned", "reported", "verified", "carried")


def notices(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Issued notices, of one year or of all."""
    if not slug:
        facts = {"section": "portal:assessment", "cycle": None, "scheme": None, "notices": public_pages.issued_notices()}
        return render(request, "portal/assessment/notices.html", facts)
    cycle, scheme, run = year_at(slug)
    facts = {**common(cycle, scheme, run), "notices": public_pages.issued_notices(cycle)}
    return render(request, "portal/assessment/notices.html", facts)


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice as it was issued, each figure leading to its record."""
    row, printed = _notice(pk)
    scheme = scheme_for(row.cycle)
    name = "notices"
    context = {
        **common(row.cycle, scheme, None),
        "notice": row,
        "printed": printed,
        "addresses": addresses(printed, row),
        "rectifications": [r for r in public_pages.rectifications_of(row.cycle) if r.origin == f"notice:{row.pk}"],
        **quoting({name: scheme.calendar.citations.get(name)}),
    }
    return render(request, "portal/assessment/notice.html", context)


def _notice(pk: int) -> tuple[Notice, Printed]:
    row = public_pages.notice_at(pk)
    if row is None:
        raise Http404(_("没有第 %(pk)s 号通报，或还没有印发") % {"pk": pk})
    return row, public_pages.printed_notice(row)


def rectifications(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that has to be put right in a year; `state` filters."""
    cycle, scheme, run = year_at(slug)
    state = request.GET.get("state", "")
    rows = public_pages.rectifications_of(cycle, state if state in _STATES else "")
    named = labels_of(scheme, {(row.subject.tree, row.criterion) for row in rows if row.criterion})
    context: dict[str, Any] = {
        **common(cycle, scheme, run),
        "rows": rows,
        "labels": {row.pk: named.get((row.subject.tree, row.criterion), "") for row in rows},
        "counts": public_pages.rectification_counts(cycle),
        "states": _STATES,
        "state": state if state in _STATES else "",
        **quoting({"rectify": scheme.calendar.citations.get("rectify_working_days")}),
    }
    return render(request, "portal/assessment/rectifications.html", context)


def appeals(request: HttpRequest, slug: str) -> HttpResponse:
    """Who contested what, and what was decided and why. The claim itself is the unit's own paper and stays inside."""
    cycle, scheme, run = year_at(slug)
    rows = public_pages.appeals_of(cycle)
    named = labels_of(scheme, {(row.subject.tree, row.criterion) for row in rows})
    context = {
        **common(cycle, scheme, run),
        "rows": rows,
        "labels": {row.pk: named.get((row.subject.tree, row.criterion), row.criterion) for row in rows},
        "cells": contested_cells(run, {(row.subject.ident, row.criterion) for row in rows}),
        "clock": appeal_clock(cycle),
        "choice": {choice.id: choice for choice in scheme.choices},
        **quoting({"appeal": scheme.calendar.citations.get("appeal_working_days")}),
    }
    return render(request, "portal/assessment/appeals.html", context)
