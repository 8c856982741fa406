"""Addresses of the API, behind the door for machines. What is not an address of it answers with a problem document too."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

import taizhang
from taizhang.kernel.errors import TaizhangError
from taizhang.web import problems
from taizhang.web.api import assessment_routes, errors, found_routes, gazette_routes, target_routes
from taizhang.web.api.door import open_to_machines

_ABOUT = """已采纳的公报及其条款、目标、机构、校对意见、勘误和解释。只读，不用登录。

每个数字都带依据（citation）：文件、文号、条款、字符区间和原话。不知道的写 null，旁边的字段说为什么。
数字用字符串写，一位不差。清单用 next 翻页。出错时返回 application/problem+json。"""


class Api(NinjaAPI):
    """The API; its document says that refusals are problem documents."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {problems.MEDIA_TYPE: response["content"].pop("application/json")}
        return schema


api = Api(
    title="Taizhang 台账", version=taizhang.__version__, description=_ABOUT, urls_namespace="api-1", docs_url=None,
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)  # fmt: skip
for _router in (gazette_routes.router, target_routes.router, assessment_routes.router, found_routes.router):
    api.add_router("", _router)


@api.exception_handler(TaizhangError)
def _refused(request: HttpRequest, error: TaizhangError) -> HttpResponse:
    return problems.problem_of(request, error)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [{"in": str(one["loc"][0]), "name": str(one["loc"][-1]), "message": _reason(one)} for one in error.errors]
    first = wrong[0]
    told = request.GET.get(first["name"], "")[:80]
    detail = errors.ParameterIsMalformedError(name=first["name"], value=told, reason=first["message"])
    return problems.problem(request, 422, detail.code, str(detail), errors=wrong)


def _reason(one: dict[str, Any]) -> str:
    """Why a parameter was refused, in the reader's words; those of the library where it is none of the usual."""
    limits = one.get("ctx") or {}
    limit = next((limits[name] for name in ("ge", "le", "gt", "lt", "max_length", "min_length") if name in limits), "")
    said = {
        "int_parsing": _("要写整数"),
        "int_from_float": _("要写整数"),
        "date_from_datetime_parsing": _("要写日期，例如 2017-06-30"),
        "date_parsing": _("要写日期，例如 2017-06-30"),
        "bool_parsing": _("要写 true 或 false"),
        "greater_than_equal": _("不能小于 %(limit)s") % {"limit": limit},
        "less_than_equal": _("不能大于 %(limit)s") % {"limit": limit},
        "string_too_long": _("最多 %(limit)s 个字符") % {"limit": limit},
        "string_too_short": _("至少 %(limit)s 个字符") % {"limit": limit},
        "missing": _("必须给出"),
    }
    return str(said.get(one.get("type", ""), one["msg"]))


@api.exception_handler(Exception)
def _defect(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.defect(request, error)


def _nothing(request: HttpRequest) -> HttpResponse:
    raise errors.NothingHereError(what=_("接口地址"), value=request.path, listed="/api/v1/")


def _guarded() -> tuple[list[Any], str, str]:
    patterns, app, namespace = api.urls
    own = [pattern for pattern in patterns if pattern.name != "api-root"]
    root = [pattern for pattern in patterns if pattern.name == "api-root"]
    for pattern in patterns:
        pattern.callback = open_to_machines(pattern.callback)
    # Ninja's own root is last, for the name only.
    return [*own, *root, re_path(r"", open_to_machines(_nothing))], app, namespace


urlpatterns = [path("", _guarded())]
