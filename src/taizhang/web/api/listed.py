"""What all addresses of the API share: JSON written by msgspec, pages of lists, unknown parameters refused."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import P, Path, Query, Router
from ninja.schema import Schema

from taizhang.web.api import errors, shapes
from taizhang.web.api.cursors import LIMIT, MOST, following

Limit = Query[int, P(description="每页最多几行", ge=1, le=MOST)]
Cursor = Query[str | None, P(description="上一页给的翻页标记", min_length=1, max_length=200)]
Word = Query[str, P(max_length=300)]
Place = Path[str, P(max_length=300)]
Kind = Query[str, P(max_length=40)]
Year = Query[int | None, P(ge=1900, le=9999)]
Ordinal = Query[int | None, P(ge=1, le=1_000_000)]
SheetKind = Literal["", "city", "area", "unit"]
Severity = Literal["", "error", "warning", "note"]
Disposition = Literal["", "open", "accepted", "deferred", "erratum"]
Role = Literal["", "target", "scope", "limit", "amount", "penalty", "fact"]
DEFAULT_LIMIT = LIMIT
REFUSALS = {400: shapes.Problem, 422: shapes.Problem, 429: shapes.Problem, 500: shapes.Problem}
ABSENT = {404: shapes.Problem}


def answer(values: Any) -> HttpResponse:
    """JSON in UTF-8 with nothing escaped that need not be."""
    return HttpResponse(msgspec.json.encode(values), content_type="application/json; charset=utf-8")


def page_of(request: HttpRequest, items: Iterable[Any], cursor: str | None, **more: Any) -> HttpResponse:
    """A page of a list; the address of the next one also stands in the header `Link`."""
    following_page = following(request, cursor)
    response = answer({"items": list(items), "next": following_page, **more})
    if following_page:
        response["Link"] = f'<{following_page}>; rel="next"'
    return response


def reads(router: Router, path: str, shape: Any, *, absent: bool = False, summary: str) -> Callable[[Any], Any]:
    """Register a view that reads; parameters it does not have are refused."""
    responses: dict[int, type[Schema]] = {200: shape, **REFUSALS, **(ABSENT if absent else {})}

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        known = [name for name in inspect.signature(view).parameters if name != "request" and f"{{{name}}}" not in path]

        @functools.wraps(view)
        def strict(request: HttpRequest, **kwargs: Any) -> Any:
            for name in request.GET:
                if name not in known:
                    raise errors.ParameterIsUnknownError(name=name[:80], known="、".join(known) or _("（没有）"))
            return view(request, **kwargs)

        return router.get(path, response=responses, summary=summary)(strict)

    return register
