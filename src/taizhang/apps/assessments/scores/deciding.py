"""A recorded decision in place of a figure: what counts, why, and the clause it rests on. It gives way to a verified figure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import (
    BEFORE_APPROVAL,
    CLAUSE,
    criterion_of,
    cycle_for,
    day_of,
    locked,
    said,
    scheme_for,
    subject_of,
)
from taizhang.apps.assessments.models import Cell, Decision, Judgement, Owing, Report, Run, Score, Subject
from taizhang.apps.assessments.reports.answering import impossible
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.scores.inputs import ended_by
from taizhang.apps.assessments.scores.judging import stages_to_judge
from taizhang.apps.assessments.wording import DECISIONS
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.scoring.model import Criterion, Scheme


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided: `kind` value (with `value`), stage (with `stage`), not_applicable, no_points, or left_open (a part whose
    weight or amount nobody set is not counted this year). `clause`: the paper or clause it rests on."""

    kind: str
    reason: str
    clause: str
    value: Decimal | None = None
    stage: str = ""


@operation("assessments.decide_missing", permission="assessments.decide_missing")
def decide_missing(
    *, by: Actor, at: datetime, cycle: int, subject: int, criterion: str, ruling: Ruling, for_body: str | None = None
) -> Decision:
    """Record a decision in place of a missing figure. `criterion`: a leaf of the subject, or an adjustment without amount.

    Raises `NothingIsMissingError` where a verified figure is there, `DecidedByAnotherError`, `DecisionIsMalformedError`,
    `WordsAreMissingError`.
    """
    year = cycle_for(cycle, for_body, states=BEFORE_APPROVAL, act="作出决定")
    whom, scheme = subject_of(year, subject), scheme_for(year)
    reason, clause = said(ruling.reason, "理由", "决定"), said(ruling.clause, "依据", "决定", most=CLAUSE)
    metric, label = _decided_on(scheme, whom, criterion, ruling)
    # A weight that nobody set is missing however well the figure is known.
    if metric and ruling.kind != "left_open" and _is_known(scheme, whom, criterion, at):
        raise refusals.NothingIsMissingError(subject=whom.name, criterion=label)
    other = Decision.objects.filter(subject=whom, criterion=criterion, state="standing").first()
    if other is not None:
        raise refusals.DecidedByAnotherError(what=f"“{label}”", other=other.decided_by, state=DECISIONS[other.kind])
    value = ruling.value if ruling.kind == "value" else None
    stage = ruling.stage if ruling.kind == "stage" else ""
    row: Decision = Decision.objects.create(
        subject=whom, criterion=criterion, metric=metric, kind=ruling.kind, value=value, stage=stage,
        reason=reason, clause=clause, decided_by=by.ident, decided_at=at,
    )  # fmt: skip
    after = {
        "criterion": criterion, "kind": ruling.kind, "reason": reason, "clause": clause, "stage": stage,
        "value": None if value is None else str(value),
    }  # fmt: skip
    code = "assessments.decide_missing"
    record(by=by, at=at, operation=code, subject=f"decision:{row.pk}", after=after, for_body=whom.ident)
    return row


@operation("assessments.leave_open", permission="assessments.decide_missing")
def leave_open(
    *, by: Actor, at: datetime, cycle: int, label: str, reason: str, clause: str, for_body: str | None = None
) -> list[Decision]:
    """Decide for every subject at once that a part without a weight is not counted this year. `label` are the part's words.

    Raises `NoSuchRowError` where no such part is left to decide on, `WordsAreMissingError`.
    """
    year = cycle_for(cycle, for_body, states=BEFORE_APPROVAL, act="作出决定")
    scheme = scheme_for(year)
    reason, clause = said(reason, "理由", "决定"), said(clause, "依据", "决定", most=CLAUSE)
    decided = set(Decision.objects.filter(subject__cycle=year, state="standing").values_list("subject_id", "criterion"))
    rows = [
        Decision(
            subject=subject, criterion=node.id, metric=node.rule.metric if node.rule else "", kind="left_open", reason=reason,
            clause=clause, decided_by=by.ident, decided_at=at,
        )
        for subject in Subject.objects.filter(cycle=year).exclude(tree="")
        for node in walk(scheme.trees[subject.tree])
        if node.label == label and node.weight is None and (subject.pk, node.id) not in decided
    ]  # fmt: skip
    if not rows:
        raise refusals.NoSuchRowError(what="还没有决定、没有分值的这一部分", key=label)
    Decision.objects.bulk_create(rows)
    after = {"label": label, "subjects": len(rows), "reason": reason, "clause": clause}
    record(by=by, at=at, operation="assessments.leave_open", subject=f"cycle:{year.slug}", after=after, for_body=for_body)
    return rows


@operation("assessments.withdraw_decision", permission="assessments.decide_missing")
def withdraw_decision(*, by: Actor, at: datetime, decision: int, reason: str, for_body: str | None = None) -> Decision:
    """Take a decision back, for example since the figure came. Raises `NotInThisStateError`, `WordsAreMissingError`."""
    found = Decision.objects.filter(pk=decision).values_list("subject__cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这个决定", key=decision)
    cycle_for(found, for_body, states=BEFORE_APPROVAL, act="撤回决定")
    row: Decision = locked(Decision.objects.select_related("subject"), decision, "这个决定")
    reason = said(reason, "理由", "撤回决定")
    if row.state != "standing":
        raise refusals.NotInThisStateError(what=f"第 {row.pk} 号决定", state="已撤回", act="撤回", wanted="有效")
    row.state, row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = "withdrawn", by.ident, at, reason
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    code, before = "assessments.withdraw_decision", {"state": "standing"}
    after = {"state": "withdrawn", "reason": reason}
    record(
        by=by, at=at, operation=code, subject=f"decision:{row.pk}", before=before, after=after, for_body=row.subject.ident
    )  # fmt: skip
    return row


def _decided_on(scheme: Scheme, subject: Subject, criterion: str, ruling: Ruling) -> tuple[str, str]:
    """The metric and label of what is decided on. Raises `DecisionIsMalformedError` where the kind of decision can't be."""
    adjustment = next((one for one in scheme.adjustments if one.id == criterion), None)
    if adjustment is not None:
        if ruling.kind != "left_open" or adjustment.each is not None:
            why = "加减分只能在方案没有写明分值时决定“本年不计”"
            raise refusals.DecisionIsMalformedError(criterion=adjustment.label, kind=ruling.kind, why=why)
        return "", adjustment.label
    node = criterion_of(scheme, subject, criterion)
    why = _why_not(node, ruling)
    if why:
        raise refusals.DecisionIsMalformedError(criterion=node.label, kind=DECISIONS.get(ruling.kind, ruling.kind), why=why)
    return node.rule.metric if node.rule else "", node.label


def _why_not(node: Criterion, ruling: Ruling) -> str:
    if ruling.kind not in DECISIONS:
        return f"可选的有{'、'.join(DECISIONS.values())}"
    if ruling.kind == "left_open":
        return "" if node.weight is None else "有分值的项目不能不计；没有数字的，决定按什么数或什么档计"
    if node.rule is None or node.children:
        return "只有最末一级的项目可以用决定代替数字"
    if ruling.kind == "stage":
        stages = stages_to_judge(node) if node.rule.strategy == "judged" else ()
        return "" if ruling.stage in stages else f"档次只能是：{'、'.join(stages) or '本项没有档次'}"
    if ruling.kind == "value":
        return "没有写按什么数计" if ruling.value is None else impossible(ruling.value, node.rule.unit or "", node.label)
    return ""


def _is_known(scheme: Scheme, subject: Subject, criterion: str, at: datetime) -> bool:
    """A figure of the last period that is over, or a later one, is verified; or two scorers agree, or the office decided."""
    since = ended_by(scheme, day_of(at))
    owing = Owing.objects.filter(subject=subject, criterion=criterion).first()
    if owing is None:
        return False
    measurer = owing.measured_by_id or subject.pk
    rows = Report.objects.filter(subject_id=measurer, metric_id=owing.metric_id, period_end__gte=since, state="verified")
    if rows.exclude(answer="not_yet").exists() and _is_counted(scheme, subject, criterion):
        return True
    voices: dict[date, list[Judgement]] = {}
    for row in Judgement.objects.filter(subject=subject, criterion=criterion, period_end__gte=since):
        voices.setdefault(row.period_end, []).append(row)
    return any(any(r.is_decision for r in said) or len({r.stage for r in said}) == 1 < len(said) for said in voices.values())


def _is_counted(scheme: Scheme, subject: Subject, criterion: str) -> bool:
    """What people judge is not known by what the unit says of itself."""
    rule = criterion_of(scheme, subject, criterion).rule
    return rule is not None and rule.strategy != "judged"


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A leaf, or the total of a subject (`criterion` empty), that has neither a known score nor a recorded decision."""

    subject: int
    name: str
    criterion: str
    label: str
    waits_for: str


def open_cells(run: Run) -> list[OpenCell]:
    """What keeps a run from being approved, in order of subjects and trees. Three queries."""
    columns = ("score__subject_id", "score__subject__name", "criterion", "parent", "label", "waits_for", "low", "high", "status")
    rows = list(Cell.objects.filter(score__run=run).order_by("score_id", "ordinal").values_list(*columns))
    inner = {(row[0], row[3]) for row in rows}
    decided = set(
        Decision.objects.filter(subject__cycle_id=run.cycle_id, state="standing").values_list("subject_id", "criterion")
    )  # fmt: skip
    out = [
        OpenCell(subject, name, criterion, label, waits)
        for subject, name, criterion, _, label, waits, low, high, _status in rows
        if (subject, criterion) not in inner and (low is None or low != high) and (subject, criterion) not in decided
    ]
    listed = {cell.subject for cell in out}
    totals = Score.objects.filter(run=run).order_by("pk").values_list("subject_id", "subject__name", "low", "high")
    out += [OpenCell(pk, name, "", "总分", "") for pk, name, low, high in totals if low != high and pk not in listed]
    return out
