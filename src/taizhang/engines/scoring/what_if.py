"""What would move if figures, cases, parameters, weights or targets were other: a copy is scored, nothing is touched."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from taizhang.engines.scoring.errors import CriterionIsUnknownError
from taizhang.engines.scoring.model import (
    Case,
    Cell,
    Changes,
    Criterion,
    Interval,
    Move,
    Observation,
    Outcome,
    Result,
    Rule,
    Scheme,
    WhatIf,
)
from taizhang.engines.scoring.scoring import score


def what_if(scheme: Scheme, observations: Iterable[Observation], cases: Iterable[Case], as_at: date, changes: Changes) -> WhatIf:
    """The outcome before and after, and every total, grade, place and cell that moved, in the scheme's order.

    CriterionIsUnknownError for a change to a criterion that no tree has, and what `score` raises for the changed scheme.
    """
    rows, recorded = list(observations), list(cases)
    before = score(scheme, rows, recorded, as_at)
    replaced = {(o.metric, o.subject, o.period) for o in changes.observations}
    kept = [o for o in rows if (o.metric, o.subject, o.period) not in replaced]
    left = [c for c in recorded if c.id not in changes.without_cases]
    after = score(changed(scheme, changes), [*kept, *changes.observations], [*left, *changes.cases], as_at)
    return WhatIf(before, after, tuple(_moves(before, after)))


def changed(scheme: Scheme, changes: Changes) -> Scheme:
    """A copy of the scheme with other parameters, weights and targets; the scheme itself where none are."""
    asked = {*changes.parameters, *changes.weights, *changes.targets}
    if not asked:
        return scheme
    met: set[str] = set()
    trees = {name: _changed(tree, changes, met) for name, tree in scheme.trees.items()}
    for name in sorted(asked - met):
        raise CriterionIsUnknownError(criterion=name, where=scheme.title)
    return replace(scheme, trees=trees)


def _changed(criterion: Criterion, changes: Changes, met: set[str]) -> Criterion:
    children = tuple(_changed(c, changes, met) for c in criterion.children)
    name = criterion.id
    rule = criterion.rule
    if name in changes.weights:
        met.add(name)
    if rule is not None and (name in changes.parameters or name in changes.targets):
        met.add(name)
        rule = _rule(rule, changes, name)
    return replace(criterion, children=children, rule=rule, weight=changes.weights.get(name, criterion.weight))


def _rule(rule: Rule, changes: Changes, name: str) -> Rule:
    merged: Mapping[str, object] = {**rule.parameters, **changes.parameters.get(name, {})}
    parameters = {key: value for key, value in merged.items() if value is not None}
    return replace(rule, parameters=parameters, targets=changes.targets.get(name, rule.targets))


def _moves(before: Outcome, after: Outcome) -> Iterator[Move]:
    for old, new in zip(before.results, after.results, strict=True):
        if (old.total, old.grades, old.rank) != (new.total, new.grades, new.rank):
            yield _total(old, new)
        yield from _cells(old.subject, old.root, new.root)


def _total(old: Result, new: Result) -> Move:
    return Move(old.subject, "", old.total, new.total, old.grades, new.grades, old.rank, new.rank)


def _cells(subject: str, old: Cell, new: Cell) -> Iterator[Move]:
    first: Interval | None = old.score
    if first != new.score:
        yield Move(subject, old.criterion, first, new.score)
    for a, b in zip(old.children, new.children, strict=True):
        yield from _cells(subject, a, b)
