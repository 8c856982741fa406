"""The bodies an issue names, as the registry sees them: made once for all rules on names."""

from collections import defaultdict
from functools import cached_property
from weakref import WeakKeyDictionary

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.model import PlacedMention
from taizhang.engines.registry.names import contracted, parse_name
from taizhang.engines.registry.reading import place_mentions, survey
from taizhang.kernel.spans import Span

LONGEST = 48  # characters of a span


class Bodies:
    """Registry and mentions of one issue. A pack's registry is used where the context has one, else what the text tells."""

    def __init__(self, context: ProofContext) -> None:
        if context.registry is None:
            found = survey(context.issue)
            self.registry: Registry = found.registry
            self.mentions: tuple[PlacedMention, ...] = found.mentions
        else:
            self.registry = context.registry
            self.mentions = place_mentions(context.issue, context.registry)

    @cached_property
    def rows(self) -> dict[int, list[PlacedMention]]:
        """Mentions by the enumeration they stand in, headings left out."""
        rows: dict[int, list[PlacedMention]] = defaultdict(list)
        for mention in self.mentions:
            if not mention.heading:
                rows[mention.row].append(mention)
        return dict(rows)

    @cached_property
    def by_key(self) -> dict[tuple[str, str], list[PlacedMention]]:
        """Mentions by level and contraction (市, 发展改革委)."""
        found: dict[tuple[str, str], list[PlacedMention]] = defaultdict(list)
        for mention in self.mentions:
            found[key_of(mention.name)].append(mention)
        return dict(found)


def key_of(name: str) -> tuple[str, str]:
    """Level and contraction of a name: equal keys are one name.

    >>> key_of("崤陵市发展和改革委员会") == key_of("市发展改革委")
    True
    """
    parts = parse_name(name)
    return parts.level, contracted(parts.core)


def place_of(mention: PlacedMention) -> Span:
    """The printed name, without what a list entry carries after it (按职责分工负责)."""
    core = parse_name(mention.name).core
    at = mention.printed.find(core)
    return Span(mention.span.start, mention.span.start + at + len(core)) if at >= 0 else mention.span


_KEPT: WeakKeyDictionary[ProofContext, Bodies] = WeakKeyDictionary()


def bodies_of(context: ProofContext) -> Bodies:
    """The bodies of an issue under proof."""
    if context not in _KEPT:
        _KEPT[context] = Bodies(context)
    return _KEPT[context]
