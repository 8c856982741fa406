"""From an issue just read to the values a scheme is filled in from: reading and scoring engines meet here."""

from collections.abc import Iterator
from datetime import date

from taizhang.engines.gazette import Issue
from taizhang.engines.gazette.model import Document, Row, Table
from taizhang.engines.packs import Interpretation, Pack
from taizhang.engines.registry import Body, Registry, listed_bodies, read_registry
from taizhang.engines.scoring import Choice
from taizhang.engines.scoring.source import (
    SchemeSource,
    SourceBody,
    SourceGroup,
    SourceItem,
    SourceMeasure,
    SourceName,
    SourceRoll,
    SourceRow,
    SourceSheet,
    SourceTable,
)
from taizhang.engines.targets import Group, Item, Sheet, TargetsReading, metric_key, read_targets
from taizhang.kernel.citation import Citation
from taizhang.kernel.measure import Measure
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_ANNEX = regex(r"!annex-([0-9]+)\Z")
_BOX = regex(r"(?:\A|_)box_([0-9]+)(?:_|\Z)")
_FEWEST_NAMES = 3


def scheme_source(issue: Issue, pack: Pack | None = None) -> SchemeSource:
    """Everything of an issue that a scheme may refer to. Without a pack bodies are those the text names."""
    registry = read_registry(issue, pack.bodies if pack else (), pack.place.name if pack else "")
    return source_of(issue, read_targets(issue), registry)


def source_of(issue: Issue, reading: TargetsReading, registry: Registry) -> SchemeSource:
    """The same of values that are there already, such as those of an adopted edition."""
    return _Translator(issue, reading, registry).source()


def choices_of(pack: Pack | None) -> tuple[Choice, ...]:
    """The interpretations of a pack as the scoring engine takes them. A practice that is switched off answers with nothing."""
    return tuple(_choice(one) for one in pack.interpretations) if pack else ()


def _choice(one: Interpretation) -> Choice:
    return Choice(
        id=one.id,
        document=one.document,
        clause=one.clause,
        quote=one.quote,
        question=one.question,
        answer=one.answer,
        reason=one.reason,
        changed_by=one.changed_by,
        value=one.value if one.is_on else None,
        options=one.options,
    )


class _Translator:
    def __init__(self, issue: Issue, reading: TargetsReading, registry: Registry) -> None:
        self.issue = issue
        self.reading = reading
        self.registry = registry
        self.numbers = {d.id: str(d.number) for d in issue.documents if d.number is not None}
        self.days = {d.id: d.issued_on for d in issue.documents}
        self.measures: dict[tuple[str, str], tuple[Measure, ...]] = {(c.document, c.eid): c.targets for c in reading.clauses}

    def source(self) -> SchemeSource:
        tables = tuple(self.table(document, table) for document in self.issue.walk_documents() for table in document.tables)
        clauses = dict(self.clauses())
        clauses |= {f"{table.document}#{row.citation.eid}": row.citation for table in tables for row in table.rows}
        return SchemeSource(
            sheets=tuple(self.sheet(sheet) for sheet in self.reading.sheets),
            tables=tables,
            rolls=tuple(self.rolls()),
            bodies=tuple(self.body(body) for body in self.registry.bodies),
            clauses=clauses,
        )

    def number(self, document: str) -> str | None:
        return self.numbers.get(document.split("!", maxsplit=1)[0])

    def day(self, document: str) -> date | None:
        return self.days.get(document.split("!", maxsplit=1)[0])

    def cited(self, document: str, eid: str, span: Span, quote: str) -> Citation:
        return Citation(self.number(document), eid, span, quote)

    def clauses(self) -> Iterator[tuple[str, Citation]]:
        for document in self.issue.walk_documents():
            for node in document.walk_nodes():
                yield f"{document.id}#{node.eid}", self.cited(document.id, node.eid, node.span, node.words.text)

    def body(self, body: Body) -> SourceBody:
        day = max((day for day in self.days.values() if day is not None), default=None)
        name = body.name_on(day)
        return SourceBody(str(body.id), name.text if name else str(body.id), body.kind.value)

    def meant(self, name: str, document: str) -> str:
        one = self.registry.resolve(name, self.day(document)).one
        return str(one.body.id) if one else ""

    def sheet(self, sheet: Sheet) -> SourceSheet:
        return SourceSheet(
            document=sheet.document,
            eid=sheet.eid,
            unit=sheet.unit,
            body=self.meant(sheet.unit, sheet.document),
            kind=sheet.kind,
            points=sheet.points,
            groups=tuple(self.group(sheet, group) for group in sheet.groups),
            citation=self.cited(sheet.document, sheet.eid, sheet.heading_span, sheet.unit),
        )

    def group(self, sheet: Sheet, group: Group) -> SourceGroup:
        cited = self.cited(sheet.document, group.eid, group.span, group.name)
        items = tuple(self.item(sheet, item) for item in group.items)
        return SourceGroup(group.eid, group.name, group.points, group.deduction, items, cited)

    def item(self, sheet: Sheet, item: Item) -> SourceItem:
        measures = tuple(SourceMeasure(m, metric_key(m.metric)) for m in item.targets)
        cited = self.cited(sheet.document, item.eid, item.span, item.text)
        return SourceItem(item.eid, item.text, item.points, item.kind, item.awaits, measures, cited)

    def table(self, document: Document, table: Table) -> SourceTable:
        annex, box = _ANNEX.search(document.id), _BOX.search(table.eid)
        filled = table.filled()
        return SourceTable(
            document=document.id,
            eid=table.eid,
            annex=int(annex[1]) if annex else None,
            box=int(box[1]) if box else None,
            columns=table.columns,
            rows=tuple(
                self.row(document, table, number, row, cells)
                for number, (row, cells) in enumerate(zip(table.rows, filled, strict=True), 1)
            ),
            citation=self.cited(document.id, table.eid, table.span, table.caption or document.title),
        )

    def row(self, document: Document, table: Table, number: int, row: Row, cells: tuple[str, ...]) -> SourceRow:
        eid = f"{table.eid}__row_{number}"
        found = self.measures.get((document.id, eid), ())
        by_cell = tuple(
            tuple(SourceMeasure(m, metric_key(m.metric)) for m in found if cell.span.start <= m.span.start < cell.span.end)
            for cell in row.cells
        )
        quote = " ".join(cell for cell in cells if cell)
        return SourceRow(number, cells, self.cited(document.id, eid, row.span, quote), by_cell)

    def rolls(self) -> Iterator[SourceRoll]:
        """Annexes that are nothing but names. A name broken over two paragraphs is put together again."""
        for document in self.issue.walk_documents():
            annex = _ANNEX.search(document.id)
            paragraphs = [node for node in document.nodes if node.kind == "paragraph"]
            if annex is None or document.tables or not paragraphs:
                continue
            text = "".join(node.words.text for node in paragraphs).strip().rstrip("。")
            names = listed_bodies(text)
            if len(names) < _FEWEST_NAMES or "。" in text:
                continue
            cited = self.cited(document.id, paragraphs[0].eid, paragraphs[0].span.cover(paragraphs[-1].span), document.title)
            entries = tuple(SourceName(one.name, self.meant(one.name, document.id), cited) for one in names)
            yield SourceRoll(document.id, int(annex[1]), entries)
