"""Search, the heads of the ledger, what problem codes mean, and where everything is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import P, Query, Router

from taizhang.apps.ledger.queries import links, standing
from taizhang.apps.targets.finding import Result, find
from taizhang.web import problems
from taizhang.web.api import errors, shapes
from taizhang.web.api.cursors import read, written
from taizhang.web.api.forms import Forms, instant
from taizhang.web.api.listed import DEFAULT_LIMIT, Cursor, Limit, Word, answer, page_of, reads
from taizhang.web.wording import translated

router = Router(tags=["检索与台账"])
Words = Query[str, P(description="要找的字；空格隔开的每一段都要出现", min_length=1, max_length=100)]
_LAST_PAGE = 500


@reads(router, "/search", shapes.Found, summary="检索")
def search(
    request: HttpRequest,
    q: Words,
    kind: Word = "",
    document: Word = "",
    month: Word = "",
    unit: Word = "",
    cursor: Cursor = None,
) -> HttpResponse:
    """Sentences, table rows and bodies that hold every word, best first; facets count under the other facets chosen."""
    number = read(cursor, 1)[0] if cursor else 1
    if not 0 < number <= _LAST_PAGE:
        raise errors.CursorIsUnreadableError(cursor=cursor)
    chosen = {name: value for name, value in (("kind", kind), ("document", document), ("month", month), ("unit", unit)) if value}
    found = find(settings.SEARCH_INDEX, q, chosen, number)
    forms = Forms.of(request)
    more = number < min(found.pages, _LAST_PAGE)
    return page_of(
        request,
        [_result(forms, one) for one in found.results] if number <= found.pages else [],
        written([number + 1]) if more else None,
        query=q,
        count=found.count,
        document=found.document.slug if found.document else None,
        facets={
            name: [{"value": b.value, "name": b.name, "count": b.count} for b in buckets]
            for name, buckets in found.facets.items()
        },
    )


def _result(forms: Forms, one: Result) -> dict[str, object]:
    return {
        "kind": one.kind,
        "pieces": [{"text": text, "hit": hit} for text, hit in one.pieces],
        "body": one.body.ident if one.body else None,
        "citation": forms.quoted(one.quote) if one.quote else None,
        "erratum": one.erratum.number if one.erratum else None,
    }


@reads(router, "/ledger", shapes.Ledger, summary="台账的校验值")
def ledger(request: HttpRequest, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    """Links of the chain, newest first. Anyone can follow it: SHA-256 of the head before and the digest, as hexadecimal text."""
    below = read(cursor, 1)[0] if cursor else None
    found = links(below, limit + 1)
    now = standing()
    rows = [
        {"sequence": link.sequence, "digest": link.entry.digest, "head": link.head, "sealed_at": instant(link.sealed_at)}
        for link in found[:limit]
    ]
    following = written([found[limit - 1].sequence]) if len(found) > limit else None
    return page_of(request, rows, following, entries=now.entries, unsealed=now.unsealed)


@reads(router, "/problems", list[shapes.ProblemKind], summary="错误代码")
def problem_kinds(request: HttpRequest) -> HttpResponse:
    """Codes that problem documents of this interface carry."""
    kinds = [
        errors.NothingHereError,
        errors.ParameterIsUnknownError,
        errors.ParameterIsMalformedError,
        errors.CursorIsUnreadableError,
        errors.MethodIsNotAllowedError,
        errors.TooManyRequestsError,
    ]
    rows = [
        {"code": kind.code, "status": problems.status_of(kind.code), "says": translated(kind.template) or kind.template}
        for kind in kinds
    ]
    return answer([*rows, {"code": "api.defect", "status": 500, "says": _("程序出错；请报告编号")}])


@reads(router, "/", shapes.Root, summary="入口")
def root(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    base = f"{request.scheme}://{request.get_host()}"
    names = ("issues", "documents", "clauses", "sheets", "items", "measures", "bodies", "findings", "errata", "interpretations")
    return answer(
        {
            "title": "Taizhang 台账",
            "openapi": f"{base}/api/v1/openapi.json",
            "lists": {name: f"{base}/api/v1/{name}" for name in (*names, "search", "ledger", "problems")},
            "downloads": f"{base}/downloads/",
            "feeds": [f"{base}/feeds/{name}.atom" for name in ("documents", "findings", "errata")],
        }
    )
