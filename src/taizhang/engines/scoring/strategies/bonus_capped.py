"""bonus_capped 超额加分封顶: proportional up to the target, then so many points for each step beyond it, up to a cap."""

from decimal import ROUND_FLOOR, Decimal

from taizhang.engines.scoring.arithmetic import ONE, ZERO, shown
from taizhang.engines.scoring.errors import ParameterDoesNotFitError
from taizhang.engines.scoring.model import Interval
from taizhang.engines.scoring.strategies import proportional
from taizhang.engines.scoring.strategies.strategy import AT_LEAST, EXACTLY, Parameter, Strategy, Terms
from taizhang.kernel.message import Message


def points(terms: Terms, value: Decimal) -> Decimal:
    """With a target: w · actual ÷ target up to w, plus `each` for every full `step` beyond the target, at most `cap`.
    Without: `each` for every full `step` of the value (events, works, awards), at most `cap`, which is w where it is not given.

    Steps are counted whole (每增加1个百分点加0.5分). Source: common practice (超额完成的加分，最高加…分).
    """
    if terms.target is None:
        return bonus(terms, value)
    if value <= terms.target:
        return proportional.points(terms, value)
    return terms.weight + bonus(terms, value - terms.target)


def bonus(terms: Terms, beyond: Decimal) -> Decimal:
    """Points for what goes beyond."""
    if beyond <= 0:
        return ZERO
    steps = (beyond / terms.number("step")).to_integral_value(ROUND_FLOOR)
    return min(cap(terms), steps * terms.number("each"))


def cap(terms: Terms) -> Decimal:
    """The most that can be added."""
    given = terms.parameters.get("cap")
    return given if isinstance(given, Decimal) else terms.weight


def span(terms: Terms) -> Interval:
    """From nothing to the full mark and the cap."""
    return Interval(ZERO, cap(terms) if terms.target is None else terms.weight + cap(terms))


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """The mark and what was added to it."""
    if terms.target is not None and value <= terms.target:
        return proportional.working(terms, value, score)
    base = ZERO if terms.target is None else terms.weight
    facts = {
        "base": shown(base),
        "beyond": terms.said(value - (terms.target or ZERO)),
        "step": terms.said(terms.number("step")),
        "each": shown(terms.number("each")),
        "cap": shown(cap(terms)),
        "score": shown(score),
    }
    if terms.target is None:
        return Message("共{beyond}，每{step}加{each}，最多加{cap}，得{score}", facts)
    return Message("{base} + 超出{beyond}，每{step}加{each}，最多加{cap}，得{score}", facts)


def full_at(terms: Terms) -> Decimal | None:
    """The target; more still adds."""
    return terms.target


def check(criterion: str, terms: Terms) -> None:
    """A step leads somewhere, and nothing is taken away by a bonus."""
    if terms.number("step") <= 0:
        raise ParameterDoesNotFitError(criterion=criterion, name="step", value=shown(terms.number("step")), wanted="要大于 0")
    for name in ("each", "cap"):
        value = terms.parameters.get(name)
        if isinstance(value, Decimal) and value < 0:
            raise ParameterDoesNotFitError(criterion=criterion, name=name, value=shown(value), wanted="不能小于 0")


BONUS_CAPPED = Strategy(
    name="bonus_capped",
    version=1,
    formula=Message("满分 × 完成数 ÷ 目标数，超出目标的每一步加分，加分不超过上限；没有目标的，逐次加分，不超过上限"),
    points=points,
    working=working,
    parameters=(
        Parameter("each", "number", "每一步加多少分", is_required=True),
        Parameter("step", "number", "一步是多少，不写则为 1", default=ONE),
        Parameter("cap", "number", "最多加多少分，不写则以满分为限"),
    ),
    span=span,
    full_at=full_at,
    check=check,
    bounds=(AT_LEAST, EXACTLY),
    target="optional",
    divides=True,
    is_cumulative=True,
    direction=1,
)
