"""Sheets, items, measures, and the bodies that owe them."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from taizhang.apps.gazettes.listing import Numbers
from taizhang.apps.gazettes.queries import canonical_address, clauses_at, public_numbers
from taizhang.apps.organisations.queries import body_at, public_events, told
from taizhang.apps.targets import listing
from taizhang.apps.targets.models import Sheet
from taizhang.web.api import errors, shapes
from taizhang.web.api.cursors import page
from taizhang.web.api.forms import Forms
from taizhang.web.api.listed import (
    DEFAULT_LIMIT,
    Cursor,
    Kind,
    Limit,
    Ordinal,
    Place,
    Role,
    SheetKind,
    Word,
    answer,
    page_of,
    reads,
)

router = Router(tags=["目标"])


@reads(router, "/sheets", shapes.Page[shapes.Sheet], summary="责任书")
def sheets(
    request: HttpRequest,
    issue: Word = "",
    kind: SheetKind = "",
    unit: Word = "",
    body: Word = "",
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> HttpResponse:
    """Responsibility sheets of adopted issues."""
    rows, cursor = page(listing.sheets(issue, kind, unit, body), ("pk",), cursor, limit)
    forms, clauses = _around(request, rows)
    return page_of(request, (forms.sheet(row, clauses) for row in rows), cursor)


@reads(router, "/issues/{issue}/sheets/{sheet}", shapes.Sheet, absent=True, summary="一份责任书")
def sheet(request: HttpRequest, issue: Place, sheet: int) -> HttpResponse:
    """One sheet by its place in the issue."""
    found = listing.sheets(issue).filter(ordinal=sheet).first() if 0 < sheet < 10**9 else None
    if found is None:
        raise errors.NothingHereError(
            what=_("责任书"),
            value=_("%(issue)s 第 %(sheet)s 份") % {"issue": issue, "sheet": sheet},
            listed=f"/api/v1/sheets?issue={issue}",
        )
    forms, clauses = _around(request, [found])
    return answer(forms.sheet(found, clauses))


def _around(request: HttpRequest, rows: list[Sheet]) -> tuple[Forms, dict]:
    places = {(row.document_id, eid) for row in rows for eid in (row.eid, *(group.eid for group in row.groups.all()))}
    return Forms.of(request, Numbers.of(row.document for row in rows)), clauses_at(places)


@reads(router, "/items", shapes.Page[shapes.Item], summary="责任书里的目标")
def items(
    request: HttpRequest,
    issue: Word = "",
    sheet: Ordinal = None,
    unit: Word = "",
    kind: Kind = "",
    body: Word = "",
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> HttpResponse:
    """Items of sheets with their measures and owners. `kind`: measured, zero_event, delegated, benchmark, qualitative."""
    rows, cursor = page(listing.items(issue, sheet, unit, kind, body), ("pk",), cursor, limit)
    forms = Forms.of(request, Numbers.of(row.clause.document for row in rows))
    duties = listing.duties_by_clause(row.clause_id for row in rows)
    return page_of(request, (forms.item(row, duties.get(row.clause_id, [])) for row in rows), cursor)


@reads(router, "/measures", shapes.Page[shapes.Measure], summary="指标")
def measures(
    request: HttpRequest,
    issue: Word = "",
    document: Word = "",
    role: Role = "",
    kind: Kind = "",
    metric: Word = "",
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> HttpResponse:
    """Measures of adopted issues, in sheets and in clauses. `metric` is a `metric_key`."""
    rows, cursor = page(listing.measures(issue, canonical_address(document), role, kind, metric), ("pk",), cursor, limit)
    forms = Forms.of(request, Numbers.of(row.clause.document for row in rows))
    return page_of(request, (forms.measure(row, row.edition, row.clause, row.item) for row in rows), cursor)


@reads(router, "/bodies", shapes.Page[shapes.Body], summary="机构")
def bodies(
    request: HttpRequest, kind: Kind = "", name: Word = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> HttpResponse:
    """Bodies with their names in time. `name` is one a body has or had."""
    public = public_numbers()
    rows = told(public)
    rows.filter(kind=kind) if kind else rows
    rows = rows.filter(names__text=name) if name else rows
    found, cursor = page(rows, ("pk",), cursor, limit)
    forms, events = Forms.of(request), public_events(found, public)
    return page_of(request, (forms.body(row, events.get(row.pk, [])) for row in found), cursor)


@reads(router, "/bodies/{body}", shapes.Body, absent=True, summary="一个机构")
def body(request: HttpRequest, body: Place) -> HttpResponse:
    """One body by its id."""
    public = public_numbers()
    found = body_at(public, body)
    if found is None:
        raise errors.NothingHereError(what=_("机构"), value=body, listed="/api/v1/bodies")
    return answer(Forms.of(request).body(found, public_events([found], public).get(found.pk, [])))
