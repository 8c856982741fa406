"""An issue as the blocks an office document is made of. Every printed word is kept as printed, slid table rows included."""

from collections.abc import Iterator

from taizhang.engines.gazette.model import Document, Issue, Node, Row, Table
from taizhang.engines.office.blocks import Align, Block, Heading, PageBreak, Paragraph, TableBlock, TableCell

_LEVELS = {
    "part": 1,
    "chapter": 1,
    "section": 1,
    "division": 1,
    "subsection": 2,
    "article": 3,
    "item": 3,
    "subitem": 4,
    "point": 4,
}
_ALIGNED = {
    "docNumber": Align.CENTER,
    "addressee": Align.LEFT,
    "salutation": Align.LEFT,
    "annexLabel": Align.LEFT,
    "tocItem": Align.LEFT,
    "signature": Align.RIGHT,
    "docDate": Align.RIGHT,
}


def blocks_of_issue(issue: Issue) -> list[Block]:
    """Masthead and contents, then every document on a page of its own, in printed order."""
    blocks: list[Block] = []
    for index, node in enumerate(issue.front):
        words = _words(node, issue.source)
        blocks.append(Heading(words, 0) if index == 0 and issue.masthead else Paragraph(words, Align.LEFT))
    for document in issue.documents:
        if blocks:
            blocks.append(PageBreak())
        blocks.extend(_document(document, issue.source))
    return blocks


def blocks_of_document(document: Document, source: str) -> list[Block]:
    """One document with those it carries; `source` is the text of its issue."""
    return list(_document(document, source))


def _document(document: Document, source: str) -> Iterator[Block]:
    tables = {table.eid: table for table in document.tables}
    pieces: list[tuple[int, Iterator[Block]]] = [(n.span.start, _node(n, source, tables)) for n in document.nodes]
    pieces.extend((d.span.start, _document(d, source)) for d in document.documents)
    # A nested document may be followed by the words that close the one that carries it.
    for _, blocks in sorted(pieces, key=lambda p: p[0]):
        yield from blocks


def _node(node: Node, source: str, tables: dict[str, Table]) -> Iterator[Block]:
    for each in node.walk():
        if each.kind == "table" and each.eid in tables:
            yield from _table(tables[each.eid], each, source)
            continue
        words = _words(each, source)
        if not words:
            continue
        if each.kind == "title":
            yield Heading(words, 0)
        elif each.kind in _LEVELS and each.heading and not each.text.strip():
            yield Heading(words, _LEVELS[each.kind])
        else:
            yield Paragraph(words, _ALIGNED.get(each.kind, Align.BODY))


def _words(node: Node, source: str) -> str:
    if not node.words.text:
        return node.num or ""
    # Between number and words stands what was printed there: a space, a full stop or nothing.
    number = "".join(source[node.own.start : node.words.source[0]].splitlines()) if node.num else ""
    return number + node.words.text


def _table(table: Table, node: Node, source: str) -> Iterator[Block]:
    words = _words(node, source).strip()
    if words:
        yield Paragraph(words, Align.CENTER)
    rows = [*table.header, *table.rows]
    if not rows or not rows[0].cells:
        return
    header = len(table.header)
    grid = [_printed(row, len(table.columns)) for row in rows]
    yield TableBlock(tuple(tuple(_cells(rows, grid, r, header)) for r in range(len(rows))), header)


def _printed(row: Row, columns: int) -> list[str]:
    if row.printed is None:
        return list(row.texts)
    cells = [cell.strip() for cell in row.printed.rstrip("\r\n").split("\t")]
    return (cells + [""] * columns)[:columns]


def _cells(rows: list[Row], grid: list[list[str]], r: int, header: int) -> Iterator[TableCell]:
    for column, text in enumerate(grid[r]):
        if r > header and _continues(rows, grid, r, column):
            continue
        height = 1
        while r >= header and r + height < len(rows) and _continues(rows, grid, r + height, column):
            height += 1
        yield TableCell(text, rowspan=height)


def _continues(rows: list[Row], grid: list[list[str]], r: int, column: int) -> bool:
    cells = rows[r].cells
    return rows[r].printed is None and column < len(cells) and cells[column].continues and not grid[r][column]
