"""What the decision of an appeal does to a criterion: its points move the score of that very cell, and go on from there.

A decision comes as a case of kind `AWARD` with signed points, the criterion, and a note that says who decided what and why. It is
applied last, to a score that is weighted, rounded, and perhaps taken by a sanction: whoever decided knew all of that.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from taizhang.engines.scoring.arithmetic import ZERO, shown, whole
from taizhang.engines.scoring.model import Case, Cell, Interval
from taizhang.kernel.message import Message

AWARD = "appeal.decided"


def awards_of(cases: Iterable[Case]) -> Mapping[str, tuple[Case, ...]]:
    """Decisions by the criterion they are about, in order of day and id."""
    out: dict[str, tuple[Case, ...]] = {}
    for case in cases:
        if case.kind == AWARD and case.criterion:
            out[case.criterion] = (*out.get(case.criterion, ()), case)
    return out


def moved(score: Interval, weight: Decimal | None, points: Decimal) -> Interval:
    """A score with the points of a decision, held between 0 and the full mark. Not rounded: points are decided in hundredths."""

    def held(bound: Decimal) -> Decimal:
        sum_ = max(bound + points, ZERO)
        return whole(sum_ if weight is None else min(sum_, weight))

    return Interval(held(score.low), held(score.high))


def with_awards(score: Interval, weight: Decimal | None, awards: Iterable[Case]) -> Interval:
    """A score after each decision in turn."""
    for award in awards:
        score = moved(score, weight, award.points or ZERO)
    return score


def awarded(cell: Cell, awards: tuple[Case, ...]) -> Cell:
    """A cell after its decisions, which stand among its cases. One without a score keeps none."""
    if cell.score is None:
        return cell
    facts = {"sum": str(cell.formula), "steps": "；".join(str(text) for text, _ in award_steps(cell.score, cell.weight, awards))}
    return Cell(
        criterion=cell.criterion,
        weight=cell.weight,
        score=with_awards(cell.score, cell.weight, awards),
        is_applicable=cell.is_applicable,
        formula=Message("{sum}；{steps}", facts),
        inputs=cell.inputs,
        cases=(*cell.cases, *awards),
        waits=cell.waits,
        status=cell.status,
        marginal=cell.marginal,
        children=cell.children,
    )


def award_steps(score: Interval, weight: Decimal | None, awards: Iterable[Case]) -> list[tuple[Message, Interval]]:
    """The working of decisions, each with the score after it."""
    out = []
    for award in awards:
        points = award.points or ZERO
        after = moved(score, weight, points)
        facts = {"before": _said(score), "points": f"{'−' if points < 0 else '+'} {shown(abs(points))}", "after": _said(after)}
        out.append((Message("申诉决定：{before} {points} = {after}", facts), after))
        score = after
    return out


def _said(score: Interval) -> str:
    return shown(score.low) if score.is_known else f"{shown(score.low)}–{shown(score.high)}"
