"""What a proposal would change about the adopted edition of the same issue, clause by clause. Nothing here writes."""

import difflib
from dataclasses import dataclass

from taizhang.apps.gazettes.models import Clause, Edition

_WHOLE = 4000


@dataclass(frozen=True, slots=True)
class Change:
    """`kind`: added, removed, changed, moved (same words, another eId). `before` and `after` are (eId, number and words).

    `document` is the title of the document, as in the edition that has it.
    """

    kind: str
    document: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    pieces: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Changes in printed order, and how many clauses stayed the same."""

    changes: tuple[Change, ...]
    same: int

    def count(self, kind: str) -> int:
        """How many changes of a kind."""
        return sum(1 for change in self.changes if change.kind == kind)


Key = tuple[str, str]


def difference(old: Edition, new: Edition) -> Difference:
    """Compare two editions. Four queries and linear in their size, but for the wording of changed clauses."""
    before, after = _clauses(old), _clauses(new)
    titles = {ident: title or ident for one in (old, new) for ident, title in one.documents.values_list("ident", "title")}
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    moved = _moved(before, after, gone, come)
    changes: list[tuple[int, Change]] = []
    order = {key: n for n, key in enumerate(after)}
    last = 0
    for key, words in before.items():
        last = order.get(key, last)
        if key in moved:
            to = moved[key]
            changes.append((order[to], Change("moved", titles[key[0]], (key[1], words), (to[1], after[to]))))
        elif key not in after:
            changes.append((last, Change("removed", titles[key[0]], (key[1], words), None)))
        elif after[key] != words:
            changes.append(
                (last, Change("changed", titles[key[0]], (key[1], words), (key[1], after[key]), pieces(words, after[key])))
            )
    arrived = set(moved.values())
    changes += [(order[k], Change("added", titles[k[0]], None, (k[1], after[k]))) for k in come if k not in arrived]
    changes.sort(key=lambda pair: pair[0])
    same = sum(1 for key, words in before.items() if after.get(key) == words)
    return Difference(tuple(change for _, change in changes), same)


def _clauses(edition: Edition) -> dict[Key, str]:
    rows = Clause.objects.filter(document__edition=edition).order_by("document__ordinal", "ordinal")
    out: dict[Key, str] = {}
    for ident, eid, num, text, table in rows.values_list("document__ident", "eid", "num", "text", "table"):
        words = "\n".join(" ¦ ".join(cells) for cells in table["rows"]) if table else text
        out[(ident, eid)] = f"{num}{words}"
    return out


def _moved(before: dict[Key, str], after: dict[Key, str], gone: list[Key], come: list[Key]) -> dict[Key, Key]:
    """Clauses whose words stand under another eId: each taken once, in order."""
    free: dict[str, list[Key]] = {}
    for key in reversed(come):
        free.setdefault(after[key], []).append(key)
    return {key: free[before[key]].pop() for key in gone if free.get(before[key])}


def pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Stretches of two readings: ("=", words), ("-", only in the old), ("+", only in the new).

    >>> pieces("新增3200个", "新增320个")
    (('=', '新增320'), ('-', '0'), ('=', '个'))
    """
    if len(old) > _WHOLE or len(new) > _WHOLE:
        return (("-", old), ("+", new))
    out: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append(("=", old[a:b]))
            continue
        if b > a:
            out.append(("-", old[a:b]))
        if d > c:
            out.append(("+", new[c:d]))
    return tuple(out)
