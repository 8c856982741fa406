"""A body renamed or merged during the year: what it reported stays its own, what falls due later goes to who took over."""

from datetime import date, datetime

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.acting import added, light_cycles, scheme_for
from taizhang.apps.assessments.models import Cycle, Subject
from taizhang.apps.assessments.states import is_running
from taizhang.apps.assessments.wording import CYCLE_STATES
from taizhang.apps.assessments.year.owing import acting_for
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.apps.organisations.models import Body
from taizhang.apps.organisations.queries import current_name

_LONGEST_NAME = 120


@operation("assessments.rename_subject", permission="assessments.hand_over")
def rename_subject(*, by: Actor, at: datetime, subject: int, name: str, on: date, reason: str) -> Subject:
    """A body goes on under another name from `on`. Its sheet, reports and people stay. `reason` names the document.

    Raises `SubjectIsMissingError`, `ReasonIsMissingError`, `HandoverIsImpossibleError`, `CycleIsNotRunningError`.
    """
    found, cycle = _subject(subject, reason, "更名")
    name = name.strip()
    why = "新名称是空的或没有变" if name in ("", found.name) else ""
    if len(name) > _LONGEST_NAME:
        why = f"新名称超过 {_LONGEST_NAME} 个字"
    _possible(found, cycle, name, on, why)
    before = {"name": found.name}
    found.former_name, found.name, found.renamed_on = found.name, name, on
    found.save(update_fields=["former_name", "name", "renamed_on"])
    after = {"name": found.name, "on": on.isoformat(), "reason": reason}
    record(by=by, at=at, operation="assessments.rename_subject", subject=_told(cycle, found), before=before, after=after)
    return found


@operation("assessments.hand_over", permission="assessments.hand_over")
def hand_over(*, by: Actor, at: datetime, subject: int, to: str, on: date, reason: str) -> Subject:
    """Give the duties of a body that was merged or abolished to another, for every period that ends on `on` or later.

    The sheet, its score and what was reported before stay with the subject; people of `to` report, sign and contest for it from
    then on. Gives the subject that took over, which is made where `to` was not in the cycle.

    Raises `HandedOverAlreadyError`, `HandoverIsImpossibleError`, `BodyIsUnknownError`, and what `rename_subject` raises.
    """
    found, cycle = _subject(subject, reason, "交接")
    if found.taken_over_by is not None:
        other = found.taken_over_by.name
        raise errors.HandedOverAlreadyError(subject=found.name, on=found.taken_over_on.isoformat(), other=other)
    _possible(found, cycle, to, on, "")
    heir = cycle.subjects.filter(ident=to).first() or _new_subject(cycle, found, to, on)
    if heir.pk == found.pk or acting_for(heir, date.max).pk == found.pk:
        raise errors.HandoverIsImpossibleError(subject=found.name, other=heir.name, on=on.isoformat(), why="责任会转回原单位")
    found.taken_over_by, found.taken_over_on = heir, on
    found.save(update_fields=["taken_over_by", "taken_over_on"])
    after = {"to": heir.ident, "on": on.isoformat(), "reason": reason, "owings": found.owings.count()}
    record(by=by, at=at, operation="assessments.hand_over", subject=_told(cycle, found), before={"to": None}, after=after)
    return heir


def _subject(pk: int, reason: str, act: str) -> tuple[Subject, Cycle]:
    found = Subject.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise errors.SubjectIsMissingError(body=f"#{pk}", cycle="")
    cycle = light_cycles().get(pk=found.cycle_id)
    if not is_running(cycle):
        raise errors.CycleIsNotRunningError(cycle=cycle.slug, state=CYCLE_STATES[cycle.state], act=act)
    if not reason.strip():
        raise errors.ReasonIsMissingError(act=act)
    added(reason, "理由", act)
    return found, cycle


def _possible(subject: Subject, cycle: Cycle, other: str, on: date, why: str) -> None:
    """Refuse what can't be, and a day outside the year and the next, in which its results are contested and put right."""
    scheme = scheme_for(cycle)
    first, last = scheme.period.start or date(scheme.year, 1, 1), date(scheme.year + 1, 12, 31)
    if not first <= on <= last:
        why = f"起算日要在 {first.isoformat()} 到 {last.isoformat()} 之间"
    if why:
        raise errors.HandoverIsImpossibleError(subject=subject.name, other=other[:40], on=on.isoformat(), why=why)


def _new_subject(cycle: Cycle, like: Subject, to: str, on: date) -> Subject:
    body = Body.objects.filter(ident=to).first()
    if body is None:
        raise errors.BodyIsUnknownError(body=to)
    name = current_name(body, on)
    return Subject.objects.create(cycle=cycle, body=body, ident=to, name=name[:120], category=like.category)


def _told(cycle: Cycle, subject: Subject) -> str:
    return f"subject:{cycle.slug}/{subject.ident}"
