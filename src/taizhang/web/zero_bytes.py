"""Refuses requests that carry a zero byte: no text has one, and PostgreSQL takes none, so it would fail far below."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

_FORM = "application/x-www-form-urlencoded"


class ZeroBytesMiddleware:
    """Answers 400 where path, query or form holds a zero byte. The API answers for its own parameters with a problem document."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response. Raises `BadRequest`."""
        is_api = request.path.startswith("/api/")
        if "\0" in request.path or (not is_api and ("%00" in request.META.get("QUERY_STRING", "") or _in_form(request))):
            raise BadRequest("zero byte")
        return self.get_response(request)


def _in_form(request: HttpRequest) -> bool:
    return request.content_type == _FORM and any("\0" in value for _, values in request.POST.lists() for value in values)
