"""Judged criteria: two scorers say which stage was reached; where they differ the office decides, with a reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from taizhang.apps.assessments import cycle_errors, refusals
from taizhang.apps.assessments.acting import (
    BEFORE_APPROVAL,
    another,
    criterion_of,
    cycle_for,
    day_of,
    said,
    scheme_for,
    subject_of,
    within,
)
from taizhang.apps.assessments.models import Cycle, Evidence, Judgement, Owing, Report, Subject
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.scoring.model import Criterion, Scheme

SCORERS = 2
_POINTS = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Voice:
    """What a scorer says of one criterion: the stage reached, and why."""

    criterion: str
    stage: str
    reason: str


def stages_to_judge(criterion: Criterion) -> tuple[str, ...]:
    """The stages one of which a scorer says was reached, in the scheme's order; none where points are given instead.

    Raises `CriterionIsNotJudgedError`.
    """
    rule = criterion.rule
    if rule is None or rule.strategy != "judged":
        raise refusals.CriterionIsNotJudgedError(criterion=criterion.label, strategy=rule.strategy if rule else "下级各项之和")
    names = rule.parameters.get("stages") or ()
    assert isinstance(names, tuple), "the scheme was checked when it was stored"
    return tuple(str(name) for name in names)


def about(owing: int) -> str:
    """How evidence of a judged item is named, beside that of the unit's own reports on it."""
    return f"owing:{owing}"


@operation("assessments.judge", permission="assessments.judge")
def judge(
    *, by: Actor, at: datetime, cycle: int, subject: int, period_end: date, voices: Sequence[Voice], for_body: str | None = None
) -> list[Judgement]:
    """One scorer judges one or more criteria of a subject: all of them, or none.

    Raises `EvidenceIsMissingError`, `AlreadyJudgedError`, `CriterionIsNotJudgedError`, `StageIsUnknownError`,
    `NotTheSamePersonError` (who reported for the unit doesn't judge it), `WordsAreMissingError`.
    """
    year = cycle_for(cycle, for_body, states=BEFORE_APPROVAL, act="评定")
    whom, scheme = subject_of(year, subject), scheme_for(year)
    within(period_end, scheme, day_of(at), "评定的截止日要在考核年度内、已经到了")
    if not voices:
        raise refusals.WordsAreMissingError(field="任何一项的评定", act="评定")
    heard = _heard(whom, period_end, [voice.criterion for voice in voices])
    for voice in voices:
        _not_read_elsewhere(criterion_of(scheme, whom, voice.criterion))
    _with_evidence(year, scheme, whom, period_end, voices, by)
    rows = []
    for voice in voices:
        _check(scheme, whom, voice)
        others = heard.get(voice.criterion, [])
        if len(others) >= SCORERS or by.ident in {row.scorer for row in others}:
            raise _already(voice.criterion, period_end, others)
        rows.append(_row(whom, period_end, voice, by, at))
    Judgement.objects.bulk_create(rows)
    after = {
        "subject": whom.ident,
        "period_end": period_end.isoformat(),
        "stages": {voice.criterion: voice.stage for voice in voices},
    }
    record(by=by, at=at, operation="assessments.judge", subject=f"subject:{whom.pk}", after=after, for_body=whom.ident)
    return rows


@operation("assessments.decide_judgement", permission="assessments.judge")
def decide_judgement(
    *, by: Actor, at: datetime, cycle: int, subject: int, period_end: date, voice: Voice, for_body: str | None = None
) -> Judgement:
    """Settle what two scorers see differently. Raises `NothingToDecideError`, `NotTheSamePersonError`, `AlreadyJudgedError`."""
    year = cycle_for(cycle, for_body, states=BEFORE_APPROVAL, act="裁定")
    whom, scheme = subject_of(year, subject), scheme_for(year)
    _check(scheme, whom, voice)
    rows = _heard(whom, period_end, [voice.criterion]).get(voice.criterion, [])
    if any(row.is_decision for row in rows):
        raise _already(voice.criterion, period_end, rows)
    if len(rows) < SCORERS or len({row.stage for row in rows}) == 1:
        state = f"只有 {len(rows)} 人评定" if len(rows) < SCORERS else "两人意见一致"
        raise refusals.NothingToDecideError(criterion=voice.criterion, day=period_end.isoformat(), state=state)
    another(by, {row.scorer: "评定过这一项" for row in rows}, "裁定")
    row = _row(whom, period_end, voice, by, at)
    row.is_decision = True
    row.save()
    before = {each.scorer: each.stage for each in rows}
    after = {"criterion": voice.criterion, "period_end": period_end.isoformat(), "stage": voice.stage, "reason": voice.reason}
    record(
        by=by, at=at, operation="assessments.decide_judgement", subject=f"subject:{whom.pk}", before=before, after=after,
        for_body=whom.ident,
    )  # fmt: skip
    return row


@dataclass(frozen=True, slots=True)
class Differing:
    """A judged item on which two scorers differ and nobody has decided."""

    subject: int
    name: str
    criterion: str
    period_end: date
    stages: tuple[tuple[str, str], ...]  # scorer, stage


def differing(cycle: Cycle) -> list[Differing]:
    """What the office has to decide, in order of subjects. One query."""
    rows = Judgement.objects.filter(subject__cycle=cycle).order_by("subject_id", "criterion", "period_end", "pk")
    columns = ("subject_id", "subject__name", "criterion", "period_end", "scorer", "stage", "is_decision")
    said_of: dict[tuple[int, str, str, date], list[tuple[str, str, bool]]] = {}
    for pk, name, criterion, end, scorer, stage, decided in rows.values_list(*columns):
        said_of.setdefault((pk, name, criterion, end), []).append((scorer, stage, decided))
    return [
        Differing(pk, name, criterion, end, tuple((scorer, stage) for scorer, stage, _ in voices))
        for (pk, name, criterion, end), voices in said_of.items()
        if not any(voice[2] for voice in voices) and len({voice[1] for voice in voices}) > 1
    ]


def _not_read_elsewhere(node: Criterion) -> None:
    """What another cycle decides is not judged once more here."""
    if node.rule is not None and node.rule.result_of is not None:
        raise refusals.CriterionIsNotJudgedError(criterion=node.label, strategy=node.rule.result_of.name)


def _check(scheme: Scheme, subject: Subject, voice: Voice) -> None:
    node = criterion_of(scheme, subject, voice.criterion)
    stages = stages_to_judge(node)
    if not (voice.stage in stages if stages else _is_points(voice.stage, node)):
        known = "、".join(stages) or f"0 到 {node.weight} 的分数"
        raise cycle_errors.StageIsUnknownError(metric=node.label, stage=voice.stage, known=known)
    said(voice.reason, "理由", "评定")


def _is_points(text: str, node: Criterion) -> bool:
    return _POINTS.fullmatch(text) is not None and (node.weight is None or Decimal(text) <= node.weight)


def _heard(subject: Subject, period_end: date, criteria: list[str]) -> dict[str, list[Judgement]]:
    rows = Judgement.objects.select_for_update().filter(subject=subject, period_end=period_end, criterion__in=criteria)
    out: dict[str, list[Judgement]] = {}
    for row in rows.order_by("pk"):
        out.setdefault(row.criterion, []).append(row)
    return out


def _with_evidence(cycle: Cycle, scheme: Scheme, subject: Subject, period_end: date, voices: Sequence[Voice], by: Actor) -> None:
    """Every item has a file of its own or of the unit's report on it, and the scorer is none of those who reported."""
    owings = {row.criterion: row for row in Owing.objects.filter(subject=subject).only("pk", "criterion", "metric_id")}
    reports = Report.objects.filter(subject=subject, period_end__lte=period_end).exclude(state__in=("draft", "superseded"))
    by_metric: dict[int, list[str]] = {}
    for pk, metric, reporter, signer in reports.values_list("pk", "metric_id", "reported_by", "signed_by"):
        another(by, {reporter: "替这个单位填报", signer: "替这个单位签发"}, "评定它")
        by_metric.setdefault(metric, []).append(f"report:{pk}")
    names = {
        voice.criterion: [about(owing.pk), *by_metric.get(owing.metric_id, [])]
        for voice in voices
        if (owing := owings.get(voice.criterion)) is not None
    }
    asked = [name for group in names.values() for name in group]
    there = set(Evidence.objects.filter(cycle=cycle, about__in=asked).values_list("about", flat=True))
    for voice in voices:
        if not there.intersection(names.get(voice.criterion, ())):
            label = criterion_of(scheme, subject, voice.criterion).label
            raise refusals.EvidenceIsMissingError(what=f"“{subject.name}”的“{label}”", act="评定")


def _already(criterion: str, period_end: date, rows: list[Judgement]) -> refusals.AlreadyJudgedError:
    scorers = "、".join(row.scorer for row in rows)
    return refusals.AlreadyJudgedError(criterion=criterion, day=period_end.isoformat(), scorers=scorers)


def _row(subject: Subject, period_end: date, voice: Voice, by: Actor, at: datetime) -> Judgement:
    return Judgement(
        subject=subject, criterion=voice.criterion, period_end=period_end, stage=voice.stage, reason=voice.reason.strip(),
        scorer=by.ident, at=at,
    )  # fmt: skip
