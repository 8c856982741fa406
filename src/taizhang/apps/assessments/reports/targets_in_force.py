"""Which target counts on a day: the scheme's, or that of an amendment which the leading group approved. Nothing here writes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from taizhang.apps.assessments.models import Amendment
from taizhang.apps.assessments.reports.observations import plain
from taizhang.engines.scoring.model import Rule, Target
from taizhang.kernel.period import Period

Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class InForce:
    """A target as it counts on a day. `amended` is the key of the amendment it comes from, None for the scheme's own."""

    target: Target
    amended: int | None


class Amended:
    """The approved amendments of subjects, read once; `before`: only those approved by then."""

    def __init__(self, subjects: Collection[int], before: datetime | None = None) -> None:
        self._rows: dict[Place, list[tuple[date, int, Decimal, str]]] = {}
        rows = Amendment.objects.filter(subject__in=subjects, state="approved")
        rows = rows.filter(decided_at__lt=before) if before is not None else rows
        columns = ("subject_id", "criterion", "starts_on", "pk", "new_value", "unit")
        for subject, criterion, *amendment in rows.order_by("starts_on", "pk").values_list(*columns):
            self._rows.setdefault((subject, criterion), []).append(tuple(amendment))

    def has(self, place: Place, day: date) -> bool:
        """True if an amendment of this criterion is in force on a day. No query."""
        return any(row[0] <= day for row in self._rows.get(place, ()))

    def on(self, place: Place, rule: Rule, day: date) -> InForce | None:
        """The target of a criterion on a day; None where the rule has none. No query."""
        if not rule.targets:
            return None
        printed = next((target for target in rule.targets if target.period.contains(day)), rule.targets[-1])
        started = [row for row in self._rows.get(place, ()) if row[0] <= day]
        if not started:
            return InForce(printed, None)
        starts_on, key, value, unit = started[-1]
        period = Period(starts_on, printed.period.end)
        changed = replace(printed, value=plain(value), unit=unit or printed.unit, period=period, awaits=None)
        return InForce(changed, key)
