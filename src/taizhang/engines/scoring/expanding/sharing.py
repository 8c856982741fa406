"""Metrics that several bodies owe: those the file decided are measured once; others that look alike are proposed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from taizhang.engines.scoring.expanding.context import Context
from taizhang.engines.scoring.expanding.sheets import scored_measures
from taizhang.engines.scoring.model import Criterion, SharedMetric, Subject, Target
from taizhang.engines.scoring.source import SourceSheet


@dataclass(frozen=True, slots=True)
class SharedProposal:
    """A metric with one target that stands in several sheets: its words, the target, and (body, criterion) of each place."""

    key: str
    value: str
    members: tuple[tuple[str, str], ...]


def leaves(node: Criterion) -> Iterator[Criterion]:
    """The leaves of a tree, in printed order."""
    if not node.children:
        yield node
    for child in node.children:
        yield from leaves(child)


def shared(
    context: Context, trees: Mapping[str, Criterion], subjects: tuple[Subject, ...]
) -> tuple[dict[str, Criterion], tuple[SharedMetric, ...]]:
    """The trees with one metric wherever the file says that a figure is measured once, and what is shared."""
    rows = context.draft.rows("shared")
    if not rows:
        return dict(trees), ()
    owners = {subject.tree: subject for subject in subjects}
    found = {
        leaf.id: (owners[tree].body if tree in owners else "", leaf) for tree, root in trees.items() for leaf in leaves(root)
    }
    metrics: dict[str, str] = {}
    made: list[SharedMetric] = []
    for i, row in enumerate(rows):
        path = f"shared[{i}]"
        basis = context.basis(path, row)
        for ident in row["at"]:
            if ident not in found:
                context.once("scheme.criterion-is-unknown", f"{path}.at", {"value": ident})
        members = [ident for ident in row["at"] if ident in found]
        bodies = [found[ident][0] for ident in members]
        if row["reporter"] not in bodies:
            facts = {"value": row["metric"], "reporter": row["reporter"], "known": "、".join(bodies)}
            context.once("scheme.nothing-owed-by-reporter", f"{path}.reporter", facts)
        targets = sorted({_told(target) for ident in members for target in _targets(found[ident][1])})
        if len(targets) > 1:
            facts = {"value": row["metric"], "targets": "、".join(targets)}
            context.once("scheme.targets-differ", f"{path}.at", facts, is_warning=True)
        metrics |= dict.fromkeys(members, row["metric"])
        made.append(SharedMetric(row["metric"], row["reporter"], tuple(members), basis.citation, basis.interpretations))
    renamed = {tree: _renamed(root, metrics) for tree, root in trees.items()}
    return renamed, tuple(made)


def _targets(leaf: Criterion) -> tuple[Target, ...]:
    return leaf.rule.targets if leaf.rule else ()


def _told(target: Target) -> str:
    return f"{target.value if target.value is not None else '?'}{target.unit or ''}"


def _renamed(node: Criterion, metrics: Mapping[str, str]) -> Criterion:
    if node.children:
        children = tuple(_renamed(child, metrics) for child in node.children)
        return node if all(a is b for a, b in zip(children, node.children, strict=True)) else replace(node, children=children)
    if node.rule is None or node.id not in metrics:
        return node
    return replace(node, rule=replace(node.rule, metric=metrics[node.id]))


def proposals(context: Context, sheets: tuple[SourceSheet, ...]) -> tuple[SharedProposal, ...]:
    """Figures with the same metric and target in the sheets of several units, not decided in the file yet."""
    decided = {ident for row in context.draft.rows("shared") for ident in row["at"]}
    found: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for sheet in sheets:
        if sheet.kind != "unit":
            continue
        for group in sheet.groups:
            for item in group.items:
                figures = scored_measures(item)
                for i, figure in enumerate(figures, 1):
                    measure = figure.measure
                    ident = item.eid if len(figures) == 1 else f"{item.eid}/{i}"
                    unit = measure.normalized_unit or ""
                    key = (figure.key, measure.kind.value, unit, str(measure.normalized_value))
                    if ident not in decided and figure.key:
                        found.setdefault(key, []).append((sheet.body or sheet.unit, ident))
    return tuple(
        SharedProposal(key, f"{value}{unit}", tuple(members))
        for (key, _, unit, value), members in found.items()
        if len({body for body, _ in members}) > 1
    )
