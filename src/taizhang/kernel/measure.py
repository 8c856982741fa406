"""What a clause measures: a figure with its metric, relation, unit and role, tied to the words that print it.

Conventions: docs/measures.md. A figure that is not printed has no value; it is never zero.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from taizhang.kernel.spans import Span


class Kind(StrEnum):
    """What sort of figure it is."""

    ABSOLUTE = "absolute"
    COUNT = "count"
    GROWTH_RATE = "growth_rate"
    SHARE = "share"
    RATE = "rate"
    RANK = "rank"
    RANK_CHANGE = "rank_change"
    PP_CHANGE = "pp_change"
    SCORE = "score"
    INDEX = "index"
    RATIO = "ratio"
    DATE = "date"
    ZERO_EVENT = "zero_event"
    DELEGATED = "delegated"
    QUALITATIVE = "qualitative"
    BENCHMARK = "benchmark"


class Role(StrEnum):
    """What the figure is for."""

    TARGET = "target"
    LIMIT = "limit"
    AMOUNT = "amount"
    PENALTY = "penalty"
    FACT = "fact"
    SCOPE = "scope"


class Modality(StrEnum):
    """How firmly the text asks for it."""

    BINDING = "binding"  # nothing said, or 约束性
    EXPECTED = "expected"  # 预期
    STRIVE = "strive"  # 力争, 争取
    REQUIRED = "required"  # 必须, 应当, 确保


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric and one value of a clause.

    `value` is the number as printed (Decimal keeps its digits) in the printed `unit`; `normalized_value` and
    `normalized_unit` resolve 万, 亿, 成, ‰ and 人次-like compounds. Dates are ISO days in `value`. `comparator` names the
    form in print (`=`, `>=`, `growth`, `rank<=` …), `bound` the pure relation (`=`, `>=`, `<=`, `>`, `<`, `~`, or None where
    there is no value). `span` is in source characters; `quote` is the reading text of that span.
    A range is two measures with comparator `range`, one per bound.
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
    quote: str
    span: Span
    awaits: str | None = None  # delegated: the body or document the figure is waiting for, as printed
