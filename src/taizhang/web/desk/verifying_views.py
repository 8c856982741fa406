"""核验队列、核验: signed figures, each confirmed or returned with a reason; and the files behind them."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.models import Evidence
from taizhang.apps.assessments.reports.beside import reported_beside
from taizhang.apps.assessments.reports.evidence_reading import evidence_bytes
from taizhang.apps.assessments.reports.queries import ToVerify, verification_queue
from taizhang.apps.assessments.reports.verifying import Verdict, return_reports, verify_reports
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number
from taizhang.web.desk.own_bodies import bodies_of

# Returned first: what is wrong is said even where a confirmation is refused.
_ACTS = {"return": return_reports, "confirm": verify_reports}


@dataclass(slots=True)
class Batch:
    """The figures of a unit and a period that wait for one verifier, with the earliest due day."""

    subject: str
    end: date
    rows: list[ToVerify] = field(default_factory=list)

    @property
    def due(self) -> date:
        """The day by which the first of them has to be verified."""
        return min(row.clock.due for row in self.rows)

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.rows[0].report.subject_id}-{self.end.isoformat()}"


@opens("assessments.verify")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, by unit and period."""
    return show_queue(request)


def show_queue(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """The queue with one batch open, and a refused act."""
    bodies = bodies_of(request.user, "verifier")
    batches: dict[tuple[int, date], Batch] = {}
    for row in verification_queue(bodies):
        place = (row.report.subject_id, row.report.period_end)
        batches.setdefault(place, Batch(row.report.subject.name, row.report.period_end)).rows.append(row)
    ordered = sorted(batches.values(), key=lambda batch: (batch.due, batch.subject))
    wanted = request.POST.get("batch") or request.GET.get("batch", "")
    current = next((batch for batch in ordered if batch.key == wanted), ordered[0] if ordered else None)
    beside = reported_beside([row.report for row in current.rows]) if current else {}
    context = {"batches": ordered, "current": current, "beside": beside, "today": today(), "problem": problem}
    return page(request, "desk/verify.html", context, status=REFUSED if problem else 200)


@require_POST
@opens("assessments.verify")
def decide(request: HttpRequest) -> HttpResponse:
    """Return what is to be returned, confirm what is to be confirmed; each kind all or none."""
    bodies = bodies_of(request.user, "verifier")
    asked = (name.removeprefix("verdict-") for name in request.POST if name.startswith("verdict-"))
    keys = [key for text in asked if (key := whole_number(text)) is not None and str(key) == text]
    if not any(request.POST[f"verdict-{key}"] in _ACTS for key in keys):
        return show_queue(request, Problem(_("一个数也没有选。每个数选“确认”或“退回”，暂不处理的不选"), "decide", ""))
    counts = dict.fromkeys(_ACTS, 0)
    for act_name, operation in _ACTS.items():
        for body in sorted(bodies):
            mine = [key for key in keys if request.POST[f"verdict-{key}"] == act_name and request.POST.get(f"body-{key}") == body]
            if mine:
                verdicts = [_verdict(request, key) for key in mine]
                _done, problem = act(request, operation, "decide", for_body=body, verdicts=verdicts)
                if problem:
                    return show_queue(request, problem)
                counts[act_name] += len(mine)
    words = {"n": counts["confirm"], "m": counts["return"]}
    messages.success(request, _("确认 %(n)s 个数，退回 %(m)s 个数，已写入台账") % words)
    return redirect("desk:verify")


def _verdict(request: HttpRequest, key: int) -> Verdict:
    version = whole_number(request.POST.get(f"version-{key}", "")) or 0
    return Verdict(key, version, request.POST.get(f"reason-{key}", ""))


@opens("desk.enter")
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file behind a figure, as an attachment that no browser runs."""
    file = get_object_or_404(Evidence, pk=pk)
    data = evidence_bytes(request.user, file)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Security-Policy"] = "sandbox"
    return response
