"""A stretch of days, both ends included; an open end is None and means not ended, never today."""

from dataclasses import dataclass
from datetime import date

from taizhang.kernel.errors import TaizhangError


class PeriodEndsBeforeItStartsError(TaizhangError):
    """The last day lies before the first."""

    code = "kernel.period-ends-before-it-starts"
    template = "期间止于{end}，早于起始日{start}。核对两个日期"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` (None: since ever) to `end` (None: until further notice).

    >>> Period(date(2017, 9, 1), date(2019, 3, 15)).contains(date(2019, 3, 15))
    True
    >>> Period(None, None).contains(date(2017, 1, 1))
    True
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise PeriodEndsBeforeItStartsError(start=self.start.isoformat(), end=self.end.isoformat())

    def contains(self, day: date) -> bool:
        """True if `day` is one of its days."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
