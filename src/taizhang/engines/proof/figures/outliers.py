"""Figures that stand apart: a rate far from its siblings', an amount in a unit nobody else on the sheet uses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median

from taizhang.engines.proof.amounts import Amount, amount_of_measure, plain_number
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.figures.labels import label_of
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.targets.cascade import Placed, metric_key
from taizhang.engines.targets.model import Item, Sheet
from taizhang.kernel.measure import Kind, Measure
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_RATES = frozenset((Kind.GROWTH_RATE, Kind.SHARE, Kind.RATE, Kind.PP_CHANGE))
_LEAST_SIBLINGS = 4
_FAR = 4
_TIGHT = 2


@rule(
    id="outlier.rate",
    severity=Severity.WARNING,
    title="与同类指标相差悬殊",
    why="同一指标只有一家相差几倍，多半是漏了一位或者点错小数点",
    concern=Concern.MONEY,
)
def rate(context: ProofContext) -> Iterator[Outcome]:
    """A rate that differs many times from those of all its siblings; where these lie far apart themselves it is only a note.

    Wrong:
        各县(市、区)责任目标

        河滨区

        1. 财政收入增长9.3%。

        砚川市

        1. 财政收入增长9.8%。

        甘棠县

        1. 财政收入增长9.6%。

        伏牛县

        1. 财政收入增长9.9%。

        经济开发区

        1. 财政收入增长0.7%。
    Right:
        各县(市、区)责任目标

        河滨区

        1. 财政收入增长9.3%。

        砚川市

        1. 财政收入增长4.8%。

        甘棠县

        1. 财政收入增长6.6%。

        伏牛县

        1. 财政收入增长9.9%。

        经济开发区

        1. 财政收入增长3.7%。
    """
    for cascade in context.cascades:
        if cascade.kind not in _RATES or len(cascade.areas) <= _LEAST_SIBLINGS:
            continue
        members = [(p, p.measure.value) for p in cascade.areas if isinstance(p.measure.value, Decimal) and p.measure.value > 0]
        for placed, value in members:
            others = [v for p, v in members if p is not placed]
            if len(others) < _LEAST_SIBLINGS:
                continue
            if is_far(value, others):
                yield _outlier(context, placed, value, others, None)
            elif value * _FAR < (middle := median(others)) or value > middle * _FAR:
                yield _outlier(context, placed, value, others, Severity.NOTE)


def is_far(value: Decimal, others: Sequence[Decimal]) -> bool:
    """True for a value many times off from others that lie close together."""
    middle = median(others)
    if max(others) > min(others) * _TIGHT:
        return False
    return value * _FAR <= middle or value >= middle * _FAR


def _outlier(
    context: ProofContext, placed: Placed, value: Decimal, others: Sequence[Decimal], severity: Severity | None
) -> Outcome:
    unit = placed.measure.unit or ""
    facts = {
        "unit": placed.sheet.unit,
        "metric": "".join(placed.measure.metric.split()),
        "value": plain_number(value) + unit,
        "low": plain_number(min(others)) + unit,
        "high": plain_number(max(others)) + unit,
        "count": str(len(others)),
    }
    return context.finding(
        rate,
        context.clip(placed.measure.span),
        message=Message("{unit}{metric}为{value}，其余{count}家在{low}至{high}之间", facts),
        advice=Message("查原稿，看是否漏了一位或者点错小数点"),
        declared=facts["value"],
        computed=f"{facts['low']}—{facts['high']}",
        document=placed.sheet.document,
        eid=placed.item.eid,
        severity=severity,
    )


_EACH = regex(r"每|人均|户均|亩均|均价|单价|标准|最高|不超过|以上的|起点|注册资本|工资|补贴|补助|奖励|罚款|门槛")


@rule(
    id="outlier.unit",
    severity=Severity.ERROR,
    title="金额单位与同表其他指标不同",
    why="别的指标都以万元计，这一项单位不同，数额差了一万倍，显然是单位写错",
    concern=Concern.MONEY,
)
def unit(context: ProofContext) -> Iterator[Outcome]:
    """A sum of money in plain 元 on a sheet whose like sums are all in 万元 or 亿元.

    Wrong:
        各单位责任目标

        人保财险崤陵分公司

        (一)重点目标(600分)

        1. 健康险保费收入550万元(150分);

        2. 意外险保费收入1200万元(150分);

        3. 新单保费收入12500元(150分);

        4. 代理保费收入8000万元(150分)。
    Right:
        各单位责任目标

        人保财险崤陵分公司

        (一)重点目标(600分)

        1. 健康险保费收入550万元(150分);

        2. 意外险保费收入1200万元(150分);

        3. 每人补贴500元(150分);

        4. 代理保费收入8000万元(150分)。
    """
    for sheet in context.targets.sheets:
        money = list(_money_of(context, sheet))
        yield from _far_in_size(context, sheet, money)
        small = [(p, a) for p, a in money if a.worth == 1]
        large = [(p, a) for p, a in money if a.worth > 1]
        if len(large) < 2:
            continue
        for passage, amount in small:
            label = label_of(passage, amount)
            if amount.value < 100 or _EACH.search(passage.text[max(0, amount.start - 24) : amount.start]):
                continue
            alike = [(p, a) for p, a in large if label_of(p, a)[-2:] == label[-2:] and len(label) >= 2]
            if len(alike) >= 2 and len(small) * 2 <= len(large):
                yield _odd_unit(context, sheet, passage, amount, alike)


def _far_in_size(context: ProofContext, sheet: Sheet, money: Sequence[tuple[Passage, Amount]]) -> Iterator[Outcome]:
    """亿元 among 万元: a sum thousands of times larger or smaller than three others of that name."""
    by_name: dict[str, list[tuple[Passage, Amount]]] = {}
    for passage, amount in money:
        if amount.worth > 1 and amount.value:
            by_name.setdefault(label_of(passage, amount)[-3:], []).append((passage, amount))
    for members in by_name.values():
        for passage, amount in members:
            others = [(p, a) for p, a in members if a is not amount]
            middle = median(a.value for _, a in others) if len(others) > 2 else amount.value
            if amount.value * _APART <= middle or amount.value >= middle * _APART:
                yield _odd_unit(context, sheet, passage, amount, others)


def _money_of(context: ProofContext, sheet: Sheet) -> Iterator[tuple[Passage, Amount]]:
    for group in sheet.groups:
        for item in group.items:
            passage = context.by_eid.get((sheet.document, item.eid))
            if passage and "元" in passage.text:
                yield from ((passage, a) for a in passage.amounts if a.unit == "元")


def _odd_unit(
    context: ProofContext, sheet: Sheet, passage: Passage, amount: Amount, alike: Sequence[tuple[Passage, Amount]]
) -> Outcome:
    facts = {
        "unit": sheet.unit,
        "label": label_of(passage, amount),
        "value": plain_number(amount.value) + amount.suffix,
        "count": str(len(alike)),
        "usual": alike[0][1].suffix,
    }
    return context.finding(
        unit,
        passage.span(amount.start, amount.end),
        *(p.span(a.start, a.end) for p, a in alike[:4]),
        message=Message("{unit}“{label}”为{value}，同类的{count}项都以{usual}计", facts),
        advice=Message("核对单位，多半是“万”字漏了或者写错"),
        declared=facts["value"],
        computed=plain_number(amount.value) + facts["usual"],
        passage=passage,
    )


_COUNTED = frozenset((Kind.ABSOLUTE, Kind.COUNT))
_APART = 2000
_Member = tuple[Sheet, Item, Measure, Amount]


@rule(
    id="outlier.metric-unit",
    severity=Severity.WARNING,
    title="同一指标单位或者数量级与其他地区不同",
    why="同一指标别处都用一个单位，只有一处不同，汇总时就会错",
    concern=Concern.MONEY,
)
def metric_unit(context: ProofContext) -> Iterator[Outcome]:
    """The unit and size of a target on one metric against those of the sheets beside it.

    Wrong:
        各县(市、区)责任目标

        河滨区

        1. 引进省外资金48亿元。

        砚川市

        1. 引进省外资金68亿元。

        甘棠县

        1. 引进省外资金50亿元。

        伏牛县

        1. 引进省外资金44万元。

        经济开发区

        1. 引进省外资金52亿元。
    Right:
        各县(市、区)责任目标

        河滨区

        1. 引进省外资金48亿元。

        砚川市

        1. 引进省外资金68亿元。

        甘棠县

        1. 引进省外资金50亿元。

        伏牛县

        1. 引进省外资金440000万元。

        经济开发区

        1. 引进省外资金52亿元。
    """
    for sheets in context.sheet_groups.values():
        found: dict[str, list[_Member]] = {}
        for member in _counted_in(s for s in sheets if s.kind != "unit"):
            found.setdefault(metric_key(member[2].metric), []).append(member)
        for members in found.values():
            if len(members) > _LEAST_SIBLINGS:
                yield from _odd_members(context, members)


def _counted_in(sheets: Iterable[Sheet]) -> Iterator[_Member]:
    for sheet in sheets:
        for group in sheet.groups:
            for item in group.items:
                for measure in item.targets:
                    amount = amount_of_measure(measure) if measure.kind in _COUNTED else None
                    if amount and amount.unit and amount.value:
                        yield sheet, item, measure, amount


def _odd_members(context: ProofContext, members: Sequence[_Member]) -> Iterator[Outcome]:
    usual, count = Counter(a.unit for *_, a in members).most_common(1)[0]
    if count * 5 < len(members) * 4 - 1:
        return
    for sheet, item, measure, amount in members:
        others = [a for _, _, m, a in members if m is not measure and a.unit == usual]
        middle = median(a.value for a in others)
        is_apart = amount.value * _APART <= middle or amount.value >= middle * _APART
        if amount.unit == usual and not is_apart:
            continue
        suffix = Counter(a.suffix for a in others).most_common(1)[0][0]
        facts = {
            "unit": sheet.unit,
            "metric": "".join(measure.metric.split()),
            "value": plain_number(amount.value / amount.worth) + amount.suffix,
            "count": str(len(others)),
            "usual": suffix,
        }
        yield context.finding(
            metric_unit,
            context.clip(measure.span),
            message=Message("{unit}{metric}为{value}，其他{count}处都以{usual}计，相差悬殊或者单位不同", facts),
            advice=Message("核对单位"),
            declared=facts["value"],
            computed=suffix,
            document=sheet.document,
            eid=item.eid,
        )


RULES: tuple[Rule, ...] = (rate, unit, metric_unit)
