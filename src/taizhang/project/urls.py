"""All addresses. Portal pages have an English twin under /en/; the desk, the API and the feeds don't."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("desk/", include("taizhang.web.desk.urls")),
    path("desk/account/", include("taizhang.web.desk.account_urls")),
    path("api/v1/", include("taizhang.web.api.urls")),
    path("feeds/", include("taizhang.web.feeds.urls")),
    path("", include("taizhang.web.twins.urls")),
    *i18n_patterns(path("", include("taizhang.web.portal.urls")), prefix_default_language=False),
]
handler404 = "taizhang.web.portal.help_views.not_found"
handler500 = "taizhang.web.portal.help_views.fault"
