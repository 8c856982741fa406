"""How long a session lasts: it ends when nothing was done for a while, and after a working day in any case."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

_BEGAN, _SEEN = "began_at", "seen_at"
_NOTE_EVERY = 60


class SessionRulesMiddleware:
    """Logs out a person whose session is idle for `SESSION_IDLE` or older than `SESSION_LONGEST` seconds.

    Django changes the session's key at login. A session is written at most once a minute for this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, or the login page where the session has ended."""
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.user.is_authenticated:
            now = timezone.now().timestamp()
            seen = request.session.get(_SEEN)
            if seen is not None and (
                now - seen > settings.SESSION_IDLE or now - request.session.get(_BEGAN, now) > settings.SESSION_LONGEST
            ):
                logout(request)
                messages.info(request, _("太久没有操作，已为你退出。已保存的都在，请重新登录"))
                return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("desk:today"))
            if seen is None:
                request.session[_BEGAN] = now
            if seen is None or now - seen > _NOTE_EVERY:
                request.session[_SEEN] = now
        return self.get_response(request)
