"""Everything printed, front matter included, one clause or cell a line, so that a pattern sweeps it in one go."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import add
from weakref import WeakKeyDictionary

from taizhang.engines.gazette.model import Document, Node, Reading
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Finding, Severity
from taizhang.engines.proof.rule import Rule
from taizhang.engines.targets.measures.plain import Plain, plain_of
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

NEAR = 60_000
PHRASE = regex(r"[^，。；：！？（）“”《》\n]{5,40}")
FIGURE = regex(r"[0-9][0-9.]*")
LONGEST = 56  # a span is the words to mend, never a paragraph


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one clause, cell or line of the front matter; `offset` is where it begins in `Lines.text`."""

    text: str
    offset: int
    reading: Reading
    plain: Plain | None
    document: Document | None
    node: Node
    passage: Passage | None

    def span(self, start: int, end: int) -> Span:
        """Source span of `text[start:end]`, cut to a few dozen characters; `end > start` is required."""
        if self.plain is not None:
            start, end = self.plain.span(start, end)
        span = self.reading.span(start, end)
        return span if span.length <= LONGEST else Span(span.start, span.start + LONGEST)

    @property
    def document_id(self) -> str | None:
        """Id of its document; None in the front matter."""
        return self.document.id if self.document else None

    @property
    def is_cell(self) -> bool:
        """True for a table cell."""
        return self.passage is not None and self.passage.table is not None


@dataclass(frozen=True, slots=True)
class Place:
    """A match in one line, offsets into the line."""

    line: Line
    match: re.Match[str]
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Source span of the whole match."""
        return self.line.span(self.start, self.end)

    def before(self, length: int) -> str:
        """Up to `length` characters of the line before the match."""
        return self.line.text[max(0, self.start - length) : self.start]

    def after(self, length: int) -> str:
        """Up to `length` characters of the line after the match."""
        return self.line.text[self.end : self.end + length]


class Lines:
    """All lines of an issue, as plain text (`plain_of`) or as read (`printed`: half-width marks and blanks kept)."""

    def __init__(self, context: ProofContext, *, is_printed: bool = False) -> None:
        self.lines = tuple(_lines(context, is_printed))
        self.text = "\n".join(line.text for line in self.lines)
        self._offsets = [line.offset for line in self.lines]

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two characters that stand side by side."""
        return frozenset(map(add, self.text, self.text[1:]))

    @cached_property
    def phrases(self) -> dict[str, int]:
        """Stretches between marks, figures read as 0, and how often each occurs."""
        counts: dict[str, int] = {}
        for phrase in PHRASE.findall(FIGURE.sub("0", self.text)):
            counts[phrase] = counts.get(phrase, 0) + 1
        return counts

    def search(self, pattern: re.Pattern[str]) -> Iterator[Place]:
        """Matches in printed order. The pattern must not cross a line break."""
        for match in pattern.finditer(self.text):
            line = self.lines[bisect_right(self._offsets, match.start()) - 1]
            yield Place(line, match, match.start() - line.offset, match.end() - line.offset)

    def count_near(self, words: str, line: Line) -> int:
        """How often `words` stand within `NEAR` characters of a line; bounded, so that a long text stays linear."""
        return self.text.count(words, max(0, line.offset - NEAR), line.offset + NEAR)

    def all_of(self, word: str) -> Iterator[tuple[Line, int]]:
        """Every line and offset at which `word` stands."""
        at = self.text.find(word)
        while at >= 0:
            line = self.lines[bisect_right(self._offsets, at) - 1]
            yield line, at - line.offset
            at = self.text.find(word, at + 1)


_KEPT: WeakKeyDictionary[ProofContext, dict[bool, Lines]] = WeakKeyDictionary()


def lines_of(context: ProofContext, *, is_printed: bool = False) -> Lines:
    """The lines of an issue under proof, made once for all rules and gone with the context."""
    kept = _KEPT.setdefault(context, {})
    if is_printed not in kept:
        kept[is_printed] = Lines(context, is_printed=is_printed)
    return kept[is_printed]


def _lines(context: ProofContext, is_printed: bool) -> Iterator[Line]:
    offset = 0
    for document, node, passage, reading in _readings(context):
        plain = None if is_printed else passage.plain if passage else plain_of(reading.text)
        text = reading.text.replace("\n", " ") if plain is None else plain.text
        yield Line(text, offset, reading, plain, document, node, passage)
        offset += len(text) + 1


def _readings(context: ProofContext) -> Iterator[tuple[Document | None, Node, Passage | None, Reading]]:
    for top in context.issue.front:
        for node in top.walk():
            if node.words.text:
                yield None, node, None, node.words
    for passage in context.passages:
        yield passage.document, passage.node, passage, passage.reading


def report(
    rule: Rule,
    line: Line,
    *spans: Span,
    message: Message,
    advice: Message,
    declared: str | None = None,
    computed: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding of `rule` in `line`; the place to mend is the first span."""
    return Finding(
        rule=rule.info.id,
        severity=severity or rule.info.severity,
        message=message,
        advice=advice,
        spans=spans,
        declared=declared,
        computed=computed,
        document=line.document_id,
        eid=line.node.eid,
    )
