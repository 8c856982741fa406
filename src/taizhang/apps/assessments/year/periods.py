"""Periods of a cycle and their clocks: when a report is due, when it has to be verified."""

from calendar import monthrange
from datetime import date

from taizhang.apps.assessments.cycle_errors import PeriodIsUnknownError
from taizhang.backends.holidays import working_calendar
from taizhang.engines.deadlines import Clock, due_day
from taizhang.engines.scoring.model import Scheme
from taizhang.kernel.period import Period

_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def periods_of(scheme: Scheme) -> tuple[Period, ...]:
    """The stretches of the scheme's year that are reported on, in order; the last one ends with the year.

    A frequency that is none of monthly, quarterly, half_yearly and yearly is one period.
    """
    return _stretches(scheme, _MONTHS.get(scheme.calendar.frequency, 12))


def notice_periods_of(scheme: Scheme) -> tuple[Period, ...]:
    """The stretches of the scheme's year after which a notice is due, in order; none where the scheme wants no notices."""
    step = _MONTHS.get(scheme.calendar.notices)
    return _stretches(scheme, step) if step else ()


def _stretches(scheme: Scheme, step: int) -> tuple[Period, ...]:
    first, last = scheme.period.start or date(scheme.year, 1, 1), scheme.period.end or date(scheme.year, 12, 31)
    out, start = [], first
    while start <= last:
        end = min(_end_of_month(start, step), last)
        out.append(Period(start, end))
        start = date(end.year + (end.month == 12), end.month % 12 + 1, 1)
    return tuple(out)


def _end_of_month(start: date, months: int) -> date:
    # A step ends with the calendar's month, quarter or year, also where the scheme begins within one.
    index = (start.month - 1) // months * months + months
    return date(start.year, index, monthrange(start.year, index)[1])


def period_ending(scheme: Scheme, end: date, periods: tuple[Period, ...]) -> Period:
    """The one of `periods` that ends on a day. Raises `PeriodIsUnknownError`."""
    found = next((period for period in periods if period.end == end), None)
    if found is None:
        known = "、".join(str(period.end) for period in periods)
        raise PeriodIsUnknownError(end=end.isoformat(), scheme=scheme.title, known=known)
    return found


def report_clock(scheme: Scheme, end: date) -> Clock:
    """How long the report of a period that ends on `end` may take, with the day-by-day proof."""
    return due_day(end, scheme.calendar.report_working_days, working_calendar())


def verify_clock(scheme: Scheme, signed_on: date) -> Clock:
    """How long the verifier has from the day a report was signed."""
    return due_day(signed_on, scheme.calendar.verify_working_days, working_calendar())
