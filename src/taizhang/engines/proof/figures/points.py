"""Points of responsibility sheets: items against their group, groups against their sheet, sheets against each other."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from taizhang.engines.proof.amounts import plain_number
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.targets.model import Group, Item, Sheet
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span


def _points_span(item: Item) -> Span:
    return item.points_span or Span(item.span.start, min(item.span.end, item.span.start + 12))


@rule(
    id="points.group-sum",
    severity=Severity.ERROR,
    title="分值合计",
    why="各项分值加起来不等于标题标明的分值，考核时按哪个数记分就会有争议",
    concern=Concern.POINTS,
)
def group_sum(context: ProofContext) -> Iterator[Outcome]:
    """Points of the items of a group against the points its heading declares.

    Wrong:
        各单位责任目标

        市教育局

        (一)重点目标(600分)

        1. 新建幼儿园11所(300分);

        2. 新增学位8600个(290分)。

        (二)一般目标(200分)

        3. 完成安全生产目标任务(200分)。
    Right:
        各单位责任目标

        市教育局

        (一)重点目标(600分)

        1. 新建幼儿园11所(300分);

        2. 新增学位8600个(300分)。

        (二)一般目标(200分)

        3. 完成安全生产目标任务(200分)。
    """
    for sheet in context.targets.sheets:
        for group in sheet.groups:
            if group.points is not None and group.items and any(i.points is not None for i in group.items):
                yield _group_outcome(context, sheet, group)


def _group_outcome(context: ProofContext, sheet: Sheet, group: Group) -> Outcome:
    declared = group.points or Decimal(0)
    summed = sum((i.points for i in group.items if i.points is not None), Decimal(0))
    without = [i for i in group.items if i.points is None]
    spans = [group.points_span or context.clip(group.span, 20), *(_points_span(i) for i in group.items)]
    facts = {
        "unit": sheet.unit,
        "group": group.name or "各项",
        "declared": plain_number(declared),
        "sum": plain_number(summed),
        "missing": "、".join(str(i.number) for i in without),
        "formula": "+".join(plain_number(i.points) for i in group.items if i.points is not None),
    }
    if summed == declared and not without:
        return context.agreement(
            group_sum, *spans, message=Message("{unit}{group}各项分值合计{sum}分，与标明的一致", facts), value=facts["sum"]
        )
    if without:
        message = Message("{unit}{group}标明{declared}分，第{missing}项没有读到分值，其余各项合计{sum}分", facts)
        advice = Message("补上第{missing}项的分值", facts)
        spans = [spans[0], *(_points_span(i) for i in without)]
    else:
        message = Message("{unit}{group}标明{declared}分，各项相加为{sum}分（{formula}）", facts)
        advice = Message("改正写错的分值，使各项之和等于{declared}分，或者改标题分值", facts)
    return context.finding(
        group_sum,
        *spans,
        message=message,
        advice=advice,
        declared=facts["declared"],
        computed=facts["sum"],
        document=sheet.document,
        eid=group.eid,
    )


@rule(
    id="points.sheet-sum",
    severity=Severity.ERROR,
    title="分组分值与总分",
    why="各组分值加起来不等于单位的总分，全市排名就不在一把尺子上",
    concern=Concern.POINTS,
)
def sheet_sum(context: ProofContext) -> Iterator[Outcome]:
    """Points of the groups of a sheet against the total that its own or an enclosing heading declares.

    Wrong:
        各单位责任目标

        二、业务目标(800分)

        市教育局

        (一)重点目标(600分)

        1. 新建幼儿园11所(600分);

        (二)一般目标(100分)

        2. 完成安全生产目标任务(100分)。
    Right:
        各单位责任目标

        二、业务目标(800分)

        市教育局

        (一)重点目标(600分)

        1. 新建幼儿园11所(600分);

        (二)一般目标(200分)

        2. 完成安全生产目标任务(200分)。
    """
    for sheet in context.targets.sheets:
        counted = [g for g in sheet.groups if not g.deduction]
        if sheet.points is None or not counted:
            continue
        points = [_of_group(g) for g in counted]
        if any(p is None for p in points):
            continue
        summed = sum((p for p in points if p is not None), Decimal(0))
        spans = [g.points_span or context.clip(g.span, 20) for g in counted]
        facts = {"unit": sheet.unit, "declared": plain_number(sheet.points), "sum": plain_number(summed)}
        if summed == sheet.points:
            yield context.agreement(sheet_sum, *spans, message=Message("{unit}各组分值合计{sum}分", facts), value=facts["sum"])
            continue
        yield context.finding(
            sheet_sum,
            *spans,
            message=Message("{unit}各组分值合计{sum}分，总分标明{declared}分", facts),
            advice=Message("改正写错的分组分值或者总分"),
            declared=facts["declared"],
            computed=facts["sum"],
            document=sheet.document,
            eid=sheet.eid,
        )


def _of_group(group: Group) -> Decimal | None:
    """What the group declares, else what its items add up to; None where neither is printed."""
    if group.points is not None:
        return group.points
    if not group.items or any(i.points is None for i in group.items):
        return None
    return sum((i.points for i in group.items if i.points is not None), Decimal(0))


@rule(
    id="points.siblings",
    severity=Severity.WARNING,
    title="分组分值与其他单位不同",
    why="同类单位的分组分值本应一致，一个单位不同多半是排印错误",
    concern=Concern.POINTS,
)
def siblings(context: ProofContext) -> Iterator[Outcome]:
    """Points of a group against the group of that name in the sheets beside it.

    Wrong:
        各单位责任目标

        市教育局

        (一)重点目标(600分)

        1. 新建幼儿园11所(600分)。

        市民政局

        (一)重点目标(600分)

        1. 建成养老服务中心3处(600分)。

        市水利局

        (一)重点目标(600分)

        1. 除险加固水库4座(600分)。

        市林业局

        (一)重点目标(600分)

        1. 完成营造林9.5万亩(600分)。

        市商务局

        (一)重点目标(500分)

        1. 举办经贸展会8场(500分)。
    Right:
        各单位责任目标

        市教育局

        (一)重点目标(600分)

        1. 新建幼儿园11所(600分)。

        市商务局

        (一)重点目标(500分)

        1. 举办经贸展会8场(500分)。
    """
    for sheets in context.sheets_by_kind.values():
        named: dict[str, list[tuple[Sheet, Group]]] = {}
        for sheet in sheets:
            for group in sheet.groups:
                if group.points is not None:
                    named.setdefault(group.name, []).append((sheet, group))
        for name, members in named.items():
            usual, count = Counter(g.points for _, g in members).most_common(1)[0]
            if len(members) < 5 or count * 5 < len(members) * 4 or usual is None:
                continue
            for sheet, group in members:
                if group.points != usual:
                    yield _odd_group(context, sheet, group, name, usual)


def _odd_group(context: ProofContext, sheet: Sheet, group: Group, name: str, usual: Decimal) -> Outcome:
    facts = {"unit": sheet.unit, "name": name, "points": plain_number(group.points or Decimal(0)), "usual": plain_number(usual)}
    return context.finding(
        siblings,
        group.points_span or context.clip(group.span, 20),
        message=Message("{unit}的{name}标明{points}分，其他单位都是{usual}分", facts),
        advice=Message("核对是否排错；确属特殊安排的，予以接受并注明理由"),
        declared=facts["points"],
        computed=facts["usual"],
        document=sheet.document,
        eid=group.eid,
    )


@rule(
    id="points.unstated",
    severity=Severity.NOTE,
    title="有总分、没有各项分值",
    why="只给总分不给各项分值，同一结果不同的人会打出不同的分",
    concern=Concern.POINTS,
)
def unstated(context: ProofContext) -> Iterator[Outcome]:
    """Sheets with a declared total whose items carry no points, and deductions without an amount; told once for all of a kind.

    Wrong:
        各县(市、区)责任目标

        二、业务目标(800分)

        河滨区

        1. 生产总值增长6.5%;

        2. 一般公共预算收入增长5.5%。

        砚川市

        1. 生产总值增长6.6%;

        2. 一般公共预算收入增长5.2%。
    Right:
        各单位责任目标

        二、业务目标(800分)

        市教育局

        1. 新建幼儿园11所(400分);

        2. 新增学位8600个(400分)。
    """
    for (document, _), sheets in context.sheets_by_kind.items():
        silent = [s for s in sheets if s.points is not None and _has_no_points(s)]
        if silent:
            facts = {"count": str(len(silent)), "points": plain_number(silent[0].points or Decimal(0))}
            yield context.finding(
                unstated,
                *(context.clip(s.heading_span, 20) for s in silent),
                message=Message("{count}张责任书总分{points}分，各项没有分值", facts),
                advice=Message("补上各项分值，或者写明由哪个文件规定"),
                document=document,
                eid=silent[0].eid,
            )
        deducting = [g for s in sheets for g in s.groups if g.deduction and not any("分" in i.text for i in g.items)]
        if deducting:
            yield context.finding(
                unstated,
                *(Span(g.span.start, min(g.span.end, g.span.start + 12)) for g in deducting),
                message=Message("{count}处扣分因素没有写扣多少分", {"count": str(len(deducting))}),
                advice=Message("写明扣分标准，或者写明由哪个文件规定"),
                document=document,
                eid=deducting[0].eid,
            )


def _has_no_points(sheet: Sheet) -> bool:
    counted = [g for g in sheet.groups if not g.deduction]
    return all(g.points is None and all(i.points is None for i in g.items) for g in counted)


_COMMON = 8
_UNEVEN = 10


@rule(
    id="points.common-item",
    severity=Severity.NOTE,
    title="同一条目分值悬殊",
    why="各单位都有的一条，有的占10分有的占几百分，其他工作就不计分了",
    concern=Concern.POINTS,
)
def common_item(context: ProofContext) -> Iterator[Outcome]:
    """Points of a duty that stands word for word on many sheets.

    Wrong:
        各单位责任目标

        市教育局

        1. 新建幼儿园11所(790分);

        2. 完成消防目标任务(10分)。

        市民政局

        1. 建成服务中心3处(790分);

        2. 完成消防目标任务(10分)。

        市水利局

        1. 除险加固水库4座(790分);

        2. 完成消防目标任务(10分)。

        市林业局

        1. 完成营造林9.5万亩(790分);

        2. 完成消防目标任务(10分)。

        市商务局

        1. 举办展会8场(790分);

        2. 完成消防目标任务(10分)。

        市统计局

        1. 报送分析86篇(790分);

        2. 完成消防目标任务(10分)。

        市体育局

        1. 举办赛事32项次(790分);

        2. 完成消防目标任务(10分)。

        市审计局

        1. 完成消防目标任务(800分)。
    Right:
        各单位责任目标

        市教育局

        1. 新建幼儿园11所(790分);

        2. 完成消防目标任务(10分)。

        市审计局

        1. 完成消防目标任务(800分)。
    """
    for sheets in context.sheets_by_kind.values():
        yield from _common_items(context, sheets)


def _common_items(context: ProofContext, sheets: tuple[Sheet, ...]) -> Iterator[Outcome]:
    found: dict[str, list[tuple[Sheet, Item]]] = {}
    for sheet in sheets:
        for group in sheet.groups:
            for item in group.items:
                if item.points:
                    found.setdefault("".join(item.text.split()), []).append((sheet, item))
    for text, members in found.items():
        usual = Counter(i.points for _, i in members).most_common(1)[0][0]
        uneven = [(s, i) for s, i in members if usual and i.points and i.points >= usual * _UNEVEN]
        if len(members) < _COMMON or not uneven or usual is None:
            continue
        uneven.sort(key=lambda si: si[1].points or Decimal(0), reverse=True)
        sheet, item = uneven[0]
        facts = {
            "text": text[:20],
            "usual": plain_number(usual),
            "unit": sheet.unit,
            "points": plain_number(item.points or Decimal(0)),
            "count": str(len(uneven)),
        }
        yield context.finding(
            common_item,
            *(_points_span(i) for _, i in uneven),
            message=Message("“{text}”多数单位{usual}分，{count}个单位在其10倍以上，{unit}为{points}分", facts),
            advice=Message("核对分值；确属特殊安排的，予以接受并注明理由"),
            declared=facts["points"],
            computed=facts["usual"],
            document=sheet.document,
            eid=item.eid,
        )


RULES: tuple[Rule, ...] = (group_sum, sheet_sum, siblings, unstated, common_item)
