"""Targets changed in mid-year: asked for by the unit before the scheme's last day, decided by the leading group. Both stay."""

from datetime import date, datetime
from decimal import Decimal

from taizhang.apps.assessments import cycle_errors, refusals
from taizhang.apps.assessments.acting import (
    REFERENCE,
    added,
    another,
    criterion_of,
    cycle_for,
    cycle_of_subject,
    day_of,
    locked,
    own_subject,
    said,
    scheme_for,
    within,
)
from taizhang.apps.assessments.models import Amendment, Subject
from taizhang.apps.assessments.reports.answering import impossible
from taizhang.apps.assessments.reports.targets_in_force import Amended
from taizhang.apps.assessments.states import RUNNING
from taizhang.apps.assessments.wording import AMENDMENT_STATES
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.scoring.model import Scheme, Target


@operation("assessments.request_amendment", permission="assessments.request_amendment")
def request_amendment(
    *,
    by: Actor,
    at: datetime,
    for_body: str,
    subject: int,
    criterion: str,
    new_value: Decimal,
    starts_on: date,
    reason: str,
    reference: str = "",
) -> Amendment:
    """Ask for another target from a day on. Nothing changes until it is approved.

    Raises `AmendmentIsLateError` after the scheme's last day (or where it names none), `NoTargetError`,
    `AlreadyRequestedError`, `NothingIsAmendedError`, `SubjectIsAnothersError`, `DayIsOutsideError`, `WordsAreMissingError`.
    """
    whom = own_subject(subject, for_body, "这个目标", at)
    year = cycle_of_subject(whom, states=RUNNING, act="申请调整目标")
    scheme, today = scheme_for(year), day_of(at)
    reason, reference = said(reason, "理由", "调整目标"), added(reference, "依据", "调整目标", most=REFERENCE)
    last = scheme.calendar.adjust_until
    if last is None or today > last:
        raise refusals.AmendmentIsLateError(last=last.isoformat() if last else "（方案没有规定）", day=today.isoformat())
    end = scheme.period.end or date(scheme.year, 12, 31)
    within(starts_on, scheme, end, "新目标的起算日要在考核年度内")
    label, target = target_in_force(scheme, whom, criterion, starts_on)
    waiting = Amendment.objects.filter(subject=whom, criterion=criterion, state="proposed").first()
    if waiting is not None:
        raise refusals.AlreadyRequestedError(criterion=label, amendment=waiting.pk)
    why = impossible(new_value, target.unit or "", label)
    if why:
        raise cycle_errors.ValueIsImpossibleError(metric=label, value=new_value, unit=target.unit or "", why=why)
    if new_value == target.value:
        raise refusals.NothingIsAmendedError(criterion=label, value=new_value)
    row: Amendment = Amendment.objects.create(
        subject=whom, criterion=criterion, old_value=target.value, new_value=new_value, unit=target.unit or "",
        starts_on=starts_on, reason=reason, reference=reference, proposed_by=by.ident, proposed_at=at,
    )  # fmt: skip
    after = {
        "criterion": criterion, "new": str(new_value), "starts_on": starts_on.isoformat(), "reason": reason,
        "reference": row.reference,
    }  # fmt: skip
    before = {"old": None if target.value is None else str(target.value)}
    code = "assessments.request_amendment"
    record(by=by, at=at, operation=code, subject=f"amendment:{row.pk}", before=before, after=after, for_body=for_body)
    return row


@operation("assessments.decide_amendment", permission="assessments.decide_amendment")
def decide_amendment(
    *,
    by: Actor,
    at: datetime,
    amendment: int,
    is_approved: bool,
    reason: str,
    reference: str = "",
    for_body: str | None = None,
) -> Amendment:
    """Approve or refuse, with the reason; `reference` is the paper. From then on each part of the year has its own target.

    Raises `DecidedByAnotherError`, `NotTheSamePersonError`, `WordsAreMissingError`, `StepIsOutOfOrderError`.
    """
    found = Amendment.objects.filter(pk=amendment).values_list("subject__cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这个调整申请", key=amendment)
    cycle_for(found, for_body, states=RUNNING, act="批准调整")
    row: Amendment = locked(Amendment.objects.select_related("subject"), amendment, "这个调整申请")
    reason = said(reason, "理由", "批准或不批准调整")
    reference = added(reference, "依据", "批准调整", most=REFERENCE)
    if row.state != "proposed":
        state = AMENDMENT_STATES[row.state]
        raise refusals.DecidedByAnotherError(what=f"第 {row.pk} 号调整申请", other=row.decided_by, state=state)
    another(by, {row.proposed_by: "提出了这个申请"}, "批准")
    row.state, row.decided_by, row.decided_at = "approved" if is_approved else "refused", by.ident, at
    row.reference = reference or row.reference
    row.save(update_fields=["state", "decided_by", "decided_at", "reference"])
    after = {"state": row.state, "reason": reason, "reference": row.reference}
    code, before = "assessments.decide_amendment", {"state": "proposed"}
    record(
        by=by, at=at, operation=code, subject=f"amendment:{row.pk}", before=before, after=after, for_body=row.subject.ident
    )  # fmt: skip
    return row


def target_in_force(scheme: Scheme, subject: Subject, criterion: str, day: date) -> tuple[str, Target]:
    """Label and target of a criterion on a day, with the amendments approved so far. One query. Raises `NoTargetError`."""
    node = criterion_of(scheme, subject, criterion)
    if node.rule is None or not node.rule.targets:
        raise refusals.NoTargetError(criterion=node.label)
    found = Amended([subject.pk]).on((subject.pk, criterion), node.rule, day)
    assert found is not None, "the rule has targets"
    return node.label, found.target
