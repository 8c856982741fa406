"""What the running year knows of targets: for pages that stand on the gazette alone until somebody has reported."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cycle, Run
from taizhang.apps.assessments.results.board_pages import Told, cells_at
from taizhang.apps.assessments.results.boards import Cascade, Figure, cascade_of, city_board, figures_in
from taizhang.apps.assessments.results.public_pages import public_rows
from taizhang.apps.assessments.results.reading import standing_run
from taizhang.apps.gazettes.models import Clause
from taizhang.apps.targets.models import Measure
from taizhang.web.portal.assessment_charts import Trend
from taizhang.web.portal.year_board_views import share_of, trends_of

# From the best to the worst: an item of several figures is as well off as the worst of them.
_IN_ORDER = ("met", "on_track", "not_due", "at_risk", "unknown", "behind", "vetoed")
_LIGHTS = {"met": "met", "on_track": "on", "not_due": "due", "at_risk": "risk", "behind": "behind", "vetoed": "behind"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a target has come to: `value` in `unit`, None while unknown; `light` of its status; `filled` per cent of its meter.

    `standing` reported, verified, decided, "derived" for a sum of areas, or ""; `cell` is where its certificate stands.
    """

    value: Decimal | None
    unit: str
    light: str
    filled: Decimal
    standing: str
    figure: Figure

    @property
    def cell(self) -> int | None:
        """The cell that scores it, None where none does."""
        return self.figure.cell


@dataclass(frozen=True, slots=True)
class YearProgress:
    """A running year with its last scoring and what it knows, by the place of a target: (eId, words). `items` are the cells of
    whole items by their clause: key and status."""

    cycle: Cycle
    run: Run | None
    seen: dict[tuple[str, str], Seen]
    items: dict[str, tuple[int, str]] = field(default_factory=dict)

    def of(self, measure: Measure) -> Seen | None:
        """What is known of a target."""
        return self.seen.get((measure.clause.eid, measure.quote))

    def light(self, measures: Iterable[Measure]) -> str:
        """The light of an item: that of the worst of its figures."""
        lights = [found.light if (found := self.of(measure)) else "unknown" for measure in measures]
        codes = [_LIGHTS.get(status, "unknown") for status in _IN_ORDER]
        return max(lights, key=codes.index, default="unknown")

    def item(self, clause: Clause) -> tuple[int | None, str]:
        """The cell of the item that a clause prints, and its light."""
        cell, status = self.items.get(clause.eid, (None, "unknown"))
        return cell, _LIGHTS.get(status, "unknown")


def progress_of(number: str) -> YearProgress | None:
    """The newest year that scores a document, with the city's targets and those on the same metrics; None before one has begun.
    Six queries."""
    cycle, run = _year_of(number)
    return None if cycle is None else YearProgress(cycle, run, _seen_on(city_board(cycle, run)))


def progress_on(number: str, metric_key: str) -> YearProgress | None:
    """The same with what stands on one metric. Five queries."""
    cycle, run = _year_of(number)
    return None if cycle is None else YearProgress(cycle, run, _seen_on(cascade_of(cycle, run, metric_key)))


def progress_in(number: str, clauses: Iterable[Clause]) -> YearProgress | None:
    """The same with the targets and items that some clauses print. Six queries."""
    cycle, run = _year_of(number)
    if cycle is None:
        return None
    eids = {clause.eid for clause in clauses}
    seen = {(one.eid, one.quote): _as_scored(one) for one in figures_in(cycle, run, eids)}
    return YearProgress(cycle, run, seen, cells_at(run, eids) if run is not None else {})


def _year_of(number: str) -> tuple[Cycle | None, Run | None]:
    cycle = public_rows().filter(scheme__document=number, parent=None).first()
    return cycle, standing_run(cycle) if cycle is not None else None


def _seen_on(rows: Iterable[Cascade]) -> dict[tuple[str, str], Seen]:
    seen = {}
    for row in rows:
        if row.city is not None:
            seen[row.city.eid, row.city.quote] = _of_city(row, row.city)
        seen |= {(one.eid, one.quote): _as_scored(one) for one in (*row.areas, *row.units)}
    return seen


def _of_city(row: Cascade, city: Figure) -> Seen:
    """The city's figure is that of the unit that measures it, else the sum of the areas."""
    measured = row.measured
    if measured is not None and measured.value is not None:
        return _as_scored(measured)
    if row.derived is not None and row.sums is not None:
        return Seen(row.derived, row.sums.unit, "unknown", share_of(row.derived, city.target), "derived", city)
    light = _LIGHTS.get(measured.status, "unknown") if measured is not None else "unknown"
    return Seen(None, city.unit, light, Decimal(0), "", measured or city)


def _as_scored(figure: Figure) -> Seen:
    light, filled = _LIGHTS.get(figure.status, "unknown"), share_of(figure.value, figure.target)
    return Seen(figure.value, figure.unit, light, filled, figure.standing if figure.value is not None else "", figure)


def trends_among(year: YearProgress | None, measures: Iterable[Measure]) -> tuple[dict[int, Trend], dict[int, list[Told]]]:
    """Drawings and figures by period of those of these targets that are scored, by cell. Three queries."""
    known = [seen.figure for measure in measures if (seen := year.of(measure))] if year is not None else []
    return trends_of(year.cycle, scheme_for(year.cycle), year.run, known) if year is not None else ({}, {})
