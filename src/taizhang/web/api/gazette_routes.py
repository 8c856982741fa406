"""Issues, documents, clauses, and the registers of findings, errata and interpretations."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from taizhang.apps.gazettes import listing
from taizhang.apps.gazettes.listing import Numbers
from taizhang.apps.gazettes.models import Document, newest_first
from taizhang.apps.gazettes.queries import canonical_address
from taizhang.web.api import errors, shapes
from taizhang.web.api.cursors import page
from taizhang.web.api.forms import Forms
from taizhang.web.api.listed import (
    DEFAULT_LIMIT,
    Cursor,
    Disposition,
    Kind,
    Limit,
    Place,
    Severity,
    Word,
    Year,
    answer,
    page_of,
    reads,
)

router = Router(tags=["公报"])


@reads(router, "/issues", shapes.Page[shapes.Issue], summary="已采纳的各期公报")
def issues(request: HttpRequest, year: Year = None, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    """Adopted issues."""
    rows, cursor = page(listing.issues(year), ("pk",), cursor, limit)
    forms = Forms.of(request)
    return page_of(request, map(forms.issue, rows), cursor)


@reads(router, "/issues/{issue}", shapes.Issue, absent=True, summary="一期公报")
def issue(request: HttpRequest, issue: Place) -> HttpResponse:
    """One adopted issue."""
    found = listing.issues().filter(slug=issue).first()
    if found is None:
        raise errors.NothingHereError(what=_("公报"), value=issue, listed="/api/v1/issues")
    return answer(Forms.of(request).issue(found))


@reads(router, "/documents", shapes.Page[shapes.Document], summary="文件")
def documents(
    request: HttpRequest, issue: Word = "", role: Kind = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> HttpResponse:
    """Documents of adopted issues: published by themselves (main), carried by a notice, or annexes."""
    rows, cursor = page(listing.documents(issue, role), ("pk",), cursor, limit)
    forms = Forms.of(request)
    return page_of(request, map(forms.document, rows), cursor)


@reads(router, "/documents/{document}", shapes.Document, absent=True, summary="一份文件")
def document(request: HttpRequest, document: Place) -> HttpResponse:
    """One document, by its address or its number in any brackets and spacing."""
    return answer(Forms.of(request).document(_document(document)))


@reads(router, "/documents/{document}/clauses", shapes.Page[shapes.Clause], absent=True, summary="一份文件的条款")
def clauses_of_document(
    request: HttpRequest, document: Place, kind: Kind = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> HttpResponse:
    """Clauses of a document in printed order."""
    return _clauses(request, "", _document(document).slug, kind, cursor, limit)


@reads(router, "/documents/{document}/clauses/{eid}", shapes.Clause, absent=True, summary="一条条款")
def clause(request: HttpRequest, document: Place, eid: Place) -> HttpResponse:
    """One clause."""
    found = listing.clauses(document=_document(document).slug).filter(eid=eid).order_by("-document_id").first()
    if found is None:
        raise errors.NothingHereError(what=_("条款"), value=eid, listed=f"/api/v1/documents/{document}/clauses")
    forms = Forms.of(request, Numbers.of([found.document]))
    return answer(forms.clause(found, listing.erratum_numbers([found]).get(found.pk, [])))


@reads(router, "/clauses", shapes.Page[shapes.Clause], summary="条款")
def clauses(
    request: HttpRequest,
    issue: Word = "",
    document: Word = "",
    kind: Kind = "",
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> HttpResponse:
    """Clauses of adopted issues in printed order."""
    return _clauses(request, issue, canonical_address(document), kind, cursor, limit)


def _clauses(request: HttpRequest, issue: str, document: str, kind: str, cursor: str | None, limit: int) -> HttpResponse:
    rows, cursor = page(listing.clauses(issue, document, kind), ("document_id", "ordinal"), cursor, limit)
    forms = Forms.of(request, Numbers.of(row.document for row in rows))
    errata = listing.erratum_numbers(rows)
    return page_of(request, (forms.clause(row, errata.get(row.pk, [])) for row in rows), cursor)


def _document(address: str) -> Document:
    rows = listing.documents().order_by(*newest_first("edition"), "-pk")
    found = rows.filter(slug=address).first() or rows.filter(slug=canonical_address(address)).first()
    if found is None:
        raise errors.NothingHereError(what=_("文件"), value=address, listed="/api/v1/documents")
    return found


@reads(router, "/findings", shapes.Page[shapes.Finding], summary="校对意见")
def findings(
    request: HttpRequest,
    issue: Word = "",
    severity: Severity = "",
    disposition: Disposition = "",
    rule: Word = "",
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> HttpResponse:
    """Proof findings of adopted issues, settled ones too."""
    rows, cursor = page(listing.findings(issue, severity, disposition, rule), ("pk",), cursor, limit)
    forms = Forms.of(request, Numbers.of(row.document for row in rows if row.document))
    return page_of(request, map(forms.finding, rows), cursor)


@reads(router, "/errata", shapes.Page[shapes.Erratum], summary="勘误")
def errata(request: HttpRequest, issue: Word = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    """Published errata by number."""
    rows, cursor = page(listing.errata(issue), ("number",), cursor, limit)
    forms = Forms.of(request, Numbers.of(row.document for row in rows))
    return page_of(request, map(forms.erratum, rows), cursor)


@reads(router, "/interpretations", shapes.Page[shapes.Interpretation], summary="解释")
def interpretations(
    request: HttpRequest, document: Word = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> HttpResponse:
    """Interpretations of the installation's pack."""
    rows, cursor = page(listing.interpretations(canonical_address(document)), ("pk",), cursor, limit)
    forms = Forms.of(request)
    return page_of(request, map(forms.interpretation, rows), cursor)
