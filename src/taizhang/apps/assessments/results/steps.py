"""The steps at the end of the year, in order and none skipped: rules, group, self-check, on-site notes, evidence, results, their
review and approval, publication. Four eyes: who scores doesn't approve, who proposes doesn't decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import (
    REFERENCE,
    added,
    another,
    cycle_for,
    cycle_of_subject,
    day_of,
    light_cycles,
    own_subject,
    said,
    scheme_for,
    subject_of,
)
from taizhang.apps.assessments.models import Cycle, DailyRecord, Decision, Evidence, Judgement, Run, Step, Subject
from taizhang.apps.assessments.scores.deciding import open_cells
from taizhang.apps.assessments.scores.inputs import digest_of_json, inputs_of, patched
from taizhang.apps.assessments.scores.runs import about, recheck
from taizhang.apps.assessments.wording import CYCLE_STATES, RUN_STATES, STEPS
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.scoring import scheme_digest
from taizhang.kernel.citation import Citation

_LISTED = 12


@dataclass(frozen=True, slots=True)
class _Rule:
    """A step is taken in state `start`, once, after the step `after`; the cycle is in state `end` then."""

    start: str
    after: str
    end: str


# Steps that are nothing but a paper with its number; the results have operations of their own.
PREPARATION = {
    "rules_issued": _Rule("open", "open", "open"),
    "group_named": _Rule("open", "rules_issued", "implementing"),
    "self_check": _Rule("implementing", "group_named", "self_check"),
    "on_site": _Rule("self_check", "self_check", "on_site"),
    "third_party": _Rule("on_site", "on_site", "on_site"),
}
THIRD_PARTY, QUESTIONNAIRE = "third_party", "questionnaire"


def evidence_of(cycle: Cycle, kind: str) -> str:
    """How the files of the third-party report and of the questionnaire are named."""
    return f"{kind}:{cycle.pk}"


@operation("assessments.take_step", permission="assessments.take_step")
def take_step(
    *, by: Actor, at: datetime, cycle: int, step: str, reference: str, note: str = "", for_body: str | None = None
) -> Step:
    """Take the next step of the preparation; `reference` is the number or title of its paper.

    self_check: `note` says why units are missing, where some did not hand in theirs. on_site: at least one on-site note stands.
    third_party: both files are there, or `note` says on which clause the scheme does without.

    Raises `StepIsOutOfOrderError` (also for a step taken before), `EvidenceIsMissingError`, `WordsAreMissingError`.
    """
    year = cycle_for(cycle, for_body)
    rule = PREPARATION.get(step)
    if rule is None:
        raise _out_of_order(year, step, f"可选的步骤：{'、'.join(STEPS[code] for code in PREPARATION)}")
    taken = set(year.steps.values_list("code", flat=True))
    if step in taken:
        raise _out_of_order(year, step, "这一步已经做过")
    if rule.after not in taken or year.state != rule.start:
        raise _out_of_order(year, step, f"要先“{STEPS[rule.after]}”，再做这一步")
    reference = said(reference, "文号或材料名称", STEPS[step], most=REFERENCE)
    note = added(note, "说明", STEPS[step])
    _check_step(year, step, note)
    return _taken(year, step, by, at, reference, note, rule.end)


def _check_step(cycle: Cycle, step: str, note: str) -> None:
    if step == "self_check":
        done = cycle.steps.filter(code="self_checked").values_list("reference", flat=True)
        missing = list(cycle.subjects.exclude(ident__in=done).values_list("name", flat=True))
        if missing and not note.strip():
            raise refusals.WordsAreMissingError(field=f"{len(missing)} 个单位（{missing[0]}等）没有自查的说明", act="完成自查")
    if step == "on_site" and not cycle.steps.filter(code="on_site_note").exists():
        raise refusals.EvidenceIsMissingError(what=f"考核“{cycle.slug}”的实地考核（没有一条记录）", act="完成这一步")
    if step == "third_party" and not note.strip():
        wanted = {evidence_of(cycle, THIRD_PARTY): "第三方评估报告", evidence_of(cycle, QUESTIONNAIRE): "公众问卷"}
        there = set(Evidence.objects.filter(cycle=cycle, about__in=wanted).values_list("about", flat=True))
        lacking = [name for key, name in wanted.items() if key not in there]
        if lacking:
            raise refusals.EvidenceIsMissingError(what="、".join(lacking), act="完成这一步（方案不要求的，写明依据的条款）")


@operation("assessments.self_check", permission="assessments.self_check")
def self_check(*, by: Actor, at: datetime, for_body: str, subject: int, note: str) -> Step:
    """A unit hands in its self-check, once. Raises `StepIsOutOfOrderError`, `SubjectIsAnothersError`, `WordsAreMissingError`."""
    whom = own_subject(subject, for_body, "自查报告", at)
    year = cycle_of_subject(whom, states=("implementing",), act="报自查")
    return _note(year, whom, "self_checked", by, at, said(note, "自查情况", "报自查"), is_once=True)


@operation("assessments.note_on_site", permission="assessments.take_step")
def note_on_site(*, by: Actor, at: datetime, cycle: int, subject: int, note: str, for_body: str | None = None) -> Step:
    """What the assessment group saw at a unit; several are possible. Raises `StepIsOutOfOrderError`, `WordsAreMissingError`."""
    year = cycle_for(cycle, for_body, states=("self_check",), act="记实地考核")
    return _note(year, subject_of(year, subject), "on_site_note", by, at, said(note, "看到的情况", "记实地考核"), is_once=False)


def _note(cycle: Cycle, subject: Subject, code: str, by: Actor, at: datetime, note: str, *, is_once: bool) -> Step:
    if is_once and cycle.steps.filter(code=code, reference=subject.ident).exists():
        raise _out_of_order(cycle, "self_check", f"“{subject.name}”已经报过自查")
    row: Step = Step.objects.create(cycle=cycle, code=code, by=by.ident, at=at, reference=subject.ident, note=note)
    record(
        by=by, at=at, operation=f"assessments.{code}", subject=f"cycle:{cycle.slug}", after={"note": note},
        for_body=subject.ident,
    )  # fmt: skip
    return row


@operation("assessments.propose_results", permission="assessments.propose_results")
def propose_results(*, by: Actor, at: datetime, run: int, note: str = "", for_body: str | None = None) -> Run:
    """Put a run forward as the year's results. It has to cover the whole year and what stands today.

    Raises `YearIsNotOverError`, `RunIsStaleError`, `StepIsOutOfOrderError`, `NotInThisStateError`.
    """
    row, year = _run(run, for_body, ("on_site",), "proposed")
    if not year.steps.filter(code="third_party").exists():
        raise _out_of_order(year, "proposed", f"要先“{STEPS['third_party']}”")
    _in_state(row, ("provisional",), "提出")
    scheme = scheme_for(year)
    end = scheme.period.end or date(scheme.year, 12, 31)
    if row.as_at < end:
        raise refusals.YearIsNotOverError(run=row.pk, as_at=row.as_at.isoformat(), end=end.isoformat())
    _not_stale(row, year)
    row.state, row.proposed_by = "proposed", by.ident
    row.save(update_fields=["state", "proposed_by"])
    _taken(year, "proposed", by, at, about(row.pk), added(note, "说明", "提出结果"), "proposed")
    return row


@operation("assessments.review_results", permission="assessments.review_results")
def review_results(*, by: Actor, at: datetime, run: int, note: str, for_body: str | None = None) -> Run:
    """The office's second person went through the proposed results. Raises `NotTheSamePersonError`, `DecidedByAnotherError`."""
    row, year = _run(run, for_body, ("proposed", "reviewed", "approved"), "reviewed")
    if row.reviewed_by:
        raise _decided(row, row.reviewed_by)
    _in_state(row, ("proposed",), "复核")
    another(by, {row.proposed_by: "提出了这个结果", row.by: "计了这次分"}, "复核")
    row.state, row.reviewed_by = "reviewed", by.ident
    row.save(update_fields=["state", "reviewed_by"])
    _taken(year, "reviewed", by, at, about(row.pk), said(note, "复核意见", "复核"), "reviewed")
    return row


@operation("assessments.send_back_results", permission="assessments.approve_results")
def send_back_results(*, by: Actor, at: datetime, run: int, reason: str, for_body: str | None = None) -> Run:
    """The leading group sends results back to the office, which scores and proposes again. Raises `DecidedByAnotherError`."""
    row, year = _run(run, for_body, ("proposed", "reviewed", "approved", "on_site"), "sent_back")
    _undecided(row)
    _in_state(row, ("proposed", "reviewed"), "退回")
    reason = said(reason, "理由", "退回结果")
    row.state, row.sent_back_reason = "sent_back", reason
    row.save(update_fields=["state", "sent_back_reason"])
    _taken(year, "sent_back", by, at, about(row.pk), reason, "on_site")
    return row


@operation("assessments.approve_results", permission="assessments.approve_results")
def approve_results(*, by: Actor, at: datetime, run: int, note: str = "", for_body: str | None = None) -> Run:
    """The leading group approves the reviewed results; nothing is scored any more.

    Raises `CellsAreOpenError` with what has neither a figure nor a decision, `RunIsStaleError` where figures changed since,
    `RunDoesNotRecomputeError`, `NotTheSamePersonError`, `DecidedByAnotherError`.
    """
    row, year = _run(run, for_body, ("reviewed", "approved", "proposed"), "approved")
    _undecided(row)
    _in_state(row, ("reviewed",), "审定")
    another(by, hands_in(row), "审定")
    found = open_cells(row)
    if found:
        cells = "；".join(f"{cell.name}“{cell.label}”" for cell in found[:_LISTED])
        raise refusals.CellsAreOpenError(count=len(found), cells=cells + ("……" if len(found) > _LISTED else ""))
    _not_stale(row, year)
    again = recheck(row.pk)
    if not again.is_same:
        raise refusals.RunDoesNotRecomputeError(run=row.pk, old=row.digest[:12], new=again.recomputed[:12])
    row.state, row.approved_by = "approved", by.ident
    row.save(update_fields=["state", "approved_by"])
    _taken(year, "approved", by, at, about(row.pk), added(note, "说明", "审定结果"), "approved")
    return row


@operation("assessments.publish_results", permission="assessments.publish")
def publish_results(*, by: Actor, at: datetime, cycle: int, reference: str, for_body: str | None = None) -> Cycle:
    """Publish approved results. Late or not is recorded with the day the scheme sets. Raises `StepIsOutOfOrderError`."""
    year = cycle_for(cycle, for_body, states=("approved",), act="公布")
    year.published_at = at
    year.save(update_fields=["published_at"])
    _taken(year, "published", by, at, said(reference, "公布的文号或网址", "公布", most=REFERENCE), "", "published")
    return year


@dataclass(frozen=True, slots=True)
class Publication:
    """When results had to be and were published. `is_met` None while they are not and the day has not passed, or none is set."""

    due_on: date | None
    published_on: date | None
    is_met: bool | None
    citation: Citation | None
    interpretation: str | None


def publication(cycle: Cycle, today: date) -> Publication:
    """The duty to publish, from the scheme's calendar. No query beyond the scheme's."""
    calendar = scheme_for(cycle).calendar
    due = calendar.published_by
    on = timezone.localdate(cycle.published_at) if cycle.published_at else None
    met = None if due is None or (on is None and today <= due) else on is not None and on <= due
    key = "published_by"
    return Publication(due, on, met, calendar.citations.get(key), calendar.interpretations.get(key))


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step as a page shows it: `is_taken` False for those to come, in order."""

    code: str
    name: str
    is_taken: bool
    by: str
    at: datetime | None
    reference: str
    note: str


def steps_of(cycle: Cycle) -> list[StepTaken]:
    """Every step of the year, taken or to come; those taken again after sending back are shown as last taken. One query."""
    rows = {row.code: row for row in cycle.steps.all()}
    back = rows.get("sent_back")
    out = []
    for code in (*PREPARATION, "proposed", "reviewed", "approved", "published", "final"):
        row = rows.get(code)
        if row is not None and back is not None and code in ("proposed", "reviewed") and row.pk < back.pk:
            row = None
        facts = (row.by, row.at, row.reference, row.note) if row else ("", None, "", "")
        out.append(StepTaken(code, STEPS[code], row is not None, *facts))
    return out


def cycle_of(slug: str) -> Cycle | None:
    """A cycle by its address, light. One query."""
    found: Cycle | None = light_cycles().filter(slug=slug).first()
    return found


def _run(pk: int, for_body: str | None, states: tuple[str, ...], step: str) -> tuple[Run, Cycle]:
    """The run and its cycle, both locked, the cycle first."""
    found = Run.objects.filter(pk=pk).values_list("cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这次计分", key=pk)
    year = cycle_for(found, for_body, states=states, act=STEPS[step])
    return Run.objects.select_for_update().get(pk=pk), year


def _in_state(run: Run, states: tuple[str, ...], act: str) -> None:
    if run.state not in states:
        wanted = "”或“".join(RUN_STATES[state] for state in states)
        raise refusals.NotInThisStateError(
            what=f"第 {run.pk} 次计分", state=RUN_STATES[run.state], act=act, wanted=wanted
        )  # fmt: skip


def _undecided(run: Run) -> None:
    if run.state in ("approved", "final", "sent_back"):
        steps = Step.objects.filter(cycle_id=run.cycle_id, reference=about(run.pk), code__in=("approved", "sent_back", "final"))
        raise _decided(run, steps.values_list("by", flat=True).last() or run.approved_by)


def _decided(run: Run, other: str) -> refusals.DecidedByAnotherError:
    return refusals.DecidedByAnotherError(what=f"第 {run.pk} 次计分", other=other, state=RUN_STATES[run.state])


def hands_in(run: Run) -> dict[str, str]:
    """Whoever had a hand in a result, and what they did: scored, judged, recorded what counts, decided in place of a figure,
    proposed or reviewed. They neither approve it nor decide what is contested of it. Three queries."""
    year = run.cycle_id
    counted = DailyRecord.objects.filter(cycle_id=year, state="confirmed").order_by().values_list("recorded_by", "confirmed_by")
    records = dict.fromkeys((name for pair in counted.distinct() for name in pair), "记录或确认了日常考核")
    judges = Judgement.objects.filter(subject__cycle_id=year).values_list("scorer", flat=True).distinct().order_by()
    deciders = Decision.objects.filter(subject__cycle_id=year, state="standing").values_list("decided_by", flat=True).order_by()
    hands = records | dict.fromkeys(judges, "参加了评定") | dict.fromkeys(deciders.distinct(), "作了代替数字的决定")
    return hands | {run.by: "计了这次分", run.proposed_by: "提出了这个结果", run.reviewed_by: "复核了这个结果"}


def _not_stale(run: Run, cycle: Cycle) -> None:
    scheme = scheme_for(cycle)
    inputs = inputs_of(cycle, scheme, run.as_at)
    now = digest_of_json(inputs.to_json())
    if now != run.inputs_digest or scheme_digest(patched(scheme, inputs)) != run.scheme_digest:
        raise refusals.RunIsStaleError(run=run.pk, old=run.inputs_digest[:12], new=now[:12])


def _taken(cycle: Cycle, code: str, by: Actor, at: datetime, reference: str, note: str, state: str) -> Step:
    before = cycle.state
    row: Step = Step.objects.create(cycle=cycle, code=code, by=by.ident, at=at, reference=reference, note=note)
    cycle.state = state
    cycle.save(update_fields=["state"])
    after = {"step": code, "state": state, "reference": reference, "note": note}
    if code == "published":
        told = publication(cycle, day_of(at))
        after |= {"due_on": told.due_on.isoformat() if told.due_on else "", "is_met": str(told.is_met)}
    own = cycle.owner if cycle.parent_id else None
    record(
        by=by, at=at, operation=f"assessments.step.{code}", subject=f"cycle:{cycle.slug}", before={"state": before}, after=after,
        for_body=own,
    )  # fmt: skip
    return row


def _out_of_order(cycle: Cycle, step: str, why: str) -> refusals.StepIsOutOfOrderError:
    state = CYCLE_STATES[cycle.state]
    return refusals.StepIsOutOfOrderError(cycle=cycle.slug, state=state, step=STEPS.get(step, step), why=why)
