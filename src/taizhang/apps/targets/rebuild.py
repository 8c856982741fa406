"""From rows back to the values of `engines.targets`: what was adopted, with the corrections in force. Nothing is parsed."""

from collections import defaultdict
from decimal import Decimal

from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet
from taizhang.apps.targets.readings import in_force
from taizhang.engines.targets import Clause as ReadClause
from taizhang.engines.targets import Group as ReadGroup
from taizhang.engines.targets import Item as ReadItem
from taizhang.engines.targets import Sheet as ReadSheet
from taizhang.engines.targets import TargetsReading, Units
from taizhang.kernel.measure import Kind, Modality, Role
from taizhang.kernel.measure import Measure as ReadMeasure
from taizhang.kernel.spans import Span

# Document and eId to the span of a clause's own words.
Places = dict[tuple[int, str], Span]


def reading_of(edition: Edition) -> TargetsReading:
    """All sheets and clauses with figures of an edition. Six queries."""
    rows = Clause.objects.filter(document__edition=edition).values_list("document_id", "eid", "own_start", "own_end")
    places = {(document, eid): Span(start, end) for document, eid, start, end in rows}
    by_item: dict[int, list[Measure]] = defaultdict(list)
    by_clause: dict[tuple[int, int | None], list[Measure]] = defaultdict(list)
    for measure in Measure.objects.filter(edition=edition).order_by("ordinal"):
        if measure.item_id is not None:
            by_item[measure.item_id].append(measure)
        else:
            by_clause[measure.clause_id, measure.row].append(measure)
    duties: dict[tuple[int, int | None], list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(edition=edition).order_by("pk"):
        duties[duty.clause_id, duty.row].append(duty)
    return TargetsReading(
        sheets=tuple(_sheets(edition, places, by_item, duties)), clauses=tuple(_clauses(edition, by_clause, duties))
    )


def _sheets(
    edition: Edition, places: Places, measures: dict[int, list[Measure]], duties: dict[tuple[int, int | None], list[Duty]]
) -> list[ReadSheet]:
    items: dict[int, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(group__sheet__edition=edition).select_related("clause").order_by("group_id", "ordinal"):
        items[item.group_id].append(item)
    groups: dict[int, list[Group]] = defaultdict(list)
    for group in Group.objects.filter(sheet__edition=edition).order_by("sheet_id", "ordinal"):
        groups[group.sheet_id].append(group)
    out = []
    for sheet in Sheet.objects.filter(edition=edition).select_related("document").order_by("ordinal"):
        read = tuple(
            ReadGroup(
                name=group.name,
                points=_plain(group.points),
                points_span=None,
                deduction=group.is_deduction,
                eid=group.eid,
                span=places.get((sheet.document_id, group.eid), Span(sheet.start, sheet.end)),
                items=tuple(_item(item, measures[item.pk], duties[item.clause_id, None]) for item in items[group.pk]),
            )
            for group in groups[sheet.pk]
        )
        out.append(
            ReadSheet(
                unit=sheet.unit,
                kind=sheet.kind,
                document=sheet.document.ident,
                eid=sheet.eid,
                span=Span(sheet.start, sheet.end),
                heading_span=places.get((sheet.document_id, sheet.eid), Span(sheet.start, sheet.start)),
                points=_plain(sheet.points),
                groups=read,
            )
        )
    return out


def _item(item: Item, measures: list[Measure], duties: list[Duty]) -> ReadItem:
    return ReadItem(
        number=item.number,
        text=item.text,
        points=_plain(item.points),
        points_span=None,
        eid=item.clause.eid,
        span=Span(item.clause.start, item.clause.end),
        kind=item.kind,
        units=_units(duties),
        targets=tuple(_measure(measure) for measure in measures),
        awaits=item.awaits or None,
    )


def _clauses(
    edition: Edition, measures: dict[tuple[int, int | None], list[Measure]], duties: dict[tuple[int, int | None], list[Duty]]
) -> list[ReadClause]:
    keys = {*measures, *duties}
    of_items = set(Item.objects.filter(group__sheet__edition=edition).values_list("clause_id", flat=True))
    clauses = Clause.objects.filter(pk__in={clause for clause, _ in keys} - of_items).select_related("document")
    rows = {clause.pk: clause for clause in clauses.defer("table", "runs")}
    out = []
    for pk, row in sorted((key for key in keys if key[0] in rows), key=lambda key: (key[0], key[1] or 0)):
        clause = rows[pk]
        eid = clause.eid if row is None else f"{clause.eid}__row_{row}"
        read = tuple(_measure(measure) for measure in measures.get((pk, row), ()))
        span = Span(clause.start, clause.end)
        out.append(ReadClause(clause.document.ident, eid, clause.text, span, _units(duties.get((pk, row), [])), read))
    return out


def _units(duties: list[Duty]) -> Units:
    shares = {share: tuple(duty.name for duty in duties if duty.share == share) for share in ("lead", "support", "responsible")}
    return Units(**shares)


def _measure(row: Measure) -> ReadMeasure:
    reading = in_force(row)
    printed = Decimal(row.value_printed) if row.value_printed and not reading.is_corrected else reading.value
    return ReadMeasure(
        metric=row.metric,
        comparator=row.comparator or None,
        bound=row.bound or None,
        value=reading.on or printed,
        unit=reading.unit or None,
        normalized_value=reading.on or _plain(reading.normalized_value),
        normalized_unit=reading.normalized_unit or None,
        baseline=row.baseline or None,
        kind=Kind(row.kind),
        role=Role(row.role),
        modality=Modality(row.modality),
        quote=row.quote,
        span=Span(row.start, row.end),
        awaits=row.awaits or None,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """A figure without the zeros that its column adds."""
    return None if value is None else Decimal(format(value.normalize(), "f"))
