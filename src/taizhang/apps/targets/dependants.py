"""What lives on a clause: measures and duties that were read from it. For margins of the reader and pages of clauses."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.apps.gazettes.reading import Mark
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet

_OPENS_WITHIN = 4
RULE_ROLES = ("target", "limit", "amount", "penalty")


@dataclass(slots=True)
class Dependants:
    """Measures that bind, the item they stand in, and the bodies a clause names.

    `numbers` says which measure of its clause each is, from 1: the number in the address of a target.
    """

    measures: list[Measure] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    duties: list[Duty] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def __bool__(self) -> bool:
        """True if something lives on the clause."""
        return bool(self.measures or self.duties or self.items)


def dependants_of(clauses: Iterable[Clause]) -> dict[int, Dependants]:
    """By the clause's primary key; clauses on which nothing lives are absent. Four queries."""
    asked = {clause.pk: clause for clause in clauses}
    out: dict[int, Dependants] = {}
    for measure, number in _numbered(asked):
        if measure.role in RULE_ROLES:
            here = out.setdefault(measure.clause_id, Dependants())
            here.measures.append(measure)
            here.numbers[measure.pk] = number
    for duty in Duty.objects.filter(clause_id__in=asked).select_related("body").order_by("pk"):
        out.setdefault(duty.clause_id, Dependants()).duties.append(duty)
    items = list(Item.objects.filter(clause_id__in=asked))
    # A group has many items, and reading it once with each costs more than asking for it.
    groups = Group.objects.select_related("sheet").in_bulk({item.group_id for item in items}) if items else {}
    for item in items:
        item.group = groups[item.group_id]
        out.setdefault(item.clause_id, Dependants()).items.append(item)
    return out


def _numbered(clauses: Mapping[int, Clause]) -> Iterator[tuple[Measure, int]]:
    seen: Counter[int] = Counter()
    for measure in Measure.objects.filter(clause_id__in=clauses).order_by("ordinal"):
        measure.clause = clauses[measure.clause_id]
        seen[measure.clause_id] += 1
        yield measure, seen[measure.clause_id]


def measure_marks(dependants: Iterable[Dependants]) -> list[Mark]:
    """The words that became measures, to be underlined."""
    return [Mark(measure.start, measure.end, "ru") for each in dependants for measure in each.measures]


@dataclass(slots=True)
class BoardItem:
    """An item of the front page's board with its measures."""

    item: Item
    measures: list[Measure]
    numbers: dict[int, int]

    @property
    def title(self) -> str:
        """What the item is about: its first metric where the sentence opens with that, else its first phrase."""
        text = self.item.text
        if self.measures and -1 < text.find(self.measures[0].metric) <= _OPENS_WITHIN:
            return self.measures[0].metric
        return re.split(r"[,，;；。]", text, maxsplit=1)[0]


def city_board(edition: Edition) -> list[tuple[Group, list[BoardItem]]]:
    """The city list of an issue in its printed groups; empty where the issue has none. Four queries."""
    sheet = Sheet.objects.filter(edition=edition, kind="city").first()
    if sheet is None:
        return []
    rows = Item.objects.filter(group__sheet=sheet).select_related("group__sheet__document", "clause")
    items = list(rows.order_by("group__ordinal", "ordinal"))
    measures: dict[int, list[Measure]] = {}
    numbers: dict[int, int] = {}
    for measure, number in _numbered({item.clause_id: item.clause for item in items}):
        if measure.role == "target" and measure.item_id:
            measures.setdefault(measure.item_id, []).append(measure)
            numbers[measure.pk] = number
    out: list[tuple[Group, list[BoardItem]]] = []
    for item in items:
        if not out or out[-1][0].pk != item.group_id:
            out.append((item.group, []))
        out[-1][1].append(BoardItem(item, measures.get(item.pk, []), numbers))
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


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """What one area owes of a metric; `measure` None where its sheet has no such target."""

    sheet: Sheet
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class AreaBoard:
    """One metric over all areas, and the metrics to choose from: (key, name, number of areas)."""

    key: str
    name: str
    figures: tuple[AreaFigure, ...]
    choices: tuple[tuple[str, str, int], ...]


_SHARED_BY = 3


def area_metrics(edition: Edition) -> frozenset[str]:
    """Keys of metrics that areas of an issue set targets on: what `area_board` may be asked for. One query."""
    rows = Measure.objects.filter(edition=edition, item__group__sheet__kind="area", role="target", value__isnull=False)
    return frozenset(rows.order_by().values_list("metric_key", flat=True).distinct())


def area_board(edition: Edition, key: str = "", doubted: frozenset[int] = frozenset()) -> AreaBoard | None:
    """Targets of areas for the metric `key`; else the one with most figures in doubt (source offsets), else the most shared.

    None where an issue has no area sheets. Three queries.
    """
    sheets = list(Sheet.objects.filter(edition=edition, kind="area"))
    rows = Measure.objects.filter(edition=edition, item__group__sheet__kind="area", role="target", value__isnull=False)
    found: dict[str, dict[int, tuple[int, int, str]]] = {}
    told = rows.order_by("ordinal").values_list("pk", "metric_key", "metric", "start", "item__group__sheet_id")
    for pk, metric_key, metric, start, sheet in told:
        found.setdefault(metric_key, {}).setdefault(sheet, (pk, start, metric))
    choices = tuple((metric, _name(of), len(of)) for metric, of in found.items() if len(of) >= _SHARED_BY)
    if not sheets or not choices:
        return None
    if key not in {choice[0] for choice in choices}:
        key = max(choices, key=lambda c: (sum(start in doubted for _, start, _ in found[c[0]].values()), c[2]))[0]
    chosen = Measure.objects.select_related("clause").in_bulk(pk for pk, _, _ in found[key].values())
    figures = tuple(AreaFigure(sheet, chosen[found[key][sheet.pk][0]] if sheet.pk in found[key] else None) for sheet in sheets)
    return AreaBoard(key, _name(found[key]), figures, choices)


def _name(found: Mapping[int, tuple[int, int, str]]) -> str:
    return next(iter(found.values()))[2]


def areas_without_sheet(edition: Edition, names: Iterable[str]) -> list[str]:
    """Which of the named areas have no sheet in an issue that has area sheets."""
    units = set(Sheet.objects.filter(edition=edition, kind="area").values_list("unit", flat=True))
    return [name for name in names if name not in units] if units else []
