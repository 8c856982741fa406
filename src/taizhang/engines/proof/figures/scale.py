"""Sums of money too small for what they are said to be: 投资 78元 where 78亿元 or 78万元 must be meant."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

# What a body owes for a year is never below this in any locality's sheet; grants and prices a head are left out by _EACH.
_LEAST = Decimal(10_000)
_EACH = regex(r"每|均|各|户|标准|单价|起步|至少|最低工资|补助|补贴|奖励|罚|租金|票价|/|不足|以下")
_TOTAL = regex(
    r"投资|融资|贷款|信贷|授信|收入|入库|产值|税|营业额|销售|零售|成交额|总额|资金|利润|存款|余额|规模|签约|合同|投入|外资|进出口|保费|赔付|"
    r"公积金|基金|债|缴存|归集|产业|项目|建设|工程|专款|经费|报酬|采购|划拨|拨付"
)


@rule(
    id="scale.tiny-sum",
    severity=Severity.WARNING,
    title="金额小得不合常理",
    why="一个单位全年的投资、收入或贷款不会只有几元几千元，多半漏了“万”或“亿”",
    concern=Concern.MONEY,
)
def tiny_sum(context: ProofContext) -> Iterator[Outcome]:
    """A total of a year's duty below ten thousand yuan, in plain 元 and not a head or a piece.

    Wrong:
        各单位责任目标

        市交通运输局

        (一)重点目标(600分)

        1. 省市重点项目合计投资78元(600分)。
    Right:
        各单位责任目标

        市交通运输局

        (一)重点目标(600分)

        1. 省市重点项目合计投资78亿元,每户补助500元(600分)。
    """
    for document in context.documents:
        for passage in context.passages_of(document):
            if "元" not in passage.text:
                continue
            in_sheet = context.item_of(passage) is not None
            for amount in passage.amounts:
                if amount.unit != "元" or amount.worth != 1 or amount.value >= _LEAST or amount.spelled:
                    continue
                before = passage.text[max(0, amount.start - 16) : amount.start]
                after = passage.text[amount.end : amount.end + 3]
                if (
                    _EACH.search(before)
                    or _EACH.search(after)
                    or not _TOTAL.search(before)
                    or not (in_sheet or "." in _printed(passage.text, amount.start))
                ):
                    continue
                printed = passage.text[amount.start : amount.end]
                yield context.finding(
                    tiny_sum,
                    passage.span(amount.start, amount.end),
                    message=Message("“{printed}”作为全年的总数小得不合常理", {"printed": printed}),
                    advice=Message("核对是否漏了“万”或“亿”"),
                    declared=printed,
                    passage=passage,
                )


def _printed(text: str, start: int) -> str:
    match = re.match(r"[\d.]+", text[start : start + 16])
    return match.group() if match else ""


RULES: tuple[Rule, ...] = (tiny_sum,)
