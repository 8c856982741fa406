"""Addresses of the portal."""

from django.urls import path

from taizhang.web.portal import (
    body_views,
    gazette_views,
    help_views,
    home_view,
    reader_views,
    search_views,
    target_views,
    views,
)

app_name = "portal"
urlpatterns = [
    path("", home_view.home, name="home"),
    path("preference/", views.preference, name="preference"),
    path("gazette/", gazette_views.issues, name="gazette"),
    path("gazette/<str:slug>/", gazette_views.issue, name="issue"),
    path("gazette/<str:slug>/proof/", gazette_views.proof, name="proof"),
    path("d/<str:slug>/", reader_views.document, name="document"),
    path("d/<str:slug>/<str:eid>/", reader_views.clause, name="clause"),
    path("search/", search_views.search, name="search"),
    path("targets/", target_views.board, name="board"),
    path("targets/<str:slug>/<str:eid>/<int:number>/", target_views.target, name="target"),
    path("targets/<str:issue>/<str:unit>/", target_views.sheet, name="sheet"),
    path("bodies/", body_views.bodies, name="bodies"),
    path("bodies/<str:ident>/", body_views.body, name="body"),
    path("errata/", gazette_views.errata, name="errata"),
    path("interpretations/", gazette_views.interpretations, name="interpretations"),
    path("ledger/", help_views.ledger, name="ledger"),
    path("downloads/", views.plain, {"heading": "批量下载"}, name="downloads"),
    path("help/", help_views.help_page, name="help"),
    path("accessibility/", help_views.accessibility, name="accessibility"),
]
