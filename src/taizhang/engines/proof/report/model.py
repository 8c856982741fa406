"""What a report tells: the issue read, what was found in it, what was accepted, and which rules looked."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from taizhang.engines.gazette.model import Issue
from taizhang.engines.gazette.places import Places
from taizhang.engines.proof.model import Agreement, Finding, Severity
from taizhang.engines.proof.report.acceptance import Accepted, Review
from taizhang.engines.proof.rule import RuleInfo
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

_BREAKS = str.maketrans("", "", "\r\n")


@dataclass(frozen=True, slots=True)
class FileRead:
    """The file read: name as given, its URI, SHA-256 of its bytes, encoding where it has one, and what the reader noted.

    `locators` say from which offset on which place of the file (第3页) was read; empty for plain text.
    """

    name: str
    uri: str | None = None
    digest: str | None = None
    encoding: str | None = None
    notes: tuple[Message, ...] = ()
    locators: tuple[tuple[int, Message], ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything a report prints. `rules` may lack a rule; its id is then its name. `version` is that of the reader."""

    source: FileRead
    issue: Issue
    review: Review
    agreeing: tuple[Agreement, ...]
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    version: str = ""
    places: Places = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", Places(self.issue))

    def count(self, severity: Severity) -> int:
        """Open findings of one severity."""
        return sum(f.severity is severity for f in self.review.open)

    @property
    def has_errors(self) -> bool:
        """True if an open finding is an error; this decides the exit code."""
        return any(f.severity is Severity.ERROR for f in self.review.open)

    def numbered(self) -> tuple[tuple[int, Finding | Accepted], ...]:
        """Open and accepted findings in printed order, numbered from 1: the number a finding has in every form of report."""
        everything: list[Finding | Accepted] = [*self.review.open, *self.review.accepted]
        everything.sort(key=lambda f: _first(f.finding if isinstance(f, Accepted) else f))
        return tuple(enumerate(everything, 1))

    def words(self, span: Span) -> str:
        """The words of a span as printed, line breaks dropped."""
        return self.issue.source[span.start : span.end].translate(_BREAKS)

    def place(self, finding: Finding) -> str:
        """Short name of the clause a finding stands in; empty where it stands in none."""
        return self.places.label(finding.document, finding.eid, finding.spans[0].start if finding.spans else None)

    def located(self, finding: Finding) -> Message | None:
        """Page or paragraph of the file a finding stands on, None for plain text."""
        if not finding.spans:
            return None
        index = bisect_right(self.source.locators, finding.spans[0].start, key=lambda pair: pair[0]) - 1
        return self.source.locators[index][1] if index >= 0 else None

    def position(self, spans: Iterable[Span]) -> tuple[int, int] | None:
        """Line and column of the first of `spans`."""
        for span in spans:
            return self.places.lines.position(span.start)
        return None


def _first(finding: Finding) -> int:
    return finding.spans[0].start if finding.spans else -1
