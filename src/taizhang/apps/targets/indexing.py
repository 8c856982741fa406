"""What of the database can be searched, and keeping the index equal to the adopted issues. Reads rows, writes only the index."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max
from django_tasks import task

from taizhang.apps.gazettes.models import Clause, Document, Edition, Erratum, State
from taizhang.apps.gazettes.queries import public_numbers
from taizhang.apps.organisations.models import Name
from taizhang.apps.organisations.queries import told
from taizhang.apps.targets.corrected import corrected
from taizhang.apps.targets.models import Duty, Item, Sheet
from taizhang.backends.search import Row, rebuild, stamps, update

KINDS = ("title", "target", "clause", "table", "body", "erratum")
_FORM = 2
_BODIES = "bodies"
_CELLS = " ¦ "


def sync_index(folder: Path | str | None = None) -> int:
    """Make the index hold the adopted issues and the bodies as they are now; how many rows were written. Twice writes nothing."""
    folder = Path(folder or settings.SEARCH_INDEX)
    wanted, have = wanted_groups(), stamps(folder)
    if have is None:
        return rebuild(folder, _rows(wanted), wanted)
    stale = [group for group, stamp in have.items() if wanted.get(group) != stamp]
    fresh = {group: stamp for group, stamp in wanted.items() if have.get(group) != stamp}
    return update(folder, stale, _rows(fresh), wanted) if stale or fresh else 0


def rebuild_index(folder: Path | str | None = None) -> int:
    """Build the index anew from the database; how many rows."""
    wanted = wanted_groups()
    return rebuild(folder or settings.SEARCH_INDEX, _rows(wanted), wanted)


def is_behind(folder: Path | str | None = None) -> bool:
    """True while the index does not hold what is adopted. Two queries."""
    return stamps(folder or settings.SEARCH_INDEX) != wanted_groups()


def adopted(edition: int) -> None:
    """Heard after an adoption was committed."""
    sync_in_background.enqueue()


def renamed() -> None:
    """Heard after a name on record changed."""
    sync_in_background.enqueue()


@task()
def sync_in_background() -> None:
    """Bring the index up to date in the background; running twice is safe."""
    sync_index()


def wanted_groups() -> dict[str, str]:
    """What the index should hold: each adopted edition and the bodies, with what tells one state of them from another."""
    editions = Edition.objects.filter(state=State.ADOPTED).order_by("pk").values_list("pk", "decided_at")
    editions = editions.annotate(errata=Max("errata__number"))
    names = Name.objects.aggregate(count=Count("pk"), last=Max("pk"))
    groups = {f"edition:{pk}": f"{_FORM}:{at.isoformat() if at else ''}:{errata or ''}" for pk, at, errata in editions}
    # Which names may be told depends on which documents were adopted.
    return groups | {_BODIES: f"{_FORM}:{names['count']}:{names['last']}:{','.join(groups)}"}


def _rows(groups: dict[str, str]) -> Iterator[Row]:
    for group in groups:
        if group == _BODIES:
            yield from _body_rows()
        else:
            yield from _edition_rows(group, int(group.partition(":")[2]))


def _body_rows() -> Iterator[Row]:
    for body in told(public_numbers()):
        names = list(body.names.all())
        if names:
            yield Row(_BODIES, f"b{body.ident}", _CELLS.join(name.text for name in names), "body", unit=(names[-1].text,))


def _edition_rows(group: str, edition: int) -> Iterator[Row]:
    documents = {document.pk: document for document in Document.objects.filter(edition_id=edition)}
    roots = {document.ident: document for document in documents.values() if document.parent_id is None}
    units = _units(edition)
    items = set(Item.objects.filter(group__sheet__edition_id=edition).values_list("clause_id", flat=True))
    clauses = Clause.objects.filter(document__edition_id=edition).defer("runs").order_by("document__ordinal", "ordinal")

    def facts_of(document: Document) -> dict[str, str]:
        root = roots.get(document.ident.partition("!")[0], document)
        day = root.issued_on or document.issued_on
        return {"document": root.slug, "month": f"{day:%Y-%m}" if day else ""}

    for clause in clauses.iterator(2000):
        facts = facts_of(documents[clause.document_id])
        own = f"{clause.num}{clause.text}"
        if own.strip():
            kind = "title" if clause.kind in ("title", "docNumber") else "target" if clause.pk in items else "clause"
            yield Row(group, f"c{clause.pk}", own, kind, unit=units.get((clause.pk, None), ()), **facts)
        if clause.table is not None:
            for number, cells in table_rows(clause):
                yield Row(
                    group, f"r{clause.pk}.{number}", _CELLS.join(cells), "table", unit=units.get((clause.pk, number), ()), **facts
                )
    # What reads otherwise with an erratum is found by its corrected words too.
    for one in corrected(Erratum.objects.filter(edition_id=edition, number__isnull=False)):
        concerned = units.get((one.clause.pk, None), ())
        yield Row(
            group, f"e{one.erratum.pk}", one.words, "erratum", unit=concerned, **facts_of(documents[one.clause.document_id])
        )


def table_rows(clause: Clause) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table by their number, without empty cells; as row 0 its caption and headings."""
    table = clause.table or {}
    head = [table.get("caption") or "", *(cell for row in table.get("header", []) for cell in row)]
    if any(head):
        yield 0, [cell for cell in head if cell]
    yield from enumerate(([cell for cell in row if cell] for row in table.get("rows", [])), 1)


def _units(edition: int) -> dict[tuple[int, int | None], tuple[str, ...]]:
    """Bodies a clause or table row concerns, as printed: whose sheet it stands in, and whom it names."""
    out: dict[tuple[int, int | None], dict[str, None]] = {}
    for clause, unit in Item.objects.filter(group__sheet__edition_id=edition).values_list("clause_id", "group__sheet__unit"):
        out.setdefault((clause, None), {})[unit] = None
    for clause, row, name in Duty.objects.filter(edition_id=edition).values_list("clause_id", "row", "name"):
        out.setdefault((clause, row), {})[name] = None
    heads = dict(Sheet.objects.filter(edition_id=edition).values_list("eid", "unit"))
    for pk, eid in Clause.objects.filter(document__edition_id=edition, eid__in=list(heads)).values_list("pk", "eid"):
        if eid in heads and eid != "title":
            out.setdefault((pk, None), {})[heads[eid]] = None
    return {place: tuple(names) for place, names in out.items()}
