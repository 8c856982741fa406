"""调整目标: a unit asks for another target in mid-year, the leading group decides; both versions stay."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.amending.operations import decide_amendment, request_amendment
from taizhang.apps.assessments.amending.pages import amendable, amendments_of
from taizhang.apps.assessments.models import Subject
from taizhang.apps.assessments.wording import AMENDMENT_STATES
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, opens, page, whole_number
from taizhang.web.desk.own_bodies import bodies_of
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.year_doors import answer, figure, refused, year_of


@opens("desk.enter")
def amendments(request: HttpRequest, slug: str) -> HttpResponse:
    """Requests and what was decided, and the form for a unit's own."""
    return show_amendments(request, slug)


def show_amendments(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    cycle = year_of(slug)
    scheme = scheme_for(cycle)
    own = list(cycle.subjects.filter(ident__in=bodies_of(request.user, "reporter", "signer")))
    last = scheme.calendar.adjust_until
    is_in_time = last is not None and today() <= last
    context = {
        "cycle": cycle,
        "rows": amendments_of(cycle, scheme),
        "states": AMENDMENT_STATES,
        "last": last,
        "own": own,
        "choosable": {one.pk: amendable(scheme, one) for one in own} if is_in_time else {},
        "today": today(),
        "problem": problem,
    }
    return page(request, "desk/amendments.html", context, status=REFUSED if problem else 200)


@require_POST
@opens("assessments.request_amendment")
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for another target."""
    cycle = year_of(slug)
    subject = get_object_or_404(Subject, cycle=cycle, pk=whole_number(request.POST.get("subject", "")) or 0)
    value, starts = figure(request, "value"), day_in_address(request.POST.get("starts_on", ""))
    if value is None or starts is None:
        return show_amendments(request, slug, refused(_("新目标要写数字，起算日要写日期"), "ask", request, subject.pk))
    body = subject.ident if subject.ident in bodies_of(request.user, "reporter", "signer") else ""
    fields = {name: request.POST.get(name, "") for name in ("criterion", "reason", "reference")}

    def call(*, by: Any, at: Any, for_body: str | None, **facts: Any) -> Any:
        return request_amendment(by=by, at=at, for_body=body, **facts)

    facts = {"key": subject.pk, "subject": subject.pk, "new_value": value, "starts_on": starts, **fields}
    words = _("申请已提出，批准以前照原目标计")
    return answer(request, cycle, call, "ask", words, show=show_amendments, back="desk:amendments", **facts)


@require_POST
@opens("assessments.decide_amendment")
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Approve or refuse."""
    is_approved = request.POST.get("approved") == "1"
    facts = {"key": pk, "amendment": pk, "is_approved": is_approved}
    facts |= {name: request.POST.get(name, "") for name in ("reason", "reference")}
    words = _("已批准，从起算日起按新目标计") if is_approved else _("没有批准，照原目标计")
    return answer(
        request, year_of(slug), decide_amendment, "decide", words, show=show_amendments, back="desk:amendments", **facts
    )  # fmt: skip
