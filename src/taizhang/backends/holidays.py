"""The holiday notices as a working calendar, from the data of the package chinesecalendar: 2004 to the last year it knows."""

from datetime import date
from functools import cache

from chinese_calendar import Holiday  # type: ignore[import-untyped]
from chinese_calendar.constants import holidays, workdays  # type: ignore[import-untyped]

from taizhang.engines.deadlines import WorkingCalendar


@cache
def working_calendar() -> WorkingCalendar:
    """Every notice known. The days of a year that has none yet are provisional: weekends off, nothing else."""
    names = {holiday.value: holiday.chinese for holiday in Holiday}
    named = {day: names[value] for day, value in holidays.items()}
    worked = {day: names[value] for day, value in workdays.items()}
    return WorkingCalendar(named, worked, frozenset(_noticed(holidays)))


def _noticed(days: dict[date, str]) -> list[int]:
    """A year counts with its National Day: new year's days at the end of December belong to the next year's notice."""
    return [day.year for day in days if (day.month, day.day) == (10, 1)]
