"""Feeds: documents as they are adopted, findings as they are made or settled, errata as they are published. In stretches."""

from datetime import UTC, datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from taizhang.apps.assessments.models import Notice
from taizhang.apps.assessments.results import public_pages
from taizhang.apps.gazettes import listing
from taizhang.apps.gazettes.models import Document, Edition, Erratum, Finding
from taizhang.apps.gazettes.proof_report import title_of
from taizhang.web.api.cursors import following, read, written
from taizhang.web.api.door import open_to_machines
from taizhang.web.api.errors import ParameterIsUnknownError
from taizhang.web.context import pack
from taizhang.web.feeds.atom import MEDIA_TYPE, Entry, Feed, atom
from taizhang.web.twins.words import word
from taizhang.web.twins.writing import banner

_STRETCH = 100
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@open_to_machines
def documents(request: HttpRequest) -> HttpResponse:
    """Documents published by themselves, newest first."""
    below = _below(request)
    rows = listing.documents(role="main").order_by("-pk")
    found = list((rows.filter(pk__lt=below) if below is not None else rows)[: _STRETCH + 1])
    base = _base(request)
    entries = [_of_document(row, base) for row in found[:_STRETCH]]
    feed = Feed(
        f"{base}/feeds/documents.atom", f"{pack().place.name}：新公布的文件", banner() or "政府公报里的文件，采纳后进入本订阅",
        _self(request), f"{base}/gazette/", _publisher(), _next(request, found),
    )  # fmt: skip
    return HttpResponse(atom(feed, entries), content_type=MEDIA_TYPE)


def _of_document(row: Document, base: str) -> Entry:
    at = row.edition.decided_at or _NEVER
    url = f"{base}/d/{quote(row.slug, safe='')}/"
    number = f"（{row.number}）" if row.number else ""
    issue = _issue_name(row.edition)
    dated = f"，{row.issued_on.year}年{row.issued_on.month}月{row.issued_on.day}日" if row.issued_on else ""
    author = "、".join(row.issuers) or row.edition.publisher or _publisher()
    categories = ((row.kind, row.kind),) if row.kind else ()
    return Entry(url, f"{row.title}{number}", url, at, at, author, f"{issue}{dated}", categories)


@open_to_machines
def findings(request: HttpRequest) -> HttpResponse:
    """Proof findings, newest issue first; a finding that was settled moves its date."""
    below = _below(request)
    rows = listing.findings().order_by("-pk")
    found = list((rows.filter(pk__lt=below) if below is not None else rows)[: _STRETCH + 1])
    base = _base(request)
    entries = [_of_finding(row, base) for row in found[:_STRETCH]]
    feed = Feed(
        f"{base}/feeds/findings.atom", f"{pack().place.name}：公报校对意见", banner() or "读公报时发现的错误和疑点，办理后更新",
        _self(request), f"{base}/gazette/", _publisher(), _next(request, found),
    )  # fmt: skip
    return HttpResponse(atom(feed, entries), content_type=MEDIA_TYPE)


def _of_finding(row: Finding, base: str) -> Entry:
    at = row.edition.decided_at or _NEVER
    page = f"{base}/gazette/{quote(row.edition.slug)}/proof/"
    # A newer reading of the same issue counts its findings anew.
    ident = f"{page}?edition={row.edition_id}#f{row.ordinal}"
    place = (
        f"{_issue_name(row.edition)}，{row.document.number or row.document.title}" if row.document else _issue_name(row.edition)
    )
    told = f"{place}：{row.message}" + (f"。{word(row.disposition)}：{row.reason}" if row.reason else "")
    categories = ((row.severity, word(row.severity)), (row.disposition, word(row.disposition)))
    return Entry(
        ident,
        title_of(row),
        f"{page}?at={row.ordinal}#f{row.ordinal}",
        at,
        max(at, row.decided_at or at),
        _publisher(),
        told,
        categories,
    )


@open_to_machines
def errata(request: HttpRequest) -> HttpResponse:
    """Errata, newest number first: what is printed and what it should be."""
    below = _below(request)
    rows = listing.errata().order_by("-number")
    found = list((rows.filter(number__lt=below) if below is not None else rows)[: _STRETCH + 1])
    base = _base(request)
    more = following(request, written([found[_STRETCH - 1].number])) if len(found) > _STRETCH else None
    feed = Feed(
        f"{base}/feeds/errata.atom", f"{pack().place.name}：公报勘误", banner() or "印本的字不改，勘误另编号、另记日期",
        _self(request), f"{base}/errata/", _publisher(), more,
    )  # fmt: skip
    return HttpResponse(atom(feed, (_of_erratum(row, base) for row in found[:_STRETCH])), content_type=MEDIA_TYPE)


def _of_erratum(row: Erratum, base: str) -> Entry:
    at = row.confirmed_at or row.edition.decided_at or _NEVER
    url = f"{base}/errata/#e{row.number}"
    place = f"{_issue_name(row.edition)}，{row.document.number or row.document.title}"
    told = f"{place}，{word(row.field)}：印本“{row.printed}”，勘误“{row.corrected}”。理由：{row.reason}"
    return Entry(url, f"勘误第{row.number}号", url, at, at, _publisher(), told, ((row.field, word(row.field)),))


@open_to_machines
def notices(request: HttpRequest) -> HttpResponse:
    """Issued notices of assessment years, newest first."""
    below = _below(request)
    rows = public_pages.notice_rows().defer("content").order_by("-pk")
    found = list((rows.filter(pk__lt=below) if below is not None else rows)[: _STRETCH + 1])
    base = _base(request)
    more = following(request, written([found[_STRETCH - 1].pk])) if len(found) > _STRETCH else None
    feed = Feed(
        f"{base}/feeds/notices.atom", f"{pack().place.name}：考核通报", banner() or "印发的季度通报和结果通报，草稿不公开",
        _self(request), f"{base}/assessment/notices/", _publisher(), more,
    )  # fmt: skip
    return HttpResponse(atom(feed, (_of_notice(row, base) for row in found[:_STRETCH])), content_type=MEDIA_TYPE)


def _of_notice(row: Notice, base: str) -> Entry:
    at = row.issued_at or _NEVER
    url = f"{base}/notices/{row.pk}/"
    told = f"{row.number}，截至{row.period_end.year}年{row.period_end.month}月{row.period_end.day}日"
    return Entry(url, row.title, url, at, at, _publisher(), told, ((row.kind, word(f"notice_{row.kind}")),))


def _issue_name(edition: Edition) -> str:
    return f"{edition.title} {edition.year}年第{edition.number}号" if edition.number else edition.title


def _publisher() -> str:
    return pack().place.name


def _below(request: HttpRequest) -> int | None:
    for name in request.GET:
        if name != "cursor":
            raise ParameterIsUnknownError(name=name[:80], known="cursor")
    return read(request.GET["cursor"], 1)[0] if "cursor" in request.GET else None


def _next(request: HttpRequest, found: list[Document] | list[Finding]) -> str | None:
    return following(request, written([found[_STRETCH - 1].pk]) if len(found) > _STRETCH else None)


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _self(request: HttpRequest) -> str:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{_base(request)}{request.path}{query}"
