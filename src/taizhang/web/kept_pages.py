"""Public pages kept in memory, so that many readers cost one rendering.

What a page is made from changes by operations only, and each writes a row of the ledger in its own transaction: the newest rows
are part of a page's key, so that an adoption or a correction is seen with the next request. A page is also made anew every hour,
in case somebody changed the database by hand. Readers with a session get pages of their own.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from taizhang.apps.ledger.queries import stamp
from taizhang.web.kept import Kept, Key

# What they show moves without an operation: the index follows in the background, and so do the seals.
_FRESH = {"search", "ledger", "preference"}
_NEVER_WITH = ("messages", settings.SESSION_COOKIE_NAME)
_SECONDS = 3600


class KeptPages:
    """At most `KEPT_PAGES` bytes of pages, those not asked for longest going first. Safe between threads."""

    def __init__(self) -> None:
        self._pages: Kept[tuple[bytes, list[tuple[str, str]]]] = Kept(lambda: settings.KEPT_PAGES)

    def get(self, key: Key) -> HttpResponse | None:
        """A fresh response with the page's content and headers."""
        found = self._pages.get(key)
        return None if found is None else HttpResponse(found[0], headers=dict(found[1]))

    def put(self, key: Key, response: HttpResponse) -> None:
        """Keep the content and the headers a view has set."""
        content = bytes(response.content)
        self._pages.put(key, (content, list(response.items())), len(content))

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._pages)

    def clear(self) -> None:
        """Forget all."""
        self._pages.clear()


pages = KeptPages()


class KeptPagesMiddleware:
    """Answers a public page from memory where nothing has changed since it was rendered. Stands last, next to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; it is kept where `process_view` found that it may be."""
        response = self.get_response(request)
        key = getattr(request, "kept_as", None)
        if key is not None and _may_be_kept(request, response):
            pages.put(key, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The page as it was kept, else None: the view is asked."""
        if not settings.KEPT_PAGES or not _is_public(request):
            return None
        key = _key(request)
        found = pages.get(key)
        if found is None:
            request.kept_as = key  # type: ignore[attr-defined]
        return found


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        request.method == "GET"
        and match is not None
        and match.app_name == "portal"
        and match.url_name not in _FRESH
        and not any(request.COOKIES.get(name) for name in _NEVER_WITH)
    )


def _key(request: HttpRequest) -> Key:
    preferences = (request.COOKIES.get("size", ""), request.COOKIES.get("contrast", ""))
    place = (request.scheme, request.get_host(), request.get_full_path(), get_language())
    return (stamp(), int(time.monotonic() // _SECONDS), *place, *preferences)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not response.has_header("Refresh")
    )
