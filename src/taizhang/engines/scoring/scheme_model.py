"""Values of an assessment scheme.

A scheme is data: who is assessed, by which tree of criteria, with which named strategy. The engine knows no city, unit or
document; it reads trees. Scores and weights are Decimal; a weight that is not set is None, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from taizhang.kernel.citation import Citation
from taizhang.kernel.message import Message
from taizhang.kernel.period import Period

ALWAYS = Period(None, None)


# A field that schemes stored before it was thought of don't have. While it holds its usual value it is left out of JSON and
# digests, so that theirs stay what they were.
LATER = {"later": True}


@cache
def later_fields(kind: Any) -> Mapping[str, Any]:
    """The fields of a kind that are left out while usual, with that value."""
    return {f.name: f.default for f in fields(kind) if f.metadata.get("later")}


class Aggregate(StrEnum):
    """How an inner criterion is made of its children."""

    SUM = "sum"  # Σ score × share
    MEAN = "mean"  # Σ score ÷ number of children, divided once


class Absence(StrEnum):
    """What a child that does not apply does to its parent (合理缺项)."""

    RESCALE = "rescale"  # the others' rate counts for the whole: Σ score ÷ Σ weight × weight of the parent
    FULL = "full"  # it counts as reached
    DROP = "drop"  # it takes its weight out of the full mark


@dataclass(frozen=True, slots=True)
class Rounding:
    """`places` decimals, `mode` half_up, half_even or down, applied once at each criterion whose `is_rounded` is set."""

    places: int = 2
    mode: str = "half_up"


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached: a value in `unit` in force during `period`; `bound` `>=`, `<=` or `=` as the scheme reads the text.

    `value` None: the text names no figure (delegated, benchmark) and nobody has bound one yet; `awaits` says who sets it.
    """

    value: Decimal | None
    unit: str | None
    bound: str
    period: Period
    awaits: str | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class ResultOf:
    """Where a criterion's figure is the approved result of another cycle (评价结果 of another scheme for the same body).

    `scheme`: the other scheme's id; `name`: what people call that result, said while it is awaited; `reads`: `grade`, which is
    then the stage reached, or `score`, which is the value.
    """

    scheme: str
    name: str
    reads: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A leaf: a named strategy, its typed parameters (Decimal, str, bool or tuples of Decimal), the metric it reads, its targets.

    More than one target: the target was amended during the year, and each part of it is scored by the version in force.
    `verifier`: the kind of fact, which says who confirms it (statistics, competent_department …). `result_of`: nobody reports the
    figure, it is another cycle's result.
    """

    strategy: str
    metric: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    unit: str | None = None
    verifier: str = "statistics"
    result_of: ResultOf | None = field(default=None, metadata=LATER)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node of a tree. A leaf has a `rule` and no children.

    `id` is unique in its tree and stable: the eId of its clause, with `#row` or `/part` behind it. `label` is quoted from the
    clause. `weight` is its full mark; None means that the source does not say it, and the criterion waits (a part set by another
    document). `share` multiplies its score on the way to the parent (0.7 for 占70%). `stands_outside`: counted beside the full
    mark (特别项, 加减分), so its weight adds nothing to it. `is_rounded`: the scheme's rounding is applied to its score.
    `interpretations` are ids of those that decided weight, split, strategy or target.
    """

    id: str
    label: str
    weight: Decimal | None
    citation: Citation | None = None
    children: tuple["Criterion", ...] = ()
    rule: Rule | None = None
    aggregate: Aggregate = Aggregate.SUM
    share: Decimal = Decimal(1)
    absence: Absence = Absence.RESCALE
    stands_outside: bool = False
    is_rounded: bool = False
    interpretations: tuple[str, ...] = ()
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A kind of bonus (sign 1) or deduction (sign -1) beside the total: `each` points a case, at most `cap` a subject (None: no
    cap of its own). `each` None: the amount is not set, and a recorded case makes the total wait. `group` shares a cap
    (`Scheme.group_caps`)."""

    id: str
    label: str
    sign: int
    each: Decimal | None
    cap: Decimal | None = None
    group: str = ""
    trees: tuple[str, ...] = ()
    citation: Citation | None = None
    interpretations: tuple[str, ...] = ()


class Effect(StrEnum):
    """What a sanction does to a result."""

    ZERO_CRITERION = "zero_criterion"  # 取消相关指标得分
    ZERO_TOTAL = "zero_total"  # 直接归零
    GRADE = "grade"  # the grade becomes `grade`
    GRADE_DOWN = "grade_down"  # 下调一级
    GRADE_CEILING = "grade_ceiling"  # 不得评为优秀: at most `grade`
    NOT_AMONG_FIRST = "not_among_first"  # 不得进入前三名: behind the first `first` of its category, whatever the total


@dataclass(frozen=True, slots=True)
class Sanction:
    """An overriding consequence of a recorded fact; applied in the scheme's order, the result before it is kept and shown.
    `grade` is that of grade effects, `first` the number of places that are closed to the body."""

    id: str
    label: str
    effects: tuple[Effect, ...]
    grade: str | None = None
    citation: Citation | None = None
    interpretations: tuple[str, ...] = ()
    first: int | None = field(default=None, metadata=LATER)


@dataclass(frozen=True, slots=True)
class Grade:
    """A band: from `low` (included) up to the next band. `low` is what the interpretation of printed gaps made of it."""

    name: str
    low: Decimal
    printed: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """Subjects that are ranked together, and nobody with anybody else. `is_ranked` False: scored, never ranked."""

    id: str
    name: str
    is_ranked: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """A body under assessment during `period`, by the tree of that id."""

    body: str
    name: str
    category: str
    tree: str
    period: Period = ALWAYS
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An interpretation in force: what the text leaves open, the answer chosen, by whom it may be changed."""

    id: str
    document: str
    clause: str
    quote: str | None
    question: str
    answer: str
    reason: str
    changed_by: str
    value: object
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """`frequency` monthly, quarterly or yearly reports; due within `report_working_days` after the period; `verify_working_days`
    to confirm; `adjust_until` a target may be changed; `published_by` the results; `appeal_working_days` None: no appeal."""

    frequency: str
    report_working_days: int
    verify_working_days: int
    adjust_until: date | None = None
    published_by: date | None = None
    appeal_working_days: int | None = None
    decide_working_days: int | None = None
    notices: str = "quarterly"
    notice_days: int | None = None
    rectify_working_days: int | None = None
    citations: Mapping[str, Citation] = field(default_factory=dict)
    interpretations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who confirms a kind of fact: `id` is what `Rule.verifier` names, `body` the verifying body; `deputy` stands in where `body`
    itself owes the figure, since nobody verifies his own."""

    id: str
    name: str
    body: str
    deputy: str | None = None
    citation: Citation | None = None
    interpretations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedMetric:
    """A metric that several bodies owe with one target: `reporter` measures it once, and every criterion that reads `metric`
    takes that figure."""

    metric: str
    reporter: str
    criteria: tuple[str, ...]
    citation: Citation | None = None
    interpretations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme for one year with everything filled in from the adopted clauses. `digest` is the SHA-256 of its canonical JSON.

    `trees` by id; `total` criteria are roots. `has_grades` is False where `grades` is empty: then only scores and ranks.
    `total_cap`: what the total with adjustments can't exceed (100 of a 百分制), None where nothing says so.
    """

    id: str
    version: str
    title: str
    document: str
    year: int
    period: Period
    leading_group: str
    office: str
    categories: tuple[Category, ...]
    subjects: tuple[Subject, ...]
    trees: Mapping[str, Criterion]
    rounding: Rounding
    calendar: Calendar
    adjustments: tuple[Adjustment, ...] = ()
    group_caps: Mapping[str, Decimal] = field(default_factory=dict)
    sanctions: tuple[Sanction, ...] = ()
    grades: tuple[Grade, ...] = ()
    grade_reading: str = "lower_grade"
    choices: tuple[Choice, ...] = ()
    verifiers: tuple[Verifier, ...] = ()
    total_cap: Decimal | None = None
    shared: tuple[SharedMetric, ...] = ()
