"""Responsibility sheets (责任书) and the measurable content of clauses.

A sheet is what one body owes for the year: groups, items, points. Shapes follow the `targets` contract in docs/contracts.md.
"""

from dataclasses import dataclass
from decimal import Decimal

from taizhang.kernel.measure import Measure
from taizhang.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class Units:
    """Bodies a clause or row names, in printed order, prefixes inherited along a list (市民政局、财政局 → 市民政局, 市财政局)."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered duty. `text` is its body without number, points and closing mark; `points` None where none is printed, or where
    their digits are damaged (then `points_span` still points at them).

    `kind`: measured (has a figure), zero_event, delegated, benchmark or qualitative. `awaits`, for delegated: who sets the
    figure, as printed.
    """

    number: int
    text: str
    points: Decimal | None
    points_span: Span | None
    eid: str
    span: Span
    kind: str
    units: Units
    targets: tuple[Measure, ...]
    awaits: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of items: heading name (重点目标; empty where items stand without a heading), declared points (600, None if none),
    whether it only deducts (前置类扣分因素)."""

    name: str
    points: Decimal | None
    points_span: Span | None
    deduction: bool
    eid: str
    span: Span
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one body owes. `unit` as printed in the heading; `kind` city, area or unit; `document` the id of its document."""

    unit: str
    kind: str
    document: str
    eid: str
    span: Span
    heading_span: Span
    points: Decimal | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause or table row outside the sheets that names bodies or measures."""

    document: str
    eid: str
    text: str
    span: Span
    units: Units
    targets: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class TargetsReading:
    """All sheets and clauses of an issue."""

    sheets: tuple[Sheet, ...]
    clauses: tuple[Clause, ...]
