"""Shapes of the registry: bodies with dated names, the events that change them, and what a printed name was found to mean.

Everything is frozen. A name is never joined to a body without the rule that joined it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taizhang.kernel.citation import Citation
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.period import Period
from taizhang.kernel.spans import Span


class BodyKind(StrEnum):
    """What sort of body it is; `label` is the Chinese word for people."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    AREA = "area"
    DEVELOPMENT_ZONE = "development_zone"
    INSTITUTION = "institution"
    VERTICAL = "vertical"
    BANK = "bank"
    INSURER = "insurer"
    COMPANY = "company"
    LIAISON_OFFICE = "liaison_office"
    PARTY_BODY = "party_body"
    MASS_ORGANISATION = "mass_organisation"
    LEGISLATURE = "legislature"
    JUDICIARY = "judiciary"
    LEADING_GROUP = "leading_group"
    PROVINCIAL = "provincial"
    NATIONAL = "national"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Chinese word for the kind."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    BodyKind.GOVERNMENT: "人民政府",
    BodyKind.DEPARTMENT: "政府工作部门",
    BodyKind.AREA: "县（市、区）",
    BodyKind.DEVELOPMENT_ZONE: "功能区",
    BodyKind.INSTITUTION: "事业单位",
    BodyKind.VERTICAL: "垂直管理单位",
    BodyKind.BANK: "银行",
    BodyKind.INSURER: "保险机构",
    BodyKind.COMPANY: "企业",
    BodyKind.LIAISON_OFFICE: "驻外机构",
    BodyKind.PARTY_BODY: "党委机构",
    BodyKind.MASS_ORGANISATION: "群团组织",
    BodyKind.LEGISLATURE: "人大政协机关",
    BodyKind.JUDICIARY: "司法机关",
    BodyKind.LEADING_GROUP: "议事协调机构",
    BodyKind.PROVINCIAL: "省级单位",
    BodyKind.NATIONAL: "国家级单位",
    BodyKind.OTHER: "其他",
}


class NameForm(StrEnum):
    """What a name is to its body."""

    FULL = "full"  # the name it was founded or renamed with
    SHORT = "short"  # the settled short form, 规范化简称
    ALIAS = "alias"  # another way it is written
    SIGNBOARD = "signboard"  # 加挂牌子


class EventKind(StrEnum):
    """What happened to bodies."""

    FOUNDED = "founded"
    RENAMED = "renamed"
    SIGNBOARD_ADDED = "signboard_added"
    MERGED = "merged"
    SPLIT = "split"
    ABOLISHED = "abolished"
    DUTIES_MOVED = "duties_moved"


class EventStatus(StrEnum):
    """decided: the document orders it; mentioned: it only speaks of it, so no name changes by it."""

    DECIDED = "decided"
    MENTIONED = "mentioned"


class Rule(StrEnum):
    """Why a printed name was joined to a body, strongest first."""

    EXACT = "exact"  # a full name, letter for letter
    LISTED = "listed"  # a short form or alias on record
    SIGNBOARD = "signboard"
    PREFIX_DROPPED = "prefix_dropped"  # 崤陵市财政局 written 市财政局 or 财政局
    CONTRACTION = "contraction"  # set contractions: 委员会 → 委, 和 left out
    ABBREVIATION = "abbreviation"  # characters of the full name in order: 城管执法局


class Validity(StrEnum):
    """Whether the body bore the name on the day asked for."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"  # no day to ask for


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name and the days it was borne. `citation` is the sentence that gave or ended it, None where it comes from a pack."""

    text: str
    form: NameForm
    period: Period
    citation: Citation | None = None
    rule: Rule | None = None  # how a name read from text was joined to the body


@dataclass(frozen=True, slots=True)
class Body:
    """A body under a stable id. `area` is the six-digit code it belongs to, None where unknown."""

    id: OrganisationId
    kind: BodyKind
    names: tuple[DatedName, ...]
    area: str | None = None

    def name_on(self, day: date | None) -> DatedName | None:
        """The full name borne on `day`; with no day, or where none was borne, the latest full name (else of any form)."""
        full = [n for n in self.names if n.form is NameForm.FULL] or list(self.names)
        if day is not None:
            for name in full:
                if name.period.contains(day):
                    return name
        return max(full, key=lambda n: (n.period.end or date.max, n.period.start or date.min), default=None)


@dataclass(frozen=True, slots=True)
class Event:
    """A change of bodies, as the text words it. `on` is the first day it holds, None where none is printed."""

    kind: EventKind
    subjects: tuple[str, ...]
    results: tuple[str, ...]
    on: date | None
    status: EventStatus
    document: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body a name may mean. `names` are those of its names the rule matched; `similarity` is 0 to 1 (1: the same letters)."""

    body: Body
    rule: Rule
    names: tuple[DatedName, ...]
    similarity: float
    validity: Validity
    now_called: str | None  # full name on the day, where the printed name isn't borne then; None if the body has none
    citation: Citation | None  # the sentence that ended or began the name


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed name means on a day: one candidate, several (best first, none chosen), or none."""

    name: str
    on: date | None
    candidates: tuple[Candidate, ...]

    @property
    def one(self) -> Candidate | None:
        """The only candidate; None where there are several or none."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class ListedBody:
    """An entry of a printed list. `name` has the prefix it inherits, `printed` is as in the text at `[start:end]` of the list."""

    name: str
    printed: str
    start: int
    end: int
    note: str | None = None  # 牵头, 配合 … where brackets after the name say so


@dataclass(frozen=True, slots=True)
class Mention:
    """A body named in running text at `[start:end]`. `name` carries an inherited prefix.

    `row` numbers the enumeration (A、B、C) the mention stands in within its text; alone, it is a row by itself.
    """

    name: str
    printed: str
    start: int
    end: int
    row: int


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A mention with its place in an issue. `row` numbers the enumeration it stands in: names of one row are different bodies."""

    name: str
    printed: str
    span: Span
    document: str
    number: str | None
    eid: str
    day: date | None
    row: int
    known: bool
    heading: bool = False


class VariantRelation(StrEnum):
    """How two names differ."""

    ABBREVIATION = "abbreviation"  # one leaves out characters of the other
    CHARACTERS = "characters"  # one or two characters differ or change places
    ENDING = "ending"  # 局 for 委, 厅 for 局
    SPELLING = "spelling"  # 和 kept or left out


@dataclass(frozen=True, slots=True)
class Variant:
    """Two names of one issue that are likely one body. `usual` is on record or used more; `other` is the one to look at.

    `similarity`: twice the characters shared in order over the characters of both, without prefix, 0 to 1. `usual_places` is
    empty where only the registry has the usual name. `body` is the body both resolve to, None where only the letters tie them.
    """

    usual: str
    other: str
    relation: VariantRelation
    similarity: float
    usual_places: tuple[PlacedMention, ...]
    other_places: tuple[PlacedMention, ...]
    body: OrganisationId | None = None


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name used on a day its body did not bear it."""

    mention: PlacedMention
    candidate: Candidate
