"""The shapes of the API's answers on the assessment year. Scores are digits in strings; what is undetermined is a range.

`is_settled` False: the scores are provisional (试算) and must not be quoted as results.
"""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from taizhang.web.api.shapes import Citation

Missing = Literal[
    "not_reported",
    "not_verified",
    "missing",
    "unbound",
    "weight_not_set",
    "amount_not_set",
    "not_judged",
    "not_due",
    "result_not_approved",
    "undetermined",
]
Standing = Literal["reported", "verified", "decided"]


class Interval(Schema):
    """From what is certain to what is still possible; one figure where both are equal."""

    low: str
    high: str


class Cycle(Schema):
    """A year of a scheme. `published_by` is the last day to publish; `is_met` null while that is open or no day is set."""

    cycle: str
    title: str
    year: int
    document: str
    state: str
    owner: str
    parent: str | None
    subjects: int
    run: int | None
    as_at: date | None
    is_settled: bool
    published_by: date | None
    published_on: date | None
    is_met: bool | None
    is_simulated: bool
    url: str


class SubjectResult(Schema):
    """A subject's result. `rank` from the best to the worst possible place, null where it is not ranked or undetermined."""

    cycle: str
    run: int
    as_at: date
    is_settled: bool
    category: str
    body: str
    name: str
    score: Interval | None = Field(description="null where no weight of the sheet is set, so that there is no total")
    score_unknown: Literal["undetermined", "weight_not_set"] | None = Field(description="Why there is no single score")
    overridden: str | None = Field(description="The total that a sanction overrode")
    sanctions: list[str]
    adjusted: str | None
    grades: list[str] = Field(description="Every grade that is still possible")
    rank: list[int] | None
    waits: list[str]
    certificate: str | None


class ScoredCell(Schema):
    """The score of one criterion for one subject, without the working; `certificate` has it."""

    cell: int
    cycle: str
    run: int
    is_settled: bool
    body: str
    name: str
    criterion: str
    parent: str
    label: str
    weight: str | None
    score: Interval | None
    light: str
    waits: list[Missing]
    digest: str
    citation: Citation | None
    certificate: str


class Certificate(Schema):
    """A stored certificate: everything needed to make the score again, and the SHA-256 over it (`digest`)."""

    cell: int
    cycle: str
    run: int
    is_settled: bool
    certificate: dict[str, Any]


class Progress(Schema):
    """A figure that a subject owes. At most one of `reported`, `verified`, `decided` is not null; `unknown` says why none is."""

    cycle: str
    as_at: date
    is_settled: bool
    body: str
    name: str
    metric: str
    label: str
    unit: str
    bound: str
    target: str | None
    target_unknown: Literal["unbound"] | None
    reported: str | None
    verified: str | None
    decided: str | None
    unknown: Missing | None
    light: str
    citation: Citation | None
    certificate: str


class Notice(Schema):
    """An issued notice; `content` has its words, every figure with the record it was taken from."""

    notice: int
    cycle: str
    number: str
    title: str
    kind: str
    period_start: date
    period_end: date
    issued_at: datetime | None
    due_on: date | None
    ledger_head: str | None
    url: str
    docx: str
    content: dict[str, Any] | None
