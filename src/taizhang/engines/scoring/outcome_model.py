"""Values of what scoring reads and makes: observations and cases, intervals, cells, results, and what a what-if moved.

Unknown is an interval and says what it waits for, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from taizhang.engines.scoring.scheme_model import Target
from taizhang.kernel.message import Message
from taizhang.kernel.period import Period


class Standing(StrEnum):
    """How far a reported fact has come. The three are never mixed on a page."""

    REPORTED = "reported"
    VERIFIED = "verified"
    DECIDED = "decided"  # a recorded decision in place of a figure


@dataclass(frozen=True, slots=True)
class Observation:
    """What is known of a metric for a subject (or for everybody who owes it: `subject` "") at the end of `period`.

    Exactly one of: `value`; `stage` (a judged item: the stage reached); `not_applicable` (the clause that exempts);
    `missing` (why there is no figure yet, with `expected_on`). Values are cumulative from the start of the year unless the
    strategy says otherwise. `increment_of` parts: see `phased`.
    """

    metric: str
    subject: str
    period: Period
    value: Decimal | None = None
    stage: str | None = None
    not_applicable: str | None = None
    missing: str | None = None
    expected_on: date | None = None
    standing: Standing = Standing.VERIFIED
    reported_by: str = ""
    reported_at: datetime | None = None
    verified_by: str = ""
    verified_at: datetime | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A daily record: one bonus, deduction, sanction or counted event of `kind` (an adjustment, sanction or metric id)."""

    id: str
    kind: str
    subject: str
    on: date
    points: Decimal | None = None
    criterion: str | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """What a score waits for. `reason`: not_reported, not_verified, missing, unbound, weight_not_set, amount_not_set,
    not_judged, not_due, result_not_approved (of another cycle)."""

    criterion: str
    reason: str
    message: Message


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both reachable; known where they are equal."""

    low: Decimal
    high: Decimal

    @property
    def is_known(self) -> bool:
        """True if there is one value."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Cell:
    """The score of one criterion for one subject, with its working. `score` is None where the weight is not set.

    `rate` of the full mark before weighting; `formula` in words and figures; `inputs` as read; `marginal` what a little more
    would do; `status` the light: met, on_track, at_risk, behind, not_due, unknown, vetoed.
    """

    criterion: str
    weight: Decimal | None
    score: Interval | None
    is_applicable: bool
    formula: Message
    inputs: tuple[Observation, ...]
    cases: tuple[Case, ...]
    waits: tuple[Wait, ...]
    status: str
    marginal: Message | None
    children: tuple["Cell", ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """An adjustment or sanction that took effect: the cases, the points counted after caps, the result before and after."""

    id: str
    cases: tuple[Case, ...]
    points: Decimal | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Result:
    """A subject's result. `total` after adjustments and sanctions, `before_sanctions` what they overrode; `grades` every grade
    that is still possible, in order; `rank` from best to worst possible place, None where not ranked."""

    subject: str
    category: str
    root: Cell
    base: Interval
    adjustments: tuple[Applied, ...]
    sanctions: tuple[Applied, ...]
    before_sanctions: Interval
    total: Interval
    grades: tuple[str, ...]
    rank: tuple[int, int] | None
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All results of a scheme as of a day, with the SHA-256 over scheme, inputs and results."""

    scheme: str
    scheme_digest: str
    as_at: date
    results: tuple[Result, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class LightRule:
    """When a light changes, from `period` on: `tolerance` is how far behind the share of time a figure may lie and still be at
    risk rather than behind. Lights never touch a score."""

    period: Period
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class Changes:
    """What a what-if changes on a copy. An observation replaces those of its metric, subject and period; `without_cases` are ids;
    `parameters` (those named are set, None takes one away), `weights` and `targets` by criterion id, in every tree with it."""

    observations: tuple[Observation, ...] = ()
    cases: tuple[Case, ...] = ()
    without_cases: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    targets: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A score, grade or place that a what-if moved: `criterion` "" for the total; before and after each."""

    subject: str
    criterion: str
    before: Interval | None
    after: Interval | None
    grades_before: tuple[str, ...] = ()
    grades_after: tuple[str, ...] = ()
    rank_before: tuple[int, int] | None = None
    rank_after: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The outcome as it is, as it would be, and what moved between them. Nothing is stored or touched."""

    before: Outcome
    after: Outcome
    moves: tuple[Move, ...]
