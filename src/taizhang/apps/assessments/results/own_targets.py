"""A unit's own targets as its people see them at the desk: sheets of all years, each item with its series, score and sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.acting import light_cycles
from taizhang.apps.assessments.models import Cycle, Run, Subject
from taizhang.apps.assessments.results.board_pages import Told, series_of
from taizhang.apps.assessments.results.reading import SheetCell, UnitSheet, standing_run, unit_sheet
from taizhang.apps.assessments.results.unit_pages import sections_of
from taizhang.apps.assessments.schemes.sentences import place, sentences
from taizhang.apps.assessments.schemes.stored import scheme_of, walk
from taizhang.apps.assessments.waiting.matters import acted_for, roles_of
from taizhang.apps.gazettes.citing import Quoted
from taizhang.engines.scoring.model import Criterion, Scheme
from taizhang.kernel.citation import Citation

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet somebody reports or signs for, of a running or a closed year."""

    subject: Subject
    cycle: Cycle


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an item: its stored cell (None before the first scoring) and what was said at the end of each period."""

    label: str
    cell: SheetCell | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class OwnItem:
    """An item as printed, with its figures. `cell` None before the first scoring; `weight` None where points are not set."""

    number: int
    heading: str
    criterion: str
    label: str
    weight: Decimal | None
    cell: SheetCell | None
    figures: tuple[Figure, ...]
    quote: Quoted | None


@dataclass(frozen=True, slots=True)
class Targets:
    """What one sheet's page shows. `run` and `sheet` None before the first scoring."""

    own: OwnSheet
    scheme: Scheme
    run: Run | None
    sheet: UnitSheet | None
    items: tuple[OwnItem, ...]


def own_sheets(user: User) -> list[OwnSheet]:
    """Every sheet of the bodies somebody reports or signs for, running years first, then the newest. Two queries."""
    roles = roles_of(user)
    bodies = roles.get("reporter", set()) | roles.get("signer", set())
    subjects = list(Subject.objects.filter(acted_for(bodies)).exclude(tree="").select_related("taken_over_by").order_by("pk"))
    cycles = {cycle.pk: cycle for cycle in light_cycles().filter(pk__in={subject.cycle_id for subject in subjects})}
    found = [OwnSheet(subject, cycles[subject.cycle_id]) for subject in subjects]
    return sorted(found, key=lambda one: (one.cycle.state == "final", -one.cycle.year, one.subject.pk))


def targets_of(own: OwnSheet) -> Targets:
    """Items of a sheet with their figures. Queries don't grow with items."""
    scheme = scheme_of(own.cycle.scheme)
    tree = scheme.trees[own.subject.tree]
    run = standing_run(own.cycle)
    sheet = unit_sheet(run, own.subject.ident, scheme) if run is not None else None
    rows = list(_scored(own.cycle, sheet, tree)) if sheet is not None else list(_printed(tree))
    found = sentences(citation for *_, citation in rows)
    items = tuple(
        OwnItem(n, *facts, quote=found.get(place(citation)) if citation is not None else None)
        for n, (*facts, citation) in enumerate(rows, 1)
    )
    return Targets(own, scheme, run, sheet, items)


_Row = tuple[str, str, str, Decimal | None, SheetCell | None, tuple[Figure, ...], Citation | None]


def _scored(cycle: Cycle, sheet: UnitSheet, tree: Criterion) -> Iterator[_Row]:
    sections = sections_of(sheet, tree, _ZERO)
    told = series_of(cycle, [part.cell.cell for section in sections for item in section.items for part in item.parts])
    for section in sections:
        heading = section.heading.label if section.heading else ""
        for item in section.items:
            cell = item.cell
            figures = tuple(Figure(part.cell.label, part.cell, tuple(told.get(part.cell.cell, ()))) for part in item.parts)
            yield heading, cell.criterion, cell.label, cell.weight, cell, figures, item.citation


def _printed(tree: Criterion) -> Iterator[_Row]:
    for node in walk(tree):
        if not node.children:
            yield "", node.id, node.label, node.weight, None, (), node.citation


def over(day: date | None, today: date) -> bool:
    """True once a last day has passed, or where there is none."""
    return day is None or today > day
