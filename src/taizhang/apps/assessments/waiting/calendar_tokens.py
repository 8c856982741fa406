"""A private, revocable address for somebody's calendar: made, revoked, and what it shows. Only the digest of a token is kept."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from taizhang.apps.accounts.models import User
from taizhang.apps.accounts.roles import ENTER
from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import CalendarToken
from taizhang.apps.assessments.waiting.matters import due_days
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.office.calendar_feed import CalendarEntry, calendar_feed


@operation("assessments.make_calendar_token", permission=ENTER)
def make_calendar_token(*, by: Actor, at: datetime) -> str:
    """A new address for the actor's own calendar; the one before stops. The token is given once and never again."""
    token = secrets.token_urlsafe(32)
    before = CalendarToken.objects.filter(username=by.ident, revoked_at=None).update(revoked_at=at)
    row = CalendarToken.objects.create(username=by.ident, digest=digest_of(token), made_at=at)
    subject = f"calendar:{by.ident}"
    record(
        by=by, at=at, operation="assessments.make_calendar_token", subject=subject, before={"live": before}, after={"row": row.pk}
    )
    return token


@operation("assessments.revoke_calendar_token", permission=ENTER)
def revoke_calendar_token(*, by: Actor, at: datetime) -> int:
    """Stop the actor's address; how many were live. Doing it twice changes nothing and is recorded."""
    stopped: int = CalendarToken.objects.filter(username=by.ident, revoked_at=None).update(revoked_at=at)
    record(
        by=by, at=at, operation="assessments.revoke_calendar_token", subject=f"calendar:{by.ident}", after={"stopped": stopped}
    )
    return stopped


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def owner_of(token: str) -> User:
    """Whose calendar an address shows. Raises `TokenIsUnknownError` for one that was revoked, and for a closed account."""
    row = CalendarToken.objects.filter(digest=digest_of(token), revoked_at=None).first()
    user = User.objects.filter(username=row.username, is_active=True).prefetch_related("memberships").first() if row else None
    if user is None:
        raise errors.TokenIsUnknownError
    found: User = user
    return found


def live_token(user: User) -> CalendarToken | None:
    """Somebody's address in use, by which only its day can be told; None without one."""
    found: CalendarToken | None = CalendarToken.objects.filter(username=user.username, revoked_at=None).order_by("-pk").first()
    return found


def feed_of(user: User, now: datetime, address: str) -> bytes:
    """Somebody's due days as an iCalendar feed. `address` is the page the entries lead to."""
    return calendar_feed([_entry(day, now, address) for day in due_days(user)])


def _entry(day: Any, now: datetime, address: str) -> CalendarEntry:
    return CalendarEntry(
        uid=f"report-{day.subject.pk}-{day.period_end}@taizhang",
        title=f"{day.subject.name}：填报截至 {day.period_end} 的进展",
        on=day.due_on,
        changed_at=day.cycle.opened_at or now,
        description=day.cycle.scheme.title,
        address=address,
        is_done=day.is_done,
    )
