"""Clauses outside the sheets: every clause with words of its own and every table row, with the bodies and measures it names."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from taizhang.engines.gazette.model import Issue, Node
from taizhang.engines.targets.measures import ClauseContext
from taizhang.engines.targets.measuring import measured
from taizhang.engines.targets.model import Clause, Sheet
from taizhang.engines.targets.recognition import heading_text
from taizhang.engines.targets.responsible import Responsibility, merged, states_rule_for_all
from taizhang.engines.targets.rows import row_clauses
from taizhang.engines.targets.statements import opens_with_label
from taizhang.engines.targets.surroundings import Surroundings, surroundings_of

# The frame of a document binds nobody to anything.
_FRAME = frozenset(
    {"title", "docNumber", "addressee", "salutation", "signature", "docDate", "annexList", "annexLabel", "tocItem"}
)


@dataclass(slots=True)
class _Taken:
    """eIds of one document that stand in sheets: headings, whose own words do, and items, with all below them."""

    headings: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)


def read_clauses(issue: Issue, sheets: Collection[Sheet]) -> tuple[Clause, ...]:
    """Every clause and table row of the issue that is no part of a sheet, in printed order."""
    taken: dict[str, _Taken] = {}
    for sheet in sheets:
        of_document = taken.setdefault(sheet.document, _Taken())
        of_document.headings.update((sheet.eid, *(group.eid for group in sheet.groups)))
        of_document.items.update(item.eid for group in sheet.groups for item in group.items)
    found: list[Clause] = []
    for around in surroundings_of(issue):
        found.extend(_of_document(around, taken.get(around.document.id, _Taken()), issue.source))
    return tuple(found)


def _of_document(around: Surroundings, taken: _Taken, source: str) -> Iterator[Clause]:
    document = around.document
    responsibility = Responsibility(any(states_rule_for_all(n.words.text) for n in document.walk_nodes() if not n.children))
    tables = {table.eid: table for table in document.tables}
    stack: list[tuple[Node, tuple[str, ...], bool]] = [(node, (), False) for node in reversed(document.nodes)]
    while stack:
        node, headings, is_in_item = stack.pop()
        is_in_item = is_in_item or node.eid in taken.items
        if node.kind == "table":
            if node.eid in tables:
                yield from row_clauses(tables[node.eid], around, headings, source, responsibility)
            continue
        if not is_in_item and node.eid not in taken.headings and node.kind not in _FRAME and node.words.text.strip():
            yield _clause(node, around, headings, responsibility)
        text = heading_text(node)
        below = (*headings, text) if text else headings
        stack.extend((child, below, is_in_item) for child in reversed(node.children))


def _clause(node: Node, around: Surroundings, headings: tuple[str, ...], responsibility: Responsibility) -> Clause:
    context = ClauseContext(headings=headings, document_kind=around.document.kind)
    units = responsibility.of_clause(node.words.text)
    for child in node.children:
        # A line 责任单位：… under a clause is said of that clause.
        if child.kind == "paragraph" and opens_with_label(child.words.text):
            units = merged(units, responsibility.of_clause(child.words.text))
    return Clause(
        document=around.document.id,
        eid=node.eid,
        text=node.words.text,
        span=node.own,
        units=units,
        targets=measured(node.words, around.year, context),
    )
