"""What waits for the person who is logged in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.apps.accounts.queries import people
from taizhang.apps.assessments.waiting import ACTS, Waiting
from taizhang.apps.gazettes.models import Edition, State
from taizhang.apps.gazettes.reviewing import waiting, waiting_errata
from taizhang.apps.ledger.queries import standing
from taizhang.apps.organisations.models import ProposedName
from taizhang.apps.organisations.queries import waiting_names
from taizhang.apps.targets.reviewing import open_events
from taizhang.web.clock import today as today_is
from taizhang.web.desk.doors import opens, page
from taizhang.web.desk.waiting_work import waiting_of


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the day: what to do, with what, in which state. `is_mine` is False where four eyes keep the person out."""

    address: str
    what: str
    about: str
    note: str
    light: str
    is_mine: bool = True


@opens("desk.enter")
def today(request: HttpRequest) -> HttpResponse:
    """Waiting work, what one may do first."""
    user = request.user
    tasks = [task for edition in waiting() if (task := _edition_task(edition, user)) is not None]
    tasks += [_errata_task(*waits, user) for waits in waiting_errata()] if user.may("gazettes.correct") else []
    if user.may("organisations.confirm"):
        tasks += [_event_task(len(events))] if (events := open_events()) else []
        tasks += [_names_task(names, user)] if (names := waiting_names()) else []
    if user.may("ledger.read"):
        tasks.append(_ledger_task())
    if user.may("accounts.manage"):
        tasks += _people_tasks()
    tasks = [_year_task(line) for line in waiting_of(request)] + tasks
    tasks.sort(key=lambda task: not task.is_mine)
    return page(request, "desk/today.html", {"tasks": tasks})


def _edition_task(edition: Edition, user: object) -> Task | None:
    address, about = reverse("desk:edition", args=[edition.pk]), edition.title or edition.source.name
    own = edition.proposed_by == user.ident  # type: ignore[attr-defined]
    who = _("%(who)s 提出") % {"who": edition.proposed_by}
    if edition.state == State.READING:
        done = _("已完成 %(done)s 步，共 %(all)s 步") % {"done": edition.progress, "all": edition.expected}
        return Task(address, _("正在读"), about, f"{who}，{done}", "due", own)
    if edition.state == State.FAILED:
        return Task(address, _("读取失败"), about, edition.failure, "err", own)
    left = _("校对 %(n)s 处未处理") % {"n": edition.open_findings}  # type: ignore[attr-defined]
    if own:
        return Task(address, _("核对读本，等别人采纳"), about, left, "on")
    if user.may("gazettes.adopt"):  # type: ignore[attr-defined]
        return Task(address, _("审核，采纳或退回"), about, f"{who}，{left}", "risk")
    return Task(address, _("等待审核"), about, f"{who}，{left}", "due", user.may("gazettes.correct"))  # type: ignore[attr-defined]


def _errata_task(edition: Edition, count: int, makers: frozenset[str], user: object) -> Task:
    address, about = f"{reverse('desk:edition', args=[edition.pk])}#er", edition.title or edition.source.name
    note = _("%(n)s 条勘误待确认，%(who)s 提出") % {"n": count, "who": "、".join(sorted(makers))}
    own = makers == {user.ident}  # type: ignore[attr-defined]
    if user.may("gazettes.adopt") and not own:  # type: ignore[attr-defined]
        return Task(address, _("确认勘误"), about, note, "risk")
    return Task(address, _("勘误等待确认"), about, note, "due", own)


def _year_task(line: Waiting) -> Task:
    about = f"{line.title}，{line.cycle.scheme.title}" if line.cycle else line.title
    if line.period_end is not None:
        about += _("，截至 %(end)s") % {"end": f"{line.period_end:%Y-%m-%d}"}
    parts = [_("%(n)s 项") % {"n": line.count}]
    if line.due_on is not None:
        late = line.due_on < today_is()
        said = _("%(due)s 已经过期") if late else _("%(due)s 前")
        parts.append(said % {"due": f"{line.due_on:%Y-%m-%d}"})
    if line.last_actor:
        parts.append(_("上一步：%(who)s") % {"who": line.last_actor})
    is_late = line.due_on is not None and line.due_on < today_is()
    return Task(_year_address(line), _(ACTS[line.act]), about, "，".join(parts), "behind" if is_late else "due")


# Where the acts of a year are done.
_PLACES = {
    "confirm_record": "daily",
    "settle_judgement": "judging",
    "review_results": "results",
    "approve_results": "results",
    "publish_results": "results",
    "issue_notice": "notices",
    "decide_appeal": "follow_up",
    "decide_amendment": "amendments",
    "self_check": "year",
    "name_verifier": "year",
    "plan_rectification": "follow_up",
    "report_rectification": "follow_up",
    "verify_rectification": "follow_up",
}


def _year_address(line: Waiting) -> str:
    if line.act in ("report", "redo", "sign") and line.subject and line.period_end:
        return reverse("desk:report", args=[line.subject.pk, line.period_end.isoformat()])
    if line.act == "verify" and line.subject and line.period_end:
        return f"{reverse('desk:verify')}?batch={line.subject.pk}-{line.period_end.isoformat()}"
    if line.scheme is not None:
        return reverse("desk:scheme", args=[line.scheme.pk])
    if line.cycle is not None and line.act in _PLACES:
        return reverse(f"desk:{_PLACES[line.act]}", args=[line.cycle.slug])
    return reverse("desk:reports") if line.act == "acknowledge" else reverse("desk:today")


def _event_task(count: int) -> Task:
    return Task(reverse("desk:events"), _("确认机构沿革"), _("机构更名、合并、撤销"), _("%(n)s 件待确认") % {"n": count}, "risk")


def _names_task(names: list[ProposedName], user: object) -> Task:
    about = "、".join(name.text for name in names[:3])
    note = _("%(n)s 个名称待确认") % {"n": len(names)}
    own = all(name.proposed_by == user.ident for name in names)  # type: ignore[attr-defined]
    return Task(reverse("desk:body_names"), _("确认机构名称"), about, note, "due" if own else "risk", not own)


def _ledger_task() -> Task:
    now = standing()
    note = _("共 %(all)s 条，%(open)s 条还没有封存") % {"all": now.entries, "open": now.unsealed}
    return Task(reverse("desk:ledger"), _("查台账"), _("操作记录"), note, "info")


def _people_tasks() -> list[Task]:
    rows = people()
    without = sum(1 for person in rows if person.user.is_active and not person.memberships)
    torn = sum(1 for person in rows if person.user.is_active and person.conflicts)
    note = _("%(n)s 人没有岗位，%(c)s 人的岗位互相牵制") % {"n": without, "c": torn}
    return [Task(reverse("desk:people"), _("用户与岗位"), _("%(n)s 个账号") % {"n": len(rows)}, note, "risk" if torn else "info")]
