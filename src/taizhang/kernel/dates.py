"""Dates as printed in official text, Arabic or Chinese, to days."""

import re
from datetime import date

from taizhang.kernel.numerals import chinese_integer, printed_number
from taizhang.kernel.patterns import regex

_CN = "〇零○ＯO一二三四五六七八九十"
DATE_PATTERN = (
    r"(?P<year>[12]\s?[0-9]\s?[0-9]\s?[0-9]|[１２][０-９]{3}|[一二](?:\s?[〇零○ＯO0０一二三四五六七八九]){3})\s*年\s*"
    rf"(?P<month>1\s?[0-2]|0?[1-9]|[０-９]{{1,2}}|[{_CN}]{{1,3}})\s*月\s*(?P<day>[0-3]?\s?[0-9]|[０-９]{{1,2}}|[{_CN}]{{1,3}})\s*日"
)
_ROUND = str.maketrans("OＯ", "〇〇")
_DATE = regex(DATE_PATTERN)


def _integer(text: str) -> int | None:
    text = "".join(text.split()).translate(_ROUND)
    if text[:1] in "一二" and len(text) == 4:
        text = text.replace("0", "〇").replace("０", "〇")
    value = printed_number(text)
    return chinese_integer(text) if value is None else int(value)


def day_of(match: re.Match[str]) -> date | None:
    """The day a match of `DATE_PATTERN` prints, None where there is no such day (2月30日)."""
    parts = [_integer(match[name]) for name in ("year", "month", "day")]
    if None in parts:
        return None
    try:
        return date(*(p for p in parts if p is not None))
    except ValueError:
        return None


def first_day_in(text: str) -> date | None:
    """The first full date in `text`.

    >>> first_day_in("2017 年 6 月 20 日"), first_day_in("一九九六年七月十七日"), first_day_in("2017年2月30日")
    (datetime.date(2017, 6, 20), datetime.date(1996, 7, 17), None)
    """
    match = _DATE.search(text)
    return day_of(match) if match else None
