"""What waits for the person who is logged in, put together once a request: the rail counts it, a page lists it."""

from django.http import HttpRequest

from taizhang.apps.assessments.waiting.matters import Waiting, waiting_for
from taizhang.web.clock import today

_KEPT = "_waiting_work"


def waiting_of(request: HttpRequest) -> list[Waiting]:
    """The lines of the day. An act that is done answers with another request, so that nothing here grows old."""
    found: list[Waiting] | None = getattr(request, _KEPT, None)
    if found is None:
        found = waiting_for(request.user, today())  # type: ignore[arg-type]
        setattr(request, _KEPT, found)
    return found
