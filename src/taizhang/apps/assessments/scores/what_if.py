"""What would move if figures, cases, weights, parameters or targets were other: on a copy of a run's inputs. Writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import criterion_of, light_cycles, scheme_for
from taizhang.apps.assessments.models import Run, Subject
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.scores.daily import kinds_of
from taizhang.apps.assessments.scores.inputs import all_cases, inputs_from_json, patched
from taizhang.engines.scoring import Case, Changes, Criterion, Move, Observation, Rule, Scheme, Standing, Target, what_if
from taizhang.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed: figures by (subject key, criterion); daily records by (subject key, kind), so many times; ids of records
    left out (record:7); targets and weights by criterion, in every tree with it; parameters by criterion and name."""

    figures: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    cases: Mapping[tuple[int, str], int] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supposition:
    """What moved, totals (`criterion` "") and criteria, in the scheme's order; `names` of the subjects. `run` and its `digest`
    are what it was compared with."""

    run: int
    digest: str
    moves: tuple[Move, ...]
    names: Mapping[str, str]

    @property
    def totals(self) -> tuple[Move, ...]:
        """Only totals, grades and places."""
        return tuple(one for one in self.moves if not one.criterion)


def suppose(run: int, supposed: Supposed) -> Supposition:
    """Score the run's inputs with the changes. Four queries, nothing written.

    Raises `NoSuchRowError`, `RunIsReleasedError`, `KindIsNotInTheSchemeError`, and the engine's errors for what the scheme can't
    read.
    """
    row = Run.objects.filter(pk=run).first()
    if row is None:
        raise refusals.NoSuchRowError(what="这次计分", key=run)
    if row.state == "released":
        raise refusals.RunIsReleasedError(run=run, digest=row.digest)
    adopted = scheme_for(light_cycles().get(pk=row.cycle_id))
    inputs = inputs_from_json(row.inputs)
    scheme = patched(adopted, inputs)
    subjects = {each.pk: each for each in Subject.objects.filter(cycle_id=row.cycle_id)}
    period = Period(scheme.period.start, min(row.as_at, scheme.period.end or row.as_at))
    changes = Changes(
        observations=tuple(_figures(scheme, adopted, subjects, supposed, period)),
        cases=tuple(_cases(adopted, subjects, supposed, period)),
        without_cases=supposed.without,
        targets=_targets(scheme, supposed.targets),
        weights=supposed.weights,
        parameters=supposed.parameters,
    )
    found = what_if(scheme, inputs.observations, all_cases(scheme, inputs, row.as_at), row.as_at, changes)
    return Supposition(row.pk, row.digest, found.moves, {each.ident: each.name for each in subjects.values()})


def _subject(subjects: Mapping[int, Subject], key: int) -> Subject:
    if key not in subjects:
        raise refusals.NoSuchRowError(what="这个被考核单位", key=key)
    return subjects[key]


def _figures(
    scheme: Scheme, adopted: Scheme, subjects: Mapping[int, Subject], supposed: Supposed, period: Period
) -> Iterator[Observation]:
    """Supposed figures as decided ones; one that is measured once for several is supposed for all of them."""
    for (key, criterion), value in supposed.figures.items():
        subject = _subject(subjects, key)
        node = criterion_of(adopted, subject, criterion)
        if node.rule is None:
            raise refusals.NoSuchRowError(what=f"“{node.label}”的数字", key=criterion)
        for body in (subject.ident, *_sharing(scheme, subject.ident, node.rule)):
            yield Observation(node.rule.metric, body, period, value=value, standing=Standing.DECIDED)


def _sharing(scheme: Scheme, body: str, rule: Rule) -> Iterator[str]:
    own = next((each.tree for each in scheme.subjects if each.body == body), "")
    for each in scheme.subjects:
        if each.tree != own and any(node.rule and node.rule.metric == rule.metric for node in walk(scheme.trees[each.tree])):
            yield each.body


def _cases(adopted: Scheme, subjects: Mapping[int, Subject], supposed: Supposed, period: Period) -> Iterator[Case]:
    on = period.end
    assert on is not None, "the period ends with the day that was scored"
    for (key, kind), times in supposed.cases.items():
        subject = _subject(subjects, key)
        known = kinds_of(adopted, subject)
        if kind not in known:
            raise refusals.KindIsNotInTheSchemeError(kind=kind, known="、".join(known))
        for number in range(times):
            yield Case(f"supposed:{key}:{kind}:{number}", kind, subject.ident, on)


def _targets(scheme: Scheme, wanted: Mapping[str, Decimal]) -> dict[str, tuple[Target, ...]]:
    """All versions of a target with the supposed value."""
    if not wanted:
        return {}
    nodes: dict[str, Criterion] = {node.id: node for tree in scheme.trees.values() for node in walk(tree)}
    out = {}
    for criterion, value in wanted.items():
        node = nodes.get(criterion)
        if node is None or node.rule is None or not node.rule.targets:
            raise refusals.NoTargetError(criterion=node.label if node else criterion)
        out[criterion] = tuple(replace(target, value=value) for target in node.rule.targets)
    return out
