"""The city's numbers (一组数): each target of the city with those of areas and units on the same metric, sums, and what is known.

Which targets stand on the same metric is what the adopted issue says (`apps.targets`); figures and lights are those of a run's
cells. A tile leads to the cell whose certificate has formula, figure, verifier and clause. Nothing here scores.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from taizhang.apps.assessments.models import Cell, Cycle, Run
from taizhang.apps.assessments.reports.observations import end_of
from taizhang.apps.assessments.reports.targets_in_force import Amended
from taizhang.apps.gazettes.models import Document, State
from taizhang.apps.targets.models import Measure
from taizhang.engines.targets.cascade import LEVEL_UNITS

_COUNTED = ("absolute", "count")
_PARTS = 9  # figures of one item that are scored apart; no gazette has had more than six
_HUNDREDTH = Decimal("0.01")
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One body's target on a metric and what its cell says. `cell` None: it is not scored; `value` None: nothing is known yet.

    `target` and `value` are in `unit`; `scale` leads to the common unit of the metric. `standing` reported, verified, decided or
    "".

    `target` is the one that counts, and `reading` says which: "printed", "corrected" (an erratum's), or "amended" (changed in
    mid-year with the leading group's approval). `printed` and, where there is an erratum, `corrected` stand beside it as words.
    `base` is the target before any amendment in the common unit: what was shared out.
    """

    name: str
    ident: str
    level: str
    slug: str
    eid: str
    quote: str
    bound: str
    target: Decimal
    unit: str
    scale: Decimal
    cell: int | None = None
    value: Decimal | None = None
    status: str = "unknown"
    standing: str = ""
    waits_for: str = ""
    reading: str = "printed"
    printed: str = ""
    corrected: str = ""
    base: Decimal = Decimal(0)

    @property
    def is_firm(self) -> bool:
        """True if the value is verified or decided."""
        return self.value is not None and self.standing in ("verified", "decided")


@dataclass(frozen=True, slots=True)
class Sums:
    """Areas added up, in the unit `unit`. `padding` is by how many per cent the areas' targets exceed the city's (层层加码; below
    zero: they fall short), None without a target of the city. `value` None while a value of an area is unknown."""

    unit: str
    count: int
    targets: Decimal
    padding: Decimal | None
    value: Decimal | None
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cascade:
    """A metric from the city down. `measured`: the unit whose figure is the city's, since its target is the same; `derived`: the
    sum of the areas stands in for it (推算). `sums` None for growth, rates and levels, which are not added up."""

    metric: str
    key: Key
    city: Figure | None
    areas: tuple[Figure, ...]
    units: tuple[Figure, ...]
    sums: Sums | None
    measured: Figure | None
    derived: Decimal | None

    @property
    def is_shared(self) -> bool:
        """True if several units owe the same figure: it is measured once and feeds all."""
        return len(self.units) > 1


def city_board(cycle: Cycle, run: Run | None) -> list[Cascade]:
    """The city's targets in printed order, each with the areas and units on the same metric. Four queries."""
    rows = list(_measures(cycle).values_list(*_COLUMNS))
    # Here, not in the query: databases would go from the metric to the measures of every issue that has it.
    ordered = {row[_METRIC] for row in rows if row[_LEVEL] == "city"}
    found = _cascades((row for row in rows if row[_METRIC] in ordered), run)
    return [one for one in found if one.city is not None]


def area_board(cycle: Cycle, run: Run | None) -> list[Cascade]:
    """Metrics on which two areas at least have a target, in printed order: the comparison of areas. Four queries."""
    rows = _measures(cycle).filter(item__group__sheet__kind__in=("city", "area"))
    return [one for one in _cascades(rows.values_list(*_COLUMNS), run) if len(one.areas) > 1]


def cascade_of(cycle: Cycle, run: Run | None, metric_key: str) -> list[Cascade]:
    """What stands on one metric: an amount and its growth are two. Four queries."""
    rows = _measures(cycle).values_list(*_COLUMNS)
    return _cascades((row for row in rows if row[_METRIC] == metric_key), run)


def figures_in(cycle: Cycle, run: Run | None, eids: set[str]) -> list[Figure]:
    """The targets that these clauses print, each with what its own cell says, in printed order. Four queries."""
    printed = [_printed(row) for row in _measures(cycle).filter(clause__eid__in=eids).values_list(*_COLUMNS)]
    return list(map(_filling(run, printed), printed))


def documents_of(cycle: Cycle) -> QuerySet[Document]:
    """The adopted document that the scheme scores, with what it carries."""
    return Document.objects.filter(edition__state=State.ADOPTED, slug__startswith=cycle.scheme.document)


def _measures(cycle: Cycle) -> QuerySet[Measure]:
    """Targets with a figure in the document that the scheme scores, as adopted."""
    # By key: a search for how an address begins reads every document, and joined to measures it reads those of all issues.
    documents = documents_of(cycle)
    rows = Measure.objects.filter(
        item__group__sheet__document__in=list(documents.values_list("pk", flat=True)), item__group__is_deduction=False,
        role__in=("target", "limit"), value__isnull=False,
    )  # fmt: skip
    return rows.exclude(kind="date").order_by("ordinal")


_COLUMNS = (
    "metric", "metric_key", "kind", "bound", "value", "unit", "normalized_value", "normalized_unit", "corrected_value",
    "corrected_unit", "corrected_normalized_value", "corrected_normalized_unit", "quote", "clause__eid",
    "item__group__sheet_id", "item__group__sheet__kind", "item__group__sheet__unit", "item__group__sheet__body__ident",
    "item__group__sheet__document__slug",
)  # fmt: skip
_METRIC, _LEVEL = _COLUMNS.index("metric_key"), _COLUMNS.index("item__group__sheet__kind")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A target as it reads: its value, unit, and what leads to the common unit."""

    value: Decimal
    unit: str
    scale: Decimal

    @property
    def text(self) -> str:
        return f"{self.value} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class _Printed:
    metric: str
    key: Key
    sheet: int
    figure: Figure
    read: _Reading


def _cascades(rows: Iterable[Sequence[Any]], run: Run | None) -> list[Cascade]:
    printed = [_printed(row) for row in rows]
    filled_in = _filling(run, printed)
    groups: dict[Key, list[_Printed]] = {}
    for one in printed:
        filled = replace(one, figure=filled_in(one))
        groups.setdefault(one.key, []).append(filled)
    return [_cascade(key, members) for key, members in groups.items()]


def _printed(row: Sequence[Any]) -> _Printed:
    metric, metric_key, kind, bound, value, unit, normal, normal_unit, *reading, quote, eid, sheet, level, name, ident, slug = row
    printed = _Reading(_plain(value), unit, _scale(value, normal))
    corrected = _corrected(printed, normal_unit, reading)
    now, common = corrected or (printed, normal_unit)
    key = metric_key, "counted" if kind in _COUNTED else kind, common
    figure = Figure(
        name, ident or "", level, slug, eid, quote, bound, now.value, now.unit, now.scale,
        reading="corrected" if corrected else "printed", printed=printed.text, corrected=now.text if corrected else "",
        base=now.value * now.scale,
    )  # fmt: skip
    return _Printed(metric, key, sheet, figure, printed)


def _scale(value: Decimal, normal: Decimal | None) -> Decimal:
    return _plain(normal / value if normal is not None and value else Decimal(1))


def _corrected(printed: _Reading, common: str, row: Sequence[Any]) -> tuple[_Reading, str] | None:
    """The reading of a published erratum with its common unit; None where there is none."""
    value, unit, normal, normal_unit = row
    if not value and not unit:
        return None
    figure = Decimal(value) if value else printed.value
    return _Reading(_plain(figure), unit or printed.unit, _scale(figure, normal)), normal_unit or common


def _plain(value: Decimal) -> Decimal:
    return Decimal(format(value.normalize(), "f"))


_CELL = ("criterion", "pk", "label", "value", "status", "standing", "waits_for", "target", "unit", "score__subject_id")


def _filling(run: Run | None, printed: Iterable[_Printed]) -> Callable[[_Printed], Figure]:
    """What fills figures with what their cells say. Two queries where there is a run, none else."""
    cells = _cells(run, {one.figure.eid for one in printed}) if run is not None else {}
    subjects = {row[-1] for rows in cells.values() for row in rows}
    amended = Amended(subjects, end_of(run.as_at)) if run is not None and subjects else None

    def fill(one: _Printed) -> Figure:
        row = _own(one, cells.get(one.figure.eid, ()))
        if row is None or run is None:
            return one.figure
        is_amended = amended is not None and amended.has((row[-1], row[0]), run.as_at)
        return _filled(one, row, is_amended=is_amended)

    return fill


def _cells(run: Run, eids: set[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Leaves by the clause they come from: the criterion is the clause, or a numbered part of it."""
    named = [*eids, *(f"{eid}/{part}" for eid in eids for part in range(1, _PARTS + 1))]
    rows = Cell.objects.filter(score__run=run, criterion__in=named).exclude(metric="").order_by("pk").values_list(*_CELL)
    out: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        out.setdefault(row[0].partition("/")[0], []).append(row)
    return out


def _own(one: _Printed, cells: Iterable[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """The cell of a figure: the only one of its clause, else the one with the same words or the same target."""
    found, figure = list(cells), one.figure
    if len(found) > 1:
        same = [row for row in found if row[2] in (figure.quote, f"{one.metric}：{figure.quote}")]
        found = same or [row for row in found if row[7] in (figure.target, one.read.value)]
    return found[0] if len(found) == 1 else None


def _filled(one: _Printed, row: tuple[Any, ...], *, is_amended: bool) -> Figure:
    """The figure with what its cell says, and with the target that it was scored by."""
    _, pk, _, value, status, standing, waits, target, unit, _ = row
    figure = one.figure
    value = None if value is None else _plain(value)
    figure = replace(figure, cell=pk, value=value, status=status, standing=standing, waits_for=waits)
    if target is None or (_plain(target) == figure.target and not is_amended):
        return figure
    scales = {figure.unit: figure.scale, one.read.unit: one.read.scale}
    if unit not in scales:
        return figure
    reading = "amended" if is_amended else "printed" if _plain(target) == one.read.value else "corrected"
    return replace(figure, target=_plain(target), unit=unit, scale=scales[unit], reading=reading)


def _cascade(key: Key, members: list[_Printed]) -> Cascade:
    city = next((one.figure for one in members if one.figure.level == "city"), None)
    areas = _one_each(one for one in members if one.figure.level == "area")
    units = _one_each(one for one in members if one.figure.level == "unit")
    whole = city.base if city is not None else None
    measured = next((unit for unit in units if unit.cell and unit.base == whole), None)
    if measured is None and city is not None and city.cell is not None:
        measured = city
    sums = _sums(key, city, areas)
    derived = sums.value if sums is not None and city is not None and measured is None else None
    return Cascade(members[0].metric, key, city, areas, units, sums, measured, derived)


def _one_each(members: Iterable[_Printed]) -> tuple[Figure, ...]:
    seen: dict[int, Figure] = {}
    for one in members:
        seen.setdefault(one.sheet, one.figure)
    return tuple(seen.values())


def _sums(key: Key, city: Figure | None, areas: tuple[Figure, ...]) -> Sums | None:
    """None for what areas do not share out: growth, rates, ranks, levels; and for fewer than two areas."""
    if key[1] != "counted" or key[2] in LEVEL_UNITS | {""} or len(areas) < 2:
        return None
    told = city or areas[0]
    targets = _plain(sum((area.target * area.scale for area in areas), Decimal(0)) / told.scale)
    padding = None
    if city is not None and city.target:
        padding = ((targets / city.target - 1) * 100).quantize(_HUNDREDTH)
    unknown = tuple(area.name for area in areas if not area.is_firm)
    values = [area.value * area.scale for area in areas if area.value is not None]
    value = None if unknown else _plain(sum(values, Decimal(0)) / told.scale)
    return Sums(told.unit, len(areas), targets, padding, value, unknown)
