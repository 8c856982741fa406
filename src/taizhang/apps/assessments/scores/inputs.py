"""What a run scores: observations, cases, amended targets, points from appeals; as values, as JSON, and as a patched scheme.

A run keeps all of it, so that recomputing never asks rows that may have changed since.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from taizhang.apps.assessments.acting import day_of
from taizhang.apps.assessments.models import Amendment, Appeal, Cycle, Decision
from taizhang.apps.assessments.reports.observations import end_of, observations_of, plain
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.scores.daily import cases_of
from taizhang.apps.assessments.scores.other_results import results_elsewhere
from taizhang.apps.assessments.wording import APPEAL_STATES
from taizhang.apps.assessments.year.periods import periods_of
from taizhang.apps.ledger.chain import canonical
from taizhang.engines.scoring.awarding import AWARD
from taizhang.engines.scoring.json_form import from_plain
from taizhang.engines.scoring.json_form import plain as to_plain
from taizhang.engines.scoring.model import Adjustment, Case, Criterion, Observation, Scheme, Standing
from taizhang.kernel.period import Period

ADDED, TAKEN = "appeal.added", "appeal.taken"  # kinds of years closed before points moved the cell
AT_CELL = "cell"


@dataclass(frozen=True, slots=True)
class Amended:
    """A target of one subject that was changed from `starts_on` on; `reference` is the paper that approved it."""

    id: str
    subject: str
    criterion: str
    value: Decimal
    starts_on: date
    unit: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Awarded:
    """Points (signed) that the decision of an appeal adds to a criterion of one subject.

    `rule` "cell": they move the score of the criterion itself, and `reason` is what was decided and why. "" in years that were
    closed before: they were added to the total, and stay so when these are recomputed.
    """

    id: str
    subject: str
    criterion: str
    points: Decimal
    on: date
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a run reads beside the scheme as adopted."""

    observations: tuple[Observation, ...]
    cases: tuple[Case, ...]
    amendments: tuple[Amended, ...] = ()
    appeals: tuple[Awarded, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values; what is not said is left out, since twelve months of a city are many."""
        return {
            name: [_short(to_plain(row)) for row in getattr(self, name)]
            for name in ("observations", "cases", "amendments", "appeals")
        }


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", [], ())}


def inputs_from_json(data: Mapping[str, Any]) -> Inputs:
    """The inputs that `to_json` wrote."""
    return Inputs(
        tuple(from_plain(Observation, row) for row in data["observations"]),
        tuple(from_plain(Case, row) for row in data["cases"]),
        tuple(from_plain(Amended, row) for row in data["amendments"]),
        tuple(from_plain(Awarded, row) for row in data["appeals"]),
    )


def digest_of_json(data: Any) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(data)).hexdigest()


def inputs_of(cycle: Cycle, scheme: Scheme, as_at: date) -> Inputs:
    """What stands at the end of a day: verified and reported figures, approved results of other cycles, decisions in place of
    figures, confirmed records, approved amendments. Ten queries, four more for each other cycle that is read."""
    rows = Decision.objects.filter(subject__cycle=cycle, state="standing", decided_at__lt=end_of(as_at))
    decisions = list(rows.select_related("subject").order_by("pk"))
    left = {(row.subject.ident, row.criterion) for row in decisions if row.kind == "left_open"}
    cases = tuple(case for case in cases_of(cycle, as_at) if (case.subject, case.kind) not in left)
    return Inputs(_with_decisions(cycle, scheme, as_at, decisions), cases, _amendments(cycle, as_at))


def _with_decisions(cycle: Cycle, scheme: Scheme, as_at: date, decisions: list[Decision]) -> tuple[Observation, ...]:
    """Decisions beside the figures, save where a figure was verified of the period that the decision was made for, or of a later
    one: then the figure counts."""
    by_points = _judged_by_points(scheme)
    found = tuple(_as_points(one, by_points) for one in observations_of(cycle, as_at)) + results_elsewhere(cycle, scheme, as_at)
    last = min(as_at, scheme.period.end or as_at)
    verified = last_verified(found)
    decided = []
    for row in decisions:
        known = verified.get((row.subject.ident, row.metric))
        if (
            row.metric
            and row.kind != "left_open"
            and (known is None or known < ended_by(scheme, timezone.localdate(row.decided_at)))
        ):
            decided.append(_decided(row, Period(scheme.period.start, last)))
    return found + tuple(decided)


def _decided(row: Decision, period: Period) -> Observation:
    return Observation(
        metric=row.metric,
        subject=row.subject.ident,
        period=period,
        value=plain(row.value),
        stage=row.stage or None,
        not_applicable=row.clause if row.kind == "not_applicable" else None,
        missing=row.reason if row.kind == "no_points" else None,
        standing=Standing.DECIDED,
        reported_by=row.decided_by,
        reported_at=row.decided_at,
    )


def last_verified(observations: tuple[Observation, ...]) -> dict[tuple[str, str], date]:
    """By subject and metric, the end of the last period whose figure is verified or judged."""
    out: dict[tuple[str, str], date] = {}
    for one in observations:
        if one.standing is not Standing.REPORTED and one.missing is None and one.period.end is not None:
            key = one.subject, one.metric
            out[key] = max(out.get(key, one.period.end), one.period.end)
    return out


def ended_by(scheme: Scheme, day: date) -> date:
    """The end of the last period of reports that was over on a day; the first day of the year while none is."""
    ends = [period.end for period in periods_of(scheme) if period.end is not None and period.end <= day]
    return max(ends, default=scheme.period.start or date(scheme.year, 1, 1))


def _judged_by_points(scheme: Scheme) -> frozenset[str]:
    """Metrics of judged items that have no stages: what scorers say there are points."""
    rules = (node.rule for tree in scheme.trees.values() for node in walk(tree))
    return frozenset(rule.metric for rule in rules if rule and rule.strategy == "judged" and not rule.parameters.get("stages"))


def _as_points(observation: Observation, by_points: frozenset[str]) -> Observation:
    if observation.metric not in by_points or observation.stage is None:
        return observation
    return replace(observation, stage=None, value=Decimal(observation.stage))


def _amendments(cycle: Cycle, as_at: date) -> tuple[Amended, ...]:
    rows = Amendment.objects.filter(subject__cycle=cycle, state="approved", decided_at__lt=end_of(as_at), starts_on__lte=as_at)
    columns = ("pk", "subject__ident", "criterion", "new_value", "unit", "starts_on", "reference")
    return tuple(
        Amended(f"amendment:{pk}", subject, criterion, plain(value) or Decimal(0), starts_on, unit, reference)
        for pk, subject, criterion, value, unit, starts_on, reference in rows.order_by("starts_on", "pk").values_list(*columns)
    )


def awarded(cycle: Cycle) -> tuple[Awarded, ...]:
    """Points of decided appeals, in order of decision. One query."""
    rows = Appeal.objects.filter(cycle=cycle, points__isnull=False).exclude(state="filed").order_by("decided_at", "pk")
    columns = ("pk", "subject__ident", "criterion", "points", "decided_at", "state", "reason")
    return tuple(
        Awarded(
            f"appeal:{pk}",
            subject,
            criterion,
            plain(points) or Decimal(0),
            day_of(decided),
            AT_CELL,
            f"{APPEAL_STATES[state]}：{reason}",
        )
        for pk, subject, criterion, points, decided, state, reason in rows.values_list(*columns)
        if points
    )


def patched(scheme: Scheme, inputs: Inputs) -> Scheme:
    """The scheme with the targets as amended for those subjects, and with the kinds of points that appeals add or take.

    A tree that others share stays theirs: an amended subject gets a tree of its own.
    """
    if inputs.amendments:
        scheme = _amended(scheme, inputs.amendments)
    if any(one.rule != AT_CELL for one in inputs.appeals):
        kinds = (Adjustment(ADDED, "申诉复核增加", 1, None), Adjustment(TAKEN, "申诉复核减少", -1, None))
        scheme = replace(scheme, adjustments=(*scheme.adjustments, *kinds))
    return scheme


def all_cases(scheme: Scheme, inputs: Inputs, as_at: date) -> tuple[Case, ...]:
    """Cases with the points of appeals among them, each on the criterion it was decided for.

    An appeal is decided after the year it corrects, so its points are dated by the last day that was scored.
    """
    on = min(as_at, scheme.period.end or as_at)
    return inputs.cases + tuple(_award(one, on) for one in inputs.appeals)


def _award(one: Awarded, on: date) -> Case:
    about = {"id": one.id, "subject": one.subject, "on": on, "criterion": one.criterion}
    if one.rule == AT_CELL:
        return Case(**about, kind=AWARD, points=one.points, note=f"{one.on.isoformat()} {one.reason}")
    return Case(**about, kind=ADDED if one.points > 0 else TAKEN, points=abs(one.points))


def _amended(scheme: Scheme, amendments: tuple[Amended, ...]) -> Scheme:
    of_subject: dict[str, list[Amended]] = {}
    for one in amendments:
        of_subject.setdefault(one.subject, []).append(one)
    trees, subjects = dict(scheme.trees), []
    for subject in scheme.subjects:
        changes = of_subject.get(subject.body)
        if changes:
            name = f"{subject.tree}@{subject.body}"
            tree = scheme.trees[subject.tree]
            for change in changes:
                tree = _retargeted(tree, change, scheme)
            trees[name] = tree
            subject = replace(subject, tree=name)
        subjects.append(subject)
    used = {subject.tree for subject in subjects}
    kept = {name: tree for name, tree in trees.items() if name in used or name not in scheme.trees or "@" not in name}
    adjustments = tuple(_also(one, trees, scheme) for one in scheme.adjustments)
    return replace(scheme, subjects=tuple(subjects), trees=kept, adjustments=adjustments)


def _also(adjustment: Adjustment, trees: Mapping[str, Criterion], scheme: Scheme) -> Adjustment:
    """What holds for a tree holds for its amended copies."""
    copies = tuple(name for name in trees if name not in scheme.trees and name.partition("@")[0] in adjustment.trees)
    return replace(adjustment, trees=(*adjustment.trees, *copies)) if copies else adjustment


def _retargeted(node: Criterion, change: Amended, scheme: Scheme) -> Criterion:
    if node.id != change.criterion:
        children = tuple(_retargeted(child, change, scheme) for child in node.children)
        return replace(node, children=children) if node.children else node
    if node.rule is None or not node.rule.targets:
        return node
    *earlier, last = node.rule.targets
    start, end = last.period.start or scheme.period.start, last.period.end or scheme.period.end
    new = replace(last, value=change.value, unit=change.unit or last.unit, period=Period(change.starts_on, end), awaits=None)
    if start is not None and change.starts_on > start:
        earlier.append(replace(last, period=Period(start, change.starts_on - timedelta(days=1))))
    return replace(node, rule=replace(node.rule, targets=(*earlier, new)))
