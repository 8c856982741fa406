"""Figures too small for what they are said to be: 投资 78元 where 78亿元 is meant, 6.7人 where 6.7万人 is."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.engines.proof.amounts import Amount
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

# What a body owes for a year is never below this in any locality's sheet; grants and prices a head are left out by _EACH.
_LEAST = Decimal(10_000)
_RATE = regex("率|每|均|[千万]人|比例|密度")
_MANY = 5
_WHOLE = frozenset(("人", "人次", "户", "家", "名"))
_EACH = regex(r"每|均|各|户|标准|单价|起步|至少|最低工资|补助|补贴|奖励|罚|租金|票价|/|不足|以下")
_TOTAL = regex(
    r"投资|融资|贷款|信贷|授信|收入|入库|产值|税|营业额|销售|零售|成交额|总额|资金|利润|存款|余额|规模|签约|合同|投入|外资|进出口|保费|赔付|"
    r"公积金|基金|支出|债|缴存|归集|产业|项目|建设|工程|专款|经费|报酬|采购|划拨|拨付"
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
                if _is_each(passage.text, amount) or not _TOTAL.search(before):
                    continue
                if not in_sheet and "." not in _printed(passage.text, amount.start):
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


@rule(
    id="scale.odd-unit",
    severity=Severity.NOTE,
    title="金额单位与全文不同",
    why="全文的奖补、门槛都以万元计，唯独一处以元计，多半漏了“万”",
    concern=Concern.MONEY,
)
def odd_unit(context: ProofContext) -> Iterator[Outcome]:
    """One sum in plain 元 in a document whose other sums are all in 万元 or 亿元.

    Wrong:
        青川县扶持办法

        第一条 新建项目给予50万元奖励，扩建项目给予30万元奖励。

        第二条 获评国家级的给予80万元，获评省级的给予40万元，获评市级的给予20元。

        第三条 全年奖励总额不超过500万元，本办法自印发之日起施行。
    Right:
        青川县扶持办法

        第一条 新建项目给予50万元奖励，扩建项目给予30万元奖励。

        第二条 获评国家级的给予80万元，获评省级的给予40万元，种植户按每亩20元补助。

        第三条 全年奖励总额不超过500万元，本办法自印发之日起施行。
    """
    for document in context.documents:
        small: list[tuple[Passage, Amount]] = []
        large = 0
        for passage in context.passages_of(document):
            if "元" not in passage.text:
                continue
            for amount in passage.amounts:
                if amount.unit == "元" and amount.worth > 1:
                    large += 1
                elif amount.unit == "元" and not amount.spelled and not _is_each(passage.text, amount):
                    small.append((passage, amount))
        if large < _MANY or len(small) != 1 or small[0][1].value >= _LEAST:
            continue
        passage, amount = small[0]
        printed = passage.text[amount.start : amount.end]
        yield context.finding(
            odd_unit,
            passage.span(amount.start, amount.end),
            message=Message(
                "全文其他{count}处金额以万元或亿元计，只有“{printed}”以元计", {"count": str(large), "printed": printed}
            ),
            advice=Message("核对是否漏了“万”或“亿”"),
            declared=printed,
            passage=passage,
        )


@rule(
    id="scale.part-of-person",
    severity=Severity.ERROR,
    title="人、户、家带了小数",
    why="人数、户数没有半个，多半漏了“万”",
    concern=Concern.MONEY,
)
def part_of_person(context: ProofContext) -> Iterator[Outcome]:
    """A count of people, households or firms with a fraction and without 万.

    Wrong:
        青川县工作报告

        全年新增就业6.7人，完成培训2万人次。
    Right:
        青川县工作报告

        全年新增就业6.7万人，户均人口3.2人。
    """
    for document in context.documents:
        for passage in context.passages_of(document):
            for amount in passage.amounts:
                if amount.unit not in _WHOLE or amount.worth != 1 or amount.spelled or _is_each(passage.text, amount):
                    continue
                if "." not in _printed(passage.text, amount.start) or amount.value == amount.value.to_integral_value():
                    continue
                if _RATE.search(passage.text, max(0, amount.start - 40), amount.start):
                    continue
                printed = passage.text[amount.start : amount.end]
                yield context.finding(
                    part_of_person,
                    passage.span(amount.start, amount.end),
                    message=Message("“{printed}”带了小数", {"printed": printed}),
                    advice=Message("核对是否漏了“万”或“亿”"),
                    declared=printed,
                    passage=passage,
                )


def _is_each(text: str, amount: Amount) -> bool:
    """True for what is said of one: 每人, 户均, 元/亩, 标准."""
    before, after = text[max(0, amount.start - 16) : amount.start], text[amount.end : amount.end + 3]
    return bool(_EACH.search(before) or _EACH.search(after))


def _printed(text: str, start: int) -> str:
    match = re.match(r"[\d.]+", text[start : start + 16])
    return match.group() if match else ""


RULES: tuple[Rule, ...] = (tiny_sum, odd_unit, part_of_person)
