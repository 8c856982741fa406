"""Findings an editor has looked at and accepted as printed, each with its reason.

An acceptance names a rule and quotes the words; it accepts a finding of that rule whose first words lie inside the quotation.
White space does not count, so that a quotation survives a changed line break. An acceptance that accepts nothing is stale:
the text or the rule has changed, and the reason should be looked at again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taizhang.engines.proof.model import Finding
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class Acceptance:
    """`rule` and `quote` find the finding, `eid` narrows it where the quotation is printed more than once."""

    rule: str
    quote: str
    reason: str
    who: str
    on: date
    eid: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding with the acceptance that covers it."""

    finding: Finding
    acceptance: Acceptance


@dataclass(frozen=True, slots=True)
class Review:
    """Findings still open, findings accepted, and acceptances that matched nothing; findings keep their order."""

    open: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    stale: tuple[Acceptance, ...]


def review(findings: Iterable[Finding], acceptances: Iterable[Acceptance], source: str) -> Review:
    """Sort findings into open and accepted. Of two acceptances for one finding the first counts, the other is not stale."""
    by_rule: dict[str, list[Acceptance]] = {}
    given = tuple(acceptances)
    for acceptance in given:
        by_rule.setdefault(acceptance.rule, []).append(acceptance)
    still_open: list[Finding] = []
    accepted: list[Accepted] = []
    used: set[int] = set()
    for finding in findings:
        matching = [a for a in by_rule.get(finding.rule, ()) if _covers(a, finding, source)]
        used.update(id(a) for a in matching)
        if matching:
            accepted.append(Accepted(finding, matching[0]))
        else:
            still_open.append(finding)
    return Review(tuple(still_open), tuple(accepted), tuple(a for a in given if id(a) not in used))


def _covers(acceptance: Acceptance, finding: Finding, source: str) -> bool:
    if not finding.spans or (acceptance.eid is not None and acceptance.eid != finding.eid):
        return False
    letters = "".join(acceptance.quote.split())
    if not letters:
        return False
    return _occurs_around(letters, finding.spans[0], source)


def _occurs_around(letters: str, span: Span, source: str) -> bool:
    # Line breaks and indents inside the words may outnumber the words themselves; four times their number is ample.
    reach = 4 * len(letters) + 40
    begin = max(0, span.start - reach)
    window = source[begin : span.end + reach]
    pattern = regex(r"\s*".join(map(re.escape, letters)))
    words = source[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    at = pattern.search(window)
    while at:
        if begin + at.start() <= start and end <= begin + at.end():
            return True
        at = pattern.search(window, at.start() + 1)
    return False
