"""Reminders by e-mail: a letter to each person about what is due within days or late; a matter is told once for its due day."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.acting import day_of
from taizhang.apps.assessments.cycle_errors import MailDidNotLeaveError
from taizhang.apps.assessments.models import Reminder
from taizhang.apps.assessments.waiting.matters import ACTS, Waiting, waiting_for
from taizhang.apps.ledger.operations import Actor, Clockwork, operation, record

BEFORE = timedelta(days=3)
_LINES = 30
CLOCKWORK = Clockwork("worker:reminders", "assessments.remind")


@operation("assessments.send_reminders", permission="assessments.remind")
def send_reminders(*, by: Actor, at: datetime) -> int:
    """Write to everybody with an address for whom something is due within three days or late and was not told before; how many.

    Letters leave before the transaction is committed: where the mail server fails nothing counts as told, and the next round
    tries again. Raises `MailDidNotLeaveError`.
    """
    today = day_of(at)
    letters = dict(_letters(today))
    rows = [
        Reminder(username=user.username, about=line.key[:120], due_on=line.due_on, sent_at=at)
        for user, lines in letters.items()
        for line in lines
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    after = {"day": today.isoformat(), "letters": len(letters), "matters": len(rows)}
    record(by=by, at=at, operation="assessments.send_reminders", subject=f"reminders:{today}", after=after)
    _send([_letter(user, lines) for user, lines in letters.items()])
    return len(letters)


def remind_if_due(at: datetime) -> int:
    """What the task worker does now and then: remind, where there is somebody to remind; how many letters."""
    if not _letters(day_of(at)):
        return 0
    sent: int = send_reminders(by=CLOCKWORK, at=at)
    return sent


def _letters(today: date) -> list[tuple[User, list[Waiting]]]:
    known: dict[str, set[tuple[str, date]]] = defaultdict(set)
    for username, about, due_on in Reminder.objects.values_list("username", "about", "due_on"):
        known[username].add((about, due_on))
    out = []
    roles = ("reporter", "signer", "verifier", "assessment_office", "tier_office", "leading_group")
    users = (
        User.objects.filter(is_active=True, memberships__role__in=roles)
        .exclude(email="")
        .distinct()
        .prefetch_related("memberships")
    )
    for user in users.order_by("pk"):
        lines = [
            line
            for line in waiting_for(user, today)
            if line.due_on and line.due_on - BEFORE <= today and (line.key[:120], line.due_on) not in known[user.username]
        ]
        if lines:
            out.append((user, lines))
    return out


def _letter(user: User, lines: list[Waiting]) -> EmailMessage:
    first = min(line.due_on for line in lines if line.due_on)
    told = [f"{line.due_on}  {ACTS[line.act]}：{line.title}（{_extent(line)}）" for line in lines[:_LINES]]
    more = [f"另有 {len(lines) - _LINES} 件"] if len(lines) > _LINES else []
    banner = ["【模拟数据】"] if settings.IS_SIMULATED else []
    body = "\n".join([*banner, f"{user.display_name or user.username}：", "", *told, *more, "", "登录审核台“今日”办理。"])
    return EmailMessage(f"台账：{len(lines)} 件待办，最早 {first} 到期", body, settings.DEFAULT_FROM_EMAIL, [user.email])


def _extent(line: Waiting) -> str:
    return f"{line.count} 项，截至 {line.period_end}" if line.period_end else f"{line.count} 项"


def _send(messages: list[EmailMessage]) -> None:
    if not messages:
        return
    try:
        get_connection().send_messages(messages)
    except (OSError, SMTPException) as error:
        raise MailDidNotLeaveError(reason=type(error).__name__, count=len(messages)) from error
