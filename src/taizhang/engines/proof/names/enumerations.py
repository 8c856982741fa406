"""Enumerations of bodies in running text and cells, entry by entry, whether or not an entry reads like a body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.kernel.patterns import regex

_RUN = regex(r"[\u4e00-\u9fff、]{5,}")
_LAST = regex(r"(?:等|按照|按|分别|负责|牵头|配合|共同|参加|参与|[和及与]).*\Z")
_LONGEST = 24  # characters of an entry, prose before the first and after the last included
_BEFORE = frozenset("由经报请向对与同")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry at `start` of its passage. `opens` and `closes`: prose may stand before the first and after the last."""

    text: str
    start: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Two entries or more between 、."""

    passage: Passage
    entries: tuple[Entry, ...]


_KEPT: WeakKeyDictionary[ProofContext, tuple[Enumeration, ...]] = WeakKeyDictionary()


def enumerations_of(context: ProofContext) -> tuple[Enumeration, ...]:
    """Every enumeration of an issue, found once for all rules."""
    if context not in _KEPT:
        _KEPT[context] = tuple(_enumerations(context))
    return _KEPT[context]


def _enumerations(context: ProofContext) -> Iterator[Enumeration]:
    for passage, match in _runs(context):
        parts = match.group().split("、")
        at = match.start()
        entries: list[Entry] = []
        for index, part in enumerate(parts):
            is_first, is_last = index == 0, index == len(parts) - 1
            kept = _LAST.sub("", part) if is_last else part
            start = at
            if is_first and kept[:1] in _BEFORE:
                kept, start = kept[1:], at + 1
            if is_first and len(kept) > _LONGEST:
                kept, start = kept[-_LONGEST:], at + len(part) - _LONGEST
            if len(kept) > 1:
                entries.append(Entry(kept[:_LONGEST], start, is_first, is_last))
            at += len(part) + 1
        yield Enumeration(passage, tuple(entries))


def _runs(context: ProofContext) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in context.passages:
        if "、" in passage.text:
            for match in _RUN.finditer(passage.text):
                if "、" in match.group():
                    yield passage, match
