"""Trees of criteria for one subject: leaves scored, inner criteria added up or averaged, ranges and waits carried upwards."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from taizhang.engines.scoring.arithmetic import ONE, ZERO, rounded_interval, shown, whole
from taizhang.engines.scoring.awarding import awarded
from taizhang.engines.scoring.deferred import Deferred
from taizhang.engines.scoring.inputs import Inputs
from taizhang.engines.scoring.known_cells import KnownCell
from taizhang.engines.scoring.leaves import CROSSED, HELD, NOTHING, OPEN, Setting, leaf
from taizhang.engines.scoring.lights import VETOED, worst
from taizhang.engines.scoring.model import Absence, Aggregate, Case, Cell, Criterion, Interval, Rounding, Wait
from taizhang.engines.scoring.plans import LeafPlan
from taizhang.kernel.message import Message

_UNSET = Message("分值未定")
_NOBODY = Message("各项都不适用")


class Addend(NamedTuple):
    """A child as its parent adds it up. `score` None: its weight is not set. `gate` held, crossed, open or ""."""

    weight: Decimal | None
    score: Interval | None
    share: Decimal
    absence: Absence
    stands_outside: bool
    is_applicable: bool
    gate: str


class Sum(NamedTuple):
    """What the children make: None where no child has a score; not applicable where none of them applies."""

    score: Interval | None
    is_applicable: bool
    formula: Message


class Branch(NamedTuple):
    """A cell and how it enters its parent."""

    cell: Cell
    addend: Addend


def branch(
    criterion: Criterion,
    plans: Mapping[int, LeafPlan],
    inputs: Inputs,
    setting: Setting,
    rounding: Rounding,
    zeroed: Mapping[str, str],
    awards: Mapping[str, tuple[Case, ...]],
) -> Branch:
    """The cell of a criterion with all below it. `zeroed`: ids of criteria whose points a sanction takes, with its label;
    `awards`: what appeals decided, by criterion."""
    if criterion.rule is not None:
        made, gate = _leaf_cell(criterion, plans[id(criterion)], inputs, setting, rounding)
    else:
        branches = [branch(child, plans, inputs, setting, rounding, zeroed, awards) for child in criterion.children]
        made, gate = _inner_cell(criterion, branches, rounding), ""
    if zeroed and criterion.id in zeroed:
        made = _zeroed(made, zeroed[criterion.id])
    if awards and criterion.id in awards:
        made = awarded(made, awards[criterion.id])
    return Branch(made, addend_of(criterion, made, gate))


def addend_of(criterion: Criterion, cell: Cell, gate: str) -> Addend:
    """How a cell enters its parent."""
    return Addend(
        criterion.weight, cell.score, criterion.share, criterion.absence, criterion.stands_outside, cell.is_applicable, gate
    )


def _leaf_cell(criterion: Criterion, plan: LeafPlan, inputs: Inputs, setting: Setting, rounding: Rounding) -> tuple[Cell, str]:
    found = leaf(plan, inputs, setting)
    ident, weight = criterion.id, criterion.weight
    if weight is None:
        waits = (*found.waits, weight_wait(criterion))
        made = Cell(ident, None, None, found.is_applicable, _UNSET, found.inputs, found.cases, waits, found.status, None)
        return made, found.gate
    score = rounded_interval(found.score, rounding) if criterion.is_rounded else found.score
    if found.known is not None:
        return KnownCell(ident, weight, score, found.inputs, found.cases, found.status, found.known), found.gate
    assert found.formula is not None
    made = Cell(
        criterion=ident,
        weight=weight,
        score=score,
        is_applicable=found.is_applicable,
        formula=found.formula,
        inputs=found.inputs,
        cases=found.cases,
        waits=found.waits,
        status=found.status,
        marginal=found.marginal,
    )
    return made, found.gate


def weight_wait(criterion: Criterion) -> Wait:
    """A criterion whose full mark nobody has set yet."""
    return Wait(criterion.id, "weight_not_set", Message("“{label}”的分值还没有定，不计入总分", {"label": criterion.label}))


def _inner_cell(criterion: Criterion, branches: list[Branch], rounding: Rounding) -> Cell:
    made = aggregated([b.addend for b in branches], criterion.aggregate)
    score = made.score
    if score is not None and criterion.is_rounded:
        score = rounded_interval(score, rounding)
    waits = [w for b in branches for w in b.cell.waits]
    if criterion.weight is None and not any(w.reason == "weight_not_set" for w in waits):
        waits.append(weight_wait(criterion))
    applicable = [b.cell for b in branches if b.cell.is_applicable]
    return Cell(
        criterion=criterion.id,
        weight=criterion.weight,
        score=score,
        is_applicable=made.is_applicable,
        formula=made.formula,
        inputs=(),
        cases=(),
        waits=tuple(waits),
        status=worst(c.status for c in applicable),
        marginal=None,
        children=tuple(b.cell for b in branches),
    )


def _zeroed(cell: Cell, label: str) -> Cell:
    before = "" if cell.score is None else said(cell.score)
    return Cell(
        criterion=cell.criterion,
        weight=cell.weight,
        score=None if cell.score is None else NOTHING,
        is_applicable=cell.is_applicable,
        formula=Message("因“{label}”取消得分，原得{before}", {"label": label, "before": before}),
        inputs=cell.inputs,
        cases=cell.cases,
        waits=cell.waits,
        status=VETOED,
        marginal=None,
        children=cell.children,
    )


def said(score: Interval) -> str:
    """A score or its range for people."""
    return shown(score.low) if score.is_known else f"{shown(score.low)}–{shown(score.high)}"


# --- adding up ----------------------------------------------------------------------------------------------------------


def aggregated(addends: Iterable[Addend], aggregate: Aggregate) -> Sum:
    """The score of a parent from its children.

    SUM: Σ score × share. MEAN: Σ score × share ÷ number of children, divided once. A child that does not apply: RESCALE leaves
    its weight to the others, so that Σ is multiplied by (weight of all) ÷ (weight of those that apply); FULL counts it as
    reached; DROP takes its weight out of the full mark. Children that stand outside are added at the end and never rescaled; a
    child without a weight is not counted at all. A crossed gate leaves 0; one still open may.
    """
    rows = list(addends)
    inside = [a for a in rows if not a.stands_outside and _counts(a)]
    outside = [a for a in rows if a.stands_outside and a.is_applicable and a.score is not None]
    if not inside and not outside:
        is_applicable = not rows or any(a.is_applicable for a in rows)
        return Sum(None, is_applicable, _UNSET if is_applicable else _NOBODY)
    applying = [a for a in inside if a.is_applicable or a.absence is Absence.FULL]
    if inside and not any(a.is_applicable for a in inside) and not outside:
        return Sum(NOTHING, False, _NOBODY)
    low, high = _total(applying)
    factor, note = _factor(inside, applying, aggregate)
    low, high = low * factor[0] / factor[1], high * factor[0] / factor[1]
    more_low, more_high = _total(outside)
    score = Interval(whole(low + more_low), whole(high + more_high))
    gates = {a.gate for a in rows}
    if CROSSED in gates:
        return Sum(NOTHING, True, Message("一票否决，原得{before}", {"before": said(score)}))
    told = [*applying, *outside]
    formula = Deferred(_formula, (tuple([_own(a) for a in told]), tuple([a.share for a in told]), note, score))
    if OPEN in gates:
        return Sum(Interval(ZERO, score.high), True, Message("{sum}；红线事实未定，可能得 0", {"sum": str(formula)}))
    return Sum(score, True, formula)


def _counts(addend: Addend) -> bool:
    return addend.weight is not None and (addend.score is not None or not addend.is_applicable)


def _total(addends: list[Addend]) -> tuple[Decimal, Decimal]:
    low = high = ZERO
    for each in addends:
        score = _own(each)
        if each.share == ONE:
            low += score.low
            high += score.high
        else:
            low += score.low * each.share
            high += score.high * each.share
    return low, high


def _own(addend: Addend) -> Interval:
    if addend.is_applicable:
        return addend.score or NOTHING
    full = addend.weight or ZERO
    return Interval(full, full)


def _factor(inside: list[Addend], applying: list[Addend], aggregate: Aggregate) -> tuple[tuple[Decimal, Decimal], str]:
    """What the sum is multiplied and divided by, and how that is said."""
    if aggregate is Aggregate.MEAN:
        count = sum(1 for a in inside if a.is_applicable or a.absence is not Absence.RESCALE)
        return (ONE, Decimal(max(count, 1))), f" ÷ {count}" if count > 1 else ""
    lost = [a for a in inside if not a.is_applicable and a.absence is Absence.RESCALE]
    if not lost:
        return (ONE, ONE), ""
    kept = sum(((a.weight or ZERO) * a.share for a in applying), ZERO)
    whole = kept + sum(((a.weight or ZERO) * a.share for a in lost), ZERO)
    if kept == 0:
        return (ONE, ONE), ""
    return (whole, kept), f" × {shown(whole)} ÷ {shown(kept)}"


def _formula(scores: tuple[Interval, ...], shares: tuple[Decimal, ...], note: str, score: Interval) -> Message:
    terms = [_term(*each) for each in zip(scores, shares, strict=True)]
    text = " + ".join(terms)
    if note and len(terms) > 1:
        text = f"({text})"
    return Message("{terms} = {score}", {"terms": text + note, "score": said(score)})


def _term(score: Interval, share: Decimal) -> str:
    text = said(score) if score.is_known else f"({said(score)})"
    return text if share == ONE else f"{text} × {shown(share)}"


__all__ = ["CROSSED", "HELD", "OPEN", "Addend", "Branch", "Sum", "addend_of", "aggregated", "branch", "said", "weight_wait"]
