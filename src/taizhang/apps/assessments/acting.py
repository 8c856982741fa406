"""Fetching what an act is about, locked, and the checks that acts of the year share: whose matter it is, four eyes, words."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cycle, Subject
from taizhang.apps.assessments.schemes.stored import scheme_of, walk
from taizhang.apps.assessments.wording import CYCLE_STATES
from taizhang.apps.ledger.operations import Actor
from taizhang.engines.scoring.model import Criterion, Scheme

LONGEST, REFERENCE, CLAUSE = 5000, 200, 240  # characters of a text, a paper's name, a clause
# Until the leading group approves, what scores rest on may still change; reports are taken for less long (`states.RUNNING`).
BEFORE_APPROVAL = ("open", "implementing", "self_check", "on_site", "proposed", "reviewed")


def light_cycles() -> QuerySet[Cycle]:
    """Cycles with their schemes, without the schemes' long content, which is read once and kept."""
    return Cycle.objects.select_related("scheme").defer("scheme__content", "scheme__text")


def cycle_for(pk: int, for_body: str | None, *, states: tuple[str, ...] | None = None, act: str = "") -> Cycle:
    """The cycle, locked, for its office. An office acts on its own cycles: `for_body`, where given, is the owner; a tier that a
    body runs itself is for that body only.

    Raises `NoSuchRowError`, `SubjectIsAnothersError`, and `StepIsOutOfOrderError` where the state is none of `states`.
    """
    cycle = _locked_cycle(pk)
    if for_body != cycle.owner and (for_body is not None or cycle.parent_id is not None):
        body = for_body or "本级考核办"
        raise refusals.SubjectIsAnothersError(what=f"考核“{cycle.slug}”", subject=cycle.owner, body=body)
    return _in_state(cycle, states, act)


def cycle_of_subject(subject: Subject, *, states: tuple[str, ...], act: str) -> Cycle:
    """The cycle, locked, for one of those who are assessed in it. Raises `StepIsOutOfOrderError`."""
    return _in_state(_locked_cycle(subject.cycle_id), states, act)


def _locked_cycle(pk: int) -> Cycle:
    cycle: Cycle | None = light_cycles().select_for_update(of=("self",)).filter(pk=pk).first()
    if cycle is None:
        raise refusals.NoSuchRowError(what="这个考核年度", key=pk)
    return cycle


def _in_state(cycle: Cycle, states: tuple[str, ...] | None, act: str) -> Cycle:
    if states is not None and cycle.state not in states:
        wanted = "、".join(f"“{CYCLE_STATES[state]}”" for state in states)
        raise refusals.StepIsOutOfOrderError(
            cycle=cycle.slug, state=CYCLE_STATES[cycle.state], step=act, why=f"这一步要在{wanted}时办理"
        )
    return cycle


def subject_of(cycle: Cycle, pk: int) -> Subject:
    """A subject of the cycle. Raises `NoSuchRowError`."""
    found: Subject | None = Subject.objects.filter(cycle=cycle, pk=pk).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这个被考核单位", key=pk)
    return found


def acting_for(subject: Subject, day: date) -> Subject:
    """Who acts for a subject's duties that fall on a day: itself, or who took over."""
    acting, seen = subject, {subject.pk}
    while acting.taken_over_on is not None and acting.taken_over_on <= day and acting.taken_over_by_id not in seen:
        acting = acting.taken_over_by
        seen.add(acting.pk)
    return acting


def own_subject(pk: int, for_body: str | None, what: str, at: datetime) -> Subject:
    """The subject for which its own people act, or those of a body that took its duties over by then.

    Raises `NoSuchRowError`, `SubjectIsAnothersError`.
    """
    found = Subject.objects.select_related("taken_over_by").filter(pk=pk).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这个被考核单位", key=pk)
    if acting_for(found, day_of(at)).ident != for_body:
        raise refusals.SubjectIsAnothersError(what=what, subject=found.name, body=for_body or "（未写明）")
    return found


def locked(rows: QuerySet[Any], pk: int, what: str) -> Any:
    """A row by key, locked. Raises `NoSuchRowError`."""
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise refusals.NoSuchRowError(what=what, key=pk)
    return row


def criterion_of(scheme: Scheme, subject: Subject, criterion: str) -> Criterion:
    """A criterion of the subject's tree by id. Raises `NoSuchRowError`."""
    # A body that only took duties over has no tree of its own.
    for node in walk(scheme.trees[subject.tree]) if subject.tree else ():
        if node.id == criterion:
            return node
    raise refusals.NoSuchRowError(what=f"“{subject.name}”的考核项", key=criterion)


def scheme_for(cycle: Cycle) -> Scheme:
    """The scheme of a cycle as the engine's value."""
    return scheme_of(cycle.scheme)


def said(text: str, field: str, act: str, *, most: int = LONGEST) -> str:
    """The text without blanks around it. Raises `WordsAreMissingError` where nothing is left, `TextIsTooLongError`."""
    if not text.strip():
        raise refusals.WordsAreMissingError(field=field, act=act)
    return added(text, field, act, most=most)


def added(text: str, field: str, act: str, *, most: int = LONGEST) -> str:
    """A text that may be empty, without blanks around it. Raises `TextIsTooLongError`."""
    kept = text.strip()
    if len(kept) > most:
        raise refusals.TextIsTooLongError(field=field, length=len(kept), most=most, act=act)
    return kept


def another(by: Actor, others: dict[str, str], act: str) -> None:
    """Refuse an actor who is one of `others` (username → what they did before). Raises `NotTheSamePersonError`."""
    if by.ident in others:
        raise refusals.NotTheSamePersonError(by=by.ident, before=others[by.ident], act=act)


def day_of(at: datetime) -> date:
    """The day of an instant by the clock of the locality."""
    day: date = timezone.localdate(at)
    return day


def within(day: date, scheme: Scheme, today: date, why: str) -> None:
    """Refuse a day outside the scheme's year or after today. Raises `DayIsOutsideError`."""
    first, last = scheme.period.start or date(scheme.year, 1, 1), scheme.period.end or date(scheme.year, 12, 31)
    if not first <= day <= min(last, today):
        raise refusals.DayIsOutsideError(day=day.isoformat(), first=first.isoformat(), last=min(last, today).isoformat(), why=why)
