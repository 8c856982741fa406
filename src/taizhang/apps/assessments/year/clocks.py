"""Working-day terms of a year: until when results may be contested, decided on, put right."""

from datetime import date

from taizhang.apps.assessments.acting import day_of, scheme_for
from taizhang.apps.assessments.models import Cycle
from taizhang.backends.holidays import working_calendar
from taizhang.engines.deadlines import Clock, due_day


def term(start: date, working_days: int) -> Clock:
    """The `working_days`-th working day after `start`, with its proof day by day."""
    return due_day(start, working_days, working_calendar())


def appeal_clock(cycle: Cycle) -> Clock | None:
    """Until when published results may be contested; None before publication or where the scheme has no appeal."""
    days = scheme_for(cycle).calendar.appeal_working_days
    if cycle.published_at is None or days is None:
        return None
    return term(day_of(cycle.published_at), days)
