"""Where the responsibility sheets of a document stand: which heading opens one, its groups and its duties.

A sheet is a heading that names a body, with numbered duties below it, in a text that speaks of targets; or a whole document of
numbered duties under such a title. A single doubtful heading makes none: siblings, points or group names must bear it out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from taizhang.engines.gazette.model import Node
from taizhang.engines.targets.owners import (
    body_of_heading,
    heads_whole_place,
    is_title_of_sheet,
    kind_of_owner,
    name_of_heading,
    owner_of_title,
    speaks_of_targets,
)
from taizhang.engines.targets.points import heading_of, points_of_duty
from taizhang.engines.targets.surroundings import Surroundings
from taizhang.kernel.patterns import regex

_NUMBERED = frozenset({"section", "subsection", "item", "subitem", "point"})
_HEADS = frozenset({"division", "section", "subsection", "item", "box"})
_PROSE = frozenset({"article", "chapter", "part"})
_INNER_STOP = regex(r"[。；;，,：:]")
_GROUP_NAME = regex(r"目标|扣分|减分|任务|指标|职责|工作")
_LONGEST_HEADING = 40
_SHORTEST_DUTY = 5
_LEAST_ITEMS_OF_A_TITLE = 3


@dataclass(slots=True)
class GroupPlan:
    """A group: its heading's node, None where duties stand without one, and the nodes of its duties."""

    head: Node | None
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class SheetPlan:
    """A recognised sheet. `head` is None where the whole document is the sheet. `headings` stand above it, outermost first."""

    unit: str
    kind: str
    head: Node | None
    groups: list[GroupPlan]
    headings: tuple[str, ...]


@dataclass(slots=True, eq=False)
class _Formed:
    """A heading with duties below: it may be a sheet."""

    node: Node
    body: str | None
    groups: list[GroupPlan]


def heading_text(node: Node) -> str | None:
    """The heading of a clause, or its words if they are short, stop nowhere and head something; else None."""
    if node.heading:
        return node.heading
    words = node.words.text.strip()
    return words if words and node.children and _is_heading_like(words) else None


def _is_heading_like(words: str) -> bool:
    name = heading_of(words).name
    return 0 < len(name) <= _LONGEST_HEADING and not _INNER_STOP.search(name)


def _is_numbered(node: Node) -> bool:
    return node.num is not None and node.kind in _NUMBERED


def _has_numbered(node: Node) -> bool:
    return any(_is_numbered(child) for child in node.children)


def groups_of(children: Iterable[Node]) -> list[GroupPlan]:
    """The groups under a heading. Duties before the first group stand in a group without a heading."""
    nodes = list(children)
    groups: list[GroupPlan] = []
    levels = _group_levels(nodes)
    current: GroupPlan | None = None
    for node in nodes:
        if node.kind in levels:
            inner = groups_of(node.children)
            current = None
            if len(inner) == 1 and inner[0].head is None:
                groups.append(GroupPlan(node, inner[0].items))
            else:
                groups.extend(inner or [GroupPlan(node)])
        elif _is_numbered(node):
            if current is None:
                current = GroupPlan(None)
                groups.append(current)
            current.items.append(node)
    return groups


def _group_levels(nodes: list[Node]) -> set[str]:
    """Kinds of numbering that head groups here: their clauses stand over numbered duties and most are short headings.

    Among sections one short heading is enough: another may have the first duty glued to it.
    """
    levels: set[str] = set()
    for kind in {node.kind for node in nodes if _is_numbered(node) or node.kind == "division"}:
        same = [node for node in nodes if node.kind == kind]
        over = [node for node in same if _has_numbered(node)]
        headings = sum(_is_heading_like(node.words.text.strip()) for node in over)
        if 2 * headings > len(same) or (headings and len(over) == len(same) and kind in ("section", "subsection")):
            levels.add(kind)
    return levels


def recognised(around: Surroundings) -> list[SheetPlan]:
    """The sheets of one document, nested documents' not among them, in printed order."""
    document = around.document
    whole: list[SheetPlan] = []
    titles = around.titles
    sheets = _below(document.nodes, titles, (), whole, around.place)
    if sheets:
        return sorted(sheets + whole, key=lambda sheet: sheet.head.span.start if sheet.head else 0)
    if whole and is_title_of_sheet(document.title):
        return whole
    plan = _whole_document(around)
    return [plan] if plan else []


def _below(
    nodes: Sequence[Node], titles: tuple[str, ...], headings: tuple[str, ...], whole: list[SheetPlan], place: str
) -> list[SheetPlan]:
    """Sheets among these sibling clauses and below them; lists of the whole place go to `whole`."""
    found: list[SheetPlan] = []
    formed: list[_Formed] = []
    for node in nodes:
        if not node.children or node.kind in _PROSE:
            continue
        text = heading_text(node)
        inner = _below(node.children, titles, (*headings, text) if text else headings, whole, place)
        if inner:
            found.extend(inner)
        elif text and node.kind in _HEADS and _has_duties(groups := groups_of(node.children)):
            formed.append(_Formed(node, body_of_heading(text), groups))
    accepted = _accepted(formed, titles, headings)
    whole.extend(_whole_place(one, headings, place) for one in formed if one not in accepted and _heads_place(one, place))
    for one in accepted:
        unit = one.body or name_of_heading(heading_text(one.node) or "")
        found.append(SheetPlan(unit, kind_of_owner(unit, (*titles, *headings)), one.node, one.groups, headings))
    found.sort(key=lambda sheet: sheet.head.span.start if sheet.head else 0)
    return found


def _has_duties(groups: list[GroupPlan]) -> bool:
    """True if most numbered clauses are long enough to oblige; numbered names are a roll."""
    lengths = [len(item.words.text.strip()) for group in groups for item in group.items]
    return 2 * sum(length >= _SHORTEST_DUTY for length in lengths) > len(lengths)


def _heads_place(one: _Formed, place: str) -> bool:
    text = heading_text(one.node) or ""
    return bool(place) and heads_whole_place(text) and owner_of_title(text, place) == (place, "city")


def _whole_place(one: _Formed, headings: tuple[str, ...], place: str) -> SheetPlan:
    return SheetPlan(place, "city", one.node, one.groups, headings)


def _accepted(formed: list[_Formed], titles: tuple[str, ...], headings: tuple[str, ...]) -> list[_Formed]:
    """Those of the sibling headings that open sheets."""
    accepted: list[_Formed] = []
    for kind in {one.node.kind for one in formed}:
        same = [one for one in formed if one.node.kind == kind]
        named = [one for one in same if one.body]
        if not named:
            continue
        speaks = speaks_of_targets((*titles, *headings))
        borne_out = [one for one in named if _bears_out(one)]
        if kind == "division":
            is_set = bool(borne_out) or (speaks and len(named) > 1)
        else:
            is_set = len(named) > 1 and 10 * len(named) >= 7 * len(same) and speaks
            is_set = is_set or (len(named) > 1 and len(borne_out) == len(named))
        if not is_set:
            continue
        # A name of an unusual form among bodies is one of them, where the sheet has the same make.
        has_odd_ones = kind == "division" and 10 * len(named) >= 6 * len(same)
        accepted += [one for one in same if one.body or (has_odd_ones and _bears_out(one))]
    return accepted


def _bears_out(one: _Formed) -> bool:
    """Points or the names of its groups say that this is a sheet."""
    heads = [heading_of(group.head.words.text) for group in one.groups if group.head]
    if any(head.points is not None or "目标" in head.name or "扣分" in head.name for head in heads):
        return True
    items = [item for group in one.groups for item in group.items]
    return 2 * sum(points_of_duty(item.words.text, is_lenient=False) is not None for item in items) >= len(items)


def _whole_document(around: Surroundings) -> SheetPlan | None:
    document = around.document
    if not is_title_of_sheet(document.title):
        return None
    owner = owner_of_title(document.title, around.place)
    if owner is None or any(node.kind in _PROSE for node in document.nodes):
        return None
    groups = groups_of(document.nodes)
    items = sum(len(group.items) for group in groups)
    if items < _LEAST_ITEMS_OF_A_TITLE or any(
        item.children for group in groups for item in group.items if item.kind == "section"
    ):
        return None
    paragraphs = sum(node.kind == "paragraph" for node in document.walk_nodes())
    if paragraphs > items:
        return None
    return SheetPlan(owner[0], owner[1], None, groups, ())
