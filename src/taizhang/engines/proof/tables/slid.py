"""Rows whose cells slid into the wrong column, repeated headers that differ, cells and numbers of continued tables left out."""

from bisect import bisect_right
from collections.abc import Iterator

from taizhang.engines.gazette.model import Document, Row, Table
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.tables.cells import Sheet, cut, heads_group, is_group_row, sheets_of, short, span_of
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_SLID = "gazette.row-slid"
ALWAYS_FILLED = 0.85


@rule(
    id="tables.slid-row",
    severity=Severity.ERROR,
    title="表格行错列",
    why="一行各格整体错位，任务、单位、分值会读到别的栏里。",
    concern=Concern.STRUCTURE,
)
def slid_row(context: ProofContext) -> Iterator[Outcome]:
    """A row whose cells stand a column or more too far left: as the reader found by comparing rows, or because a column that all
    other rows fill is empty at its end. The row is shown as printed.

    Wrong:
        附件

        重点任务分工表

        序号\t工作任务\t牵头单位\t配合单位
        1\t推进培训\t市教育局\t市财政局
        2\t改造设施\t市住建局\t市财政局
        开展筛查\t市卫健委\t市财政局
        4\t发放补贴\t市民政局\t市财政局
        5\t组织比赛\t市体育局\t市财政局
    Right:
        附件

        重点任务分工表

        序号\t工作任务\t牵头单位\t配合单位
        1\t推进培训\t市教育局\t市财政局
        2\t改造设施\t市住建局\t市财政局
        3\t开展筛查\t市卫健委\t市财政局
        4\t发放补贴\t市民政局\t市财政局
        5\t组织比赛\t市体育局\t市财政局
    """
    told: set[int] = set()
    for diagnostic in context.issue.diagnostics:
        if diagnostic.code != _SLID:
            continue
        told.add(diagnostic.span.start)
        printed = diagnostic.printed or context.source[diagnostic.span.start : diagnostic.span.end]
        printed = printed.replace("\t", " ¦ ").strip()
        if heads_group(printed):
            continue
        yield context.finding(
            slid_row,
            _trimmed(context, diagnostic.span),
            message=Message("这一行各格错列，印作“{printed}”", {"printed": short(printed)}),
            advice=Message("对照原表，把各格移回原栏"),
            declared=printed,
            document=_document_at(context, diagnostic.span.start),
        )
    for sheet in sheets_of(context.documents):
        for row in sheet.table.rows:
            span = span_of(row)
            if span is None or row.printed is not None or row.span.start in told or not _ends_short(sheet, row):
                continue
            printed = " ¦ ".join(row.texts).strip()
            yield context.finding(
                slid_row,
                span,
                message=Message("这一行末栏空着，各格可能错列，印作“{printed}”", {"printed": short(printed)}),
                advice=Message("对照原表，把各格移回原栏；如本来为空，可不改"),
                declared=printed,
                document=sheet.document.id,
                eid=sheet.table.eid,
                severity=Severity.WARNING,
            )


def _trimmed(context: ProofContext, span: Span) -> Span:
    words = context.source[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return cut(Span(start, max(start + 1, span.start + len(words.rstrip()))))


def _document_at(context: ProofContext, offset: int) -> str | None:
    documents = context.documents
    at = bisect_right(documents, offset, key=lambda document: document.span.start)
    return next((d.id for d in reversed(documents[:at]) if offset < d.span.end), None)


def _ends_short(sheet: Sheet, row: Row) -> bool:
    """True if the last column that nearly all rows fill, remarks aside, is empty here and the first is filled anew."""
    columns = [c for c in range(sheet.width) if not sheet.is_note(c)]
    if len(columns) < 3 or is_group_row(row) or len(row.cells) < sheet.width:
        return False
    last = columns[-1]
    first = row.cells[0]
    if sheet.shares[last] < ALWAYS_FILLED or row.cells[last].text or row.cells[last].continues:
        return False
    if any(cell.text for cell in row.cells[last + 1 :]) or first.continues or not first.text:
        return False
    # In a table of groups the first column is filled once a group; a row that fills it and stops short took a step left.
    return any(cell.continues for other in sheet.table.rows for cell in other.cells[:1])


_HEADER = "repeated-header"
_CONTINUED = regex(r"续\s*表\s*([一二三四五六七八九十]{1,3}|[0-9]{1,2})")


@rule(
    id="tables.continued-header",
    severity=Severity.WARNING,
    title="续表表头与首页不同",
    why="同一张表翻页后栏目变了，读者会读错栏。",
    concern=Concern.STRUCTURE,
)
def continued_header(context: ProofContext) -> Iterator[Outcome]:
    """A header repeated after 续表 that is not the table's header.

    Wrong:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进培训\t市教育局
        2\t改造设施\t市住建局
        3\t开展筛查\t市卫健委
        4\t发放补贴\t市民政局

        续表一

        序号\t工作任务\t配合单位
        5\t组织比赛\t市体育局
        6\t编印读本\t市司法局
    Right:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进培训\t市教育局
        2\t改造设施\t市住建局
        3\t开展筛查\t市卫健委
        4\t发放补贴\t市民政局

        续表一

        序号\t工作任务\t负责单位
        5\t组织比赛\t市体育局
        6\t编印读本\t市司法局
    """
    tables = [(document, table) for document in context.documents for table in document.tables]
    for furniture in context.issue.furniture:
        owner = next(((d, t) for d, t in tables if t.span.start <= furniture.span.start < t.span.end), None)
        if furniture.kind == _HEADER and owner is not None:
            document, table = owner
            printed = [cell.strip() for cell in context.source[furniture.span.start : furniture.span.end].split("\t")]
            yield from _header_findings(context, document, table, printed, _trimmed(context, furniture.span))
    for document, table in tables:
        for row in table.rows:
            yield from _header_findings(context, document, table, list(row.texts), span_of(row))


def _header_findings(
    context: ProofContext, document: Document, table: Table, printed: list[str], span: Span | None
) -> Iterator[Outcome]:
    header = [title.replace(" ", "") for title in table.columns]
    titles = [title.replace(" ", "") for title in printed]
    same = sum(a == b for a, b in zip(titles, header, strict=False) if a)
    if span is None or titles == header or len(titles) != len(header) or same < max(2, len(header) - 1) or not all(titles):
        return
    yield context.finding(
        continued_header,
        span,
        message=Message("续表表头“{printed}”与首页“{header}”不同", {"printed": " ¦ ".join(titles), "header": " ¦ ".join(header)}),
        advice=Message("统一表头，或核对这一栏的内容"),
        declared=" ¦ ".join(titles),
        computed=" ¦ ".join(header),
        document=document.id,
        eid=table.eid,
    )


@rule(
    id="tables.continued-number",
    severity=Severity.WARNING,
    title="续表编号不连续",
    why="续表缺号，可能漏印了一页。",
    concern=Concern.STRUCTURE,
)
def continued_number(context: ProofContext) -> Iterator[Outcome]:
    """续表一, 续表三 without 续表二.

    Wrong:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进培训\t市教育局
        2\t改造设施\t市住建局

        续表一

        序号\t工作任务\t负责单位
        3\t开展筛查\t市卫健委
        4\t发放补贴\t市民政局

        续表三

        序号\t工作任务\t负责单位
        5\t组织比赛\t市体育局
        6\t编印读本\t市司法局
    Right:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进培训\t市教育局
        2\t改造设施\t市住建局

        续表一

        序号\t工作任务\t负责单位
        3\t开展筛查\t市卫健委
        4\t发放补贴\t市民政局
    """
    last: int | None = None
    for furniture in sorted(context.issue.furniture, key=lambda f: f.span):
        match = _CONTINUED.search(context.source, furniture.span.start, furniture.span.end)
        value = match and (int(match[1]) if match[1].isdigit() else chinese_integer(match[1]))
        if match is None or value is None:
            continue
        if value != 1 and last is not None and value != last + 1:
            yield context.finding(
                continued_number,
                Span(match.start(), match.end()),
                message=Message("“{printed}”之前是续表{last}", {"printed": match.group(), "last": str(last)}),
                advice=Message("核对是否漏印一页，或改正编号"),
                declared=match.group(),
                document=_document_at(context, match.start()),
            )
        last = value


RULES = (slid_row, continued_header, continued_number)
