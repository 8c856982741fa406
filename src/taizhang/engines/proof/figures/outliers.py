"""Figures that stand apart: a rate far from its siblings', an amount in a unit nobody else on the sheet uses."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from taizhang.engines.proof.amounts import Amount, plain_number
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.figures.labels import label_of
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.targets.cascade import Placed
from taizhang.engines.targets.model import Sheet
from taizhang.kernel.measure import Kind
from taizhang.kernel.message import Message

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
    """A rate that differs many times from those of all its siblings, which lie close together.

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

        1. 财政收入增长5.8%。

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
            if len(others) >= _LEAST_SIBLINGS and _is_far(value, others):
                yield _outlier(context, placed, value, others)


def _is_far(value: Decimal, others: Sequence[Decimal]) -> bool:
    middle = median(others)
    if max(others) > min(others) * _TIGHT:
        return False
    return value * _FAR <= middle or value >= middle * _FAR


def _outlier(context: ProofContext, placed: Placed, value: Decimal, others: Sequence[Decimal]) -> Outcome:
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
    )


_EACH = re.compile(r"每|人均|户均|亩均|均价|单价|标准|最高|不超过|以上的|起点|注册资本|工资|补贴|补助|奖励|罚款|门槛")


@rule(
    id="outlier.unit",
    severity=Severity.ERROR,
    title="金额单位与同表其他指标不同",
    why="别的指标都以万元计，这一项以元计，数额小了一万倍，显然漏了“万”字",
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
        advice=Message("核对单位，多半漏了“万”字"),
        declared=facts["value"],
        computed=plain_number(amount.value) + facts["usual"],
        passage=passage,
    )


RULES: tuple[Rule, ...] = (rate, unit)
