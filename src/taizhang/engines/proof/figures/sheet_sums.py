"""Sums across the items of one sheet: projects against the investment that holds them, home and foreign visitors against all."""

import re
from collections.abc import Iterator, Sequence

from taizhang.engines.proof.amounts import Amount, Fit, fit, shown, total
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.figures.labels import label_of
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.targets.model import Sheet
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

Placed = tuple[Passage, Amount]

_ALL_INVESTMENT = regex(
    r"\A(?:全年|年度|全社会)?(?:完成)?(?:固定资产|总)投资(?:总额|额)?(?:完成|达到|达|为)?\Z|\A完成(?:固定资产|总)投资(?:总额|额)?\Z"
)
_PROJECT = regex(r"工程|项目|基站|线路|机房|厂房|改造|建设")
_ALL_INCOME = regex(
    r"\A(?:全年|年度|主营|[^，。；]{0,8}业务)?(?:总)?(?P<what>保费收入|业务收入|营业收入|销售额|产值)(?:总额)?(?:完成|达到|达|为)?\Z"
)
_TOTAL_WORD = regex(r"全年|总|主营")


def _money(context: ProofContext, sheet: Sheet) -> list[Placed]:
    found: list[Placed] = []
    for group in sheet.groups:
        for item in group.items:
            passage = context.by_eid.get((sheet.document, item.eid))
            if passage and "元" in passage.text:
                found += [(passage, a) for a in passage.amounts if a.unit == "元" and a.worth > 1]
    return found


@rule(
    id="sum.sheet-parts",
    severity=Severity.WARNING,
    title="分项之和大于总额",
    why="一个单位各工程的投资加起来超过它的总投资，两个目标必有一个完不成",
    concern=Concern.MONEY,
)
def sheet_parts(context: ProofContext) -> Iterator[Outcome]:
    """Projects of a sheet against the investment total of the same sheet, and kinds of income against all income.

    Wrong:
        各单位责任目标

        移动公司崤陵分公司

        (一)重点目标(600分)

        1. 固定资产投资完成14000万元(300分);

        2. 完成传输工程投资9000万元，无线工程4000万元(200分);

        3. 完成调度工程投资3000万元(100分)。
    Right:
        各单位责任目标

        移动公司崤陵分公司

        (一)重点目标(600分)

        1. 固定资产投资完成17000万元(300分);

        2. 完成传输工程投资9000万元，无线工程4000万元(200分);

        3. 完成调度工程投资3000万元(100分)。
    """
    for sheet in context.targets.sheets:
        money = _money(context, sheet)
        if len(money) < 3:
            continue
        for whole, parts in _wholes(money):
            outcome = _outcome(context, sheet, whole, parts)
            if outcome:
                yield outcome


def _wholes(money: Sequence[Placed]) -> Iterator[tuple[Placed, list[Placed]]]:
    for placed in money:
        passage, amount = placed
        label = label_of(passage, amount)
        others = [(p, a) for p, a in money if p is not passage]
        if _ALL_INVESTMENT.match(label):
            parts = [(p, a) for p, a in others if "投资" in p.text[: a.start] and _PROJECT.search(label_of(p, a))]
            if len(parts) > 1:
                yield placed, parts
        income = _ALL_INCOME.match(label)
        if income and _TOTAL_WORD.search(label):
            parts = [(p, a) for p, a in others if label_of(p, a).endswith(income["what"])]
            if len(parts) > 1:
                yield placed, parts


def _outcome(context: ProofContext, sheet: Sheet, whole: Placed, parts: Sequence[Placed]) -> Outcome | None:
    passage, amount = whole
    amounts = [a for _, a in parts]
    summed = total(amounts)
    if summed <= amount.value:
        return None
    facts = {"unit": sheet.unit, "whole": shown(amount.value, amount), "sum": shown(summed, amount), "count": str(len(parts))}
    return context.finding(
        sheet_parts,
        passage.span(amount.start, amount.end),
        *(p.span(a.start, a.end) for p, a in parts),
        message=Message("{unit}{count}个分项合计{sum}，大于总额{whole}", facts),
        advice=Message("核对总额和各分项；分项另有资金来源的，写明"),
        declared=facts["whole"],
        computed=facts["sum"],
        passage=passage,
    )


_WHOLE_OF = (
    (regex(r"海内外|国内外|中外"), regex(r"国内(?!外)"), regex(r"入境|境外|海外(?!内)|国际")),
    (regex(r"城乡(?:居民)?"), regex(r"城镇|城市"), regex(r"农村|乡村")),
)


@rule(
    id="sum.complements",
    severity=Severity.WARNING,
    title="互补的两项与总数不符",
    why="国内加入境应当等于海内外，三个数分列三处，改一处忘了另两处",
    concern=Concern.MONEY,
)
def complements(context: ProofContext) -> Iterator[Outcome]:
    """Two halves and their whole set in different items of a sheet. What rounding may explain is a note.

    Wrong:
        各单位责任目标

        市旅游局

        (一)重点目标(600分)

        1. 接待海内外游客3420万人次(200分);

        2. 接待国内游客3410万人次(200分);

        3. 接待入境游客20.7万人次(200分)。
    Right:
        各单位责任目标

        市旅游局

        (一)重点目标(600分)

        1. 接待海内外游客3420万人次(200分);

        2. 接待国内游客3409.3万人次(200分);

        3. 接待入境游客10.7万人次(200分)。
    """
    concerned = [words for words in _WHOLE_OF if words[0].search(context.text)]
    for sheet in context.targets.sheets:
        for words in concerned:
            found = [_first(context, sheet, pattern) for pattern in words]
            if all(found):
                whole, *parts = (p for p in found if p)
                if len({a.unit for _, a in (whole, *parts)}) == 1 and whole[1].is_additive:
                    yield from _complement(context, sheet, whole, parts)


def _first(context: ProofContext, sheet: Sheet, words: re.Pattern[str]) -> Placed | None:
    """The first countable figure of the sheet whose label has the words."""
    for group in sheet.groups:
        for item in group.items:
            passage = context.by_eid.get((sheet.document, item.eid))
            if passage and words.search(passage.text):
                for amount in passage.amounts:
                    if amount.is_additive and words.search(
                        _BRACKETS.sub("", passage.text[max(0, amount.start - 24) : amount.start])
                    ):
                        return passage, amount
    return None


_BRACKETS = regex(r"（[^（）]*）")


def _complement(context: ProofContext, sheet: Sheet, whole: Placed, parts: Sequence[Placed]) -> Iterator[Outcome]:
    passage, amount = whole
    amounts = [a for _, a in parts]
    how = fit(amount, amounts)
    spans = [p.span(a.start, a.end) for p, a in (whole, *parts)]
    facts = {"unit": sheet.unit, "whole": shown(amount.value, amount), "sum": shown(total(amounts), amount)}
    if how in (Fit.EXACT, Fit.ROUNDED):
        message = Message("{unit}两项合计{sum}，与总数相符", facts)
        yield context.agreement(complements, *spans, message=message, value=facts["sum"])
    elif abs(total(amounts) - amount.value) * 4 <= amount.value or total(amounts) > amount.value:
        yield context.finding(
            complements,
            *spans,
            message=Message("{unit}两项合计{sum}，总数为{whole}", facts),
            advice=Message("三个数统一口径"),
            declared=facts["whole"],
            computed=facts["sum"],
            passage=passage,
            severity=Severity.NOTE if how is Fit.NEAR else None,
        )


RULES: tuple[Rule, ...] = (sheet_parts, complements)
