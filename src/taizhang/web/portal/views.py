"""The portal's home, and the reader's preferences."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from taizhang.web.context import SIZES

_YEAR = 365 * 24 * 3600


def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    return render(request, "portal/home.html")


def plain(request: HttpRequest, heading: str) -> HttpResponse:
    """A page that has a heading only."""
    return render(request, "portal/plain.html", {"heading": heading})


# No token: it only keeps how pages look, and a token would give every reader a cookie and a page of their own.
@csrf_exempt
@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Keep large text or high contrast in a cookie and go back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, allowed in (("size", SIZES), ("contrast", ("high",))):
        if name in request.POST:
            value = request.POST[name]
            if value in allowed:
                response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
            else:
                response.delete_cookie(name)
    return response
