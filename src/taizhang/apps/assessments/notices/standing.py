"""Whether a draft still says what the run that speaks now says: which of its figures changed, and from what to what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import light_cycles, scheme_for
from taizhang.apps.assessments.models import Cycle, Notice, Run
from taizhang.apps.assessments.notices.facts import Fact, Facts, facts_of
from taizhang.apps.assessments.results.reading import standing_run
from taizhang.apps.assessments.scores.runs import light_runs
from taizhang.apps.assessments.wording import RUN_STATES
from taizhang.engines.office.notice import Notice as NoticeValue
from taizhang.engines.office.notice import notice_from_json

_LISTED = 6


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure of a draft that the run which speaks now gives otherwise: what it is of, as drafted, as it is now ("" where the
    newer run has none)."""

    label: str
    drafted: str
    now: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The run a draft was made from and the one that speaks now, with the figures in which they differ."""

    run: Run
    newer: Run
    changed: tuple[Changed, ...]


def standing_of(notice: Notice, cycle: Cycle) -> Standing | None:
    """None while the draft's own run speaks. Results: the final run goes before the approved one; a quarter: the newest run of
    the same day, and any once the draft's was sent back. Eight queries where another run speaks, two where none does."""
    own = light_runs().get(pk=notice.run_id)
    newer = _speaking(own, notice, cycle)
    if newer is None or newer.pk == own.pk:
        return None
    scheme = scheme_for(cycle)
    return Standing(own, newer, tuple(_changes(notice_from_json(notice.content), facts_of(own, scheme), facts_of(newer, scheme))))


def _speaking(own: Run, notice: Notice, cycle: Cycle) -> Run | None:
    if notice.kind == "result":
        return standing_run(cycle)
    same_day = standing_run(cycle, own.as_at)
    return same_day if same_day is not None or own.state != "sent_back" else standing_run(cycle)


def _changes(value: NoticeValue, old: Facts, new: Facts) -> Iterator[Changed]:
    """Figures are compared by what they are of, since the newer run's rows have other keys; alike items of a unit in order."""
    drafted = {(figure.record, figure.text) for figure in value.figures()}
    now = {key: fact.figure.text for key, fact in _numbered(new)}
    for key, fact in _numbered(old):
        if (fact.figure.record, fact.figure.text) in drafted and now.get(key) != fact.figure.text:
            yield Changed(fact.label, fact.figure.text, now.get(key, ""))


def _numbered(facts: Facts) -> Iterator[tuple[tuple[str, str, int], Fact]]:
    counts: Counter[tuple[str, str]] = Counter()
    for fact in facts.panel():
        counts[fact.group, fact.label] += 1
        yield (fact.group, fact.label, counts[fact.group, fact.label]), fact


def refuse_stale(notice: Notice, cycle: Cycle) -> None:
    """Raises `NoticeIsStaleError` for a draft whose figures are no longer those of the run that speaks, or whose run was sent
    back."""
    found = standing_of(notice, cycle)
    if found is not None and (found.changed or found.run.state == "sent_back"):
        listed = "；".join(f"{one.label}由 {one.drafted} 变为 {one.now or '没有'}" for one in found.changed[:_LISTED])
        more = f"等 {len(found.changed)} 处" if len(found.changed) > _LISTED else ""
        changed = f"{listed}{more}" if found.changed else "原来的计分已退回"
        raise refusals.NoticeIsStaleError(
            what=f"第 {notice.pk} 号通报草稿", run=found.run.pk, newer=found.newer.pk, changed=changed
        )
    own = found.run if found else light_runs().get(pk=notice.run_id)
    if own.state == "sent_back":
        raise refusals.NotInThisStateError(
            what=f"第 {own.pk} 次计分", state=RUN_STATES[own.state], act="据此签发通报", wanted="没有退回的计分"
        )


def drafts_standing(notice: Notice) -> Standing | None:
    """What the desk shows beside a draft; None once it is issued or while nothing changed."""
    return standing_of(notice, light_cycles().get(pk=notice.cycle_id)) if notice.state == "draft" else None
