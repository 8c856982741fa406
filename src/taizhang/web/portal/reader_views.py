"""Reading a document, and the fixed page of each clause."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.apps.gazettes import queries, reading
from taizhang.apps.gazettes.citing import labels
from taizhang.apps.gazettes.grounds import Ground, grounds_of
from taizhang.apps.gazettes.models import Clause, Document, Erratum, Finding
from taizhang.apps.gazettes.proof_report import title_of
from taizhang.apps.targets.dependants import Dependants, dependants_of, measure_marks
from taizhang.web.kept_parts import PartsOf
from taizhang.web.portal.downloads_view import alternates_of_document, of_document
from taizhang.web.portal.gazette_views import issue_name, short_name

MODES = ("printed", "corrected", "rules")


@dataclass(frozen=True, slots=True)
class Plan:
    """What never changes of an adopted document: its parts, where each eId stands, its headings, the documents around
    it and those it rests on."""

    parts: list[reading.Part]
    part_of: dict[str, int]
    headings: frozenset[str]
    family: list[Document]
    page: str | None
    grounds: list[Ground]


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A document or a part of a long one, with its margin. Any spelling of its number leads to the stable address."""
    found = queries.document_at(slug)
    if found is None:
        return _to_stable_address(slug, "portal:document", request)
    mode = request.GET.get("v", "printed")
    mode = mode if mode in MODES else "printed"
    kept, at = PartsOf(found.edition), request.GET.get("at", "")
    plan = kept.value("plan", found.pk, size=100_000, make=lambda: _plan(found))
    part = plan.parts[plan.part_of.get(at, 0)]
    at = at if at in plan.headings else ""
    context = {
        "section": "portal:gazette",
        "document": found,
        "root": plan.family[0],
        "edition": found.edition,
        "issue_name": issue_name(found.edition),
        "short": short_name,
        "here": reverse("portal:document", args=[found.slug]),
        "at": at,
        "mode": mode,
        "alternates": alternates_of_document(found),
        "part": part,
        "parts": plan.parts,
        "contents": kept.part("contents", found.pk, mode, at, facts=lambda: _contents(found, plan)),
        "text": kept.part("text", found.pk, mode, part.number, facts=lambda: _text(found, plan, part, mode)),
    }
    return render(request, "portal/reader.html", context)


def _plan(found: Document) -> Plan:
    outline = reading.outline(found)
    parts = reading.parts_of(outline) or [reading.Part(1, "", 0, 0, "")]
    family = queries.family_of(found)
    return Plan(
        parts,
        {c.eid: n for n, part in enumerate(parts) for c in outline if part.first <= c.ordinal <= part.last},
        frozenset(heading.eid for heading in reading.headings(outline, {})),
        family,
        next((entry.page for entry in queries.contents(found.edition) if entry.document.pk == family[0].pk), None),
        grounds_of(found),
    )


def _contents(found: Document, plan: Plan) -> dict[str, Any]:
    """Contents of the issue, and of the document with its findings."""
    findings = Counter(finding.eid for finding in reading.findings_of(found.edition, found))
    return {
        "entries": queries.contents(found.edition),
        "headings": reading.headings(reading.outline(found), findings),
        "open": {member.pk for member in plan.family},
    }


def _text(found: Document, plan: Plan, part: reading.Part, mode: str) -> dict[str, Any]:
    """The words of a part with what stands in their margin."""
    clauses = reading.part_clauses(found, part)
    findings = reading.findings_of(found.edition, found)
    depends = dependants_of(clauses)
    blocks = reading.blocks(clauses, reading.finding_marks(findings) + measure_marks(depends.values()))
    margin = _margin(found, findings, clauses, part)
    return {
        "findings": findings,
        "labels": labels(clauses),
        "blocks": [b for b in blocks if mode != "rules" or _has_rules(b, depends, margin)],
        "noted": lambda block: any(_is_noted(c, depends, margin) for c in block.clauses),
        "depends_on": lambda block: _merged(depends, block.clauses),
        "page": plan.page,
        "grounds": plan.grounds,
        "downloads": of_document(found),
        **margin,
        **_neighbours(found, part, plan.parts, plan.family, mode),
    }


def _margin(found: Document, findings: list[Finding], clauses: list[Clause], part: reading.Part) -> dict[str, Any]:
    """Findings, errata and interpretations by the eId of their clause; findings without clause stand at the first."""
    by_eid: dict[str, list[Finding]] = {}
    for finding in findings:
        by_eid.setdefault(finding.eid or _holder(finding, clauses, part), []).append(finding)
    errata: dict[str, list[Erratum]] = {}
    for erratum in queries.errata(found.edition).filter(document=found).order_by("number"):
        errata.setdefault(erratum.eid, []).append(erratum)
    interpretations: dict[str, list[Any]] = {}
    for row in queries.interpretations().filter(slug=found.slug):
        interpretations.setdefault(row.eid or (_opening(clauses) if part.number == 1 else ""), []).append(row)
    return {
        "findings_by": by_eid,
        "titles": {finding.pk: title_of(finding) for finding in findings},
        "errata_by": errata,
        "interpretations_by": interpretations,
    }


def _holder(finding: Finding, clauses: list[Clause], part: reading.Part) -> str:
    """The clause of this part that a finding about no particular clause points into; else, in the first part, its opening."""
    start = finding.spans[0][0] if finding.spans else -1
    inside = next((c.eid for c in reversed(clauses) if c.own_start <= start < c.own_end and c.kind != "title"), "")
    if inside or part.number > 1 or any(p.own_start <= start for p in clauses[1:]):
        return inside
    return _opening(clauses)


def _opening(clauses: list[Clause]) -> str:
    return next((c.eid for c in clauses if c.kind != "title"), "")


def _is_noted(clause: Clause, depends: dict[int, Dependants], margin: dict[str, Any]) -> bool:
    return clause.pk in depends or any(clause.eid in margin[k] for k in ("findings_by", "errata_by", "interpretations_by"))


def _has_rules(block: reading.Block, depends: dict[int, Dependants], margin: dict[str, Any]) -> bool:
    return any(c.pk in depends or c.eid in margin["interpretations_by"] or c.eid in margin["errata_by"] for c in block.clauses)


def _neighbours(
    found: Document, part: reading.Part, parts: list[reading.Part], family: list[Document], mode: str
) -> dict[str, tuple[str, str] | None]:
    """Label and address of what comes before and after: the part, else the document of the same notice."""
    place = next(n for n, member in enumerate(family) if member.pk == found.pk)
    before = after = None
    if part.number > 1:
        before = _part_link(found, parts[part.number - 2], mode)
    elif place:
        before = (short_name(family[place - 1]), reverse("portal:document", args=[family[place - 1].slug]))
    if part.number < len(parts):
        after = _part_link(found, parts[part.number], mode)
    elif place + 1 < len(family):
        after = (short_name(family[place + 1]), reverse("portal:document", args=[family[place + 1].slug]))
    return {"before": before, "after": after}


def _part_link(found: Document, part: reading.Part, mode: str) -> tuple[str, str]:
    query = urlencode({**({"v": mode} if mode != "printed" else {}), "at": part.eid})
    return part.label or _("第 %(n)s 部分") % {"n": part.number}, f"{reverse('portal:document', args=[found.slug])}?{query}"


def _to_stable_address(slug: str, name: str, request: HttpRequest, *rest: str) -> HttpResponse:
    stable = queries.canonical_address(slug)
    if stable == slug or queries.document_at(stable) is None:
        raise Http404(_("没有文号或地址是“%(slug)s”的文件") % {"slug": slug})
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{reverse(name, args=[stable, *rest])}{query}")


_UNDER_LIMIT = 60


def clause(request: HttpRequest, slug: str, eid: str) -> HttpResponse:
    """One clause: its text, its readings over time, what depends on it, and how to cite it."""
    found = queries.document_at(slug)
    if found is None:
        return _to_stable_address(slug, "portal:clause", request, eid)
    one = Clause.objects.filter(document=found, eid=eid).first()
    if one is None:
        raise Http404(_("文件“%(slug)s”里没有条款“%(eid)s”") % {"slug": slug, "eid": eid})
    of_edition = PartsOf(found.edition)
    name = of_edition.value("clause-name", one.pk, size=5000, make=lambda: _name_of(one, found))
    context = {
        "section": "portal:gazette",
        "document": found,
        "edition": found.edition,
        "issue_name": issue_name(found.edition),
        "clause": one,
        "name": name,
        "main": of_edition.part("clause", one.pk, facts=lambda: _clause(one, found)),
        "citations": _citations(request, one, found, name),
    }
    return render(request, "portal/clause.html", context)


@dataclass(frozen=True, slots=True)
class ClauseName:
    """How a clause is called in full, and within the document that stands by itself (empty where it has no name there)."""

    label: str
    place: str
    root: Document


def _name_of(one: Clause, found: Document) -> ClauseName:
    root = queries.family_of(found)[0]
    label = labels([one], full=True)[one.pk]
    return ClauseName(label, label.removeprefix(root.number or root.title).strip(), root)


def _clause(one: Clause, found: Document) -> dict[str, Any]:
    """The words of a clause, its readings over time, and what depends on it."""
    under = queries.subtree(one)
    shown = under[:_UNDER_LIMIT]
    depends = dependants_of(under)
    eids = {c.eid for c in under}
    findings = [f for f in reading.findings_of(found.edition, found) if f.eid in eids]
    return {
        "blocks": reading.blocks(shown, reading.finding_marks(findings) + measure_marks(depends.values())),
        "more": len(under) - len(shown),
        "versions": queries.versions(found, one.eid),
        "errata": list(queries.errata(found.edition).filter(document=found, eid=one.eid)),
        "depends": _merged(depends, under),
        "findings": findings,
        "titles": {finding.pk: title_of(finding) for finding in findings},
        "interpretations": list(queries.interpretations().filter(slug=found.slug, eid__in=eids)),
    }


def _merged(depends: dict[int, Dependants], clauses: list[Clause]) -> Dependants:
    out = Dependants()
    for each in clauses:
        here = depends.get(each.pk)
        if here is not None:
            out.measures += here.measures
            out.numbers |= here.numbers
            out.duties += here.duties
            out.items += here.items
    return out


def _citations(request: HttpRequest, one: Clause, found: Document, called: ClauseName) -> list[tuple[str, str]]:
    text = f"{one.num}{one.text}"
    root, edition, place = called.root, found.edition, called.place
    name = root.number or root.title
    issuer = "、".join(root.issuers) or edition.publisher
    address = unquote(request.build_absolute_uri(reverse("portal:clause", args=[found.slug, one.eid])))
    day = f"{root.issued_on.year}年{root.issued_on.month}月{root.issued_on.day}日" if root.issued_on else ""
    volume = f"，{edition.year}（{edition.number}）" if edition.number else ""
    return [
        (_("正文内"), f"〔{name.rpartition('〕')[2]} {place}〕"),
        (_("公文"), f"《{root.title}》（{name}）{place}" if root.number else f"《{root.title}》（{day}）{place}"),
        (_("参考文献（GB/T 7714）"), f"{issuer}．{root.title}：{name}[Z]．{edition.title}{volume}．{address}"),
        (_("固定地址"), address),
        (_("条目标识"), f"{found.slug}#{one.eid}"),
        (_("字符区间"), f"{edition.source.sha256[:12]}…[{one.own_start}, {one.own_end})"),
        (_("文字校验"), f"sha256 {hashlib.sha256(text.encode()).hexdigest()}"),
    ]
