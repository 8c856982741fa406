"""threshold 达标: full mark when the target is met; below it nothing, or a share of the mark above a floor."""

from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ZERO, shown
from taizhang.engines.scoring.errors import TargetIsZeroError
from taizhang.engines.scoring.strategies.strategy import AT_MOST, BOUND_WORDS, EXACTLY, Parameter, Strategy, Terms
from taizhang.kernel.message import Message

TWO = Decimal(2)


def is_met(terms: Terms, value: Decimal) -> bool:
    """`>=` at least, `<=` at most, `=` exactly the target (a standard of 60 yuan is not met by 70)."""
    target = terms.goal()
    if terms.bound == EXACTLY:
        return value == target
    return value <= target if terms.bound == AT_MOST else value >= target


def points(terms: Terms, value: Decimal) -> Decimal:
    """w if met; else w · r where the rate r reaches `floor`; else 0. r = actual ÷ target, or 2 − actual ÷ target for at-most
    targets. Without `floor`: all or nothing. Multiplied first and divided once; not rounded.

    Source: common practice (达标得满分，未达标按比例或不得分). 不发生… is a target of at most 0 events, `counts` saying whether
    they are counted from reports or from recorded cases. A floor with a target of zero is refused (scoring.target-is-zero).
    """
    if is_met(terms, value):
        return terms.weight
    reached = _reached(terms, value)
    return ZERO if reached is None else terms.weight * reached / terms.goal()


def _reached(terms: Terms, value: Decimal) -> Decimal | None:
    """The rate times the target if it is at or above the floor; None below it, or where there is no floor."""
    floor = terms.parameters.get("floor")
    if not isinstance(floor, Decimal) or terms.bound == EXACTLY:
        return None
    reached = TWO * terms.goal() - value if terms.bound == AT_MOST else value
    return reached if reached >= floor * terms.goal() and reached > 0 else None


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """The comparison, and the share where one is due."""
    target = terms.goal()
    facts = {"value": terms.said(value), "target": terms.said(target), "score": shown(score), "weight": shown(terms.weight)}
    if is_met(terms, value):
        return Message("{value} {bound} {target}，得{score}", {**facts, "bound": BOUND_WORDS[terms.bound]})
    if _reached(terms, value) is None:
        return Message("{value}，未达到 {bound} {target}，得{score}", {**facts, "bound": BOUND_WORDS[terms.bound]})
    figures = {**facts, "value": shown(value), "target": shown(target)}
    if terms.bound == AT_MOST:
        return Message("{weight} × (2 − {value} ÷ {target}) = {score}", figures)
    return Message("{weight} × {value} ÷ {target} = {score}", figures)


def check(criterion: str, terms: Terms) -> None:
    """A share of nothing cannot be taken."""
    if "floor" in terms.parameters and terms.target == 0:
        raise TargetIsZeroError(criterion=criterion, strategy="threshold")


THRESHOLD = Strategy(
    name="threshold",
    version=1,
    formula=Message("达到目标得满分；未达到的，完成率不低于下限时按比例得分，否则不得分"),
    points=points,
    working=working,
    parameters=(Parameter("floor", "share", "按比例得分的最低完成率，0 到 1；不写则未达标不得分"),),
    check=check,
)
