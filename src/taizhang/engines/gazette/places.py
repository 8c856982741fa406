"""Where in an issue a span stands: line and column, the clause, and how an editor would say it (29号 一、5)."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import compile as regex

from taizhang.engines.gazette.model import Document, Issue, Node
from taizhang.kernel.spans import Span

_BREAK = regex(r"\r\n|\n|\r")
_TITLE_LENGTH = 12
_PARTS = 3
_ORDINALS = "一二三四五六七八九十"


class Lines:
    """Line table of a text. Lines and columns count from 1, columns in characters; `\\r\\n`, `\\n` and `\\r` end a line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        self._ends = []
        for match in _BREAK.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`; an offset past the end is the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span_of(self, line: int) -> Span:
        """The line without its break. `line` counts from 1."""
        return Span(self._starts[line - 1], self._ends[line - 1])


@dataclass(frozen=True, slots=True)
class Place:
    """The clause at an offset; `node` is None between clauses, `document` None outside documents."""

    document: Document | None
    node: Node | None


class Places:
    """Index from offsets and eIds of one issue to clauses and their short names. Built once per report."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.lines = Lines(issue.source)
        self._parents: dict[str, Document | None] = {}
        self._paths: dict[tuple[str, str], tuple[Node, ...]] = {}
        self._starts: list[int] = []
        self._owners: list[tuple[Document, Node]] = []
        owners: list[tuple[int, Document, Node]] = []
        for document, parent in _with_parents(issue.documents, None):
            self._parents[document.id] = parent
            for path in _paths(document.nodes, ()):
                self._paths.setdefault((document.id, path[-1].eid), path)
                owners.append((path[-1].own.start, document, path[-1]))
        owners.sort(key=lambda o: o[0])
        self._starts = [o[0] for o in owners]
        self._owners = [(o[1], o[2]) for o in owners]
        self._documents = {d.id: d for d in issue.walk_documents()}
        self._serials = [d.number.serial for d in self._documents.values() if d.number]

    def document(self, id: str | None) -> Document | None:
        """The document of this id, None if there is none."""
        return self._documents.get(id) if id else None

    def at(self, offset: int) -> Place:
        """The clause whose own words hold `offset`, or the nearest before it in the same document."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return Place(None, None)
        document, node = self._owners[index]
        if document.span.start <= offset < document.span.end:
            return Place(document, node)
        return Place(next((d for d in self._documents.values() if d.span.start <= offset < d.span.end), None), None)

    def node(self, document: str | None, eid: str | None) -> Node | None:
        """The clause of this eId, None if there is none."""
        path = self._paths.get((document, eid)) if document and eid else None
        return path[-1] if path else None

    def label(self, document: str | None, eid: str | None, offset: int | None = None) -> str:
        """Short name of a clause: document, then the last numbers and headings above it. Empty where nothing is known."""
        if document is None and offset is not None:
            place = self.at(offset)
            document = place.document.id if place.document else None
            eid = place.node.eid if place.node else None
        owner = self.document(document)
        if owner is None:
            return ""
        path = self._paths.get((owner.id, eid), ()) if eid else ()
        return " ".join(p for p in (self.document_label(owner), _clause_label(path)) if p)

    def numbered(self, document: Document) -> Document:
        """The document itself if it has a number, else the nearest one around it that has; itself where none has."""
        at: Document | None = document
        while at is not None and at.number is None:
            at = self._parents.get(at.id)
        return at or document

    def document_label(self, document: Document) -> str:
        """29号 where the number is unique in the issue, the whole number where it is not, else its title cut short.

        What a 通知 carries is named after it: 29号 办法, of two alike 29号 目标之二; an annex by its title.
        """
        if document.number:
            if self._serials.count(document.number.serial) == 1:
                return f"{document.number.serial}号"
            return str(document.number)
        parent = self._parents.get(document.id)
        if parent is None:
            return _cut(document.title)
        name = _cut(document.title)
        if document.role == "carried" and document.kind:
            alike = [d.id for d in parent.documents if d.kind == document.kind]
            name = document.kind + (f"之{_ORDINALS[alike.index(document.id)]}" if 1 < len(alike) <= len(_ORDINALS) else "")
        return f"{self.document_label(parent)} {name}"


def _with_parents(documents: Sequence[Document], parent: Document | None) -> Iterator[tuple[Document, Document | None]]:
    for document in documents:
        yield document, parent
        yield from _with_parents(document.documents, document)


def _paths(nodes: Sequence[Node], above: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    stack = [(*above, n) for n in reversed(nodes)]
    while stack:
        path = stack.pop()
        yield path
        stack.extend((*path, n) for n in reversed(path[-1].children))


def _clause_label(path: tuple[Node, ...]) -> str:
    parts = [p for p in map(_part, path) if p][-_PARTS:]
    label = ""
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else ""
        label += _between(before) + part if before else part
    return label


def _part(node: Node) -> str:
    if node.num:
        return "".join(node.num.split()).rstrip("、．.，,:：")
    if node.kind in ("title", "paragraph", "docNumber", "addressee", "signature", "docDate", "note", "table"):
        return ""
    return _cut(node.heading or node.text)


def _between(before: str) -> str:
    if before[-1:] in ")）":
        return ""
    numeral = all(c in "〇零一二三四五六七八九十百0123456789." for c in before)
    return "、" if numeral else " "


def _cut(text: str) -> str:
    text = "".join(text.split())
    return text if len(text) <= _TITLE_LENGTH + 1 else text[:_TITLE_LENGTH] + "…"
