"""An issue as a tree for the terminal: documents with number and date, clauses with number and first words, tables by size."""

from collections.abc import Iterator

from taizhang.cli.language import tr
from taizhang.engines.gazette.model import Document, Issue, Node, Table
from taizhang.kernel.columns import column_count, fit, printable


def tree(issue: Issue, columns: int, depth: int | None) -> Iterator[str]:
    """Lines of the tree, each ending in a newline; clauses `depth` levels down, all where it is None."""
    masthead = issue.masthead
    if masthead:
        number = tr("{year}年第{number}号").format(year=masthead.year, number=masthead.number) if masthead.number else ""
        total = tr("总第{number}号").format(number=masthead.total_number) if masthead.total_number else ""
        day = masthead.published_on.isoformat() if masthead.published_on else ""
        yield "  ".join(p for p in (masthead.title, number, total, day) if p) + "\n"
    for index, document in enumerate(issue.documents):
        yield from _document(document, "", index == len(issue.documents) - 1, columns, depth)
    yield _counts(issue)


def _document(document: Document, indent: str, is_last: bool, columns: int, depth: int | None) -> Iterator[str]:
    number = str(document.number) if document.number else ""
    day = document.issued_on.isoformat() if document.issued_on else ""
    tail = "  ".join(p for p in (number, day) if p)
    head = f"{indent}{'└─ ' if is_last else '├─ '}{f'[{document.kind}] ' if document.kind else ''}"
    room = columns - column_count(head) - column_count(tail) - 2
    yield f"{head}{fit(document.title, max(room, 20))}{'  ' if tail else ''}{tail}\n"
    below = indent + ("   " if is_last else "│  ")
    tables = {t.eid: t for t in document.tables}
    told = ("title", "docNumber", "docDate") if document.issued_on else ("title", "docNumber")
    lines = [n for n in document.nodes if n.kind not in told] if depth is None or depth > 0 else []
    for index, node in enumerate(lines):
        last = index == len(lines) - 1 and not document.documents
        yield from _node(node, below, last, columns, None if depth is None else depth - 1, tables)
    for index, nested in enumerate(document.documents):
        yield from _document(nested, below, index == len(document.documents) - 1, columns, depth)


def _node(node: Node, indent: str, is_last: bool, columns: int, depth: int | None, tables: dict[str, Table]) -> Iterator[str]:
    head = indent + ("└─ " if is_last else "├─ ")
    yield f"{head}{fit(_words(node, tables), max(columns - column_count(head), 20))}\n"
    if depth is not None and depth <= 0:
        return
    below = indent + ("   " if is_last else "│  ")
    for index, child in enumerate(node.children):
        yield from _node(child, below, index == len(node.children) - 1, columns, None if depth is None else depth - 1, tables)


def _words(node: Node, tables: dict[str, Table]) -> str:
    if node.kind == "table" and (table := tables.get(node.eid)):
        size = tr("表 {rows} 行 {columns} 列").format(rows=len(table.rows), columns=len(table.columns))
        return f"{size}  {printable(table.caption or ' | '.join(table.columns))}"
    words = node.words.text
    number = node.num or ""
    return printable(number + ("" if number[-1:] in "、）)．." or not words else " ") + words)


def _counts(issue: Issue) -> str:
    documents = list(issue.walk_documents())
    kinds = [n.kind for d in documents for n in d.walk_nodes()]
    return (
        tr("文件 {documents} 件，条款 {clauses} 条，表格 {tables} 张，读时处理 {diagnostics} 处").format(
            documents=len(documents),
            clauses=sum(k not in ("title", "docNumber", "addressee", "signature", "docDate", "table") for k in kinds),
            tables=sum(len(d.tables) for d in documents),
            diagnostics=len(issue.diagnostics),
        )
        + "\n"
    )
