"""Adopted sheets, items and measures as lists for machines: filtered, with all that stands beside them. Nothing here writes."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, QuerySet

from taizhang.apps.gazettes.models import State
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet

_HEAVY = ("agreeing", "diagnostics", "frame", "masthead")
_CLAUSE = ("runs", "table")


def sheets(issue: str = "", kind: str = "", unit: str = "", body: str = "") -> QuerySet[Sheet]:
    """Sheets of adopted issues with their groups, each with the count `item_count`."""
    groups = Group.objects.annotate(item_count=Count("items")).order_by("ordinal")
    rows = Sheet.objects.filter(edition__state=State.ADOPTED).select_related("edition", "document", "body")
    rows = rows.defer(*(f"edition__{name}" for name in _HEAVY)).prefetch_related(Prefetch("groups", groups))
    for name, value in (("edition__slug", issue), ("kind", kind), ("unit", unit), ("body__ident", body)):
        rows = rows.filter(**{name: value}) if value else rows
    return rows


def items(issue: str = "", sheet: int | None = None, unit: str = "", kind: str = "", body: str = "") -> QuerySet[Item]:
    """Items of adopted issues with their measures."""
    rows = Item.objects.filter(group__sheet__edition__state=State.ADOPTED)
    rows = rows.select_related("group__sheet__edition", "clause__document")
    rows = rows.defer(*(f"group__sheet__edition__{name}" for name in _HEAVY), "clause__runs")
    rows = rows.prefetch_related(Prefetch("measures", Measure.objects.order_by("ordinal")))
    wanted = (
        ("group__sheet__edition__slug", issue),
        ("group__sheet__ordinal", sheet),
        ("group__sheet__unit", unit),
        ("group__sheet__body__ident", body),
        ("kind", kind),
    )
    for name, value in wanted:
        rows = rows.filter(**{name: value}) if value else rows
    return rows


def measures(issue: str = "", document: str = "", role: str = "", kind: str = "", metric: str = "") -> QuerySet[Measure]:
    """Measures of adopted issues; `metric` is a metric's key."""
    rows = Measure.objects.filter(edition__state=State.ADOPTED)
    rows = rows.select_related("edition", "clause__document", "item__group__sheet")
    rows = rows.defer(*(f"edition__{name}" for name in _HEAVY), *(f"clause__{name}" for name in (*_CLAUSE, "text")))
    wanted = (
        ("edition__slug", issue),
        ("clause__document__slug", document),
        ("role", role),
        ("kind", kind),
        ("metric_key", metric),
    )
    for name, value in wanted:
        rows = rows.filter(**{name: value}) if value else rows
    return rows


def duties(issue: str, body: str = "") -> QuerySet[Duty]:
    """Bodies that clauses of an adopted issue name, in printed order; only `body` where it is given."""
    rows = Duty.objects.filter(edition__state=State.ADOPTED, edition__slug=issue).order_by("pk")
    rows = rows.select_related("body", "clause__document").defer("clause__runs")
    return rows.filter(body__ident=body) if body else rows


def duties_by_clause(clauses: Iterable[int]) -> dict[int, list[Duty]]:
    """Bodies that clauses name, by the clause's key. One query."""
    out: dict[int, list[Duty]] = {}
    for duty in Duty.objects.filter(clause_id__in=list(clauses)).select_related("body").order_by("pk"):
        out.setdefault(duty.clause_id, []).append(duty)
    return out
