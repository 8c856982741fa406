"""Bodies: the list, and one body with its names in time and what it owes."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from taizhang.apps.gazettes.citing import Wanted, quoted
from taizhang.apps.gazettes.models import Clause
from taizhang.apps.gazettes.queries import clauses_of_addresses, public_numbers
from taizhang.apps.organisations import queries
from taizhang.apps.organisations.models import Event, Name
from taizhang.apps.targets.queries import compositions, duties_of, work_counts
from taizhang.web import clock
from taizhang.web.portal.gazette_views import issue_name, whole_or_quote


def bodies(request: HttpRequest) -> HttpResponse:
    """Bodies by kind; `q` looks in past and present names, `kind` narrows."""
    words, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    found = queries.bodies(public_numbers(), words, kind if kind in queries.kinds_in_use() else "")
    today = clock.today()
    context = {
        "groups": [(kind_word(kind), list(members)) for kind, members in groupby(found, lambda body: body.kind)],
        "count": len(found),
        "words": words,
        "kind": kind,
        "kinds": [(code, kind_word(code)) for code in queries.kinds_in_use()],
        "work": work_counts(),
        "name_of": lambda body: queries.current_name(body, today),
        "past": lambda body: [name for name in body.names.all() if name.end and name.end < today],
    }
    return render(request, "portal/bodies.html", context)


def kind_word(kind: str) -> str:
    """The word for a kind of body."""
    words = {
        "government": _("人民政府"), "department": _("政府工作部门"), "area": _("县（市、区）"), "development_zone": _("功能区"),
        "institution": _("事业单位"), "vertical": _("垂直管理单位"), "bank": _("银行"), "insurer": _("保险机构"),
        "company": _("企业"), "liaison_office": _("驻外机构"), "party_body": _("党委机构"), "mass_organisation": _("群团组织"),
        "legislature": _("人大政协机关"), "judiciary": _("司法机关"), "leading_group": _("议事协调机构"),
        "provincial": _("省级单位"), "national": _("国家级单位"), "other": _("其他"),
    }  # fmt: skip
    return str(words.get(kind, kind))


def body(request: HttpRequest, ident: str) -> HttpResponse:
    """One body: its names as a band, what happened to it, its sheets and duties."""
    public = public_numbers()
    found = queries.body_at(public, ident)
    if found is None:
        raise Http404(_("没有这个机构：%(ident)s") % {"ident": ident})
    today = clock.today()
    names = list(found.names.all())
    events = queries.events_of(found, public)
    work = duties_of(found)
    wanted = _citations([*names, *events])
    of_duties = {duty.pk: _of_duty(duty) for duty in work.duties}
    quotes = quoted([*wanted.values(), *of_duties.values()])
    context = {
        "section": "portal:bodies",
        "body": found,
        "title": queries.current_name(found, today),
        "kind": kind_word(found.kind),
        "names": names,
        "band": queries.band(found, today),
        "today": today,
        "events": events,
        "source": lambda row: quotes.get(wanted[_place(row)].key) if _place(row) in wanted else None,
        "duty_source": lambda duty: quotes[of_duties[duty.pk].key],
        "work": work,
        "made": compositions(work.sheets),
        "issue_name": issue_name,
        "quotes": quotes,
    }
    return render(request, "portal/body.html", context)


Place = tuple[str, str, str]


def _place(row: Name | Event) -> Place:
    return row.cited_document, row.cited_eid, row.cited_words


def _citations(rows: list[Any]) -> dict[Place, Wanted]:
    """What names and events cite, where the document was adopted."""
    places = {_place(row) for row in rows if row.cited_document}
    clauses = clauses_of_addresses({(document, eid) for document, eid, _words in places})
    return {place: whole_or_quote(clauses[place[0], place[1]], place[2]) for place in places if (place[0], place[1]) in clauses}


def _of_duty(duty: Any) -> Wanted:
    clause: Clause = duty.clause
    spans = (clause.table or {}).get("spans", [])
    cells = spans[duty.row - 1] if duty.row and 0 < duty.row <= len(spans) else []
    start, end = (cells[0][0], cells[-1][1]) if cells else (clause.own_start, clause.own_end)
    return Wanted(clause, start, end, duty.name if clause.table else f"{clause.num}{clause.text}", duty.row)
