"""Reading of results: by category with places, ties and what is undetermined; a unit's sheet; a cell's certificate.

Everything is read from stored columns; certificates only where one is shown. Nothing here writes or scores.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from taizhang.apps.assessments.models import Cell, Certificate, Cycle, Run, Score
from taizhang.apps.assessments.scores.runs import light_runs
from taizhang.apps.assessments.states import SILENT
from taizhang.apps.assessments.wording import RUN_STATES
from taizhang.engines.scoring.model import Scheme

SETTLED = ("approved", "final")
_DECIDED = ("approved", "published", "final")
_ZERO = Decimal(0)


def standing_run(cycle: Cycle, as_at: date | None = None) -> Run | None:
    """The run that speaks for a cycle: the final one, else the approved one, else the newest (of that day). One query.

    `cycle` as it now stands: its state says whether results were approved.
    """
    rows = light_runs().filter(cycle=cycle).exclude(state__in=SILENT)
    if as_at is not None:
        rows = rows.filter(as_at=as_at)
    found: Run | None = None
    if cycle.state in _DECIDED:
        found = rows.filter(state__in=SETTLED).order_by("-state", "-pk").first()  # final stands before approved
    return found or rows.order_by("-as_at", "-pk").first()


def run_label(run: Run) -> str:
    """How every page marks its scores: 试算 until they are approved."""
    return RUN_STATES[run.state] if run.state in SETTLED else "试算"


@dataclass(frozen=True, slots=True)
class Row:
    """A subject's result. `rank_best` and `rank_worst` differ while a place is open; both None where it is not ranked.

    `overridden` is the total that a sanction overrode; `adjusted` what bonuses and deductions add (None: an amount isn't set).
    `sanctions` and `waits` are in words. `is_set` False: no weight of its sheet is set, so that it has no total at all and `low`
    and `high` say nothing.
    """

    score: int
    ident: str
    name: str
    category: str
    low: Decimal
    high: Decimal
    overridden: Decimal | None
    adjusted: Decimal | None
    grades: tuple[str, ...]
    rank_best: int | None
    rank_worst: int | None
    sanctions: tuple[str, ...]
    waits: tuple[str, ...]
    is_set: bool = True

    @property
    def is_known(self) -> bool:
        """True if nothing is undetermined."""
        return self.is_set and self.low == self.high

    @property
    def grade(self) -> str | None:
        """The grade, None while several are possible or the scheme has none."""
        return self.grades[0] if len(self.grades) == 1 else None

    @property
    def rank(self) -> int | None:
        """The place, None while it is open, where it is not ranked, or where a sanction overrode the total."""
        if self.overridden is not None or not self.is_known or self.rank_best != self.rank_worst:
            return None
        return self.rank_best


@dataclass(frozen=True, slots=True)
class CategoryResults:
    """A category with its rows: those with a place in order, then those without. `ties` are places that several hold, with how
    many; `counts` the known grades in the scheme's order; `undetermined` how many rows have no one total or grade yet."""

    id: str
    name: str
    is_ranked: bool
    rows: tuple[Row, ...]
    ties: dict[int, int]
    counts: tuple[tuple[str, int], ...]
    undetermined: int


_ROW = (
    "pk", "subject__ident", "subject__name", "subject__category", "low", "high", "overridden_low", "adjusted", "rank_best",
    "rank_worst",
)  # fmt: skip
_LISTS = ("grades", "sanctions", "waits")
_FIELDS = ("score", "ident", "name", "category", "low", "high", "overridden", "adjusted", "rank_best", "rank_worst", *_LISTS)


def rows_of(run: Run) -> list[Row]:
    """All results of a run in the scheme's order of subjects. One query."""
    return _rows(Score.objects.filter(run=run).order_by("pk"))


def _rows(scores: QuerySet[Score]) -> list[Row]:
    # Lists are read as text and taken apart once: a ranking says the same few things of a hundred subjects.
    texts = {f"{name}_text": Cast(name, TextField()) for name in _LISTS}
    rows = scores.annotate(**texts).values_list(*_ROW, *texts)
    return [_row((*values[:-3], *map(_listed, values[-3:]))) for values in rows]


@lru_cache(maxsize=4096)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _row(values: Sequence[Any]) -> Row:
    facts: dict[str, Any] = dict(zip(_FIELDS, values, strict=True))
    return Row(**facts)


def by_category(run: Run, scheme: Scheme) -> list[CategoryResults]:
    """The results of a run in the scheme's categories. One query."""
    labels = {sanction.id: sanction.label for sanction in scheme.sanctions}
    unset = {one.body for one in scheme.subjects if scheme.trees[one.tree].weight is None}
    of_category: dict[str, list[Row]] = {}
    for row in rows_of(run):
        of_category.setdefault(row.category, []).append(row)
    out = []
    for category in scheme.categories:
        rows = [_named(row, labels, is_set=row.ident not in unset) for row in of_category.get(category.id, ())]
        if not rows:
            continue
        rows.sort(key=lambda row: (row.rank is None, row.rank or 0, not row.is_known, -row.high))
        places = [row.rank for row in rows if row.rank is not None]
        ties = {place: places.count(place) for place in dict.fromkeys(places) if places.count(place) > 1}
        known = [row.grade for row in rows if row.grade is not None]
        counts = tuple((grade.name, known.count(grade.name)) for grade in scheme.grades)
        open_rows = sum(not row.is_known or (bool(row.grades) and row.grade is None) for row in rows)
        out.append(CategoryResults(category.id, category.name, category.is_ranked, tuple(rows), ties, counts, open_rows))
    return out


def _named(row: Row, labels: dict[str, str], *, is_set: bool) -> Row:
    if not row.sanctions and is_set:
        return row
    return replace(row, sanctions=tuple(labels.get(one, one) for one in row.sanctions), is_set=is_set)


@dataclass(frozen=True, slots=True)
class Point:
    """A dot of the distribution: a subject with one known total that no sanction overrode."""

    ident: str
    name: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class Distribution:
    """Dots by category, the grades' lower ends, and who is not drawn with the reason (undetermined, overridden)."""

    points: dict[str, tuple[Point, ...]]
    bands: tuple[tuple[str, Decimal], ...]
    left_out: tuple[tuple[str, str], ...]


def distribution(groups: Sequence[CategoryResults], scheme: Scheme) -> Distribution:
    """What the picture of scores shows. No query."""
    points, left_out = {}, []
    for group in groups:
        points[group.id] = tuple(
            Point(row.ident, row.name, row.low) for row in group.rows if row.is_known and row.overridden is None
        )
        left_out += [(row.name, "undetermined") for row in group.rows if not row.is_known]
        left_out += [(row.name, "overridden") for row in group.rows if row.is_known and row.overridden is not None]
    return Distribution(points, tuple((grade.name, grade.low) for grade in scheme.grades), tuple(left_out))


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A criterion on a unit's sheet, in the order of its tree; `depth` 0 is the whole.

    `value` the figure in force with its `standing`; `score_low` None where the weight is not set.
    """

    cell: int
    criterion: str
    parent: str
    depth: int
    is_leaf: bool
    label: str
    weight: Decimal | None
    low: Decimal | None
    high: Decimal | None
    status: str
    metric: str
    value: Decimal | None
    target: Decimal | None
    bound: str
    unit: str
    standing: str
    waits_for: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """True if the score is one figure."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """A unit's result with its criteria. Of the full mark `earned` is certain, `undetermined` open, `lost` gone; bonuses and
    deductions are not part of these. `counts`: leaves by light."""

    row: Row
    cells: tuple[SheetCell, ...]
    full: Decimal | None
    earned: Decimal
    undetermined: Decimal
    lost: Decimal | None
    counts: dict[str, int]


_SHEET_FIELDS = (
    "cell", "criterion", "parent", "label", "weight", "low", "high", "status", "metric", "value", "target", "bound", "unit",
    "standing",
)  # fmt: skip
_SHEET = (
    "pk", "criterion", "parent", "label", "weight", "low", "high", "status", "metric", "value", "target", "bound", "unit",
    "standing", "waits_for",
)  # fmt: skip


def unit_sheet(run: Run, ident: str, scheme: Scheme) -> UnitSheet | None:
    """The sheet of a body in a run, None where it is not in it. Two queries, however many criteria."""
    found = _rows(Score.objects.filter(run=run, subject__ident=ident))
    if not found:
        return None
    cells = _cells_of(found[0].score)
    root = cells[0] if cells else None
    labels = {sanction.id: sanction.label for sanction in scheme.sanctions}
    row = _named(found[0], labels, is_set=root is None or root.low is not None)
    low, high = (root.low or _ZERO, root.high or _ZERO) if root else (_ZERO, _ZERO)
    full = root.weight if root else None
    counts: dict[str, int] = {}
    for cell in cells:
        if cell.is_leaf:
            counts[cell.status] = counts.get(cell.status, 0) + 1
    lost = None if full is None else max(full - high, _ZERO)
    return UnitSheet(row, cells, full, low, high - low, lost, counts)


def _cells_of(score: int) -> tuple[SheetCell, ...]:
    rows = list(Cell.objects.filter(score_id=score).order_by("ordinal").values_list(*_SHEET))
    inner = {row[2] for row in rows}
    depths: dict[str, int] = {}
    out = []
    for *values, waits in rows:
        facts = dict(zip(_SHEET_FIELDS, values, strict=True))
        criterion = facts["criterion"]
        depths[criterion] = depth = depths.get(facts["parent"], -1) + 1
        reasons = tuple(waits.split("、")) if waits else ()
        out.append(SheetCell(**facts, depth=depth, is_leaf=criterion not in inner, waits_for=reasons))
    return tuple(out)


def certificate_by_cell(cell: int) -> dict[str, Any] | None:
    """The stored certificate of a cell by its key, as notices name it. One query."""
    found: dict[str, Any] | None = Certificate.objects.filter(pk=cell).values_list("content", flat=True).first()
    return found


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list."""

    pk: int
    as_at: date
    state: str
    by: str
    digest: str


def runs_of(cycle: Cycle) -> list[RunLine]:
    """All runs of a cycle, newest first. One query."""
    rows = Run.objects.filter(cycle=cycle).order_by("-pk").values_list("pk", "as_at", "state", "by", "digest")
    return [RunLine(*row) for row in rows]
