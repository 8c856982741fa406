"""Enumerations of bodies in running text and cells, entry by entry, whether or not an entry reads like a body."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_letters, digits
from weakref import WeakKeyDictionary

from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.kernel.patterns import regex

_BREAKS = dict.fromkeys(map(ord, "，。；：！？（）“”‘’《》〈〉…—·%~+-=<>/.,;:!?()'\" \n\t" + ascii_letters + digits), "|")
_LAST = regex(r"(?:等|按照|按|分别|负责|牵头|配合|共同|参加|参与|[和及与]).*\Z")
_ENDS = frozenset("局委办厅部署会社联站所处队台馆院校区县市镇乡州盟旗行司心协府室组")  # what names of bodies end with
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
    """Every enumeration of an issue that may be one of bodies, found once for all rules."""
    if context not in _KEPT:
        _KEPT[context] = tuple(_enumerations(context))
    return _KEPT[context]


def _enumerations(context: ProofContext) -> Iterator[Enumeration]:
    for passage, at, words in _runs(context):
        parts = words.split("、")
        if not any(part[-1:] in _ENDS for part in parts[:-1]):
            continue
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


def _runs(context: ProofContext) -> Iterator[tuple[Passage, int, str]]:
    """Stretches of Chinese characters and 、 that hold a 、, with their offsets."""
    for passage in context.passages:
        if "、" not in passage.text:
            continue
        at = 0
        for words in passage.text.translate(_BREAKS).split("|"):
            if "、" in words:
                yield passage, at, words
            at += len(words) + 1
