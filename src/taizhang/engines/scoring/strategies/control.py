"""control 控制: an at-most target; beyond it, points fall until nothing is left at twice the target."""

from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ZERO, shown
from taizhang.engines.scoring.strategies.strategy import AT_MOST, EXACTLY, Strategy, Terms
from taizhang.kernel.message import Message

TWO = Decimal(2)


def points(terms: Terms, value: Decimal) -> Decimal:
    """w · (2 − actual ÷ target), from 0 to w; 0 from twice the target on. Computed as w · (2·target − actual) ÷ target.

    Source: common practice for 控制类 indicators (energy, prices, unemployment); a scheme cites its own clause. A target of zero
    is refused (scoring.target-is-zero): count events with deduct instead. `=` is read as at most.
    """
    target = terms.goal()
    if value <= target:
        return terms.weight
    left = TWO * target - value
    return ZERO if left <= 0 else terms.weight * left / target


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """The line a clerk checks."""
    target = terms.goal()
    facts = {"weight": shown(terms.weight), "value": shown(value), "target": shown(target), "score": shown(score)}
    if value <= target:
        return Message("{value} ≤ {target}，得{score}", facts)
    if value >= TWO * target:
        return Message("{value} 达到 {target} 的两倍，得{score}", facts)
    return Message("{weight} × (2 − {value} ÷ {target}) = {score}", facts)


CONTROL = Strategy(
    name="control",
    version=1,
    formula=Message("满分 × (2 − 实际数 ÷ 控制数)，不超过满分，达到控制数两倍得 0"),
    points=points,
    working=working,
    bounds=(AT_MOST, EXACTLY),
    divides=True,
    direction=-1,
)
