"""Lights: how a figure stands against its target and the time gone by. They are shown beside a score and never touch it.

The thresholds are ours, since no source prints any: dated, so that a past year keeps its lights.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ONE, ZERO, exact
from taizhang.engines.scoring.model import LightRule
from taizhang.kernel.period import Period

LIGHT_RULES = (LightRule(Period(None, None), Decimal("0.1")),)

MET = "met"
ON_TRACK = "on_track"
AT_RISK = "at_risk"
BEHIND = "behind"
NOT_DUE = "not_due"
UNKNOWN = "unknown"
VETOED = "vetoed"
# From the worst to the best: a composite shows its worst part.
ORDER = (VETOED, BEHIND, AT_RISK, UNKNOWN, NOT_DUE, ON_TRACK, MET)
_PLACE = {status: place for place, status in enumerate(ORDER)}


def light_rule(day: date, rules: tuple[LightRule, ...] = LIGHT_RULES) -> LightRule:
    """The rule in force on a day; the last of those that are."""
    return next(rule for rule in reversed(rules) if rule.period.contains(day))


def worst(statuses: Iterable[str]) -> str:
    """The worst of several lights; unknown where there is none."""
    return min(statuses, key=_PLACE.__getitem__, default=UNKNOWN)


def time_share(period: Period, day: date) -> Decimal:
    """The part of a period gone by at the end of `day`, both ends counted; 1 where the period has no end."""
    if period.start is None or period.end is None:
        return ONE
    total = (period.end - period.start).days + 1
    with exact():
        return min(ONE, max(ZERO, Decimal((day - period.start).days + 1) / total))


def light(
    value: Decimal | None,
    target: Decimal | None,
    bound: str,
    *,
    share: Decimal,
    is_cumulative: bool,
    tolerance: Decimal = LIGHT_RULES[-1].tolerance,
) -> str:
    """The light of a figure when `share` of the year is over (1: all of it).

    At least: a cumulative figure is met once the target is reached, on track when its share of the target is not behind the share
    of time, at risk within the tolerance of that, else behind. A level (a rate, a place) is held against the whole target, and
    is met only at the end since it can still fall. At most: a level within its limit is on track, met at the end; over it by no
    more than the tolerance at risk. A cumulative one may have used up the share of time. Tolerance is a share of what is due.
    """
    if value is None or target is None:
        return UNKNOWN
    is_over = share >= ONE
    if bound == "<=":
        due = target * share if is_cumulative else target
        if value <= due:
            return MET if is_over else ON_TRACK
        return AT_RISK if not (is_over and is_cumulative) and value <= due + abs(due) * tolerance else BEHIND
    is_reached = value == target if bound == "=" and not is_cumulative else value >= target
    if is_reached:
        return MET if is_over or is_cumulative else ON_TRACK
    due = target * share if is_cumulative else target
    if is_cumulative and not is_over and value >= due:
        return ON_TRACK
    return AT_RISK if value >= due - abs(due) * tolerance else BEHIND


def rate_light(rate: Decimal, *, share: Decimal, tolerance: Decimal) -> str:
    """The light of work judged by stages: its rate against the share of time."""
    return light(rate, ONE, ">=", share=share, is_cumulative=True, tolerance=tolerance)


def loss_light(lost: Decimal, *, share: Decimal, tolerance: Decimal) -> str:
    """The light of counted events: nothing lost is on track and met at the end; a loss within the tolerance is at risk."""
    if lost <= 0:
        return MET if share >= ONE else ON_TRACK
    return AT_RISK if lost <= tolerance else BEHIND
