"""Observations and cases by what asks for them: which one speaks for a metric on a day. The order of rows never matters."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from taizhang.engines.scoring.model import Case, Observation, Standing
from taizhang.kernel.period import Period

_STANDING = {Standing.REPORTED: 0, Standing.VERIFIED: 1, Standing.DECIDED: 2}
_MONTHS = {"monthly": 1, "quarterly": 3}
# Rows of one metric as they came, or sorted.
_Rows = list[Observation] | tuple[Observation, ...]


class Inputs:
    """What is known as of a day. An observation counts by the end of its period, whenever it was reported or verified; one
    without an end counts for the whole year. A case counts by its day, if that lies in the year."""

    def __init__(self, observations: Iterable[Observation], cases: Iterable[Case], as_at: date, period: Period) -> None:
        self.as_at = as_at
        self.end = period.end or date.max
        # By subject, then by metric. Most metrics have one row, which is kept as cells hold it.
        self._rows: dict[str, dict[str, _Rows]] = {}
        for each in observations:
            own = self._rows.get(each.subject)
            if own is None:
                own = self._rows[each.subject] = {}
            known = own.get(each.metric)
            if known is None:
                own[each.metric] = (each,)
            elif isinstance(known, list):
                known.append(each)
            else:
                own[each.metric] = [*known, each]
        self._cases: dict[str, list[Case]] = {}
        for case in cases:
            if case.on <= as_at and period.contains(case.on):
                self._cases.setdefault(case.subject, []).append(case)
        for kept in self._cases.values():
            kept.sort(key=lambda c: (c.on, c.id))

    def latest(self, metric: str, subject: str, until: date) -> tuple[Observation, ...]:
        """The one that is known last, of periods that end by `until`: the subject's own, else what was reported once for
        everybody; () where there is none. For one period a decision goes before a verified figure, and that before a reported
        one."""
        for owner in (subject, ""):
            rows = self._sorted(metric, owner)
            for row in reversed(rows):
                if self.ends(row) <= until:
                    return rows if len(rows) == 1 else (row,)
        return ()

    def ends(self, observation: Observation) -> date:
        """The day an observation speaks for."""
        return observation.period.end or self.end

    def cases(self, subject: str) -> list[Case]:
        """Cases of a subject by day."""
        return self._cases.get(subject, [])

    def _sorted(self, metric: str, subject: str) -> tuple[Observation, ...]:
        own = self._rows.get(subject)
        if own is None:
            return ()
        rows = own.get(metric, ())
        if isinstance(rows, tuple):
            return rows
        rows.sort(key=lambda o: (self.ends(o), _STANDING[o.standing], _instant(o), repr(o)))
        own[metric] = kept = tuple(rows)
        return kept


def _instant(observation: Observation) -> str:
    moment = observation.verified_at or observation.reported_at
    return moment.isoformat() if moment else ""


@cache
def first_due(start: date, end: date, frequency: str) -> date:
    """The end of the first period that is reported at all: a month, a quarter, or the whole."""
    months = _MONTHS.get(frequency)
    return end if months is None else min(end, months_on(start, months) - timedelta(days=1))


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day.

    >>> months_on(date(2025, 1, 1), 3), months_on(date(2025, 1, 31), 1)
    (datetime.date(2025, 4, 1), datetime.date(2025, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
