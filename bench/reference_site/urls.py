"""The site's addresses, and two views that pages are measured against: one does nothing, one is a plain table of 100 rows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from taizhang.apps.gazettes.models import Clause
from taizhang.project.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


def plain(request: HttpRequest) -> HttpResponse:
    rows = Clause.objects.filter(document__edition__state="adopted").select_related("document").order_by("pk")[:100]
    return render(request, "plain.html", {"rows": rows})


urlpatterns = [path("reference/empty/", empty), path("reference/plain/", plain), *site]
