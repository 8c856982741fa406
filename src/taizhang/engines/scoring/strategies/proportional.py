"""proportional 按完成比例: the share of an at-least target that was reached."""

from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ZERO, shown
from taizhang.engines.scoring.strategies.strategy import AT_LEAST, EXACTLY, Strategy, Terms
from taizhang.kernel.message import Message


def points(terms: Terms, value: Decimal) -> Decimal:
    """w · actual ÷ target, from 0 to w. Multiplied first and divided once; not rounded.

    Source: common practice of target responsibility systems (按完成比例计分); a scheme cites its own clause. A target of zero is
    refused (scoring.target-is-zero). `=` is read as at least: a plan's bare figure asks for no less, not for no more.
    """
    target = terms.goal()
    if value >= target:
        return terms.weight
    return ZERO if value <= 0 else terms.weight * value / target


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """The line a clerk checks with a pocket calculator."""
    facts = {"weight": shown(terms.weight), "value": shown(value), "target": shown(terms.goal()), "score": shown(score)}
    if value > terms.goal():
        return Message("{weight} × {value} ÷ {target}，超过满分，得{score}", facts)
    if value < 0:
        return Message("{weight} × {value} ÷ {target}，不足 0，得{score}", facts)
    return Message("{weight} × {value} ÷ {target} = {score}", facts)


PROPORTIONAL = Strategy(
    name="proportional",
    version=1,
    formula=Message("满分 × 完成数 ÷ 目标数，不超过满分"),
    points=points,
    working=working,
    bounds=(AT_LEAST, EXACTLY),
    divides=True,
    is_cumulative=True,
    direction=1,
)
