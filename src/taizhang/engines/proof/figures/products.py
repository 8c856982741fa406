"""So much for each, so many of them, and what it comes to.

A total may hold more than the sum per head times the heads, so a product that does not come out is told only where the words say
合计 or where the products of the same document do come out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from taizhang.engines.proof.amounts import Amount, plain_number, shown
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.figures.labels import label_of
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_EACH = regex(
    r"(?:平均)?每(?P<unit>[个间户人所处家亩套名台村镇吨班床张辆座项件只头株车场]|公里)[^，。；、：\n0-9]{0,8}(?=[0-9])"
    r"|(?P<mean>[人户亩])均[^，。；、：\n0-9]{0,6}(?=[0-9])"
)
_SAME_UNIT = {"人": ("人", "人次", "名"), "名": ("名", "人"), "户": ("户",), "亩": ("亩",), "所": ("所",), "村": ("个", "村")}
_TOTAL = regex(r"合计|共计|总计|共|总|投资|资金|金额|投入|需")
_SUM_WORD = regex(r"合计|共计|总计|共")
_LIST_GAP = regex(r"、[^，。；、0-9]{0,8}\Z")


@dataclass(frozen=True, slots=True)
class _Product:
    passage: Passage
    each: Amount
    count: Amount
    result: Amount

    @property
    def is_right(self) -> bool:
        return self.each.value * self.count.value == self.result.value


@rule(
    id="arithmetic.product",
    severity=Severity.WARNING,
    title="单价乘数量与总额不符",
    why="单价乘以数量得不出总额，预算和支付会有出入",
    concern=Concern.MONEY,
)
def product(context: ProofContext) -> Iterator[Outcome]:
    """An amount for each one, times their number, against the total.

    Wrong:
        就业工坊。建设18个，每个补助30万元，合计补助450万元。
    Right:
        就业工坊。建设18个，每个补助30万元，合计补助540万元。
    Right:
        服务中心。建设18个，每个补助30万元，投资2600万元。
    """
    found = [p for passage in _passages(context) if (p := _product(passage))]
    right: dict[str, int] = {}
    for p in found:
        right[p.passage.document.id] = right.get(p.passage.document.id, 0) + p.is_right
    for p in found:
        spans = [p.passage.span(a.start, a.end) for a in (p.result, p.each, p.count)]
        facts = {
            "each": plain_number(p.each.value / p.each.worth) + p.each.suffix,
            "count": plain_number(p.count.value / p.count.worth) + p.count.suffix,
            "result": plain_number(p.result.value / p.result.worth) + p.result.suffix,
            "computed": shown(p.each.value * p.count.value, p.result),
        }
        if p.is_right:
            message = Message("每份{each}，{count}，共{result}，算得相符", facts)
            yield context.agreement(product, *spans, message=message, value=facts["result"])
            continue
        is_sum = bool(_SUM_WORD.search(label_of(p.passage, p.result)))
        computed = p.each.value * p.count.value
        is_close = abs(computed - p.result.value) * 5 <= p.result.value or computed > p.result.value
        if is_sum or right[p.passage.document.id] >= 3 or is_close:
            yield context.finding(
                product,
                *spans,
                message=Message("每份{each}，{count}，应为{computed}，写作{result}", facts),
                advice=Message("核对单价、数量和总额；总额另含其他支出的，写明"),
                declared=facts["result"],
                computed=facts["computed"],
                passage=p.passage,
                severity=None if is_sum or right[p.passage.document.id] >= 3 else Severity.NOTE,
            )


def _passages(context: ProofContext) -> Iterator[Passage]:
    seen: set[int] = set()
    for hit in context.search(_EACH):
        if id(hit.passage) not in seen:
            seen.add(id(hit.passage))
            yield hit.passage


def _product(passage: Passage) -> _Product | None:
    """The product a passage prints: the one that comes out if any does, else the only one it can be."""
    open_ones: list[_Product] = []
    for match in _EACH.finditer(passage.text):
        unit = match["unit"] or match["mean"]
        rates = _rates(passage, match.end())
        taken = {r.start for r in rates}
        counted = [a for a in passage.amounts if _is_count(a, unit) and a.start not in taken and not a.spelled]
        counts = [c for a in counted if (c := _for_all(passage, a)) is not None]
        for each in rates:
            results = [
                a
                for a in passage.amounts
                if a.unit == each.unit and a.start not in taken and a.value > each.value and _TOTAL.search(label_of(passage, a))
            ]
            products = [_Product(passage, each, c, r) for c in counts for r in results if c.start != r.start]
            for found in products:
                if found.is_right:
                    return found
            if len(products) == 1:
                open_ones += products
    return open_ones[0] if len(open_ones) == 1 else None


def _rates(passage: Passage, at: int) -> list[Amount]:
    """The amounts after 每个: one, or a list of several."""
    rates: list[Amount] = []
    for amount in passage.amounts:
        if amount.start == at or (rates and _LIST_GAP.match(passage.text[rates[-1].end : amount.start])):
            rates.append(amount)
        elif rates:
            break
    return rates


def _for_all(passage: Passage, count: Amount) -> Amount | None:
    """甲、乙、丙各1所 are three; in 27个乡镇各建1个 the 27 is the count, not the 1."""
    clause = re.split(r"[，。；：]", passage.text[max(0, count.start - 80) : count.start])[-1]
    if not re.search(r"各[^，。；、]{0,6}\Z", clause):
        return count
    if "、" not in clause:
        return None
    return replace(count, value=count.value * (clause.count("、") + 1))


def _is_count(amount: Amount, unit: str) -> bool:
    return amount.unit in _SAME_UNIT.get(unit, (unit,))


RULES: tuple[Rule, ...] = (product,)
