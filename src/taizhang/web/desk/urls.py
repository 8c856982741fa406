"""Addresses of the desk."""

from django.urls import path

from taizhang.web.desk import correcting_views, edition_views, ledger_views, people_views, review_views, views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("editions/", edition_views.list_editions, name="editions"),
    path("editions/new/", edition_views.upload, name="upload"),
    path("editions/<int:pk>/", edition_views.edition, name="edition"),
    path("editions/<int:pk>/difference/", edition_views.show_difference, name="difference"),
    path("editions/<int:pk>/findings/", review_views.findings, name="findings"),
    path("editions/<int:pk>/names/", review_views.names, name="names"),
    path("editions/<int:pk>/documents/<int:document>/", review_views.document, name="document"),
    path("editions/<int:pk>/adopt/", edition_views.adopt, name="adopt"),
    path("editions/<int:pk>/refuse/", edition_views.refuse, name="refuse"),
    path("editions/<int:pk>/reread/", edition_views.reread, name="reread"),
    path("editions/<int:pk>/split/", correcting_views.split, name="split"),
    path("editions/<int:pk>/merge/", correcting_views.merge, name="merge"),
    path("editions/<int:pk>/text/", correcting_views.text, name="text"),
    path("editions/<int:pk>/measure/", correcting_views.measure, name="measure"),
    path("editions/<int:pk>/duty/", correcting_views.duty, name="duty"),
    path("editions/<int:pk>/withdraw/", correcting_views.withdraw, name="withdraw"),
    path("editions/<int:pk>/confirm/", correcting_views.confirm, name="confirm"),
    path("editions/<int:pk>/decline/", correcting_views.decline, name="decline"),
    path("editions/<int:pk>/finding/", correcting_views.finding, name="finding"),
    path("editions/<int:pk>/draft/", correcting_views.draft, name="draft"),
    path("editions/<int:pk>/name/", correcting_views.name, name="name"),
    path("bodies/", review_views.events, name="events"),
    path("bodies/event/", correcting_views.event, name="event"),
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("people/", people_views.list_people, name="people"),
    path("people/add/", people_views.add, name="add"),
    path("people/grant/", people_views.grant, name="grant"),
    path("people/revoke/", people_views.revoke, name="revoke"),
    path("people/close/", people_views.close, name="close"),
    path("people/open/", people_views.reopen, name="open"),
    path("people/reset/", people_views.reset, name="reset"),
]
