"""Nest the blocks of one document into its clause tree, and give every clause its eId.

Levels nest by rank, outermost first. A level already open is returned to; a new one opens inside the last. Unnumbered headings
are divisions. eIds follow the printed numbers, so that they stay when something else changes (docs/adr, eIds).
"""

import hashlib
import re
from dataclasses import dataclass, field

from taizhang.engines.gazette import frame
from taizhang.engines.gazette.blocks import Block
from taizhang.engines.gazette.frame import squeezed
from taizhang.engines.gazette.markers import RANK
from taizhang.engines.gazette.model import EMPTY, Diagnostic, Furniture, Node, Table
from taizhang.engines.gazette.tables import read_table
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_PREFIX = {
    "part": "part", "chapter": "chp", "section": "sec", "subsection": "subsec", "article": "art", "item": "item",
    "subitem": "subitem", "point": "point", "paragraph": "para", "division": "hd", "box": "box", "table": "tbl", "title": "title",
    "docNumber": "number", "addressee": "to", "salutation": "greeting", "signature": "sig", "docDate": "date", "note": "note",
    "annexList": "annexes", "annexLabel": "label", "tocItem": "toc",
}  # fmt: skip
_HEADING_KINDS = frozenset({"part", "chapter", "section", "subsection"})
_INSERTED = regex(r"之([一二三四五六七八九十]+)")  # 第七条之一: added later between 第七条 and 第八条
_RUN_IN = regex(r"[^。；;，,]{2,40}[。](?=.)|【[^】]{2,30}】")
_ROOT_KINDS = frozenset(
    {"title", "docNumber", "addressee", "salutation", "signature", "docDate", "note", "annexList", "annexLabel", "tocItem"}
)


@dataclass(slots=True)
class _Open:
    """A clause under construction."""

    kind: str
    rank: float
    block: Block | None
    children: list["_Open"] = field(default_factory=list)
    rows: list[Block] = field(default_factory=list)
    caption: str | None = None


@dataclass(slots=True)
class _Names:
    """eIds given out under one parent."""

    taken: dict[str, int] = field(default_factory=dict)

    def name(self, base: str) -> str:
        count = self.taken.get(base, 0) + 1
        self.taken[base] = count
        return base if count == 1 else f"{base}_{count}"


class TreeBuilder:
    """Builds the nodes and tables of one document from blocks and the kinds the frame gives them."""

    def __init__(self, has_articles_in_sections: bool) -> None:
        self.root = _Open("root", -1.0, None)
        self.stack: list[_Open] = [self.root]
        self.article_rank = 4.5 if has_articles_in_sections else 2.5
        self.tables: list[Table] = []
        self.diagnostics: list[Diagnostic] = []
        self.furniture: list[Furniture] = []

    def frame_line(self, kind: str, block: Block) -> None:
        """A line of the frame; it closes every open clause."""
        del self.stack[1:]
        self.root.children.append(_Open(kind, 0.0, block))

    def clause(self, block: Block) -> None:
        """A numbered clause."""
        marker = block.marker
        assert marker is not None
        rank = self.article_rank if marker.level == "article" else RANK[marker.level]
        self._push(_Open(marker.kind, rank, block))

    def heading(self, block: Block, rank: float, kind: str = "division") -> None:
        """An unnumbered heading or a box."""
        self._push(_Open(kind, rank, block))

    def paragraph(self, block: Block) -> None:
        """Unnumbered words: a 款 of the open article, else part of the innermost open clause."""
        articles = [i for i, node in enumerate(self.stack) if node.kind == "article"]
        if articles and not self._awaits_words():
            del self.stack[articles[-1] + 1 :]
        self.stack[-1].children.append(_Open("paragraph", 9.0, block))

    def row(self, block: Block) -> None:
        """A table row; it joins the table just before it."""
        siblings = self.stack[-1].children
        if not siblings or siblings[-1].kind != "table":
            siblings.append(_Open("table", 9.0, None, caption=self._caption(siblings)))
        siblings[-1].rows.append(block)

    def _caption(self, siblings: list[_Open]) -> str | None:
        above = siblings[-1] if siblings else self.stack[-1]
        block = above.block
        if block is None or block.kind == "row" or len(block.text) > 60 or frame.ends_sentence(block.text):
            return None
        return (
            block.text
            if above.kind in ("division", "box", "title") or frame.is_caption(block.text) or above.kind == "paragraph"
            else None
        )

    def _awaits_words(self) -> bool:
        top = self.stack[-1]
        return top.block is not None and (top.block.text.rstrip().endswith(("：", ":")) or top.block.open)

    def _push(self, node: _Open) -> None:
        while self.stack[-1].rank >= node.rank:
            self.stack.pop()
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def build(self) -> tuple[Node, ...]:
        """The finished nodes; tables are in `tables`."""
        names = _Names()
        nodes = []
        for child in self.root.children:
            nodes.append(self._node(child, "", names))
        return tuple(nodes)

    def _node(self, item: _Open, parent: str, names: _Names) -> Node:
        eid = names.name(parent + _local_name(item))
        if item.kind == "table":
            return self._table_node(item, eid)
        block = item.block
        assert block is not None
        below = _Names()
        children = tuple(self._node(child, eid + "__", below) for child in item.children)
        words = block.words
        own = Span(block.start, block.end)
        span = own.cover(children[-1].span) if children else own
        marker = block.marker
        return Node(
            eid, item.kind, marker.printed.strip() if marker else None, marker.value if marker else None, words,
            _heading_length(item, words.text), span, own, children,
        )  # fmt: skip

    def _table_node(self, item: _Open, eid: str) -> Node:
        table, diagnostics, furniture = read_table(item.rows, eid, item.caption)
        self.tables.append(table)
        self.diagnostics.extend(diagnostics)
        self.furniture.extend(furniture)
        return Node(eid, "table", None, None, EMPTY, 0, table.span, table.span)


def _local_name(item: _Open) -> str:
    prefix = _PREFIX[item.kind]
    block = item.block
    marker = block.marker if block else None
    if marker is not None:
        inserted = _INSERTED.search(marker.printed)
        return f"{prefix}_{marker.value}" + (f"-{chinese_integer(inserted[1])}" if inserted else "")
    if item.kind in ("division", "box") and block is not None:
        box = frame.box_caption(block.text)
        if box and box[0].isascii():
            return f"box_{box[0]}"
        digest = hashlib.sha256(squeezed(block.text).encode("utf-8", "surrogatepass")).hexdigest()
        return f"{prefix}_{digest[:6]}"
    if item.kind in _ROOT_KINDS:
        return prefix
    return f"{prefix}_1" if item.kind == "table" else prefix


def _heading_length(item: _Open, text: str) -> int:
    if item.kind in ("division", "box", "title"):
        return len(text)
    if item.kind == "paragraph" or item.kind in _ROOT_KINDS:
        return 0
    block = item.block
    assert block is not None
    if item.kind == "article":
        bracketed = re.match(r"[【〔(（][^】〕)）]{2,30}[】〕)）]\s*(?=.)", text)
        return len(bracketed.group()) if bracketed and text[0] == "【" else 0
    if block.open and (item.kind in _HEADING_KINDS or item.children):
        return len(text)
    match = _RUN_IN.match(text)
    return match.end() if match and len(text) > match.end() + 4 else 0
