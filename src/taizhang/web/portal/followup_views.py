"""What follows from scores: notices with their .docx, the ledger of what is to be put right, appeals as far as is public."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote as quoted_path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from taizhang.apps.assessments import public_pages
from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.clocks import appeal_clock
from taizhang.apps.assessments.models import Notice
from taizhang.engines.office.notice import Notice as Printed
from taizhang.engines.office.notice_docx import notice_docx
from taizhang.web.languages import spoken
from taizhang.web.portal.assessment_views import common, quoting, year_at

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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


def notice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as .docx in the layout of GB/T 9704, with the same links."""
    row, printed = _notice(pk)
    base = f"{request.scheme}://{request.get_host()}"
    data = notice_docx(printed, {record: f"{base}{path}" for record, path in addresses(printed, row).items()})
    name = quoted_path(f"{row.number or row.title}.docx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    if settings.IS_SIMULATED:
        headers["Taizhang-Simulated"] = "1"
    return HttpResponse(data, content_type=_DOCX, headers=headers)


def _notice(pk: int) -> tuple[Notice, Printed]:
    row = public_pages.notice_at(pk)
    if row is None:
        raise Http404(_("没有第 %(pk)s 号通报，或还没有印发") % {"pk": pk})
    return row, public_pages.printed_notice(row)


def addresses(printed: Printed, row: Notice) -> Mapping[str, str]:
    """The pages of the records that the figures of a notice come from; a record without a page of its own is left out."""
    out: dict[str, str] = {}
    records = {figure.record for figure in printed.figures()}
    units = public_pages.units_of_scores(record.partition(":")[2] for record in records if record.startswith("score:"))
    for record in records:
        kind, _sep, key = record.partition(":")
        path = _address(kind, key, row, units)
        if path:
            out[record] = path
    return out


def _address(kind: str, key: str, row: Notice, units: Mapping[str, str]) -> str:
    url, slug = spoken().url, row.cycle.slug
    match kind:
        case "cell" if key.isdecimal():
            return url("portal:certificate", cell=int(key))
        case "score" if key in units:
            return url("portal:unit-scores", slug=slug, ident=units[key])
        case "run" | "cycle" | "record":
            return url("portal:results", slug=slug)
        case "appeal":
            return f"{url('portal:appeals', slug=slug)}#a{key}"
        case "rectification":
            return f"{url('portal:rectifications', slug=slug)}#r{key}"
        case _:
            return ""


def rectifications(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that has to be put right in a year; `state` filters."""
    cycle, scheme, run = year_at(slug)
    state = request.GET.get("state", "")
    rows = public_pages.rectifications_of(cycle, state if state in _STATES else "")
    named = public_pages.labels_of(cycle, {(row.subject.tree, row.criterion) for row in rows if row.criterion})
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
    named = public_pages.labels_of(cycle, {(row.subject.tree, row.criterion) for row in rows})
    context = {
        **common(cycle, scheme, run),
        "rows": rows,
        "labels": {row.pk: named.get((row.subject.tree, row.criterion), row.criterion) for row in rows},
        "clock": appeal_clock(cycle),
        "choice": {choice.id: choice for choice in scheme.choices},
        **quoting({"appeal": scheme.calendar.citations.get("appeal_working_days")}),
    }
    return render(request, "portal/assessment/appeals.html", context)
