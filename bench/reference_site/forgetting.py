"""Forgets kept parts before a request that asks for it with `anew`: the page is then made as after a change."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from taizhang.web.kept_parts import parts


def forgets_parts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if "anew=" in request.META["QUERY_STRING"]:
            parts.clear()
        return get_response(request)

    return answer
