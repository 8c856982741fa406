"""The certificate of a cell: one value that says how its score was made, from which a reader can make it again by hand.

It holds formula, parameters, targets, figures with who reported and verified them, the working, the clause, the interpretations,
what a little more would do, and what it waits for; and its own SHA-256 over all of that in canonical JSON. `recompute` uses
nothing but the certificate.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.engines.scoring.arithmetic import exact, rounded_interval, shown
from taizhang.engines.scoring.awarding import AWARD, award_steps, with_awards
from taizhang.engines.scoring.errors import CriterionIsUnknownError, JsonIsMalformedError
from taizhang.engines.scoring.inputs import Inputs
from taizhang.engines.scoring.json_form import digest_of, from_plain, loose, plain
from taizhang.engines.scoring.leaves import NOTHING, Leaf, Setting, leaf
from taizhang.engines.scoring.lights import light_rule, time_share
from taizhang.engines.scoring.model import (
    Absence,
    Aggregate,
    Applied,
    Case,
    Cell,
    Choice,
    Criterion,
    Effect,
    Interval,
    Observation,
    Result,
    Rounding,
    Rule,
    Scheme,
    Subject,
)
from taizhang.engines.scoring.plans import leaf_plan
from taizhang.engines.scoring.scoring import digest_of_scheme
from taizhang.engines.scoring.strategies import STRATEGIES
from taizhang.engines.scoring.trees import Addend, aggregated
from taizhang.kernel.message import Message
from taizhang.kernel.period import Period

FORMAT = 1


def certificate(scheme: Scheme, result: Result, criterion_id: str, *, as_at: date) -> dict[str, Any]:
    """The certificate of one cell; CriterionIsUnknownError where the subject's tree has no such criterion."""
    for criterion, cell, parent in _pairs(scheme, result):
        if criterion.id == criterion_id:
            with exact():
                return _certificate(scheme, result, criterion, cell, parent, as_at)
    raise CriterionIsUnknownError(criterion=criterion_id, where=result.subject)


def certificates(scheme: Scheme, result: Result, as_at: date) -> tuple[dict[str, Any], ...]:
    """The certificates of all cells of a subject in the order of the tree, each with the id of its parent ("" for the root)."""
    with exact():
        return tuple(_certificate(scheme, result, *pair, as_at) for pair in _pairs(scheme, result))


def is_genuine(certificate: Mapping[str, Any]) -> bool:
    """True if the digest is that of the content: nothing was changed since it was made."""
    return certificate.get("digest") == digest_of({k: v for k, v in certificate.items() if k != "digest"})


def _pairs(scheme: Scheme, result: Result) -> Iterator[tuple[Criterion, Cell, str]]:
    subject = _subject(scheme, result)
    waiting: list[tuple[Criterion, Cell, str]] = [(scheme.trees[subject.tree], result.root, "")]
    while waiting:
        criterion, cell, parent = waiting.pop()
        yield criterion, cell, parent
        waiting += [(c, d, criterion.id) for c, d in zip(criterion.children, cell.children, strict=True)][::-1]


def _subject(scheme: Scheme, result: Result) -> Subject:
    return next(s for s in scheme.subjects if s.body == result.subject)


def _certificate(scheme: Scheme, result: Result, criterion: Criterion, cell: Cell, parent: str, as_at: date) -> dict[str, Any]:
    """Everything of a cell, then the digest over it."""
    subject = _subject(scheme, result)
    made: dict[str, Any] = {
        "format": FORMAT,
        "scheme": _scheme(scheme),
        "as_at": as_at.isoformat(),
        "subject": {"body": subject.body, "name": subject.name, "category": subject.category, "period": plain(subject.period)},
        "criterion": _criterion(criterion, parent),
        "parent": parent,
        "rounding": plain(scheme.rounding),
        "formula": _said(cell.formula),
        "status": cell.status,
        "is_applicable": cell.is_applicable,
        "score": plain(cell.score),
        "inputs": [plain(o) for o in cell.inputs],
        "cases": [plain(c) for c in cell.cases],
        "waits": [{**plain(w), "message": _said(w.message)} for w in cell.waits],
        "marginal": _said(cell.marginal),
        "interpretations": [_choice(c) for c in _choices(scheme, criterion)],
        "zeroed_by": _takers(scheme, result, criterion.id),
    }
    if criterion.rule is not None:
        made |= _leaf_parts(scheme, subject, criterion, cell, as_at, made["zeroed_by"])
    else:
        made["parts"] = [_part(scheme, subject, c, d, as_at) for c, d in zip(criterion.children, cell.children, strict=True)]
        exact_sum = aggregated([_addend(p) for p in made["parts"]], criterion.aggregate).score
        formula = aggregated([_addend(p) for p in made["parts"]], criterion.aggregate).formula if _awards(cell) else cell.formula
        made["steps"] = [_step(formula, exact_sum), *_last_steps(scheme, criterion, cell, exact_sum, made["zeroed_by"])]
    if not parent:
        made["total"] = _total(scheme, result)
    made["digest"] = digest_of(made)
    return made


def _scheme(scheme: Scheme) -> dict[str, Any]:
    """Which scheme of which version, year and frequency it is, with its digest."""
    return {
        "id": scheme.id,
        "version": scheme.version,
        "title": scheme.title,
        "document": scheme.document,
        "digest": digest_of_scheme(scheme),
        "year": scheme.year,
        "period": plain(scheme.period),
        "frequency": scheme.calendar.frequency,
    }


def _criterion(criterion: Criterion, parent: str) -> dict[str, Any]:
    """The criterion as its clause has it."""
    return {
        "id": criterion.id,
        "label": criterion.label,
        "parent": parent,
        "weight": plain(criterion.weight),
        "citation": plain(criterion.citation),
        "is_rounded": criterion.is_rounded,
        "aggregate": criterion.aggregate.value,
        "note": _said(criterion.note),
    }


def _said(message: Message | None) -> dict[str, Any] | None:
    return None if message is None else {"template": message.template, "facts": dict(message.facts), "text": str(message)}


def _choices(scheme: Scheme, criterion: Criterion) -> list[Choice]:
    return [c for c in scheme.choices if c.id in criterion.interpretations]


def _choice(choice: Choice) -> dict[str, Any]:
    made: dict[str, Any] = plain(choice)
    return made


def _takers(scheme: Scheme, result: Result, criterion: str) -> list[str]:
    """Labels of the sanctions that took this criterion's points."""
    kinds = {s.id: s.label for s in scheme.sanctions if Effect.ZERO_CRITERION in s.effects}
    return [kinds[a.id] for a in result.sanctions if a.id in kinds and any(c.criterion == criterion for c in a.cases)]


def _leaf_parts(
    scheme: Scheme, subject: Subject, criterion: Criterion, cell: Cell, as_at: date, taken: list[str]
) -> dict[str, Any]:
    """What only a leaf has: its strategy and rule, and the working of each part of the year."""
    rule = criterion.rule
    assert rule is not None
    strategy = STRATEGIES[rule.strategy]
    found = _leaf(
        criterion, scheme.period, scheme.calendar.frequency, subject, cell.inputs, cell.cases, as_at, scheme.rounding.places
    )
    return {
        "strategy": {"name": strategy.name, "version": strategy.version, "formula": _said(strategy.formula)},
        "rule": plain(rule),
        "parameters": {name: loose(value) for name, value in rule.parameters.items()},
        "targets": [plain(t) for t in rule.targets],
        "steps": [_step(s.text, s.score) for s in found.told()] + _last_steps(scheme, criterion, cell, found.score, taken),
    }


def _step(text: Message, score: Interval | None) -> dict[str, Any]:
    return {**(_said(text) or {}), "low": plain(score.low) if score else None, "high": plain(score.high) if score else None}


def _rounding_step(scheme: Scheme, criterion: Criterion, cell: Cell, exact_score: Interval | None) -> list[dict[str, Any]]:
    """The step that rounds, where that changes the figure."""
    if not criterion.is_rounded or cell.score is None or not cell.score.is_known or cell.score == exact_score:
        return []
    facts = {"places": str(scheme.rounding.places), "score": shown(cell.score.low)}
    return [_step(Message("取{places}位小数，{score}", facts), cell.score)]


def _awards(cell: Cell) -> list[Case]:
    return [case for case in cell.cases if case.kind == AWARD]


def _last_steps(
    scheme: Scheme, criterion: Criterion, cell: Cell, exact_score: Interval | None, taken: list[str]
) -> list[dict[str, Any]]:
    """Rounding, then what appeals decided, from the score as it was before."""
    awards = _awards(cell)
    if not awards or exact_score is None:
        return _rounding_step(scheme, criterion, cell, exact_score)
    before = rounded_interval(exact_score, scheme.rounding) if criterion.is_rounded else exact_score
    steps = _rounding_step(scheme, criterion, replace(cell, score=before), exact_score)
    if taken:
        before = NOTHING
    return steps + [_step(text, score) for text, score in award_steps(before, cell.weight, awards)]


def _part(scheme: Scheme, subject: Subject, criterion: Criterion, cell: Cell, as_at: date) -> dict[str, Any]:
    """A child as its parent adds it up."""
    return {
        "id": criterion.id,
        "label": criterion.label,
        "weight": plain(criterion.weight),
        "share": plain(criterion.share),
        "absence": criterion.absence.value,
        "stands_outside": criterion.stands_outside,
        "is_applicable": cell.is_applicable,
        "score": plain(cell.score),
        "gate": _gate(scheme, subject, criterion, cell, as_at),
    }


def _gate(scheme: Scheme, subject: Subject, criterion: Criterion, cell: Cell, as_at: date) -> str:
    """How the parent was told about a red line."""
    if criterion.rule is None or criterion.rule.strategy != "gate":
        return ""
    frequency, places = scheme.calendar.frequency, scheme.rounding.places
    return _leaf(criterion, scheme.period, frequency, subject, cell.inputs, cell.cases, as_at, places).gate


def _total(scheme: Scheme, result: Result) -> dict[str, Any]:
    """The subject's result, which the root's certificate shows."""
    labels = {a.id: a.label for a in scheme.adjustments} | {s.id: s.label for s in scheme.sanctions}
    citations = {a.id: a.citation for a in scheme.adjustments} | {s.id: s.citation for s in scheme.sanctions}

    def of(each: Applied) -> dict[str, Any]:
        return {**plain(each), "label": labels[each.id], "citation": plain(citations[each.id])}

    return {
        "base": plain(result.base),
        "adjustments": [of(a) for a in result.adjustments],
        "sanctions": [of(s) for s in result.sanctions],
        "before_sanctions": plain(result.before_sanctions),
        "total": plain(result.total),
        "total_cap": plain(scheme.total_cap),
        "grades": list(result.grades),
        "grade_reading": scheme.grade_reading,
        "rank": list(result.rank) if result.rank else None,
        "waits": [{**plain(w), "message": _said(w.message)} for w in result.waits],
    }


# --- making it again ----------------------------------------------------------------------------------------------------


def recompute(certificate: Mapping[str, Any]) -> Interval | None:
    """The score once more from the certificate alone; None where its weight is not set, so that it has no score.

    JsonIsMalformedError where the certificate is not what the program wrote. It does not look at the score or the working that
    stand in the certificate.
    """
    try:
        with exact():
            return _again(certificate)
    except (KeyError, TypeError, AttributeError) as error:
        raise JsonIsMalformedError(place="certificate", problem=f"缺了或写错了“{error}”") from None


def _again(data: Mapping[str, Any]) -> Interval | None:
    about = data["criterion"]
    if "rule" in data:
        weight = from_plain(Decimal, about["weight"]) if about["weight"] is not None else None
        score: Interval | None = _leaf_again(data, weight).score if weight is not None else None
    else:
        score = aggregated([_addend(p) for p in data["parts"]], Aggregate(about["aggregate"])).score
    if score is None:
        return None
    if data["zeroed_by"]:
        score = NOTHING
    elif about["is_rounded"]:
        score = rounded_interval(score, from_plain(Rounding, data["rounding"]))
    weight = from_plain(Decimal, about["weight"]) if about["weight"] is not None else None
    return with_awards(score, weight, (c for c in map(_case, data["cases"]) if c.kind == AWARD))


def _case(data: Any) -> Case:
    case: Case = from_plain(Case, data)
    return case


def _leaf_again(data: Mapping[str, Any], weight: Decimal | None) -> Leaf:
    about, subject, scheme = data["criterion"], data["subject"], data["scheme"]
    criterion = Criterion(about["id"], about["label"], weight, rule=from_plain(Rule, data["rule"]))
    assessed = Subject(subject["body"], subject["name"], subject["category"], "", from_plain(Period, subject["period"]))
    return _leaf(
        criterion,
        from_plain(Period, scheme["period"]),
        scheme["frequency"],
        assessed,
        tuple(from_plain(Observation, o) for o in data["inputs"]),
        tuple(from_plain(Case, c) for c in data["cases"]),
        date.fromisoformat(data["as_at"]),
        data["rounding"]["places"],
    )


def _leaf(
    criterion: Criterion,
    period: Period,
    frequency: str,
    subject: Subject,
    observations: tuple[Observation, ...],
    cases: tuple[Case, ...],
    as_at: date,
    places: int,
) -> Leaf:
    """A leaf by itself, from its own inputs."""
    plan = leaf_plan(criterion, period, frequency)
    own = tuple(replace(c, subject=subject.body) for c in cases)
    end = min(period.end or date.max, subject.period.end or date.max)
    setting = Setting(subject.body, as_at, end, period, time_share(period, as_at), light_rule(as_at).tolerance, places)
    return leaf(plan, Inputs(observations, own, as_at, period), setting)


def _addend(part: Mapping[str, Any]) -> Addend:
    return Addend(
        weight=None if part["weight"] is None else from_plain(Decimal, part["weight"]),
        score=None if part["score"] is None else from_plain(Interval, part["score"]),
        share=from_plain(Decimal, part["share"]),
        absence=Absence(part["absence"]),
        stands_outside=part["stands_outside"],
        is_applicable=part["is_applicable"],
        gate=part["gate"],
    )
