"""What a criterion reads of another cycle: the approved grade or score of the same body, with the run it comes from.

Which scheme that is stands in the scheme that reads it. A result that is not approved by the end of the day is not there yet.
"""

from collections import defaultdict
from datetime import date, datetime

from taizhang.apps.assessments.models import Cycle, Run, Score, Step
from taizhang.apps.assessments.reports.observations import end_of, plain
from taizhang.apps.assessments.year.opening import Leaf, leaves_of
from taizhang.engines.scoring.model import Observation, ResultOf, Scheme
from taizhang.kernel.period import Period

_APPROVED = ("approved", "final")


def results_elsewhere(cycle: Cycle, scheme: Scheme, as_at: date) -> tuple[Observation, ...]:
    """The observations that other cycles of the same owner give. Four queries for each scheme that is read."""
    readers: dict[str, list[tuple[Leaf, ResultOf]]] = defaultdict(list)
    for leaf in leaves_of(scheme):
        if leaf.rule.result_of is not None:
            readers[leaf.rule.result_of.scheme].append((leaf, leaf.rule.result_of))
    found: list[Observation] = []
    for code, wanted in sorted(readers.items()):
        known = _approved(code, cycle.owner, as_at)
        if known is not None:
            found += _observations(known, wanted, scheme, as_at)
    return tuple(found)


def _approved(code: str, owner: str, as_at: date) -> tuple[Run, datetime] | None:
    """The run that was approved last by the end of a day, and when."""
    other = Cycle.objects.filter(scheme__code=code, owner=owner).order_by("-pk").first()
    if other is None:
        return None
    for run in Run.objects.filter(cycle=other, state__in=_APPROVED).order_by("-pk"):
        step = Step.objects.filter(cycle=other, code__in=_APPROVED, reference=f"run:{run.pk}").order_by("pk").first()
        if step is not None and step.at < end_of(as_at):
            return run, step.at
    return None


def _observations(
    known: tuple[Run, datetime], wanted: list[tuple[Leaf, ResultOf]], scheme: Scheme, as_at: date
) -> list[Observation]:
    run, when = known
    scores = {row.subject.ident: row for row in Score.objects.filter(run=run).select_related("subject", "run__cycle")}
    period = Period(scheme.period.start, min(as_at, scheme.period.end or as_at))
    found = []
    for leaf, source in wanted:
        row = scores.get(leaf.subject.body)
        is_known = row is not None and (len(row.grades) == 1 if source.reads == "grade" else row.low == row.high)
        if row is None or not is_known:
            continue
        one = Observation(
            metric=leaf.rule.metric,
            subject=leaf.subject.body,
            period=period,
            value=None if source.reads == "grade" else plain(row.low),
            stage=row.grades[0] if source.reads == "grade" else None,
            reported_by=run.proposed_by or run.by,
            reported_at=run.at,
            verified_by=run.approved_by,
            verified_at=when,
            evidence=(f"{row.run.cycle.slug} run:{run.pk} {run.digest}",),
        )
        found.append(one)
    return found
