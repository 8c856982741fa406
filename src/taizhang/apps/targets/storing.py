"""From a targets reading to rows: sheets, groups, items, measures, duties. No rule of its own; one caller's transaction."""

from datetime import date
from decimal import Decimal

from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.apps.gazettes.storing import Stored
from taizhang.apps.organisations.models import Body
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet
from taizhang.engines.targets import Sheet as ReadSheet
from taizhang.engines.targets import TargetsReading, Units, metric_key
from taizhang.kernel.measure import Measure as ReadMeasure

_BATCH = 1000


class TargetsStore:
    """Writes the targets of one edition; `bodies` maps a printed name to the body the resolver proposes."""

    def __init__(self, edition: Edition, stored: Stored, bodies: dict[str, Body]) -> None:
        self.edition = edition
        self.stored = stored
        self.bodies = bodies
        self.measures: list[Measure] = []
        self.duties: list[Duty] = []

    def store(self, reading: TargetsReading) -> None:
        """All sheets, then the clauses outside them."""
        for ordinal, sheet in enumerate(reading.sheets, 1):
            self._sheet(sheet, ordinal)
        for clause in reading.clauses:
            eid, _, row = clause.eid.partition("__row_")
            place = self.stored.clauses.get((clause.document, eid)) or self.stored.clauses.get((clause.document, clause.eid))
            if place is None or not (clause.targets or clause.units != Units()):
                continue
            number = int(row) if row.isdigit() else None
            self._measures(place, None, number, clause.targets)
            self._duties(place, number, clause.units)
        Measure.objects.bulk_create(self.measures, batch_size=_BATCH)
        Duty.objects.bulk_create(self.duties, batch_size=_BATCH)

    def _sheet(self, read: ReadSheet, ordinal: int) -> None:
        document = self.stored.documents[read.document]
        sheet = Sheet.objects.create(
            edition=self.edition,
            document=document,
            ordinal=ordinal,
            unit=read.unit,
            kind=read.kind,
            points=read.points,
            eid=read.eid,
            start=read.span.start,
            end=read.span.end,
            body=self.bodies.get(read.unit),
        )
        for group_ordinal, group_read in enumerate(read.groups, 1):
            group = Group.objects.create(
                sheet=sheet,
                ordinal=group_ordinal,
                name=group_read.name,
                points=group_read.points,
                is_deduction=group_read.deduction,
                eid=group_read.eid,
            )
            items = []
            for item_ordinal, item_read in enumerate(group_read.items, 1):
                place = self.stored.clauses[(read.document, item_read.eid)]
                items.append(
                    Item(
                        group=group,
                        clause=place,
                        ordinal=item_ordinal,
                        number=item_read.number,
                        text=item_read.text,
                        points=item_read.points,
                        kind=item_read.kind,
                        awaits=(item_read.awaits or "")[:200],
                    )
                )
            Item.objects.bulk_create(items)
            for item, item_read in zip(items, group_read.items, strict=True):
                self._measures(item.clause, item, None, item_read.targets)
                self._duties(item.clause, None, item_read.units)

    def _measures(self, clause: Clause, item: Item | None, row: int | None, reads: tuple[ReadMeasure, ...]) -> None:
        for read in reads:
            day = read.value if isinstance(read.value, date) else None
            number = read.value if isinstance(read.value, Decimal) else None
            normal = read.normalized_value if isinstance(read.normalized_value, Decimal) else None
            self.measures.append(
                Measure(
                    edition=self.edition,
                    clause=clause,
                    item=item,
                    row=row,
                    ordinal=len(self.measures) + 1,
                    metric=read.metric[:300],
                    metric_key=metric_key(read.metric)[:300],
                    comparator=read.comparator or "",
                    bound=read.bound or "",
                    value=number,
                    value_printed="" if number is None else str(number),
                    value_on=day,
                    unit=(read.unit or "")[:40],
                    normalized_value=normal,
                    normalized_unit=(read.normalized_unit or "")[:40],
                    baseline=(read.baseline or "")[:200],
                    kind=read.kind.value,
                    role=read.role.value,
                    modality=read.modality.value,
                    awaits=(read.awaits or "")[:200],
                    quote=read.quote,
                    start=read.span.start,
                    end=read.span.end,
                )
            )

    def _duties(self, clause: Clause, row: int | None, units: Units) -> None:
        for share in ("lead", "support", "responsible"):
            for name in getattr(units, share):
                self.duties.append(
                    Duty(edition=self.edition, clause=clause, row=row, share=share, name=name[:120], body=self.bodies.get(name))
                )
