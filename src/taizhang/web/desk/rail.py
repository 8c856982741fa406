"""The rail of the desk: what a person may open, with what waits there."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.apps.gazettes.models import Edition, State
from taizhang.apps.organisations.models import Event, ProposedName, Standing
from taizhang.web.desk.waiting_work import waiting_of


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the rail. `waiting` is shown where it is not 0."""

    address: str
    label: str
    waiting: int = 0


def rail(request: HttpRequest) -> list[tuple[str, list[Link]]]:
    """Sections with links, only those the person may open, with what waits behind each. Its queries don't grow with the rows."""
    user: Any = request.user
    if not user.is_authenticated or not user.may("desk.enter"):
        return []
    adopts, confirms = user.may("gazettes.adopt"), user.may("organisations.confirm")
    gazette = [Link(reverse("desk:editions"), _("公报读本"), _proposed() if adopts else 0)]
    if user.may("gazettes.propose"):
        gazette.insert(0, Link(reverse("desk:upload"), _("公报导入")))
    # What waits is counted for those who may act; others only read.
    waiting = ProposedName.objects.filter(state=Standing.WAITING).exclude(proposed_by=user.ident)
    events = Event.objects.filter(confirmed_by="")
    gazette.append(Link(reverse("desk:body_names"), _("机构名称"), waiting.count() if confirms else 0))
    gazette.append(Link(reverse("desk:events"), _("机构沿革"), events.count() if confirms else 0))
    sections = [(_("工作"), [Link(reverse("desk:today"), _("今日"))]), *_of_the_year(request), (_("公报"), gazette)]
    audit = []
    if user.may("ledger.read"):
        audit.append(Link(reverse("desk:ledger"), _("台账查询")))
    if user.may("accounts.manage"):
        audit.append(Link(reverse("desk:people"), _("用户与岗位")))
    return [*sections, (_("审计与管理"), audit)] if audit else sections


# Behind which link a line of the day waits; the rest wait behind the years.
_BEHIND = {
    **dict.fromkeys(("acknowledge", "report", "redo", "sign"), "reports"),
    **dict.fromkeys(("plan_rectification", "report_rectification", "self_check"), "own"),
    **dict.fromkeys(("approve_scheme", "redo_scheme", "open_year"), "schemes"),
    "verify": "verify",
}
_IN_A_YEAR = frozenset({"reporter", "signer", "verifier", "assessment_office", "tier_office", "leading_group"})
_OFFICES = frozenset({"assessment_office", "tier_office", "leading_group", "auditor"})


def _of_the_year(request: HttpRequest) -> list[tuple[str, list[Link]]]:
    roles = {membership.role for membership in request.user.memberships.all()}  # type: ignore[union-attr]
    sections = []
    counts = Counter(_BEHIND.get(line.act, "years") for line in waiting_of(request)) if roles & _IN_A_YEAR else Counter()
    if roles & {"reporter", "signer"}:
        own = [
            Link(reverse("desk:reports"), _("待填报"), counts["reports"]),
            Link(reverse("desk:own_targets"), _("我的目标"), counts["own"]),
        ]
        sections.append((_("责任目标"), own))
    links = [Link(reverse("desk:verify"), _("核验队列"), counts["verify"])] if "verifier" in roles else []
    if roles & _OFFICES:
        links += [
            Link(reverse("desk:years"), _("考核年度"), counts["years"]),
            Link(reverse("desk:schemes"), _("考核方案"), counts["schemes"]),
        ]
    return [*sections, (_("考核"), links)] if links else sections


def _proposed() -> int:
    return Edition.objects.filter(state=State.PROPOSED).count()
