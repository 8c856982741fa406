"""Rows of one table against each other, and of two tables that are alike."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from taizhang.engines.gazette.model import Row
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.tables.cells import Sheet, cut, is_group_row, sheets_of, short, span_of
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

NEARLY_ALL = 0.9
MOST_TABLES = 40


@rule(
    id="tables.empty-cell",
    severity=Severity.WARNING,
    title="表格缺内容",
    why="整列都填，唯独这一格空着，多是漏填。",
    concern=Concern.STRUCTURE,
)
def empty_cell(context: ProofContext) -> Iterator[Outcome]:
    """An empty cell in a column that at least nine rows in ten fill.

    Wrong:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进培训\t市教育局
        2\t改造设施\t市住建局
        3\t开展筛查\t市卫健委
        4\t发放补贴\t
        5\t组织比赛\t市体育局
        6\t编印读本\t市司法局
        7\t核查台账\t市审计局
        8\t整治市场\t市监管局
        9\t检修线路\t市工信局
        10\t疏浚河道\t市水利局
    Right:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进培训\t市教育局
        2\t改造设施\t市住建局
        3\t开展筛查\t市卫健委
        4\t发放补贴\t市民政局
        5\t组织比赛\t市体育局
        6\t编印读本\t市司法局
    """
    for sheet in sheets_of(context.documents):
        for row in sheet.table.rows:
            if is_group_row(row) or row.printed is not None:
                continue
            yield from _empty_cells(context, sheet, row)


def _empty_cells(context: ProofContext, sheet: Sheet, row: Row) -> Iterator[Outcome]:
    for column, cell in enumerate(row.cells[: sheet.width]):
        if cell.text or cell.continues or sheet.is_note(column) or not NEARLY_ALL <= sheet.shares[column] < 1:
            continue
        if any(sheet.is_note(c) and row.cells[c].text for c in range(sheet.width)):
            continue  # 见“政务服务”: the remark says why it is empty
        span = span_of(row)
        if span is not None:
            title = sheet.table.columns[column] or f"第{column + 1}列"
            yield context.finding(
                empty_cell,
                span,
                message=Message("这一行“{title}”空着，其他行都有", {"title": title}),
                advice=Message("补上“{title}”；确实没有的填“—”", {"title": title}),
                document=sheet.document.id,
                eid=sheet.table.eid,
            )


@rule(
    id="tables.repeated-row",
    severity=Severity.WARNING,
    title="表格里两行相同",
    why="同一行列了两次，会重复计数或重复派任务。",
    concern=Concern.STRUCTURE,
)
def repeated_row(context: ProofContext) -> Iterator[Outcome]:
    """Two rows with the same words in every column but the number.

    Wrong:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进职业技能培训\t市教育局
        2\t改造老旧小区设施\t市住建局
        3\t推进职业技能培训\t市教育局
        4\t发放高龄老人补贴\t市民政局
    Right:
        附件

        重点任务分工表

        序号\t工作任务\t负责单位
        1\t推进职业技能培训\t市教育局
        2\t改造老旧小区设施\t市住建局
        3\t推进创业能力培训\t市教育局
        4\t发放高龄老人补贴\t市民政局
    """
    for sheet in sheets_of(context.documents):
        seen: dict[tuple[str, ...], Row] = {}
        for row, texts in zip(sheet.table.rows, sheet.table.filled(), strict=True):
            key = tuple(text for text in texts if not text.replace(".", "").isdigit())
            own = [cell.text for cell in row.cells if cell.text and not cell.continues]
            if len(own) < 2 or sum(map(len, own)) < 10 or sum(bool(text) for text in key) < 2:
                continue
            first, span = seen.setdefault(key, row), span_of(row)
            first_span = span_of(first)
            if first is not row and span is not None and first_span is not None:
                yield context.finding(
                    repeated_row,
                    _told_span(row) or span,
                    _told_span(first) or first_span,
                    message=Message("“{words}”一行在表中出现两次", {"words": short(max(own, key=len))}),
                    advice=Message("删去重复的一行，或核对应为别的内容"),
                    document=sheet.document.id,
                    eid=sheet.table.eid,
                )


def _told_span(row: Row) -> Span | None:
    """The span of the longest cell."""
    cells = [cell for cell in row.cells if cell.text and not cell.continues and cell.span.length]
    return cut(max(cells, key=lambda cell: len(cell.text)).span) if cells else None


# Tables alike


@dataclass(frozen=True, slots=True)
class _Leaf:
    """The telling cell of a row, and the cell that heads its group."""

    words: str
    parent: str
    span: Span
    is_repaired: bool


def _leaves(sheet: Sheet) -> dict[str, _Leaf]:
    """Rows by the words of their most varied column."""
    rows = sheet.table.filled()
    column = max(range(sheet.width), key=lambda c: len({texts[c] for texts in rows if c < len(texts) and len(texts[c]) > 3}))
    found: dict[str, _Leaf] = {}
    for row, texts in zip(sheet.table.rows, rows, strict=True):
        words, parent = texts[column], texts[column - 1] if column else ""
        cell = row.cells[column]
        if len(words) > 5 and not cell.continues and cell.span.length:
            found.setdefault(words, _Leaf(words, "" if parent.isdigit() else parent, cut(cell.span), row.printed is not None))
    return found


def _pairs_alike(sheets: list[Sheet]) -> Iterator[tuple[Sheet, dict[str, _Leaf], Sheet, dict[str, _Leaf]]]:
    leaves = [(sheet, _leaves(sheet)) for sheet in sheets[:MOST_TABLES]]
    for (a, first), (b, second) in combinations(leaves, 2):
        common = len(first.keys() & second.keys())
        if a.width == b.width and common > 4 and common * 2 > min(len(first), len(second)):
            yield a, first, b, second


@rule(
    id="tables.other-parent",
    severity=Severity.WARNING,
    title="同一内容在两张相似的表里归类不同",
    why="两张表用同一套指标，同一条却归在不同的上级指标下，必有一张排错。",
    concern=Concern.STRUCTURE,
)
def other_parent(context: ProofContext) -> Iterator[Outcome]:
    """A row that stands in two tables alike under different heads.

    Wrong:
        附件1

        市直单位评价指标

        一级指标\t二级指标\t评价要点
        组织领导\t分工落实\t主要负责人每年听取汇报
        \t\t分管领导牵头推进落实
        \t机构建设\t每年开展一次业务培训
        \t\t明确专门工作机构
        \t\t配备专职工作人员

        附件2

        县区评价指标

        一级指标\t二级指标\t评价要点
        组织领导\t分工落实\t主要负责人每年听取汇报
        \t\t分管领导牵头推进落实
        \t\t每年开展一次业务培训
        \t机构建设\t明确专门工作机构
        \t\t配备专职工作人员
    Right:
        附件1

        市直单位评价指标

        一级指标\t二级指标\t评价要点
        组织领导\t分工落实\t主要负责人每年听取汇报
        \t\t分管领导牵头推进落实
        \t机构建设\t每年开展一次业务培训
        \t\t明确专门工作机构
        \t\t配备专职工作人员
    """
    for _, first, b, second in _pairs_alike(sheets_of(context.documents)):
        parents = {leaf.parent for leaf in first.values()} & {leaf.parent for leaf in second.values()}
        for words, leaf in second.items():
            other = first.get(words)
            if other is None or other.parent == leaf.parent or not {other.parent, leaf.parent} <= parents:
                continue
            if leaf.is_repaired or other.is_repaired:
                continue  # where the reader put the cells right, the head is its guess
            yield context.finding(
                other_parent,
                other.span,
                leaf.span,
                message=Message(
                    "“{words}”在一张表里归“{one}”，在另一张里归“{two}”",
                    {"words": short(words), "one": short(other.parent), "two": short(leaf.parent)},
                ),
                advice=Message("核对两张表，统一归类"),
                declared=other.parent,
                computed=leaf.parent,
                document=b.document.id,
                eid=b.table.eid,
            )


@rule(
    id="tables.row-of-sibling",
    severity=Severity.NOTE,
    title="两张相似的表内容不一",
    why="两张表大部分相同，个别行有出入，可能是漏行或笔误。",
    concern=Concern.STRUCTURE,
)
def row_of_sibling(context: ProofContext) -> Iterator[Outcome]:
    """Rows of two tables alike that differ by a character or two, each said; rows that only one has, said once a pair.

    Wrong:
        附件1

        市直单位评价指标

        一级指标\t二级指标\t评价要点
        组织领导\t分工落实\t主要负责人每年听取汇报
        \t\t分管领导牵头推进落实
        \t机构建设\t与宣传网管部门建立联动机制
        \t\t明确专门工作机构
        \t\t配备专职工作人员
        \t\t保障专项工作经费

        附件2

        县区评价指标

        一级指标\t二级指标\t评价要点
        组织领导\t分工落实\t主要负责人每年听取汇报
        \t\t分管领导牵头推进落实
        \t机构建设\t与宣传网信部门建立联动机制
        \t\t明确专门工作机构
        \t\t配备专职工作人员
        \t\t保障专项工作经费
    Right:
        附件1

        市直单位评价指标

        一级指标\t二级指标\t评价要点
        组织领导\t分工落实\t主要负责人每年听取汇报
        \t\t分管领导牵头推进落实
        \t机构建设\t明确专门工作机构
        \t\t配备专职工作人员
    """
    for a, first, b, second in _pairs_alike(sheets_of(context.documents)):
        only_first = [leaf for words, leaf in first.items() if words not in second]
        only_second = [leaf for words, leaf in second.items() if words not in first]
        matched: set[str] = set()
        for leaf in only_first:
            near = next((o for o in only_second if o.words not in matched and _is_near(leaf.words, o.words)), None)
            if near is None:
                continue
            matched |= {leaf.words, near.words}
            yield context.finding(
                row_of_sibling,
                leaf.span,
                near.span,
                message=Message("两张表同一条写法不一：“{one}”与“{two}”", {"one": short(leaf.words), "two": short(near.words)}),
                advice=Message("核对哪一种写法正确，统一起来"),
                declared=leaf.words,
                computed=near.words,
                document=a.document.id,
                eid=a.table.eid,
            )
        for sheet, leaves in ((a, only_first), (b, only_second)):
            missing = [leaf for leaf in leaves if leaf.words not in matched]
            if missing:
                yield _missing(context, sheet, missing)


def _missing(context: ProofContext, sheet: Sheet, leaves: list[_Leaf]) -> Outcome:
    return context.finding(
        row_of_sibling,
        *(leaf.span for leaf in leaves[:6]),
        message=Message(
            "有{count}行只在这张表里，相似的另一张没有（“{words}”等）",
            {"count": str(len(leaves)), "words": short(leaves[0].words)},
        ),
        advice=Message("确认是有意不同，还是另一张漏列"),
        document=sheet.document.id,
        eid=sheet.table.eid,
    )


def _is_near(a: str, b: str) -> bool:
    """True if the two differ in a stretch of at most two characters and are long enough for that to be telling."""
    if len(a) < 9 or abs(len(a) - len(b)) > 2:
        return False
    if sum((Counter(a) - Counter(b)).values()) > 2:
        return False
    head = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tail = next((i for i, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b)))
    return max(len(a), len(b)) - head - tail <= 2


RULES = (empty_cell, repeated_row, other_parent, row_of_sibling)
