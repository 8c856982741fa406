"""Login, logout, password and second factor. What needs sign-up or e-mail is closed: an administrator gives accounts."""

from allauth.urls import urlpatterns as allauth_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path


def closed(request: HttpRequest) -> HttpResponse:
    """Not here."""
    raise Http404


urlpatterns = [re_path(r"^(?:signup|email|confirm-email|password/(?:reset|set)|login/code)(?:/.*)?$", closed), *allauth_patterns]
