"""Exact figures: one decimal context of high precision, rounding by name, and figures as people read them.

Fifty digits leave what a division cannot hold far behind any place a score is rounded to; sums and rounding first take that
residue away, so that three thirds are one and a tie is a tie.
"""

from contextlib import AbstractContextManager
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from functools import cache, lru_cache

from taizhang.engines.scoring.errors import RoundingModeIsUnknownError
from taizhang.engines.scoring.model import Interval, Rounding

ZERO = Decimal(0)
ONE = Decimal(1)
CONTEXT = Context(prec=50, rounding=ROUND_HALF_EVEN)
MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
_RESIDUE = Decimal(1).scaleb(-35)
_PLACES = 20
_CLEAN = Decimal(1).scaleb(-_PLACES)
_SHOWN = Decimal(1).scaleb(-6)


def exact() -> AbstractContextManager[Context]:
    """The context in which scores are computed."""
    return localcontext(CONTEXT)


def rounded(value: Decimal, rounding: Rounding) -> Decimal:
    """`value` at the places and in the mode of the rule.

    >>> rounded(Decimal("143.270625"), Rounding())
    Decimal('143.27')
    >>> rounded(Decimal("0.005"), Rounding(2, "half_even"))
    Decimal('0.00')
    """
    mode = MODES.get(rounding.mode)
    if mode is None:
        raise RoundingModeIsUnknownError(mode=rounding.mode, known="、".join(MODES))
    return whole(value).quantize(_quantum(rounding.places), mode, CONTEXT)


@cache
def _quantum(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def whole(value: Decimal) -> Decimal:
    """The figure of at most 20 places that `value` is but for what divisions could not hold (35 places behind the point); else
    `value` itself.

    >>> whole(Decimal("0." + "9" * 50)), whole(Decimal("0.125"))
    (Decimal('1.00000000000000000000'), Decimal('0.125'))
    """
    try:
        near = value.quantize(_CLEAN, ROUND_HALF_EVEN, CONTEXT)
    except InvalidOperation:  # infinite, or longer than figures are
        return value
    return near if near != value and value.is_finite() and abs(value - near) < _RESIDUE else value


def rounded_interval(score: Interval, rounding: Rounding) -> Interval:
    """Both ends rounded by the same rule."""
    low = rounded(score.low, rounding)
    return _point(low) if score.high == score.low else Interval(low, rounded(score.high, rounding))


@lru_cache(maxsize=65_536)
def _point(value: Decimal) -> Interval:
    """One value. A year's scores are few different figures of two places; one object for each spares the collector the rest."""
    return Interval(value, value)


@lru_cache(maxsize=65_536)
def canonical(value: Decimal) -> str:
    """The one way a figure is written in JSON and digests: no exponent, no zeros behind. Kept: equal figures have one text.

    >>> canonical(Decimal("150.00")), canonical(Decimal("5E+3")), canonical(Decimal("0.10"))
    ('150', '5000', '0.1')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shown(value: Decimal) -> str:
    """A figure for people: thousands apart, no zeros behind; what does not end is cut after six places and says so.

    >>> shown(Decimal("36411.0")), shown(Decimal(1) / Decimal(3))
    ('36,411', '0.333333…')
    """
    text = format(value, ",f")
    point = text.find(".")
    if point < 0:
        return text
    if len(text) - point > 11:
        cut = value.quantize(_SHOWN, ROUND_DOWN, CONTEXT)
        text = format(cut, ",f")
        if abs(value - cut) >= _RESIDUE:
            return text + "…"
    return text.rstrip("0").rstrip(".")


def with_unit(value: Decimal, unit: str) -> str:
    """A figure with its unit behind it, as printed in Chinese."""
    return shown(value) + unit
