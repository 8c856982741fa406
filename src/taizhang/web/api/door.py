"""How an address for machines is opened: reading only, from anywhere, not too often; unchanged answers are not sent again.

Everything public changes through operations, and each writes the ledger: its newest entry dates all answers.
"""

import functools
import hashlib
from collections.abc import Callable
from datetime import UTC
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language, get_language_from_request, override
from django.utils.translation import gettext as _

import taizhang
from taizhang.apps.ledger.queries import newest
from taizhang.kernel.errors import TaizhangError
from taizhang.web import problems
from taizhang.web.api import errors
from taizhang.web.api.rates import RATES, address_of

View = Callable[..., HttpResponseBase]
_READING = ("GET", "HEAD")
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, "
    "Taizhang-Simulated, Content-Disposition",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


def open_to_machines(view: View) -> View:
    """The view behind the door. Errors come out as problem documents, a defect with a number to quote."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # These addresses have no twin under /en/: what is refused is told in the language that the header asks for.
        with override(get_language_from_request(request)):
            return answered(request, *args, **kwargs)

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _dressed(HttpResponse(status=204, headers=_PREFLIGHT))
        try:
            used, limit = _admitted(request)
            response = _answer(view, request, args, kwargs)
        except TaizhangError as error:
            response = problems.problem_of(request, error)
        except Http404 as error:
            response = problems.problem(request, 404, errors.NothingHereError.code, str(error))
        except (SuspiciousOperation, RequestDataTooBig):
            raise
        except Exception as error:
            response = problems.defect(request, error)
        else:
            if limit:
                response["RateLimit-Limit"], response["RateLimit-Remaining"] = str(limit), str(max(0, limit - used))
        return _dressed(_without_body(response) if request.method == "HEAD" else response)

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written here, and 405 says more than 403
    return opened


def _admitted(request: HttpRequest) -> tuple[int, int]:
    """Requests of this address in this minute, and how many it may make (0: as many as it likes)."""
    method = str(request.method)
    if method not in _READING:
        raise errors.MethodIsNotAllowedError(method=method[:20], headers={"Allow": "GET, HEAD, OPTIONS"})
    limit = settings.API_RATE
    used, seconds = RATES.count(address_of(request)) if limit else (0, 0)
    if used > limit:
        raise errors.TooManyRequestsError(limit=limit, seconds=seconds, headers={"Retry-After": str(seconds)})
    # PostgreSQL holds no NUL, and nothing that is public has one in its name.
    if "\0" in request.path or any("\0" in word for pair in request.GET.lists() for word in (pair[0], *pair[1])):
        raise errors.ParameterIsMalformedError(name="?", value="\\0", reason=_("不能有空字符"))
    return used, limit


def _answer(view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
    moment = newest()
    facts = (
        request.get_host(),
        request.scheme,
        request.get_full_path(),
        taizhang.__version__,
        settings.IS_SIMULATED,
        get_language(),
        moment,
    )
    etag = f'W/"{hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'
    modified = int(moment.at.timestamp()) if moment.at else None
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    request.method = "GET"
    try:
        response = view(request, *args, **kwargs)
    finally:
        request.method = str(request.META.get("REQUEST_METHOD", "GET")).upper()
    if response.status_code == 200:
        response.headers.setdefault("ETag", etag)
        if moment.at:
            response.headers.setdefault("Last-Modified", format_datetime(moment.at.astimezone(UTC), usegmt=True))
        response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    return response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
        return response
    response.close()
    return HttpResponse(status=response.status_code, headers=dict(response.headers))


def _dressed(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in _CORS.items():
        response[name] = value
    if settings.IS_SIMULATED:
        response["Taizhang-Simulated"] = "1"
    patch_vary_headers(response, ("Host", "Accept-Language"))
    return response
