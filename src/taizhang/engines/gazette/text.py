"""From the tree back to the printed text, character for character."""

from collections.abc import Iterator

from taizhang.engines.gazette.model import Document, Issue, Node
from taizhang.kernel.spans import Span


def to_text(issue: Issue) -> str:
    """The printed text put together again from the leaves of the tree; blanks and layout marks between them as printed.

    Equals `issue.source`: what a clause reads is what was printed, and nothing was left out.
    """
    parts: list[str] = []
    position = 0
    for start, text in sorted(printed_pieces(issue)):
        parts.append(issue.source[position:start])
        parts.append(text)
        position = start + len(text)
    parts.append(issue.source[position:])
    return "".join(parts)


def printed_pieces(issue: Issue) -> Iterator[tuple[int, str]]:
    """Source offset and words of every piece the tree holds, each once: numbers, words, cells, furniture."""
    for node in issue.front:
        yield from _node_pieces(node)
    for document in issue.documents:
        yield from _document_pieces(document)
    for item in issue.furniture:
        yield item.span.start, _of(issue, item.span)


def _of(issue: Issue, span: Span) -> str:
    return issue.source[span.start : span.end]


def _document_pieces(document: Document) -> Iterator[tuple[int, str]]:
    for node in document.nodes:
        for below in node.walk():
            yield from _node_pieces(below)
    for table in document.tables:
        for row in (*table.header, *table.rows):
            for cell in row.cells:
                if cell.text:
                    yield cell.span.start, cell.text
    for nested in document.documents:
        yield from _document_pieces(nested)


def _node_pieces(node: Node) -> Iterator[tuple[int, str]]:
    if node.num is not None:
        yield node.own.start, node.num
    for words, source in node.words.pieces():
        if words != " ":
            yield source, words
