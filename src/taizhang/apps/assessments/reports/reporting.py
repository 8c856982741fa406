"""Acknowledging a sheet, and saving what a unit says of a period. Nothing is sent here: the signer does that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.acting import day_of, light_cycles
from taizhang.apps.assessments.models import Evidence, Metric, Report, Subject
from taizhang.apps.assessments.reports.answering import Answer, Warned, check, unlikely
from taizhang.apps.assessments.reports.observations import plain
from taizhang.apps.assessments.states import REPORT_STATES, is_running
from taizhang.apps.assessments.wording import CYCLE_STATES
from taizhang.apps.assessments.year.owing import Owed, Task, acting_for, owed_by, task_for
from taizhang.apps.ledger.operations import Actor, operation, record


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, in the order given, and what is unlikely about it."""

    reports: tuple[Report, ...]
    warnings: tuple[Warned, ...]


@operation("assessments.acknowledge", permission="assessments.sign")
def acknowledge(*, by: Actor, at: datetime, for_body: str, subject: int) -> Subject:
    """The signer signs for the sheet of his body (签收). Raises `AlreadyAcknowledgedError`, `SubjectIsMissingError`."""
    found = Subject.objects.select_for_update().filter(pk=subject).first()
    if found is None or acting_for(found, day_of(at)).ident != for_body:
        raise errors.SubjectIsMissingError(body=for_body, cycle=f"#{subject}" if found is None else found.name)
    cycle = light_cycles().get(pk=found.cycle_id)
    if not is_running(cycle):
        raise errors.CycleIsNotRunningError(cycle=cycle.slug, state=CYCLE_STATES[cycle.state], act="签收")
    if found.acknowledged_by:
        raise errors.AlreadyAcknowledgedError(subject=found.name, other=found.acknowledged_by)
    found.acknowledged_by, found.acknowledged_at = by.ident, at
    found.save(update_fields=["acknowledged_by", "acknowledged_at"])
    after = {"subject": found.ident, "owings": found.owings.count()}
    name = f"subject:{cycle.slug}/{found.ident}"
    record(by=by, at=at, operation="assessments.acknowledge", subject=name, after=after, for_body=for_body)
    return found


@operation("assessments.save_reports", permission="assessments.report")
def save_reports(*, by: Actor, at: datetime, for_body: str, subject: int, period_end: date, answers: Sequence[Answer]) -> Saved:
    """Save answers of a period as drafts: one, or a whole sheet, all or nothing. A returned report gets a new version beside it.

    Raises what `task_for` and `answering.check` raise, `MetricIsNotOwedError`, `ReportChangedMeanwhileError`,
    `ReportIsSentError`, `NothingIsAnsweredError`.
    """
    task = task_for(subject, period_end, for_body, day_of(at), "填报")
    owed = owed_by(task.subject, task.scheme)
    if not answers:
        raise errors.NothingIsAnsweredError(subject=task.subject.name)
    standing = standing_reports(task)
    before = {row.metric.key: told(row) for row in standing.values()}
    rows, fresh = [], []
    for answer in _once(answers):
        if answer.metric not in owed:
            raise errors.MetricIsNotOwedError(subject=task.subject.name, metric=answer.metric)
        mine = owed[answer.metric]
        check(answer, mine.metric, mine.rule, day_of(at))
        old = standing.get(answer.metric)
        _current(answer, old, mine.metric)
        row = _row(task, mine.metric, answer, old, by, at)
        if row.pk is None:
            fresh.append((row, old))
        else:
            row.save()
        rows.append(row)
    _insert(fresh)
    warnings = _warnings(task, answers, owed)
    keys = [answer.metric for answer in answers]
    record(
        by=by, at=at, operation="assessments.save_reports", subject=task.key, for_body=for_body,
        before={key: before[key] for key in keys if key in before},
        after={row.metric.key: told(row) for row in rows},
    )  # fmt: skip
    return Saved(tuple(rows), tuple(warnings))


def _once(answers: Sequence[Answer]) -> Iterable[Answer]:
    """The answers; a metric answered twice keeps the last."""
    return {answer.metric: answer for answer in answers}.values()


def standing_reports(task: Task) -> dict[str, Report]:
    """The reports of a period that stand, by metric key. One query."""
    rows = Report.objects.filter(subject=task.subject, period_end=task.end).exclude(state="superseded")
    return {row.metric.key: row for row in rows.select_related("metric").select_for_update(of=("self",))}


def _current(answer: Answer, old: Report | None, metric: Metric) -> None:
    version = old.version if old else 0
    if version != answer.version:
        other = (old.verified_by or old.signed_by or old.reported_by) if old else ""
        raise errors.ReportChangedMeanwhileError(metric=metric.label, other=other, current=version, version=answer.version)
    if old is not None and old.state not in ("draft", "returned"):
        raise errors.ReportIsSentError(metric=metric.label, end=old.period_end.isoformat(), state=REPORT_STATES[old.state])


def _row(task: Task, metric: Metric, answer: Answer, old: Report | None, by: Actor, at: datetime) -> Report:
    is_new = old is None or old.state == "returned"
    row = Report(subject=task.subject, metric=metric, supersedes=old) if is_new else old
    row.period_start, row.period_end = task.period.start, task.end
    row.state, row.version = "draft", answer.version + 1
    row.answer, row.remark = answer.answer, answer.remark.strip()
    row.value = answer.value if answer.answer == "value" else None
    row.stage = answer.stage if answer.answer == "stage" else ""
    row.reason = answer.reason.strip() if answer.answer == "not_yet" else ""
    row.expected_on = answer.expected_on if answer.answer == "not_yet" else None
    row.clause = answer.clause.strip() if answer.answer == "not_applicable" else ""
    row.reported_by, row.reported_at = by.ident, at
    return row


def _insert(fresh: list[tuple[Report, Report | None]]) -> None:
    """New rows; what they correct is superseded first, and its evidence goes on with the new one."""
    replaced = [old for _, old in fresh if old is not None]
    Report.objects.filter(pk__in=[old.pk for old in replaced]).update(state="superseded")
    Report.objects.bulk_create([row for row, _ in fresh])
    successors = {f"report:{old.pk}": row.pk for row, old in fresh if old is not None}
    files = list(Evidence.objects.filter(about__in=successors)) if successors else []
    for file in files:
        file.pk, file.about = None, f"report:{successors[file.about]}"
    Evidence.objects.bulk_create(files)


def _warnings(task: Task, answers: Sequence[Answer], owed: dict[str, Owed]) -> list[Warned]:
    earlier: dict[str, list[Decimal]] = {}
    rows = Report.objects.filter(subject=task.subject, period_end__lt=task.end, value__isnull=False).exclude(state="superseded")
    for key, value in rows.order_by("period_end").values_list("metric__key", "value"):
        earlier.setdefault(key, []).append(value)
    found = (unlikely(a, owed[a.metric].metric, owed[a.metric].rule, earlier.get(a.metric, ())) for a in answers)
    return [warning for each in found for warning in each]


def told(row: Report) -> dict[str, Any]:
    """A report as the ledger keeps it."""
    value = plain(row.value)
    facts = {
        "answer": row.answer, "value": None if value is None else str(value), "stage": row.stage, "reason": row.reason,
        "expected_on": row.expected_on.isoformat() if row.expected_on else "", "clause": row.clause, "remark": row.remark,
        "state": row.state, "version": row.version,
    }  # fmt: skip
    return {name: fact for name, fact in facts.items() if fact not in ("", None)}
