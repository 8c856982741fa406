"""评定和补缺: judged items by two scorers, what they see differently, and decisions in place of figures nobody has."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.acting import BEFORE_APPROVAL, scheme_for
from taizhang.apps.assessments.reports.attaching import attach_to_record
from taizhang.apps.assessments.reports.evidence import Upload
from taizhang.apps.assessments.results.reading import standing_run
from taizhang.apps.assessments.scores.deciding import OpenCell, Ruling, decide_missing, open_cells, withdraw_decision
from taizhang.apps.assessments.scores.judging import Voice, about, decide_judgement, differing, judge
from taizhang.apps.assessments.scores.judging_pages import judged_items, labels_of, standing_decisions
from taizhang.apps.assessments.wording import DECISIONS
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.year_doors import acting_office, answer, closed, figure, refused, units_by_category, year_of

_LISTED = 60


@opens("assessments.judge")
def judging(request: HttpRequest, slug: str) -> HttpResponse:
    """Judged items of a unit, differing voices, and what has neither figure nor decision."""
    return show_judging(request, slug)


def show_judging(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    cycle = year_of(slug)
    refused_here = closed(request, cycle, "assessments.judge")
    if refused_here:
        return refused_here
    scheme = scheme_for(cycle)
    asked = request.POST if request.method == "POST" else request.GET
    subjects = [one for one in cycle.subjects.all() if one.tree]
    subject = next((one for one in subjects if one.pk == whole_number(asked.get("subject", ""))), None)
    run = standing_run(cycle)
    cells = open_cells(run) if run else []
    items = judged_items(cycle, scheme, subject) if subject else []
    decisions = standing_decisions(cycle)
    context = {
        "cycle": cycle,
        "groups": units_by_category(cycle, subjects),
        "subject": subject,
        "items": items,
        "first_open": next((item.owing for item in items if not item.is_settled), None),
        "by_unit": _counted(cells),
        "differing": differing(cycle),
        "open": [cell for cell in cells if subject and cell.subject == subject.pk][:_LISTED],
        "open_count": len(cells),
        "decisions": [one for one in decisions if subject is None or one.subject_id == subject.pk][:_LISTED],
        "kinds": DECISIONS,
        "labels": labels_of(scheme, subjects),
        "is_open": cycle.state in BEFORE_APPROVAL,
        "end": min(today(), scheme.period.end or today()),
        "problem": problem,
    }
    return page(request, "desk/judging.html", context, status=REFUSED if problem else 200)


def _counted(cells: Iterable[OpenCell]) -> list[tuple[int, str, int]]:
    """Units with how much of theirs is open, the most first."""
    counts = Counter((cell.subject, cell.name) for cell in cells)
    return [(pk, name, n) for (pk, name), n in counts.most_common()]


def _answer(request: HttpRequest, slug: str, operation: Any, form: str, said: str, /, **facts: Any) -> HttpResponse:
    return answer(request, year_of(slug), operation, form, said, show=show_judging, back="desk:judging", **facts)


@require_POST
@opens("assessments.judge")
def voice(request: HttpRequest, slug: str) -> HttpResponse:
    """One scorer's word on one item, with the file it rests on where one is given; or the office's on two that differ."""
    cycle = year_of(slug)
    end = day_in_address(request.POST.get("end", ""))
    if end is None:
        return show_judging(request, slug, refused(_("写明评定到哪一天"), "voice", request))
    file, owing = request.FILES.get("file"), whole_number(request.POST.get("owing", ""))
    if file is not None and owing is not None:
        upload = Upload(file.name or "", file.read(), request.POST.get("place", ""))
        facts = {"about": about(owing), "upload": upload, "for_body": acting_office(request.user, cycle)}
        _done, problem = act(request, attach_to_record, "voice", owing, **facts)
        if problem:
            return show_judging(request, slug, problem)
    said = Voice(*(request.POST.get(name, "") for name in ("criterion", "stage", "reason")))
    subject = whole_number(request.POST.get("subject", "")) or 0
    facts = {"key": owing or "", "cycle": cycle.pk, "subject": subject, "period_end": end}
    if request.POST.get("decides"):
        return _answer(request, slug, decide_judgement, "voice", _("已裁定"), voice=said, **facts)
    return _answer(request, slug, judge, "voice", _("评定已记下，两人一致才算"), voices=[said], **facts)


@require_POST
@opens("assessments.decide_missing")
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """A decision in place of a missing figure."""
    cycle = year_of(slug)
    fields = {name: request.POST.get(name, "") for name in ("kind", "reason", "clause", "stage")}
    ruling = Ruling(**fields, value=figure(request, "value"))
    subject = whole_number(request.POST.get("subject", "")) or 0
    criterion = request.POST.get("criterion", "")
    facts = {"key": f"{subject}/{criterion}", "cycle": cycle.pk, "subject": subject, "criterion": criterion, "ruling": ruling}
    return _answer(request, slug, decide_missing, "decide", _("决定已记入台账"), **facts)


@require_POST
@opens("assessments.decide_missing")
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a decision back."""
    facts = {"key": pk, "decision": pk, "reason": request.POST.get("reason", "")}
    return _answer(request, slug, withdraw_decision, "withdraw", _("决定已撤回"), **facts)
