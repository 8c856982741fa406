"""The shapes of one clause's measures, in offsets into that clause's reading text."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.kernel.measure import Kind, Modality, Role


@dataclass(frozen=True, slots=True)
class ClauseContext:
    """What stands around a clause and decides how its figures are meant.

    `is_item`: a numbered duty of a responsibility sheet. `headings`: texts of the headings above, outermost first.
    `document_kind`: 通知, 办法, 讲话, 规划, 条例, 意见, 预案, 报告 … or None. `column` is the column title where the text is a
    table cell, `row` the row's label (its 指标 or 项目), `unit` the unit the table or column declares where the cell prints none;
    `attribute` the row's 属性 (预期性, 约束性).
    """

    is_item: bool = False
    headings: tuple[str, ...] = ()
    document_kind: str | None = None
    column: str | None = None
    row: str | None = None
    unit: str | None = None
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class RawMeasure:
    """A measure of one clause. `start:end` is the quote, from the metric phrase to the end of the figure and its suffix;
    `value_start:value_end` only the printed figure with its unit. All are offsets into the text handed in.

    The other fields are those of `kernel.measure.Measure`.
    """

    metric: str
    comparator: str | None
    bound: str | None
    value: Decimal | date | None
    unit: str | None
    normalized_value: Decimal | date | None
    normalized_unit: str | None
    baseline: str | None
    kind: Kind
    role: Role
    modality: Modality
    start: int
    end: int
    value_start: int
    value_end: int
    awaits: str | None = None
