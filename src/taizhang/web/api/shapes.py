"""The shapes of the API's answers, from which the OpenAPI document is made.

Figures are decimal digits in strings, exact to the last digit. What is not known is null, and a field beside it says why:
`not_printed` (the text names no figure), `unbound` (another document or body sets it).
"""

from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from ninja import Field, Schema

Row = TypeVar("Row")
Unknown = Literal["not_printed", "unbound"]


class Page(Schema, Generic[Row]):
    """A page of a list, in order of entry; `next` is the address of the one after it, null on the last."""

    items: list[Row]
    next: str | None


class Citation(Schema):
    """The words that print something. `span` counts characters of the decoded source; `quote` is exact, faults included."""

    document: str | None = Field(description="Stable address of the document; null for words of an issue outside its documents")
    number: str | None = Field(description="Document number, of the notice where it is an annex")
    eid: str | None
    row: int | None = Field(description="Row of a table, from 1")
    span: list[int] | None
    quote: str
    url: str | None


class Problem(Schema):
    """A problem document (RFC 9457), in English where `Accept-Language` asks for it, else in Chinese."""

    type: str = Field(description="Where the code is explained: /api/v1/problems, with the code after the number sign")
    title: str = Field(description="What the status means")
    status: int
    detail: str = Field(description="What is wrong with which value, why, and what to do")
    instance: str = Field(description="The path that was asked for")
    code: str = Field(description="Stable; programs should go by it")


class ProblemKind(Schema):
    """A code that problem documents carry, and the status it comes with."""

    code: str
    status: int
    says: str


class Issue(Schema):
    """An adopted issue. `issue` is its address among adopted ones."""

    issue: str
    title: str
    year: int | None
    number: int | None
    total_number: int | None
    published_on: date | None
    publisher: str | None
    documents: int
    findings: int = Field(description="Findings that nobody has settled")
    sha256: str = Field(description="Of the file that was handed in")
    parser_version: int
    adopted_at: datetime | None
    url: str
    forms: dict[str, str] = Field(description="Addresses of the same as html, json and akn")


class Document(Schema):
    """A document of an adopted issue."""

    document: str
    number: str | None
    title: str
    role: Literal["main", "carried", "annex"]
    kind: str | None
    issuers: list[str]
    addressees: list[str]
    issued_on: date | None
    issue: str
    parent: str | None
    span: list[int]
    url: str
    forms: dict[str, str] = Field(description="Addresses of the same as html, json and akn")


class Table(Schema):
    """A table as it reads after repair; a cell that goes on from above is null."""

    caption: str | None
    header: list[list[str]]
    rows: list[list[str | None]]


class Clause(Schema):
    """A clause as printed. `text` is without the number; `errata` are numbers of corrections that stand beside it."""

    document: str
    number: str | None
    eid: str
    parent: str | None
    kind: str
    num: str | None
    heading: str | None
    text: str
    span: list[int]
    own_span: list[int]
    table: Table | None
    errata: list[int]
    url: str


class Owner(Schema):
    """A body as printed, and which one is meant; that counts once a person has confirmed it."""

    name: str
    share: Literal["lead", "support", "responsible"]
    body: str | None
    is_confirmed: bool


class Group(Schema):
    """A group of a sheet with the points it declares."""

    name: str
    points: str | None
    points_unknown: Unknown | None
    is_deduction: bool
    items: int
    citation: Citation


class Sheet(Schema):
    """What one body owes for the year."""

    issue: str
    sheet: int = Field(description="Place among the sheets of its issue, from 1")
    unit: str
    kind: Literal["city", "area", "unit"]
    body: str | None
    is_confirmed: bool
    points: str | None
    points_unknown: Unknown | None
    groups: list[Group]
    citation: Citation


class Measure(Schema):
    """One metric and one value, as printed and in the printed unit; a correction stands beside it, never in its place."""

    issue: str
    metric: str
    metric_key: str = Field(description="The metric with its wording made equal, to compare bodies")
    kind: str
    role: str
    modality: str
    comparator: str | None
    bound: str | None
    value: str | None
    date: date | None
    unit: str | None
    value_unknown: Unknown | None
    awaits: str | None
    normalized_value: str | None
    normalized_unit: str | None
    baseline: str | None
    corrected_value: str | None
    corrected_unit: str | None
    corrected_normalized_value: str | None
    corrected_normalized_unit: str | None
    counts: Literal["print", "erratum"] = Field(description="Which reading computations use")
    sheet: int | None
    unit_owing: str | None
    item: int | None
    citation: Citation


class Item(Schema):
    """A numbered duty of a sheet."""

    issue: str
    sheet: int
    unit: str
    group: str
    number: int
    text: str
    kind: str
    points: str | None
    points_unknown: Unknown | None
    awaits: str | None
    owners: list[Owner]
    measures: list[Measure]
    citation: Citation


class Name(Schema):
    """What a body was called, from and to."""

    text: str
    form: str
    start: date | None
    end: date | None
    citation: Citation | None


class Event(Schema):
    """What happened to a body."""

    kind: str
    on: date | None
    before: str | None
    after: str | None
    citation: Citation | None


class Body(Schema):
    """A body under its stable id."""

    body: str
    name: str
    kind: str
    area_code: str | None
    names: list[Name]
    events: list[Event]
    url: str


class Finding(Schema):
    """A proof finding. `declared` is what the text says, `computed` what follows from it."""

    issue: str
    finding: int = Field(description="Number in the proof report of its issue")
    rule: str
    severity: Literal["error", "warning", "note"]
    consequence: str | None
    message: str
    advice: str | None
    declared: str | None
    computed: str | None
    spans: list[list[int]]
    disposition: Literal["open", "accepted", "deferred", "erratum"]
    reason: str | None
    decided_at: datetime | None
    citation: Citation


class Erratum(Schema):
    """A correction that was published; the print stays."""

    erratum: int
    issue: str
    published_on: date | None
    field: str
    printed: str
    corrected: str
    reason: str
    finding: int | None
    citation: Citation


class Interpretation(Schema):
    """An answer where the text is silent or contradicts itself."""

    pack: str
    code: str
    question: str
    answer: str
    why: str
    may_change: str
    is_on: bool
    citation: Citation | None


class Piece(Schema):
    """A stretch of words; `hit` where it was searched for."""

    text: str
    hit: bool


class Bucket(Schema):
    """A value of a facet and how many results have it."""

    value: str
    name: str
    count: int


class Result(Schema):
    """A sentence, a row or a body that was found."""

    kind: str
    pieces: list[Piece]
    body: str | None
    citation: Citation | None
    erratum: int | None = Field(description="Number of the erratum whose corrected reading this is; the citation tells the print")


class Found(Page[Result]):
    """Results of a search, best first."""

    query: str
    count: int
    document: str | None = Field(description="The document whose number was typed, in any spelling")
    facets: dict[str, list[Bucket]]


class Link(Schema):
    """A link of the ledger's chain: `head` is the SHA-256 of the head before it and `digest`, both in hexadecimal digits."""

    sequence: int
    digest: str
    head: str
    sealed_at: datetime


class Ledger(Page[Link]):
    """Links of the chain, newest first. `entries` counts all, `unsealed` those that wait for their link."""

    entries: int
    unsealed: int


class Root(Schema):
    """Where everything is."""

    title: str
    openapi: str
    lists: dict[str, str]
    downloads: str
    feeds: list[str]
