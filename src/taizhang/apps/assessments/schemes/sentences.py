"""Sentences of adopted issues behind citations of a scheme, found by number, eId and span.

A citation names the document that stands by itself; its clause may stand in an annex or in what the document carries, where the
same eId occurs again. The span decides which is meant, so that a page never shows another sentence than the one cited.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from taizhang.apps.gazettes.citing import Quoted, Wanted, quoted
from taizhang.apps.gazettes.models import Clause, Document, State
from taizhang.engines.scoring import from_plain
from taizhang.kernel.citation import Citation

Place = tuple[str, str, int]
_AT_ONCE = 400
_ROW = "__row_"


def place(citation: Citation) -> Place:
    """How a citation is looked up: number, eId, start of its span."""
    return citation.document_number or "", citation.eid, citation.span.start


def of_json(data: Mapping[str, Any] | None) -> Citation | None:
    """The citation of a certificate, None where it has none."""
    return None if data is None else from_plain(Citation, data)


def sentences(citations: Iterable[Citation | None]) -> dict[Place, Quoted]:
    """Quotations by `place`; a clause that no adopted issue holds is absent. Seven queries for each 400 clauses."""
    wanted = {place(citation): citation for citation in citations if citation is not None and citation.document_number}
    if not wanted:
        return {}
    numbers = {number for number, _, _ in wanted}
    roots = Document.objects.filter(edition__state=State.ADOPTED, number__in=numbers, parent=None)
    number_of = {(edition, ident): number for edition, ident, number in roots.values_list("edition_id", "ident", "number")}
    if not number_of:
        return {}
    clauses = _clauses({edition for edition, _ in number_of}, {eid.partition(_ROW)[0] for _, eid, _ in wanted})
    by_name: dict[tuple[str, str], list[Clause]] = {}
    for clause in clauses:
        number = number_of.get((clause.document.edition_id, clause.document.ident.partition("!")[0]))
        if number:
            by_name.setdefault((number, clause.eid), []).append(clause)
    wishes = {key: wish for key, citation in wanted.items() if (wish := _wish(citation, by_name)) is not None}
    found = quoted(wishes.values())
    return {key: found[wish.key] for key, wish in wishes.items() if wish.key in found}


def _clauses(editions: set[int], eids: set[str]) -> list[Clause]:
    rows = Clause.objects.filter(Q(document__edition_id__in=editions)).select_related("document")
    names = sorted(eids)
    return [row for first in range(0, len(names), _AT_ONCE) for row in rows.filter(eid__in=names[first : first + _AT_ONCE])]


def _wish(citation: Citation, by_name: Mapping[tuple[str, str], list[Clause]]) -> Wanted | None:
    eid, _, row = citation.eid.partition(_ROW)
    candidates = by_name.get((citation.document_number or "", eid), [])
    span = citation.span
    inside = [clause for clause in candidates if clause.start <= span.start and span.end <= clause.end]
    if not inside:
        return None
    clause = inside[-1]
    number = int(row) if row.isascii() and row.isdigit() else None
    return Wanted(clause, span.start, span.end, citation.quote or clause.text, number)
