"""What counts as the same text: widths, cases, brackets and spaces folded; and the pairs of characters that are indexed.

A row matches a word if the folded word is a substring of the folded row, nothing more and nothing less. Chinese has no spaces
between words and a dictionary loses real hits (a cut inside a name), so pairs of neighbouring characters are indexed and a word
is looked up as a phrase of its pairs.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

_OPENING, _CLOSING = "〔[【〖", "〕]】〗"
_NOTHING = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")


class _Folding(dict[int, str]):
    """Code point to its folded characters, worked out once each."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_plain(c) for c in unicodedata.normalize("NFKC", chr(code)).casefold())
        self[code] = folded
        return folded


def _plain(character: str) -> str:
    if character in _OPENING:
        return "("
    if character in _CLOSING:
        return ")"
    return "" if unicodedata.category(character) in _NOTHING else character


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Text in half width and small letters, without spaces and invisible characters, all brackets round.

    >>> fold("崤政 ［２０２５］ 6 号"), fold("ＧＤＰ增长 6.5％")
    ('崤政(2025)6号', 'gdp增长6.5%')
    """
    return text.translate(_FOLDING)


def terms_of(query: str, most: int = 8) -> tuple[str, ...]:
    """The folded words of a query, which is cut at spaces; all of them must be found. At most `most` words.

    >>> terms_of(" 补贴　申请 GDP ")
    ('补贴', '申请', 'gdp')
    """
    return tuple(dict.fromkeys(folded for word in query.split()[:most] if (folded := fold(word))))


def pairs(folded: str) -> list[str]:
    """Each character with the next.

    >>> pairs("补贴款")
    ['补贴', '贴款']
    """
    return [a + b for a, b in pairwise(folded)]


def marked(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where `text` holds folded `terms`: ranges of its own characters, joined where they touch, in order.

    >>> marked("增长 8 ％;", ["8%"])
    [(3, 6)]
    """
    pieces = [_FOLDING[ord(c)] for c in text]
    folded = "".join(pieces)
    owner = [index for index, piece in enumerate(pieces) for _ in piece]
    found: list[tuple[int, int]] = []
    for term in terms:
        at = folded.find(term) if term else -1
        while at >= 0:
            found.append((owner[at], owner[at + len(term) - 1] + 1))
            at = folded.find(term, at + 1)
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
