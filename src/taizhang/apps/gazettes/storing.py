"""From a reading to rows: documents, clauses with their runs, tables, findings. No rule of its own; one caller's transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from taizhang.apps.gazettes.models import Clause, Document, Edition, Finding
from taizhang.engines.gazette import Document as ReadDocument
from taizhang.engines.gazette import DocumentNumber, Issue, Node, Table
from taizhang.engines.proof.model import Agreement
from taizhang.engines.proof.model import Finding as ReadFinding
from taizhang.kernel.message import Message

_BATCH = 1000
_LARGEST = 2**63 - 1


@dataclass(slots=True)
class Stored:
    """Where rows went: documents by the reader's id, clauses by document id and eId."""

    documents: dict[str, Document]
    clauses: dict[tuple[str, str], Clause]


def store_issue(edition: Edition, issue: Issue) -> Stored:
    """Write masthead, documents, clauses and tables of `issue` under `edition`."""
    masthead = issue.masthead
    if masthead is not None:
        edition.title = masthead.title
        edition.year, edition.number, edition.total_number = masthead.year, masthead.number, masthead.total_number
        edition.published_on = masthead.published_on
        edition.publisher = masthead.publisher or ""
    elif issue.documents:
        first = issue.documents[0]
        edition.title = first.title[:200]
        edition.year = first.issued_on.year if first.issued_on else None
        edition.published_on = first.issued_on
        edition.publisher = "、".join(first.issuers)[:120]
    edition.masthead = {
        "editors": [list(pair) for pair in masthead.editors] if masthead else [],
        "contents": [{"title": e.title, "page": e.page, "section": e.section, "span": list(e.span)} for e in issue.contents],
        "span": list(masthead.span) if masthead else None,
    }
    edition.diagnostics = [
        {"code": d.code, "message": str(d.message), "span": list(d.span), "printed": d.printed} | _told(d.message)
        for d in issue.diagnostics
    ]
    edition.frame = {
        "front": [_node(node) for node in issue.front],
        "furniture": [{"kind": f.kind, "span": list(f.span)} for f in issue.furniture],
    }
    edition.slug = slug_of(edition)
    edition.save()
    stored = Stored({}, {})
    ordinal = 0
    for top in issue.documents:
        for read, parent in _with_parents(top, None):
            ordinal += 1
            _store_document(edition, read, parent, ordinal, stored)
    return stored


def slug_of(edition: Edition) -> str:
    """Stable address: year-number of an issue, else the beginning of the source's hash."""
    if edition.year and edition.number:
        return f"{edition.year}-{edition.number}"
    return f"{edition.year or 'undated'}-{edition.source.sha256[:8]}"


def _with_parents(document: ReadDocument, parent: str | None) -> Iterator[tuple[ReadDocument, str | None]]:
    yield document, parent
    for nested in document.documents:
        yield from _with_parents(nested, document.id)


def _store_document(edition: Edition, read: ReadDocument, parent: str | None, ordinal: int, stored: Stored) -> None:
    slug = read.id if read.number is not None or "〔" in read.id else f"{edition.slug}-{read.id}"
    document = Document.objects.create(
        edition=edition,
        parent=stored.documents[parent] if parent else None,
        ordinal=ordinal,
        ident=read.id,
        slug=slug,
        role=read.role,
        kind=read.kind or "",
        title=read.title,
        number=str(read.number) if read.number else "",
        issuers=list(read.issuers),
        addressees=list(read.addressees),
        issued_on=read.issued_on,
        start=read.span.start,
        end=read.span.end,
        printed={"title_span": list(read.title_span), "number": _number(read.number) if read.number else None},
    )
    stored.documents[read.id] = document
    tables = {table.eid: table for table in read.tables}
    rows: list[Clause] = []
    parents: list[str | None] = []
    for depth, node, parent_eid in _walk(read.nodes, None, 0):
        rows.append(_clause(document, node, depth, len(rows) + 1, tables.get(node.eid)))
        parents.append(parent_eid)
    _save_clauses(rows, parents)
    stored.clauses.update({(read.id, row.eid): row for row in rows})


def _number(number: DocumentNumber) -> dict[str, object]:
    return {
        "printed": number.printed,
        "code": number.code,
        "year": number.year,
        "serial": number.serial,
        "span": list(number.span),
        "is_yearly": number.is_yearly,
    }


def _save_clauses(rows: list[Clause], parents: list[str | None]) -> None:
    """Level by level, so that every parent has its key before its children are written."""
    by_eid = {row.eid: row for row in rows}
    for depth in sorted({row.depth for row in rows}):
        level = []
        for row, parent in zip(rows, parents, strict=True):
            if row.depth == depth:
                row.parent = by_eid[parent] if parent else None
                level.append(row)
        Clause.objects.bulk_create(level, batch_size=_BATCH)


def _walk(nodes: Iterable[Node], parent: str | None, depth: int) -> Iterator[tuple[int, Node, str | None]]:
    for node in nodes:
        yield depth, node, parent
        yield from _walk(node.children, node.eid, depth + 1)


def _clause(document: Document, node: Node, depth: int, ordinal: int, table: Table | None) -> Clause:
    return Clause(
        document=document,
        ordinal=ordinal,
        depth=depth,
        eid=node.eid,
        kind=node.kind,
        num=node.num or "",
        value=node.value if node.value is not None and node.value <= _LARGEST else None,
        text=node.words.text,
        heading_length=node.heading_length,
        runs=_runs(node),
        start=node.span.start,
        end=node.span.end,
        own_start=node.own.start,
        own_end=node.own.end,
        table=_table(table) if table else None,
    )


def _runs(node: Node) -> list[list[int]]:
    return [list(pair) for pair in zip(node.words.at, node.words.source, strict=True)]


def _node(node: Node) -> dict[str, object]:
    """A line outside the documents, where no clause row holds it."""
    return {
        "eid": node.eid, "kind": node.kind, "num": node.num, "value": node.value, "text": node.words.text, "runs": _runs(node),
        "heading_length": node.heading_length, "span": list(node.span), "own": list(node.own),
        "children": [_node(child) for child in node.children],
    }  # fmt: skip


def _table(table: Table) -> dict[str, object]:
    return {
        "caption": table.caption,
        "span": list(table.span),
        "header": [list(row.texts) for row in table.header],
        "header_cells": [[[*c.span, c.continues, c.colspan] for c in row.cells] for row in table.header],
        "header_rows": [{"span": list(row.span), "printed": row.printed} for row in table.header],
        "row_spans": [list(row.span) for row in table.rows],
        "colspans": [[c.colspan for c in row.cells] for row in table.rows],
        "rows": [list(row.texts) for row in table.rows],
        "continues": [[c.continues for c in row.cells] for row in table.rows],
        "spans": [[list(c.span) for c in row.cells] for row in table.rows],
        "printed": [row.printed for row in table.rows],
    }


def store_findings(
    edition: Edition, stored: Stored, findings: Iterable[ReadFinding], agreeing: Iterable[Agreement], concerns: dict[str, str]
) -> None:
    """Write proof findings, with the words each points at, and the sums that agree. `concerns` groups rules by consequence."""
    text = edition.source.text
    rows = []
    for ordinal, finding in enumerate(findings, 1):
        first = finding.spans[0] if finding.spans else None
        rows.append(
            Finding(
                edition=edition,
                document=stored.documents.get(finding.document or ""),
                ordinal=ordinal,
                rule=finding.rule,
                severity=finding.severity.value,
                consequence=concerns.get(finding.rule, ""),
                eid=finding.eid or "",
                message=str(finding.message),
                advice=str(finding.advice),
                wording={"message": _told(finding.message), "advice": _told(finding.advice)},
                declared=(finding.declared or "")[:300],
                computed=(finding.computed or "")[:300],
                quote=text[first.start : first.end] if first else "",
                spans=[list(span) for span in finding.spans],
            )
        )
    Finding.objects.bulk_create(rows, batch_size=_BATCH)
    edition.agreeing = [
        {"rule": a.rule, "message": str(a.message), "spans": [list(s) for s in a.spans], "value": a.value} | _told(a.message)
        for a in agreeing
    ]
    edition.save(update_fields=["agreeing"])


def _told(message: Message) -> dict[str, Any]:
    return {"template": message.template, "facts": dict(message.facts)}
