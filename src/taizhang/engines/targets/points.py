"""Points as printed at the end of a duty (…任务(10分);) or in a heading (重点目标(600分)): their value, and where the words end.

Damage is read as far as it is plain: a lost bracket or 分 still gives points, a letter among the digits gives none. Nothing is
corrected.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from taizhang.kernel.numerals import printed_number
from taizhang.kernel.patterns import regex

_OPEN = "（(〔[［【{｛"
_CLOSE = "）)〕]］】}｝"
_NUMBER = r"[0-9０-９](?:\s?[0-9０-９]){0,3}(?:\s?[.．]\s?[0-9０-９]{1,2})?"
_TAIL = regex(
    rf"""
    (?P<open>[{re.escape(_OPEN)}]\s*)?
    (?P<word>(?:共计|合计|总计|满分|分值|权重|共|计|记|占|为)\s*[:：]?\s*)?
    (?:(?P<number>{_NUMBER}|[一二三四五六七八九十百]{{1,5}}(?=\s*分))|(?P<damaged>[0-9A-Za-zＯ〇○]{{0,4}}(?=\s*分)))
    \s*(?P<unit>分)?
    \s*(?P<close>[{re.escape(_CLOSE)}])?
    [\s;；。.,，、:：*]*\Z
    """,
    re.VERBOSE,
)
_HEAD = regex(rf"\s*[{re.escape(_OPEN)}]\s*(?:共|计|满分|分值)?\s*[:：]?\s*(?P<number>{_NUMBER})\s*分\s*[{re.escape(_CLOSE)}]\s*")
# A heading with points, when more words are glued to it.
_HEAD_END = regex(
    rf"[^。；;，,：:]{{2,20}}?[{re.escape(_OPEN)}][^（）()]{{0,16}}?{_NUMBER}\s*分\s*[{re.escape(_CLOSE)}](?=[^\s。；;：:]{{4}})"
)
_CLOSING = " \t\n\r\u3000\xa0;；。.,，、:：*"
_SUMMED = ("共计", "合计", "总计", "共", "计")
_WINDOW = 48
_LEAST_BARE_HEADING = 20  # (3) after a heading counts items; (600) can only be points


@dataclass(frozen=True, slots=True)
class Points:
    """`value` None where the digits are damaged; `words_start:words_end` the words without points and closing mark;
    `start:end` the printed number, for a span."""

    value: Decimal | None
    words_start: int
    words_end: int
    start: int
    end: int


def trimmed_end(text: str, end: int | None = None) -> int:
    """Where the words of a duty end, closing mark and white space left out."""
    return len(text[:end].rstrip(_CLOSING))


def points_of_duty(text: str, *, is_lenient: bool) -> Points | None:
    """Points a duty prints at its end, or in brackets before its first word.

    Strict: in brackets with 分, one of the brackets may be lost. Lenient, for a sheet whose other duties print points: (20)
    without 分, and 10分 after a comma without brackets.

    >>> points_of_duty("做好档案工作(30 分);", is_lenient=False)
    Points(value=Decimal('30'), words_start=0, words_end=6, start=7, end=9)
    >>> points_of_duty("水质监测（20）", is_lenient=False) is None, points_of_duty("水质监测（20）", is_lenient=True).value
    (True, Decimal('20'))
    """
    floor = max(len(text) - _WINDOW, 0)
    match = _TAIL.search(text, floor)
    if match and (found := _accepted(text, match, is_lenient)):
        return found
    head = _HEAD.match(text)
    if head and head.end() < len(text):
        return Points(_value(head["number"]), head.end(), trimmed_end(text), head.start("number"), head.end("number"))
    return None


def _accepted(text: str, match: re.Match[str], is_lenient: bool) -> Points | None:
    opened, closed, unit = match["open"], match["close"], match["unit"]
    start = match.start()
    if match["damaged"] is not None:
        if not (opened and closed):
            return None
    elif opened and unit:
        pass
    elif opened and closed:
        if not is_lenient:
            return None
    elif closed and unit:
        within = _unclosed(text, match.start())
        if within is not None:
            if (match["word"] or "").strip(" :：") not in _SUMMED:
                return None
            start = within
    elif not (is_lenient and unit and (match["word"] or text[:start].rstrip()[-1:] in tuple("，,；;"))):
        return None
    words_end = trimmed_end(text, start)
    if not words_end:
        return None
    number = match["number"]
    group = "number" if number is not None else "unit"
    return Points(_value(number), 0, words_end, match.start(group), match.end(group))


def _unclosed(text: str, end: int) -> int | None:
    """Offset of an opening bracket near `end` that is still open there."""
    depth = 0
    for position in range(end - 1, max(end - _WINDOW, 0) - 1, -1):
        if text[position] in _CLOSE:
            depth += 1
        elif text[position] in _OPEN:
            if not depth:
                return position
            depth -= 1
    return None


def _value(number: str | None) -> Decimal | None:
    return None if number is None else printed_number("".join(number.split()))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's `name` without points, brackets around them and colon; `points` and where they are printed, None if nowhere."""

    name: str
    points: Decimal | None
    start: int
    end: int


def heading_of(text: str) -> Heading:
    """Read 重点目标(600 分), 一般目标（共6项，200分）, 二、业务目标800分。

    >>> heading_of("重点目标（共6项，600 分）"), heading_of("前置类扣分因素:").name
    (Heading(name='重点目标', points=Decimal('600'), start=9, end=12), '前置类扣分因素')
    """
    glued = _HEAD_END.match(text)
    if glued:
        text = glued[0]
    match = _TAIL.search(text, max(len(text) - _WINDOW, 0))
    number = match["number"] if match else None
    if match and number is not None:
        value = _value(number)
        is_bare = match["open"] and match["close"] and value is not None and value >= _LEAST_BARE_HEADING
        if match["unit"] or is_bare:
            within = _unclosed(text, match.start()) if not match["open"] else None
            start = match.start() if within is None else within
            name = text[:start].strip(_CLOSING)
            if name:
                return Heading(name, value, match.start("number"), match.end("number"))
    return Heading(text.strip(_CLOSING), None, 0, 0)
