"""Bonuses and deductions beside the total (加减分), each held to its own cap and to that of its group."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from taizhang.engines.scoring.arithmetic import ZERO, shown, whole
from taizhang.engines.scoring.errors import CaseDoesNotFitError
from taizhang.engines.scoring.model import Adjustment, Applied, Case, Interval, Scheme, Subject, Wait
from taizhang.kernel.message import Message


class Adjusted(NamedTuple):
    """The total with bonuses and deductions, what each added, and what is still to be set."""

    total: Interval
    applied: tuple[Applied, ...]
    waits: tuple[Wait, ...]


def adjusted(scheme: Scheme, subject: Subject, cases: Iterable[Case], base: Interval) -> Adjusted:
    """Adds the points of recorded cases in the scheme's order. Never below 0, nor above `total_cap` where there is one.

    A case's own points go before the amount of its kind; the sign is the kind's. A case without any amount makes the total wait:
    a deduction may take up to its cap (all, where there is none); a bonus may add up to its cap, and stands outside while neither
    amount nor cap is set. A group's cap holds bonuses and deductions apart, each kind in the scheme's order taking what is left.
    """
    rows = list(cases)
    total = base
    applied: list[Applied] = []
    waits: list[Wait] = []
    used: dict[tuple[str, int], Interval] = {}
    for kind in scheme.adjustments:
        own = tuple(c for c in rows if c.kind == kind.id)
        if not own:
            continue
        if kind.trees and subject.tree not in kind.trees:
            raise CaseDoesNotFitError(case=own[0].id, kind=kind.label, subject=subject.name)
        points = _capped(kind, own, scheme, used)
        if any(_amount(kind, c) is None for c in own):
            waits.append(Wait(kind.id, "amount_not_set", Message("“{label}”每次多少分还没有定", {"label": kind.label})))
        before = total
        total = _moved(total, kind, points)
        known = points.low * kind.sign if points is not None and points.is_known else None
        applied.append(Applied(kind.id, own, known, said(before), said(total)))
    return Adjusted(held(total, scheme.total_cap), tuple(applied), tuple(waits))


def held(total: Interval, cap: Decimal | None) -> Interval:
    """A total from 0 to its cap."""
    low, high = max(whole(total.low), ZERO), max(whole(total.high), ZERO)
    return Interval(low, high) if cap is None else Interval(min(low, cap), min(high, cap))


def _amount(kind: Adjustment, case: Case) -> Decimal | None:
    return abs(case.points) if case.points is not None else kind.each


def _capped(kind: Adjustment, cases: tuple[Case, ...], scheme: Scheme, used: dict[tuple[str, int], Interval]) -> Interval | None:
    """The points of a kind, from what is certain to what is possible; None where neither amount nor cap is known."""
    known = sum((a for c in cases if (a := _amount(kind, c)) is not None), ZERO)
    is_open = any(_amount(kind, c) is None for c in cases)
    group = (kind.group, kind.sign)
    group_cap = scheme.group_caps.get(kind.group) if kind.group else None
    taken = used.get(group, Interval(ZERO, ZERO))
    caps = [c for c in (kind.cap, group_cap) if c is not None]
    if is_open and not caps:
        return Interval(known, known) if kind.sign > 0 else None
    high = min(caps) if is_open else known
    low = known
    if kind.cap is not None:
        low, high = min(low, kind.cap), min(high, kind.cap)
    if group_cap is not None:
        low, high = max(min(low, group_cap - taken.high), ZERO), max(min(high, group_cap - taken.low), ZERO)
        used[group] = Interval(min(taken.low + low, group_cap), min(taken.high + high, group_cap))
    return Interval(low, high)


def _moved(total: Interval, kind: Adjustment, points: Interval | None) -> Interval:
    if points is None:
        return Interval(min(total.low, ZERO), total.high)
    if kind.sign > 0:
        return Interval(total.low + points.low, total.high + points.high)
    return Interval(total.low - points.high, total.high - points.low)


def said(total: Interval) -> str:
    """A total or its range for people."""
    return shown(total.low) if total.is_known else f"{shown(total.low)}–{shown(total.high)}"
