"""gate 一票否决: a red line. Crossed, it takes its own mark and that of the criterion it stands in."""

from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ZERO, shown
from taizhang.engines.scoring.strategies import threshold
from taizhang.engines.scoring.strategies.strategy import AT_MOST, Strategy, Terms
from taizhang.kernel.message import Message


def points(terms: Terms, value: Decimal) -> Decimal:
    """w while the red line holds (at most `target` events, none where there is no target), else 0; the parent criterion is 0 too.

    Source: 一票否决 rules of responsibility systems; which criterion stands under the gate is where the scheme puts it in the
    tree (under the root: the whole). While the fact is unknown the parent may still fall to 0.
    """
    return terms.weight if holds(terms, value) else ZERO


def holds(terms: Terms, value: Decimal) -> bool:
    """True if the line is not crossed."""
    return value <= 0 if terms.target is None else threshold.is_met(terms, value)


def working(terms: Terms, value: Decimal, score: Decimal) -> Message:
    """Whether the line holds."""
    facts = {"value": terms.said(value), "target": terms.said(terms.target or ZERO), "score": shown(score)}
    if holds(terms, value):
        return Message("{value}，没有越过红线 {target}，得{score}", facts)
    return Message("{value}，越过红线 {target}，一票否决，得{score}", facts)


GATE = Strategy(
    name="gate",
    version=1,
    formula=Message("没有越过红线得满分；越过的，本项和所在的上级指标都得 0"),
    points=points,
    working=working,
    full_at=lambda terms: terms.target or ZERO,
    target="optional",
    bounds=(AT_MOST,),
    reads="events",
    direction=-1,
)
