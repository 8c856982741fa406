"""Addresses of the feeds."""

from django.urls import path

from taizhang.web.feeds import calendars, views

app_name = "feeds"
urlpatterns = [
    path("documents.atom", views.documents, name="documents"),
    path("findings.atom", views.findings, name="findings"),
    path("notices.atom", views.notices, name="notices"),
    path("calendar/<str:token>.ics", calendars.calendar, name="calendar"),
    path("errata.atom", views.errata, name="errata"),
]
