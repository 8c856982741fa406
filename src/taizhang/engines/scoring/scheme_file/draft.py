"""A scheme file as read: its values with the lines they stand on, and the ways it points at clauses and rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taizhang.engines.scoring.scheme_file.problems import SchemeProblem, Severity
from taizhang.kernel.patterns import regex
from taizhang.kernel.period import Period

_REFERENCE = regex(r"(?:(?P<document>[^!#]*)(?P<part>(?:![a-z0-9-]+)*)#)?(?P<eid>[A-Za-z0-9_]+)\Z")
_ROWS = regex(r"[1-9][0-9]{0,3}(?:-[1-9][0-9]{0,3})?\Z")


@dataclass(frozen=True, slots=True)
class SchemeDraft:
    """A scheme file whose form is right. `values` are those of the file, `lines` the line of each key, `text` the file itself."""

    name: str
    text: str
    values: Mapping[str, Any]
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def head(self) -> Mapping[str, Any]:
        """The [scheme] table."""
        head: Mapping[str, Any] = self.values["scheme"]
        return head

    @property
    def id(self) -> str:
        """The scheme's id."""
        return str(self.head["id"])

    @property
    def document(self) -> str:
        """Number of the document the scheme carries out."""
        return str(self.head["document"])

    @property
    def year(self) -> int:
        """The year assessed."""
        return int(self.head["year"])

    @property
    def period(self) -> Period:
        """The days assessed: the calendar year where the file says nothing else."""
        return Period(self.head.get("from", date(self.year, 1, 1)), self.head.get("until", date(self.year, 12, 31)))

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """The tables of that name, in the order of the file."""
        found: list[Mapping[str, Any]] = self.values.get(name, [])
        return found

    def clause_key(self, reference: str) -> str | None:
        """The key of a clause in `SchemeSource.clauses`: `chp_3__art_9` stands in the scheme's own part, `#para_2` in the
        frame of its document, `!annex-2#tbl_1` in a part, `某政〔2025〕6号#para` in another document. None where
        it is malformed."""
        found = _REFERENCE.match(reference)
        if found is None:
            return None
        if found["part"] is None:
            return f"{self.document_id(self.head.get('part', ''))}#{found['eid']}"
        return f"{found['document'] or self.document}{found['part']}#{found['eid']}"

    def document_id(self, part: str) -> str:
        """The id of a part of the scheme's document."""
        return f"{self.document}!{part}" if part else self.document


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """A draft, None where errors leave none, and every problem found, in order of line."""

    draft: SchemeDraft | None
    problems: tuple[SchemeProblem, ...]

    @property
    def errors(self) -> tuple[SchemeProblem, ...]:
        """The problems that keep the file from being used."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def row_numbers(text: str) -> tuple[int, ...] | None:
    """Row numbers of `"1-54"` or `"3, 8-10"`; None where it is malformed.

    >>> row_numbers("3, 8-10"), row_numbers("9-8"), row_numbers("x")
    ((3, 8, 9, 10), None, None)
    """
    found: list[int] = []
    for piece in text.replace("，", ",").split(","):
        if not _ROWS.match(part := piece.strip()):
            return None
        first, _, last = part.partition("-")
        if last and int(last) < int(first):
            return None
        found.extend(range(int(first), int(last or first) + 1))
    return tuple(found)
