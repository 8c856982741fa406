"""The signer sends a period's reports to the verifiers. Every item has an answer first, and who reported does not sign."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import F

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.acting import day_of
from taizhang.apps.assessments.models import Report
from taizhang.apps.assessments.reports.reporting import standing_reports, told
from taizhang.apps.assessments.year.owing import owed_by, task_for
from taizhang.apps.ledger.operations import Actor, operation, record


@operation("assessments.sign_period", permission="assessments.sign")
def sign_period(
    *, by: Actor, at: datetime, for_body: str, subject: int, period_end: date, versions: Mapping[str, int] | None = None
) -> tuple[Report, ...]:
    """Sign every draft of a period. `versions` (metric → version) is what the signer had before the eyes.

    Raises what `task_for` raises, `NotAllAnsweredError`, `NothingToSignError`, `ReporterMayNotSignError`,
    `ReportChangedMeanwhileError`.
    """
    task = task_for(subject, period_end, for_body, day_of(at), "签发")
    owed = owed_by(task.subject, task.scheme)
    standing = standing_reports(task)
    drafts = [row for key, row in standing.items() if row.state == "draft"]
    open_items = [mine.metric.label for key, mine in owed.items() if key not in standing or standing[key].state == "returned"]
    end = task.end.isoformat()
    if open_items:
        first = "、".join(open_items[:3])
        raise errors.NotAllAnsweredError(subject=task.subject.name, end=end, count=len(open_items), first=first)
    if not drafts:
        raise errors.NothingToSignError(subject=task.subject.name, end=end)
    own = [row for row in drafts if row.reported_by == by.ident]
    if own:
        raise errors.ReporterMayNotSignError(metric=own[0].metric.label, count=len(own), by=by.ident)
    for row in drafts:
        seen = row.version if versions is None else versions.get(row.metric.key, 0)
        if seen != row.version:
            raise errors.ReportChangedMeanwhileError(
                metric=row.metric.label, other=row.reported_by, current=row.version, version=seen
            )
        row.state, row.signed_by, row.signed_at, row.version = "signed", by.ident, at, row.version + 1
    Report.objects.filter(pk__in=[row.pk for row in drafts]).update(
        state="signed", signed_by=by.ident, signed_at=at, version=F("version") + 1
    )
    record(
        by=by, at=at, operation="assessments.sign_period", subject=task.key, for_body=for_body,
        before={row.metric.key: "draft" for row in drafts}, after={row.metric.key: told(row) for row in drafts},
    )  # fmt: skip
    return tuple(drafts)
