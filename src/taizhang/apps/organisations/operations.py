"""Confirming what the resolver proposes about bodies."""

from datetime import datetime

from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.apps.organisations.models import Event
from taizhang.kernel.errors import TaizhangError


class EventIsConfirmedError(TaizhangError):
    """Somebody confirmed the event before."""

    code = "organisations.event-is-confirmed"
    template = "“{before} → {after}”已由“{other}”确认过，无需再确认"


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
