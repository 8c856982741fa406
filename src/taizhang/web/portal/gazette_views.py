"""Pages of the gazette: front page, issues, the reader, clauses, proof reports and the two registers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def issues(request: HttpRequest) -> HttpResponse:
    """Issues by year."""
    return render(request, "portal/plain.html", {"heading": "公报"})


def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue."""
    return render(request, "portal/plain.html", {"heading": slug})


def proof(request: HttpRequest, slug: str) -> HttpResponse:
    """The proof report of an issue."""
    return render(request, "portal/plain.html", {"heading": slug})


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A document, to read."""
    return render(request, "portal/plain.html", {"heading": slug})


def clause(request: HttpRequest, slug: str, eid: str) -> HttpResponse:
    """A clause at its fixed address."""
    return render(request, "portal/plain.html", {"heading": eid})
