"""Reporting by Excel: a workbook handed out for a period, and what it brings back. It ends in the operation that the form calls.

What a workbook brings is shown first; it is taken whole or not at all, with what is wrong told by cell.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.acting import day_of, light_cycles
from taizhang.apps.assessments.models import Report, Subject, Workbook
from taizhang.apps.assessments.reports.answering import Answer, check, stages_to_report
from taizhang.apps.assessments.reports.observations import plain
from taizhang.apps.assessments.reports.queries import Line, reporting_list
from taizhang.apps.assessments.reports.reporting import Saved, save_reports, told
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.year.owing import Owed, acting_for, owed_by, task_for
from taizhang.apps.assessments.year.periods import report_clock
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.office.workbook import (
    CellProblem,
    FilledRow,
    FormReading,
    FormRow,
    UnitForm,
    read_workbook,
    write_workbook,
)
from taizhang.kernel.errors import TaizhangError
from taizhang.kernel.message import Message

_OPEN = ("open", "draft", "returned")
_DIGITS = 12  # of a key in a hidden cell
_COLUMN_OF = {"value": "I", "stage": "J", "not_yet": "K", "not_applicable": "M"}
_BOUNDS = {">=": "不低于", "<=": "不超过", "=": "等于"}


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A workbook that was handed out: its row, a name for the file, its bytes."""

    workbook: Workbook
    name: str
    data: bytes


@operation("assessments.make_workbook", permission="assessments.report")
def make_workbook(*, by: Actor, at: datetime, for_body: str, subject: int, period_end: date) -> HandedOut:
    """Hand out a workbook with everything of a period that may still be answered. Raises what `task_for` raises."""
    task = task_for(subject, period_end, for_body, day_of(at), "下载填报表")
    row = Workbook.objects.create(
        subject=task.subject, period_end=period_end, token=secrets.token_hex(16), made_by=by.ident, made_at=at
    )
    lines = [line for line in reporting_list(task.subject, period_end) if line.state in _OPEN]
    form = UnitForm(
        unit=task.subject.name,
        unit_id=task.subject.ident,
        title=f"{task.subject.name} {task.scheme.title} 填报表（截至 {period_end}）",
        period_end=period_end,
        due_on=report_clock(task.scheme, period_end).due,
        token=row.token,
        rows=tuple(_form_row(line, task.end) for line in lines),
        banner="模拟数据" if task.cycle.is_simulated or settings.IS_SIMULATED else "",
    )
    after = {"workbook": row.pk, "rows": len(lines)}
    record(by=by, at=at, operation="assessments.make_workbook", subject=task.key, after=after, for_body=for_body)
    return HandedOut(row, f"填报-{task.subject.name}-{period_end}.xlsx", write_workbook(form))


def _form_row(line: Line, end: date) -> FormRow:
    report, owed = line.report, line.owed
    target = next((each for each in owed.rule.targets if each.period.contains(end)), None)
    return FormRow(
        id=f"{owed.metric.pk}-{report.version if report else 0}",
        clause=target.citation.quote if target and target.citation else owed.metric.label,
        label=owed.metric.label,
        unit=owed.metric.unit,
        target=f"{_BOUNDS.get(target.bound, '')}{plain(target.value)}{target.unit or ''}"
        if target and target.value is not None
        else "",
        last=plain(line.before.value) if line.before else None,
        stages=stages_to_report(owed.rule),
        answer={"stage": "value"}.get(report.answer, report.answer) if report else "",
        value=plain(report.value) if report else None,
        stage=report.stage if report else "",
        reason=report.reason if report else "",
        expected_on=report.expected_on if report else None,
        exempting_clause=report.clause if report else "",
        remark=report.remark if report else "",
        evidence=_files(line),
    )


def _files(line: Line) -> str:
    return "；".join(f"{file.name} {file.place}" for file in line.evidence)


@dataclass(frozen=True, slots=True)
class Change:
    """A row that would change something: the metric, the line of the sheet, what stands (None: nothing) and what would stand."""

    owed: Owed
    line: int
    before: Mapping[str, object] | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would do. Nothing is taken while there are `problems`. `is_taken`: these very bytes were taken before."""

    workbook: Workbook
    subject: Subject
    period_end: date
    changes: tuple[Change, ...]
    problems: tuple[CellProblem, ...]
    same: int
    blank: int
    digest: str
    is_taken: bool


def preview_workbook(data: bytes, name: str, for_body: str, today: date) -> Preview:
    """Read a workbook and compare it with what stands; nothing is written.

    Raises what `read_workbook` refuses, `WorkbookIsUnknownError`, and `WorkbookIsStaleError` where somebody saved, signed or
    decided what the workbook would change after it was handed out.
    """
    digest = hashlib.sha256(data).hexdigest()
    reading = read_workbook(data)
    row = Workbook.objects.filter(token=reading.token).select_related("subject__taken_over_by").first()
    if row is None or row.subject.ident != reading.unit_id or row.period_end != reading.period_end:
        raise errors.WorkbookIsUnknownError(name=name, unit=reading.unit_id)
    if acting_for(row.subject, row.period_end).ident != for_body:
        raise errors.WorkbookIsUnknownError(name=name, unit=row.subject.name)
    if row.imported_digest == digest:
        return Preview(row, row.subject, row.period_end, (), (), len(reading.rows), 0, digest, is_taken=True)
    return _compared(row, reading, name, digest, today)


def _compared(row: Workbook, reading: FormReading, name: str, digest: str, today: date) -> Preview:
    scheme = scheme_of(light_cycles().get(pk=row.subject.cycle_id).scheme)
    owed = {each.metric.pk: each for each in owed_by(row.subject, scheme).values()}
    lines = {line.owed.metric.pk: line for line in reporting_list(row.subject, row.period_end)}
    changes, problems, same, blank = [], list(reading.problems), 0, 0
    for filled in reading.rows:
        metric, _, version = filled.id.partition("-")
        is_written = all(key.isascii() and key.isdigit() and len(key) <= _DIGITS for key in (metric, version))
        mine = owed.get(int(metric)) if is_written else None
        if mine is None:
            raise errors.WorkbookIsUnknownError(name=name, unit=reading.unit_id)
        if filled.is_blank:
            blank += 1
        if filled.is_blank or filled.problems:
            continue
        line = lines[mine.metric.pk]
        answer = _answer(filled, mine, int(version), _files(line))
        if line.report is not None and _is_same(answer, line.report):
            same += 1
            continue
        _refuse_stale(row, name, line.report, answer, mine)
        try:
            check(answer, mine.metric, mine.rule, today)
        except TaizhangError as refused:
            facts = {key: str(value) for key, value in refused.facts.items()}
            cell = f"{_COLUMN_OF.get(answer.answer, 'H')}{filled.line}"
            problems.append(CellProblem(cell, Message(refused.template, facts)))
            continue
        changes.append(Change(mine, filled.line, told(line.report) if line.report else None, answer))
    return Preview(row, row.subject, row.period_end, tuple(changes), tuple(problems), same, blank, digest, is_taken=False)


def _answer(filled: FilledRow, owed: Owed, version: int, known_files: str) -> Answer:
    kind = "stage" if filled.answer == "value" and stages_to_report(owed.rule) else filled.answer
    remark = filled.remark
    if filled.evidence and filled.evidence != known_files and filled.evidence not in remark:
        remark = f"{remark}（佐证：{filled.evidence}）"
    return Answer(
        metric=owed.metric.key, answer=kind, value=filled.value, stage=filled.stage, reason=filled.reason,
        expected_on=filled.expected_on, clause=filled.exempting_clause, remark=remark, version=version,
    )  # fmt: skip


def _is_same(answer: Answer, report: Report) -> bool:
    said = (report.answer, plain(report.value), report.stage, report.reason, report.expected_on, report.clause, report.remark)
    brought = (
        answer.answer, plain(answer.value), answer.stage, answer.reason, answer.expected_on, answer.clause, answer.remark.strip()
    )  # fmt: skip
    return said == brought


def _refuse_stale(row: Workbook, name: str, report: Report | None, answer: Answer, owed: Owed) -> None:
    current = report.version if report else 0
    if current != answer.version:
        other = (report.returned_by or report.verified_by or report.signed_by or report.reported_by) if report else ""
        raise errors.WorkbookIsStaleError(name=name, made=f"{row.made_at:%Y-%m-%d}", metric=owed.metric.label, other=other)


@operation("assessments.import_workbook", permission="assessments.report")
def import_workbook(*, by: Actor, at: datetime, for_body: str, data: bytes, name: str) -> Saved:
    """Take a workbook: every change it brings, through `save_reports`, or none. The same bytes again change nothing.

    Raises what `preview_workbook` and `save_reports` raise, and `WorkbookHasProblemsError` with the cells.
    """
    preview = preview_workbook(data, name, for_body, day_of(at))
    task_for(preview.subject.pk, preview.period_end, for_body, day_of(at), "导入填报表")
    row = Workbook.objects.select_for_update().get(pk=preview.workbook.pk)
    if preview.problems:
        cells = "；".join(f"{problem.cell} {problem.message}" for problem in preview.problems[:10])
        raise errors.WorkbookHasProblemsError(name=name, count=len(preview.problems), cells=cells)
    saved = Saved((), ())
    if preview.changes:
        answers = tuple(change.answer for change in preview.changes)
        facts = {"subject": preview.subject.pk, "period_end": preview.period_end, "answers": answers}
        saved = save_reports(by=by, at=at, for_body=for_body, **facts)
    row.imported_at, row.imported_digest = at, preview.digest
    row.save(update_fields=["imported_at", "imported_digest"])
    after = {"sha256": preview.digest, "name": name[:200], "changes": len(preview.changes), "again": preview.is_taken}
    record(by=by, at=at, operation="assessments.import_workbook", subject=f"workbook:{row.pk}", after=after, for_body=for_body)
    return saved
