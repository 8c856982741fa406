"""What a little more would do, in words: 再增1,000人，加1.88分；增3,589人，本项满分."""

from decimal import Decimal
from functools import cache, partial

from taizhang.engines.scoring.arithmetic import ONE, ZERO, rounded, shown
from taizhang.engines.scoring.deferred import Deferred
from taizhang.engines.scoring.model import Rounding
from taizhang.engines.scoring.strategies import Strategy, Terms
from taizhang.kernel.message import Message

# A step of the size people speak in: a tenth of the target's leading power of ten (1,000 of 40,000; 0.1 of 4.5).
_UP = ("再增{step}，加{gain}分；增{gap}，本项满分", "增{gap}，本项满分")
_DOWN = ("再降{step}，加{gain}分；降{gap}，本项满分", "降{gap}，本项满分")
_UP_PART = ("再增{step}，加{gain}分；增{gap}，本段满分", "增{gap}，本段满分")
_DOWN_PART = ("再降{step}，加{gain}分；降{gap}，本段满分", "降{gap}，本段满分")
_PERCENT = ("%", "％")

# Strategy, terms, the figure, the points it has, and the places to which gains are shown.
Known = tuple[Strategy, Terms, Decimal, Decimal, int]


def marginal(known: Known, *, is_part: bool = False) -> Message | None:
    """What the next step adds and what is missing to the full mark, gains rounded half up to `places`; None where nothing more
    can be gained or the value has no more and less. `is_part`: the full mark is that of this part of the year."""
    strategy, terms, value, _, places = known
    if terms.weight <= ZERO or strategy.name == "gate":
        return None
    if strategy.reads == "events" or (terms.bound == "<=" and terms.parameters.get("counts")):
        return _event(strategy, terms, value, places)
    if strategy.reads == "stage":
        return _stage(terms, value, places)
    full = strategy.full_at(terms)
    direction = _direction(strategy, terms)
    if direction == 0:
        return None
    if full is None or (value >= full if direction > 0 else value <= full):
        return _more(known) if strategy.name == "bonus_capped" else None
    if strategy.name == "rank":
        return Deferred(_place, known)
    return Deferred(_part_step if is_part else _step, known)


def _direction(strategy: Strategy, terms: Terms) -> int:
    return strategy.direction or (0 if terms.bound == "=" else -1 if terms.bound == "<=" else 1)


def _step(strategy: Strategy, terms: Terms, value: Decimal, points: Decimal, places: int, *, is_part: bool = False) -> Message:
    full, direction = strategy.full_at(terms), _direction(strategy, terms)
    assert full is not None
    gap = abs(full - value)
    step = step_of(full if full else gap)
    gain = _rounded(strategy.points(terms, value + step * direction) - points, places) if step < gap else ZERO
    unit = "个百分点" if terms.unit in _PERCENT else terms.unit
    facts = {"gap": shown(gap) + unit, "step": shown(step) + unit, "gain": shown(gain)}
    nth = 0 if gain > 0 else 1
    if is_part:
        return Message(_UP_PART[nth] if direction > 0 else _DOWN_PART[nth], facts)
    return Message(_UP[nth] if direction > 0 else _DOWN[nth], facts)


_part_step = partial(_step, is_part=True)


def step_of(target: Decimal) -> Decimal:
    """The step to speak of.

    >>> step_of(Decimal(40000)), step_of(Decimal("4.5"))
    (Decimal('1E+3'), Decimal('0.1'))
    """
    return ONE.scaleb(target.adjusted() - 1)


def _rounded(value: Decimal, places: int) -> Decimal:
    return rounded(value, _rounding(places))


@cache
def _rounding(places: int) -> Rounding:
    return Rounding(places)


def _more(known: Known) -> Message | None:
    """Beyond the target, or where there is none, a bonus still adds until its cap."""
    strategy, terms, value, points, places = known
    step = terms.number("step")
    gain = _rounded(strategy.points(terms, value + step) - points, places)
    return Message("再增{step}，加{gain}分", {"step": terms.said(step), "gain": shown(gain)}) if gain > 0 else None


def _place(strategy: Strategy, terms: Terms, value: Decimal, points: Decimal, places: int) -> Message:
    full = strategy.full_at(terms)
    assert full is not None
    gain = _rounded(strategy.points(terms, value - ONE) - points, places)
    facts = {"gain": shown(gain), "full": shown(full)}
    if value - ONE <= full:
        return Message("前进1位，本项满分")
    if gain > 0:
        return Message("前进1位，加{gain}分；到第{full}位，本项满分", facts)
    return Message("到第{full}位，本项满分", facts)


def _event(strategy: Strategy, terms: Terms, value: Decimal, places: int) -> Message | None:
    loss = _rounded(strategy.points(terms, value) - strategy.points(terms, value + ONE), places)
    if strategy.direction > 0 or loss < 0:
        return None
    return Message("再发生1次，扣{loss}分", {"loss": shown(loss)}) if loss > 0 else Message("已扣到底，再发生不再扣分")


def _stage(terms: Terms, value: Decimal, places: int) -> Message | None:
    names = terms.parameters.get("stages")
    if not isinstance(names, tuple):
        return None
    better = [(rate, str(name)) for name, rate in zip(names, terms.numbers("rates"), strict=True) if rate > value]
    if not better:
        return None
    rate, name = min(better)
    gain = _rounded(terms.weight * (rate - value), places)
    return Message("到“{stage}”，加{gain}分", {"stage": name, "gain": shown(gain)})
