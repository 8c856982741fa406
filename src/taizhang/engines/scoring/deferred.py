"""Sentences that are made when somebody reads them: a whole year has a hundred thousand, and a page shows thirty."""

from collections.abc import Callable, Mapping
from typing import Any

from taizhang.engines.scoring.arithmetic import exact
from taizhang.kernel.message import Message


class Deferred(Message):
    """A message whose template and facts come of `make(*given)`, in exact figures, the first time they are asked for.

    It equals the message it makes and is copied and pickled as that one. `make` reads nothing but values that never change.
    """

    __slots__ = ("_given", "_made", "_make")

    _make: Callable[..., Message]
    _given: tuple[Any, ...]
    _made: Message | None

    def __init__(self, make: Callable[..., Message], given: tuple[Any, ...]) -> None:
        _set_make(self, make)
        _set_given(self, given)
        _set_made(self, None)

    def _told(self) -> Message:
        if self._made is None:
            with exact():
                _set_made(self, self._make(*self._given))
        assert self._made is not None
        return self._made

    @property
    def template(self) -> str:
        """The Chinese template."""
        return self._told().template

    @property
    def facts(self) -> Mapping[str, str]:
        """What is put into it."""
        return self._told().facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.template, self.facts) == (other.template, other.facts)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._told())

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.template, dict(self.facts))


# The slots themselves: a message is frozen, and asking by name costs more than all the rest.
_set_make, _set_given, _set_made = (vars(Deferred)[name].__set__ for name in ("_make", "_given", "_made"))
