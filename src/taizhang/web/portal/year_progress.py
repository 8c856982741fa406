"""What the running year knows of the city's targets: for pages that stand on the gazette alone until somebody has reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from taizhang.apps.assessments.boards import Cascade, Figure, city_board
from taizhang.apps.assessments.models import Cycle, Run
from taizhang.apps.assessments.public_pages import public_rows
from taizhang.apps.assessments.results import standing_run
from taizhang.apps.targets.models import Measure
from taizhang.web.portal.year_board_views import share_of

# From the best to the worst: an item of several figures is as well off as the worst of them.
_IN_ORDER = ("met", "on_track", "not_due", "at_risk", "unknown", "behind", "vetoed")
_LIGHTS = {"met": "met", "on_track": "on", "not_due": "due", "at_risk": "risk", "behind": "behind", "vetoed": "behind"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a target has come to: `value` in `unit`, None while unknown; `light` of its status; `filled` per cent of its meter."""

    value: Decimal | None
    unit: str
    light: str
    filled: Decimal
    metric: str


@dataclass(frozen=True, slots=True)
class YearProgress:
    """A running year with its last scoring and what it knows, by the place of a target: (eId, words)."""

    cycle: Cycle
    run: Run | None
    seen: dict[tuple[str, str], Seen]

    def of(self, measure: Measure) -> Seen | None:
        """What is known of a target."""
        return self.seen.get((measure.clause.eid, measure.quote))

    def light(self, measures: Iterable[Measure]) -> str:
        """The light of an item: that of the worst of its figures."""
        lights = [found.light if (found := self.of(measure)) else "unknown" for measure in measures]
        codes = [_LIGHTS.get(status, "unknown") for status in _IN_ORDER]
        return max(lights, key=codes.index, default="unknown")


def progress_of(number: str) -> YearProgress | None:
    """The newest year that scores a document; None before one has begun. Six queries."""
    cycle = public_rows().filter(scheme__document=number).first()
    if cycle is None:
        return None
    run = standing_run(cycle)
    seen = {}
    for row in city_board(cycle, run):
        if row.city is not None:
            seen[row.city.eid, row.city.quote] = _of_city(row, row.city)
        seen |= {(area.eid, area.quote): _seen(area, area.value, area.unit, area.status, row) for area in row.areas}
    return YearProgress(cycle, run, seen)


def _of_city(row: Cascade, city: Figure) -> Seen:
    measured = row.measured
    if measured is not None and measured.value is not None:
        return _seen(city, measured.value, measured.unit, measured.status, row)
    if row.derived is not None and row.sums is not None:
        return _seen(city, row.derived, row.sums.unit, "unknown", row)
    return _seen(city, None, city.unit, measured.status if measured else "unknown", row)


def _seen(figure: Figure, value: Decimal | None, unit: str, status: str, row: Cascade) -> Seen:
    return Seen(value, unit, _LIGHTS.get(status, "unknown"), share_of(value, figure.target), row.key[0])
