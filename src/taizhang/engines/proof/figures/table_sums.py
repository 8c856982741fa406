"""Sums in tables: total rows, columns that are sums of others, points in brackets against the points of their row."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from taizhang.engines.proof.amounts import one_digit_apart, plain_number
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.figures.grid import Grid, Total, grids
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_CHECK_CELLS = Message("逐格核对，改正合计数或者写错的一格")


@rule(
    id="table.total",
    severity=Severity.ERROR,
    title="表中合计不符",
    why="合计行与各行之和对不上，表里一定有一格写错",
    concern=Concern.MONEY,
)
def total_row(context: ProofContext) -> Iterator[Outcome]:
    """A total or subtotal row against the rows it covers, column by column.

    Wrong:
        附件

        任务分配表

        县区⇥2025年⇥2026年
        东区⇥100⇥120
        西区⇥80⇥90
        南区⇥45⇥60
        合计⇥225⇥280
    Right:
        附件

        任务分配表

        县区⇥2025年⇥2026年
        东区⇥100⇥120
        西区⇥80⇥90
        南区⇥45⇥60
        合计⇥225⇥270
    """
    for grid in grids(context):
        for total in grid.totals:
            columns = [c for c in grid.columns if grid.values[total.index][c] is not None]
            sums = {c: grid.summed(total.rows, c) for c in columns}
            agreeing = [c for c in columns if sums[c] == grid.values[total.index][c]]
            for column in columns:
                declared = grid.values[total.index][column] or Decimal(0)
                is_near = abs(sums[column] - declared) * 5 <= declared or one_digit_apart(sums[column], declared)
                if column in agreeing or agreeing or is_near:
                    yield _total_outcome(context, grid, total, column, declared, sums[column])


def _total_outcome(context: ProofContext, grid: Grid, total: Total, column: int, declared: Decimal, summed: Decimal) -> Outcome:
    facts = {
        "row": grid.label(total.index),
        "column": grid.title(column) or f"第{column + 1}列",
        "declared": plain_number(declared),
        "sum": plain_number(summed),
        "count": str(len(total.rows)),
    }
    span = grid.span(total.index, column)
    if declared == summed:
        message = Message("“{column}”{count}行之和等于{row}{declared}", facts)
        return context.agreement(total_row, span, message=message, value=facts["declared"])
    return context.finding(
        total_row,
        span,
        *(grid.table.rows[r].cells[0].span for r, points, rows in _groups(grid) if points != grid.summed(rows, column)),
        message=Message("“{column}”{row}为{declared}，{count}行相加得{sum}", facts),
        advice=_CHECK_CELLS,
        declared=facts["declared"],
        computed=facts["sum"],
        document=grid.document.id,
        eid=grid.table.eid,
    )


_GROUP_POINTS = regex(r"[（(]\s*(?P<points>[0-9]+(?:\.[0-9]+)?)\s*分?\s*[）)]")


@rule(
    id="table.group-points",
    severity=Severity.ERROR,
    title="一级指标分值与所属各行不符",
    why="一级指标标明的分值与下面各行之和不等，评价总分就不是标明的满分",
    concern=Concern.POINTS,
)
def group_points(context: ProofContext) -> Iterator[Outcome]:
    """Points printed with a first-level heading against the rows below it.

    Wrong:
        附件

        评价指标

        一级指标⇥二级指标⇥分值
        组织管理(5分)⇥责任分工⇥3
        ⇥机构人员⇥2
        主动公开(8分)⇥机构职能⇥4
        ⇥发布时限⇥3
        公开平台(6分)⇥网站栏目⇥3
        ⇥网页质量⇥3
    Right:
        附件

        评价指标

        一级指标⇥二级指标⇥分值
        组织管理(5分)⇥责任分工⇥3
        ⇥机构人员⇥2
        主动公开(8分)⇥机构职能⇥4
        ⇥发布时限⇥4
        公开平台(6分)⇥网站栏目⇥3
        ⇥网页质量⇥3
    """
    for grid in grids(context):
        groups = list(_groups(grid))
        if len(groups) < 2:
            continue
        for column in grid.columns:
            sums = [(start, points, grid.summed(rows, column)) for start, points, rows in groups]
            if sum(points == summed for _, points, summed in sums) * 2 < len(sums):
                continue
            for start, points, summed in sums:
                yield _group_outcome(context, grid, start, points, summed)


def _groups(grid: Grid) -> Iterator[tuple[int, Decimal, tuple[int, ...]]]:
    """Rows that open a first-level group with points, with the rows of the group."""
    starts = [i for i, row in enumerate(grid.table.rows) if row.cells and row.cells[0].text and not row.cells[0].continues]
    for start, end in pairwise([*starts, len(grid.table.rows)]):
        match = _GROUP_POINTS.search(grid.table.rows[start].cells[0].text)
        if match and end - start > 1:
            yield start, Decimal(match["points"]), tuple(range(start, end))


def _group_outcome(context: ProofContext, grid: Grid, row: int, points: Decimal, summed: Decimal) -> Outcome:
    cell = grid.table.rows[row].cells[0]
    facts = {"name": cell.text, "declared": plain_number(points), "sum": plain_number(summed)}
    if points == summed:
        message = Message("“{name}”所属各行合计{sum}分", facts)
        return context.agreement(group_points, cell.span, message=message, value=facts["sum"])
    return context.finding(
        group_points,
        cell.span,
        message=Message("“{name}”所属各行合计{sum}分，标明{declared}分", facts),
        advice=Message("改正写错的一行分值，或者改一级指标的分值"),
        declared=facts["declared"],
        computed=facts["sum"],
        document=grid.document.id,
        eid=grid.table.eid,
    )


@rule(
    id="table.column-sum",
    severity=Severity.ERROR,
    title="行内数字加不拢",
    why="其他各行都是前两列之和等于后一列，只有这一行不是，这一行写错了",
    concern=Concern.MONEY,
)
def column_sum(context: ProofContext) -> Iterator[Outcome]:
    """A column that is the sum of two others in almost every row, against the rows where it is not.

    Wrong:
        附件

        招生计划表

        地区⇥现有⇥扩招⇥目标
        东区⇥100⇥20⇥120
        西区⇥80⇥15⇥95
        南区⇥45⇥5⇥50
        北区⇥90⇥10⇥110
        中区⇥70⇥30⇥100
        新区⇥60⇥10⇥70
    Right:
        附件

        招生计划表

        地区⇥现有⇥扩招⇥目标
        东区⇥100⇥20⇥120
        西区⇥80⇥15⇥95
        南区⇥45⇥5⇥50
        北区⇥90⇥10⇥100
        中区⇥70⇥30⇥100
        新区⇥60⇥10⇥70
    """
    for grid in grids(context):
        if not 3 <= len(grid.columns) <= 10:
            continue
        for left, right in combinations(grid.columns, 2):
            for whole in grid.columns:
                if whole not in (left, right):
                    yield from _column_outcomes(context, grid, (left, right, whole))


def _column_outcomes(context: ProofContext, grid: Grid, columns: tuple[int, int, int]) -> Iterator[Outcome]:
    left, right, whole = columns
    right_rows: list[int] = []
    wrong: list[tuple[int, Decimal, Decimal]] = []
    telling = 0
    for i, row in enumerate(grid.values):
        a, b, c = row[left], row[right], row[whole]
        if a is None or b is None or c is None:
            continue
        telling += bool(a and b)
        if a + b == c:
            right_rows.append(i)
        else:
            wrong.append((i, a + b, c))
    if len(right_rows) < 4 or telling < 4 or len(wrong) * 5 > len(right_rows):
        return
    titles = {"left": grid.title(left), "right": grid.title(right), "whole": grid.title(whole)}
    for i, summed, printed in wrong:
        facts = {**titles, "row": grid.label(i), "sum": plain_number(summed), "printed": plain_number(printed)}
        yield context.finding(
            column_sum,
            grid.span(i, whole),
            grid.span(i, left),
            grid.span(i, right),
            message=Message("“{row}”一行“{left}”与“{right}”之和为{sum}，“{whole}”写作{printed}，其他各行都相等", facts),
            advice=_CHECK_CELLS,
            declared=facts["printed"],
            computed=facts["sum"],
            document=grid.document.id,
            eid=grid.table.eid,
        )
    spans = [grid.span(i, whole) for i in right_rows]
    message = Message("{count}行“{left}”与“{right}”之和等于“{whole}”", {**titles, "count": str(len(right_rows))})
    yield context.agreement(column_sum, *spans, message=message, value=str(len(right_rows)))


_CELL_POINTS = regex(r"[（(]\s*(?P<points>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>分)?\s*(?=[，,）)])")
_SCORED_OTHERWISE = regex(r"得\s*[0-9]|[0-9]\s*分\s*[—–~-]|最高|加\s*[0-9]")


@rule(
    id="table.cell-points",
    severity=Severity.ERROR,
    title="小项分值与本行分值不符",
    why="括号里的小项分值之和不等于本行分值，打分时无所适从",
    concern=Concern.POINTS,
)
def cell_points(context: ProofContext) -> Iterator[Outcome]:
    """Points in brackets within the cells of a row against the points of the row, where most rows agree.

    Wrong:
        考核细则

        序号⇥单位⇥分值⇥评分标准
        1⇥县工信局⇥60⇥1.完善在线监测（35分）；2.制订节水方案（25分）。
        2⇥县城建局⇥60⇥1.建设管网（40分）；2.处置污泥（20分）。
        3⇥县林业局⇥60⇥1.管理森林（30分）；2.修复湿地（30分）。
        4⇥县矿管局⇥60⇥1.恢复治理（20分）；2.查处违法（30分）。
        5⇥县水文站⇥60⇥1.监测水质（45分）；2.编制方案（15分）。
    Right:
        考核细则

        序号⇥单位⇥分值⇥评分标准
        1⇥县工信局⇥60⇥1.完善在线监测（35分）；2.制订节水方案（25分）。
        2⇥县城建局⇥60⇥1.建设管网（40分）；2.处置污泥（20分）。
        3⇥县林业局⇥60⇥1.管理森林（30分）；2.修复湿地（30分）。
    """
    for grid in grids(context):
        for column in grid.columns:
            rows = [found for i in range(len(grid.values)) if (found := _points_in_row(grid, i, column))]
            right = sum(declared in (summed, bare) for _, declared, summed, bare, _ in rows)
            if right < 3 or right * 5 < len(rows) * 4:
                continue
            for row in rows:
                yield from _cell_outcome(context, grid, column, row)
            break


def _points_in_row(grid: Grid, row: int, column: int) -> tuple[int, Decimal, Decimal, Decimal, list[Span]] | None:
    """Row, its points, the sum of points in brackets with 分, with bare numbers too, and the cells that print them."""
    declared = grid.values[row][column]
    cells = [c for i, c in enumerate(grid.table.rows[row].cells) if i != column and _CELL_POINTS.search(c.text)]
    if declared is None or not cells or any(_SCORED_OTHERWISE.search(c.text) for c in cells):
        return None
    found = [m for c in cells for m in _CELL_POINTS.finditer(c.text)]
    bare = sum((Decimal(m["points"]) for m in found), Decimal(0))
    with_unit = sum((Decimal(m["points"]) for m in found if m["unit"]), Decimal(0))
    return row, declared, with_unit, bare, [c.span for c in cells]


def _cell_outcome(
    context: ProofContext, grid: Grid, column: int, found: tuple[int, Decimal, Decimal, Decimal, list[Span]]
) -> Iterator[Outcome]:
    row, declared, summed, bare, cells = found
    texts = [t for t in grid.table.rows[row].texts if t and not t.isdigit()]
    facts = {
        "row": min(texts[:2], key=len) if texts else "",
        "declared": plain_number(declared),
        "sum": plain_number(summed),
        "bare": plain_number(bare),
    }
    span = grid.span(row, column)
    if summed == declared:
        yield context.agreement(cell_points, span, message=Message("“{row}”小项合计{sum}分", facts), value=facts["sum"])
        return
    is_bare = bare == declared
    yield context.finding(
        cell_points,
        span,
        *(Span(c.start, min(c.end, c.start + 40)) for c in cells),
        message=Message("“{row}”有小项分值漏写“分”字，补上后合计{bare}分", facts)
        if is_bare
        else Message("“{row}”小项合计{bare}分，本行{declared}分", facts),
        advice=Message("补上漏写的“分”字") if is_bare else Message("改正写错的小项分值，或者改本行分值"),
        declared=facts["declared"],
        computed=facts["bare"],
        document=grid.document.id,
        eid=grid.table.eid,
        severity=Severity.NOTE if is_bare else None,
    )


_STATED = regex(r"(?:总分|满分)(?:为|是|共)?(?P<points>[0-9]+)分")


@rule(
    id="table.stated-total",
    severity=Severity.ERROR,
    title="正文所写总分与表不符",
    why="正文说的满分与指标表合计不一样，得分无法折算",
    concern=Concern.POINTS,
)
def stated_total(context: ProofContext) -> Iterator[Outcome]:
    """The full mark a sentence names against the total row of the table of that name.

    Wrong:
        崤陵市评价办法

        第一条 单位评价指标总分为110分，各项分值在表中列明。

        附件:单位评价指标

        附件

        单位评价指标

        指标⇥要点⇥分值
        组织⇥责任分工⇥40
        公开⇥发布时限⇥30
        平台⇥网站栏目⇥30
        合计⇥⇥100
    Right:
        崤陵市评价办法

        第一条 单位评价指标总分为100分，各项分值在表中列明。

        附件:单位评价指标

        附件

        单位评价指标

        指标⇥要点⇥分值
        组织⇥责任分工⇥40
        公开⇥发布时限⇥30
        平台⇥网站栏目⇥30
        合计⇥⇥100
    """
    named = [(grid.table.caption, grid) for grid in grids(context) if grid.table.caption and grid.totals]
    if not named:
        return
    for hit in context.search(_STATED):
        for caption, grid in named:
            total = grid.totals[-1]
            values = [v for c in grid.columns if (v := grid.values[total.index][c]) is not None]
            is_same = context.outermost(grid.document) is context.outermost(hit.passage.document)
            before = hit.passage.text[max(0, hit.start() - len(caption) - 1) : hit.start()]
            if len(values) != 1 or not is_same or caption not in before:
                continue
            facts = {"name": caption, "declared": hit["points"] or "", "total": plain_number(values[0])}
            spans = (hit.span("points"), grid.span(total.index, grid.columns[-1]))
            if Decimal(facts["declared"]) == values[0]:
                message = Message("正文所写“{name}”总分与表中合计一致", facts)
                yield context.agreement(stated_total, *spans, message=message, value=facts["total"])
                continue
            yield context.finding(
                stated_total,
                *spans,
                message=Message("正文写“{name}”总分{declared}分，表中合计{total}分", facts),
                advice=Message("以审定的分值为准，改正文或者表"),
                declared=facts["declared"],
                computed=facts["total"],
                passage=hit.passage,
            )


_OUT_OF_HUNDRED = regex(r"百分制|满分(?:为)?100分|总分(?:为)?100分")
_SCORING = regex(r"考核|评价|评分|考评")
_SCORE_COLUMN = regex(r"分值|分数|权重|标准分|满分|得分")


@rule(
    id="points.table-unscored",
    severity=Severity.NOTE,
    title="百分制考核表没有分值",
    why="正文说百分制，表里不写各项分值，打分没有依据",
    concern=Concern.POINTS,
)
def table_unscored(context: ProofContext) -> Iterator[Outcome]:
    """A table of what is scored, in a document that scores out of a hundred, without a column of points.

    Wrong:
        崤陵市考核办法

        第一条 考核实行百分制。

        附件:考核内容明细表

        附件

        考核内容明细表

        内容⇥指标⇥备注
        组织领导⇥责任分工⇥查阅资料
        主动公开⇥发布时限⇥网站检测
        公开平台⇥网站栏目⇥网站检测
    Right:
        崤陵市考核办法

        第一条 考核实行百分制。

        附件:考核内容明细表

        附件

        考核内容明细表

        内容⇥指标⇥分值
        组织领导⇥责任分工⇥40
        主动公开⇥发布时限⇥30
        公开平台⇥网站栏目⇥30
    """
    scored = {context.outermost(hit.passage.document).id for hit in context.search(_OUT_OF_HUNDRED)}
    for grid in grids(context) if scored else ():
        words = (grid.table.caption or "") + grid.document.title
        titles = "".join(grid.title(c) for c in range(len(grid.table.columns)))
        if context.outermost(grid.document).id not in scored or not _SCORING.search(words) or grid.columns:
            continue
        if _SCORE_COLUMN.search(titles) or any(_GROUP_POINTS.search(t) for row in grid.table.rows for t in row.texts[:2]):
            continue
        first = grid.table.header[-1].span if grid.table.header else grid.table.rows[0].span
        yield context.finding(
            table_unscored,
            Span(first.start, min(first.end, first.start + 40)),
            message=Message(
                "考核实行百分制，“{name}”没有各项分值", {"name": "".join((grid.table.caption or grid.document.title).split())}
            ),
            advice=Message("补上各项分值，或者写明由哪个文件规定"),
            document=grid.document.id,
            eid=grid.table.eid,
        )


RULES: tuple[Rule, ...] = (total_row, group_points, column_sum, cell_points, stated_total, table_unscored)
