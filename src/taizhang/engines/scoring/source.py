"""What a scheme is filled in from: responsibility sheets, tables, rolls of names, clauses and bodies, as plain values.

Scoring knows no gazette. A door translates what it has (an issue just read, or adopted clauses) into these values; `document` is
always the id of a document in its issue, such as `崤政〔2025〕6号!carried-2`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from taizhang.kernel.citation import Citation
from taizhang.kernel.measure import Measure


@dataclass(frozen=True, slots=True)
class SourceMeasure:
    """A measure of an item or cell. `key`: its metric's words in one spelling, by which equal metrics are found."""

    measure: Measure
    key: str


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A duty of a sheet. `points` None where none are printed; `kind` measured, zero_event, delegated, benchmark or qualitative;
    `awaits` who sets a delegated figure."""

    eid: str
    text: str
    points: Decimal | None
    kind: str
    awaits: str | None
    measures: tuple[SourceMeasure, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A group of duties: its name ("" without a heading), declared points (None if none), whether it only deducts."""

    eid: str
    name: str
    points: Decimal | None
    is_deduction: bool
    items: tuple[SourceItem, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """What one body owes. `body` is its id, "" where nobody knows whose `unit` is; `kind` city, area or unit."""

    document: str
    eid: str
    unit: str
    body: str
    kind: str
    points: Decimal | None
    groups: tuple[SourceGroup, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A body row of a table, numbered from 1, continued cells filled from above; `measures` per column."""

    number: int
    cells: tuple[str, ...]
    citation: Citation
    measures: tuple[tuple[SourceMeasure, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table. `annex` and `box` are the printed numbers of the 附件 and 专栏 it stands in, None outside."""

    document: str
    eid: str
    annex: int | None
    box: int | None
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class SourceName:
    """A name in a roll, with the id of the body it means ("" if unknown)."""

    name: str
    body: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class SourceRoll:
    """An annex that lists bodies (评价单位名单), in printed order."""

    document: str
    annex: int
    names: tuple[SourceName, ...]


@dataclass(frozen=True, slots=True)
class SourceBody:
    """A body that may be assessed: its id, its name in the year, its kind (department, area …)."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SchemeSource:
    """Everything a scheme may refer to. `clauses`: each clause of the documents, by `document#eid`, with its quoted words."""

    sheets: tuple[SourceSheet, ...] = ()
    tables: tuple[SourceTable, ...] = ()
    rolls: tuple[SourceRoll, ...] = ()
    bodies: tuple[SourceBody, ...] = ()
    clauses: Mapping[str, Citation] = field(default_factory=dict)
