"""The proof findings of an edition as a queue: filtered, which comes next, and an erratum to begin with. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, QuerySet, Value, When

from taizhang.apps.gazettes.difference import pieces
from taizhang.apps.gazettes.models import Clause, Disposition, Edition, Finding
from taizhang.apps.gazettes.proof_report import PAGE, SEVERITIES, Order
from taizhang.apps.gazettes.queries import clauses_at

__all__ = ["PAGE", "PRINTED", "Draft", "disposition_counts", "draft", "following", "queue", "suggested"]

PRINTED = Order("number")
_LONGEST = 120
_AROUND = 40


def queue(edition: Edition, state: str, severity: str, order: Order = PRINTED) -> QuerySet[Finding]:
    """Findings in an order, of one disposition and one severity where those are known words."""
    rows = edition.findings.select_related("document")
    rows = rows.filter(disposition=state) if state in Disposition.values else rows
    rows = rows.filter(severity=severity) if severity in SEVERITIES else rows
    ranks = Case(*(When(severity=word, then=Value(n)) for n, word in enumerate(SEVERITIES)), default=Value(len(SEVERITIES)))
    sign = "-" if order.is_descending else ""
    columns = {"severity": ("rank", "ordinal"), "rule": ("rule", "ordinal")}.get(order.by, ("ordinal",))
    ordered: QuerySet[Finding] = rows.annotate(rank=ranks).order_by(*(f"{sign}{column}" for column in columns))
    return ordered


def following(finding: Finding, state: str, severity: str, order: Order = PRINTED) -> tuple[Finding | None, int]:
    """The finding that comes after one in the queue, the last before it where none does; and how many stand before that one.

    The one that was dealt with may have left the queue. Two queries.
    """
    keys = list(queue(finding.edition, state, severity, order).values_list("pk", flat=True))
    # Where it stood while all dispositions were in the queue; those still in it keep their order.
    whole = list(queue(finding.edition, "all", severity, order).values_list("pk", flat=True))
    here = set(keys) - {finding.pk}
    at = whole.index(finding.pk) if finding.pk in whole else 0
    found = next((pk for pk in whole[at + 1 :] if pk in here), next((pk for pk in reversed(whole[:at]) if pk in here), None))
    return (finding.edition.findings.get(pk=found), keys.index(found)) if found is not None else (None, 0)


def disposition_counts(edition: Edition) -> dict[str, int]:
    """How many findings of each disposition."""
    counts = dict.fromkeys(Disposition.values, 0)
    for disposition in edition.findings.order_by().values_list("disposition", flat=True):
        counts[disposition] += 1
    return counts


@dataclass(frozen=True, slots=True)
class Draft:
    """An erratum that is not registered: words as printed and as they should be, and the passage in stretches of `difference`."""

    finding: int
    printed: str
    corrected: str
    pieces: tuple[tuple[str, str], ...] = ()


def suggested(findings: Iterable[Finding]) -> dict[int, Draft]:
    """An erratum to begin with, by finding: its words where the clause prints them once, with what was computed in the place of
    what is declared. Findings without a clause have none. One query.
    """
    rows = [finding for finding in findings if finding.document_id and finding.eid]
    clauses = clauses_at({(row.document_id, row.eid) for row in rows}) if rows else {}
    out = {}
    for row in rows:
        clause = clauses.get((row.document_id, row.eid))
        if clause is None or clause.table:
            continue
        printed = row.quote if row.quote and len(row.quote) <= _LONGEST and clause.text.count(row.quote) == 1 else ""
        once = row.declared and row.computed and printed.count(row.declared) == 1
        out[row.pk] = Draft(row.pk, printed, printed.replace(row.declared, row.computed) if once else printed)
    return out


def draft(finding: Finding, printed: str, corrected: str) -> Draft:
    """A draft with its passage compared; without it where the clause does not print the words once. One query."""
    clause = Clause.objects.filter(document=finding.document_id, eid=finding.eid).defer("runs", "table").first()
    if clause is None or not printed or clause.text.count(printed) != 1:
        return Draft(finding.pk, printed, corrected)
    at = clause.text.find(printed)
    before = clause.text[max(0, at - _AROUND) : at]
    after = clause.text[at + len(printed) : at + len(printed) + _AROUND]
    return Draft(finding.pk, printed, corrected, pieces(f"{before}{printed}{after}", f"{before}{corrected}{after}"))
