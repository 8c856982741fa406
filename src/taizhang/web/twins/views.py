"""Addresses of tables and whole documents; and `?format=` on the portal's pages, which leads to them."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from taizhang.apps.gazettes.models import Edition
from taizhang.apps.gazettes.queries import adopted, canonical_address, document_at, issue_at
from taizhang.web.api import errors
from taizhang.web.api.door import open_to_machines
from taizhang.web.context import pack
from taizhang.web.twins import assessment_tables, found_tables, gazette_tables, target_tables, whole, writing
from taizhang.web.twins.tables import IssueTable, Table, Wish

TABLES: dict[str, Table | IssueTable] = {
    table.name: table
    for table in (
        gazette_tables.ISSUES,
        gazette_tables.DOCUMENTS,
        gazette_tables.CLAUSES,
        target_tables.SHEETS,
        target_tables.TARGETS,
        target_tables.MEASURES,
        found_tables.DUTIES,
        target_tables.BODIES,
        gazette_tables.FINDINGS,
        gazette_tables.ERRATA,
        gazette_tables.INTERPRETATIONS,
        gazette_tables.LEDGER,
        found_tables.SEARCH,
        *assessment_tables.ALL,
    )
}


@open_to_machines
def table(request: HttpRequest, name: str, form: str, issue: str = "") -> HttpResponseBase:
    """A table of one issue, or of all that were adopted."""
    found = TABLES.get(name)
    if found is None or form not in writing.FORMATS or (issue and not isinstance(found, IssueTable)):
        raise errors.NothingHereError(what=_("表"), value=f"{name}.{form}", listed="/downloads/")
    wish = Wish(_base(request), request.GET)
    rows = found.all_rows(_editions(issue or wish.word("issue")) if isinstance(found, IssueTable) else (), wish)
    stem = "-".join(part for part in (name, issue) if part)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{stem}.{form}')}"}
    if form == "xlsx":
        address = f"{wish.base}{quote(request.path)}" + (f"?{request.GET.urlencode()}" if request.GET else "")
        facts = [("表", found.title), ("来源", "已采纳的公报"), ("地址", address), ("引用", "每行末尾的引文、引用和固定地址")]
        return HttpResponse(writing.xlsx_bytes(found, rows, facts), content_type=writing.FORMATS[form], headers=headers)
    write = writing.csv_text if form == "csv" else writing.json_text
    pieces = (piece.encode("utf-8", "replace") for piece in write(found, rows))
    if form == "json":
        headers = {}
    return StreamingHttpResponse(pieces, content_type=writing.FORMATS[form], headers=headers)


def _editions(issue: str) -> list[Edition]:
    return [_issue(issue)] if issue else list(adopted().reverse())


def _issue(slug: str) -> Edition:
    found = issue_at(slug)
    if found is None:
        raise errors.NothingHereError(what=_("公报"), value=slug, listed="/api/v1/issues")
    return found


@open_to_machines
def issue(request: HttpRequest, issue: str, form: str) -> HttpResponseBase:
    """A whole issue."""
    found = Edition.objects.select_related("source").get(pk=_issue(issue).pk)
    return HttpResponse(whole.issue_file(found, form, pack(), _base(request)), content_type=whole.FORMATS[form])


@open_to_machines
def document(request: HttpRequest, document: str, form: str) -> HttpResponseBase:
    """A whole document; any spelling of its number leads to the stable address."""
    found = document_at(document)
    if found is None:
        stable = canonical_address(document)
        if stable == document or document_at(stable) is None:
            raise errors.NothingHereError(what=_("文件"), value=document, listed="/api/v1/documents")
        return HttpResponseRedirect(f"/d/{quote(stable, safe='')}.{form}")
    return HttpResponse(whole.document_file(found, form, pack(), _base(request)), content_type=whole.FORMATS[form])


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


View = Callable[..., HttpResponseBase]


def twin(address: str, **filters: str) -> Callable[[View], View]:
    """A portal page whose `?format=csv|xlsx|json` leads to its twin with the same filters.

    `address` is formatted with the page's own arguments, and so are `filters`, query parameters of the twin.
    """

    def with_twin(view: View) -> View:
        @functools.wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            form = request.GET.get("format", "")
            if form not in writing.FORMATS:
                return view(request, *args, **kwargs)
            query = request.GET.copy()
            del query["format"]
            for name, argument in filters.items():
                query[name] = argument.format(**kwargs)
            path = address.format(**{name: quote(str(value), safe="") for name, value in kwargs.items()})
            return HttpResponseRedirect(f"{path}.{form}" + (f"?{query.urlencode()}" if query else ""))

        return page

    return with_twin
