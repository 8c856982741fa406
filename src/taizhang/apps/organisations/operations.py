"""Confirming what the resolver proposes about bodies; names that one person proposes and another confirms."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.apps.organisations.models import Body, Event, Name, ProposedName, Standing
from taizhang.engines.registry import NameForm
from taizhang.kernel.errors import TaizhangError
from taizhang.kernel.period import Period


class EventIsConfirmedError(TaizhangError):
    """Somebody confirmed the event before."""

    code = "organisations.event-is-confirmed"
    template = "“{before} → {after}”已由“{other}”确认过，无需再确认"


class BodyIsNotKnownError(TaizhangError):
    """No body has this id."""

    code = "organisations.body-is-not-known"
    template = "机构库里没有“{body}”。请从名单里选；新机构先在本地包里登记"


class NameIsIncompleteError(TaizhangError):
    """A name lacks what makes it one: its words, its form, a reason, or the day on which an older name ends."""

    code = "organisations.name-is-incomplete"
    template = "“{name}”不能登记：{why}"


class NameIsKnownError(TaizhangError):
    """The body bears this name on record, or somebody proposed it already."""

    code = "organisations.name-is-known"
    template = "“{name}”{standing}，不用再登记"


class NameIsDecidedError(TaizhangError):
    """Somebody decided on the proposal before."""

    code = "organisations.name-is-decided"
    template = "“{name}”已由“{other}”办理（{standing}），你的这一次没有生效"


class OwnNameError(TaizhangError):
    """Who proposed a name does not confirm it (four eyes)."""

    code = "organisations.own-name"
    template = "“{name}”由“{by}”提出，提出人不能自己确认。请另一位办理"


# What other parts do once a name on record has changed. None of them may undo it.
AFTER_NAMES: list[Callable[[], None]] = []


@operation("organisations.propose_name", permission="organisations.propose")
def propose_name(
    *,
    by: Actor,
    at: datetime,
    body: str,
    text: str,
    form: str,
    reason: str,
    start: date | None = None,
    end: date | None = None,
    ends_others: bool = False,
    cited_document: str = "",
    cited_eid: str = "",
    cited_words: str = "",
) -> ProposedName:
    """Propose a dated name of a body, with what says so. Nothing changes until somebody else confirms it.

    Raises `BodyIsNotKnownError`, `NameIsIncompleteError`, `NameIsKnownError`, `PeriodEndsBeforeItStartsError`.
    """
    found = Body.objects.select_for_update().filter(ident=body).first()
    if found is None:
        raise BodyIsNotKnownError(body=body)
    name = text.strip()
    _complete(name, form, reason, ends_others and start is None)
    Period(start, end)
    if found.names.filter(text=name, form=form).exists():
        raise NameIsKnownError(name=name, standing="已经在册")
    if found.proposed_names.filter(text=name, form=form, state=Standing.WAITING).exists():
        raise NameIsKnownError(name=name, standing="已有人提出，等待确认")
    proposed = ProposedName.objects.create(
        body=found, text=name, form=form, start=start, end=end, ends_others=ends_others, cited_document=cited_document.strip(),
        cited_eid=cited_eid.strip(), cited_words=cited_words.strip(), reason=reason.strip(), proposed_by=by.ident, proposed_at=at,
    )  # fmt: skip
    record(by=by, at=at, operation="organisations.propose_name", subject=f"body:{body}", after=_told(proposed))
    return proposed


def _complete(name: str, form: str, reason: str, lacks_day: bool) -> None:
    wanting = [
        (not 1 < len(name) <= 120, "名称要有 2 到 120 个字"),
        (form not in set(NameForm), "没有选是全称、简称、别称还是加挂牌子"),
        (not reason.strip(), "没有写理由"),
        (lacks_day, "要停用旧名，就要写新名从哪天起"),
    ]
    why = next((words for is_wanting, words in wanting if is_wanting), None)
    if why is not None:
        raise NameIsIncompleteError(name=name, why=why)


def _told(proposed: ProposedName) -> dict[str, object]:
    days = {"start": proposed.start and proposed.start.isoformat(), "end": proposed.end and proposed.end.isoformat()}
    cited = f"{proposed.cited_document} {proposed.cited_eid}".strip()
    more = {"ends_others": proposed.ends_others, "cited": cited, "reason": proposed.reason}
    return {"name": proposed.text, "form": proposed.form, **days, **more}


@operation("organisations.confirm_name", permission="organisations.confirm")
def confirm_name(*, by: Actor, at: datetime, proposed: int) -> Name:
    """Put a proposed name on record. The full name that held until then ends the day before, where that was proposed.

    Raises `OwnNameError` (four eyes), `NameIsDecidedError`.
    """
    found = _waiting(proposed, by)
    ended = []
    if found.ends_others and found.start is not None:
        last = found.start - timedelta(days=1)
        open_names = found.body.names.filter(form=NameForm.FULL, end=None).exclude(start__gt=last)
        ended = list(open_names.values_list("text", flat=True))
        open_names.update(end=last)
    name = Name.objects.create(
        body=found.body, text=found.text, form=found.form, start=found.start, end=found.end, confirmed_by=by.ident,
        cited_document=found.cited_document, cited_eid=found.cited_eid, cited_words=found.cited_words,
    )  # fmt: skip
    _decide(found, Standing.CONFIRMED, by, at, "")
    before = {"proposed_by": found.proposed_by, "ended": ended}
    subject = f"body:{found.body.ident}"
    record(by=by, at=at, operation="organisations.confirm_name", subject=subject, before=before, after=_told(found))
    for heard in AFTER_NAMES:
        transaction.on_commit(heard, robust=True)
    return name


@operation("organisations.decline_name", permission="organisations.confirm")
def decline_name(*, by: Actor, at: datetime, proposed: int, reason: str) -> None:
    """Decline a proposed name with a reason. Raises `OwnNameError`, `NameIsDecidedError`, `NameIsIncompleteError`."""
    found = _waiting(proposed, by)
    if not reason.strip():
        raise NameIsIncompleteError(name=found.text, why="不予确认要写理由")
    _decide(found, Standing.DECLINED, by, at, reason.strip())
    after = {"reason": reason.strip(), "proposed_by": found.proposed_by}
    subject = f"body:{found.body.ident}"
    record(by=by, at=at, operation="organisations.decline_name", subject=subject, before=_told(found), after=after)


def _waiting(pk: int, by: Actor) -> ProposedName:
    found = ProposedName.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
    if found.state != Standing.WAITING:
        raise NameIsDecidedError(name=found.text, other=found.decided_by, standing=found.get_state_display())
    if found.proposed_by == by.ident:
        raise OwnNameError(name=found.text, by=by.ident)
    return found


def _decide(found: ProposedName, standing: Standing, by: Actor, at: datetime, reason: str) -> None:
    found.state, found.decided_by, found.decided_at, found.decision_reason = standing, by.ident, at, reason
    found.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])


@operation("organisations.confirm_event", permission="organisations.confirm")
def confirm_event(*, by: Actor, at: datetime, event: int) -> Event:
    """A person confirms what a text says happened to a body. Raises `EventIsConfirmedError`."""
    found = Event.objects.select_for_update().select_related("body").get(pk=event)
    if found.confirmed_by:
        raise EventIsConfirmedError(before=found.before, after=found.after, other=found.confirmed_by)
    found.confirmed_by, found.confirmed_at = by.ident, at
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    after = {"kind": found.kind, "before": found.before, "after": found.after, "document": found.cited_document}
    record(by=by, at=at, operation="organisations.confirm_event", subject=f"body:{found.body.ident}", after=after)
    return found
