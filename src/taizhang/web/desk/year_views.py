"""考核年度、日常考核、计分、审定: the office's and leading group's pages of a running year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.acting import light_cycles, scheme_for
from taizhang.apps.assessments.follow_up.appealing import appeals_of, make_final
from taizhang.apps.assessments.models import Cycle, Run
from taizhang.apps.assessments.notices.facts import WAITS
from taizhang.apps.assessments.reports.attaching import attach_to_record
from taizhang.apps.assessments.reports.evidence import Upload
from taizhang.apps.assessments.reports.queries import progress_of
from taizhang.apps.assessments.results.reading import by_category, runs_of, standing_run
from taizhang.apps.assessments.results.steps import (
    PREPARATION,
    approve_results,
    evidence_of,
    note_on_site,
    propose_results,
    publication,
    publish_results,
    review_results,
    send_back_results,
    steps_of,
    take_step,
)
from taizhang.apps.assessments.results.year_pages import criteria_of, grid_of, moved_since, owner_names, run_before
from taizhang.apps.assessments.scores.deciding import open_cells
from taizhang.apps.assessments.scores.runs import light_runs, score_cycle
from taizhang.apps.assessments.states import is_running
from taizhang.apps.assessments.wording import CYCLE_STATES, RUN_STATES
from taizhang.apps.assessments.year.clocks import appeal_clock
from taizhang.apps.assessments.year.naming_verifiers import name_verifier
from taizhang.apps.assessments.year.periods import periods_of
from taizhang.apps.assessments.year.verifier_gaps import verifier_gaps, verifying_bodies
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number
from taizhang.web.desk.last_look import LastLook, last_look, remember
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.year_doors import acting_office, answer, refused, units_by_category, year_of


@opens("desk.enter")
def years(request: HttpRequest) -> HttpResponse:
    """Every year with its state and how far reporting has come."""
    rows = []
    cycles = list(light_cycles())
    names = owner_names(cycles)
    for cycle in cycles:
        ends = [period.end for period in periods_of(scheme_for(cycle)) if period.end is not None and period.end <= today()]
        end = ends[-1] if ends else None
        progress = list(progress_of(cycle, end, today()).values()) if end else []
        sums = {name: sum(getattr(one, name) for one in progress) for name in ("owed", "signed", "verified", "late")}
        owner = names.get(cycle.owner, cycle.owner) if cycle.parent_id else ""
        rows.append({"cycle": cycle, "owner": owner, "state": CYCLE_STATES[cycle.state], "end": end, **sums})
    return page(request, "desk/years.html", {"rows": rows})


@opens("desk.enter")
def year(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps of a year, its scorings, what may be done next."""
    return show_year(request, slug)


def show_year(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    cycle = year_of(slug)
    steps = steps_of(cycle)
    upcoming = next((step.code for step in steps if not step.is_taken), "")
    is_open = is_running(cycle) and request.user.may("assessments.name_verifier", cycle.owner)
    gaps = verifier_gaps({cycle.pk: cycle}, today()) if is_open else []
    context = {
        "cycle": cycle,
        "state": CYCLE_STATES[cycle.state],
        "steps": steps,
        "upcoming": upcoming,
        "is_preparation": upcoming in PREPARATION,
        "runs": runs_of(cycle)[:12],
        "run_states": RUN_STATES,
        "groups": units_by_category(cycle, cycle.subjects.all()),
        "published": publication(cycle, today()),
        "today": today(),
        "gaps": gaps,
        "verifying": verifying_bodies() if gaps else {},
        "problem": problem,
    }
    return page(request, "desk/year.html", context, status=REFUSED if problem else 200)


@require_POST
@opens("assessments.take_step")
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the next step of the preparation; third-party files come with it."""
    cycle = year_of(slug)
    code = request.POST.get("step", "")
    for kind in ("third_party", "questionnaire"):
        file = request.FILES.get(kind)
        if file is not None:
            upload = Upload(file.name or "", file.read(), request.POST.get(f"{kind}_place", "") or _("全文"))
            facts = {"about": evidence_of(cycle, kind), "upload": upload, "for_body": acting_office(request.user, cycle)}
            _done, problem = act(request, attach_to_record, "step", **facts)
            if problem:
                return show_year(request, slug, problem)
    facts = {
        "cycle": cycle.pk,
        "step": code,
        "reference": request.POST.get("reference", ""),
        "note": request.POST.get("note", ""),
    }
    return answer(request, cycle, take_step, "step", _("已记入：这一步办完了"), show=show_year, back="desk:year", **facts)


@require_POST
@opens("assessments.take_step")
def on_site(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what the assessment group saw at a unit."""
    cycle = year_of(slug)
    facts = {"subject": whole_number(request.POST.get("subject", "")) or 0, "note": request.POST.get("note", "")}
    words = _("实地考核记录已保存")
    return answer(request, cycle, note_on_site, "on_site", words, show=show_year, back="desk:year", cycle=cycle.pk, **facts)


@require_POST
@opens("assessments.score")
def score(request: HttpRequest, slug: str) -> HttpResponse:
    """Score as of a day (试算)."""
    cycle = year_of(slug)
    day = day_in_address(request.POST.get("as_at", ""))
    if day is None:
        return show_year(request, slug, refused(_("写明算到哪一天，例如 2025-09-30"), "score", request))
    facts = {"cycle": cycle.pk, "as_at": day, "for_body": acting_office(request.user, cycle)}
    run, problem = act(request, score_cycle, "score", **facts)
    if problem:
        return show_year(request, slug, problem)
    messages.success(request, _("第 %(n)s 次计分算好了，是试算") % {"n": run.pk})
    return redirect("desk:scored", slug, run.pk)


@require_POST
@opens("assessments.name_verifier")
def verifier(request: HttpRequest, slug: str) -> HttpResponse:
    """Name another body to confirm a kind of fact."""
    cycle = year_of(slug)
    facts = {name: request.POST.get(name, "") for name in ("kind", "instead_of", "body", "reason")}
    deputy = request.POST.get("as_deputy") == "1"
    key = "-".join((facts["kind"], facts["instead_of"], "1" if deputy else "0"))
    facts |= {"cycle": cycle.pk, "as_deputy": deputy, "key": key}
    words = _("已另定核验单位，等着核验的数转到它的队列")
    return answer(request, cycle, name_verifier, "verifier", words, show=show_year, back="desk:year", **facts)


def _run(cycle: Cycle, pk: int | None) -> Run | None:
    if pk is None:
        return standing_run(cycle)
    return light_runs().filter(cycle=cycle, pk=pk).first()


@opens("desk.enter")
def scores(request: HttpRequest, slug: str, run: int | None = None) -> HttpResponse:
    """计分: criteria on the left, units as rows; what is undetermined comes first; a cell leads to its certificate."""
    cycle = year_of(slug)
    row = _run(cycle, run)
    scheme = scheme_for(cycle)
    wanted = request.GET.get("criterion", "")
    context = {
        "cycle": cycle,
        "run": row,
        "run_state": RUN_STATES[row.state] if row else "",
        "criteria": criteria_of(scheme),
        "wanted": wanted,
        "grid": grid_of(row, scheme, wanted) if row else [],
        "open_count": len(open_cells(row)) if row else 0,
        "is_released": row is not None and row.state == "released",
        "waits": WAITS,
    }
    return page(request, "desk/scores.html", context)


@opens("desk.enter")
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """审定: the results put forward, what changed since the run before, what is open, ties and sanctions; then the signature."""
    return show_results(request, slug)


def show_results(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    cycle = year_of(slug)
    row = standing_run(cycle)
    scheme = scheme_for(cycle)
    found: dict[str, Any] = {"groups": [], "open": [], "moved": [], "since": None, "was_seen": False}
    look: LastLook | None = None
    if row is not None:
        look = last_look(request, cycle.pk, row.pk)
        since = run_before(row, look.before)
        found = {"groups": by_category(row, scheme), "open": open_cells(row), "moved": moved_since(row, since)}
        found |= {"since": since, "was_seen": bool(since) and since == look.before}
    term = appeal_clock(cycle)
    context = {
        "cycle": cycle,
        "state": CYCLE_STATES[cycle.state],
        "run": row,
        "run_state": RUN_STATES[row.state] if row else "",
        "scheme": scheme,
        "appeals": [appeal for appeal in appeals_of(cycle) if appeal.state == "filed"],
        "published": publication(cycle, today()),
        "appeal_until": term.due if term else None,
        "today": today(),
        "waits": WAITS,
        "problem": problem,
        **found,
    }
    shown = page(request, "desk/results.html", context, status=REFUSED if problem else 200)
    return remember(request, shown, cycle.pk, look) if look else shown


@require_POST
@opens("assessments.propose_results")
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a run forward."""
    return _decide(request, slug, propose_results, _("结果已提出，等另一个人复核"), "note")


@require_POST
@opens("assessments.review_results")
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """The office's second person."""
    return _decide(request, slug, review_results, _("已复核，送领导小组审定"), "note")


@require_POST
@opens("assessments.approve_results")
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """The leading group approves."""
    return _decide(request, slug, approve_results, _("结果已审定，不再计分"), "note")


@require_POST
@opens("assessments.approve_results")
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    """The leading group sends back."""
    return _decide(request, slug, send_back_results, _("结果已退回考核办"), "reason")


def _decide(request: HttpRequest, slug: str, operation: Any, said: str, words: str) -> HttpResponse:
    cycle = year_of(slug)
    facts = {"run": whole_number(request.POST.get("run", "")) or 0, words: request.POST.get("reason", "")}
    return answer(request, cycle, operation, "decide", said, show=show_results, back="desk:results", **facts)


@require_POST
@opens("assessments.publish")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish approved results."""
    cycle = year_of(slug)
    facts = {"cycle": cycle.pk, "reference": request.POST.get("reason", "")}
    return answer(request, cycle, publish_results, "decide", _("结果已公布"), show=show_results, back="desk:results", **facts)


@require_POST
@opens("assessments.approve_results")
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the results final once appeals are decided."""
    cycle = year_of(slug)
    facts = {"cycle": cycle.pk, "note": request.POST.get("reason", "")}
    return answer(request, cycle, make_final, "decide", _("年度已定案"), show=show_results, back="desk:results", **facts)
