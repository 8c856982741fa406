"""What time it is for pages and acts: the machine's clock, on the day that the demo plays."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The instant of an act. Where TAIZHANG_SIMULATED_DAY is set (the demo), the time of day is real and the day is that one."""
    instant = timezone.now()
    if settings.SIMULATED_DAY is None:
        return instant
    local = timezone.localtime(instant)
    day = settings.SIMULATED_DAY
    return local.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """The day by the clock of the locality."""
    return timezone.localdate(now())
