"""What rules look at: the issue, its targets and the registry, with views that many rules share, each made once.

Rules read plain text: no layout blanks, full-width punctuation, ASCII digits (`measures.plain`); spans lead back to the source.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from taizhang.engines.gazette.model import Document, Issue, Node, Reading, Table
from taizhang.engines.proof.amounts import Amount, amounts_of
from taizhang.engines.proof.model import Agreement, Finding, Severity
from taizhang.engines.proof.rule import Rule
from taizhang.engines.registry.index import Registry
from taizhang.engines.targets.cascade import Cascade, cascades
from taizhang.engines.targets.measures.plain import Plain, plain_of
from taizhang.engines.targets.measures.quantities import Figure, figures_in
from taizhang.engines.targets.model import Group, Item, Sheet, TargetsReading
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_BLANKS = regex(r"\s+")


@dataclass(eq=False)
class Passage:
    """The own words of a clause (heading included, number not), or a table cell, in plain text.

    `headings` are the clauses above that carry a heading, outermost first. For a cell `node` is the table's node, and `table`,
    `row` (−1 for a header row) and `column` say where it stands. `offset` is where `text` begins in `ProofContext.text`.
    """

    document: Document
    node: Node
    headings: tuple[Node, ...]
    reading: Reading
    table: Table | None = None
    row: int = 0
    column: int = 0
    offset: int = 0

    @cached_property
    def plain(self) -> Plain:
        """Plain text with the way back to the reading text."""
        return plain_of(self.reading.text)

    @cached_property
    def text(self) -> str:
        """Plain text."""
        return self.plain.text

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every printed number with its unit, offsets into `text`."""
        return tuple(figures_in(self.text))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The figures as values in base units."""
        return amounts_of(self.figures)

    def amount_at(self, start: int) -> Amount | None:
        """The amount whose number begins at `start` of `text`."""
        return next((a for a in self.amounts if a.start == start), None)

    def span(self, start: int, end: int) -> Span:
        """Source span of `text[start:end]`; `end > start` is required."""
        return self.reading.span(*self.plain.span(start, end))

    @property
    def whole(self) -> Span:
        """Source span of all its words."""
        return self.span(0, len(self.text)) if self.text else self.node.own


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a pattern in one passage."""

    passage: Passage
    match: re.Match[str]

    def __getitem__(self, group: int | str) -> str | None:
        """Text of a group."""
        found: str | None = self.match[group]
        return found

    def start(self, group: int | str = 0) -> int:
        """Offset of a group in the passage's text."""
        return self.match.start(group) - self.passage.offset

    def end(self, group: int | str = 0) -> int:
        """End offset of a group in the passage's text."""
        return self.match.end(group) - self.passage.offset

    def amount(self, group: int | str) -> Amount | None:
        """The amount whose number begins where a group begins; None where the group took no part."""
        return self.passage.amount_at(self.start(group)) if self.match.start(group) >= 0 else None

    def span(self, group: int | str = 0) -> Span:
        """Source span of a group that is not empty."""
        return self.passage.span(self.start(group), self.end(group))


class ProofContext:
    """One issue under proof. `on` stands for the date of a text that prints none; it is never guessed."""

    def __init__(self, issue: Issue, targets: TargetsReading, registry: Registry | None = None, on: date | None = None) -> None:
        self.issue = issue
        self.targets = targets
        self.registry = registry
        self.on = on

    @property
    def source(self) -> str:
        """The text as printed."""
        return self.issue.source

    def words(self, span: Span) -> str:
        """Printed words of a span, without white space."""
        return _BLANKS.sub("", self.source[span.start : span.end])

    # Documents

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document, nested ones included, in printed order."""
        return tuple(self.issue.walk_documents())

    @cached_property
    def parents(self) -> dict[str, Document]:
        """Document id → the document it is nested in."""
        return {child.id: parent for parent in self.documents for child in parent.documents}

    def outermost(self, document: Document) -> Document:
        """The document published by itself that holds `document`."""
        while document.id in self.parents:
            document = self.parents[document.id]
        return document

    def date_of(self, document: Document) -> date | None:
        """Its own date, else that of the document that carries it, else `on`."""
        at: Document | None = document
        while at is not None:
            if at.issued_on:
                return at.issued_on
            at = self.parents.get(at.id)
        return self.on

    # Words

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every clause with words of its own and every filled table cell, document by document, in printed order."""
        passages: list[Passage] = []
        for document in self.documents:
            tables = {table.eid: table for table in document.tables}
            stack: list[tuple[Node, tuple[Node, ...]]] = [(node, ()) for node in reversed(document.nodes)]
            while stack:
                node, above = stack.pop()
                if node.words.text:
                    passages.append(Passage(document, node, above, node.words))
                if node.kind == "table" and node.eid in tables:
                    passages.extend(self._cells(document, node, above, tables[node.eid]))
                below = (*above, node) if node.heading_length else above
                stack.extend((child, below) for child in reversed(node.children))
        offset = 0
        for passage in passages:
            passage.offset = offset
            offset += len(passage.text) + 1
        return tuple(passages)

    def _cells(self, document: Document, node: Node, above: tuple[Node, ...], table: Table) -> Iterator[Passage]:
        rows = [(-1, row) for row in table.header] + list(enumerate(table.rows))
        for index, row in rows:
            for column, cell in enumerate(row.cells):
                if cell.text and not cell.continues:
                    yield Passage(document, node, above, self._cell_reading(cell.text, cell.span), table, index, column)

    def _cell_reading(self, text: str, span: Span) -> Reading:
        """The way from a cell's text back to its printed characters, which may have blanks and breaks between."""
        at = self.source.find(text, span.start, span.end)
        if at >= 0:
            return Reading(text, (0,), (at,))
        starts: list[int] = []
        places: list[int] = []
        position = span.start
        for offset, character in enumerate(text):
            found = self.source.find(character, position, span.end)
            found = position if found < 0 else found
            if not places or found != places[-1] + offset - starts[-1]:
                starts.append(offset)
                places.append(found)
            position = min(found + 1, max(span.end - 1, span.start))
        return Reading(text, tuple(starts), tuple(places))

    @cached_property
    def text(self) -> str:
        """The plain text of all passages, one a line: what `search` looks through."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def _offsets(self) -> list[int]:
        return [passage.offset for passage in self.passages]

    def search(self, pattern: re.Pattern[str], *needs: str) -> Iterator[Hit]:
        """Matches of `pattern` in all passages in one sweep. The pattern must not cross a line break (`[^…\\n]`).

        `needs` are words without which a passage cannot match: a slow pattern then looks only where they all stand.
        """
        if needs:
            yield from self.search_where(pattern, self.having(*needs))
            return
        for match in pattern.finditer(self.text):
            yield Hit(self.passages[bisect_right(self._offsets, match.start()) - 1], match)

    def search_in(self, pattern: re.Pattern[str], document: Document, *needs: str) -> Iterator[Hit]:
        """As `search`, in one document, nested documents left out."""
        passages = self.passages_of(document)
        if not needs and passages:
            for match in pattern.finditer(self.text, passages[0].offset, passages[-1].offset + len(passages[-1].text)):
                yield Hit(self.passages[bisect_right(self._offsets, match.start()) - 1], match)
            return
        yield from self.search_where(pattern, [p for p in passages if all(word in p.text for word in needs)])

    def having(self, *words: str) -> list[Passage]:
        """Passages in which all the words stand."""
        first, *rest = words
        return [p for p in self.passages if first in p.text and all(word in p.text for word in rest)]

    def search_where(self, pattern: re.Pattern[str], passages: Iterable[Passage]) -> Iterator[Hit]:
        """Matches of `pattern` in some passages."""
        for passage in passages:
            for match in pattern.finditer(self.text, passage.offset, passage.offset + len(passage.text)):
                yield Hit(passage, match)

    @cached_property
    def by_document(self) -> dict[str, tuple[Passage, ...]]:
        """Document id → its passages, nested documents' not among them."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.document.id, []).append(passage)
        return {key: tuple(value) for key, value in found.items()}

    def passages_of(self, document: Document) -> tuple[Passage, ...]:
        """Passages of one document, nested documents' not among them."""
        return self.by_document.get(document.id, ())

    @cached_property
    def by_eid(self) -> dict[tuple[str, str], Passage]:
        """(document id, eId) → the passage of the clause; cells are not among them."""
        return {(p.document.id, p.node.eid): p for p in self.passages if p.table is None}

    # Sheets

    @cached_property
    def sheets_by_kind(self) -> dict[tuple[str, str], tuple[Sheet, ...]]:
        """(document id, kind) → sheets in printed order. A city list and its areas' sheets may stand in sibling documents."""
        found: dict[tuple[str, str], list[Sheet]] = {}
        for sheet in self.targets.sheets:
            found.setdefault((sheet.document, sheet.kind), []).append(sheet)
        return {key: tuple(value) for key, value in found.items()}

    def siblings(self, sheet: Sheet) -> tuple[Sheet, ...]:
        """Sheets of the same document and kind, itself included."""
        return self.sheets_by_kind[sheet.document, sheet.kind]

    @cached_property
    def item_at(self) -> dict[tuple[str, str], tuple[Sheet, Group, Item]]:
        """(document id, eId of an item) → the item with its group and sheet."""
        return {(s.document, i.eid): (s, g, i) for s in self.targets.sheets for g in s.groups for i in g.items}

    def item_of(self, passage: Passage) -> tuple[Sheet, Group, Item] | None:
        """Sheet, group and item a passage is the words of."""
        return self.item_at.get((passage.document.id, passage.node.eid))

    @cached_property
    def cascades(self) -> tuple[Cascade, ...]:
        """Targets on one metric set for the city, its areas and its units, within one published document each."""
        return tuple(c for sheets in self.sheet_groups.values() for c in cascades(TargetsReading(sheets, ())))

    @cached_property
    def sheet_groups(self) -> dict[str, tuple[Sheet, ...]]:
        """Id of a document published by itself → all sheets in it and in what it carries."""
        owners = {document.id: self.outermost(document).id for document in self.documents}
        found: dict[str, list[Sheet]] = {}
        for sheet in self.targets.sheets:
            found.setdefault(owners.get(sheet.document, sheet.document), []).append(sheet)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def _group_of(self) -> dict[str, tuple[Sheet, ...]]:
        return {sheet.document: group for group in self.sheet_groups.values() for sheet in group}

    def sheets_beside(self, sheet: Sheet) -> tuple[Sheet, ...]:
        """All sheets published with `sheet`, of every kind, itself included."""
        return self._group_of[sheet.document]

    def clip(self, span: Span, longest: int = 48) -> Span:
        """The last characters of a long span: a finding points at words, not at paragraphs."""
        return span if span.length <= longest else Span(span.end - longest, span.end)

    # Results

    def finding(
        self,
        rule: Rule,
        *spans: Span,
        message: Message,
        advice: Message,
        declared: object = None,
        computed: object = None,
        passage: Passage | None = None,
        document: str | None = None,
        eid: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of `rule`; the place to mend is the first span. Pass the `passage` it stands in, or `document` and `eid`."""
        return Finding(
            rule=rule.info.id,
            severity=severity or rule.info.severity,
            message=message,
            advice=advice,
            spans=spans,
            declared=None if declared is None else str(declared),
            computed=None if computed is None else str(computed),
            document=passage.document.id if passage else document,
            eid=passage.node.eid if passage else eid,
        )

    def agreement(self, rule: Rule, *spans: Span, message: Message, value: object) -> Agreement:
        """A check of `rule` that came out right."""
        return Agreement(rule.info.id, message, spans, str(value))
