"""A scheme over observations and cases as of a day: every subject's tree, total, grade and place."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from taizhang.engines.scoring.adjusting import adjusted
from taizhang.engines.scoring.arithmetic import canonical, exact
from taizhang.engines.scoring.awarding import AWARD, awards_of
from taizhang.engines.scoring.canonical_form import scheme_digest
from taizhang.engines.scoring.errors import CaseKindIsUnknownError, CaseSubjectIsUnknownError, TreeIsMissingError
from taizhang.engines.scoring.grading import behind, places
from taizhang.engines.scoring.inputs import Inputs
from taizhang.engines.scoring.json_form import plain
from taizhang.engines.scoring.leaves import NOTHING, Setting
from taizhang.engines.scoring.lights import light_rule, time_share
from taizhang.engines.scoring.model import Case, Cell, Criterion, Interval, Observation, Outcome, Result, Scheme, Subject
from taizhang.engines.scoring.plans import LeafPlan, leaf_plan
from taizhang.engines.scoring.sanctioning import closed_places, sanctioned, with_places, zeroed
from taizhang.engines.scoring.trees import branch


@dataclass(frozen=True, slots=True)
class _Ready:
    """A scheme checked and made ready, once: leaves by the identity of their criterion, kinds of cases it knows."""

    scheme: Scheme
    digest: str
    plans: Mapping[int, LeafPlan]
    kinds: frozenset[str]


# The schemes scored last. Each entry holds its scheme, so that its identity stays its own; schemes never change.
_READY: dict[int, _Ready] = {}
_KEPT = 8


def score(
    scheme: Scheme,
    observations: Iterable[Observation],
    cases: Iterable[Case],
    as_at: date,
    *,
    subjects: Collection[str] | None = None,
) -> Outcome:
    """Results of all subjects (or of those bodies named) as of the end of `as_at`, in the scheme's order.

    Exact in 50 digits, rounded only at criteria that say so. Independent of the order of observations and cases. With `subjects`
    only categories that are wholly among them have places. Raises what `errors` lists for a scheme, figure or case that does not
    fit; observations of metrics nobody reads are passed over.
    """
    with exact():
        ready = _ready(scheme)
        rows = list(cases)
        _check(scheme, ready, rows)
        inputs = Inputs(observations, rows, as_at, scheme.period)
        chosen = [s for s in scheme.subjects if subjects is None or s.body in subjects]
        results = _ranked(scheme, [_result(ready, s, inputs) for s in chosen])
        outcome = Outcome(scheme.id, ready.digest, as_at, results, "")
        return replace(outcome, digest=outcome_digest(outcome))


def checked_scheme(scheme: Scheme) -> None:
    """Raises what scoring would raise for the scheme itself, before anything is known of its subjects."""
    with exact():
        _ready(scheme)


def digest_of_scheme(scheme: Scheme) -> str:
    """The scheme's digest, computed once for each scheme."""
    with exact():
        return _ready(scheme).digest


def _ready(scheme: Scheme) -> _Ready:
    known = _READY.get(id(scheme))
    if known is not None:
        return known
    plans: dict[int, LeafPlan] = {}
    kinds = {a.id for a in scheme.adjustments} | {s.id for s in scheme.sanctions} | {AWARD}
    for tree in scheme.trees.values():
        for each in leaves_of(tree):
            plans[id(each)] = plan = leaf_plan(each, scheme.period, scheme.calendar.frequency)
            kinds |= {each.id, plan.rule.metric}
    for subject in scheme.subjects:
        if subject.tree not in scheme.trees:
            raise TreeIsMissingError(subject=subject.name, tree=subject.tree)
    ready = _Ready(scheme, scheme_digest(scheme), plans, frozenset(kinds))
    if len(_READY) >= _KEPT:
        _READY.pop(next(iter(_READY)), None)
    _READY[id(scheme)] = ready
    return ready


def leaves_of(criterion: Criterion) -> Iterator[Criterion]:
    """The leaves in the order of the tree."""
    if criterion.rule is not None:
        yield criterion
    for child in criterion.children:
        yield from leaves_of(child)


def _check(scheme: Scheme, ready: _Ready, cases: Sequence[Case]) -> None:
    bodies = {s.body for s in scheme.subjects}
    for case in cases:
        if case.subject not in bodies:
            raise CaseSubjectIsUnknownError(case=case.id, subject=case.subject)
        if case.kind not in ready.kinds:
            raise CaseKindIsUnknownError(case=case.id, kind=case.kind)


def _result(ready: _Ready, subject: Subject, inputs: Inputs) -> Result:
    """One subject's result, without its place."""
    scheme = ready.scheme
    tree = scheme.trees[subject.tree]
    end = min(scheme.period.end or date.max, subject.period.end or date.max)
    share = time_share(scheme.period, inputs.as_at)
    tolerance = light_rule(inputs.as_at).tolerance
    setting = Setting(subject.body, inputs.as_at, end, scheme.period, share, tolerance, scheme.rounding.places)
    cases = inputs.cases(subject.body)
    taken = zeroed(scheme, tree, cases) if cases else {}
    awards = awards_of(cases) if cases else {}
    root = branch(tree, ready.plans, inputs, setting, scheme.rounding, taken, awards).cell
    base = root.score or NOTHING
    whole = adjusted(scheme, subject, cases, base)
    before = whole.total
    if taken:
        untouched = branch(tree, ready.plans, inputs, setting, scheme.rounding, {}, awards).cell.score or NOTHING
        before = adjusted(scheme, subject, cases, untouched).total
    after = sanctioned(scheme, cases, before, whole.total)
    return Result(
        subject=subject.body,
        category=subject.category,
        root=root,
        base=base,
        adjustments=whole.applied,
        sanctions=after.applied,
        before_sanctions=before,
        total=after.total,
        # Without a total there is no grade either, unless a recorded fact gives one.
        grades=after.grades if root.score is not None or after.applied else (),
        rank=None,
        waits=(*root.waits, *whole.waits),
    )


def _ranked(scheme: Scheme, results: list[Result]) -> tuple[Result, ...]:
    """Places within each category that is ranked and complete; a total set to zero by a sanction is a total of zero, but a body
    none of whose points are set has no total, and then nobody in the category has a place. Whom a sanction keeps from the first
    places stands behind them, and its sanction tells both places."""
    counts: dict[str, int] = {}
    for subject in scheme.subjects:
        counts[subject.category] = counts.get(subject.category, 0) + 1
    members: dict[str, list[int]] = {}
    for i, result in enumerate(results):
        if result.root.score is not None:
            members.setdefault(result.category, []).append(i)
    placed = dict[int, Result]()
    for category in scheme.categories:
        own = members.get(category.id, [])
        if category.is_ranked and own and len(own) == counts[category.id]:
            placed.update(zip(own, _placed(scheme, [results[i] for i in own]), strict=True))
    return tuple(placed.get(i, r) for i, r in enumerate(results))


def _placed(scheme: Scheme, results: Sequence[Result]) -> Iterator[Result]:
    """The results of one category with their places."""
    by_total = places([r.total for r in results])
    closed = [closed_places(scheme, r.sanctions) for r in results]
    final = behind([r.total for r in results], by_total, closed) if any(closed) else by_total
    for result, natural, rank, first in zip(results, by_total, final, closed, strict=True):
        sanctions = with_places(scheme, result.sanctions, natural, rank) if first else result.sanctions
        yield replace(result, rank=rank, sanctions=sanctions)


# --- digest -------------------------------------------------------------------------------------------------------------


def outcome_digest(outcome: Outcome) -> str:
    """SHA-256 over the scheme's digest, the day, every cell with the inputs and cases it used, totals, grades and places. The
    same figures in another order of rows give the same digest."""
    made = sha256(f"{outcome.scheme}\n{outcome.scheme_digest}\n{outcome.as_at.isoformat()}\n".encode())
    for result in outcome.results:
        lines: list[str] = []
        _lines(result.root, lines)
        lines.append(
            "\x1f".join(
                (
                    result.subject,
                    result.category,
                    _span(result.base),
                    _span(result.before_sanctions),
                    _span(result.total),
                    ",".join(result.grades),
                    str(result.rank),
                    *(
                        f"{a.id}:{a.points if a.points is None else canonical(a.points)}:{a.before}:{a.after}"
                        for a in result.adjustments
                    ),
                    *(f"{a.id}:{a.before}:{a.after}" for a in result.sanctions),
                    *(_case(c) for a in (*result.adjustments, *result.sanctions) for c in a.cases),
                )
            )
        )
        made.update("\n".join(lines).encode())
    return made.hexdigest()


def _lines(cell: Cell, lines: list[str]) -> None:
    score = "-" if cell.score is None else _span(cell.score)
    parts = [cell.criterion, score, "1" if cell.is_applicable else "0", cell.status]
    if not cell.children:
        parts.extend([w.reason for w in cell.waits])
        parts.extend([_input(o) for o in cell.inputs])
        parts.extend([_case(c) for c in cell.cases])
    lines.append("\x1f".join(parts))
    for child in cell.children:
        _lines(child, lines)


def _input(row: Observation) -> str:
    moment = row.verified_at.isoformat() if row.verified_at else ""
    reported = row.reported_at.isoformat() if row.reported_at else ""
    value: Decimal | None = row.value
    return "\x1e".join(
        (
            row.metric,
            row.subject,
            str(row.period.start),
            str(row.period.end),
            "" if value is None else canonical(value),
            row.stage or "",
            row.not_applicable or "",
            row.missing or "",
            row.standing,
            row.reported_by,
            reported,
            row.verified_by,
            moment,
            *row.evidence,
        )
    )


def _case(case: Case) -> str:
    return str(plain(case))


def _span(score: Interval) -> str:
    return canonical(score.low) if score.is_known else f"{canonical(score.low)}~{canonical(score.high)}"
