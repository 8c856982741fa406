"""Sentences of the adopted gazette behind criteria: from the citations of a scheme to quotations that a page can show."""

from collections.abc import Iterable

from taizhang.apps.gazettes.citing import Quoted, Wanted, quoted
from taizhang.apps.gazettes.models import Clause, State
from taizhang.kernel.citation import Citation

Place = tuple[str, str]


def place_of(citation: Citation) -> Place:
    """Document number and eId: how a citation is looked up."""
    return citation.document_number or "", citation.eid


def quotations(citations: Iterable[Citation]) -> dict[Place, Quoted]:
    """Quotations by place; a clause that no adopted edition holds is absent. Six queries for each 400."""
    wanted = {place_of(citation): citation for citation in citations}
    rows = Clause.objects.filter(
        document__edition__state=State.ADOPTED,
        document__number__in={number for number, _ in wanted},
        eid__in={eid for _, eid in wanted},
    ).select_related("document")
    wishes: dict[Place, Wanted] = {}
    for clause in rows:
        place = (clause.document.number, clause.eid)
        citation = wanted.get(place)
        if citation is not None:
            inside = clause.start <= citation.span.start < citation.span.end <= clause.end
            start, end = (citation.span.start, citation.span.end) if inside else (clause.own_start, clause.own_end)
            wishes[place] = Wanted(clause, start, end, citation.quote or clause.text)
    found = quoted(wishes.values())
    return {place: found[wish.key] for place, wish in wishes.items() if wish.key in found}
