"""Addresses of the portal."""

from django.urls import path

from taizhang.web.portal import gazette_views, home_view, reader_views, views

app_name = "portal"
urlpatterns = [
    path("", home_view.home, name="home"),
    path("preference/", views.preference, name="preference"),
    path("gazette/", gazette_views.issues, name="gazette"),
    path("gazette/<str:slug>/", gazette_views.issue, name="issue"),
    path("gazette/<str:slug>/proof/", gazette_views.proof, name="proof"),
    path("d/<str:slug>/", reader_views.document, name="document"),
    path("d/<str:slug>/<str:eid>/", reader_views.clause, name="clause"),
    path("search/", views.plain, {"heading": "检索"}, name="search"),
    path("targets/", views.plain, {"heading": "目标板"}, name="board"),
    path("bodies/", views.plain, {"heading": "机构"}, name="bodies"),
    path("errata/", gazette_views.errata, name="errata"),
    path("interpretations/", gazette_views.interpretations, name="interpretations"),
    path("ledger/", views.plain, {"heading": "台账校验值"}, name="ledger"),
    path("downloads/", views.plain, {"heading": "批量下载"}, name="downloads"),
    path("help/", views.plain, {"heading": "使用帮助"}, name="help"),
    path("accessibility/", views.plain, {"heading": "无障碍声明"}, name="accessibility"),
]
