"""An issue or a document as plain HTML: headings, numbered clauses with their eIds, tables; every character escaped."""

from html import escape

from taizhang.engines.gazette.model import Document, Issue, Node, Table

_LEVELS = {"part": 3, "chapter": 3, "section": 4, "division": 5, "subsection": 5, "box": 5}


def to_html(subject: Issue | Document) -> str:
    """`<article>` elements, one a document, nested documents inside; ids are document id and eId joined by a colon."""
    if isinstance(subject, Document):
        return _document(subject)
    return "\n".join(_document(d) for d in subject.documents)


def _document(document: Document) -> str:
    tables = {table.eid: table for table in document.tables}
    parts = [f'<article lang="zh-CN" id="{escape(document.id)}" data-role="{document.role}">']
    parts += [_node(node, document, tables) for node in document.nodes]
    parts += [_document(nested) for nested in document.documents]
    parts.append("</article>")
    return "\n".join(parts)


def _node(node: Node, document: Document, tables: dict[str, Table]) -> str:
    identifier = f' id="{escape(f"{document.id}:{node.eid}")}"'
    if node.kind == "table":
        return _table(tables[node.eid], identifier)
    if node.kind == "title":
        return f"<h2{identifier}>{escape(node.words.text)}</h2>"
    number = f'<span class="num">{escape(node.num)}</span>' if node.num else ""
    inner = "".join(_node(child, document, tables) for child in node.children)
    if node.heading and not node.text.strip() and node.kind in _LEVELS:
        level = _LEVELS[node.kind]
        return f'<section class="{node.kind}"{identifier}><h{level}>{number}{escape(node.heading)}</h{level}>{inner}</section>'
    heading = f"<b>{escape(node.heading)}</b>" if node.heading else ""
    words = f"<p>{number}{heading}{escape(node.text)}</p>"
    return f'<div class="{node.kind}"{identifier}>{words}{inner}</div>'


def _table(table: Table, identifier: str) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    head = "".join(
        "<tr>" + "".join(f'<th scope="col">{escape(text)}</th>' for text in row.texts) + "</tr>" for row in table.header
    )
    body = "".join("<tr>" + "".join(_cells(table, index)) + "</tr>" for index in range(len(table.rows)))
    return f"<table{identifier}>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>"


def _cells(table: Table, index: int) -> list[str]:
    """Cells of a row; a cell continued below spans its rows."""
    out = []
    row = table.rows[index]
    for column, cell in enumerate(row.cells):
        if cell.continues:
            continue
        height = 1
        while index + height < len(table.rows):
            below = table.rows[index + height].cells
            if column >= len(below) or not below[column].continues:
                break
            height += 1
        span = f' rowspan="{height}"' if height > 1 else ""
        out.append(f"<td{span}>{escape(cell.text)}</td>")
    return out
