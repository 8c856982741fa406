"""Targets a city hands down: areas' amounts against the whole, areas' rates against the city's."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.engines.proof.amounts import Amount, Fit, agrees, amount_of_measure, fit, plain_number, shown, slip_explains, total
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.figures.outliers import is_far
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.targets.cascade import LEVEL_UNITS, Cascade, Placed
from taizhang.kernel.measure import Kind
from taizhang.kernel.message import Message


@rule(
    id="sum.areas-and-city",
    severity=Severity.ERROR,
    title="分解到各地的目标与全市目标不符",
    why="各县（市、区）的数加起来不等于全市的数，要么分解表错了，要么全市目标错了，年底两头对不上账",
    concern=Concern.MONEY,
)
def areas_and_city(context: ProofContext) -> Iterator[Outcome]:
    """The areas' targets on a metric against the city's, or that of the body in charge, units converted, rounding allowed.

    Wrong:
        崤陵市人民政府关于下达2025年度目标的通知

        2025年崤陵市经济社会发展目标

        1. 城镇新增就业3万人。

        各县(市、区)责任目标

        河滨区

        1. 城镇新增就业1.5万人。

        砚川市

        1. 城镇新增就业1.2万人。

        甘棠县

        1. 城镇新增就业9000人。
    Right:
        崤陵市人民政府关于下达2025年度目标的通知

        2025年崤陵市经济社会发展目标

        1. 城镇新增就业3.6万人。

        各县(市、区)责任目标

        河滨区

        1. 城镇新增就业1.5万人。

        砚川市

        1. 城镇新增就业1.2万人。

        甘棠县

        1. 城镇新增就业9000人。
    """
    for cascade in context.cascades:
        if not cascade.is_additive or len(cascade.areas) < 2 or cascade.unit in LEVEL_UNITS or cascade.unit is None:
            continue
        for placed in [cascade.city] if cascade.city else cascade.units:
            yield from _compared(context, cascade, placed)


def _compared(context: ProofContext, cascade: Cascade, placed: Placed) -> Iterator[Outcome]:
    whole = amount_of_measure(placed.measure)
    parts = [a for p in cascade.areas if (a := amount_of_measure(p.measure)) is not None]
    if whole is None or len(parts) < len(cascade.areas) or placed.measure.bound in ("<=", "<"):
        return
    spans = [context.clip(p.measure.span) for p in (placed, *cascade.areas)]
    facts = _facts(placed, cascade, whole, parts)
    if agrees(whole, parts):
        message = Message("{metric}：{areas}合计{sum}，与{unit}的{whole}相符", facts)
        yield context.agreement(areas_and_city, *spans, message=message, value=facts["sum"])
        return
    present = {p.sheet.eid for p in cascade.areas}
    missing = [s.unit for s in context.sheets_beside(placed.sheet) if s.kind == "area" and s.eid not in present]
    severity = _severity(whole, parts, is_complete=not missing)
    facts["areas"] += f"（{'、'.join(missing)}没有这项）" if missing else ""
    if severity:
        yield context.finding(
            areas_and_city,
            *spans,
            message=Message("{metric}：{areas}合计{sum}，{unit}为{whole}", facts),
            advice=Message("核对分解方案：改正写错的一处；有意加码的，在文中说明"),
            declared=facts["whole"],
            computed=facts["sum"],
            document=placed.sheet.document,
            eid=placed.item.eid,
            severity=severity,
        )


def _facts(placed: Placed, cascade: Cascade, whole: Amount, parts: Sequence[Amount]) -> dict[str, str]:
    return {
        "metric": "".join(placed.measure.metric.split()),
        "areas": f"{len(cascade.areas)}个地区",
        "sum": shown(total(parts), whole),
        "whole": shown(whole.value, whole),
        "unit": placed.sheet.unit,
    }


def _severity(whole: Amount, parts: Sequence[Amount], *, is_complete: bool) -> Severity | None:
    """Where some areas have no figure, too much is doubtful and a little too little is worth a look."""
    summed = total(parts)
    if fit(whole, parts) is Fit.NEAR:
        return Severity.NOTE
    if is_complete:
        return Severity.ERROR
    if summed > whole.value:
        return Severity.WARNING
    return Severity.NOTE if summed * 10 >= whole.value * 8 or slip_explains(whole, parts) else None


@rule(
    id="cascade.above-city",
    severity=Severity.NOTE,
    title="层层加码",
    why="每个地区的增速目标都高于全市，全市目标就没有意义，基层负担也会加重",
    concern=Concern.STRUCTURE,
)
def above_city(context: ProofContext) -> Iterator[Outcome]:
    """A rate of growth that every area must beat by more than the city itself plans.

    Wrong:
        崤陵市人民政府关于下达2025年度目标的通知

        2025年崤陵市经济社会发展目标

        1. 生产总值增长6%。

        各县(市、区)责任目标

        河滨区

        1. 生产总值增长7%。

        砚川市

        1. 生产总值增长7%。

        甘棠县

        1. 生产总值增长7.5%。
    Right:
        崤陵市人民政府关于下达2025年度目标的通知

        2025年崤陵市经济社会发展目标

        1. 生产总值增长6.5%。

        各县(市、区)责任目标

        河滨区

        1. 生产总值增长7%。

        砚川市

        1. 生产总值增长6%。

        甘棠县

        1. 生产总值增长6.5%。
    """
    for cascade in context.cascades:
        if cascade.kind is not Kind.GROWTH_RATE or cascade.city is None or len(cascade.areas) < 3:
            continue
        city = cascade.city.measure.value
        values = [v for p in cascade.areas if isinstance(v := p.measure.value, Decimal)]
        areas = [v for i, v in enumerate(values) if len(values) < 5 or not is_far(v, values[:i] + values[i + 1 :])]
        if not isinstance(city, Decimal) or not areas or min(areas) <= city:
            continue
        lowest = min(areas)
        facts = {
            "metric": "".join(cascade.city.measure.metric.split()),
            "city": plain_number(city),
            "lowest": plain_number(lowest),
            "count": str(len(areas)),
        }
        yield context.finding(
            above_city,
            *(context.clip(p.measure.span) for p in (cascade.city, *cascade.areas)),
            message=Message("{metric}：全市增长{city}%，{count}个地区最低也要增长{lowest}%", facts),
            advice=Message("核对分解是否有意加码；不是的，按全市目标调整"),
            declared=f"{facts['city']}%",
            computed=f"≥{facts['lowest']}%",
            document=cascade.city.sheet.document,
            eid=cascade.city.item.eid,
        )


RULES: tuple[Rule, ...] = (areas_and_city, above_city)
