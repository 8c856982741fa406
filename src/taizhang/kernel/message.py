"""A sentence for people, kept as template and facts so that a door can translate it and a machine can read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A Chinese template with `{named}` facts. `str()` gives the Chinese; a door looks the template up in its catalogue.

    >>> str(Message("标明{declared}分，合计{computed}分", {"declared": "600", "computed": "590"}))
    '标明600分，合计590分'
    """

    template: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.facts)
