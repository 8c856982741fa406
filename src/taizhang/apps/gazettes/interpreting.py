"""Interpretations of a pack as rows, each led to the clause that prints its quoted words. One caller's transaction."""

from taizhang.apps.gazettes.citing import quoted_in
from taizhang.apps.gazettes.models import Clause, Document, Interpretation, State, newest_first
from taizhang.engines.packs import Interpretation as Written
from taizhang.engines.packs import Pack


def sync_interpretations(pack: Pack) -> int:
    """Write what the pack says now: new ones added, changed ones changed, those taken out deleted. Gives their number."""
    read: dict[str, list[Clause]] = {}
    for written in pack.interpretations:
        slug, eid = _place_of(written, read)
        Interpretation.objects.update_or_create(
            pack=pack.id,
            code=written.id,
            defaults={
                "document_number": written.document, "place": written.clause, "slug": slug, "eid": eid,
                "quote": written.quote or "", "question": written.question, "answer": written.answer, "why": written.reason,
                "may_change": written.changed_by[:120], "is_on": written.is_on,
            },
        )  # fmt: skip
    Interpretation.objects.filter(pack=pack.id).exclude(code__in=[written.id for written in pack.interpretations]).delete()
    return len(pack.interpretations)


def _place_of(written: Written, read: dict[str, list[Clause]]) -> tuple[str, str]:
    """Address and eId of the clause that prints the quote; the document where no clause does; nothing if it is not here. `read`
    keeps the clauses of each document."""
    documents = Document.objects.filter(edition__state=State.ADOPTED)
    root = documents.filter(number=written.document).order_by(*newest_first("edition"), "-pk").first()
    if root is None:
        return "", ""
    if written.quote:
        if written.document not in read:
            family = documents.filter(edition_id=root.edition_id, ident__startswith=root.ident)
            columns = ("text", "table", "runs", "own_start", "eid", "document__slug")
            read[written.document] = list(Clause.objects.filter(document__in=family).select_related("document").only(*columns))
        found = next((clause for clause in read[written.document] if quoted_in(clause, written.quote)), None)
        if found is not None:
            return found.document.slug, found.eid
    return root.slug, ""
