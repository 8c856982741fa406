"""Days of the working calendar and a term counted on it. It knows no law that sets a term: who counts says how many days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

_NEXT_NOTICE_REACHES_BACK_TO = (12, 25)


class DayRole(StrEnum):
    """What a day is to a term: `start` is not counted, `counted` and `worked_in_lieu` are, `weekend` and `holiday` are not."""

    START = "start"
    COUNTED = "counted"
    WORKED_IN_LIEU = "worked_in_lieu"  # 调休上班: a Saturday or Sunday that a holiday notice makes a working day
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """What the yearly holiday notices of the State Council's office say.

    `holidays`: every day off by a notice (most weekends within it included), with the holiday's Chinese name. `worked`: the
    Saturdays and Sundays worked in lieu, with the holiday they make up for. `years`: those whose notice is known.

    The end of December may be arranged by the next year's notice (30 and 31 December 2018 were), so the last days of a year are
    settled only with both notices.

    >>> plain = WorkingCalendar({}, {}, frozenset({2017}))
    >>> plain.is_settled(date(2017, 9, 4)), plain.is_settled(date(2017, 12, 29)), plain.is_settled(date(2018, 1, 2))
    (True, False, False)
    """

    holidays: Mapping[date, str]
    worked: Mapping[date, str]
    years: frozenset[int]

    def is_settled(self, day: date) -> bool:
        """True if notices say all there is to say of the day."""
        if day.year not in self.years:
            return False
        return (day.month, day.day) < _NEXT_NOTICE_REACHES_BACK_TO or day.year + 1 in self.years

    def role(self, day: date) -> tuple[DayRole, str]:
        """What the day is, and the holiday's name for a holiday or a day worked in lieu ("" otherwise)."""
        if day in self.worked:
            return DayRole.WORKED_IN_LIEU, self.worked[day]
        if day in self.holidays:
            return DayRole.HOLIDAY, self.holidays[day]
        return (DayRole.WEEKEND if day.weekday() >= 5 else DayRole.COUNTED), ""

    def is_working(self, day: date) -> bool:
        """True if people work that day."""
        return self.role(day)[0] in (DayRole.COUNTED, DayRole.WORKED_IN_LIEU)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the proof. `ordinal` n for the n-th working day counted (第n), None for a day that does not count.

    `name` is the holiday's name. `is_settled` False: no notice covers the day yet.
    """

    on: date
    role: DayRole
    ordinal: int | None = None
    name: str = ""
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """A term of `working_days` after `start`, which is not counted itself, ending with `due` (行政许可法第八十二条: 工作日).

    `days` is the proof: every day from `start` to `due`, in order.
    """

    start: date
    working_days: int
    due: date
    days: tuple[Day, ...] = field(repr=False)

    @property
    def is_provisional(self) -> bool:
        """True if a day of the proof is not settled by a notice."""
        return not all(day.is_settled for day in self.days)

    @property
    def binds_on(self) -> date | None:
        """The due day if it binds, None while it is provisional."""
        return None if self.is_provisional else self.due


@dataclass(frozen=True, slots=True)
class Count:
    """Working days after a start up to and including an end; `is_provisional` if a day between is not settled by a notice."""

    working_days: int
    is_provisional: bool
