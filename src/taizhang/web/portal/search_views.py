"""Searching the gazette, its targets and the bodies."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from taizhang.apps.organisations.queries import current_name
from taizhang.apps.targets.finding import Bucket, find, month_of
from taizhang.apps.targets.indexing import is_behind
from taizhang.backends.search import FACETS
from taizhang.backends.search import serial as index_stamp
from taizhang.web.kept_parts import as_of_ledger

_LONGEST_QUERY = 200
_SHOWN_BUCKETS = 12


def search(request: HttpRequest) -> HttpResponse:
    """`q` all words, at most 200 characters; `kind`, `document`, `month`, `unit` one value each; `page` from 1."""
    words = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    chosen = {name: value for name in FACETS if (value := request.GET.get(name, ""))}
    page = request.GET.get("page", "1")
    found = find(settings.SEARCH_INDEX, words, chosen, int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1)
    context = {
        "words": words,
        "chosen": chosen,
        "found": found,
        "facets": [(name, _title(name), _shown(name, found.facets.get(name, ()), chosen)) for name in FACETS],
        "label": _label,
        "link": lambda **change: _link(words, chosen, change),
        "current_name": current_name,
        "quotes": [result.quote for result in found.results if result.quote],
        "behind": as_of_ledger("behind", index_stamp(settings.SEARCH_INDEX), size=200, make=is_behind),
    }
    return render(request, "portal/search.html", context)


def _shown(name: str, buckets: tuple[Bucket, ...], chosen: dict[str, str]) -> list[Bucket]:
    """The first buckets, and the one chosen wherever it stands."""
    own = [bucket for bucket in buckets[_SHOWN_BUCKETS:] if bucket.value == chosen.get(name)]
    return [*buckets[:_SHOWN_BUCKETS], *own]


def _link(words: str, chosen: dict[str, str], change: dict[str, str | int]) -> str:
    """The same search with something changed; an empty value takes a choice away."""
    kept = {"q": words, **chosen, **change}
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def _title(facet: str) -> str:
    return str({"kind": _("类型"), "document": _("文件"), "month": _("印发时间"), "unit": _("单位")}[facet])


def _label(facet: str, bucket: Bucket) -> str:
    if facet == "kind":
        return kind_label(bucket.value)
    if facet == "month" and (month := month_of(bucket.value)):
        return str(_("%(year)s年%(month)s月") % {"year": month[0], "month": month[1]})
    return bucket.name


def kind_label(kind: str) -> str:
    """What sort of thing was found."""
    labels = {"title": _("标题和文号"), "target": _("责任目标"), "clause": _("条文"), "table": _("表格"), "body": _("机构")}
    labels["erratum"] = _("勘误后的读法")
    return str(labels.get(kind, kind))
