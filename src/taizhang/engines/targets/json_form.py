"""The `targets` contract, version 1: sheets and clauses as plain values for JSON. Numbers are strings, days ISO, unknown null."""

from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.engines.gazette.model import Issue
from taizhang.engines.targets.model import Clause, Group, Item, Sheet, TargetsReading, Units
from taizhang.kernel.measure import Measure
from taizhang.kernel.spans import Span

SCHEMA = 1


def to_json(issue: Issue, reading: TargetsReading) -> dict[str, Any]:
    """The reading under the contract's names; `issue` is the one it was read from, its offsets are those of the spans."""
    return {"schema": SCHEMA, "sheets": [_sheet(s) for s in reading.sheets], "clauses": [_clause(c) for c in reading.clauses]}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "unit": sheet.unit,
        "kind": sheet.kind,
        "document": sheet.document,
        "eid": sheet.eid,
        "points": number(sheet.points),
        "span": _span(sheet.span),
        "groups": [_group(g) for g in sheet.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "points": number(group.points),
        "deduction": group.deduction,
        "eid": group.eid,
        "span": _span(group.span),
        "items": [_item(i) for i in group.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": str(item.number),
        "text": item.text,
        "points": number(item.points),
        "eid": item.eid,
        "span": _span(item.span),
        "kind": item.kind,
        "awaits": item.awaits,
        "units": _units(item.units),
        "targets": [_measure(m) for m in item.targets],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "document": clause.document,
        "eid": clause.eid,
        "text": clause.text,
        "span": _span(clause.span),
        "units": _units(clause.units),
        "targets": [_measure(m) for m in clause.targets],
    }


def _units(units: Units) -> dict[str, list[str]]:
    return {"lead": list(units.lead), "support": list(units.support), "responsible": list(units.responsible)}


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "metric": measure.metric,
        "comparator": measure.comparator,
        "bound": measure.bound,
        "value": number(measure.value),
        "unit": measure.unit,
        "normalized_value": number(measure.normalized_value),
        "normalized_unit": measure.normalized_unit,
        "baseline": measure.baseline,
        "kind": str(measure.kind),
        "role": str(measure.role),
        "modality": str(measure.modality),
        "quote": measure.quote,
        "span": _span(measure.span),
        "awaits": measure.awaits,
    }


def number(value: Decimal | date | None) -> str | None:
    """A figure with the digits it has and no exponent, a day as ISO, unknown as None.

    >>> number(Decimal("5E+8")), number(Decimal("3.10")), number(None)
    ('500000000', '3.10', None)
    """
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else format(value, "f")


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
