"""Addresses of the portal."""

from django.urls import path

from taizhang.web.portal import (
    assessment_views,
    body_views,
    downloads_view,
    followup_views,
    gazette_views,
    help_views,
    home_view,
    reader_views,
    scheme_views,
    search_views,
    target_views,
    views,
    year_board_views,
)
from taizhang.web.twins.views import twin

app_name = "portal"
urlpatterns = [
    path("", home_view.home, name="home"),
    path("preference/", views.preference, name="preference"),
    path("gazette/", twin("/downloads/issues")(gazette_views.issues), name="gazette"),
    path("gazette/<str:slug>/", twin("/gazette/{slug}/documents")(gazette_views.issue), name="issue"),
    path("gazette/<str:slug>/proof/", twin("/gazette/{slug}/findings")(gazette_views.proof), name="proof"),
    path("d/<str:slug>/", twin("/downloads/clauses", document="{slug}")(reader_views.document), name="document"),
    path("d/<str:slug>/<str:eid>/", reader_views.clause, name="clause"),
    path("search/", twin("/downloads/search")(search_views.search), name="search"),
    path("targets/", twin("/downloads/sheets")(target_views.board), name="board"),
    path(
        "targets/<str:slug>/<str:eid>/<int:number>/",
        twin("/downloads/targets", like="{slug}/{eid}/{number}")(target_views.target),
        name="target",
    ),
    path("targets/<str:issue>/<str:unit>/", twin("/gazette/{issue}/targets", unit="{unit}")(target_views.sheet), name="sheet"),
    path("assessment/", assessment_views.index, name="assessment"),
    path("assessment/notices/", twin("/downloads/notices")(followup_views.notices), name="notices"),
    path("assessment/<str:slug>/", twin("/downloads/results", cycle="{slug}")(assessment_views.year), name="results"),
    path(
        "assessment/<str:slug>/units/<str:ident>/",
        twin("/downloads/cells", cycle="{slug}", unit="{ident}")(assessment_views.unit),
        name="unit-scores",
    ),
    path(
        "assessment/<str:slug>/board/", twin("/downloads/metrics", cycle="{slug}")(year_board_views.board), name="board-of-year"
    ),
    path("assessment/<str:slug>/scheme/", scheme_views.scheme, name="scheme"),
    path("assessment/<str:slug>/metric/", year_board_views.metric, name="metric"),
    path(
        "assessment/<str:slug>/notices/", twin("/downloads/notices", cycle="{slug}")(followup_views.notices), name="year-notices"
    ),
    path(
        "assessment/<str:slug>/rectifications/",
        twin("/downloads/rectifications", cycle="{slug}")(followup_views.rectifications),
        name="rectifications",
    ),
    path("assessment/<str:slug>/appeals/", twin("/downloads/appeals", cycle="{slug}")(followup_views.appeals), name="appeals"),
    path("notices/<int:pk>/", followup_views.notice, name="notice"),
    path("certificates/<int:cell>/", assessment_views.certificate, name="certificate"),
    path("bodies/", twin("/downloads/bodies")(body_views.bodies), name="bodies"),
    path("bodies/<str:ident>/", twin("/downloads/bodies", body="{ident}")(body_views.body), name="body"),
    path("errata/", twin("/downloads/errata")(gazette_views.errata), name="errata"),
    path("interpretations/", twin("/downloads/interpretations")(gazette_views.interpretations), name="interpretations"),
    path("ledger/", twin("/downloads/ledger")(help_views.ledger), name="ledger"),
    path("downloads/", downloads_view.downloads, name="downloads"),
    path("map/", help_views.site_map, name="map"),
    path("help/", help_views.help_page, name="help"),
    path("accessibility/", help_views.accessibility, name="accessibility"),
]
