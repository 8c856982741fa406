"""deduct 逐次扣分: so many points off for each counted event, never below nothing."""

from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ZERO, shown
from taizhang.engines.scoring.errors import ParameterDoesNotFitError
from taizhang.engines.scoring.model import Interval
from taizhang.engines.scoring.strategies.strategy import Parameter, Strategy, Terms
from taizhang.kernel.message import Message


def points(terms: Terms, value: Decimal) -> Decimal:
    """w − min(cap, each · n), never below 0; n events, `cap` the most this item can lose (w where it is not given). Not rounded.

    Events are the recorded cases of the metric; with `counts` = reported they are the reported number, and recorded cases count
    where there are more of them. Source: 每发现一次扣…分，扣完为止.
    """
    return max(lowest(terms), terms.weight - terms.number("each") * max(value, ZERO))


def lowest(terms: Terms) -> Decimal:
    """What is left when nothing more can be taken."""
    cap = terms.parameters.get("cap")
    return max(ZERO, terms.weight - cap) if isinstance(cap, Decimal) else ZERO


def span(terms: Terms) -> Interval:
    """From what the cap leaves to the full mark."""
    return Interval(lowest(terms), terms.weight)


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """What was taken, and where it stopped."""
    each = terms.number("each")
    facts = {"weight": shown(terms.weight), "each": shown(each), "count": shown(value), "score": shown(score)}
    if terms.weight - each * value < score:
        return Message("{weight} − {each} × {count}，扣到 {score} 为止，得{score}", facts)
    return Message("{weight} − {each} × {count} = {score}", facts)


def check(criterion: str, terms: Terms) -> None:
    """A deduction takes."""
    for name in ("each", "cap"):
        value = terms.parameters.get(name)
        if isinstance(value, Decimal) and value < 0:
            raise ParameterDoesNotFitError(criterion=criterion, name=name, value=shown(value), wanted="写扣多少，不能小于 0")


DEDUCT = Strategy(
    name="deduct",
    version=1,
    formula=Message("满分 − 每次扣分 × 次数，扣完为止"),
    points=points,
    working=working,
    parameters=(
        Parameter("each", "number", "每次扣多少分", is_required=True),
        Parameter("cap", "number", "本项最多扣多少分，不写则扣完为止"),
    ),
    span=span,
    full_at=lambda terms: ZERO,
    check=check,
    target="none",
    reads="events",
    direction=-1,
)
