"""A locality's pack: what its published text does not say. Codes, kinds of bodies, interpretations; never a rename or a figure
that stands in the text.
"""

from dataclasses import dataclass
from enum import StrEnum

from taizhang.engines.registry import Body
from taizhang.kernel.area import AreaCode
from taizhang.kernel.message import Message
from taizhang.kernel.organisation import OrganisationId


class AreaKind(StrEnum):
    """What sort of area: one of GB/T 2260, or a zone (功能区), which has no code in law."""

    DISTRICT = "district"
    COUNTY = "county"
    CITY = "city"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Area:
    """A county, district, county-level city or zone. `code` is None only where `code_absent` says why there is none."""

    id: OrganisationId
    name: str
    kind: AreaKind
    code: AreaCode | None
    code_absent: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The locality itself: 崤陵市, which its own documents shorten to 市."""

    name: str
    province: str
    area_code: AreaCode


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """机关代字: the code in a document number (崤政办) and the body that issues under it.

    `actor` and `short` are the ASCII forms a work's address uses (zf, szb: /akn/cn-411200/act/zf/2017/szb-34); the issuer's id
    where a pack gives none.
    """

    code: str
    issuer: OrganisationId
    actor: str
    short: str


@dataclass(frozen=True, slots=True)
class Interpretation:
    """An answer where the text is silent or contradicts itself.

    `document` is the number of the document, `clause` the clause as printed there, `quote` words that occur in the document.
    `quote` is None only for a `practice`: something common elsewhere that the text doesn't have, which `is_on` switches.
    `value` is the answer for a computation, one of `options` where those are given.
    """

    id: str
    document: str
    clause: str
    quote: str | None
    question: str
    answer: str
    reason: str
    changed_by: str
    value: str | int | bool | None
    options: tuple[str, ...]
    practice: bool
    is_on: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """A validated pack. `bodies` hold the areas too, as bodies that can owe targets. `issues` are names of files beside it."""

    id: str
    name: str
    fictional: bool
    place: Place
    areas: tuple[Area, ...]
    bodies: tuple[Body, ...]
    document_codes: tuple[DocumentCode, ...]
    issues: tuple[str, ...]
    interpretations: tuple[Interpretation, ...]


class ProblemSeverity(StrEnum):
    """error: the pack can't be used; warning: it can, and someone should look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class PackProblem:
    """What is wrong with a pack, where, why, and what to do. `key` is a path such as `area[2].code`, `line` counts from 1."""

    file: str
    key: str
    line: int | None
    severity: ProblemSeverity
    code: str
    message: Message
    advice: Message


@dataclass(frozen=True, slots=True)
class PackReading:
    """A pack, None where errors leave none, and every problem found, in order of file and line."""

    pack: Pack | None
    problems: tuple[PackProblem, ...]

    @property
    def errors(self) -> tuple[PackProblem, ...]:
        """The problems that keep the pack from being used."""
        return tuple(p for p in self.problems if p.severity is ProblemSeverity.ERROR)
