"""Deadlines as printed (三月底前, 年底前, 2025年9月20日前, 到2027年底), resolved with the plan's year to their last day.

Days on which something starts (自…起), stretches (…至…), yearly days (每年3月底前) and 截至 dates are no deadlines.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex

_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_WHEN = (
    r"(?:(?P<year{n}>20[0-9]{{2}}年度?|今年|本年度?|当年|明年)?(?:"
    rf"(?<![0-9.])(?P<month{{n}}>{_MONTH})月份?(?:(?P<day{{n}}>3[01]|[12][0-9]|0?[1-9])日|(?P<part{{n}}>底|末|上旬|中旬|下旬))?"
    r"|(?P<end{n}>年底|年末|(?<=年)[底末])|(?P<half{n}>上半年|第?[一二三四1234]季度)(?:末|底)?)|(?P<only{n}>20[0-9]{{2}}年))"
)
_DEADLINE = regex(
    rf"{_WHEN.format(n=1)}(?P<before>[之以]?前|为止)|(?P<to>到|至)(?P<again>{_WHEN.format(n=2)})(?![0-9~—–-]|以来|以后|才|就"
    rf"|已|共|止|时|期间)"
)
_QUICK = regex(r"[底末日月旬半度年][之以]?前|为止|[到至](?:20[0-9]{2}|今年|本年|明年|年底|年末|1?[0-9]月)")
_NOT_A_DEADLINE = regex(r"(?:每|每年|每月|次年|次|翌年|上年|去年|上|自|从|截至|截止|截|近|年|月|日|底|末|初|[0-9]|旬|[—–~-])\Z")
_PARTS = {"上旬": 10, "中旬": 20}
_HALVES = {"上半年": 6, "一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12, "1季度": 3, "2季度": 6, "3季度": 9, "4季度": 12}


@dataclass(slots=True)
class Deadline:
    """The last day meant by `text[start:end]`."""

    start: int
    end: int
    day: date


def _year(printed: str | None, plan_year: int | None) -> int | None:
    if printed and printed[0].isdigit():
        return int(printed[:4])
    if plan_year is None:
        return None
    return plan_year + 1 if printed == "明年" else plan_year


def _last_day(match: re.Match[str], n: int, plan_year: int | None) -> date | None:
    """The last day of what group set `n` prints; None where the year is not known or there is no such day."""
    year = _year(match[f"year{n}"] or match[f"only{n}"], plan_year)
    if year is None or not 1900 <= year <= 2200:
        return None
    if match[f"month{n}"]:
        printed = match[f"month{n}"]
        month = int(printed) if printed.isdigit() else chinese_integer(printed)
        if month is None or not 1 <= month <= 12:
            return None
        last = monthrange(year, month)[1]
        day = int(match[f"day{n}"]) if match[f"day{n}"] else _PARTS.get(match[f"part{n}"] or "", last)
        return date(year, month, day) if day <= last else None
    if match[f"half{n}"]:
        month = _HALVES[match[f"half{n}"].removeprefix("第")]
        return date(year, month, monthrange(year, month)[1])
    return date(year, 12, 31)


def deadlines_in(text: str, plan_year: int | None) -> Iterator[Deadline]:
    """The deadlines of a plain text, in order. Without a plan year only those that print their year."""
    if not _QUICK.search(text):
        return
    for match in _DEADLINE.finditer(text):
        if _NOT_A_DEADLINE.search(text, max(0, match.start() - 3), match.start()):
            continue
        day = _last_day(match, 2 if match["to"] else 1, plan_year)
        if day is not None:
            start = match.start()
            if not match["to"] and start and text[start - 1] in "到至在于":
                start -= 1
            yield Deadline(start, match.end(), day)
