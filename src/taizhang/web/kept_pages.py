"""Public pages kept in memory, so that many readers cost one rendering.

What a page is made from changes by operations only, and each writes a row of the ledger in its own transaction: a page stands on
the newest rows, so that an adoption or a correction is seen with the next request. A page is also made anew each day, since some
count days, and every hour, in case somebody changed the database by hand. Readers with a session get pages of their own.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from taizhang.apps.ledger.queries import stamp
from taizhang.web.clock import today
from taizhang.web.kept import Kept, Key

# What they show moves without an operation: the index follows in the background, and so do the seals.
_FRESH = {"search", "ledger", "preference"}
_NEVER_WITH = ("messages", settings.SESSION_COOKIE_NAME)
_SECONDS = 3600
_SHORT = 1024  # bytes that one packet carries anyway
_NOTHING = re.compile(r"q\s*=\s*0(\.0*)?")


@dataclass(slots=True)
class Page:
    """Content and headers as a view made them, what they stand on, and the mark that browsers ask again with."""

    content: bytes
    headers: dict[str, str]
    stands_on: Key
    mark: str
    packed: bytes = b""

    @classmethod
    def of(cls, response: HttpResponse, stands_on: Key) -> "Page":
        """What a response holds. `stands_on` is of the moment before its view looked at anything."""
        content = bytes(response.content)
        return cls(content, dict(response.items()), stands_on, f'W/"{hashlib.sha256(content).hexdigest()[:24]}"')

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """A fresh response: headers alone where the browser has this page, packed where it can unpack."""
        packs = len(self.content) > _SHORT and takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        body = self._packed() if packs else self.content
        response = HttpResponse(body, headers={**self.headers, "Content-Length": str(len(body))})
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        self.marked(response)
        return get_conditional_response(request, etag=self.mark, response=response) or response

    def marked(self, response: HttpResponse) -> HttpResponse:
        """The response with what lets a browser keep it, ask again each time, and mostly not be sent it again."""
        response.headers["ETag"] = self.mark
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ("Accept-Encoding",))
        return response

    def _packed(self) -> bytes:
        if not self.packed:
            self.packed = gzip.compress(self.content, 6, mtime=0)
        return self.packed


def takes_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` header allows gzip: named or `*`, and not with a weight of nothing."""
    for one in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in one.split(";"))
        if name in ("gzip", "*"):
            return not any(_NOTHING.fullmatch(piece) for piece in parameters)
    return False


class KeptPages:
    """Pages in at most `KEPT_PAGES` bytes, those not asked for longest going first. Safe between threads.

    Pages that were asked something (filters, made-up words) have half of the room to themselves, so that however many of them
    come, the pages that everybody reads stay.

    A page is packed when it is asked for a second time: one that nobody asks for again costs no packing. Packing is safe here and
    only here: what is kept is the same for every reader, so that its length tells nothing of anybody.
    """

    def __init__(self) -> None:
        self._pages: Kept[Page] = Kept(lambda: settings.KEPT_PAGES // 2)
        self._asked: Kept[Page] = Kept(lambda: settings.KEPT_PAGES // 2)

    def get(self, place: Key, *, is_asked: bool) -> Page | None:
        """The page as it was last made, whether or not it still holds."""
        return (self._asked if is_asked else self._pages).get(place)

    def put(self, place: Key, page: Page, *, is_asked: bool) -> None:
        """Keep a page in place of an older one."""
        (self._asked if is_asked else self._pages).put(place, page, len(page.content))

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._pages) + len(self._asked)

    def clear(self) -> None:
        """Forget all."""
        self._pages.clear()
        self._asked.clear()


pages = KeptPages()


class KeptPagesMiddleware:
    """Answers a public page from memory where nothing has changed since it was rendered.

    Stands behind what every response gets (its security headers) and what decides the language, and before all that a page which
    is the same for everybody does without: sessions, logins, messages, the search for its view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page as it was kept, else the response, which is kept where `process_view` found that it may be."""
        if not settings.KEPT_PAGES or request.method != "GET" or any(request.COOKIES.get(name) for name in _NEVER_WITH):
            return self.get_response(request)
        place = _place(request)
        is_asked = bool(request.META.get("QUERY_STRING"))
        found = pages.get(place, is_asked=is_asked)
        if found is not None and found.stands_on == _stands_on():
            return found.answer(request)
        request.is_for_all = True
        response = self.get_response(request)
        stands_on = getattr(request, "stands_on", None)
        if stands_on is None or not _may_be_kept(request, response):
            return response
        page = Page.of(response, stands_on)
        pages.put(place, page, is_asked=is_asked)
        return page.marked(response)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Take down what a public page is going to stand on, before its view looks at anything."""
        match = request.resolver_match
        if hasattr(request, "is_for_all") and match and match.app_name == "portal" and match.url_name not in _FRESH:
            request.stands_on = _stands_on()


def _stands_on() -> Key:
    return (stamp(), today(), int(time.monotonic() // _SECONDS))


def _place(request: HttpRequest) -> Key:
    preferences = (request.COOKIES.get("size", ""), request.COOKIES.get("contrast", ""))
    return (request.scheme, request.get_host(), request.get_full_path(), get_language(), *preferences)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not response.has_header("Refresh")
    )
