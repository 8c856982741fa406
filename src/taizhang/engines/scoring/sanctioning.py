"""Overriding facts (弄虚作假, 不得评为优秀): applied after the total, in the scheme's order; what they overrode is kept."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from taizhang.engines.scoring.adjusting import said
from taizhang.engines.scoring.arithmetic import ZERO
from taizhang.engines.scoring.errors import CaseNamesNoCriterionError, GradeIsUnknownError
from taizhang.engines.scoring.grading import grades_of, ordered
from taizhang.engines.scoring.model import Applied, Case, Criterion, Effect, Interval, Sanction, Scheme


class Sanctioned(NamedTuple):
    """What is left after sanctions."""

    total: Interval
    grades: tuple[str, ...]
    applied: tuple[Applied, ...]


def zeroed(scheme: Scheme, tree: Criterion, cases: Iterable[Case]) -> dict[str, str]:
    """Criteria whose points are taken, with the label of the first sanction that does."""
    taken: dict[str, str] = {}
    rows = list(cases)
    for sanction in scheme.sanctions:
        if Effect.ZERO_CRITERION not in sanction.effects:
            continue
        for case in rows:
            if case.kind != sanction.id:
                continue
            if not case.criterion or not _has(tree, case.criterion):
                raise CaseNamesNoCriterionError(case=case.id, criterion=case.criterion or "")
            taken.setdefault(case.criterion, sanction.label)
    return taken


def _has(tree: Criterion, criterion: str) -> bool:
    return tree.id == criterion or any(_has(c, criterion) for c in tree.children)


def sanctioned(scheme: Scheme, cases: Iterable[Case], before: Interval, total: Interval) -> Sanctioned:
    """The total and grades with every recorded sanction. `before`: the total as it was with no criterion taken; `total` without
    the criteria that are. A later sanction never makes a result better: a total of zero keeps a worse grade that was given.

    A sanction's `before` and `after` are total and grades in words. Where a result is not fully known its grades stay a set.
    """
    rows = list(cases)
    grades = grades_of(scheme, total)
    applied: list[Applied] = []
    is_first = True
    for sanction in scheme.sanctions:
        own = tuple(c for c in rows if c.kind == sanction.id)
        if not own:
            continue
        was_total, was_grades = total, grades
        if Effect.ZERO_CRITERION in sanction.effects and is_first:
            was_total, was_grades, is_first = before, grades_of(scheme, before), False
        for effect in sanction.effects:
            total, grades = _effect(scheme, sanction, effect, total, grades)
        applied.append(Applied(sanction.id, own, None, _words(was_total, was_grades), _words(total, grades)))
    return Sanctioned(total, grades, tuple(applied))


def _effect(
    scheme: Scheme, sanction: Sanction, effect: Effect, total: Interval, grades: tuple[str, ...]
) -> tuple[Interval, tuple[str, ...]]:
    names = [g.name for g in ordered(scheme)]
    if effect in (Effect.ZERO_CRITERION, Effect.NOT_AMONG_FIRST):
        return total, grades
    if effect is Effect.ZERO_TOTAL:
        nothing = Interval(ZERO, ZERO)
        zero = grades_of(scheme, nothing)
        return nothing, _worse(names, grades, names.index(zero[0])) if zero else ()
    if effect is Effect.GRADE_DOWN:
        down = {min(names.index(g) + 1, len(names) - 1) for g in grades}
        return total, tuple(names[i] for i in sorted(down))
    if sanction.grade not in names:
        raise GradeIsUnknownError(sanction=sanction.label, grade=sanction.grade, known="、".join(names))
    if effect is Effect.GRADE:
        return total, (sanction.grade,)
    return total, _worse(names, grades, names.index(sanction.grade))


def closed_places(scheme: Scheme, applied: Iterable[Applied]) -> int:
    """How many of the first places are closed to a body by the sanctions that took effect; 0 for none."""
    ids = {a.id for a in applied}
    return max((s.first or 0 for s in scheme.sanctions if s.id in ids and Effect.NOT_AMONG_FIRST in s.effects), default=0)


def with_places(
    scheme: Scheme, applied: Iterable[Applied], natural: tuple[int, int], rank: tuple[int, int]
) -> tuple[Applied, ...]:
    """The sanctions with the place that the total would give, and the one that is left, beside those that close places."""
    closing = {s.id for s in scheme.sanctions if Effect.NOT_AMONG_FIRST in s.effects}
    return tuple(
        replace(a, before=f"{a.before} {_place(natural)}", after=f"{a.after} {_place(rank)}") if a.id in closing else a
        for a in applied
    )


def _place(rank: tuple[int, int]) -> str:
    best, worst = rank
    return f"第{best}名" if best == worst else f"第{best}–{worst}名"


def _worse(names: list[str], grades: tuple[str, ...], ceiling: int) -> tuple[str, ...]:
    """The grades, none of them better than the ceiling."""
    return tuple(names[i] for i in sorted({max(names.index(g), ceiling) for g in grades}))


def _words(total: Interval, grades: tuple[str, ...]) -> str:
    return " ".join(filter(None, (said(total), "、".join(grades))))
