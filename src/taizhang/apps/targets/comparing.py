"""The same metric in different hands: the city's target beside its areas' and units', with sums where those mean something."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, F, Q, When

from taizhang.apps.gazettes.models import Edition
from taizhang.apps.targets.models import Measure, Sheet
from taizhang.apps.targets.queries import Target, targets_of
from taizhang.apps.targets.readings import in_force
from taizhang.engines.targets.cascade import LEVEL_UNITS

_COUNTED = ("absolute", "count")
Key = tuple[str, str, str]


def comparison_key(measure: Measure) -> Key:
    """Metric, way of saying it and unit: only measures with the same key are compared."""
    return _key(measure.metric_key, measure.kind, in_force(measure).normalized_unit)


def _key(metric: str, kind: str, unit: str) -> Key:
    return metric, "counted" if kind in _COUNTED else kind, unit


@dataclass(frozen=True, slots=True)
class Sum:
    """Areas added up against the whole, both in `unit`, the whole's where it is printed.

    `missing` areas set no such target and are not counted as zero. `corrected` of the figures, the whole's too, are readings of
    errata and not of print.
    """

    count: int
    areas: Decimal
    whole: Decimal | None
    unit: str
    missing: tuple[str, ...]
    corrected: int = 0

    @property
    def apart(self) -> Decimal | None:
        """Areas less the whole; None where the whole is not printed."""
        return None if self.whole is None else self.areas - self.whole


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric from the city down: `city` None where the city sets no target, an area's target None where its sheet has none."""

    city: Target | None
    areas: tuple[tuple[Sheet, Target | None], ...]
    units: tuple[Target, ...]
    sum: Sum | None

    @property
    def targets(self) -> list[Target]:
        """All of them, from the city down."""
        return [one for one in (self.city, *(target for _, target in self.areas), *self.units) if one is not None]

    @property
    def shared(self) -> int:
        """How many areas set a target on the metric."""
        return sum(target is not None for _, target in self.areas)


def compare(target: Target) -> Comparison:
    """Everything an issue says of a target's metric. Four queries."""
    edition_id = target.measure.edition_id
    key = comparison_key(target.measure)
    rows = Measure.objects.filter(edition_id=edition_id, metric_key=target.measure.metric_key, value__isnull=False)
    same = [one for one in targets_of(rows) if comparison_key(one.measure) == key]
    areas = list(Sheet.objects.filter(edition_id=edition_id, kind="area").select_related("document"))
    return _comparison(same, areas)


def _comparison(same: list[Target], areas: list[Sheet]) -> Comparison:
    city = next((one for one in same if one.sheet.kind == "city"), None)
    of_area = _first_each(one for one in same if one.sheet.kind == "area")
    units = tuple(_first_each(one for one in same if one.sheet.kind == "unit").values())
    in_order = tuple((sheet, of_area.get(sheet.pk)) for sheet in areas)
    whole = city or (units[0] if len(units) == 1 else None)
    return Comparison(city, in_order if of_area else (), units, _sum(in_order, whole))


def _first_each(targets: Iterable[Target]) -> dict[int, Target]:
    out: dict[int, Target] = {}
    for target in targets:
        out.setdefault(target.sheet.pk, target)
    return out


def _sum(areas: tuple[tuple[Sheet, Target | None], ...], whole: Target | None) -> Sum | None:
    """None for what is no amount that areas share, for growth, rates and levels, and where fewer than two areas set it."""
    readings = [in_force(target.measure) for _, target in areas if target is not None]
    known = [reading.normalized_value for reading in readings if reading.normalized_value is not None]
    first = next((target.measure for _, target in areas if target is not None), None)
    if first is None or first.kind not in _COUNTED or readings[0].normalized_unit in LEVEL_UNITS | {""}:
        return None
    if len(known) < 2 or len(known) != len(readings):
        return None
    missing = tuple(sheet.unit for sheet, target in areas if target is None)
    top = in_force(whole.measure) if whole else None
    told = top if top is not None and top.normalized_value is not None else readings[0]
    scale = told.normalized_value / told.value if told.value and told.normalized_value is not None else Decimal(1)
    unit = told.unit if told.value else told.normalized_unit
    total = top.normalized_value / scale if top is not None and top.normalized_value is not None else None
    corrected = sum(reading.is_corrected for reading in (*readings, *([top] if top else [])))
    return Sum(len(known), sum(known, Decimal(0)) / scale, total, unit, missing, corrected)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A metric and who sets a target on it."""

    metric: str
    comparison: Comparison

    @property
    def cells(self) -> tuple[Target | None, ...]:
        """One for each area, in printed order."""
        return tuple(target for _, target in self.comparison.areas)


def matrix(edition: Edition) -> tuple[list[Sheet], list[MatrixRow]]:
    """Area sheets, and the metrics that the city and an area set, or two areas: those of the city first, then the most shared.

    Four queries.
    """
    areas = list(Sheet.objects.filter(edition=edition, kind="area").select_related("document"))
    groups: dict[Key, list[Target]] = {}
    rows_asked = Measure.objects.filter(edition=edition, value__isnull=False, item__group__sheet__kind__in=("city", "area"))
    for target in targets_of(rows_asked):
        groups.setdefault(comparison_key(target.measure), []).append(target)
    rows = []
    for same in groups.values():
        found = _comparison(same, areas)
        if found.shared > 1 or (found.city and found.shared):
            rows.append(MatrixRow((found.city or same[0]).measure.metric, found))
    rows.sort(key=lambda row: (row.comparison.city is None, 0 if row.comparison.city else -row.comparison.shared))
    return areas, rows


class Owner(NamedTuple):
    """A unit's sheet that sets a target on a metric."""

    sheet: int
    unit: str


def owners(edition: Edition) -> dict[Key, list[Owner]]:
    """Units by what their targets are compared by: who at the city answers for a metric, each once. One query."""
    out: dict[Key, dict[Owner, None]] = {}
    rows = Measure.objects.filter(edition=edition, role="target", item__group__sheet__kind="unit", value__isnull=False).order_by(
        "ordinal"
    )
    is_corrected = ~Q(corrected_value="") | ~Q(corrected_unit="")
    unit_in_force = Case(When(is_corrected, then=F("corrected_normalized_unit")), default=F("normalized_unit"))
    told = rows.values_list("metric_key", "kind", unit_in_force, "item__group__sheet_id", "item__group__sheet__unit")
    for metric, kind, unit, *owner in told:
        out.setdefault(_key(metric, kind, unit), {})[Owner(*owner)] = None
    return {key: list(found) for key, found in out.items()}
