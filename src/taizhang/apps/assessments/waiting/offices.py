"""What waits for the assessment office and the leading group, and for a unit beyond its reports; nobody is shown his own work."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.acting import BEFORE_APPROVAL, day_of, light_cycles
from taizhang.apps.assessments.models import (
    Amendment,
    Appeal,
    Cycle,
    DailyRecord,
    Judgement,
    Notice,
    Rectification,
    Run,
    Step,
    Subject,
)
from taizhang.apps.assessments.models import Scheme as SchemeRow
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.states import RUNNING
from taizhang.apps.assessments.waiting.line import Waiting
from taizhang.apps.assessments.year.clocks import appeal_clock
from taizhang.apps.assessments.year.periods import notice_periods_of, periods_of, report_clock
from taizhang.apps.assessments.year.verifier_gaps import OWN, verifier_gaps
from taizhang.engines.scoring.model import Scheme


def of_office(user: User, owners: set[str] | None, today: date) -> Iterator[Waiting]:
    """What the office's people do next. `owners`: whose cycles (None: all of them). At most sixteen queries, however many years
    run."""
    cycles = _cycles(owners)
    me = user.ident
    records = DailyRecord.objects.filter(cycle__in=cycles, state="recorded").exclude(recorded_by=me)
    yield from _by_cycle("confirm_record", records, cycles, last=Max("recorded_by"))
    voices = Judgement.objects.filter(subject__cycle__in=cycles, subject__cycle__state__in=BEFORE_APPROVAL)
    yield from _differing(voices, cycles, me)
    runs = Run.objects.filter(cycle__in=cycles, state="proposed").exclude(Q(proposed_by=me) | Q(by=me))
    yield from _by_cycle("review_results", runs, cycles, last=Max("proposed_by"))
    done = Rectification.objects.filter(cycle__in=cycles, state="reported").exclude(Q(reported_by=me) | Q(planned_by=me))
    yield from _by_cycle("verify_rectification", done, cycles, due=Min("due_on"), last=Max("reported_by"))
    drafts = Notice.objects.filter(cycle__in=cycles, state="draft").exclude(drafted_by=me)
    yield from _by_cycle("issue_notice", drafts, cycles, due=Min("due_on"), last=Max("drafted_by"))
    running = {key: cycle for key, cycle in cycles.items() if cycle.state in RUNNING}
    yield from _to_score(running, today)
    for gap in verifier_gaps(running, today) if running else ():
        # A body without an account is nobody's work before something waits for it; the page of the year lists it all the same.
        if gap.why == OWN or gap.waiting:
            title = f"{cycles[gap.cycle].scheme.title}：{gap.kind_name}"
            yield Waiting("name_verifier", title, "", gap.metrics, cycles[gap.cycle])
    for cycle in cycles.values():
        if cycle.state == "approved":
            yield Waiting("publish_results", cycle.scheme.title, "", 1, cycle, due_on=_published_by(cycle))
    if owners is None:
        schemes = SchemeRow.objects.filter(state__in=("approved", "returned")).defer("content", "text")
        begun = set(Cycle.objects.filter(parent=None).values_list("scheme__code", "year"))
        live = set(SchemeRow.objects.filter(state__in=("proposed", "approved")).values_list("code", "year"))
        for row in schemes:
            if row.state == "approved" and (row.code, row.year) not in begun and "/" not in row.version:
                yield Waiting("open_year", row.title, "", 1, scheme=row, last_actor=row.approved_by)
            elif row.state == "returned" and (row.code, row.year) not in live | begun:
                yield Waiting("redo_scheme", row.title, "", 1, scheme=row, last_actor=row.approved_by)


def _to_score(running: dict[int, Cycle], today: date) -> Iterator[Waiting]:
    """Periods whose reports were due and that no run covers, and periods that a run covers and no notice tells. Two queries."""
    if not running:
        return
    runs = Run.objects.filter(cycle__in=running).exclude(state="sent_back").order_by()
    scored: dict[int, date] = dict(runs.values_list("cycle_id").annotate(last=Max("as_at")))
    notices = Notice.objects.filter(cycle__in=running, kind="quarterly").exclude(state="discarded")
    told = set(notices.values_list("cycle_id", "period_end"))
    for key, cycle in running.items():
        scheme, covered = scheme_of(cycle.scheme), scored.get(key, date.min)
        over = [period.end for period in periods_of(scheme) if period.end and _were_due(scheme, period.end, today)]
        if over and covered < over[-1]:
            yield Waiting("score", cycle.scheme.title, "", 1, cycle, period_end=over[-1])
        begun = day_of(cycle.opened_at)
        for end in (period.end for period in notice_periods_of(scheme)):
            if end and begun <= end <= covered and _were_due(scheme, end, today) and (key, end) not in told:
                days = scheme.calendar.notice_days
                due = None if days is None else end + timedelta(days=days)
                yield Waiting("draft_notice", cycle.scheme.title, "", 1, cycle, period_end=end, due_on=due)


def _were_due(scheme: Scheme, end: date, today: date) -> bool:
    return report_clock(scheme, end).due < today


def of_leading_group(user: User, owners: set[str] | None, today: date) -> Iterator[Waiting]:
    """What the leading group decides next. Seven queries, however many years run."""
    cycles = _cycles(owners)
    me = user.ident
    if owners is None:
        rows = SchemeRow.objects.filter(state="proposed").exclude(proposed_by=me).defer("content", "text")
        for row in rows:
            yield Waiting("approve_scheme", row.title, "", 1, scheme=row, last_actor=row.proposed_by)
    runs = Run.objects.filter(cycle__in=cycles, state="reviewed").exclude(Q(proposed_by=me) | Q(by=me) | Q(reviewed_by=me))
    yield from _by_cycle("approve_results", runs, cycles, last=Max("reviewed_by"))
    appeals = Appeal.objects.filter(cycle__in=cycles, state="filed").exclude(filed_by=me)
    yield from _by_cycle("decide_appeal", appeals, cycles, due=Min("decide_by"), last=Max("filed_by"))
    yield from _to_finish(cycles, me, today)
    asked = Amendment.objects.filter(subject__cycle__in=cycles, state="proposed").exclude(proposed_by=me)
    yield from _by_cycle("decide_amendment", asked, cycles, path="subject__cycle", last=Max("proposed_by"))
    drafts = Notice.objects.filter(cycle__in=cycles, state="draft").exclude(drafted_by=me)
    yield from _by_cycle("issue_notice", drafts, cycles, due=Min("due_on"), last=Max("drafted_by"))


def _to_finish(cycles: dict[int, Cycle], me: str, today: date) -> Iterator[Waiting]:
    """Published years whose term of appeal is over and whose appeals are decided, made by others. Two queries."""
    published = [cycle for cycle in cycles.values() if cycle.state == "published"]
    if not published:
        return
    contested = set(Appeal.objects.filter(cycle__in=published, state="filed").values_list("cycle_id", flat=True))
    runs = Run.objects.filter(cycle__in=published, state="approved")
    own = set(runs.filter(Q(by=me) | Q(proposed_by=me) | Q(reviewed_by=me)).values_list("cycle_id", flat=True))
    for cycle in published:
        clock = appeal_clock(cycle)
        if cycle.pk not in contested | own and (clock is None or today > clock.due):
            yield Waiting("finish_year", cycle.scheme.title, "", 1, cycle)


def of_units(subjects: list[Subject], reporting: set[str], signing: set[str]) -> Iterator[Waiting]:
    """What a unit does beyond its reports: self-checks, problems to plan and to put right. Three queries."""
    by_key = {subject.pk: subject for subject in subjects}
    cycles = {cycle.pk: cycle for cycle in light_cycles().filter(pk__in={subject.cycle_id for subject in subjects})}
    rows = Rectification.objects.filter(subject__in=by_key, state__in=("open", "planned")).order_by("due_on", "pk")
    for row in rows:
        subject = by_key[row.subject_id]
        act = "plan_rectification" if row.state == "open" else "report_rectification"
        if _acting(subject) & (reporting | signing):
            cycle = cycles[subject.cycle_id]
            body = _acting(subject).pop()
            yield Waiting(act, subject.name, body, 1, cycle, subject, due_on=row.due_on, last_actor=row.opened_by)
    checking = {pk for pk, cycle in cycles.items() if cycle.state == "implementing"}
    done = set(Step.objects.filter(cycle__in=checking, code="self_checked").values_list("cycle_id", "reference"))
    for subject in subjects:
        is_open = subject.cycle_id in checking and (subject.cycle_id, subject.ident) not in done
        if is_open and subject.tree and _acting(subject) & signing:
            yield Waiting("self_check", subject.name, _acting(subject).pop(), 1, cycles[subject.cycle_id], subject)


def _acting(subject: Subject) -> set[str]:
    return {subject.taken_over_by.ident if subject.taken_over_by else subject.ident}


def _cycles(owners: set[str] | None) -> dict[int, Cycle]:
    rows = light_cycles().exclude(state="final")
    return {cycle.pk: cycle for cycle in (rows if owners is None else rows.filter(owner__in=owners))}


def _by_cycle(
    act: str, rows: QuerySet, cycles: dict[int, Cycle], *, path: str = "cycle", due: Min | None = None, last: Max | None = None
) -> Iterator[Waiting]:
    """A line for each cycle in which something of a kind waits. One query."""
    facts = {"due": due, "last": last}
    found = rows.order_by().values(cycle_key=F(f"{path}_id")).annotate(
        count=Count("pk"), **{name: fact for name, fact in facts.items() if fact is not None}
    )  # fmt: skip
    for row in found:
        cycle = cycles[row["cycle_key"]]
        yield Waiting(
            act, cycle.scheme.title, "", row["count"], cycle, due_on=_day(row.get("due")), last_actor=row.get("last") or ""
        )


def _day(found: date | datetime | None) -> date | None:
    return day_of(found) if isinstance(found, datetime) else found


def _differing(voices: QuerySet, cycles: dict[int, Cycle], me: str) -> Iterator[Waiting]:
    """Judged items on which two scorers differ, of which the reader is none."""
    heard: dict[tuple[int, int, str, date], list[tuple[str, str, bool]]] = {}
    columns = ("subject__cycle_id", "subject_id", "criterion", "period_end", "scorer", "stage", "is_decision")
    for cycle, subject, criterion, end, scorer, stage, is_decision in voices.values_list(*columns):
        heard.setdefault((cycle, subject, criterion, end), []).append((scorer, stage, is_decision))
    counts: dict[int, int] = {}
    for (cycle, *_), said in heard.items():
        is_open = not any(decided for _, _, decided in said) and len({stage for _, stage, _ in said}) > 1
        if is_open and me not in {scorer for scorer, _, _ in said}:
            counts[cycle] = counts.get(cycle, 0) + 1
    for key, count in counts.items():
        yield Waiting("settle_judgement", cycles[key].scheme.title, "", count, cycles[key])


def _published_by(cycle: Cycle) -> date | None:
    day: date | None = scheme_of(cycle.scheme).calendar.published_by
    return day
