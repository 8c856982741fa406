"""Numbers that cannot be as printed: broken by a blank or a comma, a rate of more than all."""

from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_UNIT = r"(?=\s*(?:亿|万|元|%|％|吨|公里|亩|公斤|千瓦))"
_SUSPECT = regex(r"[0-9][, ][0-9]|\.[0-9]+\.")
_BROKEN = regex(
    rf"(?<![0-9,，.第])(?P<comma>[0-9]{{1,3}},[0-9]{{1,2}}|[0-9]{{1,3}}(?:,[0-9]{{3}})*,[0-9]{{4,}})(?![0-9,]){_UNIT}"
    rf"|(?<![0-9.])(?P<dots>[0-9]+\.[0-9]+\.[0-9]+)(?![0-9.]){_UNIT}"
    rf"|(?<![0-9.,])(?P<blank>[0-9]{{1,4}} [0-9]{{1,4}}(?:\.[0-9]+)?)(?![0-9.,]){_UNIT}"
)


@rule(
    id="number.broken",
    severity=Severity.WARNING,
    title="数字断开或者点错",
    why="数字里多了空格、逗号或者小数点，读出来可能差十倍",
    concern=Concern.MONEY,
)
def broken(context: ProofContext) -> Iterator[Outcome]:
    """A number with a comma where no thousands end, two decimal points, or a blank inside.

    Wrong:
        完成投资3,42亿元。
    Right:
        完成投资3,420万元，占3.42%。
    """
    for passage in context.passages:
        printed = passage.reading.text
        if not _SUSPECT.search(printed):
            continue
        for match in _BROKEN.finditer(printed):
            facts = {"number": match[0]}
            yield context.finding(
                broken,
                passage.reading.span(match.start(), match.end()),
                message=Message("数字“{number}”断开或者点错", facts),
                advice=Message("核对原稿，改正数字"),
                declared=match[0],
                passage=passage,
                severity=Severity.NOTE if match["blank"] else None,
            )


_NEVER_ABOVE = regex(
    r"(?:覆盖|合格|办结|普及|入学|参保|及时|满意|兑现|安置|达标|结案|受理|公开|普查|接种|检出|知晓|救助|巩固|见面|审结|整改|销号|到位|录入)率"
    r"(?:均|都|要|应|力争|确保|保持在|稳定在|提高到|达到|达|为|不低于)*\Z"
)


@rule(
    id="number.rate-above-100",
    severity=Severity.ERROR,
    title="比率超过100%",
    why="覆盖率、合格率一类比率最高100%，超过的一定写错",
    concern=Concern.MONEY,
)
def rate_above_100(context: ProofContext) -> Iterator[Outcome]:
    """A rate that counts some among all, and says more than all.

    Wrong:
        产品抽检合格率达到985%。
    Right:
        产品抽检合格率达到98.5%，国有资本保值增值率103%。
    """
    for passage in context.having("率", "%"):
        for amount in passage.amounts:
            if (
                amount.suffix == "%"
                and amount.value > 100
                and _NEVER_ABOVE.search(passage.text[max(0, amount.start - 16) : amount.start])
            ):
                facts = {"rate": passage.text[amount.start : amount.end]}
                yield context.finding(
                    rate_above_100,
                    passage.span(amount.start, amount.end),
                    message=Message("比率写作{rate}，超过100%", facts),
                    advice=Message("核对原稿，多半漏了小数点"),
                    declared=facts["rate"],
                    computed="≤100%",
                    passage=passage,
                )


RULES: tuple[Rule, ...] = (broken, rate_above_100)
