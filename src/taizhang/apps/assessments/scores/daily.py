"""Daily records (日常考核): recorded by one person, confirmed by another, withdrawn with a reason. Points are the scheme's."""

from datetime import date, datetime
from decimal import Decimal

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import (
    BEFORE_APPROVAL,
    another,
    criterion_of,
    cycle_for,
    day_of,
    locked,
    said,
    scheme_for,
    subject_of,
    within,
)
from taizhang.apps.assessments.models import Cycle, DailyRecord, Evidence, Subject
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.wording import RECORD_STATES, SOURCES
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.scoring.model import Adjustment, Case, Scheme


def about(record_pk: int) -> str:
    """How evidence and the ledger name a daily record."""
    return f"record:{record_pk}"


@operation("assessments.record_daily", permission="assessments.record_daily")
def record_daily(
    *,
    by: Actor,
    at: datetime,
    cycle: int,
    subject: int,
    source: str,
    kind: str,
    happened_on: date,
    note: str,
    criterion: str = "",
    points: Decimal | None = None,
    for_body: str | None = None,
) -> DailyRecord:
    """Record a bonus, deduction, sanction or counted case. `kind` is an adjustment, sanction or metric of the subject's scheme.

    It counts once another person confirms it. `points` may only repeat what the scheme sets. Raises `KindIsNotInTheSchemeError`,
    `PointsAreSetByTheSchemeError`, `DayIsOutsideError`, `WordsAreMissingError`, `StepIsOutOfOrderError`.
    """
    year = cycle_for(cycle, for_body, states=BEFORE_APPROVAL, act="日常记录")
    whom, scheme = subject_of(year, subject), scheme_for(year)
    note = said(note, "情况", "日常记录")
    if source not in SOURCES:
        raise refusals.KindIsNotInTheSchemeError(kind=source, known="、".join(SOURCES))
    if criterion:
        criterion_of(scheme, whom, criterion)
    _check_kind(scheme, whom, kind, points)
    within(happened_on, scheme, day_of(at), "日常记录要在考核年度内、不晚于今天")
    row: DailyRecord = DailyRecord.objects.create(
        cycle=year, subject=whom, source=source, kind=kind, criterion=criterion, happened_on=happened_on, points=points,
        note=note, recorded_by=by.ident, recorded_at=at,
    )  # fmt: skip
    after = {"subject": whom.ident, "source": source, "kind": kind, "criterion": criterion, "on": happened_on.isoformat()}
    record(by=by, at=at, operation="assessments.record_daily", subject=about(row.pk), after=after, for_body=whom.ident)
    return row


@operation("assessments.confirm_daily", permission="assessments.record_daily")
def confirm_daily(*, by: Actor, at: datetime, record_id: int, for_body: str | None = None) -> DailyRecord:
    """Confirm a record: from now on it counts.

    Raises `NotTheSamePersonError`, `EvidenceIsMissingError`, `DecidedByAnotherError`.
    """
    row = _open_record(record_id, for_body, "确认")
    if row.state != "recorded":
        other = row.confirmed_by or row.recorded_by
        raise refusals.DecidedByAnotherError(what=f"第 {row.pk} 号日常记录", other=other, state=RECORD_STATES[row.state])
    another(by, {row.recorded_by: "记录了这一条"}, "确认")
    if not Evidence.objects.filter(cycle_id=row.cycle_id, about=about(row.pk)).exists():
        raise refusals.EvidenceIsMissingError(what=f"第 {row.pk} 号日常记录", act="确认")
    row.state, row.confirmed_by, row.confirmed_at = "confirmed", by.ident, at
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _note(by, at, "assessments.confirm_daily", row, {"state": "recorded"}, {"state": "confirmed"})
    return row


@operation("assessments.withdraw_daily", permission="assessments.record_daily")
def withdraw_daily(*, by: Actor, at: datetime, record_id: int, reason: str, for_body: str | None = None) -> DailyRecord:
    """Take a record back; it stays on file and counts no more. Raises `WordsAreMissingError`, `NotInThisStateError`."""
    row = _open_record(record_id, for_body, "撤回")
    reason = said(reason, "理由", "撤回日常记录")
    if row.state == "withdrawn":
        raise refusals.NotInThisStateError(
            what=f"第 {row.pk} 号日常记录", state=RECORD_STATES[row.state], act="撤回", wanted="已记录”或“已确认"
        )
    before = {"state": row.state}
    row.state, row.reason = "withdrawn", reason
    row.save(update_fields=["state", "reason"])
    _note(by, at, "assessments.withdraw_daily", row, before, {"state": "withdrawn", "reason": reason})
    return row


def cases_of(cycle: Cycle, as_at: date) -> tuple[Case, ...]:
    """Confirmed records of what happened by the day, as the engine reads them. Two queries."""
    rows = DailyRecord.objects.filter(cycle=cycle, state="confirmed", happened_on__lte=as_at).order_by("happened_on", "pk")
    files: dict[str, tuple[str, ...]] = {}
    for name, digest in Evidence.objects.filter(cycle=cycle, about__startswith="record:").values_list("about", "sha256"):
        files[name] = (*files.get(name, ()), digest)
    columns = ("pk", "kind", "subject__ident", "happened_on", "points", "criterion", "note")
    return tuple(
        Case(
            id=about(pk), kind=kind, subject=ident, on=on, points=points, criterion=criterion or None, note=note,
            evidence=files.get(about(pk), ()),
        )
        for pk, kind, ident, on, points, criterion, note in rows.values_list(*columns)
    )  # fmt: skip


def kinds_of(scheme: Scheme, subject: Subject) -> dict[str, str]:
    """What may be recorded of a subject: id → name, adjustments first, then sanctions, then metrics that count cases."""
    out = {kind.id: kind.label for kind in scheme.adjustments if not kind.trees or subject.tree in kind.trees}
    out |= {kind.id: kind.label for kind in scheme.sanctions}
    for node in walk(scheme.trees[subject.tree]) if subject.tree else ():
        if node.rule is not None and node.rule.strategy == "deduct":
            out[node.rule.metric] = node.label
    return out


def _check_kind(scheme: Scheme, subject: Subject, kind: str, points: Decimal | None) -> None:
    known = kinds_of(scheme, subject)
    if kind not in known:
        raise refusals.KindIsNotInTheSchemeError(kind=kind, known="、".join(known))
    if points is None:
        return
    if not points.is_finite():
        raise refusals.PointsAreSetByTheSchemeError(kind=known[kind], points=points, rule="它不是数字")
    adjustment = next((one for one in scheme.adjustments if one.id == kind), None)
    if adjustment is None or adjustment.each is None or points != adjustment.sign * adjustment.each:
        raise refusals.PointsAreSetByTheSchemeError(kind=known[kind], points=points, rule=_rule(adjustment))


def _rule(adjustment: Adjustment | None) -> str:
    if adjustment is None:
        return "这一类不直接加减分"
    if adjustment.each is None:
        return "方案没有写明分值，写明之前总分待定"
    return f"每次{'加' if adjustment.sign > 0 else '减'} {adjustment.each} 分"


def _open_record(pk: int, for_body: str | None, act: str) -> DailyRecord:
    found = DailyRecord.objects.filter(pk=pk).values_list("cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这条日常记录", key=pk)
    cycle_for(found, for_body, states=BEFORE_APPROVAL, act=f"{act}日常记录")
    row: DailyRecord = locked(DailyRecord.objects.select_related("subject"), pk, "这条日常记录")
    return row


def _note(by: Actor, at: datetime, code: str, row: DailyRecord, before: object, after: object) -> None:
    record(by=by, at=at, operation=code, subject=about(row.pk), before=before, after=after, for_body=row.subject.ident)
