"""Printed figures as amounts that can be added and compared: value in its base unit, and how finely it was printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from taizhang.engines.targets.measures.quantities import Figure
from taizhang.engines.targets.measures.units import normalised
from taizhang.kernel.measure import Measure

ZERO = Decimal(0)
_NOT_ADDITIVE = frozenset(
    ["%", "百分点", "年", "月", "日", "岁", "周岁", "位", "级", "倍", "折", "分钟", "秒", "℃", "°C", "度", "分"]
)


@dataclass(frozen=True, slots=True)
class Amount:
    """`text[start:end]` prints `value` of `unit` (万 and 亿 resolved; None where no unit is printed).

    `suffix` is the unit as printed (万人) and `worth` what one of it is in `unit` (10000). `step` is what one in the last
    printed place is worth: 3.6万人 → 1000. `spelled` figures are printed in Chinese numerals.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None
    step: Decimal
    suffix: str
    worth: Decimal
    spelled: bool = False

    @property
    def slack(self) -> Decimal:
        """How far the true value may lie off by rounding: nothing for a plain whole number, else half a step."""
        return ZERO if self.step == 1 else self.step / 2

    @property
    def is_additive(self) -> bool:
        """False for rates, ranks, days of a month and the like, whose sum means nothing."""
        return self.unit is not None and self.unit not in _NOT_ADDITIVE and not self.unit.startswith((":", "/"))


def step_of(value: Decimal) -> Decimal:
    """What one in the last printed place is worth.

    >>> step_of(Decimal("2.50")), step_of(Decimal("300"))
    (Decimal('0.01'), Decimal('1'))
    """
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def amount_of(figure: Figure) -> Amount:
    """The amount a figure prints."""
    value, unit = normalised(figure.value, figure.multiple, figure.base)
    worth = normalised(Decimal(1), figure.multiple, figure.base)[0]
    return Amount(figure.start, figure.end, value, unit, step_of(figure.value) * worth, figure.unit or "", worth, figure.chinese)


def amount_of_measure(measure: Measure) -> Amount | None:
    """The amount a measure prints, without a place; None where it has no figure."""
    value, worth = measure.value, measure.normalized_value
    if not isinstance(value, Decimal) or not isinstance(worth, Decimal):
        return None
    worth = worth / value if value else Decimal(1)
    return Amount(0, 0, value * worth, measure.normalized_unit, step_of(value) * worth, measure.unit or "", worth)


def amounts_of(figures: Iterable[Figure]) -> tuple[Amount, ...]:
    """All figures as amounts, in printed order."""
    return tuple(amount_of(figure) for figure in figures)


def total(amounts: Iterable[Amount]) -> Decimal:
    """Sum of the values."""
    return sum((a.value for a in amounts), ZERO)


def slack(amounts: Iterable[Amount]) -> Decimal:
    """By how much rounding may move their sum."""
    return sum((a.slack for a in amounts), ZERO)


class Fit(Enum):
    """How well parts make up a whole."""

    EXACT = "exact"
    ROUNDED = "rounded"  # the whole is printed more coarsely, and is the sum so rounded
    NEAR = "near"  # off by no more than rounding each figure could explain
    WRONG = "wrong"


def fit(whole: Amount, parts: Sequence[Amount]) -> Fit:
    """Parts against their whole.

    Figures of one sentence are nearly always printed as they were added; so a difference that rounding could just explain
    is told apart from a sum that comes out.
    """
    difference = abs(total(parts) - whole.value)
    if not difference:
        return Fit.EXACT
    coarsest = max((p.step for p in parts), default=Decimal(0))
    if whole.step > coarsest and difference <= whole.slack:
        return Fit.ROUNDED
    if difference <= whole.slack + min(slack(parts), coarsest * 3 / 2):
        return Fit.NEAR
    return Fit.WRONG


def agrees(whole: Amount, parts: Sequence[Amount]) -> bool:
    """True if the parts add up to the whole as printed."""
    return fit(whole, parts) in (Fit.EXACT, Fit.ROUNDED)


def one_digit_apart(one: Decimal, other: Decimal) -> bool:
    """True if the two are printed alike but for one digit: the mark of a misprint.

    >>> one_digit_apart(Decimal("100"), Decimal("700")), one_digit_apart(Decimal("99"), Decimal("100"))
    (True, False)
    """
    left, right = f"{one:f}", f"{other:f}"
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def slip_explains(whole: Amount, parts: Sequence[Amount]) -> bool:
    """True if one misprinted digit, in the whole or in a part, is all that keeps the parts from making up the whole."""
    summed = total(parts)
    needed = [(whole, summed), *((p, whole.value - (summed - p.value)) for p in parts)]
    return any(value > 0 and one_digit_apart(_printed(amount, amount.value), _printed(amount, value)) for amount, value in needed)


def _printed(amount: Amount, value: Decimal) -> Decimal:
    """The number a value would be printed as in the place of an amount; with more decimals than fit, none of its length."""
    number = value / amount.worth
    places = (amount.step / amount.worth).normalize()
    fitting = number.quantize(places) if places < 1 else number.quantize(Decimal(1))
    return fitting if fitting == number else Decimal("-0.00000001")


def plain_number(value: Decimal) -> str:
    """Without exponent or useless zeros.

    >>> plain_number(Decimal("4.10")), plain_number(Decimal("3E+3"))
    ('4.1', '3000')
    """
    return f"{value.normalize():f}"


def shown(value: Decimal, like: Amount) -> str:
    """A value in the unit another amount is printed in, so that the two can be read side by side.

    >>> shown(Decimal(41000), Amount(0, 5, Decimal(36000), "人", Decimal(1000), "万人", Decimal(10000)))
    '4.1万人'
    """
    return plain_number(value / like.worth) + like.suffix
