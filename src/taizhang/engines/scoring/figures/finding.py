"""Finds what people mean by a unit, an item or a kind of record, in the words and numbers they use for it.

An item of a sheet is its printed number (`4`, `4/2` its second figure), a row of a table `第8行`, a part of the scheme its name
(第二季度), a grade its name; ids always do. What could be two things is not found.
"""

from collections.abc import Iterable
from typing import NamedTuple

from taizhang.engines.scoring.model import Criterion, Scheme, Subject
from taizhang.kernel.patterns import regex

_ITEM = regex(r"第?\s*([0-9]{1,4})\s*[项条]?(?:\s*[/／]\s*([0-9]{1,2}))?\Z")
_ROW = regex(r"第?\s*([0-9]{1,4})\s*行\Z")
_ITEM_ID = regex(r"item_([0-9]+)(?:/([0-9]+))?\Z")
_ROW_ID = regex(r"__row_([0-9]+)\Z")


class Found(NamedTuple):
    """What was found, and how many things the words could mean (`among`)."""

    ident: str | None
    among: int


class Finder:
    """Looks up names in one scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.subjects = {subject.body: subject for subject in scheme.subjects}
        self._names: dict[str, list[str]] = {}
        for subject in scheme.subjects:
            self._names.setdefault(_plain(subject.name), []).append(subject.body)
        self._leaves: dict[str, dict[str, Criterion]] = {}
        self._words: dict[str, dict[str, list[str]]] = {}
        self._kinds: dict[str, list[str]] = {}
        named = [(kind.id, kind.label) for kind in scheme.adjustments] + [(kind.id, kind.label) for kind in scheme.sanctions]
        for ident, label in named:
            for word in {ident, _plain(label), *_numbers(ident)}:
                self._kinds.setdefault(word, []).append(ident)

    def subject(self, text: str) -> Subject | None:
        """A subject by its body's id or its name in the scheme; the city's 市 in front may be left out."""
        name = _plain(text)
        if name in self.subjects:
            return self.subjects[name]
        bodies = self._names.get(name) or self._names.get(f"市{name}") or []
        return self.subjects[bodies[0]] if len(set(bodies)) == 1 else None

    def leaves(self, tree: str) -> dict[str, Criterion]:
        """The leaves of a tree by id, in printed order."""
        if tree not in self._leaves:
            self._leaves[tree] = {leaf.id: leaf for leaf in _walk(self.scheme.trees[tree]) if leaf.rule is not None}
        return self._leaves[tree]

    def criterion(self, tree: str, text: str) -> Found:
        """A leaf of a tree."""
        word = _asked(text)
        if word in self.leaves(tree):
            return Found(word, 1)
        return _one(self._index(tree).get(word, ()))

    def node(self, tree: str, text: str) -> Found:
        """A criterion of a tree, inner ones too."""
        word = _asked(text)
        found = [node.id for node in _walk(self.scheme.trees[tree]) if word in {node.id, _plain(node.label), *_numbers(node.id)}]
        return _one(found)

    def kind(self, text: str, subject: Subject) -> Found:
        """An adjustment, a sanction, or a counted event of a criterion; of several the one that belongs to the subject's tree."""
        word = _asked(text)
        found = self._kinds.get(word, [])
        if len(found) > 1:
            trees = {kind.id: kind.trees for kind in self.scheme.adjustments}
            own = [ident for ident in found if not trees.get(ident) or subject.tree in trees[ident]]
            found = own or found
        return _one(found) if found else self.criterion(subject.tree, text)

    def _index(self, tree: str) -> dict[str, list[str]]:
        if tree not in self._words:
            index: dict[str, list[str]] = {}
            for leaf in self.leaves(tree).values():
                for word in {_plain(leaf.label), *_numbers(leaf.id)}:
                    index.setdefault(word, []).append(leaf.id)
            self._words[tree] = index
        return self._words[tree]


def _one(found: Iterable[str]) -> Found:
    every = list(dict.fromkeys(found))
    return Found(every[0] if len(every) == 1 else None, len(every))


def _walk(node: Criterion) -> Iterable[Criterion]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _numbers(ident: str) -> tuple[str, ...]:
    """The short forms of an id."""
    if found := _ROW_ID.search(ident):
        return (f"行{found[1]}",)
    if found := _ITEM_ID.search(ident):
        return (f"项{found[1]}/{found[2]}",) if found[2] else (f"项{found[1]}",)
    return ()


def _asked(text: str) -> str:
    word = _plain(text)
    if found := _ROW.match(word):
        return f"行{found[1]}"
    if found := _ITEM.match(word):
        return f"项{found[1]}/{found[2]}" if found[2] else f"项{found[1]}"
    return word


def _plain(text: str) -> str:
    return "".join(text.split())
