"""What waits for the person who is logged in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.apps.accounts.queries import people
from taizhang.apps.assessments.waiting.matters import ACTS, DueDay, Waiting, due_days
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
    """A line of the day: what to do, with what, in which state, until when, who acted last (an account).

    `is_mine` is False where four eyes keep the person out. `due_on` None: no day is set.
    """

    address: str
    what: str
    about: str
    note: str
    light: str
    is_mine: bool = True
    due_on: date | None = None
    last: str = ""


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
    context = {"tasks": tasks, "coming": coming(user), "will_come": _will_come(user), "today": today_is()}
    context["owns_targets"] = bool({membership.role for membership in user.memberships.all()} & _OF_UNITS)
    return page(request, "desk/today.html", context)


_COMING = 4
_OF_UNITS = frozenset({"reporter", "signer"})


def coming(user: Any) -> list[DueDay]:
    """The next periods that somebody will report or sign for and that are not over yet."""
    return [day for day in due_days(user) if day.period_end > today_is()][:_COMING]


# What will stand on the page, by role: an empty page says what it waits for.
_WILL_COME = {
    "reporter": "一期结束后，要填报的数出现在这里。",
    "signer": "填报人填完后，要签发的数出现在这里。",
    "verifier": "单位签发后，要核验的数出现在这里。",
    "assessment_office": "一期报齐后的试算和通报、要确认的日常记录、要复核和公布的结果、要核实的整改出现在这里。",
    "tier_office": "一期报齐后的试算和通报、要确认的日常记录、要复核和公布的结果、要核实的整改出现在这里。",
    "leading_group": "要审批的方案、要审定的结果、要决定的申诉和目标调整出现在这里。",
    "editor": "交来一份公报，读完后会出现在这里。",
    "reviewer": "有读本等待审核、机构沿革等待确认时，会出现在这里。",
}


def _will_come(user: Any) -> list[str]:
    words = (_WILL_COME[membership.role] for membership in user.memberships.all() if membership.role in _WILL_COME)
    return list(dict.fromkeys(words))


def _edition_task(edition: Edition, user: object) -> Task | None:
    address, about = reverse("desk:edition", args=[edition.pk]), edition.title or edition.source.name
    own = edition.proposed_by == user.ident  # type: ignore[attr-defined]
    if edition.state == State.READING:
        done = _("已完成 %(done)s 步，共 %(all)s 步") % {"done": edition.progress, "all": edition.expected}
        return Task(address, _("正在读"), about, done, "due", own, last=edition.proposed_by)
    if edition.state == State.FAILED:
        return Task(address, _("读取失败"), about, edition.failure, "err", own)
    left = _("校对 %(n)s 处未处理") % {"n": edition.open_findings}  # type: ignore[attr-defined]
    if own:
        return Task(address, _("核对读本，等别人采纳"), about, left, "on")
    if user.may("gazettes.adopt"):  # type: ignore[attr-defined]
        return Task(address, _("审核，采纳或退回"), about, left, "risk", last=edition.proposed_by)
    may_correct = user.may("gazettes.correct")  # type: ignore[attr-defined]
    return Task(address, _("等待审核"), about, left, "due", may_correct, last=edition.proposed_by)


def _errata_task(edition: Edition, count: int, makers: frozenset[str], user: object) -> Task:
    address, about = f"{reverse('desk:edition', args=[edition.pk])}#er", edition.title or edition.source.name
    note = _("%(n)s 条勘误待确认") % {"n": count}
    last = min(makers) if makers else ""
    own = makers == {user.ident}  # type: ignore[attr-defined]
    if user.may("gazettes.adopt") and not own:  # type: ignore[attr-defined]
        return Task(address, _("确认勘误"), about, note, "risk", last=last)
    return Task(address, _("勘误等待确认"), about, note, "due", own, last=last)


def _year_task(line: Waiting) -> Task:
    about = f"{line.title}，{line.cycle.scheme.title}" if line.cycle and line.title != line.cycle.scheme.title else line.title
    if line.period_end is not None:
        about += _("，截至 %(end)s") % {"end": f"{line.period_end:%Y-%m-%d}"}
    is_late = line.due_on is not None and line.due_on < today_is()
    light = "behind" if is_late else "due"
    note = _("%(n)s 项") % {"n": line.count}
    return Task(_year_address(line), _(ACTS[line.act]), about, note, light, due_on=line.due_on, last=line.last_actor)


# Where the acts of a year are done.
_PLACES = {
    "score": "scores",
    "draft_notice": "notices",
    "confirm_record": "daily",
    "settle_judgement": "judging",
    "review_results": "results",
    "approve_results": "results",
    "publish_results": "results",
    "finish_year": "results",
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
