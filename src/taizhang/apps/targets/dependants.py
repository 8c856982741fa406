"""What lives on a clause: measures and duties that were read from it. For margins of the reader and pages of clauses."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.apps.gazettes.reading import Mark
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet

RULE_ROLES = ("target", "limit", "amount", "penalty")


@dataclass(slots=True)
class Dependants:
    """Measures that bind, the item they stand in, and the bodies a clause names."""

    measures: list[Measure] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def __bool__(self) -> bool:
        """True if something lives on the clause."""
        return bool(self.measures or self.duties or self.items)


def dependants_of(clauses: Iterable[Clause]) -> dict[int, Dependants]:
    """By the clause's primary key; clauses on which nothing lives are absent. Three queries."""
    keys = [clause.pk for clause in clauses]
    out: dict[int, Dependants] = {}
    for measure in Measure.objects.filter(clause_id__in=keys, role__in=RULE_ROLES).order_by("ordinal"):
        out.setdefault(measure.clause_id, Dependants()).measures.append(measure)
    for duty in Duty.objects.filter(clause_id__in=keys).select_related("body").order_by("pk"):
        out.setdefault(duty.clause_id, Dependants()).duties.append(duty)
    for item in Item.objects.filter(clause_id__in=keys).select_related("group__sheet"):
        out.setdefault(item.clause_id, Dependants()).items.append(item)
    return out


def measure_marks(dependants: Iterable[Dependants]) -> list[Mark]:
    """The words that became measures, to be underlined."""
    return [Mark(measure.start, measure.end, "ru") for each in dependants for measure in each.measures]


@dataclass(slots=True)
class BoardItem:
    """An item of the front page's board with its measures."""

    item: Item
    measures: list[Measure]


def city_board(edition: Edition) -> list[tuple[Group, list[BoardItem]]]:
    """The city list of an issue in its printed groups; empty where the issue has none. Four queries."""
    sheet = Sheet.objects.filter(edition=edition, kind="city").first()
    if sheet is None:
        return []
    items = list(Item.objects.filter(group__sheet=sheet).select_related("group", "clause").order_by("group__ordinal", "ordinal"))
    measures: dict[int, list[Measure]] = {}
    for measure in Measure.objects.filter(item__in=items, role="target").order_by("ordinal"):
        measures.setdefault(measure.item_id or 0, []).append(measure)
    out: list[tuple[Group, list[BoardItem]]] = []
    for item in items:
        if not out or out[-1][0].pk != item.group_id:
            out.append((item.group, []))
        out[-1][1].append(BoardItem(item, measures.get(item.pk, [])))
    return out


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """Counts of an issue: unit and area sheets, items, and items that print a figure."""

    unit_sheets: int
    area_sheets: int
    items: int
    measured: int


def issue_facts(edition: Edition) -> IssueFacts:
    """Two queries."""
    kinds = list(Sheet.objects.filter(edition=edition).values_list("kind", flat=True))
    items = Item.objects.filter(group__sheet__edition=edition).exclude(group__sheet__kind="city")
    rows = list(items.values_list("kind", flat=True))
    return IssueFacts(kinds.count("unit"), kinds.count("area"), len(rows), rows.count("measured"))
