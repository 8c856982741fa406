"""Verifiers confirm or return what was signed, one figure or many: only of their kind of fact, never of their own body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.acting import light_cycles
from taizhang.apps.assessments.models import Report
from taizhang.apps.assessments.reports.reporting import told
from taizhang.apps.assessments.states import REPORT_STATES, is_running
from taizhang.apps.assessments.wording import CYCLE_STATES
from taizhang.apps.assessments.year.owing import own_bodies, verifier_of
from taizhang.apps.ledger.operations import Actor, operation, record

_OF_UNIT = ("assessments.report", "assessments.sign")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report as the verifier saw it: its key and version. `reason` why it is returned."""

    report: int
    version: int
    reason: str = ""


@operation("assessments.verify_reports", permission="assessments.verify")
def verify_reports(*, by: Actor, at: datetime, for_body: str, verdicts: Sequence[Verdict]) -> tuple[Report, ...]:
    """Confirm signed figures, all or none.

    Raises `ReportIsMissingError`, `ReportChangedMeanwhileError` (another verifier was first, or it was corrected),
    `ReportIsNotSignedError`, `NotYourKindOfFactError`, `OwnReportError`, `CycleIsNotRunningError`.
    """
    rows = _seen(verdicts, by, for_body, ("signed",), "核验")
    before = _before(rows)
    for row in rows:
        row.state, row.verified_by, row.verified_at, row.version = "verified", by.ident, at, row.version + 1
    Report.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="verified", verified_by=by.ident, verified_at=at, version=F("version") + 1
    )
    _record(by, at, "assessments.verify_reports", for_body, before, rows)
    return tuple(rows)


@operation("assessments.return_reports", permission="assessments.verify")
def return_reports(*, by: Actor, at: datetime, for_body: str, verdicts: Sequence[Verdict]) -> tuple[Report, ...]:
    """Send figures back, each with a reason; a confirmed figure too, where it turns out to be wrong. The reporter answers anew.

    Raises what `verify_reports` raises, and `ReasonIsMissingError`.
    """
    if any(not verdict.reason.strip() for verdict in verdicts):
        raise errors.ReasonIsMissingError(act="退回")
    reasons = {verdict.report: verdict.reason.strip() for verdict in verdicts}
    rows = _seen(verdicts, by, for_body, ("signed", "verified"), "退回")
    before = _before(rows)
    for row in rows:
        row.state, row.returned_by, row.returned_at, row.version = "returned", by.ident, at, row.version + 1
        row.returned_reason = reasons[row.pk]
    Report.objects.bulk_update(rows, ["state", "returned_by", "returned_at", "returned_reason", "version"], batch_size=500)
    _record(by, at, "assessments.return_reports", for_body, before, rows)
    return tuple(rows)


def _seen(verdicts: Sequence[Verdict], by: Actor, for_body: str, states: tuple[str, ...], act: str) -> list[Report]:
    """The reports, locked in the order of their keys so that two verifiers never wait for each other in a ring."""
    versions = {verdict.report: verdict.version for verdict in verdicts}
    found = Report.objects.filter(pk__in=versions).select_related("metric", "subject").order_by("pk")
    rows = list(found.select_for_update(of=("self",)))
    missing = versions.keys() - {row.pk for row in rows}
    if missing or not rows:
        raise errors.ReportIsMissingError(report=min(missing, default=0))
    for cycle in light_cycles().filter(pk__in={row.subject.cycle_id for row in rows}):
        if not is_running(cycle):
            raise errors.CycleIsNotRunningError(cycle=cycle.slug, state=CYCLE_STATES[cycle.state], act=act)
    # Also by another role: who may report or sign for a unit does not verify its figures.
    bodies = {body for row in rows for body in own_bodies(row.subject, row.period_end)}
    theirs = {body for body in bodies if any(by.may(permission, body) for permission in _OF_UNIT)}
    for row in rows:
        _check(row, versions[row.pk], by, for_body, states, act, theirs)
    return rows


def _check(row: Report, version: int, by: Actor, for_body: str, states: tuple[str, ...], act: str, theirs: set[str]) -> None:
    label = row.metric.label
    verifier = verifier_of(row.metric, row.subject, row.period_end)
    own = own_bodies(row.subject, row.period_end)
    if own & theirs or for_body in own or by.ident in (row.reported_by, row.signed_by):
        raise errors.OwnReportError(subject=row.subject.name, metric=label, by=by.ident, other=verifier)
    if verifier != for_body:
        raise errors.NotYourKindOfFactError(metric=label, other=verifier, body=for_body)
    if row.version != version:
        other = row.returned_by if row.state == "returned" else row.verified_by or row.signed_by or row.reported_by
        raise errors.ReportChangedMeanwhileError(metric=label, other=other, current=row.version, version=version)
    if row.state not in states:
        raise errors.ReportIsNotSignedError(metric=label, state=REPORT_STATES[row.state], act=act)


def _before(rows: list[Report]) -> dict[str, object]:
    return {str(row.pk): {"state": row.state, "version": row.version, "verified_by": row.verified_by} for row in rows}


def _record(by: Actor, at: datetime, code: str, for_body: str, before: dict[str, object], rows: list[Report]) -> None:
    after = {str(row.pk): {**told(row), "metric": row.metric.key, "subject": row.subject.ident} for row in rows}
    for row in rows:
        if row.returned_reason and row.state == "returned":
            after[str(row.pk)]["returned_reason"] = row.returned_reason
    subject = f"report:{rows[0].pk}" if len(rows) == 1 else f"reports:{len(rows)}"
    record(by=by, at=at, operation=code, subject=subject, before=before, after=after, for_body=for_body)
