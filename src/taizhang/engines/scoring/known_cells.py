"""The cell of a leaf whose figure is known, which tells its formula and what a little more would do when somebody asks.

A whole year has a hundred thousand such cells, and a page shows thirty: two sentences made beforehand for each would be most of
what scoring makes.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from taizhang.engines.scoring.arithmetic import exact
from taizhang.engines.scoring.marginal import Known, marginal
from taizhang.engines.scoring.model import Case, Cell, Interval, Observation
from taizhang.kernel.message import Message


def working(known: Known) -> Message:
    """The formula with the figures of a leaf."""
    strategy, terms, value, points, _ = known
    return strategy.working(terms, value, points)


class KnownCell(Cell):
    """A cell whose `formula` and `marginal` are made from `known`, in exact figures, each time they are read.

    It waits for nothing, applies, and has no children; it equals a cell with the same sentences and is copied and pickled as one.
    """

    __slots__ = ("_known",)

    _known: Known

    def __init__(
        self,
        criterion: str,
        weight: Decimal | None,
        score: Interval,
        inputs: tuple[Observation, ...],
        cases: tuple[Case, ...],
        status: str,
        known: Known,
    ) -> None:
        _set_criterion(self, criterion)
        _set_weight(self, weight)
        _set_score(self, score)
        _set_applicable(self, True)
        _set_inputs(self, inputs)
        _set_cases(self, cases)
        _set_waits(self, ())
        _set_status(self, status)
        _set_children(self, ())
        _set_known(self, known)

    @property
    def formula(self) -> Message:
        """The working of its figure."""
        with exact():
            return working(self._known)

    @property
    def marginal(self) -> Message | None:
        """What a little more would do."""
        with exact():
            return marginal(self._known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cell) and _values(self) == _values(other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return Cell, _values(self)


def _values(cell: Cell) -> tuple[Any, ...]:
    return tuple(getattr(cell, name) for name in _NAMES)


_NAMES = tuple(Cell.__dataclass_fields__)
_SLOTS: Mapping[str, Any] = {**vars(Cell), **vars(KnownCell)}
# The slots themselves: a cell is frozen, and asking by name costs more than all the rest.
(
    _set_criterion,
    _set_weight,
    _set_score,
    _set_applicable,
    _set_inputs,
    _set_cases,
    _set_waits,
    _set_status,
    _set_children,
    _set_known,
) = (
    _SLOTS[name].__set__
    for name in (
        "criterion",
        "weight",
        "score",
        "is_applicable",
        "inputs",
        "cases",
        "waits",
        "status",
        "children",
        "_known",
    )
)
