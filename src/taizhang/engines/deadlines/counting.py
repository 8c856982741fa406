"""Counting working days forwards: the day of the event is not counted, the next working day is the first."""

from datetime import date, timedelta

from taizhang.engines.deadlines.errors import DaysToCountAreNegativeError, EndLiesBeforeStartError
from taizhang.engines.deadlines.model import Clock, Count, Day, DayRole, WorkingCalendar

_DAY = timedelta(days=1)


def due_day(start: date, n: int, calendar: WorkingCalendar) -> Clock:
    """The `n`-th working day after `start`, with each day's role. `n` 0: due the same day.

    Raises `DaysToCountAreNegativeError`.

    >>> may = WorkingCalendar({date(2017, 5, 1): "劳动节"}, {}, frozenset({2017}))
    >>> clock = due_day(date(2017, 4, 28), 1, may)
    >>> clock.due, [(d.on.day, d.role.value, d.ordinal) for d in clock.days][1:]
    (datetime.date(2017, 5, 2), [(29, 'weekend', None), (30, 'weekend', None), (1, 'holiday', None), (2, 'counted', 1)])
    """
    if n < 0:
        raise DaysToCountAreNegativeError(days=n)
    days = [Day(start, DayRole.START, is_settled=calendar.is_settled(start) if n == 0 else True)]
    counted, on = 0, start
    while counted < n:
        on += _DAY
        role, name = calendar.role(on)
        is_counted = role in (DayRole.COUNTED, DayRole.WORKED_IN_LIEU)
        counted += is_counted
        days.append(Day(on, role, counted if is_counted else None, name, calendar.is_settled(on)))
    return Clock(start, n, on, tuple(days))


def count_working_days(start: date, end: date, calendar: WorkingCalendar) -> Count:
    """Working days after `start`, `end` included. Raises `EndLiesBeforeStartError`."""
    if end < start:
        raise EndLiesBeforeStartError(start=start.isoformat(), end=end.isoformat())
    days = [start + _DAY * step for step in range(1, (end - start).days + 1)]
    return Count(sum(calendar.is_working(day) for day in days), not all(calendar.is_settled(day) for day in days))
