"""Reading of targets: boards, sheets and single measures of adopted issues. Nothing here writes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from taizhang.apps.gazettes.models import Clause, Edition, Finding, State, newest_first
from taizhang.apps.gazettes.queries import adopted, newest
from taizhang.apps.organisations.models import Body
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet

KINDS = ("measured", "zero_event", "benchmark", "delegated", "qualitative")
BOUND = ("measured", "zero_event")
LEVELS = ("city", "area", "unit")
ORDERS = ("printed", "name", "items", "bound", "waiting")


def issues_with_sheets() -> list[Edition]:
    """Adopted issues that set targets, newest first. One query."""
    return list(adopted().filter(pk__in=Sheet.objects.values("edition_id")))


def issue_with_sheets(slug: str = "") -> Edition | None:
    """The adopted issue at an address if it sets targets; the newest that does where no address is given. One query."""
    rows = adopted().filter(Exists(Sheet.objects.filter(edition=OuterRef("pk"))))
    return newest(rows.filter(slug=slug) if slug else rows)


@dataclass(frozen=True, slots=True)
class Target:
    """A measure of a sheet's item with its stable address: document, clause, and which measure of that clause it is (from 1)."""

    measure: Measure
    number: int

    @property
    def item(self) -> Item:
        """The item that sets it."""
        item: Item = self.measure.item
        return item

    @property
    def sheet(self) -> Sheet:
        """The sheet it stands in."""
        sheet: Sheet = self.item.group.sheet
        return sheet

    @property
    def slug(self) -> str:
        """Address of its document."""
        return str(self.sheet.document.slug)


def targets_of(measures: QuerySet[Measure]) -> list[Target]:
    """Measures with figure or date as targets, in printed order. Two queries."""
    rows = measures.filter(role="target", item__isnull=False)
    rows = rows.select_related("item__group__sheet__document", "item__group__sheet__body", "clause").order_by("ordinal")
    found = list(rows)
    clauses = {row.clause_id for row in found}
    seen: dict[int, int] = {}
    numbers: dict[int, int] = {}
    for pk, clause in Measure.objects.filter(clause_id__in=clauses).order_by("ordinal").values_list("pk", "clause_id"):
        seen[clause] = numbers[pk] = seen.get(clause, 0) + 1
    return [Target(row, numbers[row.pk]) for row in found]


@dataclass(frozen=True, slots=True)
class Composition:
    """How many items of which kind, and the points printed for each kind (None where none are printed)."""

    counts: dict[str, int]
    points: dict[str, Decimal | None]

    @property
    def items(self) -> int:
        """All items."""
        return sum(self.counts.values())

    @property
    def bound(self) -> int:
        """Items with a figure, or with an event that must not happen."""
        return sum(self.counts[kind] for kind in BOUND)

    def share(self, kind: str) -> Decimal:
        """Share of a kind in per cent, to one decimal; 0 where there are no items."""
        return (Decimal(100 * self.counts[kind]) / self.items).quantize(Decimal("0.1")) if self.items else Decimal(0)

    @property
    def bound_share(self) -> Decimal:
        """Share of bound items in per cent, to one decimal; 0 where there are no items."""
        return (Decimal(100 * self.bound) / self.items).quantize(Decimal("0.1")) if self.items else Decimal(0)


def together(compositions: Iterable[Composition]) -> Composition:
    """Several sheets as one."""
    counts, points = dict.fromkeys(KINDS, 0), dict[str, Decimal | None].fromkeys(KINDS)
    for one in compositions:
        for kind in KINDS:
            counts[kind] += one.counts[kind]
            if one.points[kind] is not None:
                points[kind] = (points[kind] or Decimal(0)) + one.points[kind]  # type: ignore[operator]
    return Composition(counts, points)


def compositions(sheets: Iterable[Sheet]) -> dict[int, Composition]:
    """By the sheet's primary key. Items of groups that only deduct are left out: they set no target. One query."""
    keys = [sheet.pk for sheet in sheets]
    out = {key: Composition(dict.fromkeys(KINDS, 0), dict[str, Decimal | None].fromkeys(KINDS)) for key in keys}
    rows = Item.objects.filter(group__sheet_id__in=keys, group__is_deduction=False).order_by()
    by_kind = rows.values_list("group__sheet_id", "kind")
    counted = by_kind.annotate(count=Count("pk"), printed=Count("points"), added=Sum("points"))
    for sheet, kind, count, printed, points in counted:
        kind = kind if kind in KINDS else "qualitative"
        out[sheet].counts[kind] += count
        out[sheet].points[kind] = points if printed == count else None
    return out


def sheets_of(edition: Edition, kind: str = "") -> list[Sheet]:
    """Sheets of an issue in printed order, of one kind where that is given. One query."""
    rows = Sheet.objects.filter(edition=edition).select_related("document", "body")
    return list(rows.filter(kind=kind) if kind else rows)


def ordered(sheets: list[Sheet], made: dict[int, Composition], order: str) -> list[Sheet]:
    """Sheets by name, number of items, share of bound items or number of items that wait; as printed otherwise."""
    keys = {
        "name": lambda s: (s.unit,),
        "items": lambda s: (-made[s.pk].items, s.ordinal),
        "bound": lambda s: (-made[s.pk].bound_share, s.ordinal),
        "waiting": lambda s: (-made[s.pk].counts["delegated"], s.ordinal),
    }
    return sorted(sheets, key=keys[order]) if order in keys else sheets


def sheet_at(edition: Edition, address: str) -> Sheet | None:
    """The sheet at an address: the first of the unit, or the one at a place (市教育局~12)."""
    rows = Sheet.objects.filter(edition=edition).select_related("document", "body")
    placed = re.fullmatch(r"(.*)~(\d{1,6})", address)
    found: Sheet | None = rows.filter(unit=placed[1], ordinal=int(placed[2])).first() if placed else None
    found = found or rows.filter(unit=address).order_by("ordinal").first()
    if found is not None:
        found.edition = found.document.edition = edition
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a sheet with its targets and the proof findings that point into it."""

    item: Item
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A group of a sheet; `added` is the sum of its items' points, None where not all print points."""

    group: Group
    lines: tuple[Line, ...]
    added: Decimal | None


def sections_of(sheet: Sheet, findings: Sequence[Finding] = ()) -> list[Section]:
    """Groups, items and targets of a sheet in printed order. Four queries."""
    groups = list(sheet.groups.all())
    items = list(Item.objects.filter(group__in=groups).select_related("clause").order_by("group__ordinal", "ordinal"))
    by_item: dict[int, list[Target]] = {}
    for target in targets_of(Measure.objects.filter(item__in=items)):
        by_item.setdefault(target.item.pk, []).append(target)
    out = []
    for group in groups:
        mine = [item for item in items if item.group_id == group.pk]
        lines = tuple(Line(item, tuple(by_item.get(item.pk, ())), _pointing(findings, item.clause)) for item in mine)
        points = [item.points for item in mine if item.points is not None]
        out.append(Section(group, lines, sum(points, Decimal(0)) if mine and len(points) == len(mine) else None))
    return out


def _pointing(findings: Sequence[Finding], clause: Clause) -> tuple[Finding, ...]:
    return tuple(f for f in findings if any(start < clause.end and clause.start < max(end, start + 1) for start, end in f.spans))


def findings_within(edition: Edition, start: int, end: int) -> list[Finding]:
    """Findings of an issue that point into a stretch of its source. One query."""
    return [f for f in edition.findings.all() if any(a < end and start < b for a, b in f.spans)]


def target_at(slug: str, eid: str, number: int) -> Target | None:
    """The target at a stable address in the newest adopted issue."""
    clause = (
        Clause.objects.filter(document__slug=slug, eid=eid, document__edition__state=State.ADOPTED)
        .order_by(*newest_first("document__edition"), "-pk")
        .first()
    )
    if clause is None:
        return None
    found = targets_of(Measure.objects.filter(clause=clause).select_related("edition"))
    return next((target for target in found if target.number == number), None)


def duties_on(clause: Clause) -> list[Duty]:
    """Bodies a clause names. One query."""
    return list(Duty.objects.filter(clause=clause).select_related("body"))


@dataclass(frozen=True, slots=True)
class BodyDuties:
    """What an adopted issue gives a body: its sheets, and the clauses that name it."""

    sheets: list[Sheet]
    duties: list[Duty]
    more: int


def duties_of(body: Body, most: int = 60) -> BodyDuties:
    """Sheets and duties of a body in adopted issues, newest issue first; `more` counts duties beyond `most`. Three queries."""
    rows = Duty.objects.filter(body=body, edition__state=State.ADOPTED)
    rows = rows.select_related("clause__document", "edition").defer("edition__agreeing", "edition__diagnostics")
    duties = list(rows.order_by(*newest_first("edition"), "pk")[: most + 1])
    sheets = Sheet.objects.filter(body=body, edition__state=State.ADOPTED).select_related("edition", "document")
    more = Duty.objects.filter(body=body, edition__state=State.ADOPTED).count() - most if len(duties) > most else 0
    return BodyDuties(list(sheets.order_by(*newest_first("edition"), "ordinal")), duties[:most], more)


def work_counts() -> dict[int, tuple[int, int]]:
    """Sheets and duties of each body in adopted issues, by the body's primary key. Two queries."""
    live = Q(edition__state=State.ADOPTED, body__isnull=False)
    sheets = dict(Sheet.objects.filter(live).order_by().values_list("body_id").annotate(count=Count("pk")))
    duties = dict(Duty.objects.filter(live).order_by().values_list("body_id").annotate(count=Count("pk")))
    return {body: (sheets.get(body, 0), duties.get(body, 0)) for body in {*sheets, *duties}}
