"""我的目标: a unit's own sheets with what was reported, what it scored, and what may still be asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from taizhang.apps.assessments.amending.pages import amendments_of
from taizhang.apps.assessments.follow_up.appealing import appeals_of
from taizhang.apps.assessments.follow_up.rectifying import rectifications_of
from taizhang.apps.assessments.results.own_targets import Targets, over, own_sheets, targets_of
from taizhang.apps.assessments.results.reading import run_label
from taizhang.apps.assessments.wording import AMENDMENT_STATES, CYCLE_STATES, RECTIFICATION_STATES
from taizhang.apps.assessments.year.clocks import appeal_clock
from taizhang.web.clock import today
from taizhang.web.desk.doors import opens, page


@opens("desk.enter")
def own_targets(request: HttpRequest) -> HttpResponse:
    """The sheet asked for by `sheet`, else the newest running one, with links to the others."""
    sheets = own_sheets(request.user)
    wanted = request.GET.get("sheet", "")
    chosen = next((one for one in sheets if str(one.subject.pk) == wanted), sheets[0] if sheets else None)
    context: dict[str, Any] = {"sheets": sheets, "states": CYCLE_STATES, "chosen": chosen, "targets": None, "today": today()}
    if chosen is not None:
        found = targets_of(chosen)
        context |= {"targets": found, "run_state": run_label(found.run) if found.run else "", **_open_matters(found)}
    return page(request, "desk/own_targets.html", context)


def _open_matters(found: Targets) -> dict[str, Any]:
    """What of the unit is asked for, contested, put right; and until when more may be asked for."""
    cycle, ident = found.own.cycle, found.own.subject.ident
    labels = {item.criterion: item.label for item in found.items}
    matters = [
        (_("调整目标"), one.label, AMENDMENT_STATES[one.row.state], "amendments")
        for one in amendments_of(cycle, found.scheme)
        if one.row.subject_id == found.own.subject.pk
    ]
    matters += [
        (_("申诉"), labels.get(one.criterion, one.criterion), one.state_name, "follow_up")
        for one in appeals_of(cycle)
        if one.ident == ident
    ]
    rows = rectifications_of(cycle, ident)
    matters += [(_("整改"), one.problem, RECTIFICATION_STATES[one.state], "follow_up") for one in rows]
    last, term = found.scheme.calendar.adjust_until, appeal_clock(cycle)
    return {
        "matters": matters,
        "adjust_until": last,
        "can_adjust": not over(last, today()),
        "appeal_until": term.due if term else None,
        "can_contest": term is not None and not over(term.due, today()) and cycle.state == "published",
    }
