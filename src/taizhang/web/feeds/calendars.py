"""Somebody's due days for a calendar program, under an address that only he knows and can stop."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from taizhang.apps.assessments.cycle_errors import TokenIsUnknownError
from taizhang.apps.assessments.waiting.calendar_tokens import feed_of, owner_of
from taizhang.web.clock import now
from taizhang.web.problems import problem_of

MEDIA_TYPE = "text/calendar; charset=utf-8"


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed; 404 for an address that nobody made or that was stopped, without saying which."""
    try:
        user = owner_of(token)
    except TokenIsUnknownError as unknown:
        return problem_of(request, unknown)
    desk = f"{request.scheme}://{request.get_host()}{reverse('desk:today')}"
    response = HttpResponse(feed_of(user, now(), desk), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
