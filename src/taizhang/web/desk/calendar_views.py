"""日历订阅: a private address for a calendar program. It is shown once, when it is made; only its digest is kept."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from taizhang.apps.accounts.roles import ENTER
from taizhang.apps.assessments.waiting.calendar_tokens import live_token, make_calendar_token, revoke_calendar_token
from taizhang.web.desk.doors import act, opens, page


@opens(ENTER)
def show(request: HttpRequest) -> HttpResponse:
    """Whether an address is live, and how to get one or stop it."""
    return page(request, "desk/calendar.html", {"live": live_token(request.user), "address": ""})


@require_POST
@opens(ENTER)
def make(request: HttpRequest) -> HttpResponse:
    """A new address; the one before stops."""
    token, problem = act(request, make_calendar_token, "calendar")
    address = ""
    if problem is None:
        address = f"{request.scheme}://{request.get_host()}{reverse('feeds:calendar', args=[token])}"
    context = {"live": live_token(request.user), "address": address, "problem": problem}
    return page(request, "desk/calendar.html", context)


@require_POST
@opens(ENTER)
def stop(request: HttpRequest) -> HttpResponse:
    """Stop the address."""
    _done, problem = act(request, revoke_calendar_token, "calendar")
    return page(request, "desk/calendar.html", {"live": live_token(request.user), "address": "", "problem": problem})
