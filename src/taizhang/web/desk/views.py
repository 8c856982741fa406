"""What waits for the person who is logged in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Waiting work."""
    return render(request, "portal/plain.html", {"heading": "今日"})
