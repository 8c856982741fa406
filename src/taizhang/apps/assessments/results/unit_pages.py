"""A unit's sheet as its page shows it: groups of the tree, items with the figures they are made of, each with its sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from taizhang.apps.assessments.results.reading import SheetCell, UnitSheet
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.engines.scoring.model import Criterion
from taizhang.engines.scoring.strategies import STRATEGIES
from taizhang.kernel.citation import Citation

_FLAG = {">=": Decimal(80), "<=": Decimal(75), "=": Decimal(80)}
_LEVEL_UNITS = ("%", "‰", "位", "分", "名")


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of an item. `fill`, `flag` and `time` are places on its meter in per cent; None where there is nothing to draw.

    `points_to` is where good lies: "up", "down", or "" for a figure to be hit.
    """

    cell: SheetCell
    fill: Decimal | None
    flag: Decimal | None
    time: Decimal | None
    points_to: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its own cell and the parts it is made of (itself where it is one figure). `number` counts down the sheet."""

    number: int
    cell: SheetCell
    parts: tuple[Part, ...]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading of the tree; `heading` None where the tree has none above them. `above` are the headings over it,
    outermost first; `is_partial` says that it holds more than these items."""

    heading: SheetCell | None
    items: tuple[Item, ...]
    above: tuple[SheetCell, ...] = ()
    is_partial: bool = False

    @property
    def size(self) -> int:
        """How many items."""
        return len(self.items)


def sections_of(sheet: UnitSheet, tree: Criterion, gone_by: Decimal) -> list[Section]:
    """The sheet's cells as sections. `gone_by`: the share of the year that is over. No query."""
    nodes = {node.id: node for node in walk(tree)}
    children: dict[str, list[SheetCell]] = {}
    for cell in sheet.cells:
        children.setdefault(cell.parent, []).append(cell)
    root = sheet.cells[0]
    out: list[tuple[SheetCell | None, list[Item]]] = [(None, [])]
    for count, (heading, cell) in enumerate(_items(root, children, nodes), start=1):
        if heading is not out[-1][0]:
            out.append((heading, []))
        leaves = [cell] if cell.is_leaf else children.get(cell.criterion, [])
        parts = tuple(_part(leaf, nodes, gone_by) for leaf in leaves if leaf.is_leaf)
        node = nodes.get(cell.criterion)
        out[-1][1].append(Item(count, cell, parts, node.citation if node else None))
    by_id = {cell.criterion: cell for cell in sheet.cells[1:]}
    return [_section(heading, items, by_id, children) for heading, items in out if items]


def _section(
    heading: SheetCell | None, items: list[Item], by_id: Mapping[str, SheetCell], children: Mapping[str, list[SheetCell]]
) -> Section:
    if heading is None:
        return Section(None, tuple(items))
    above: list[SheetCell] = []
    over = by_id.get(heading.parent)
    while over is not None:
        above.insert(0, over)
        over = by_id.get(over.parent)
    return Section(heading, tuple(items), tuple(above), len(items) < len(children.get(heading.criterion, ())))


def _items(
    root: SheetCell, children: Mapping[str, list[SheetCell]], nodes: Mapping[str, Criterion]
) -> Iterator[tuple[SheetCell | None, SheetCell]]:
    """Items below the root with the nearest heading above each, in the order of the tree."""
    waiting: list[tuple[SheetCell | None, SheetCell]] = []
    waiting.extend((None, cell) for cell in reversed(children.get(root.criterion, [])))
    if root.is_leaf:
        yield None, root
    while waiting:
        heading, cell = waiting.pop()
        below = children.get(cell.criterion, [])
        if cell.is_leaf or _is_composite(cell, below, nodes):
            yield heading, cell
        else:
            waiting.extend((cell, child) for child in reversed(below))


def _is_composite(cell: SheetCell, below: list[SheetCell], nodes: Mapping[str, Criterion]) -> bool:
    """True if an inner node is one item with several figures: its parts are leaves that quote the same clause."""
    own = nodes[cell.criterion].citation if cell.criterion in nodes else None
    if own is None or not all(child.is_leaf for child in below):
        return False
    cited = [nodes[child.criterion].citation for child in below if child.criterion in nodes]
    return all(c is not None and (c.eid, c.document_number) == (own.eid, own.document_number) for c in cited)


def _part(cell: SheetCell, nodes: Mapping[str, Criterion], gone_by: Decimal) -> Part:
    flag = _FLAG.get(cell.bound, Decimal(80)) if cell.target is not None else None
    fill = None
    if cell.value is not None and cell.target is not None and flag is not None:
        if cell.target > 0:
            fill = min(Decimal(100), max(Decimal(0), cell.value / cell.target * flag))
        else:
            fill = Decimal(0) if cell.value <= cell.target else Decimal(100)
            flag = Decimal(0)
    elif cell.value is None and cell.standing and cell.low is not None and cell.weight:
        fill = cell.low / cell.weight * 100  # a judged item: how far its stage is
    rule = nodes[cell.criterion].rule if cell.criterion in nodes else None
    strategy = STRATEGIES.get(rule.strategy) if rule else None
    runs = strategy is not None and strategy.is_cumulative and cell.unit not in _LEVEL_UNITS and flag is not None
    time = (flag * gone_by) if runs and flag is not None else None
    points_to = {">=": "up", ">": "up", "<=": "down", "<": "down"}.get(cell.bound, "")
    return Part(cell, _tenth(fill), _tenth(flag), _tenth(time), points_to)


def _tenth(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.1"))
