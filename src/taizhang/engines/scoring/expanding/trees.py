"""The trees of a scheme: its parts put under each other, sheets and tables filled in, weights held to what is declared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from taizhang.engines.scoring.expanding.context import Context, number_of
from taizhang.engines.scoring.expanding.rounding import rounded_item, rounded_root
from taizhang.engines.scoring.expanding.rules import Rules, Thing
from taizhang.engines.scoring.expanding.sheets import Sheets
from taizhang.engines.scoring.expanding.splitting import plain
from taizhang.engines.scoring.expanding.tables import Tables
from taizhang.engines.scoring.model import Absence, Aggregate, Criterion
from taizhang.engines.scoring.source import SourceSheet

_ONE = Decimal(1)


class Trees:
    """Makes the trees of a scheme, one for all or one a sheet."""

    def __init__(self, context: Context, rules: Rules, sheets: Sheets, tables: Tables) -> None:
        self._context = context
        self._rules = rules
        self._sheets = sheets
        self._tables = tables

    def tree(self, index: int, sheet: SourceSheet | None = None) -> Criterion:
        """The root of a tree, with everything below it. Its id is the sheet's eId, else the tree's own."""
        tree = self._context.draft.rows("tree")[index]
        path = f"tree[{index}]"
        basis = self._context.basis(path, tree)
        children = self._below(path, tree, None, sheet)
        ident = sheet.eid if sheet else tree["id"]
        label = sheet.unit if sheet else tree.get("name") or self._context.draft.head["title"]
        declared = self._context.figure(path, tree, "weight")
        weight = self._weight(path, label, children, Aggregate.SUM, declared)
        root = Criterion(
            id=ident,
            label=label,
            weight=weight,
            citation=sheet.citation if sheet else basis.citation,
            children=children,
            interpretations=basis.interpretations,
        )
        root = rounded_root(self._context, root)
        absence = tree.get("absence")
        if "absence_clause" in tree:
            self._context.clause(f"{path}.absence_clause", tree["absence_clause"])
        return _absent(root, Absence(absence)) if absence else root

    def _below(self, path: str, tree: Mapping[str, Any], parent: str | None, sheet: SourceSheet | None) -> tuple[Criterion, ...]:
        made: list[Criterion] = []
        for i, part in enumerate(tree.get("part", ())):
            if part.get("under") == parent:
                made.extend(self._part(f"{path}.part[{i}]", path, tree, part, sheet))
        return tuple(made)

    def _part(
        self, at: str, path: str, tree: Mapping[str, Any], part: Mapping[str, Any], sheet: SourceSheet | None
    ) -> tuple[Criterion, ...]:
        """A part as criteria: one node, or what a sheet or table gives where the part has no name of its own."""
        basis = self._context.basis(at, part)
        children: tuple[Criterion, ...]
        if part.get("from") == "sheet":
            children = self._sheets.criteria(sheet, at, part) if sheet else ()
        elif part.get("from") == "table":
            children = self._tables.criteria(at, part, tree["id"])
        else:
            children = self._below(path, tree, part["id"], sheet)
        if "from" in part and "name" not in part:
            return children
        label = part.get("name") or (basis.citation.quote if basis.citation else part["id"])
        aggregate = Aggregate(part.get("aggregate", Aggregate.SUM))
        declared = self._context.figure(at, part, "weight")
        if declared is None and "use" in part:
            declared = _mark_above(tree, part)
        if declared is None and not children:
            declared = number_of(self._context.choice(at, part))
        rule = None
        if "use" in part:
            ident = part["id"]
            owner = sheet.eid if sheet else tree["id"]
            thing = Thing(ident, ident, "part", basis.citation)
            rule = self._rules.part_rule(at, part, thing, f"{owner}/{ident}")
        weight = self._weight(at, label, children, aggregate, declared) if children else declared
        node = Criterion(
            id=part["id"],
            label=label,
            weight=weight,
            citation=basis.citation,
            children=children,
            rule=rule,
            aggregate=aggregate,
            share=self._context.figure(at, part, "share") or _ONE,
            stands_outside=part.get("outside", False),
            interpretations=basis.interpretations,
        )
        return (rounded_item(self._context, node) if rule is not None else node,)

    def _weight(
        self, path: str, label: str, children: Sequence[Criterion], aggregate: Aggregate, declared: Decimal | None
    ) -> Decimal | None:
        """The full mark of a node. None where no child has one; a declared mark must be what the children make up."""
        inside = [child for child in children if not child.stands_outside]
        known = [child.weight * child.share for child in inside if child.weight is not None]
        if not known:
            return None
        total = sum(known, Decimal(0))
        if aggregate is Aggregate.MEAN:
            total = total / len(known)
        is_whole = len(known) == len(inside)
        if declared is not None and is_whole and total != declared:
            self._context.once("scheme.tree-does-not-sum", f"{path}.weight", {"where": label, "declared": declared, "sum": total})
        return plain(total)


def _mark_above(tree: Mapping[str, Any], part: Mapping[str, Any]) -> Decimal | None:
    """The mark a part takes over from what it stands under: one of several that are averaged or weighted by shares."""
    above: Mapping[str, Any] = next((p for p in tree["part"] if p["id"] == part.get("under")), tree)
    takes = "share" in part or above.get("aggregate") == Aggregate.MEAN
    return Decimal(above["weight"]) if takes and "weight" in above else None


def _absent(node: Criterion, absence: Absence) -> Criterion:
    return replace(node, absence=absence, children=tuple(_absent(child, absence) for child in node.children))
