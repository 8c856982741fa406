"""Days as sentences print them, with or without a year, and the year such a day belongs to."""

import re
from dataclasses import dataclass
from datetime import date

from taizhang.engines.proof.context import Hit

DAY = r"(?:(?P<{0}y>(?:19|20)[0-9]{{2}})年)?(?P<{0}m>1[0-2]|0?[1-9])月(?P<{0}d>[0-3]?[0-9])[日号]"


def day_pattern(name: str) -> str:
    """A pattern for a day whose groups are `name`y, `name`m and `name`d; the year may be missing."""
    return DAY.format(name)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """Year None where none is printed."""

    year: int | None
    month: int
    day: int

    def on(self, year: int) -> date | None:
        """The day in its own year, else in `year`; None where there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


def printed_day(match: "re.Match[str] | Hit", name: str) -> PrintedDay | None:
    """The day of the groups of `name`; None where they took no part."""
    month, day = match[name + "m"], match[name + "d"]
    if not month or not day:
        return None
    year = match[name + "y"]
    return PrintedDay(int(year) if year else None, int(month), int(day))


def stretch(start: PrintedDay, end: PrintedDay, year: int) -> tuple[date, date] | None:
    """First and last day: a missing year is `year` or that of the other end, and an end before its start is in the next year."""
    first = start.on(end.year or year) if start.year is None else start.on(year)
    if first is None:
        return None
    last = end.on(first.year)
    if last is not None and last < first and end.year is None:
        last = end.on(first.year + 1)
    return None if last is None else (first, last)
