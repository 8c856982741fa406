"""From rows back to the values of `engines.gazette`, for everything that writes an issue or a document out.

A stored edition is never parsed again: what comes out here is what was adopted, with the splits and merges of its review.
Corrected words are not among it; they stand beside the print as errata.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.apps.gazettes.models import Document as StoredDocument
from taizhang.engines.gazette import (
    Cell,
    ContentsEntry,
    Diagnostic,
    Document,
    DocumentNumber,
    Furniture,
    Issue,
    Masthead,
    Node,
    Reading,
    Row,
    Table,
)
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

_NOWHERE = Span(0, 0)


def issue_of(edition: Edition) -> Issue:
    """The issue of an edition, whole. Two queries; one more where the edition came without its source."""
    frame, printed = edition.frame, edition.masthead
    return Issue(
        source=edition.source.text,
        masthead=_masthead(edition) if printed.get("span") else None,
        contents=tuple(
            ContentsEntry(line["title"], line["page"], line["section"], _span(line.get("span")))
            for line in printed.get("contents", ())
        ),
        front=tuple(_line(line) for line in frame.get("front", ())),
        documents=documents_of(StoredDocument.objects.filter(edition=edition)),
        furniture=tuple(Furniture(each["kind"], _span(each["span"])) for each in frame.get("furniture", ())),
        diagnostics=tuple(_diagnostic(each) for each in edition.diagnostics),
    )


def documents_of(rows: Iterable[StoredDocument]) -> tuple[Document, ...]:
    """Documents with their clauses, nested ones inside the one that brings them where both are among `rows`. Two queries."""
    stored = list(rows)
    clauses: dict[int, list[Clause]] = {row.pk: [] for row in stored}
    for clause in Clause.objects.filter(document_id__in=clauses).order_by("document_id", "ordinal"):
        clauses[clause.document_id].append(clause)
    nested: dict[int | None, list[StoredDocument]] = {}
    for row in stored:
        nested.setdefault(row.parent_id if row.parent_id in clauses else None, []).append(row)

    def build(row: StoredDocument) -> Document:
        return _document(row, clauses[row.pk], tuple(build(child) for child in nested.get(row.pk, ())))

    return tuple(build(row) for row in nested.get(None, ()))


def _span(pair: Sequence[int] | None) -> Span:
    return Span(*pair) if pair else _NOWHERE


def _masthead(edition: Edition) -> Masthead:
    return Masthead(
        title=edition.title,
        year=edition.year,
        number=edition.number,
        total_number=edition.total_number,
        published_on=edition.published_on,
        publisher=edition.publisher or None,
        editors=tuple((office, name) for office, name in edition.masthead.get("editors", ())),
        span=_span(edition.masthead["span"]),
    )


def _diagnostic(stored: dict[str, Any]) -> Diagnostic:
    # Rows of the first parsers keep the sentence only.
    message = (
        Message(stored["template"], stored["facts"]) if "template" in stored else Message("{text}", {"text": stored["message"]})
    )
    return Diagnostic(stored["code"], message, _span(stored["span"]), stored["printed"])


def _document(row: StoredDocument, clauses: list[Clause], nested: tuple[Document, ...]) -> Document:
    return Document(
        id=row.ident,
        role=row.role,
        kind=row.kind or None,
        title=row.title,
        title_span=_span(row.printed.get("title_span")),
        number=_number(row.printed.get("number")),
        issuers=tuple(row.issuers),
        addressees=tuple(row.addressees),
        issued_on=row.issued_on,
        span=Span(row.start, row.end),
        nodes=_tree(clauses),
        tables=tuple(_table(clause) for clause in clauses if clause.table),
        documents=nested,
    )


def _number(stored: dict[str, Any] | None) -> DocumentNumber | None:
    return DocumentNumber(**{**stored, "span": _span(stored["span"])}) if stored else None


def _tree(clauses: list[Clause]) -> tuple[Node, ...]:
    """Clauses in printed order as trees: from the last to the first, so that every clause finds its children made."""
    children: dict[int | None, list[Node]] = {}
    for clause in reversed(clauses):
        below = tuple(reversed(children.pop(clause.pk, [])))
        children.setdefault(clause.parent_id, []).append(_node(clause, below))
    return tuple(reversed(children.get(None, [])))


def _node(clause: Clause, children: tuple[Node, ...]) -> Node:
    return Node(
        eid=clause.eid,
        kind=clause.kind,
        num=clause.num or None,
        value=clause.value,
        words=_reading(clause.text, clause.runs),
        heading_length=clause.heading_length,
        span=Span(clause.start, clause.end),
        own=Span(clause.own_start, clause.own_end),
        children=children,
    )


def _reading(text: str, runs: list[list[int]]) -> Reading:
    return Reading(text, tuple(at for at, _ in runs), tuple(source for _, source in runs))


def _line(stored: dict[str, Any]) -> Node:
    return Node(
        eid=stored["eid"],
        kind=stored["kind"],
        num=stored["num"],
        value=stored["value"],
        words=_reading(stored["text"], stored["runs"]),
        heading_length=stored["heading_length"],
        span=_span(stored["span"]),
        own=_span(stored["own"]),
        children=tuple(_line(child) for child in stored["children"]),
    )


def _table(clause: Clause) -> Table:
    stored = clause.table or {}
    header = zip(
        stored["header"], stored.get("header_cells") or _unplaced(stored["header"]), _rows_of_header(stored), strict=True
    )
    body = zip(
        stored["rows"],
        stored["spans"],
        stored["continues"],
        stored.get("colspans") or [[1] * len(row) for row in stored["rows"]],
        stored.get("row_spans") or [[cells[0][0], cells[-1][1]] if cells else [0, 0] for cells in stored["spans"]],
        stored["printed"],
        strict=True,
    )
    return Table(
        eid=clause.eid,
        caption=stored["caption"],
        header=tuple(
            Row(
                tuple(_header_cell(text, *cell) for text, cell in zip(texts, cells, strict=True)),
                _span(row["span"]),
                row["printed"],
            )
            for texts, cells, row in header
        ),
        rows=tuple(
            Row(
                tuple(
                    Cell(text, _span(span), goes_on, wide)
                    for text, span, goes_on, wide in zip(texts, spans, continues, colspans, strict=True)
                ),
                _span(row_span),
                printed,
            )
            for texts, spans, continues, colspans, row_span, printed in body
        ),
        span=_span(stored.get("span") or [clause.own_start, clause.own_end]),
    )


def _header_cell(text: str, start: int, end: int, goes_on: bool, wide: int) -> Cell:
    return Cell(text, Span(start, end), goes_on, wide)


def _unplaced(header: list[list[str]]) -> list[list[list[Any]]]:
    return [[[0, 0, False, 1] for _ in row] for row in header]


def _rows_of_header(stored: dict[str, Any]) -> list[dict[str, Any]]:
    return stored.get("header_rows") or [{"span": None, "printed": None} for _ in stored["header"]]
