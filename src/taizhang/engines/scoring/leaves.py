"""A leaf scored for one subject: which figure speaks for it, the points or the range of points, the working and what it waits
for.

Only a verified figure or a recorded decision counts for certain. A figure that is reported and not yet verified leaves the whole
range open; the wait gives the figure and the points it would bring. A later report that is missing or unverified replaces an
earlier verified one: what is known of March does not answer for April once April has spoken. At the end of the year the figure
of the whole year is needed; an earlier one no longer speaks for it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from taizhang.engines.scoring.arithmetic import ONE, ZERO, shown, whole
from taizhang.engines.scoring.errors import FigureDoesNotFitError
from taizhang.engines.scoring.inputs import Inputs
from taizhang.engines.scoring.known_cells import working
from taizhang.engines.scoring.lights import NOT_DUE, UNKNOWN, VETOED, light, loss_light, rate_light, time_share, worst
from taizhang.engines.scoring.marginal import Known, marginal
from taizhang.engines.scoring.model import Case, Interval, Observation, Standing, Wait
from taizhang.engines.scoring.plans import LeafPlan
from taizhang.engines.scoring.strategies import Terms
from taizhang.engines.scoring.strategies.gate import holds
from taizhang.engines.scoring.strategies.judged import rate_of
from taizhang.kernel.message import Message
from taizhang.kernel.period import Period

HELD = "held"
CROSSED = "crossed"
OPEN = "open"

NOTHING = Interval(ZERO, ZERO)


_SLACK = timedelta(days=7)


class Setting(NamedTuple):
    """What is the same for all leaves of a subject: `end` the last day it is assessed, `share` of `year` gone by, the tolerance
    of lights, and the places to which gains are shown."""

    subject: str
    as_at: date
    end: date
    year: Period
    share: Decimal
    tolerance: Decimal
    places: int


class Step(NamedTuple):
    """The working of one part of the year."""

    text: Message
    score: Interval


class Leaf(NamedTuple):
    """The outcome of a leaf. `steps` are those of several parts, or of one whose figure is open; one part whose figure is known
    has `known` instead, from which its formula and what a little more would do are told. Where the weight is not set `score` is
    of a full mark of 1. `gate` is "" for other strategies."""

    score: Interval
    is_applicable: bool
    steps: tuple[Step, ...]
    formula: Message | None
    inputs: tuple[Observation, ...]
    cases: tuple[Case, ...]
    waits: tuple[Wait, ...]
    status: str
    marginal: Message | None
    gate: str
    known: Known | None = None

    def told(self) -> tuple[Step, ...]:
        """The working, step by step."""
        if self.known is not None:
            return (Step(working(self.known), self.score),)
        assert self.formula is not None
        return self.steps or (Step(self.formula, self.score),)


class Found(NamedTuple):
    """The figure for a part, or why there is none. `provisional` is one that is reported only."""

    value: Decimal | None
    wait: Wait | None
    inputs: tuple[Observation, ...]
    provisional: Decimal | None = None
    is_waived: bool = False
    exempt: str | None = None


def leaf(plan: LeafPlan, inputs: Inputs, setting: Setting) -> Leaf:
    """The leaf of one subject."""
    cases = _cases(plan, inputs, setting.subject)
    if plan.counts == "cases":
        events = count_of(plan, cases)
        found = [Found(events, None, ())]
        return _scored(plan, plan.parts[-1:], found, cases, events, setting)
    found = [_find(plan, part, inputs, setting) for part in plan.parts]
    for each in found:
        if each.exempt is not None:
            return _exempt(plan, each, cases)
    return _scored(plan, plan.parts, found, cases, count_of(plan, cases) if cases else None, setting)


def _cases(plan: LeafPlan, inputs: Inputs, subject: str) -> tuple[Case, ...]:
    recorded = inputs.cases(subject)
    if not recorded:
        return ()
    names = plan.rule.metric, plan.criterion.id
    return tuple(c for c in recorded if c.kind in names and c.criterion in (None, "", plan.criterion.id))


def count_of(plan: LeafPlan, cases: Iterable[Case]) -> Decimal:
    """How many events the cases are; one with points of its own is as many as these points make."""
    each = plan.first.parameters.get("each")
    count = ZERO
    for case in cases:
        is_own = case.points is not None and isinstance(each, Decimal) and each != 0 and plan.strategy.name == "deduct"
        count += abs(case.points) / each if is_own and case.points is not None and isinstance(each, Decimal) else ONE
    return count


# --- what is known ------------------------------------------------------------------------------------------------------


def _find(plan: LeafPlan, part: Terms, inputs: Inputs, setting: Setting) -> Found:
    """The figure that speaks for a part of the year."""
    if part.target is None and part.awaits is not None:
        return Found(None, _unbound(plan, part.awaits), ())
    if part.target is None and plan.strategy.target == "required":
        return Found(None, _unbound(plan, ""), ())
    if part.start > inputs.as_at or (plan.is_phased and part.end > inputs.as_at):
        return Found(None, _wait(plan, "not_due", _not_before(part.end)), ())
    last = min(part.end, setting.end)
    latest = inputs.latest(plan.rule.metric, setting.subject, min(last, inputs.as_at))
    found = _read(plan, part, latest, inputs, last)
    if part.before is None or found.value is None:
        return found
    earlier = inputs.latest(plan.rule.metric, setting.subject, part.before)
    start = _read(plan, part, earlier, inputs, part.before)
    rows = (*start.inputs, *found.inputs)
    if start.value is None:
        return Found(None, start.wait, rows, is_waived=start.is_waived)
    return Found(found.value - start.value, None, rows)


def _read(plan: LeafPlan, part: Terms, rows: tuple[Observation, ...], inputs: Inputs, last: date) -> Found:
    """What an observation says (`rows` has one or none), if it speaks for `last`, or `last` is still to come."""
    if not rows:
        if inputs.as_at < plan.first_due and plan.rule.result_of is None:
            return Found(None, _wait(plan, "not_due", _not_before(plan.first_due)), ())
        return Found(None, _nothing(plan), ())
    (row,) = rows
    if row.standing is Standing.DECIDED and row.missing is not None:
        return Found(None, None, rows, is_waived=True)
    if row.standing is not Standing.DECIDED and inputs.as_at >= last and inputs.ends(row) < last:
        facts = {"day": last.isoformat(), "last": inputs.ends(row).isoformat()}
        reason = "not_judged" if plan.strategy.reads == "stage" else "not_reported"
        return Found(None, _wait(plan, reason, Message("截至{day}的数字还没有填报，最近的是截至{last}的", facts)), rows)
    if row.missing is not None:
        facts = {"reason": row.missing, "day": row.expected_on.isoformat() if row.expected_on else ""}
        text = "暂时没有数字：{reason}，预计{day}有" if row.expected_on else "暂时没有数字：{reason}"
        return Found(None, _wait(plan, "missing", Message(text, facts)), rows)
    if row.not_applicable is not None:
        if row.standing is Standing.REPORTED:
            wait = _wait(plan, "not_verified", Message("填报为不适用（{clause}），尚未核验", {"clause": row.not_applicable}))
            return Found(None, wait, rows)
        return Found(None, None, rows, exempt=row.not_applicable)
    value = _value(plan, part, row)
    if row.standing is Standing.REPORTED:
        return Found(None, None, rows, provisional=value)
    return Found(value, None, rows)


def _nothing(plan: LeafPlan) -> Wait:
    if plan.rule.result_of is not None:
        return _wait(plan, "result_not_approved", _not_approved(plan.rule.result_of.name))
    if plan.strategy.reads == "stage":
        return _wait(plan, "not_judged", _NOT_JUDGED)
    return _wait(plan, "not_reported", _NOT_REPORTED)


# One sentence for all who wait for the same.
_NOT_JUDGED = Message("还没有评定")
_NOT_REPORTED = Message("还没有填报")


@lru_cache(maxsize=64)
def _not_before(day: date) -> Message:
    return Message("要到{day}才有数字", {"day": day.isoformat()})


@lru_cache(maxsize=64)
def _not_approved(name: str) -> Message:
    return Message("缺：{name}，还没有审定", {"name": name})


@lru_cache(maxsize=1024)
def _open_step(low: Decimal, high: Decimal) -> Step:
    """A part of which nothing is certain yet: full marks of a year are few different figures."""
    return Step(Message("未定，{low} 到 {high}", {"low": shown(low), "high": shown(high)}), Interval(low, high))


def _unbound(plan: LeafPlan, awaits: str) -> Wait:
    if awaits:
        return _wait(plan, "unbound", Message("目标数待定，等{awaits}下达", {"awaits": awaits}))
    return _wait(plan, "unbound", Message("目标数待定，下达文件还没有绑定"))


def _wait(plan: LeafPlan, reason: str, message: Message) -> Wait:
    return Wait(plan.criterion.id, reason, message)


def _value(plan: LeafPlan, part: Terms, row: Observation) -> Decimal:
    """The figure of an observation, checked to be one the strategy can read."""
    terms, label = part, plan.criterion.label
    if plan.strategy.reads == "stage" and terms.parameters.get("stages"):
        rate = rate_of(terms, row.stage or "")
        if rate is None:
            names = terms.parameters["stages"]
            wanted = "阶段要从这些里选：" + "、".join(map(str, names if isinstance(names, tuple) else ()))
            raise FigureDoesNotFitError(criterion=label, value=row.stage or row.value, wanted=wanted)
        return rate
    value = row.value
    if value is None or not value.is_finite():
        raise FigureDoesNotFitError(criterion=label, value=row.stage or "", wanted="要一个数")
    if plan.strategy.reads == "stage" and plan.criterion.weight is not None and not ZERO <= value <= terms.weight:
        raise FigureDoesNotFitError(criterion=label, value=shown(value), wanted=f"评定的分数要在 0 到 {shown(terms.weight)} 之间")
    if plan.strategy.name == "rank" and (value < 1 or value != value.to_integral_value()):
        raise FigureDoesNotFitError(criterion=label, value=shown(value), wanted="位次要是 1 或更大的整数")
    if plan.counts and (value < 0 or value != value.to_integral_value()):
        raise FigureDoesNotFitError(criterion=label, value=shown(value), wanted="次数要是 0 或更大的整数")
    return value


# --- what it makes ------------------------------------------------------------------------------------------------------


def _exempt(plan: LeafPlan, found: Found, cases: tuple[Case, ...]) -> Leaf:
    formula = Message("不适用：{clause}", {"clause": found.exempt or ""})
    return Leaf(
        NOTHING,
        False,
        (Step(formula, NOTHING),),
        formula,
        found.inputs,
        cases,
        (),
        NOT_DUE,
        None,
        HELD if _is_gate(plan) else "",
    )


def _is_gate(plan: LeafPlan) -> bool:
    return plan.strategy.name == "gate"


def _scored(
    plan: LeafPlan,
    parts: tuple[Terms, ...],
    found: list[Found],
    cases: tuple[Case, ...],
    events: Decimal | None,
    setting: Setting,
) -> Leaf:
    """Points of all parts, added."""
    if len(parts) == 1 and found[0].value is not None:
        return _known(plan, parts[0], found, cases, events, setting)
    steps: list[Step] = []
    waits: list[Wait] = []
    low = high = ZERO
    for part, each in zip(parts, found, strict=True):
        step, wait = _step(plan, part, each, events)
        steps.append(step)
        low += step.score.low
        high += step.score.high
        if wait is not None and wait not in waits:
            waits.append(wait)
    score = steps[0].score if len(steps) == 1 else Interval(whole(low), whole(high))
    value = _counted(plan, found[-1].value, events)
    return Leaf(
        score=score,
        is_applicable=True,
        steps=tuple(steps),
        formula=steps[0].text if len(steps) == 1 else _sum(steps, score),
        inputs=_once(found),
        cases=cases,
        waits=tuple(waits),
        status=_status(plan, parts, found, score, waits, events, setting),
        marginal=None if value is None else _marginal(plan, parts, value, setting.places),
        gate=_gate(plan, parts[-1], value) if _is_gate(plan) else "",
    )


def _known(
    plan: LeafPlan, terms: Terms, found: list[Found], cases: tuple[Case, ...], events: Decimal | None, setting: Setting
) -> Leaf:
    """The common leaf: one part and its figure known."""
    value = _counted(plan, found[0].value, events)
    assert value is not None
    strategy = plan.strategy
    points = strategy.points(terms, value)
    return Leaf(
        Interval(points, points),
        True,
        (),
        None,
        found[0].inputs,
        cases,
        (),
        _known_status(plan, terms, value, points, setting, found[0].inputs),
        None,
        _gate(plan, terms, value) if strategy.name == "gate" else "",
        (strategy, terms, value, points, setting.places),
    )


def _marginal(plan: LeafPlan, parts: tuple[Terms, ...], value: Decimal, places: int) -> Message | None:
    """What more would do in the last of the parts."""
    return marginal((plan.strategy, parts[-1], value, plan.strategy.points(parts[-1], value), places), is_part=len(parts) > 1)


def _once(found: list[Found]) -> tuple[Observation, ...]:
    if len(found) == 1:
        return found[0].inputs
    kept: list[Observation] = []
    for each in found:
        kept.extend(row for row in each.inputs if row not in kept)
    return tuple(kept)


def _counted(plan: LeafPlan, value: Decimal | None, events: Decimal | None) -> Decimal | None:
    """The reported number of events, or that of the recorded cases where it is greater: a case is a fact already."""
    if value is None or events is None or plan.counts != "reported":
        return value
    return max(value, events)


def _step(plan: LeafPlan, part: Terms, found: Found, events: Decimal | None) -> tuple[Step, Wait | None]:
    """The points of one part, or their range and what it waits for."""
    strategy, terms = plan.strategy, part
    value = _counted(plan, found.value, events)
    if value is not None:
        points = strategy.points(terms, value)
        return Step(strategy.working(terms, value, points), Interval(points, points)), None
    if terms.target is None and strategy.target == "required":
        span = Interval(ZERO, terms.weight)
    else:
        span = strategy.span(terms)
        if events is not None and plan.counts == "reported":
            span = Interval(span.low, min(span.high, strategy.points(terms, events)))
    if found.is_waived:
        return Step(Message("按决定不计分，得{score}", {"score": shown(span.low)}), Interval(span.low, span.low)), None
    wait = found.wait
    if found.provisional is not None:
        reported = _counted(plan, found.provisional, events) or ZERO
        facts = {"value": terms.said(reported), "score": shown(strategy.points(terms, reported))}
        wait = _wait(plan, "not_verified", Message("已填报{value}，尚未核验；按此数得{score}", facts))
    return _open_step(span.low, span.high), wait


def _sum(steps: list[Step], score: Interval) -> Message:
    facts = {"parts": " + ".join(_said(s.score) for s in steps), "score": _said(score)}
    return Message("各段相加：{parts} = {score}", facts)


def _said(score: Interval) -> str:
    return shown(score.low) if score.is_known else f"({shown(score.low)}–{shown(score.high)})"


def _gate(plan: LeafPlan, part: Terms, value: Decimal | None) -> str:
    if value is None:
        return OPEN
    return HELD if holds(part, value) else CROSSED


# --- its light ----------------------------------------------------------------------------------------------------------


def _status(
    plan: LeafPlan,
    parts: tuple[Terms, ...],
    found: list[Found],
    score: Interval,
    waits: list[Wait],
    events: Decimal | None,
    setting: Setting,
) -> str:
    """The light of a leaf: of events by what was lost, of stages by the rate, of figures against target and time."""
    if waits and not any(f.value is not None for f in found):
        return NOT_DUE if all(w.reason == "not_due" for w in waits) else UNKNOWN
    last = next((i for i in reversed(range(len(found))) if found[i].value is not None), None)
    if last is None:
        return UNKNOWN
    terms, value = parts[last], _counted(plan, found[last].value, events)
    assert value is not None
    is_by_figure = plan.strategy.name not in ("gate", "deduct") and plan.strategy.reads != "stage" and terms.target is not None
    if len(parts) > 1 and is_by_figure:
        return worst(_part_light(plan, p, f, setting) for p, f in zip(parts[: last + 1], found[: last + 1], strict=True))
    points = score.high if plan.strategy.name == "deduct" else score.low
    return _known_status(plan, terms, value, points, setting, found[last].inputs)


def _known_status(
    plan: LeafPlan, terms: Terms, value: Decimal, points: Decimal, setting: Setting, inputs: tuple[Observation, ...]
) -> str:
    """The light of a figure that is known. What was reported in June is held against what was due in June."""
    strategy, share, tolerance = plan.strategy, setting.share, setting.tolerance
    if plan.is_cumulative and inputs and (day := _own_day(inputs[-1], setting.as_at)) < setting.as_at:
        share = time_share(setting.year, day)
    if strategy.name == "gate":
        return VETOED if not holds(terms, value) else loss_light(ZERO, share=share, tolerance=tolerance)
    if strategy.name == "deduct":
        return loss_light((terms.weight - points) / (terms.weight or ONE), share=share, tolerance=tolerance)
    if strategy.reads == "stage" or terms.target is None:
        return rate_light(points / (terms.weight or ONE), share=share, tolerance=tolerance)
    return light(value, terms.target, terms.bound, share=share, is_cumulative=plan.is_cumulative, tolerance=tolerance)


def _own_day(row: Observation, as_at: date) -> date:
    """The day against which a figure added up over the year is held: the end of its period, until the next period of that length
    is over as well (with a week, since months and quarters differ); an older figure is held against the day of scoring."""
    start, end = row.period.start, row.period.end
    if start is None or end is None or end >= as_at or as_at > end + (end - start) + _SLACK:
        return as_at
    return end


def _part_light(plan: LeafPlan, part: Terms, found: Found, setting: Setting) -> str:
    """The light of one part of the year against the time gone by in it; a phase is judged at its end."""
    day = _own_day(found.inputs[-1], setting.as_at) if plan.is_cumulative and found.inputs else setting.as_at
    share = ONE if plan.is_phased else time_share(Period(part.start, part.end), day)
    return light(found.value, part.target, part.bound, share=share, is_cumulative=plan.is_cumulative, tolerance=setting.tolerance)
