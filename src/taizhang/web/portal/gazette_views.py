"""Pages of the gazette: issues by year, one issue, its proof report, and the registers of errata and interpretations."""

import re
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from markupsafe import Markup

from taizhang.apps.gazettes import queries
from taizhang.apps.gazettes.citing import Quoted, Wanted, quoted, quoted_in
from taizhang.apps.gazettes.models import Clause, Document, Edition, Erratum, Finding, Interpretation
from taizhang.apps.gazettes.proof_report import Filters, Order, page_with, proof_report, read_filters, read_order
from taizhang.engines.proof.report.markup import drawn_to_scale
from taizhang.web.kept_parts import PartsOf
from taizhang.web.portal.downloads_view import alternates_of_issue, of_issue
from taizhang.web.wording import in_page_language

_LONGEST_NUMBER = 9


def issue_name(edition: Edition) -> str:
    """2025年第3号; the title of an issue without number."""
    if edition.year and edition.number:
        return _("%(year)s年第%(number)s号") % {"year": edition.year, "number": edition.number}
    return edition.title


def short_name(document: Document) -> str:
    """How a document is called in contents: its number and what it is about."""
    about = re.sub(r"^.{0,20}?关于(?:印发)?|的通知$|《|》", "", document.title) if document.parent_id is None else document.title
    number = document.number.rpartition("〕")[2]
    annex = re.search(r"!annex-(\d+)$", document.ident)
    lead = f"附件{annex[1]} " if annex else (f"{number} " if number else "")
    return f"{lead}{about or document.kind}"


def issues(request: HttpRequest) -> HttpResponse:
    """Issues by year, with numbers that are missing."""
    return render(request, "portal/gazette_list.html", {"shelves": queries.shelves()})


def issue_or_404(slug: str) -> Edition:
    """The adopted issue at an address."""
    edition = queries.issue_at(slug)
    if edition is None:
        raise Http404(_("没有这一期公报：%(slug)s") % {"slug": slug})
    return edition


def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Contents, proof summary, source and downloads of one issue."""
    edition = issue_or_404(slug)
    main = PartsOf(edition).part("issue", facts=lambda: _issue(edition))
    context = {"edition": edition, "name": issue_name(edition), "main": main, "alternates": alternates_of_issue(edition)}
    return render(request, "portal/issue.html", context)


def _issue(edition: Edition) -> dict[str, Any]:
    return {
        "entries": queries.contents(edition),
        "counts": queries.finding_counts(edition),
        "agreeing": queries.agreeing_count(edition),
        "masthead": edition.masthead.get("editors", []),
        "errata": list(queries.errata(edition)),
        "replaced": queries.earlier_readings(edition),
        "downloads": of_issue(edition),
    }


def proof(request: HttpRequest, slug: str) -> HttpResponse:
    """The proof report of an issue, filtered by GET."""
    edition = issue_or_404(slug)
    filters = read_filters(*(request.GET.getlist(name) for name in ("sev", "doc", "state")))
    is_filtered = any(name in request.GET for name in ("sev", "doc", "state"))
    order, page = read_order(request.GET.get("sort", "")), _page_of(request, edition, filters)
    of_edition, facts = PartsOf(edition), cache(lambda: _proof(edition, filters, order, page))
    asked = _query_of(filters)

    def link(order: Order, page: int | str = 1) -> str:
        more = {**({"sort": order.word} if order != Order() else {}), **({"page": page} if page != 1 else {})}
        return "?" + "&".join(part for part in (asked, urlencode(more)) if part)

    context = {
        "edition": edition,
        "name": issue_name(edition),
        "filters": filters,
        "request_is_filtered": is_filtered,
        "short": short_name,
        "to_scale": _to_scale,
        "asked": asked,
        "order": order,
        "link": link,
        "main": of_edition.part("proof", filters, is_filtered, order, page, facts=facts),
        "sources": of_edition.part("proof-sources", filters, order, page, facts=facts),
    }
    return render(request, "portal/proof.html", context)


def _page_of(request: HttpRequest, edition: Edition, filters: Filters) -> int | None:
    """The page asked for; that of the finding asked for by its number; None for all."""
    page, at = request.GET.get("page", ""), request.GET.get("at", "")
    if page == "all":
        return None
    if at.isdecimal() and len(at) < _LONGEST_NUMBER and not page:
        return page_with(edition, filters, read_order(request.GET.get("sort", "")), int(at))
    return int(page) if page.isdecimal() and len(page) < _LONGEST_NUMBER else 1


def _query_of(filters: Filters) -> str:
    chosen = (("sev", filters.severities), ("doc", filters.documents), ("state", filters.dispositions))
    return urlencode([(name, value) for name, values in chosen for value in sorted(values)])


def _proof(edition: Edition, filters: Filters, order: Order, page: int | None) -> dict[str, Any]:
    report = proof_report(edition, filters, order, page)
    sources = {source.key: source for source in report.sources}
    return {"report": report, "size": len(edition.source.text), "sources": sources.values()}


def _to_scale(finding: Finding) -> Markup:
    # The engine escapes every word it draws.
    return Markup(drawn_to_scale(finding.declared or None, finding.computed or None, in_page_language))


def errata(request: HttpRequest) -> HttpResponse:
    """The register of errata, newest first."""
    rows = list(queries.errata())
    clauses = queries.clauses_at({(row.document_id, row.eid) for row in rows})
    wanted = {row.pk: _of_erratum(row, clauses) for row in rows}
    quotes = quoted(wish for wish in wanted.values() if wish)
    pairs = [(row, quotes.get(wish.key) if (wish := wanted[row.pk]) else None) for row in rows]
    return render(request, "portal/errata.html", {"rows": pairs, "quotes": quotes.values()})


def _of_erratum(row: Erratum, clauses: dict[tuple[int, str], Clause]) -> Wanted | None:
    clause = clauses.get((row.document_id, row.eid))
    return Wanted(clause, row.start, row.end, row.printed) if clause else None


def interpretations(request: HttpRequest) -> HttpResponse:
    """The register of interpretations by document."""
    rows = sorted(queries.interpretations(), key=lambda row: (row.document_number, row.code))
    clauses = queries.clauses_of_addresses({(row.slug, row.eid) for row in rows if row.eid})
    wanted = {row.pk: whole_or_quote(clauses[(row.slug, row.eid)], row.quote) for row in rows if (row.slug, row.eid) in clauses}
    quotes = quoted(wanted.values())

    def source_of(row: Interpretation) -> Quoted | None:
        return quotes.get(wanted[row.pk].key) if row.pk in wanted else None

    groups = [
        (number, [(row, source_of(row)) for row in members]) for number, members in groupby(rows, lambda row: row.document_number)
    ]
    return render(request, "portal/interpretations.html", {"groups": groups, "quotes": quotes.values()})


def whole_or_quote(clause: Clause, quote: str) -> Wanted:
    """The quoted words of a clause, found again in its reading; the whole clause where they are not there."""
    return quoted_in(clause, quote) or Wanted(clause, clause.own_start, clause.own_end, f"{clause.num}{clause.text}")
