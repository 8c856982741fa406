"""The `parse` contract: an issue as plain JSON values (docs/contracts.md)."""

from typing import Any

from taizhang.engines.gazette.model import Diagnostic, Document, Issue, Masthead, Node, Row, Table
from taizhang.kernel.spans import Span

SCHEMA = 1


def to_json(issue: Issue) -> dict[str, Any]:
    """Values ready for `json.dumps`: spans as `[start, end]` in characters of the decoded text, dates as ISO days."""
    return {
        "schema": SCHEMA,
        "issue": _masthead(issue) if issue.masthead else None,
        "documents": [_document(d) for d in issue.documents],
        "furniture": [{"kind": f.kind, "span": _span(f.span)} for f in issue.furniture],
        "diagnostics": [_diagnostic(d) for d in issue.diagnostics],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _masthead(issue: Issue) -> dict[str, Any]:
    masthead = issue.masthead
    assert isinstance(masthead, Masthead)
    return {
        "title": masthead.title,
        "year": _figure(masthead.year),
        "number": _figure(masthead.number),
        "total_number": _figure(masthead.total_number),
        "published_on": masthead.published_on.isoformat() if masthead.published_on else None,
        "publisher": masthead.publisher,
        "editors": [{"office": office, "name": name} for office, name in masthead.editors],
        "contents": [{"title": e.title, "page": e.page, "section": e.section, "span": _span(e.span)} for e in issue.contents],
        "span": _span(masthead.span),
    }


def _figure(value: int | None) -> str | None:
    return None if value is None else str(value)


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "role": document.role,
        "kind": document.kind,
        "title": document.title,
        "number": str(document.number) if document.number else None,
        "number_printed": document.number.printed if document.number else None,
        "issuer": "；".join(document.issuers) or None,
        "issuers": list(document.issuers),
        "addressees": list(document.addressees),
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "span": _span(document.span),
        "nodes": [_node(n) for n in document.nodes],
        "tables": [_table(t) for t in document.tables],
        "documents": [_document(d) for d in document.documents],
    }


def _node(node: Node) -> dict[str, Any]:
    return {
        "eid": node.eid,
        "kind": node.kind,
        "num": node.num,
        "heading": node.heading,
        "text": node.text,
        "span": _span(node.span),
        "children": [_node(c) for c in node.children],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "eid": table.eid,
        "caption": table.caption,
        "header": list(table.columns) if table.header else [],
        "header_rows": [list(r.texts) for r in table.header],
        "rows": [list(r.texts) for r in table.rows],
        "row_spans": [_span(r.span) for r in table.rows],
        "continues": [[i for i, c in enumerate(r.cells) if c.continues] for r in table.rows],
        "repaired": [{"row": i, "printed": r.printed} for i, r in enumerate(table.rows) if _is_repaired(r)],
        "span": _span(table.span),
    }


def _is_repaired(row: Row) -> bool:
    return row.printed is not None


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "message": str(diagnostic.message),
        "span": _span(diagnostic.span),
        "printed": diagnostic.printed,
    }
