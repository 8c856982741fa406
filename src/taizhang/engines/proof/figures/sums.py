"""Sums a sentence prints: parts against their whole, a stock against its own increment."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from taizhang.engines.gazette.model import Document
from taizhang.engines.proof.amounts import Amount, Fit, agrees, fit, shown, slip_explains, total
from taizhang.engines.proof.context import Hit, ProofContext
from taizhang.engines.proof.figures.claims import Claim, claims_in, differs_by_one_digit
from taizhang.engines.proof.figures.labels import bigrams
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_ADVICE = Message("逐项核对原始数据，改正合计数或者写错的分项")
_PEOPLE = frozenset(("人", "名", "位", "人次", "户"))


@rule(
    id="sum.parts-and-whole",
    severity=Severity.ERROR,
    title="分项与总数不符",
    why="分项加起来不等于总数，读者不知道该信哪一个，拨款和考核都会有争议",
    concern=Concern.MONEY,
)
def parts_and_whole(context: ProofContext) -> Iterator[Outcome]:
    """Parts named in a sentence against the whole they are parts of, in one unit, rounding allowed.

    Wrong:
        完成通信投资2.6亿元，其中机房1.2亿元、光缆0.65亿元、基站0.9亿元。
    Wrong:
        在册会员1200人。按居住地分，城镇700人、农村600人。
    Right:
        完成通信投资2.6亿元，其中机房1.2亿元、光缆0.65亿元、基站0.75亿元。
    Right:
        完成造林9.5万亩，其中退化林修复3.8万亩、封山育林1.2万亩。
    """
    for passage in context.passages:
        for claim in claims_in(passage):
            yield from _judged(context, claim)


def _judged(context: ProofContext, claim: Claim) -> Iterator[Outcome]:
    passage, whole = claim.passage, claim.whole
    summed = total(claim.parts)
    spans = [passage.span(a.start, a.end) for a in (whole, *claim.parts)]
    facts = {"whole": shown(whole.value, whole), "sum": shown(summed, whole), "count": str(len(claim.parts))}
    if agrees(whole, claim.parts):
        message = Message("{count}个分项之和等于总数{whole}", facts)
        yield context.agreement(parts_and_whole, *spans, message=message, value=facts["whole"])
        return
    severity = Severity.ERROR if _fits_in_one_unit(claim) else _severity(claim)
    if severity:
        is_over = summed > whole.value
        template = (
            "所列{count}个分项之和为{sum}，大于总数{whole}" if is_over else "所列{count}个分项之和为{sum}，与总数{whole}不符"
        )
        yield context.finding(
            parts_and_whole,
            *spans,
            message=Message(template, facts),
            advice=_ADVICE,
            declared=facts["whole"],
            computed=facts["sum"],
            passage=passage,
            severity=severity,
        )


def _fits_in_one_unit(claim: Claim) -> bool:
    """True if the sum comes out once a part is read in the unit of the whole: 0.65万元 among 亿元."""
    for i, part in enumerate(claim.parts):
        if part.worth != claim.whole.worth:
            read = replace(part, value=part.value / part.worth * claim.whole.worth)
            if total((*claim.parts[:i], read, *claim.parts[i + 1 :])) == claim.whole.value:
                return True
    return False


def _severity(claim: Claim) -> Severity | None:
    """Parts that may overlap (党员、妇女) or leave something out say little; an exhaustive list is an error."""
    summed = total(claim.parts)
    if fit(claim.whole, claim.parts) is Fit.NEAR:
        return Severity.WARNING if claim.exhaustive or summed > claim.whole.value else Severity.NOTE
    if claim.exhaustive:
        return Severity.ERROR
    if summed > claim.whole.value:
        is_close = summed * 4 <= claim.whole.value * 5
        return Severity.ERROR if is_close or claim.whole.unit not in _PEOPLE else Severity.NOTE
    return Severity.WARNING if differs_by_one_digit(claim.whole, claim.parts) else None


_STOCK = regex(
    r"(?P<rise>新增|净增|增加|新发放|增量)(?P<what>[^，。；、：（）\n0-9]{0,12}?)(?P<a>[0-9][0-9.']*[亿万]?[^，。；、\n0-9]{1,3})，"
    r"(?P<between>[^，。；\n0-9]{0,12}?(?:余额|存量|总量|总额|总规模|保有量|总数|期末|年末)?[^，。；、\n0-9]{0,8}?)(?:达到|达|为|突破|超过)(?P<b>[0-9][0-9.']*[亿万]?[^，。；、\n0-9]{1,3})"
)
_STOCK_WORD = regex(r"余额|存量|总量|总额|总规模|保有量|总数|期末|年末|累计")


@rule(
    id="stock.below-increment",
    severity=Severity.ERROR,
    title="存量小于增量",
    why="年末存量不可能小于当年新增的数，多半漏了一位或者点错了小数点",
    concern=Concern.MONEY,
)
def stock_below_increment(context: ProofContext) -> Iterator[Outcome]:
    """What is there at the end of the year against what the year added to it.

    Wrong:
        新增贷款19.5亿元，各项贷款余额达到18.2亿元。
    Right:
        新增贷款19.5亿元，各项贷款余额达到182亿元。
    Right:
        新增绿色工厂8家，智能车间达到5个。
    """
    for hit in context.search(_STOCK):
        rise, stock = hit.amount("a"), hit.amount("b")
        if rise is None or stock is None or rise.unit != stock.unit or not rise.is_additive:
            continue
        lead = hit.passage.text[max(0, hit.start() - 10) : hit.start()]
        between = hit["between"] or ""
        if not (_STOCK_WORD.search(between) or _same_noun(hit["what"] or "", between) or _same_noun(lead, between)):
            continue
        spans = (hit.passage.span(stock.start, stock.end), hit.passage.span(rise.start, rise.end))
        facts = {"stock": shown(stock.value, stock), "rise": shown(rise.value, rise)}
        if stock.value >= rise.value:
            yield context.agreement(
                stock_below_increment, *spans, message=Message("存量{stock}不小于当年增量{rise}", facts), value=facts["stock"]
            )
            continue
        yield context.finding(
            stock_below_increment,
            *spans,
            message=Message("存量{stock}小于当年增量{rise}", facts),
            advice=Message("查原始报表，看存量是否漏了一位或者点错了小数点"),
            declared=facts["stock"],
            computed=f"≥{facts['rise']}",
            passage=hit.passage,
        )


def _same_noun(left: str, right: str) -> bool:
    """True if the two share two neighbouring characters (贷款, 存款)."""
    return bool(bigrams(left) & bigrams(right))


_PAIR = regex(
    r"(?P<whole>[0-9][0-9.']*[万亿]?[^，。；、：\n0-9]{1,24}?)(?:，[^，。；\n0-9]{0,14})?(?:中有|中已有|，?已|，能够|，其中)[^，。；\n0-9]{0,16}?(?P<part>[0-9][0-9.']*)"
)
_Pair = tuple[Hit, Amount, Amount]
_LEFT = regex(
    r"(?:尚有|还有|仍有|尚余|还剩|剩下|仍须|仍需)[^，。；\n0-9]{0,6}(?P<left>[0-9][0-9.']*)|(?P<later>[0-9][0-9.']*)[^，。；\n0-9]{1,8}(?:仍须|仍需|尚未|还没有)"
)


@rule(
    id="sum.remaining",
    severity=Severity.WARNING,
    title="剩余数与前文不合",
    why="总数减去已完成的不等于所写的剩余数，任务底数有出入",
    concern=Concern.MONEY,
)
def remaining(context: ProofContext) -> Iterator[Outcome]:
    """What is left against the whole and the part named before it, of the same thing or off by one digit.

    Wrong:
        全市78个乡镇中有51个建成服务站，尚有28个没有服务站。
    Right:
        全市78个乡镇中有51个建成服务站，尚有27个没有服务站。
    """
    pairs: dict[str, list[_Pair]] = {}
    for hit in context.search(_LEFT):
        left, document = hit.amount("left" if hit["left"] else "later"), hit.passage.document
        if left is None:
            continue
        if document.id not in pairs:
            pairs[document.id] = list(_pairs(context, document))
        yield from _left_judged(context, hit, left, pairs[document.id])


def _pairs(context: ProofContext, document: Document) -> Iterator[_Pair]:
    """N个中有M个: a whole and the part of it that is done."""
    for hit in context.search_in(_PAIR, document):
        whole, part = hit.amount("whole"), hit.amount("part")
        if whole and part and whole.unit == part.unit and whole.is_additive and whole.value > part.value:
            yield hit, whole, part


def _left_judged(context: ProofContext, hit: Hit, left: Amount, pairs: Sequence[_Pair]) -> Iterator[Outcome]:
    same = [(h, w, p) for h, w, p in pairs if w.unit == left.unit]
    equal = [t for t in same if t[1].value - t[2].value == left.value]
    after = bigrams(hit.passage.text[left.end : left.end + 8])
    named = [t for t in same if after & bigrams(t[0].passage.text[t[1].end : t[1].end + 8])]
    near = equal or [t for t in same if slip_explains(t[1], (t[2], left))] or named
    if not near:
        return
    where, whole, part = near[0]
    spans = (hit.passage.span(left.start, left.end), *(where.passage.span(a.start, a.end) for a in (whole, part)))
    facts = {
        "whole": shown(whole.value, whole),
        "part": shown(part.value, part),
        "left": shown(left.value, left),
        "computed": shown(whole.value - part.value, left),
    }
    if equal:
        message = Message("{whole}减去{part}为{left}，相符", facts)
        yield context.agreement(remaining, *spans, message=message, value=facts["left"])
        return
    yield context.finding(
        remaining,
        *spans,
        message=Message("{whole}减去{part}应为{computed}，写作{left}", facts),
        advice=Message("核对三个数，改正写错的一个"),
        declared=facts["left"],
        computed=facts["computed"],
        passage=hit.passage,
    )


RULES: tuple[Rule, ...] = (parts_and_whole, stock_below_increment, remaining)
