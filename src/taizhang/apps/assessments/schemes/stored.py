"""Schemes as stored: the values the engine reads, kept by digest since a stored scheme never changes."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from taizhang.apps.assessments.models import Scheme as SchemeRow
from taizhang.engines.scoring import scheme_from_json
from taizhang.engines.scoring.model import Criterion, Scheme


class _Kept:
    """A scheme row under its digest, so that reading it again costs nothing."""

    def __init__(self, row: SchemeRow) -> None:
        self.row = row

    def __hash__(self) -> int:
        return hash(self.row.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.row.digest == self.row.digest


@lru_cache(maxsize=16)
def _read(kept: _Kept) -> Scheme:
    return scheme_from_json(kept.row.content)


def scheme_of(row: SchemeRow) -> Scheme:
    """The scheme of a row as the engine's value."""
    return _read(_Kept(row))


def labels_of(scheme: Scheme, criteria: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What criteria are called: (tree, criterion) → label, for those that the scheme has."""
    wanted = set(criteria)
    trees = {tree for tree, _ in wanted} & scheme.trees.keys()
    return {(tree, node.id): node.label for tree in trees for node in walk(scheme.trees[tree]) if (tree, node.id) in wanted}


def walk(node: Criterion) -> Iterator[Criterion]:
    """A criterion and everything under it."""
    yield node
    for child in node.children:
        yield from walk(child)
