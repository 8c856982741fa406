"""方案: proposed from a pack file, approved or sent back with its interpretations, and then opened as a year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.assessments.models import Scheme
from taizhang.apps.assessments.schemes.adopting import Changed, approve_scheme, propose_scheme, return_scheme
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.states import SCHEME_STATES
from taizhang.apps.assessments.year.opening import open_cycle
from taizhang.apps.organisations.models import Body
from taizhang.web.desk.doors import REFUSED, Problem, act, holds, opens, page, whole_number
from taizhang.web.desk.uploads import why_no_file
from taizhang.web.desk.year_doors import refused

_LONGEST = 1024 * 1024


@opens("desk.enter")
def schemes(request: HttpRequest) -> HttpResponse:
    """Every version of every scheme, and the form to propose one."""
    return show_schemes(request)


def show_schemes(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    rows = Scheme.objects.defer("content", "text").prefetch_related("cycles")
    context = {
        "rows": rows,
        "states": SCHEME_STATES,
        "can_propose": holds(request.user, "assessments.propose"),
        "problem": problem,
    }
    return page(request, "desk/schemes.html", context, status=REFUSED if problem else 200)


@require_POST
@opens("assessments.propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a scheme file."""
    file = request.FILES.get("file")
    data = file.read(_LONGEST + 1) if file is not None else b""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or len(data) > _LONGEST:
        words = _("没有收到方案文件，或它不是 UTF-8 文字、超过 1 MB。选资料包 schemes 文件夹里的 .toml 文件")
        return show_schemes(request, refused(why_no_file(request, words, _LONGEST), "propose", request))
    made, problem = act(request, propose_scheme, "propose", text=text, name=file.name if file else "")
    if problem:
        return show_schemes(request, problem)
    messages.success(request, _("方案已提出，等领导小组审批"))
    return redirect("desk:scheme", made.pk)


@opens("desk.enter")
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: whom it assesses, its marks, what the text leaves open and how that was answered."""
    return show_scheme(request, pk)


def show_scheme(request: HttpRequest, pk: int, problem: Problem | None = None) -> HttpResponse:
    """The page with a refused act."""
    row = get_object_or_404(Scheme, pk=pk)
    value = scheme_of(row)
    by_category = [(one, [subject for subject in value.subjects if subject.category == one.id]) for one in value.categories]
    context = {
        "row": row,
        "scheme": value,
        "state": SCHEME_STATES[row.state],
        "categories": by_category,
        "trees": sorted({subject.tree for subject in value.subjects}),
        "can_change": row.state in ("proposed", "approved", "returned") and holds(request.user, "assessments.propose"),
        "can_decide": row.state == "proposed" and holds(request.user, "assessments.approve"),
        "can_open": row.state == "approved" and not row.cycles.exists() and holds(request.user, "assessments.open"),
        "cycles": list(row.cycles.all()),
        "problem": problem,
    }
    return page(request, "desk/scheme.html", context, status=REFUSED if problem else 200)


def _answer(request: HttpRequest, pk: int, operation: Any, form: str, said: str, /, **facts: Any) -> HttpResponse:
    get_object_or_404(Scheme.objects.only("pk"), pk=pk)
    _done, problem = act(request, operation, form, "", **facts)
    if problem:
        return show_scheme(request, pk, problem)
    messages.success(request, said)
    return redirect("desk:scheme", pk)


@require_POST
@opens("assessments.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The leading group approves."""
    return _answer(request, pk, approve_scheme, "decide", _("方案和它的解释已批准"), scheme=pk)


@require_POST
@opens("assessments.approve")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The leading group sends back."""
    reason = request.POST.get("reason", "")
    return _answer(request, pk, return_scheme, "decide", _("方案已退回"), scheme=pk, reason=reason)


@require_POST
@opens("assessments.propose")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the scheme anew with another answer to one interpretation."""
    row = get_object_or_404(Scheme, pk=pk)
    choice = next((one for one in scheme_of(row).choices if one.id == request.POST.get("choice", "")), None)
    if choice is None:
        return show_scheme(request, pk, refused(_("没有这条解释"), "answer", request))
    given = request.POST.get("value", "").strip()
    whole = whole_number(given)
    value: str | int = whole if isinstance(choice.value, int) and whole is not None else given
    changed = Changed(choice.id, value, request.POST.get("answer", ""), request.POST.get("reason", ""))
    made, problem = act(request, propose_scheme, "answer", choice.id, text=row.text, name=row.code, changes=[changed])
    if problem:
        return show_scheme(request, pk, problem)
    messages.success(request, _("新的版本已提出，等领导小组审批"))
    return redirect("desk:scheme", made.pk)


@require_POST
@opens("assessments.open")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the year of an approved scheme."""
    row = get_object_or_404(Scheme.objects.only("pk"), pk=pk)
    governments = Body.objects.filter(kind="government").order_by("pk")
    owner = governments.values_list("ident", flat=True).first() or ""
    cycle, problem = act(request, open_cycle, "begin", scheme=row.pk, owner=owner)
    if problem:
        return show_scheme(request, pk, problem)
    messages.success(request, _("考核已开始，%(n)s 个单位等签收") % {"n": cycle.subjects.count()})
    return redirect("desk:year", cycle.slug)
