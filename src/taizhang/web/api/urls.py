"""Addresses of the API: see `taizhang.web.api.v1`."""

from ninja import NinjaAPI

api = NinjaAPI(title="Taizhang 台账", version="1", urls_namespace="api-1", openapi_url="/openapi.json", docs_url=None)
urlpatterns = api.urls
