"""Reading text without what only the page put there: white space, formula marks, full-width digits. Offsets lead back.

Whoever reads figures sees one spelling: ASCII digits and operators, full-width Chinese punctuation.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from taizhang.kernel.patterns import regex

_WIDTHS = str.maketrans(
    "０１２３４５６７８９％．＞＜＝＋／－～∼〜≧≦⩾⩽﹥﹤;:?!()[]〔〕［］Ｏ․％　\xa0\n\r\v\f",
    "0123456789%.><=+/-~~~≥≤≥≤><；：？！（）（）（）（）○.%      ",
)
# Layout blanks anywhere but between two Latin letters or digits, and the remains of LaTeX and Markdown around a figure.
_DROPPED = regex(r"(?<![0-9A-Za-z.]) +| +(?![0-9A-Za-z])|\*\*|[$\\`\u200b\u200c\ufeff]")
_COMMA = regex(r",")
_THOUSANDS = regex(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_LATEX = regex(r"\\(?:geqslant|leqslant|geq|leq|times|sim|ge|le)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` to read, the `source` it was made of; `at[i]` is where run i begins in `text`, `origin[i]` where in the source."""

    text: str
    source: str
    at: tuple[int, ...]
    origin: tuple[int, ...]

    def back(self, offset: int) -> int:
        """Offset in the original of the character at `offset`."""
        run = bisect_right(self.at, offset) - 1
        return self.origin[run] + offset - self.at[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of `text[start:end]`, which is not empty."""
        return self.back(start), self.back(end - 1) + 1

    def printed(self, start: int, end: int) -> str:
        """The characters as printed, less white space."""
        first, last = self.span(start, end)
        return "".join(self.source[first:last].split())


def _protect_thousands(match: re.Match[str]) -> str:
    return match.group().replace(",", "'")


def _latex(match: re.Match[str]) -> str:
    word = match.group()
    sign = "≥" if word.startswith(r"\g") else "≤" if word.startswith(r"\l") else "×" if word.startswith(r"\t") else "~"
    return "$" * (len(word) - 1) + sign


def plain_of(text: str) -> Plain:
    """The plain form of a reading text. Total over str; same characters in the same order, only fewer."""
    out = text.translate(_WIDTHS)
    if "," in out:
        out = _COMMA.sub("，", _THOUSANDS.sub(_protect_thousands, out))
    if "\\" in out:
        out = _LATEX.sub(_latex, out)
    kept: list[str] = []
    at: list[int] = []
    origin: list[int] = []
    position = length = 0
    for match in _DROPPED.finditer(out):
        if match.start() > position:
            kept.append(out[position : match.start()])
            at.append(length)
            origin.append(position)
            length += match.start() - position
        position = match.end()
    if position < len(out) or not at:
        kept.append(out[position:])
        at.append(length)
        origin.append(position)
    return Plain("".join(kept), text, tuple(at), tuple(origin))
