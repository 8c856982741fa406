"""Growth, multiples, products and remainders that a text prints together with what they come to."""

from collections.abc import Iterator
from decimal import Decimal

from taizhang.engines.proof.amounts import Amount, plain_number, shown
from taizhang.engines.proof.context import Hit, Passage, ProofContext
from taizhang.engines.proof.figures.labels import best_named, label_of
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import printed_number
from taizhang.kernel.patterns import regex

HUNDRED = Decimal(100)
_N = r"[0-9][0-9.']*"
_UP = r"(?:增长|增加|提高|上升|增幅|下降|减少|降低|降幅)"
_GROWTH = (
    regex(
        rf"(?:以|在|由|从)[^，。；\n0-9]{{0,12}}(?:20[0-9]{{2}}年)?[^，。；\n0-9]{{0,8}}(?P<base>{_N})[^，。；\n0-9]{{1,12}}，?(?:同比|预期|年均)?"
        rf"(?P<way>{_UP})(?:了)?(?P<rate>{_N})%，?[^，。；\n0-9]{{0,8}}(?:达到|达|到|至|为)(?P<level>{_N})"
    ),
    regex(
        rf"(?:由|从)[^，。；\n0-9]{{0,12}}(?:20[0-9]{{2}}年的?)?[^，。；\n0-9]{{0,8}}(?P<base>{_N})[^，。；\n0-9]{{1,12}}(?:到|至|为)(?P<level>{_N})"
        rf"[^，。；\n0-9]{{1,4}}，[^，。；\n0-9]{{0,6}}(?P<way>{_UP})(?:了)?(?P<rate>{_N})%"
    ),
)


@rule(
    id="growth.level",
    severity=Severity.ERROR,
    title="基数、增速与目标值算不拢",
    why="基数乘上增速得不出目标值，考核时两个数只能依一个",
    concern=Concern.MONEY,
)
def growth_level(context: ProofContext) -> Iterator[Outcome]:
    """A base and a rate of growth against the level they lead to.

    Wrong:
        一般公共预算收入以上年148.6亿元为基数增长5.5%，达到158.3亿元。
    Right:
        一般公共预算收入以上年148.6亿元为基数增长5.5%，达到156.8亿元。
    """
    for pattern in _GROWTH:
        for hit in context.search(pattern):
            base, level, rate = hit.amount("base"), hit.amount("level"), hit.amount("rate")
            if base and level and rate and base.unit == level.unit and base.is_additive and base.value:
                yield _growth_outcome(context, hit, base, level, rate)


def _growth_outcome(context: ProofContext, hit: Hit, base: Amount, level: Amount, rate: Amount) -> Outcome:
    sign = -1 if (hit["way"] or "")[0] in "下减降" else 1
    computed = base.value * (HUNDRED + sign * rate.value) / HUNDRED
    # 5万吨 is meant as five, 1260582亿元 as rounded: a base of few digits is taken as printed.
    loose = base.slack if base.slack * 50 <= base.value else Decimal(0)
    exact = level.slack if level.slack * 50 <= level.value else Decimal(0)
    reach = base.value * rate.step / 200 + loose * (HUNDRED + rate.value) / HUNDRED + exact
    spans = [hit.passage.span(a.start, a.end) for a in (level, base, rate)]
    rounded = (computed / level.worth).quantize(min(level.step / level.worth, Decimal("0.1"))) * level.worth
    facts = {
        "base": plain_number(base.value / base.worth) + base.suffix,
        "rate": plain_number(rate.value) + "%",
        "level": plain_number(level.value / level.worth) + level.suffix,
        "computed": shown(rounded, level),
        "way": hit["way"] or "",
    }
    if abs(level.value - computed) <= reach:
        message = Message("{base}{way}{rate}为{level}，算得相符", facts)
        return context.agreement(growth_level, *spans, message=message, value=facts["level"])
    return context.finding(
        growth_level,
        *spans,
        message=Message("{base}{way}{rate}应为{computed}，写作{level}", facts),
        advice=Message("核对基数、增速和目标值，改正写错的一个"),
        declared=facts["level"],
        computed=facts["computed"],
        passage=hit.passage,
    )


_INCREMENT = regex(
    rf"(?P<level>{_N})[^，。；\n0-9]{{1,4}}，(?:比|较)(?:年初|上年末?|去年末?|上年底|去年底)[^，。；\n0-9]{{0,4}}(?P<way>增加|净增|新增|减少)"
    rf"(?P<rise>{_N})[^，。；\n0-9]{{1,4}}，(?:同比)?(?:增长|增幅|下降|降幅)(?:了|为)?(?P<rate>{_N})%"
)


@rule(
    id="growth.increment",
    severity=Severity.ERROR,
    title="余额、增量与增速算不拢",
    why="余额减去增量是年初数，增量除以年初数得不出所写的增速",
    concern=Concern.MONEY,
)
def growth_increment(context: ProofContext) -> Iterator[Outcome]:
    """Level and increment against the rate of growth printed with them.

    Wrong:
        年末贷款余额达到1936亿元，比年初增加148亿元，增长9.3%。
    Right:
        年末贷款余额达到1936亿元，比年初增加148亿元，增长8.3%。
    """
    for hit in context.search(_INCREMENT):
        level, rise, rate = hit.amount("level"), hit.amount("rise"), hit.amount("rate")
        if not (level and rise and rate) or level.unit != rise.unit:
            continue
        base = level.value - rise.value if hit["way"] != "减少" else level.value + rise.value
        if base <= 0:
            continue
        computed = rise.value / base * HUNDRED
        reach = rate.step / 2 + (rise.slack / base + rise.value * (level.slack + rise.slack) / (base * base)) * HUNDRED
        spans = [hit.passage.span(a.start, a.end) for a in (rate, level, rise)]
        facts = {
            "level": plain_number(level.value / level.worth) + level.suffix,
            "rise": plain_number(rise.value / rise.worth) + rise.suffix,
            "rate": plain_number(rate.value) + "%",
            "computed": plain_number(computed.quantize(min(rate.step, Decimal("0.1")))) + "%",
        }
        if abs(computed - rate.value) <= reach:
            message = Message("余额{level}、增量{rise}与增速{rate}相符", facts)
            yield context.agreement(growth_increment, *spans, message=message, value=facts["rate"])
            continue
        yield context.finding(
            growth_increment,
            *spans,
            message=Message("余额{level}、增量{rise}，增速应为{computed}，写作{rate}", facts),
            advice=Message("核对三个数，改正写错的一个"),
            declared=facts["rate"],
            computed=facts["computed"],
            passage=hit.passage,
        )


_MULTIPLE = regex(rf"(?P<times>{_N})倍[^，。；：\n0-9]{{0,8}}，[^，。；：\n0-9]{{0,14}}(?P<result>{_N})")
_BEFORE_NAME = regex(r"[，。；：、（）0-9]|按照|按|为|是|达到|不低于|不高于|不超过|本[省市县区]")


@rule(
    id="arithmetic.multiple",
    severity=Severity.ERROR,
    title="倍数算得不对",
    why="标准按倍数定，写出的金额不是这个倍数，发放时无所适从",
    concern=Concern.MONEY,
)
def multiple(context: ProofContext) -> Iterator[Outcome]:
    """A standard set as a multiple of another one against the amount printed for it.

    Wrong:
        一、标准

        （一）低保标准为每人每月980元。

        （二）困难家庭认定线按低保标准的1.5倍确定，为每人每月1740元。
    Right:
        一、标准

        （一）低保标准为每人每月980元。

        （二）困难家庭认定线按低保标准的1.5倍确定，为每人每月1470元。
    """
    for hit in context.search(_MULTIPLE):
        result, times = hit.amount("result"), hit.amount("times")
        name = _BEFORE_NAME.split(hit.passage.text[max(0, hit.start() - 28) : hit.start()])[-1].removesuffix("的")
        if result is None or times is None or len(name) < 3 or not result.is_additive:
            continue
        candidates = [
            (p, a)
            for p in context.passages_of(hit.passage.document)
            for a in p.amounts
            if a.unit == result.unit and not (p is hit.passage and a.start >= hit.start())
        ]
        base = best_named(name, candidates) if candidates else None
        if base is None:
            continue
        where, amount = base
        computed = amount.value * times.value
        facts = {
            "base": plain_number(amount.value / amount.worth) + amount.suffix,
            "times": plain_number(times.value),
            "result": plain_number(result.value / result.worth) + result.suffix,
            "computed": shown(computed, result),
        }
        spans = (
            hit.passage.span(result.start, result.end),
            hit.passage.span(times.start, times.end),
            where.span(amount.start, amount.end),
        )
        if abs(computed - result.value) <= result.slack:
            message = Message("{base}的{times}倍为{result}，算得相符", facts)
            yield context.agreement(multiple, *spans, message=message, value=facts["result"])
        elif abs(computed - result.value) * 4 <= computed:
            yield context.finding(
                multiple,
                *spans,
                message=Message("{base}的{times}倍应为{computed}，写作{result}", facts),
                advice=Message("核对基准、倍数和金额，改正写错的一个"),
                declared=facts["result"],
                computed=facts["computed"],
                passage=hit.passage,
            )


_YEARLY = regex(
    rf"每(?P<unit>年|月|季度|个月)[^，。；、：\n0-9]{{0,16}}(?P<each>{_N})[^，。；、\n0-9]{{1,4}}，"
    rf"(?P<count>[两三四五六七八九十]|十二|[0-9]{{1,2}})(?:个)?(?P<period>年|月|季度)[^，。；、\n0-9]{{0,10}}(?P<all>{_N})"
)


@rule(
    id="arithmetic.yearly",
    severity=Severity.ERROR,
    title="每年之和与合计不符",
    why="每年的数乘以年数得不出合计数，任务量说了两个数",
    concern=Concern.MONEY,
)
def yearly(context: ProofContext) -> Iterator[Outcome]:
    """So many a year for so many years against the number for all of them.

    Wrong:
        每年新建服务站9个，三年新建29个。
    Right:
        每年新建服务站9个，三年新建27个。
    """
    for hit in context.search(_YEARLY):
        each, everything, count = hit.amount("each"), hit.amount("all"), printed_number(hit["count"] or "")
        is_same = (hit["unit"] or "").endswith(hit["period"] or "年")
        if each is None or everything is None or count is None or not is_same or each.unit != everything.unit:
            continue
        computed = each.value * count
        facts = {
            "each": plain_number(each.value / each.worth) + each.suffix,
            "count": plain_number(count),
            "all": plain_number(everything.value / everything.worth) + everything.suffix,
            "computed": shown(computed, everything),
            "unit": hit["unit"] or "",
        }
        spans = [hit.passage.span(a.start, a.end) for a in (everything, each)]
        if computed == everything.value:
            message = Message("每{unit}{each}，{count}{unit}{all}，算得相符", facts)
            yield context.agreement(yearly, *spans, message=message, value=facts["all"])
            continue
        yield context.finding(
            yearly,
            *spans,
            message=Message("每{unit}{each}，{count}{unit}应为{computed}，写作{all}", facts),
            advice=Message("核对每{unit}数和合计数，改正写错的一个", {"unit": facts["unit"]}),
            declared=facts["all"],
            computed=facts["computed"],
            passage=hit.passage,
        )


_PER = regex(r"每[\u4e00-\u9fa5]")
_DEDUCTED = regex(
    rf"(?P<gross>{_N})[^，。；\n0-9]{{1,4}}，扣除(?P<what>[^，。；\n0-9]{{2,8}})后，?[^。；\n0-9]{{0,24}}(?P<net>{_N})"
)


@rule(
    id="arithmetic.deduction",
    severity=Severity.ERROR,
    title="扣除后的金额算得不对",
    why="原价减去补贴不等于所写的实付价，群众会多付或者少付",
    concern=Concern.MONEY,
)
def deduction(context: ProofContext) -> Iterator[Outcome]:
    """A price before and after a deduction against the deduction the document sets.

    Wrong:
        一、标准。每吨补贴260元。

        二、价格。到户价格不高于每吨1080元，扣除补贴后，购买户承担的价格不高于每吨830元。
    Right:
        一、标准。每吨补贴260元。

        二、价格。到户价格不高于每吨1080元，扣除补贴后，购买户承担的价格不高于每吨820元。
    """
    for hit in context.search(_DEDUCTED):
        gross, net, what = hit.amount("gross"), hit.amount("net"), hit["what"] or ""
        if gross is None or net is None or gross.unit != net.unit or net.value >= gross.value:
            continue
        named = _deductions(context, hit, gross, net)
        if not named:
            continue
        difference = gross.value - net.value
        equal = next((pa for pa in named if pa[1].value == difference), None)
        where, amount = equal or min(named, key=lambda pa: abs(pa[1].value - difference))
        facts = {
            "gross": plain_number(gross.value / gross.worth) + gross.suffix,
            "net": plain_number(net.value / net.worth) + net.suffix,
            "what": what,
            "amount": plain_number(amount.value / amount.worth) + amount.suffix,
            "computed": shown(gross.value - amount.value, net),
        }
        spans = (*(hit.passage.span(a.start, a.end) for a in (net, gross)), where.span(amount.start, amount.end))
        if equal:
            message = Message("{gross}扣除{what}{amount}为{net}，算得相符", facts)
            yield context.agreement(deduction, *spans, message=message, value=facts["net"])
        elif len(named) == 1 or abs(amount.value - difference) * 2 <= amount.value:
            yield context.finding(
                deduction,
                *spans,
                message=Message("{gross}扣除{what}{amount}应为{computed}，写作{net}", facts),
                advice=Message("核对三个金额，改正写错的一个"),
                declared=facts["net"],
                computed=facts["computed"],
                passage=hit.passage,
            )


def _deductions(context: ProofContext, hit: Hit, gross: Amount, net: Amount) -> list[tuple[Passage, Amount]]:
    """Amounts of the document named as what is deducted, those set for the same unit (每吨) where there are any."""
    what = hit["what"] or ""
    named = [
        (p, a)
        for p in context.passages_of(hit.passage.document)
        for a in p.amounts
        if a.unit == gross.unit and a.value < gross.value and what in label_of(p, a) and a.start not in (gross.start, net.start)
    ]
    per = _PER.search(label_of(hit.passage, gross))
    return [(p, a) for p, a in named if per and per[0] in label_of(p, a)] or named


RULES: tuple[Rule, ...] = (growth_level, growth_increment, multiple, yearly, deduction)
