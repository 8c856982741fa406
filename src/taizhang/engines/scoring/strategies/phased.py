"""phased 分阶段: the year in equal phases, each with a share of the mark and a part of the target to be reached by its end."""

from decimal import Decimal
from itertools import pairwise

from taizhang.engines.scoring.arithmetic import ONE, shown
from taizhang.engines.scoring.errors import ParameterDoesNotFitError
from taizhang.engines.scoring.strategies import proportional
from taizhang.engines.scoring.strategies.strategy import AT_LEAST, EXACTLY, Parameter, Strategy, Terms
from taizhang.kernel.message import Message

QUARTERS = (Decimal("0.25"),) * 4


def portions(terms: Terms) -> tuple[Decimal, ...]:
    """The part of the target due by the end of each phase; evenly where nothing is given."""
    given = terms.numbers("portions")
    count = len(terms.numbers("shares"))
    return given or tuple(Decimal(i + 1) / count for i in range(count))


def check(criterion: str, terms: Terms) -> None:
    """Shares make up the whole; portions rise to the whole."""
    shares, due = terms.numbers("shares"), terms.numbers("portions")
    if sum(shares) != ONE:
        raise ParameterDoesNotFitError(
            criterion=criterion,
            name="shares",
            value="、".join(map(shown, shares)),
            wanted=f"相加要等于 1，现在是 {shown(sum(shares, Decimal(0)))}",
        )
    if due and (len(due) != len(shares) or due[-1] != ONE or due[0] <= 0 or any(a > b for a, b in pairwise(due))):
        raise ParameterDoesNotFitError(
            criterion=criterion,
            name="portions",
            value="、".join(map(shown, due)),
            wanted=f"要有 {len(shares)} 个，大于 0，逐段不减，最后一个是 1",
        )


# Each phase is scored as proportional, with the cumulative figure at its end, the mark w · share and the target
# target · portion of the version in force on its last day; the phases add up. A phase that is not over waits (not_due) and spans
# from 0 to its share. Phases are equal numbers of months, quarters where nothing else is given.
# Source: common practice (按季度、按序时进度计分).
PHASED = Strategy(
    name="phased",
    version=1,
    formula=Message("各阶段分别计分后相加：满分 × 阶段比重 × 阶段末累计完成数 ÷ (目标数 × 阶段应完成比例)，每段不超过该段满分"),
    points=proportional.points,
    working=proportional.working,
    parameters=(
        Parameter("shares", "shares", "各阶段占满分的比重，相加等于 1；不写则四个季度各 0.25", default=QUARTERS),
        Parameter("portions", "shares", "各阶段末应完成目标的几成；不写则平均"),
    ),
    check=check,
    bounds=(AT_LEAST, EXACTLY),
    divides=True,
    is_cumulative=True,
    direction=1,
)
