"""Who reports what for which period: a subject's metrics, their rules, and who acts where duties were handed over."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.acting import acting_for, light_cycles
from taizhang.apps.assessments.models import Cycle, Metric, Owing, Subject
from taizhang.apps.assessments.schemes.stored import scheme_of, walk
from taizhang.apps.assessments.states import is_running
from taizhang.apps.assessments.wording import CYCLE_STATES
from taizhang.apps.assessments.year.periods import period_ending, periods_of
from taizhang.engines.scoring.model import Rule, Scheme
from taizhang.kernel.period import Period

_OF_EVENTS = ("deduct", "gate")


@dataclass(frozen=True, slots=True)
class Owed:
    """A metric that a subject reports: the owing of the tree it stands in (the first, where several owe it), and its rule."""

    owing: Owing
    rule: Rule

    @property
    def metric(self) -> Metric:
        """The metric."""
        metric: Metric = self.owing.metric
        return metric


@dataclass(frozen=True, slots=True)
class Task:
    """A subject's reporting for one period: everything that an act on it needs, read under the subject's lock."""

    cycle: Cycle
    scheme: Scheme
    subject: Subject
    period: Period

    @property
    def end(self) -> date:
        """The last day of the period."""
        assert self.period.end is not None, "periods of a scheme have an end"
        return self.period.end

    @property
    def key(self) -> str:
        """How the ledger names it."""
        return f"report:{self.cycle.slug}/{self.subject.ident}/{self.end}"


def task_for(subject: int, period_end: date, for_body: str, today: date, act: str) -> Task:
    """Lock a subject and see that `for_body` may act for it in that period.

    Raises `SubjectIsMissingError`, `CycleIsNotRunningError`, `NotAcknowledgedError`, `PeriodIsUnknownError`,
    `PeriodHasNotEndedError`.
    """
    found = Subject.objects.select_for_update().filter(pk=subject).first()
    if found is None:
        raise errors.SubjectIsMissingError(body=for_body, cycle=f"#{subject}")
    cycle = light_cycles().get(pk=found.cycle_id)
    acting = acting_for(found, period_end)
    if acting.ident != for_body:
        raise errors.SubjectIsMissingError(body=for_body, cycle=f"{cycle.slug}／{found.name}")
    if not is_running(cycle):
        raise errors.CycleIsNotRunningError(cycle=cycle.slug, state=CYCLE_STATES[cycle.state], act=act)
    if not found.acknowledged_by:
        raise errors.NotAcknowledgedError(subject=found.name)
    scheme = scheme_of(cycle.scheme)
    period = period_ending(scheme, period_end, periods_for(scheme, found))
    if today < period_end:
        raise errors.PeriodHasNotEndedError(end=period_end.isoformat(), act=act)
    return Task(cycle, scheme, found, period)


def owed_by(subject: Subject, scheme: Scheme) -> dict[str, Owed]:
    """What a subject reports, by metric key in the order of its tree: its own figures, and those it measures for others."""
    mine = Q(subject=subject, measured_by=None) | Q(measured_by=subject)
    rows = Owing.objects.filter(mine).select_related("metric", "subject").order_by("subject_id", "ordinal")
    trees: dict[str, dict[str, Rule]] = {}
    out: dict[str, Owed] = {}
    for row in sorted(rows, key=lambda row: (row.subject_id != subject.pk, row.subject_id, row.ordinal)):
        tree = row.subject.tree
        if tree not in trees:
            trees[tree] = {node.id: node.rule for node in walk(scheme.trees[tree]) if node.rule is not None}
        rule = trees[tree].get(row.criterion)
        if rule is not None and is_reported(rule):
            out.setdefault(row.metric.key, Owed(row, rule))
    return out


def is_reported(rule: Rule) -> bool:
    """False where the office counts its own daily records, or gives the points itself, or another cycle's result is read: nobody
    reports these of himself."""
    if rule.result_of is not None:
        return False
    if rule.strategy == "judged" and not rule.parameters.get("stages"):
        return False
    return str(rule.parameters.get("counts") or ("cases" if rule.strategy in _OF_EVENTS else "")) != "cases"


def periods_for(scheme: Scheme, subject: Subject) -> tuple[Period, ...]:
    """The periods a subject reports on: those in which the scheme assesses it. One that only took duties over has all of them."""
    stretches = [each.period for each in scheme.subjects if each.body == subject.ident]
    periods = periods_of(scheme)
    if not stretches:
        return periods
    return tuple(period for period in periods if any(_overlap(period, stretch) for stretch in stretches))


def _overlap(one: Period, other: Period) -> bool:
    return (one.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (one.end or date.max)


def own_bodies(subject: Subject, day: date) -> set[str]:
    """Ids of the bodies to whom a subject's figure of a period that ends on `day` is their own: itself, who acted for it then,
    and who took it over since and answers for its score."""
    return {subject.ident, acting_for(subject, day).ident, acting_for(subject, date.max).ident}


def verifier_of(metric: Metric, subject: Subject, day: date) -> str:
    """Id of the body whose verifiers confirm a subject's figure of a period that ends on `day`. Nobody confirms his own."""
    own = own_bodies(subject, day)
    return str(metric.deputy_body if metric.verifier_body in own else metric.verifier_body)
