"""The same metric in different hands: the city's target beside its areas' and units', with sums where those mean something."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, F, Q, When

from taizhang.apps.gazettes.models import Edition
from taizhang.apps.targets.models import Measure, Sheet
from taizhang.apps.targets.queries import Target, targets_of
from taizhang.engines.targets.cascade import LEVEL_UNITS

_COUNTED = ("absolute", "count")
Key = tuple[str, str, str]


def comparison_key(measure: Measure) -> Key:
    """Metric, way of saying it and unit: only measures with the same key are compared."""
    return _key(measure.metric_key, measure.kind, measure.normalized_unit)


def _key(metric: str, kind: str, unit: str) -> Key:
    return metric, "counted" if kind in _COUNTED else kind, unit


@dataclass(frozen=True, slots=True)
class Sum:
    """Areas added up against the whole, both in `unit`, the whole's where it is printed.

    `missing` areas set no such target and are not counted as zero.
    """

    count: int
    areas: Decimal
    whole: Decimal | None
    unit: str
    missing: tuple[str, ...]

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
    values = [target.measure.normalized_value for _, target in areas if target is not None]
    known = [value for value in values if value is not None]
    first = next((target.measure for _, target in areas if target is not None), None)
    if first is None or first.kind not in _COUNTED or first.normalized_unit in LEVEL_UNITS | {""}:
        return None
    if len(known) < 2 or len(known) != len(values):
        return None
    missing = tuple(sheet.unit for sheet, target in areas if target is None)
    told = whole.measure if whole and whole.measure.normalized_value is not None else first
    scale = told.normalized_value / told.value if told.value else Decimal(1)
    unit = told.unit if told.value else told.normalized_unit
    top = whole.measure.normalized_value / scale if told is not first and whole else None
    return Sum(len(known), sum(known, Decimal(0)) / scale, top, unit, missing)


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
    rows = Measure.objects.filter(
        edition=edition, role="target", item__group__sheet__kind="unit", value__isnull=False
    ).order_by("ordinal")
    is_corrected = ~Q(corrected_value="") | ~Q(corrected_unit="")
    unit_in_force = Case(When(is_corrected, then=F("corrected_normalized_unit")), default=F("normalized_unit"))
    told = rows.values_list("metric_key", "kind", unit_in_force, "item__group__sheet_id", "item__group__sheet__unit")
    for metric, kind, unit, *owner in told:
        out.setdefault(_key(metric, kind, unit), {})[Owner(*owner)] = None
    return {key: list(found) for key, found in out.items()}
