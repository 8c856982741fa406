"""Groups of a sheet against those of its siblings: names, order, numbering, and the group an item stands in."""

from collections import Counter
from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.likeness import is_one_slip
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.sheets.families import LONGEST, Duty, Family, families_of, place_of
from taizhang.engines.targets.model import Group, Sheet
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

_FEWEST = 4  # sheets of a family that say what is usual
_USUAL = 0.8  # of the family that share a usage
_RARE = 5  # times as many sheets count on as start again
_WITNESSES = {"area": 3, "city": 3, "unit": 8}  # sheets that put an item under another group; units have duties of their own


@rule(
    id="sheet.misplaced-item",
    severity=Severity.WARNING,
    title="一项目标列错了组",
    why="别的责任书都把它列在另一组，汇总和计分会把它漏掉。",
    concern=Concern.STRUCTURE,
)
def misplaced_item(context: ProofContext) -> Iterator[Outcome]:
    """An item under one group whose metric all sibling sheets put under another that the sheet has too.

    Wrong:
        各县（市、区）责任目标

        河东区

        （一）产业升级

        1. 生产总值增长8%；

        （二）创新能力

        2. 研发经费投入强度达1.8%；

        西山县

        （一）产业升级

        1. 生产总值增长7%；

        （二）创新能力

        2. 研发经费投入强度达1.5%；

        南川县

        （一）产业升级

        1. 生产总值增长7%；

        （二）创新能力

        2. 研发经费投入强度达1.6%；

        北原县

        （一）产业升级

        1. 生产总值增长6%；

        2. 研发经费投入强度达1.2%；

        （二）创新能力

        3. 高新技术企业新增2家；
    Right:
        各县（市、区）责任目标

        河东区

        （一）产业升级

        1. 生产总值增长8%；

        （二）创新能力

        2. 研发经费投入强度达1.8%；

        西山县

        （一）产业升级

        1. 生产总值增长7%；

        （二）创新能力

        2. 研发经费投入强度达1.5%；

        南川县

        （一）产业升级

        1. 生产总值增长7%；

        （二）创新能力

        2. 研发经费投入强度达1.6%；

        北原县

        （一）产业升级

        1. 生产总值增长6%；

        （二）创新能力

        2. 研发经费投入强度达1.2%；
    """
    for family in families_of(context):
        if len(family.sheets) >= _FEWEST:
            yield from _misplaced(context, family)


def _misplaced(context: ProofContext, family: Family) -> Iterator[Outcome]:
    places: dict[tuple[str, str], dict[str, str]] = {}  # metric → sheet → group
    for duty in family.duties:
        for metric in duty.metrics:
            places.setdefault(metric, {}).setdefault(duty.sheet.eid, duty.group.name)
    counts = {metric: Counter(groups.values()) for metric, groups in places.items()}
    for duty in family.duties:
        usual = {_due(duty, places[m], counts[m], _WITNESSES[family.kind]) for m in duty.metrics} - {None}
        if len(usual) == 1 and (name := usual.pop()) is not None and name != duty.group.name and duty.group.name:
            group = next(g for g in duty.sheet.groups if g.name == name)
            yield context.finding(
                misplaced_item,
                place_of(context, duty),
                _head(context, duty.sheet, group),
                message=Message(
                    "{unit}第{n}项列在“{here}”，其余{count}份都列在“{due}”",
                    {
                        "unit": duty.sheet.unit,
                        "n": str(duty.item.number),
                        "here": duty.group.name,
                        "due": name,
                        "count": str(max(len(places[m]) for m in duty.metrics) - 1),
                    },
                ),
                advice=Message("移到“{due}”，或核对组名的位置", {"due": name}),
                declared=duty.group.name,
                computed=name,
                document=duty.sheet.document,
                eid=duty.item.eid,
                severity=Severity.NOTE if family.kind == "unit" else None,
            )


def _due(duty: Duty, groups: dict[str, str], counts: Counter[str], fewest: int) -> str | None:
    """The one group all other sheets put a metric under, None if they are few or differ, or the sheet has no such group."""
    own = groups[duty.sheet.eid]
    others = [name for name, count in counts.items() if count > (name == own)]
    if len(others) != 1 or len(groups) - 1 < fewest:
        return None
    return others[0] if any(group.name == others[0] for group in duty.sheet.groups) else None


def _head(context: ProofContext, sheet: Sheet, group: Group) -> Span:
    passage = context.by_eid.get((sheet.document, group.eid))
    if passage is None or not passage.text:
        return Span(group.span.start, min(group.span.end, group.span.start + 16))
    return passage.span(0, min(len(passage.text), LONGEST))


@rule(
    id="sheet.groups-differ",
    severity=Severity.WARNING,
    title="分组与其他责任书不同",
    why="组名、顺序与其余各份不一样，多半是漏排或错排了组标题。",
    concern=Concern.STRUCTURE,
)
def groups_differ(context: ProofContext) -> Iterator[Outcome]:
    """A sheet whose group headings differ from those nearly all siblings have. Without any heading: a note.

    Wrong:
        各单位责任目标

        市教育局

        （一）重点目标

        1. 新建学校5所；

        （二）一般目标

        2. 培训教师200人；

        市民政局

        （一）重点目标

        1. 新建养老院5所；

        （二）一般目标

        2. 培训护理员200人；

        市水利局

        （一）重点目标

        1. 新建水库2座；

        （二）一般目标

        2. 治理河道20公里；

        市林业局

        （一）重点目标

        1. 造林5万亩；

        （二）一般任务

        2. 培训护林员200人；

        市体育局

        （一）重点目标

        1. 举办赛事5场；

        （二）一般目标

        2. 培训指导员200人；
    Right:
        各单位责任目标

        市教育局

        （一）重点目标

        1. 新建学校5所；

        （二）一般目标

        2. 培训教师200人；

        市民政局

        （一）重点目标

        1. 新建养老院5所；

        （二）一般目标

        2. 培训护理员200人；
    """
    for family in families_of(context):
        if len(family.sheets) < _FEWEST:
            continue
        names = Counter(_names(sheet) for sheet in family.sheets)
        usual, count = names.most_common(1)[0]
        if len(usual) < 2 or count < _USUAL * len(family.sheets):
            continue
        for sheet in family.sheets:
            if _names(sheet) != usual:
                yield _differs(context, sheet, usual, count)


def _names(sheet: Sheet) -> tuple[str, ...]:
    return tuple(group.name for group in sheet.groups)


def _differs(context: ProofContext, sheet: Sheet, usual: tuple[str, ...], count: int) -> Outcome:
    here = _names(sheet)
    odd = next((group for group in sheet.groups if group.name and group.name not in usual), None)
    facts = {"unit": sheet.unit, "here": "、".join(here), "usual": "、".join(usual), "count": str(count)}
    near = next((name for name in usual if odd and is_one_slip(name, odd.name)), None)
    if not any(here):
        message = Message("{unit}没有分组，其余{count}份都分“{usual}”", facts)
    elif near is not None and odd is not None:
        message = Message("组名“{odd}”在其余{count}份里写作“{near}”", {**facts, "odd": odd.name, "near": near})
    else:
        message = Message("{unit}分为“{here}”，其余{count}份分为“{usual}”", facts)
    heading = Span(sheet.heading_span.start, min(sheet.heading_span.end, sheet.heading_span.start + LONGEST))
    return context.finding(
        groups_differ,
        _head(context, sheet, odd) if odd is not None else heading,
        message=message,
        advice=Message("对照其他责任书，补上或改正组标题"),
        declared=facts["here"] or None,
        computed=facts["usual"],
        document=sheet.document,
        eid=odd.eid if odd is not None else sheet.eid,
        severity=None if any(here) else Severity.NOTE,
    )


@rule(
    id="sheet.numbering-restarts",
    severity=Severity.WARNING,
    title="组内序号另起",
    why="其余责任书各组连续编号，这一份从头编，引用第几项会指到两处。",
    concern=Concern.STRUCTURE,
)
def numbering_restarts(context: ProofContext) -> Iterator[Outcome]:
    """Items that count from 1 in a later group, where nearly all sibling sheets count on through their groups.

    Wrong:
        各单位责任目标

        市教育局

        （一）重点目标

        1. 新建学校5所；

        （二）一般目标

        2. 培训教师200人；

        市民政局

        （一）重点目标

        1. 新建养老院5所；

        （二）一般目标

        2. 培训护理员200人；

        市水利局

        （一）重点目标

        1. 新建水库2座；

        （二）一般目标

        2. 治理河道20公里；

        市林业局

        （一）重点目标

        1. 造林5万亩；

        （二）一般目标

        2. 培训护林员200人；

        市体育局

        （一）重点目标

        1. 举办赛事5场；

        （二）一般目标

        1. 培训指导员200人；
    Right:
        各单位责任目标

        市教育局

        （一）重点目标

        1. 新建学校5所；

        （二）一般目标

        1. 培训教师200人；

        市民政局

        （一）重点目标

        1. 新建养老院5所；

        （二）一般目标

        1. 培训护理员200人；
    """
    for family in families_of(context):
        grouped = [sheet for sheet in family.sheets if len(sheet.groups) > 1]
        restarting = [(sheet, group) for sheet in grouped if (group := _restarting(sheet)) is not None]
        if len(grouped) < _FEWEST or not restarting or len(restarting) * _RARE > len(grouped):
            continue
        for sheet, group in restarting:
            item = group.items[0]
            yield context.finding(
                numbering_restarts,
                Span(item.span.start, min(item.span.end, item.span.start + 16)),
                message=Message(
                    "{unit}“{group}”从1编起，其余{count}份各组连续编号",
                    {"unit": sheet.unit, "group": group.name, "count": str(len(grouped) - len(restarting))},
                ),
                advice=Message("改为连续编号"),
                declared=item.number,
                document=sheet.document,
                eid=item.eid,
            )


def _restarting(sheet: Sheet) -> Group | None:
    return next((g for g in sheet.groups[1:] if g.items and g.items[0].number == 1), None)


RULES = (misplaced_item, groups_differ, numbering_restarts)
