"""Finding printed figures: a number with its unit, what is left of it and what limits it, in one pass over the text.

Refuses to know which of them measure something (`genuine`) and what they are for (`roles`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.engines.targets.measures import units
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex


def _longest_first(words: tuple[str, ...]) -> str:
    """An alternation of the words, longest first; a Latin unit does not end inside a word."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w) + ("(?![A-Za-z])" if w[-1].isascii() and w[-1].isalpha() else "") for w in ordered)


_ARABIC = r"[0-9]+(?:'[0-9]{3})*(?:\.[0-9]+)?"
_HAN = "零〇○一二两三四五六七八九十百千万亿"
_CHINESE = f"(?:[一二两三四五六七八九廿卅][{_HAN}]*|十[{_HAN}]*)"
_WORD = _longest_first(units.WORDS)
_PER = f"/(?:{_longest_first(units.PER_WORDS)})(?:[·./]?(?:{_longest_first(units.PER_WORDS)}))?"
_UNIT = f"(?:(?:{_WORD})(?:{_PER})?|{_PER})"
_MULTIPLE = "(?:[十百千]?[万亿]{1,3}|[百千](?=元|人|家|户|亩|米|吨|公斤|辆|台|套|个|名))"
_FIGURE = regex(
    rf"(?P<cent>百分之|千分之|万分之)(?P<part>{_ARABIC}|{_CHINESE})"
    rf"|(?<![0-9A-Za-z_.'{{±])(?<![0-9] )(?P<left>{_ARABIC})：(?P<right>{_ARABIC})(?![：0-9])"
    rf"|(?<![0-9A-Za-z_.'{{±])(?<![0-9] )(?P<arabic>{_ARABIC})"
    rf"(?:(?P<unit>(?:{_WORD})(?:{_PER})?|{_PER})"
    rf"|(?P<few>[余多几])?(?P<multiple>{_MULTIPLE})?(?P<more>[余多几])?(?P<base>{_UNIT})?)"
    rf"|(?<![{_HAN}第数几/·])(?P<chinese>{_CHINESE})(?:[至到~—–-]+(?P<upper>{_CHINESE}))?(?P<some>[余多])?(?P<counted>{_WORD})(?!之)"
)
_SUFFIX = regex(
    r"(?:（[^（）]{0,3}(?:含|税)[^（）]{0,3}）)?(?:(?:及|或|且|含|（含）)?(?P<word>以上|以下|以内|之内)|(?P<near>左右|上下)"
    r"|(?P<inside>内)|(?P<from>起))?"
)
_MINUS = regex(r"(?:[长幅速为达到是度：（，。；]|\A)[-−]\Z")
_LONGEST_NUMBER = 24  # characters
_LARGEST = 10**18
_PERCENT = {"百分之": "%", "千分之": "‰", "万分之": "‱"}


@dataclass(slots=True)
class Figure:
    """A printed figure. `start:end` number and unit; `stop` the end with its suffix (以上, 左右).

    `multiple` is 万, 亿 … and `base` the unit without it; `unit` is both as printed. `more` marks 余 or 多. `upper` is the higher
    end of a Chinese range printed with one unit (三至五年). `limit` is the bound its suffix says.
    """

    start: int
    end: int
    value: Decimal
    multiple: str
    base: str | None
    unit: str | None
    chinese: bool
    more: bool
    upper: Decimal | None
    stop: int
    limit: str | None
    ordinal: bool
    side: str | None = None  # low or high: one end of a range


def _number(printed: str) -> Decimal | None:
    """Value of an Arabic or Chinese number; None for strings of digits longer than any printed measure."""
    if len(printed) > _LONGEST_NUMBER:
        return None
    if printed[0].isascii():
        return Decimal(printed.replace("'", ""))
    value = chinese_integer(printed)
    return None if value is None or value >= _LARGEST else Decimal(value)


def _suffix(text: str, end: int, base: str | None) -> tuple[int, str | None]:
    """Where the figure ends with its suffix, and the bound the suffix sets."""
    match = _SUFFIX.match(text, end)
    if match is None or match.end() == end or match.lastgroup is None:
        return end, None
    if match["near"]:
        return match.end(), "~"
    if match["inside"]:
        return (match.end(), "<=") if base in units.DURATIONS else (end, None)
    if match["from"]:
        return (match.end(), ">=") if base in units.MONEY_UNITS else (end, None)
    return match.end(), ">=" if match["word"] == "以上" else "<="


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    """The figure a match prints, None where the number can't be read."""
    kind = match.lastgroup
    upper = None
    if match["cent"]:
        value, multiple, base, chinese, more = _number(match["part"]), "", _PERCENT[match["cent"]], False, False
        unit: str | None = base
    elif match["left"]:
        value, multiple, chinese, more = _number(match["left"]), "", False, False
        base = unit = f":{match['right']}"
    elif match["chinese"]:
        value, multiple, base, chinese, more = _number(match["chinese"]), "", match["counted"], True, bool(match["some"])
        unit = base
        upper = _number(match["upper"]) if match["upper"] else None
    else:
        value, chinese = _number(match["arabic"]), False
        more = bool(match["few"] or match["more"])
        multiple = match["multiple"] or ""
        base = match["unit"] or match["base"]
        unit = (multiple + (base or "")) or None
    if value is None or kind is None:
        return None
    start = match.start()
    if _MINUS.search(text, max(0, start - 2), start):
        start, value = start - 1, -value
    stop, limit = _suffix(text, match.end(), base)
    ordinal = start > 0 and text[start - 1] == "第"
    return Figure(start, match.end(), value, multiple, base, unit, chinese, more, upper, stop, limit, ordinal)


def figures_in(text: str) -> Iterator[Figure]:
    """Every number of a plain text with what reads as its unit, in order; years and codes are among them."""
    for match in _FIGURE.finditer(text):
        figure = _figure(text, match)
        if figure is not None:
            yield figure
