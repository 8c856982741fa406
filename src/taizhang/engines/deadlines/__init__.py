"""Statutory clocks on the Chinese working calendar, weekends worked in lieu included, with the day-by-day proof.

The door: `WorkingCalendar` (what the holiday notices say, handed in as values), `due_day(start, n, calendar) -> Clock`,
`count_working_days(start, end, calendar) -> Count`. A day whose year has no notice yet is provisional and never binds.
"""

from taizhang.engines.deadlines.counting import count_working_days, due_day
from taizhang.engines.deadlines.errors import DaysToCountAreNegativeError, EndLiesBeforeStartError
from taizhang.engines.deadlines.model import Clock, Count, Day, DayRole, WorkingCalendar

__all__ = [
    "Clock",
    "Count",
    "Day",
    "DayRole",
    "DaysToCountAreNegativeError",
    "EndLiesBeforeStartError",
    "WorkingCalendar",
    "count_working_days",
    "due_day",
]
