"""What the office's pages of a year show: a grid of scores by criterion, and what moved since the scoring before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.apps.assessments.models import Cell, Cycle, Run, Score, Subject
from taizhang.engines.scoring.model import Criterion, Scheme

_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Choosable:
    """A criterion that several units are scored by, which a grid can show: its depth below the whole."""

    id: str
    label: str
    depth: int


def criteria_of(scheme: Scheme) -> list[Choosable]:
    """Criteria of trees that several subjects share, in their order, no deeper than two levels. Sheets share none."""
    shared = [tree for tree in scheme.trees if sum(subject.tree == tree for subject in scheme.subjects) > 1]
    return [one for tree in shared for one in _below(scheme.trees[tree], 0)]


def _below(node: Criterion, depth: int) -> Iterator[Choosable]:
    yield Choosable(node.id, node.label, depth)
    if depth < _DEEPEST:
        for child in node.children:
            yield from _below(child, depth + 1)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A unit in the grid: its cell of the criterion asked for (or the whole) and its total. `cell` names the certificate."""

    ident: str
    name: str
    category: str
    cell: int
    status: str
    weight: Decimal | None
    low: Decimal | None
    high: Decimal | None
    waits_for: str
    total_low: Decimal
    total_high: Decimal
    grades: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """True if the cell's score is one figure."""
        return self.low is not None and self.low == self.high


_COLUMNS = (
    "score__subject__ident", "score__subject__name", "score__subject__category", "pk", "status", "weight", "low", "high",
    "waits_for", "score__low", "score__high", "score__grades",
)  # fmt: skip


def grid_of(run: Run, scheme: Scheme, criterion: str) -> list[tuple[str, list[GridRow]]]:
    """Rows by category, the undetermined first, then the lowest scores. One query."""
    rows = Cell.objects.filter(score__run=run)
    rows = rows.filter(criterion=criterion) if criterion else rows.filter(parent="")
    by_category: dict[str, list[GridRow]] = {}
    for *values, grades in rows.order_by("score_id", "ordinal").values_list(*_COLUMNS):
        row = GridRow(*values, tuple(grades))
        by_category.setdefault(row.category, []).append(row)
    return [
        (category.name, sorted(found, key=lambda row: (row.is_known, row.low or Decimal(0))))
        for category in scheme.categories
        if (found := by_category.get(category.id))
    ]


def owner_names(cycles: Iterable[Cycle]) -> dict[str, str]:
    """Names of the bodies that run years of their own below another, as that other year has them. One query."""
    rows = Subject.objects.filter(cycle__in={cycle.parent_id for cycle in cycles if cycle.parent_id})
    return dict(rows.values_list("ident", "name"))


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit whose total or grade differs from the scoring before."""

    name: str
    before: tuple[Decimal, Decimal]
    after: tuple[Decimal, Decimal]
    grades_before: tuple[str, ...]
    grades_after: tuple[str, ...]


def run_before(run: Run, wanted: int = 0) -> int | None:
    """The run to compare with: the one `wanted` where its scores still stand, else the run before. One query or two."""
    rows = Run.objects.filter(cycle=run.cycle_id, pk__lt=run.pk).exclude(state="released")
    found: int | None = rows.filter(pk=wanted).values_list("pk", flat=True).first() if wanted else None
    return found or rows.order_by("-pk").values_list("pk", flat=True).first()


def moved_since(run: Run, earlier: int | None) -> list[Moved]:
    """Whose total or grade differs from the run `earlier`; nobody's where it is None. Two queries."""
    if earlier is None:
        return []
    old = {row[0]: row for row in _totals(earlier)}
    return [
        Moved(name, old[pk][2:4], (low, high), tuple(old[pk][4]), tuple(grades))
        for pk, name, low, high, grades in _totals(run.pk)
        if pk in old and (old[pk][2:4] != (low, high) or old[pk][4] != grades)
    ]


def _totals(run: int) -> list[tuple[int, str, Decimal, Decimal, list[str]]]:
    rows = Score.objects.filter(run=run).order_by("pk")
    return list(rows.values_list("subject_id", "subject__name", "low", "high", "grades"))
