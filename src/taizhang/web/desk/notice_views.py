"""通报编辑: the facts of a run on one side, words with bound figures on the other, the paper as it will be; signed by another."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cycle, Notice
from taizhang.apps.assessments.notices.editing import editable, edited, token
from taizhang.apps.assessments.notices.noticing import (
    discard_notice,
    draft_notice,
    edit_notice,
    facts_panel,
    issue_notice,
    notice_file,
    notice_value,
    notices_of,
)
from taizhang.apps.assessments.notices.standing import drafts_standing
from taizhang.apps.assessments.results.reading import runs_of
from taizhang.apps.assessments.states import SILENT
from taizhang.apps.assessments.wording import NOTICE_KINDS, NOTICE_STATES, RUN_STATES
from taizhang.apps.assessments.year.periods import periods_of
from taizhang.engines.office import media_types
from taizhang.web.clock import today
from taizhang.web.desk.doors import REFUSED, Problem, act, holds, opens, page, whole_number
from taizhang.web.desk.reporting_views import day_in_address
from taizhang.web.desk.year_doors import acting_office, answer, refused, year_of
from taizhang.web.twins.assessment_files import addresses

_MAKES, _ISSUES = "assessments.notice", "assessments.issue_notice"


@opens("desk.enter")
def notices(request: HttpRequest, slug: str) -> HttpResponse:
    """Drafts and issued notices, and the form for a new draft."""
    return show_notices(request, slug)


def show_notices(request: HttpRequest, slug: str, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    cycle = year_of(slug)
    scheme = scheme_for(cycle)
    context = {
        "cycle": cycle,
        "rows": notices_of(cycle, with_drafts=_reads_drafts(request, cycle)),
        "kinds": NOTICE_KINDS,
        "states": NOTICE_STATES,
        "runs": [run for run in runs_of(cycle) if run.state not in SILENT][:20],
        "run_states": RUN_STATES,
        "periods": [period for period in periods_of(scheme) if period.end is not None and period.end <= today()],
        "can_draft": holds(request.user, _MAKES),
        "problem": problem,
    }
    return page(request, "desk/notices.html", context, status=REFUSED if problem else 200)


@require_POST
@opens(_MAKES)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft from a run."""
    cycle = year_of(slug)
    start, end = day_in_address(request.POST.get("start", "")), day_in_address(request.POST.get("end", ""))
    if start is None or end is None:
        return show_notices(request, slug, refused(_("写明从哪天到哪天"), "draft", request))
    facts = {
        "run": whole_number(request.POST.get("run", "")) or 0,
        "kind": request.POST.get("kind", ""),
        "period_start": start,
        "period_end": end,
        "for_body": acting_office(request.user, cycle),
    }
    made, problem = act(request, draft_notice, "draft", **facts)
    return show_notices(request, slug, problem) if problem else redirect("desk:notice", slug, made.pk)


@opens("desk.enter")
def notice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One notice."""
    return show_notice(request, slug, pk)


def show_notice(request: HttpRequest, slug: str, pk: int, problem: Problem | None = None) -> HttpResponse:
    """The paper, and for a draft the form and the facts, with a refused act."""
    cycle, row = _notice(request, slug, pk)
    printed = notice_value(row)
    is_draft = row.state == "draft"
    groups: dict[str, list[Any]] = {}
    if is_draft and holds(request.user, _MAKES):
        for fact in facts_panel(row).panel():
            groups.setdefault(fact.group, []).append((fact.label, token(fact.figure), fact.unit))
    context = {
        "cycle": cycle,
        "notice": row,
        "printed": printed,
        "addresses": addresses(printed, row),
        "figures": printed.figures(),
        "blocks": editable(printed),
        "state": NOTICE_STATES[row.state],
        "groups": groups,
        "can_edit": bool(groups),
        "can_issue": is_draft and holds(request.user, _ISSUES),
        "standing": drafts_standing(row),
        "problem": problem,
    }
    return page(request, "desk/notice.html", context, status=REFUSED if problem else 200)


def _reads_drafts(request: HttpRequest, cycle: Cycle) -> bool:
    """A draft is nobody's business but theirs who write and sign the notices of the year."""
    return any(request.user.may(permission, cycle.owner) for permission in (_MAKES, _ISSUES))


def _notice(request: HttpRequest, slug: str, pk: int) -> tuple[Cycle, Notice]:
    cycle = year_of(slug)
    rows = Notice.objects.all() if _reads_drafts(request, cycle) else Notice.objects.filter(state="issued")
    return cycle, get_object_or_404(rows, cycle=cycle, pk=pk)


def _answer(request: HttpRequest, slug: str, pk: int, operation: Any, form: str, said: str, /, **facts: Any) -> HttpResponse:
    cycle, _row = _notice(request, slug, pk)

    def show(request: HttpRequest, slug: str, problem: Problem) -> HttpResponse:
        return show_notice(request, slug, pk, problem)

    done = answer(request, cycle, operation, form, said, show=show, back="desk:notices", notice=pk, **facts)
    return redirect("desk:notice", slug, pk) if done.status_code == 302 else done


@require_POST
@opens(_MAKES)
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    _cycle, row = _notice(request, slug, pk)
    printed = notice_value(row)
    texts = {n: request.POST[f"block-{n}"] for n in range(len(printed.blocks)) if f"block-{n}" in request.POST}
    texts |= {n: "" for n in range(len(printed.blocks)) if f"drop-{n}" in request.POST}
    content = edited(
        printed, facts_panel(row), title=request.POST.get("title", ""), addressees=request.POST.get("addressees", ""),
        texts=texts, more=[request.POST.get("more", "")],
    )  # fmt: skip
    return _answer(request, slug, pk, edit_notice, "edit", _("草稿已保存"), content=content)


@require_POST
@opens(_ISSUES)
def issue(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Sign and number."""
    number = request.POST.get("number", "")
    return _answer(request, slug, pk, issue_notice, "issue", _("通报已签发，公开页已更新"), number=number)


@require_POST
@opens(_MAKES)
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a draft away."""
    reason = request.POST.get("reason", "")
    return _answer(request, slug, pk, discard_notice, "discard", _("草稿已作废，留在档案里"), reason=reason)


@opens("desk.enter")
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The draft or notice as .docx."""
    _cycle, row = _notice(request, slug, pk)
    response = HttpResponse(notice_file(row), content_type=media_types.DOCX)
    response["Content-Disposition"] = f'attachment; filename="notice-{row.pk}.docx"'
    return response
