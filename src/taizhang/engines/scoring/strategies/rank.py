"""rank 位次: the place reached in a ranking made elsewhere (全省第几位)."""

from decimal import Decimal
from itertools import pairwise

from taizhang.engines.scoring.arithmetic import ONE, ZERO, shown
from taizhang.engines.scoring.errors import ParameterDoesNotFitError, ParameterIsMissingError
from taizhang.engines.scoring.strategies.strategy import AT_MOST, EXACTLY, Parameter, Strategy, Terms
from taizhang.kernel.message import Message


def points(terms: Terms, value: Decimal) -> Decimal:
    """With `rates`: w · rates[place − 1], 0 behind the last of them. With `of` (how many are ranked): w at the target place or
    before it, then evenly down to 0 at the last place, w · (of − place) ÷ (of − target). Divided once, not rounded.

    Places are whole and 1 is the best, so the target's bound is `<=` (居前5位). Source: common practice (位次得分).
    """
    if terms.parameters.get("rates"):
        rates = terms.numbers("rates")
        place = int(value)
        return terms.weight * rates[place - 1] if place <= len(rates) else ZERO
    target, of = terms.goal(), terms.number("of")
    if value <= target:
        return terms.weight
    return ZERO if value >= of else terms.weight * (of - value) / (of - target)


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """The place and what it gives."""
    facts = {"place": shown(value), "weight": shown(terms.weight), "score": shown(score)}
    if terms.parameters.get("rates"):
        return Message("第{place}位，得{score}", facts)
    target, of = terms.goal(), terms.number("of")
    facts |= {"target": shown(target), "of": shown(of)}
    if value <= target:
        return Message("第{place}位，在前{target}位，得{score}", facts)
    if value >= of:
        return Message("第{place}位，共{of}位，排在最后，得{score}", facts)
    return Message("{weight} × ({of} − {place}) ÷ ({of} − {target}) = {score}", facts)


def full_at(terms: Terms) -> Decimal | None:
    """The target place; with rates the last place that gives the whole."""
    if terms.parameters.get("rates"):
        full = sum(1 for r in terms.numbers("rates") if r == ONE)
        return Decimal(full) if full else None
    return terms.target


def check(criterion: str, terms: Terms) -> None:
    """One of the two rules, and a later place never gives more."""
    rates = terms.numbers("rates")
    if rates:
        if any(a < b for a, b in pairwise(rates)):
            raise ParameterDoesNotFitError(
                criterion=criterion, name="rates", value="、".join(map(shown, rates)), wanted="靠后的位次不能比靠前的得分多"
            )
        return
    if "of" not in terms.parameters:
        raise ParameterIsMissingError(
            criterion=criterion, strategy="rank", name="of", meaning="参加排名的有多少个，或用 rates 逐位写明"
        )
    if terms.target is not None and terms.number("of") <= terms.target:
        raise ParameterDoesNotFitError(
            criterion=criterion, name="of", value=shown(terms.number("of")), wanted=f"要大于目标位次 {shown(terms.target)}"
        )


RANK = Strategy(
    name="rank",
    version=1,
    formula=Message("进入目标位次得满分，以后逐位递减，末位得 0；或按各位次写明的比例得分"),
    points=points,
    working=working,
    parameters=(
        Parameter("of", "number", "参加排名的有多少个"),
        Parameter("rates", "shares", "各位次得满分的几成，从第一位起"),
    ),
    full_at=full_at,
    check=check,
    bounds=(AT_MOST, EXACTLY),
    target="optional",
    direction=-1,
)
