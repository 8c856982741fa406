"""Atom feeds."""

from django.http import HttpRequest, HttpResponse


def documents(request: HttpRequest) -> HttpResponse:
    """Documents as they are adopted."""
    return HttpResponse('<feed xmlns="http://www.w3.org/2005/Atom"/>', content_type="application/atom+xml")
