"""Splits a mark into parts of two places that add up to it again."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

_CENT = Decimal("0.01")


def shares_of(total: Decimal, ratios: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """`total` in proportion to `ratios`, to two places, by the largest remainder (最大余数法).

    Each part is cut, and the hundredths left over go, one each, to the parts that lost most; of equal losses, to the first.

    >>> shares_of(Decimal(100), [Decimal(1)] * 3)
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    >>> shares_of(Decimal(100), [Decimal(1), Decimal(2)])
    (Decimal('33.33'), Decimal('66.67'))
    """
    whole = sum(ratios, Decimal(0))
    if not whole:
        return tuple(Decimal(0) for _ in ratios)
    parts = [(total * ratio / whole).quantize(_CENT, ROUND_DOWN) for ratio in ratios]
    # What a part lost, times the whole: no division, so that equal losses are equal.
    lost = [total * ratio - part * whole for part, ratio in zip(parts, ratios, strict=True)]
    left = int((total - sum(parts, Decimal(0))) / _CENT)
    for i in sorted(range(len(parts)), key=lambda i: (-lost[i], i))[:left]:
        parts[i] += _CENT
    # A total of more than two places keeps its tail on the first part.
    tail = total - sum(parts, Decimal(0))
    return tuple(plain(part + tail if i == 0 else part) for i, part in enumerate(parts))


def evenly(total: Decimal, count: int) -> tuple[Decimal, ...]:
    """`total` in `count` parts that differ by a hundredth at most."""
    return shares_of(total, [Decimal(1)] * count)


def plain(figure: Decimal) -> Decimal:
    """The figure without zeros behind the point and without an exponent.

    >>> plain(Decimal("80.00")), plain(Decimal("12.50"))
    (Decimal('80'), Decimal('12.5'))
    """
    short = figure.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
