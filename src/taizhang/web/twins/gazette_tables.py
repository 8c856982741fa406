"""Tables of the gazette: issues, documents, clauses, findings, errata, interpretations, the ledger."""

from collections.abc import Iterator

from django.utils import timezone

from taizhang.apps.gazettes import listing
from taizhang.apps.gazettes.models import Clause, Document, Edition
from taizhang.apps.gazettes.proof_report import read_filters, title_of
from taizhang.apps.gazettes.queries import canonical_address, clauses_at, clauses_of_addresses, shelves
from taizhang.apps.ledger.models import Seal
from taizhang.web.twins.tables import CITATION, NOT_PRINTED, URL, Citer, Column, IssueTable, Row, Table, Wish, batches
from taizhang.web.twins.words import word

_ISSUE = Column("issue", "期", 8)
_DOCUMENT = Column("document", "文件", 18)


def _issues(wish: Wish) -> Iterator[Row]:
    for year, shelf in shelves():
        for each in shelf:
            found = each.edition
            if found is None:
                yield (year, each.number, None, None, None, None, None, "未入库", None, None)
                continue
            address = f"{wish.base}/gazette/{found.slug}/"
            counts = (each.documents, each.findings)
            yield (
                year,
                each.number,
                found.total_number,
                found.title,
                found.published_on,
                *counts,
                "已采纳",
                found.source.sha256,
                address,
            )


ISSUES = Table(
    "issues",
    "公报各期",
    (
        Column("year", "年", 6),
        Column("number", "期号", 6),
        Column("total_number", "总期号", 8),
        Column("title", "刊名", 24),
        Column("published_on", "出版日期", 12),
        Column("documents", "文件数", 8),
        Column("findings", "未处理校对意见", 10),
        Column("state", "状态", 10),
        Column("sha256", "源文件校验值", 20),
        URL,
    ),
    _issues,
)


def _documents(edition: Edition, wish: Wish) -> Iterator[Row]:
    for row in Document.objects.filter(edition=edition):
        numbers = (row.number or None, row.title, word(row.role), row.kind or None, "、".join(row.issuers) or None)
        span = f"{row.start}-{row.end}"
        yield (
            edition.slug,
            row.ordinal,
            *numbers,
            row.issued_on,
            None if row.issued_on else NOT_PRINTED,
            span,
            wish.forms.url(row.slug),
        )


DOCUMENTS = IssueTable(
    "documents",
    "文件",
    (
        _ISSUE,
        Column("ordinal", "序号", 6),
        Column("number", "文号", 20),
        Column("title", "标题", 44),
        Column("role", "类别", 10),
        Column("kind", "文种", 8),
        Column("issuers", "发文机关", 24),
        Column("issued_on", "成文日期", 12),
        Column("date_unknown", "缺日期的原因", 10),
        Column("span", "字符区间", 14),
        URL,
    ),
    _documents,
)


def _clauses(edition: Edition, wish: Wish) -> Iterator[Row]:
    rows = Clause.objects.filter(document__edition=edition).select_related("document").defer("runs")
    document = canonical_address(wish.word("document"))
    rows = rows.filter(document__slug=document) if document else rows
    for batch in batches(rows.order_by("document__ordinal", "ordinal").iterator(2000)):
        citer = Citer(batch, wish)
        for row in batch:
            slug, words = row.document.slug, row.text if not row.table else _table_text(row)
            span = (row.own_start, row.own_end)
            yield (edition.slug, slug, word(row.kind), row.num or None, row.heading or None, *citer.cells(row, slug, span, words))


def _table_text(clause: Clause) -> str:
    table = clause.table or {}
    lines = [*table["header"], *table["rows"]]
    return "\n".join(" ¦ ".join(cells) for cells in lines)[:32_000]


CLAUSES = IssueTable(
    "clauses",
    "条款",
    (_ISSUE, _DOCUMENT, Column("kind", "类型", 10), Column("num", "编号", 8), Column("heading", "标题", 20), *CITATION),
    _clauses,
    filters=("document",),
)


def _findings(edition: Edition, wish: Wish) -> Iterator[Row]:
    filters = read_filters(*(wish.query.getlist(name) for name in ("sev", "doc", "state")))
    rows = list(listing.findings(edition.slug).order_by("ordinal"))
    roots = {top.ident: top.ordinal for top in Document.objects.filter(edition=edition, parent=None)}
    clauses = clauses_at({(row.document_id, row.eid) for row in rows if row.document_id and row.eid})
    citer = Citer(clauses.values(), wish)
    for row in rows:
        root = roots[row.document.ident.partition("!")[0]] if row.document else 0
        if not filters.take(row, root):
            continue
        clause = clauses.get((row.document_id, row.eid))
        start, end = row.spans[0] if row.spans else (0, 0)
        cited: Row
        if row.document and row.spans:
            cited = citer.cells_in(clause, row.document, row.eid, (start, end), row.quote)
        else:
            name = row.document.number or row.document.title if row.document else edition.title
            place = f"{start}-{end}" if row.spans else None
            cited = (row.quote, name, row.eid or None, place, wish.forms.proof_url(row))
        told = (title_of(row), row.message, row.declared or None, row.computed or None, row.advice or None)
        settled = (word(row.disposition), row.reason or None, timezone.localdate(row.decided_at) if row.decided_at else None)
        yield (edition.slug, row.ordinal, word(row.severity), row.rule, *told, *settled, *cited)


FINDINGS = IssueTable(
    "findings",
    "校对意见",
    (
        _ISSUE,
        Column("finding", "序号", 6),
        Column("severity", "性质", 8),
        Column("rule", "规则", 20),
        Column("title", "问题", 24),
        Column("message", "说明", 44),
        Column("declared", "印本", 16),
        Column("computed", "推算", 16),
        Column("advice", "建议", 24),
        Column("disposition", "处理", 10),
        Column("reason", "理由", 20),
        Column("decided_on", "处理日期", 12),
        *CITATION,
    ),
    _findings,
    filters=("sev", "doc", "state"),
)


def _errata(wish: Wish) -> Iterator[Row]:
    rows = list(listing.errata().order_by("-number"))
    clauses = clauses_at({(row.document_id, row.eid) for row in rows})
    citer = Citer(clauses.values(), wish)
    for row in rows:
        clause = clauses.get((row.document_id, row.eid))
        cited = citer.cells_in(clause, row.document, row.eid, (row.start, row.end), row.printed)
        finding = row.finding.ordinal if row.finding else None
        what = (word(row.field), row.printed, row.corrected, row.reason, finding)
        yield (row.number, row.published_on, row.edition.slug, *what, *cited)


ERRATA = Table(
    "errata",
    "勘误登记簿",
    (
        Column("erratum", "编号", 6),
        Column("published_on", "日期", 12),
        _ISSUE,
        Column("field", "改什么", 10),
        Column("printed", "印本", 30),
        Column("corrected", "勘误", 30),
        Column("reason", "理由", 30),
        Column("finding", "校对意见序号", 8),
        *CITATION,
    ),
    _errata,
)


def _interpretations(wish: Wish) -> Iterator[Row]:
    rows = sorted(listing.interpretations(), key=lambda row: (row.document_number, row.code))
    clauses = clauses_of_addresses({(row.slug, row.eid) for row in rows if row.eid})
    citer = Citer(clauses.values(), wish)
    for row in rows:
        clause = clauses.get((row.slug, row.eid))
        if clause is not None:
            words, place, eid, _span, url = citer.cells(clause, row.slug, (0, 0), row.quote)
        else:
            words, place, eid, url = row.quote or None, f"{row.document_number} {row.place}".strip() or None, None, None
        yield (
            row.code,
            row.question,
            row.answer,
            row.why,
            row.may_change,
            "启用" if row.is_on else "停用",
            words,
            place,
            eid,
            url,
        )


INTERPRETATIONS = Table(
    "interpretations",
    "解释登记簿",
    (
        Column("code", "代码", 16),
        Column("question", "公报没写明什么", 36),
        Column("answer", "怎样解释", 36),
        Column("why", "为什么", 36),
        Column("may_change", "谁可以改", 20),
        Column("is_on", "状态", 8),
        *(c for c in CITATION if c.code != "span"),
    ),
    _interpretations,
)


def _ledger(wish: Wish) -> Iterator[Row]:
    for row in Seal.objects.select_related("entry").order_by("sequence").iterator(2000):
        yield (row.sequence, row.entry.digest, row.head, row.sealed_at.isoformat(timespec="seconds"))


LEDGER = Table(
    "ledger",
    "台账校验值",
    (
        Column("sequence", "序号", 8),
        Column("digest", "本笔校验值", 66),
        Column("head", "链上校验值", 66),
        Column("sealed_at", "封存时间", 26),
    ),
    _ledger,
)
