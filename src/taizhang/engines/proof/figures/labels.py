"""The words that name a printed figure, and finding a figure again by such words."""

from collections.abc import Iterable

from taizhang.engines.proof.amounts import Amount
from taizhang.engines.proof.context import Passage
from taizhang.kernel.patterns import regex

_BREAK = regex(r"[，。；、：（）！？\n]")
_LONGEST = 30


def label_of(passage: Passage, amount: Amount) -> str:
    """The words right before a figure, back to the last mark: 全市常住人口 before 224.1万人."""
    before = passage.text[max(0, amount.start - _LONGEST) : amount.start]
    return _BREAK.split(before)[-1]


def clause_of(passage: Passage, amount: Amount) -> str:
    """The words around a figure between two marks, the figure itself left out."""
    after = passage.text[amount.end : amount.end + _LONGEST]
    return label_of(passage, amount) + _BREAK.split(after)[0]


def bigrams(words: str) -> set[str]:
    """Pairs of neighbouring characters."""
    return {words[i : i + 2] for i in range(len(words) - 1)}


def likeness(words: str, label: str) -> float:
    """Share of the pairs of `words` that stand in `label`.

    >>> likeness("推算残疾人数", "据推算有各类残疾人约")
    0.6
    """
    pairs = bigrams(words)
    return len(pairs & bigrams(label)) / len(pairs) if pairs else 0.0


def best_named(words: str, candidates: Iterable[tuple[Passage, Amount]]) -> tuple[Passage, Amount] | None:
    """The figure whose label says at least half of `words`; the likeliest, the first of equals."""
    best: tuple[Passage, Amount] | None = None
    best_likeness = 0.5
    for passage, amount in candidates:
        found = likeness(words, clause_of(passage, amount))
        if found >= best_likeness and (best is None or found > best_likeness):
            best, best_likeness = (passage, amount), found
    return best
