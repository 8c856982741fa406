"""Published results contested: filed by the unit in time, decided by another person with reasons, and then final."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import (
    added,
    another,
    criterion_of,
    cycle_for,
    cycle_of_subject,
    day_of,
    light_cycles,
    locked,
    own_subject,
    said,
    scheme_for,
)
from taizhang.apps.assessments.models import Appeal, Cell, Cycle, Run, RunInputs, Step, Subject
from taizhang.apps.assessments.results.steps import hands_in
from taizhang.apps.assessments.scores.inputs import AT_CELL, Awarded, awarded, inputs_from_json
from taizhang.apps.assessments.scores.runs import Kept, outcome_of, recheck, store
from taizhang.apps.assessments.scores.runs import about as about_run
from taizhang.apps.assessments.wording import APPEAL_STATES
from taizhang.apps.assessments.year.clocks import appeal_clock, term
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.scoring.model import Result

_WHOLE, _HUNDREDTH = 4, Decimal("0.01")
_OUTCOMES = ("upheld", "partly_upheld", "rejected")


def about(appeal: int) -> str:
    """How evidence and the ledger name an appeal."""
    return f"appeal:{appeal}"


@operation("assessments.file_appeal", permission="assessments.contest")
def file_appeal(*, by: Actor, at: datetime, for_body: str, subject: int, criterion: str, claim: str) -> Appeal:
    """Contest the published score of a criterion. Counted in working days from the day after publication.

    Raises `NoAppealError`, `AppealIsLateError`, `AlreadyContestedError`, `SubjectIsAnothersError`, `StepIsOutOfOrderError`.
    """
    whom = own_subject(subject, for_body, "这个得分", at)
    year = cycle_of_subject(whom, states=("published",), act="申诉")
    scheme, today = scheme_for(year), day_of(at)
    clock = appeal_clock(year)
    if clock is None:
        raise refusals.NoAppealError(scheme=scheme.title)
    if today > clock.due:
        raise refusals.AppealIsLateError(
            last=clock.due.isoformat(), published=clock.start.isoformat(), days=clock.working_days, day=today.isoformat()
        )
    label = criterion_of(scheme, whom, criterion).label
    waiting = Appeal.objects.filter(subject=whom, criterion=criterion, state="filed").first()
    if waiting is not None:
        raise refusals.AlreadyContestedError(subject=whom.name, criterion=label, appeal=waiting.pk)
    decide_by = term(today, scheme.calendar.decide_working_days or scheme.calendar.appeal_working_days or 0).due
    try:
        with transaction.atomic():
            row: Appeal = Appeal.objects.create(
                cycle=year, subject=whom, criterion=criterion, claim=said(claim, "申诉的理由", "申诉"), filed_by=by.ident,
                filed_at=at, file_by=clock.due, decide_by=decide_by,
            )  # fmt: skip
    except IntegrityError as error:
        raise refusals.AlreadyContestedError(subject=whom.name, criterion=label, appeal="另一个") from error
    after = {"criterion": criterion, "claim": row.claim, "decide_by": decide_by.isoformat()}
    record(by=by, at=at, operation="assessments.file_appeal", subject=about(row.pk), after=after, for_body=for_body)
    return row


@operation("assessments.decide_appeal", permission="assessments.decide_appeal")
def decide_appeal(
    *,
    by: Actor,
    at: datetime,
    appeal: int,
    outcome: str,
    reason: str,
    points: Decimal | None = None,
    for_body: str | None = None,
) -> Appeal:
    """Decide with reasons: upheld or partly_upheld with the points the criterion gets (or loses), rejected without.

    Raises `DecidedByAnotherError`, `NotTheSamePersonError` (who filed it or had a hand in the result),
    `PointsAreOutOfRangeError`, `WordsAreMissingError`.
    """
    found = Appeal.objects.filter(pk=appeal).values_list("cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这个申诉", key=appeal)
    year = cycle_for(found, for_body, states=("published",), act="决定申诉")
    row: Appeal = locked(Appeal.objects.select_related("subject"), appeal, "这个申诉")
    reason = said(reason, "理由", "决定申诉")
    if row.state != "filed":
        state = APPEAL_STATES[row.state]
        raise refusals.DecidedByAnotherError(what=f"第 {row.pk} 号申诉", other=row.decided_by, state=state)
    run = published_run(year)
    another(by, {row.filed_by: "提出了这个申诉", **hands_in(run)}, "决定")
    _check_points(run, row, outcome, points)
    row.state, row.points, row.reason, row.decided_by, row.decided_at = outcome, points, reason, by.ident, at
    row.save(update_fields=["state", "points", "reason", "decided_by", "decided_at"])
    after = {"state": outcome, "points": None if points is None else str(points), "reason": reason}
    record(
        by=by, at=at, operation="assessments.decide_appeal", subject=about(row.pk), before={"state": "filed"}, after=after,
        for_body=row.subject.ident,
    )  # fmt: skip
    return row


def _check_points(run: Run, appeal: Appeal, outcome: str, points: Decimal | None) -> None:
    cell = Cell.objects.filter(score__run=run, score__subject=appeal.subject, criterion=appeal.criterion)
    label, weight, low, high = cell.values_list("label", "weight", "low", "high").get()
    mine = Appeal.objects.filter(subject=appeal.subject, criterion=appeal.criterion, points__isnull=False)
    given = sum(mine.exclude(pk=appeal.pk).values_list("points", flat=True), Decimal(0))
    why = ""
    if outcome not in _OUTCOMES:
        why = f"决定只能是{'、'.join(APPEAL_STATES[code] for code in _OUTCOMES)}"
    elif outcome == "rejected":
        why = "不予采纳的不加减分" if points is not None else ""
    elif points is not None and not _is_written(points):
        why = "分数最多写四位整数、两位小数"
    elif not points:
        why = "采纳的要写加几分，重算后不变的写不予采纳并说明"
    elif low is None or weight is None:
        why = "本项没有分值"
    elif not cell.get().certificate["is_applicable"]:
        why = "本项对这个单位不适用，分数由其他各项折算"
    elif not 0 <= low + given + points <= high + given + points <= weight:
        why = "加减后要在 0 分和满分之间"
    if why:
        score = "未定" if low is None else low if low == high else f"{low}—{high}"
        raise refusals.PointsAreOutOfRangeError(criterion=label, score=score, weight=weight, points=points, why=why)


def _is_written(points: Decimal) -> bool:
    return points.is_finite() and points.adjusted() < _WHOLE and points.quantize(_HUNDREDTH) == points


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a subject stands: total from `low` to `high`, grades still possible, place."""

    low: Decimal
    high: Decimal
    grades: tuple[str, ...]
    rank: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Moved:
    """What a decision would change for one subject."""

    subject: str
    name: str
    before: Standing
    after: Standing


def preview(appeal: Appeal, points: Decimal) -> list[Moved]:
    """Everybody whose total, grade or place the points would move, the contesting unit first. Writes nothing. Five queries."""
    year = light_cycles().get(pk=appeal.cycle_id)
    scheme, run = scheme_for(year), published_run(year)
    stored = RunInputs.objects.values_list("content", flat=True).get(pk=run.pk)
    subject = Subject.objects.get(pk=appeal.subject_id)
    others = tuple(one for one in awarded(year) if one.id != about(appeal.pk))
    inputs = replace(inputs_from_json(stored), appeals=others)
    mine = Awarded(about(appeal.pk), subject.ident, appeal.criterion, points, run.as_at, AT_CELL)
    before = outcome_of(scheme, inputs, run.as_at)[1]
    after = outcome_of(scheme, replace(inputs, appeals=(*others, mine)), run.as_at)[1]
    names = {each.body: each.name for each in scheme.subjects}
    old = {result.subject: _standing(result) for result in before.results}
    moved = [
        Moved(result.subject, names[result.subject], old[result.subject], _standing(result))
        for result in after.results
        if old[result.subject] != _standing(result)
    ]
    return sorted(moved, key=lambda one: one.subject != subject.ident)


def _standing(result: Result) -> Standing:
    return Standing(result.total.low, result.total.high, result.grades, result.rank)


def published_run(cycle: Cycle) -> Run:
    """The run that was published. One query."""
    run: Run = Run.objects.filter(cycle=cycle, state__in=("approved", "final")).order_by("pk").first()
    return run


@operation("assessments.make_final", permission="assessments.approve_results")
def make_final(*, by: Actor, at: datetime, cycle: int, note: str = "", for_body: str | None = None) -> Run:
    """Close the year. Points from appeals give a final run over the same inputs; without any the published run is final.

    Raises `AppealsAreOpenError` while appeals wait or may still be filed, `NotTheSamePersonError`, `StepIsOutOfOrderError`.
    """
    year = cycle_for(cycle, for_body, states=("published",), act="定案")
    clock, today = appeal_clock(year), day_of(at)
    waiting = Appeal.objects.filter(cycle=year, state="filed").count()
    if waiting:
        raise refusals.AppealsAreOpenError(cycle=year.slug, why=f"还有 {waiting} 个申诉没有决定")
    if clock is not None and today <= clock.due:
        raise refusals.AppealsAreOpenError(cycle=year.slug, why=f"申诉期到 {clock.due.isoformat()} 才满")
    run = published_run(year)
    another(by, {run.by: "计了这次分", run.proposed_by: "提出了结果", run.reviewed_by: "复核了结果"}, "定案")
    final = _final_run(year, run, by, at)
    year.state, year.closed_at = "final", at
    year.save(update_fields=["state", "closed_at"])
    Step.objects.create(
        cycle=year, code="final", by=by.ident, at=at, reference=about_run(final.pk), note=added(note, "说明", "定案")
    )
    before = {"state": "published", "run": run.pk, "digest": run.digest}
    after = {"state": "final", "run": final.pk, "digest": final.digest}
    record(
        by=by, at=at, operation="assessments.step.final", subject=f"cycle:{year.slug}", before=before, after=after,
        for_body=for_body,
    )  # fmt: skip
    return final


def _final_run(year: Cycle, run: Run, by: Actor, at: datetime) -> Run:
    again = recheck(run.pk)
    if not again.is_same:
        raise refusals.RunDoesNotRecomputeError(run=run.pk, old=run.digest[:12], new=again.recomputed[:12])
    points = awarded(year)
    if not points:
        run.state = "final"
        run.save(update_fields=["state"])
        return run
    stored = RunInputs.objects.values_list("content", flat=True).get(pk=run.pk)
    inputs = replace(inputs_from_json(stored), appeals=points)
    final = store(cycle=year, scheme=scheme_for(year), kept=Kept.of(inputs), as_at=run.as_at, by=run.by, at=at, state="final")
    final.proposed_by, final.reviewed_by, final.approved_by = run.proposed_by, run.reviewed_by, by.ident
    final.save(update_fields=["proposed_by", "reviewed_by", "approved_by"])
    return final


@dataclass(frozen=True, slots=True)
class Contested:
    """An appeal as a list shows it."""

    pk: int
    subject: str
    ident: str
    criterion: str
    state: str
    filed_on: date
    decide_by: date
    points: Decimal | None
    reason: str

    @property
    def state_name(self) -> str:
        """The state in words."""
        return APPEAL_STATES[self.state]


def appeals_of(cycle: Cycle) -> list[Contested]:
    """All appeals of a cycle in order of filing. One query."""
    columns = ("pk", "subject__name", "subject__ident", "criterion", "state", "filed_at", "decide_by", "points", "reason")
    rows = Appeal.objects.filter(cycle=cycle).order_by("pk").values_list(*columns)
    return [
        Contested(pk, name, ident, criterion, state, day_of(filed), decide_by, points, reason)
        for pk, name, ident, criterion, state, filed, decide_by, points, reason in rows
    ]
