"""efficacy 功效系数: between an unacceptable and a satisfactory value, a base share of the mark plus the rest in proportion."""

from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ZERO, shown
from taizhang.engines.scoring.errors import ParameterDoesNotFitError
from taizhang.engines.scoring.strategies.strategy import AT_MOST, Parameter, Strategy, Terms
from taizhang.kernel.message import Message

HUNDRED = Decimal(100)
SIXTY = Decimal(60)


def points(terms: Terms, value: Decimal) -> Decimal:
    """w · (60 + 40 · (x − floor) ÷ (target − floor)) ÷ 100, from 0 to w; `base` in place of 60 leaves 100 − base for the rest.

    Below `floor` the same line goes on down to 0. For at-most targets the floor lies above the target and both differences turn
    their sign. One division, not rounded. Source: 功效系数法, used in 企业绩效评价 and in comparisons of areas.
    """
    target, floor, base = terms.goal(), terms.number("floor"), terms.number("base")
    width = target - floor
    # The whole over one divisor: (base · width + (100 − base) · (x − floor)) ÷ (100 · width).
    above = base * width + (HUNDRED - base) * (value - floor)
    score = terms.weight * above / (HUNDRED * width)
    return min(terms.weight, max(ZERO, score))


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """The formula with its figures."""
    base = terms.number("base")
    facts = {
        "weight": shown(terms.weight),
        "base": shown(base),
        "rest": shown(HUNDRED - base),
        "value": shown(value),
        "floor": shown(terms.number("floor")),
        "target": shown(terms.goal()),
        "score": shown(score),
    }
    if score in (ZERO, terms.weight):
        return Message(
            "{weight} × ({base} + {rest} × ({value} − {floor}) ÷ ({target} − {floor})) ÷ 100，限于 0 到 {weight}，得{score}",
            facts,
        )
    return Message("{weight} × ({base} + {rest} × ({value} − {floor}) ÷ ({target} − {floor})) ÷ 100 = {score}", facts)


def check(criterion: str, terms: Terms) -> None:
    """The floor lies on the bad side of the target, and the base between 0 and 100."""
    floor, base = terms.number("floor"), terms.number("base")
    if not ZERO <= base < HUNDRED:
        raise ParameterDoesNotFitError(criterion=criterion, name="base", value=shown(base), wanted="要在 0 到 100 之间，不含 100")
    if terms.target is None:
        return
    is_wrong = floor <= terms.target if terms.bound == AT_MOST else floor >= terms.target
    if is_wrong:
        side = "要大于控制数" if terms.bound == AT_MOST else "要小于目标数"
        raise ParameterDoesNotFitError(
            criterion=criterion, name="floor", value=shown(floor), wanted=f"{side} {shown(terms.target)}，否则分不出好坏"
        )


EFFICACY = Strategy(
    name="efficacy",
    version=1,
    formula=Message("满分 × (60 + 40 × (实际数 − 不允许值) ÷ (满意值 − 不允许值)) ÷ 100，限于 0 到满分"),
    points=points,
    working=working,
    parameters=(
        Parameter("floor", "number", "不允许值，刚好达到时得基础分", is_required=True),
        Parameter("base", "number", "基础分，百分制，不写则为 60", default=SIXTY),
    ),
    check=check,
)
