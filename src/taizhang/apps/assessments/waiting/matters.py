"""What waits for whom in a running year: sheets to sign for, periods to report and sign, figures to verify, schemes to decide."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.acting import light_cycles
from taizhang.apps.assessments.models import Cycle, Report, Subject
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.states import RUNNING
from taizhang.apps.assessments.waiting.line import ACTS, Waiting
from taizhang.apps.assessments.waiting.offices import of_leading_group, of_office, of_units
from taizhang.apps.assessments.year.owing import acting_for, owed_by, own_bodies, periods_for
from taizhang.apps.assessments.year.periods import report_clock, verify_clock
from taizhang.engines.deadlines import Clock

__all__ = ["ACTS", "DueDay", "Waiting", "due_days", "roles_of", "signed_for", "subjects_of", "waiting_for"]


def roles_of(user: User) -> dict[str, set[str]]:
    """The bodies somebody acts for, by role; an empty set for a role of an office. Uses prefetched memberships."""
    out: dict[str, set[str]] = defaultdict(set)
    for membership in user.memberships.all():
        out[membership.role].update({membership.body} if membership.body else ())
    return out


def waiting_for(user: User, today: date) -> list[Waiting]:
    """Everything that waits for somebody on a day, by due day; what has no due day comes last."""
    roles = roles_of(user)
    out: list[Waiting] = []
    reporting, signing = roles.get("reporter", set()), roles.get("signer", set())
    if reporting or signing:
        out += _of_bodies(reporting, signing, today)
    if roles.get("verifier"):
        out += _to_verify(roles["verifier"])
    tiers = roles.get("tier_office", set())
    if "assessment_office" in roles or tiers:
        out += of_office(user, None if "assessment_office" in roles else tiers, today)
    if "leading_group" in roles or tiers:
        out += of_leading_group(user, None if "leading_group" in roles else tiers, today)
    return sorted(out, key=lambda line: (line.due_on or date.max, line.act, line.title))


def acted_for(bodies: Collection[str]) -> Q:
    """Subjects for which people of `bodies` act now or acted before."""
    return Q(ident__in=bodies) | Q(taken_over_by__ident__in=bodies)


def subjects_of(bodies: Collection[str]) -> list[Subject]:
    """Subjects of running cycles for which people of `bodies` act now or acted before. One query."""
    rows = (
        Subject.objects.filter(acted_for(bodies), cycle__state__in=RUNNING)
        .select_related("taken_over_by")
        .order_by("cycle_id", "pk")
    )
    return list(rows)


def _every_subject_of(bodies: Collection[str]) -> list[Subject]:
    """Subjects of all cycles that are not closed: problems are put right after results are out."""
    return list(
        Subject.objects.filter(acted_for(bodies)).exclude(cycle__state="final").select_related("taken_over_by").order_by("pk")
    )


def _of_bodies(reporting: set[str], signing: set[str], today: date) -> Iterator[Waiting]:
    subjects = subjects_of(reporting | signing)
    yield from of_units(_every_subject_of(reporting | signing), reporting, signing)
    cycles = {cycle.pk: cycle for cycle in light_cycles().filter(pk__in={subject.cycle_id for subject in subjects})}
    reports: dict[int, list[Report]] = defaultdict(list)
    for report in Report.objects.filter(subject__in=subjects).exclude(state="superseded").select_related("metric"):
        reports[report.subject_id].append(report)
    for subject in subjects:
        cycle = cycles[subject.cycle_id]
        acting = acting_for(subject, today).ident
        if not subject.acknowledged_by:
            if subject.tree and acting in signing:
                yield Waiting("acknowledge", subject.name, acting, subject.owings.count(), cycle, subject)
            continue
        yield from _of_periods(cycle, subject, reports[subject.pk], reporting, signing, today)


def _of_periods(
    cycle: Cycle, subject: Subject, reports: list[Report], reporting: set[str], signing: set[str], today: date
) -> Iterator[Waiting]:
    scheme = scheme_of(cycle.scheme)
    owed = owed_by(subject, scheme)
    for period in periods_for(scheme, subject):
        end = period.end
        assert end is not None, "periods of a scheme have an end"
        if end > today:
            break
        acting = acting_for(subject, end).ident
        standing = {report.metric.key: report for report in reports if report.period_end == end}
        returned = [report for report in standing.values() if report.state == "returned"]
        drafts = [report for report in standing.values() if report.state == "draft"]
        open_items = [key for key in owed if key not in standing]
        clock = report_clock(scheme, end)
        facts = {
            "cycle": cycle,
            "subject": subject,
            "period_end": end,
            "due_on": clock.due,
            "is_provisional": clock.is_provisional,
        }
        if open_items and acting in reporting:
            yield Waiting("report", subject.name, acting, len(open_items), **facts)
        if returned and acting in reporting:
            last = returned[-1].returned_by
            yield Waiting("redo", subject.name, acting, len(returned), last_actor=last, **facts)
        if drafts and not open_items and not returned and acting in signing:
            last = drafts[-1].reported_by
            yield Waiting("sign", subject.name, acting, len(drafts), last_actor=last, **facts)


def signed_for(bodies: Collection[str]) -> Iterator[Report]:
    """Signed reports that verifiers of `bodies` confirm, the oldest signature first; those of their own bodies are absent."""
    verifying = Q(metric__verifier_body__in=bodies) & ~Q(subject__ident__in=bodies)
    # What the verifying body owes itself is its deputy's.
    for body in bodies:
        verifying |= Q(metric__deputy_body=body) & ~Q(metric__verifier_body=body)
    rows = Report.objects.filter(verifying, state="signed", subject__cycle__state__in=RUNNING)
    rows = rows.select_related("metric", "subject__taken_over_by").order_by("signed_at", "pk")
    for report in rows:
        own = own_bodies(report.subject, report.period_end)
        verifier = report.metric.deputy_body if report.metric.verifier_body in own else report.metric.verifier_body
        if verifier in bodies and not own & set(bodies):
            yield report


def _to_verify(bodies: set[str]) -> Iterator[Waiting]:
    groups: dict[tuple[int, date], list[Report]] = defaultdict(list)
    for report in signed_for(bodies):
        groups[report.subject_id, report.period_end].append(report)
    cycles = {cycle.pk: cycle for cycle in light_cycles().filter(pk__in={rows[0].subject.cycle_id for rows in groups.values()})}
    clocks: dict[tuple[int, date], Clock] = {}
    for (_, end), rows in groups.items():
        first = rows[0]
        cycle = cycles[first.subject.cycle_id]
        signed_on = timezone.localdate(first.signed_at)
        if (cycle.pk, signed_on) not in clocks:
            clocks[cycle.pk, signed_on] = verify_clock(scheme_of(cycle.scheme), signed_on)
        clock = clocks[cycle.pk, signed_on]
        verifier = next(iter(bodies)) if len(bodies) == 1 else first.metric.verifier_body
        yield Waiting(
            "verify", first.subject.name, verifier, len(rows), cycle, first.subject, period_end=end, due_on=clock.due,
            is_provisional=clock.is_provisional, last_actor=first.signed_by,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day in a calendar: a report that is or will be due. `is_done`: everything of it is signed."""

    subject: Subject
    cycle: Cycle
    period_end: date
    due_on: date
    is_done: bool
    changed_by: str = ""


def due_days(user: User) -> list[DueDay]:
    """Every reporting day of the year for the bodies somebody reports or signs for, past and to come."""
    roles = roles_of(user)
    bodies = roles.get("reporter", set()) | roles.get("signer", set())
    subjects = [subject for subject in subjects_of(bodies) if subject.tree] if bodies else []
    cycles = {cycle.pk: cycle for cycle in light_cycles().filter(pk__in={subject.cycle_id for subject in subjects})}
    sent = _sent(subjects)
    out = []
    for subject in subjects:
        scheme = scheme_of(cycles[subject.cycle_id].scheme)
        owed = len(owed_by(subject, scheme))
        for period in periods_for(scheme, subject):
            end = period.end
            assert end is not None, "periods of a scheme have an end"
            if owed and acting_for(subject, end).ident in bodies:
                done = sent.get((subject.pk, end), 0) >= owed
                out.append(DueDay(subject, cycles[subject.cycle_id], end, report_clock(scheme, end).due, done))
    return sorted(out, key=lambda day: (day.due_on, day.subject.pk))


def _sent(subjects: Iterable[Subject]) -> dict[tuple[int, date], int]:
    rows = Report.objects.filter(subject__in=list(subjects), state__in=("signed", "verified"))
    out: dict[tuple[int, date], int] = defaultdict(int)
    for key in rows.values_list("subject_id", "period_end"):
        out[key] += 1
    return out
