"""Problems to be put right: opened by the office, planned and done by the unit, verified by another, carried over where unmet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import (
    acting_for,
    added,
    another,
    criterion_of,
    cycle_for,
    day_of,
    locked,
    said,
    scheme_for,
    subject_of,
)
from taizhang.apps.assessments.models import Cell, Cycle, DailyRecord, Notice, Rectification, Subject
from taizhang.apps.assessments.wording import RECTIFICATION_STATES
from taizhang.apps.assessments.year.clocks import term
from taizhang.apps.ledger.operations import Actor, operation, record

_DIGITS = 12
_LONGEST = timedelta(days=731)


def about(rectification: int) -> str:
    """How evidence and the ledger name a rectification."""
    return f"rectification:{rectification}"


@operation("assessments.open_rectification", permission="assessments.follow_up")
def open_rectification(
    *,
    by: Actor,
    at: datetime,
    cycle: int,
    subject: int,
    origin: str,
    problem: str,
    criterion: str = "",
    due_on: date | None = None,
    for_body: str | None = None,
) -> Rectification:
    """Open a problem that a notice, cell or daily record shows (`origin` notice:3, cell:12, record:7).

    Without `due_on` the scheme's term counts from today. Raises `NoSuchRowError` where the origin isn't of this subject,
    `DecidedByAnotherError` where the same is open already, `DayIsOutsideError` for a day gone by, `WordsAreMissingError`.
    """
    year = cycle_for(cycle, for_body)
    whom, scheme = subject_of(year, subject), scheme_for(year)
    problem = said(problem, "问题", "整改")
    if criterion:
        criterion_of(scheme, whom, criterion)
    _check_origin(year, whom, origin)
    same = Rectification.objects.filter(subject=whom, origin=origin, criterion=criterion, problem=problem)
    other = same.exclude(state__in=("verified", "carried")).first()
    if other is not None:
        state = RECTIFICATION_STATES[other.state]
        raise refusals.DecidedByAnotherError(what=f"同一问题的第 {other.pk} 号整改", other=other.opened_by, state=state)
    if due_on is not None and not day_of(at) <= due_on <= day_of(at) + _LONGEST:
        first, last = day_of(at).isoformat(), (day_of(at) + _LONGEST).isoformat()
        why = "整改期限不能早于今天，也不能远过两年"
        raise refusals.DayIsOutsideError(day=due_on.isoformat(), first=first, last=last, why=why)
    days = scheme.calendar.rectify_working_days
    due = due_on or (term(day_of(at), days).due if days is not None else None)
    row: Rectification = Rectification.objects.create(
        cycle=year, subject=whom, criterion=criterion, origin=origin, problem=problem, due_on=due, opened_by=by.ident,
        opened_at=at,
    )  # fmt: skip
    after = {"origin": origin, "criterion": criterion, "problem": problem, "due_on": due.isoformat() if due else ""}
    code = "assessments.open_rectification"
    record(by=by, at=at, operation=code, subject=about(row.pk), after=after, for_body=whom.ident)
    return row


@operation("assessments.plan_rectification", permission="assessments.rectify")
def plan_rectification(
    *, by: Actor, at: datetime, for_body: str, rectification: int, plan: str, due_on: date | None = None
) -> Rectification:
    """The unit says what it will do; it may name an earlier day than the office set, not a later one.

    Raises `NotInThisStateError`, `DayIsOutsideError`, `SubjectIsAnothersError`, `WordsAreMissingError`.
    """
    row = _own(rectification, for_body, at)
    _in_state(row, ("open", "planned"), "报方案")
    before = {"state": row.state, "plan": row.plan, "due_on": row.due_on.isoformat() if row.due_on else ""}
    if due_on is not None:
        last = row.due_on or due_on
        if not day_of(at) <= due_on <= last:
            why = "整改期限不能早于今天，也不能晚于考核办定的期限"
            first = day_of(at).isoformat()
            raise refusals.DayIsOutsideError(day=due_on.isoformat(), first=first, last=last.isoformat(), why=why)
        row.due_on = due_on
    row.plan, row.planned_by, row.state = said(plan, "整改方案", "整改"), by.ident, "planned"
    row.save(update_fields=["plan", "planned_by", "due_on", "state"])
    after = {"state": "planned", "plan": row.plan, "due_on": row.due_on.isoformat() if row.due_on else ""}
    _record(by, at, "assessments.plan_rectification", row, before, after)
    return row


@operation("assessments.report_rectification", permission="assessments.rectify")
def report_rectification(*, by: Actor, at: datetime, for_body: str, rectification: int, outcome: str) -> Rectification:
    """The unit reports that it is done. Raises `NotInThisStateError`, `SubjectIsAnothersError`, `WordsAreMissingError`."""
    row = _own(rectification, for_body, at)
    _in_state(row, ("planned",), "报整改情况")
    row.outcome, row.reported_by, row.state = said(outcome, "整改情况", "整改"), by.ident, "reported"
    row.save(update_fields=["outcome", "reported_by", "state"])
    after = {"state": "reported", "outcome": row.outcome}
    _record(by, at, "assessments.report_rectification", row, {"state": "planned"}, after)
    return row


@operation("assessments.verify_rectification", permission="assessments.follow_up")
def verify_rectification(
    *, by: Actor, at: datetime, rectification: int, is_done: bool, reason: str = "", for_body: str | None = None
) -> Rectification:
    """Another person checks: done, or back to the unit with a reason. Raises `NotTheSamePersonError`, `DecidedByAnotherError`."""
    row = _offices(rectification, for_body)
    if row.state == "verified":
        state = RECTIFICATION_STATES[row.state]
        raise refusals.DecidedByAnotherError(what=f"第 {row.pk} 号整改", other=row.verified_by, state=state)
    _in_state(row, ("reported",), "核实")
    another(by, {row.reported_by: "报了整改情况", row.planned_by: "报了整改方案"}, "核实")
    reason = added(reason, "说明", "核实整改") if is_done else said(reason, "理由", "退回整改")
    if is_done:
        row.state, row.verified_by, row.verified_at = "verified", by.ident, at
    else:
        row.state = "planned"
    row.save(update_fields=["state", "verified_by", "verified_at"])
    after = {"state": row.state, "reason": reason}
    _record(by, at, "assessments.verify_rectification", row, {"state": "reported"}, after)
    return row


@operation("assessments.carry_over", permission="assessments.follow_up")
def carry_over(*, by: Actor, at: datetime, rectification: int, to_cycle: int, for_body: str | None = None) -> Rectification:
    """Take an unmet problem of a closed year over into a later one of the same owner, with the unit that goes on with its duties.

    Raises `NotInThisStateError` for what is verified or carried, `StepIsOutOfOrderError` before the year is final,
    `NoSuchRowError` where nobody goes on in that year.
    """
    row = _offices(rectification, for_body, states=("final",))
    _in_state(row, ("open", "planned", "reported"), "转入下年")
    year = cycle_for(to_cycle, for_body)
    if year.owner != row.cycle.owner or year.year <= row.cycle.year or year.state == "final":
        raise refusals.NoSuchRowError(what="以后年度里还没有定案的同一考核", key=year.slug)
    whom = Subject.objects.filter(cycle=year, ident=_successor(row.subject).ident).first()
    if whom is None:
        raise refusals.NoSuchRowError(what=f"{year.slug} 里接续“{row.subject.name}”的单位", key=row.subject.ident)
    fresh: Rectification = Rectification.objects.create(
        cycle=year, subject=whom, criterion="", origin=about(row.pk), problem=row.problem, plan=row.plan, due_on=None,
        state="planned" if row.plan else "open", planned_by=row.planned_by, opened_by=by.ident, opened_at=at,
    )  # fmt: skip
    before = {"state": row.state}
    row.state, row.carried_to = "carried", fresh
    row.save(update_fields=["state", "carried_to"])
    _record(by, at, "assessments.carry_over", row, before, {"state": "carried", "to": fresh.pk, "cycle": year.slug})
    return fresh


def _successor(subject: Subject) -> Subject:
    seen = {subject.pk}
    while subject.taken_over_by is not None and subject.taken_over_by_id not in seen:
        subject = subject.taken_over_by
        seen.add(subject.pk)
    return subject


def _check_origin(cycle: Cycle, subject: Subject, origin: str) -> None:
    kind, _, key = origin.partition(":")
    rows = {
        "notice": Notice.objects.filter(cycle=cycle, state="issued"),
        "cell": Cell.objects.filter(score__run__cycle=cycle, score__subject=subject),
        "record": DailyRecord.objects.filter(cycle=cycle, subject=subject, state="confirmed"),
    }.get(kind)
    is_key = key.isascii() and key.isdigit() and len(key) <= _DIGITS
    if rows is None or not is_key or not rows.filter(pk=int(key)).exists():
        raise refusals.NoSuchRowError(what="整改的来源（已印发的通报、得分或已确认的日常记录）", key=origin)


def _own(pk: int, for_body: str, at: datetime) -> Rectification:
    row: Rectification = locked(Rectification.objects.select_related("subject__taken_over_by", "cycle"), pk, "这项整改")
    if acting_for(row.subject, day_of(at)).ident != for_body:
        raise refusals.SubjectIsAnothersError(what=f"第 {pk} 号整改", subject=row.subject.name, body=for_body)
    return row


def _offices(pk: int, for_body: str | None, states: tuple[str, ...] | None = None) -> Rectification:
    found = Rectification.objects.filter(pk=pk).values_list("cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这项整改", key=pk)
    cycle_for(found, for_body, states=states, act="转入下年")
    row: Rectification = locked(Rectification.objects.select_related("subject", "cycle"), pk, "这项整改")
    return row


def _in_state(row: Rectification, states: tuple[str, ...], act: str) -> None:
    if row.state not in states:
        wanted = "”或“".join(RECTIFICATION_STATES[state] for state in states)
        state = RECTIFICATION_STATES[row.state]
        raise refusals.NotInThisStateError(what=f"第 {row.pk} 号整改", state=state, act=act, wanted=wanted)


def _record(by: Actor, at: datetime, code: str, row: Rectification, before: object, after: object) -> None:
    record(by=by, at=at, operation=code, subject=about(row.pk), before=before, after=after, for_body=row.subject.ident)


@dataclass(frozen=True, slots=True)
class Rectifying:
    """A problem as the ledger of rectifications shows it."""

    pk: int
    subject: str
    ident: str
    criterion: str
    origin: str
    problem: str
    plan: str
    due_on: date | None
    state: str
    outcome: str
    verified_at: datetime | None
    carried_to: int | None

    @property
    def state_name(self) -> str:
        """The state in words."""
        return RECTIFICATION_STATES[self.state]

    def is_late(self, today: date) -> bool:
        """True if it should have been done and is not verified."""
        return self.due_on is not None and self.state in ("open", "planned", "reported") and today > self.due_on


def rectifications_of(cycle: Cycle, ident: str | None = None) -> list[Rectifying]:
    """All of a cycle, or those of one subject, by due day. One query."""
    columns = (
        "pk", "subject__name", "subject__ident", "criterion", "origin", "problem", "plan", "due_on", "state", "outcome",
        "verified_at", "carried_to_id",
    )  # fmt: skip
    rows = Rectification.objects.filter(cycle=cycle)
    if ident is not None:
        rows = rows.filter(subject__ident=ident)
    return [Rectifying(*row) for row in rows.values_list(*columns)]
