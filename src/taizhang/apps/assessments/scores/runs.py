"""Scoring a cycle (试算): the scheme over what stands on a day, stored with every certificate. Recomputing gives the same.

A run is written once. It keeps its inputs, so that a closed year can be recomputed when the rows it came from have moved on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import BEFORE_APPROVAL, cycle_for, day_of, light_cycles, scheme_for
from taizhang.apps.assessments.models import Cell, Certificate, Cycle, Run, RunInputs, Score, Subject
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.scores.inputs import Inputs, all_cases, digest_of_json, inputs_from_json, inputs_of, patched
from taizhang.apps.assessments.states import SILENT
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.backends.collector import collector_held
from taizhang.engines.scoring import Outcome, certificates, is_genuine, result_to_json, scheme_digest, score
from taizhang.engines.scoring.model import Cell as ScoredCell
from taizhang.engines.scoring.model import Criterion, Result, Scheme

_PLACES = Decimal("0.0001")
_BATCH = 500


def about(run: int) -> str:
    """How the ledger names a run."""
    return f"run:{run}"


@operation("assessments.score", permission="assessments.score")
def score_cycle(*, by: Actor, at: datetime, cycle: int, as_at: date, for_body: str | None = None) -> Run:
    """Score a cycle as of a day. The same inputs as an earlier provisional run of that day give that run again.

    Raises `DayIsOutsideError` for a day to come or before the year, `StepIsOutOfOrderError` once results are approved.
    """
    year = cycle_for(cycle, for_body, states=BEFORE_APPROVAL, act="试算")
    scheme, today = scheme_for(year), day_of(at)
    first = scheme.period.start or date(scheme.year, 1, 1)
    if not first <= as_at <= today:
        raise refusals.DayIsOutsideError(
            day=as_at.isoformat(), first=first.isoformat(), last=today.isoformat(), why="不能给还没有到的日子计分"
        )
    inputs = inputs_of(year, scheme, as_at)
    kept = Kept.of(inputs)
    found = _same(year, as_at, kept, scheme_digest(patched(scheme, inputs)))
    run = found or store(cycle=year, scheme=scheme, kept=kept, as_at=as_at, by=by.ident, at=at)
    after = {"cycle": year.slug, "as_at": as_at.isoformat(), "digest": run.digest, "unchanged": found is not None}
    record(by=by, at=at, operation="assessments.score", subject=about(run.pk), after=after, for_body=for_body)
    return run


@dataclass(frozen=True, slots=True)
class Kept:
    """Inputs with the JSON that is stored of them and its digest, made once."""

    inputs: Inputs
    content: dict[str, Any]
    digest: str

    @classmethod
    def of(cls, inputs: Inputs) -> "Kept":
        """The inputs as they will be stored."""
        content = inputs.to_json()
        return cls(inputs, content, digest_of_json(content))


def _same(cycle: Cycle, as_at: date, kept: Kept, scheme: str) -> Run | None:
    """The run of that day with the same inputs and scheme, if it is still what it was."""
    rows = Run.objects.filter(cycle=cycle, as_at=as_at, inputs_digest=kept.digest, scheme_digest=scheme)
    run: Run | None = rows.exclude(state__in=SILENT).first()
    return run


def light_runs() -> QuerySet[Run]:
    """Runs; what they scored stands beside, in `RunInputs`."""
    return Run.objects.all()


def outcome_of(scheme: Scheme, inputs: Inputs, as_at: date) -> tuple[Scheme, Outcome]:
    """What the engine makes of the inputs, and the scheme as they patch it."""
    changed = patched(scheme, inputs)
    with collector_held():
        return changed, score(changed, inputs.observations, all_cases(changed, inputs, as_at), as_at)


def store(*, cycle: Cycle, scheme: Scheme, kept: Kept, as_at: date, by: str, at: datetime, state: str = "provisional") -> Run:
    """Score and write a run with all scores, cells and certificates, in the transaction of the caller."""
    changed, outcome = outcome_of(scheme, kept.inputs, as_at)
    run: Run = Run.objects.create(
        cycle=cycle, as_at=as_at, state=state, by=by, at=at, scheme_digest=outcome.scheme_digest,
        inputs_digest=kept.digest, digest=outcome.digest,
    )  # fmt: skip
    RunInputs.objects.create(run=run, content=kept.content)
    subjects = {row.ident: row for row in Subject.objects.filter(cycle=cycle)}
    scored = [(result, _score_row(run, subjects[result.subject], result)) for result in outcome.results]
    Score.objects.bulk_create([row for _, row in scored], batch_size=_BATCH)
    trees = {subject.body: _criteria(changed.trees[subject.tree]) for subject in changed.subjects}
    made = [pair for result, row in scored for pair in _cell_rows(row, result, changed, trees[result.subject], as_at)]
    Cell.objects.bulk_create([cell for cell, _ in made], batch_size=_BATCH)
    Certificate.objects.bulk_create([Certificate(cell=cell, content=content) for cell, content in made], batch_size=_BATCH)
    return run


def _criteria(tree: Criterion) -> dict[str, Criterion]:
    return {node.id: node for node in walk(tree)}


def _stored(value: Decimal) -> Decimal:
    return value.quantize(_PLACES, ROUND_HALF_UP)


def _score_row(run: Run, subject: Subject, result: Result) -> Score:
    data = result_to_json(result)
    data.pop("root")
    points = [applied.points for applied in result.adjustments]
    known = [value for value in points if value is not None]
    best, worst = result.rank or (None, None)
    return Score(
        run=run, subject=subject, low=_stored(result.total.low), high=_stored(result.total.high),
        overridden_low=_stored(result.before_sanctions.low) if result.before_sanctions != result.total else None,
        adjusted=_stored(sum(known, Decimal(0))) if len(known) == len(points) else None,
        grades=list(result.grades), rank_best=best, rank_worst=worst, sanctions=[one.id for one in result.sanctions],
        waits=list(dict.fromkeys(str(wait.message) for wait in result.waits)), outcome=data,
    )  # fmt: skip


def _flat(cell: ScoredCell) -> Iterator[ScoredCell]:
    yield cell
    for child in cell.children:
        yield from _flat(child)


def _cell_rows(
    row: Score, result: Result, scheme: Scheme, tree: Mapping[str, Criterion], as_at: date
) -> Iterator[tuple[Cell, dict[str, Any]]]:
    """Rows in the order of the tree with their certificates. What tables need of a certificate is repeated in columns."""
    cells = {cell.criterion: cell for cell in _flat(result.root)}
    for ordinal, certificate in enumerate(certificates(scheme, result, as_at)):
        name = certificate["criterion"]["id"]
        cell, criterion = cells[name], tree[name]
        low, high = (None, None) if cell.score is None else (_stored(cell.score.low), _stored(cell.score.high))
        made = Cell(
            score=row, criterion=name, parent=certificate.get("parent") or "", ordinal=ordinal, weight=cell.weight, low=low,
            high=high, status=cell.status, digest=certificate["digest"], label=criterion.label,
            **_figures(cell, criterion, as_at),
        )  # fmt: skip
        yield made, certificate


def _figures(cell: ScoredCell, criterion: Criterion, as_at: date) -> dict[str, Any]:
    rule = criterion.rule
    target = next((t for t in rule.targets if t.period.contains(as_at)), rule.targets[-1]) if rule and rule.targets else None
    known = [one for one in cell.inputs if one.value is not None]
    last = max(known, key=lambda one: one.period.end or date.min, default=None)
    unit = (target.unit if target else None) or (rule.unit if rule else None) or ""
    standing = last.standing if last else next((one.standing for one in cell.inputs if one.stage or one.not_applicable), "")
    return {
        "metric": rule.metric if rule else "",
        "value": last.value if last else None,
        "target": target.value if target else None,
        "bound": target.bound if target else "",
        "unit": unit,
        "standing": str(standing),
        "waits_for": "、".join(dict.fromkeys(wait.reason for wait in cell.waits))[:200],
    }


@dataclass(frozen=True, slots=True)
class Recheck:
    """A run recomputed from its stored inputs. `wrong_cells` are criteria whose stored certificate has another digest."""

    run: int
    stored: str
    recomputed: str
    wrong_cells: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """True if result and certificates are what they were."""
        return self.stored == self.recomputed and not self.wrong_cells


def recheck(run: int) -> Recheck:
    """Recompute a run from what it stored. Reads only. Five queries. Raises `NoSuchRowError`, `RunIsReleasedError`."""
    row = Run.objects.filter(pk=run).first()
    if row is None:
        raise refusals.NoSuchRowError(what="这次计分", key=run)
    if row.state == "released":
        raise refusals.RunIsReleasedError(run=run, digest=row.digest)
    cycle = light_cycles().get(pk=row.cycle_id)
    stored = row.inputs
    changed, outcome = outcome_of(scheme_for(cycle), inputs_from_json(stored), row.as_at)
    made = {
        (result.subject, each["criterion"]["id"]): each["digest"]
        for result in outcome.results
        for each in certificates(changed, result, row.as_at)
    }
    rows = Cell.objects.filter(score__run=row).values_list("score__subject__ident", "criterion", "digest", "stored__content")
    wrong = []
    for ident, criterion, digest, certificate in rows.order_by("score_id", "ordinal").iterator():
        is_whole = certificate is not None and certificate.get("digest") == digest and is_genuine(certificate)
        if made.pop((ident, criterion), None) != digest or not is_whole:
            wrong.append(f"{ident} {criterion}")
    wrong += [" ".join(key) for key in made]
    same_inputs = digest_of_json(stored) == row.inputs_digest and scheme_digest(changed) == row.scheme_digest
    recomputed = outcome.digest if same_inputs else "inputs"
    return Recheck(run, row.digest, recomputed, tuple(wrong))
