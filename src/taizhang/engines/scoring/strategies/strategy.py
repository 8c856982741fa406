"""What a strategy is: a formula over one weight, one target and one value, with typed parameters.

Points never leave `span(terms)` (from 0 to the weight, more only where a bonus says so) and run in one direction with the value,
unless the strategy asks for exactly the target.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from taizhang.engines.scoring.arithmetic import ZERO, with_unit
from taizhang.engines.scoring.model import Interval
from taizhang.kernel.message import Message

AT_LEAST = ">="
AT_MOST = "<="
EXACTLY = "="
BOUND_WORDS = {AT_LEAST: "≥", AT_MOST: "≤", EXACTLY: "="}


class Terms(NamedTuple):
    """What a stretch of the year is scored by, apart from the figure: full mark, target (None: the strategy has none, or
    `awaits` says who sets it), how the target binds, checked parameters, unit as printed. `before`: the day whose figure the
    stretch's own starts from (None: from zero)."""

    weight: Decimal
    target: Decimal | None
    bound: str
    parameters: Mapping[str, object]
    unit: str
    start: date = date.min
    end: date = date.max
    before: date | None = None
    awaits: str | None = None

    def number(self, name: str) -> Decimal:
        """A parameter that is known to be a figure."""
        value = self.parameters[name]
        assert isinstance(value, Decimal)
        return value

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """A parameter that is known to be a row of figures; empty where it is not given."""
        value = self.parameters.get(name) or ()
        assert isinstance(value, tuple)
        return value

    def goal(self) -> Decimal:
        """The target of a strategy that has been checked to have one."""
        assert self.target is not None
        return self.target

    def said(self, value: Decimal) -> str:
        """A figure with the unit."""
        return with_unit(value, self.unit)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: `kind` number, share (0 to 1), shares, numbers, texts, flag or choice; `default` None and `is_required`
    False: may stay away. `meaning` is said to who forgot or mistook it."""

    name: str
    kind: str
    meaning: str
    is_required: bool = False
    default: object = None
    choices: tuple[str, ...] = ()


def full_range(terms: Terms) -> Interval:
    """From nothing to the full mark."""
    return Interval(ZERO, terms.weight)


def no_check(criterion: str, terms: Terms) -> None:
    """Nothing beyond types and target to check."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A named strategy of a version.

    `points(terms, value)` and `working(terms, value, points)`; `span(terms)` what is possible while the value is unknown;
    `full_at(terms)` the value from which the full mark is due, None where there is none. `bounds` it may have, `target` whether
    it is required, optional or none; `divides` by the target, which may not be zero then. `reads` figure, stage or events:
    events are counted from recorded cases where nothing else is said. `is_cumulative`: its figures add up over the year.
    """

    name: str
    version: int
    formula: Message
    points: Callable[[Terms, Decimal], Decimal]
    working: Callable[[Terms, Decimal, Decimal], Message]
    parameters: tuple[Parameter, ...] = ()
    span: Callable[[Terms], Interval] = full_range
    full_at: Callable[[Terms], Decimal | None] = lambda terms: terms.target
    check: Callable[[str, Terms], None] = no_check
    bounds: tuple[str, ...] = (AT_LEAST, AT_MOST, EXACTLY)
    target: str = "required"
    divides: bool = False
    reads: str = "figure"
    is_cumulative: bool = False
    direction: int = 0  # 1: more is better, -1: less is better, 0: as the bound says
