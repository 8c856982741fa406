"""Reading of adopted issues: shelves, issues and their documents, addresses, registers. Nothing here writes."""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from taizhang.apps.gazettes.models import (
    Clause,
    Disposition,
    Document,
    Edition,
    Erratum,
    Finding,
    Interpretation,
    State,
    newest_first,
)

_MORE = 60
_HEAVY = ("source__text", "agreeing", "diagnostics", "frame")
_OPENING, _CLOSING = "[(【〖{<〈《「『", "])】〗}>〉》」』"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "〔" * len(_OPENING) + "〕" * len(_CLOSING))


def adopted() -> QuerySet[Edition]:
    """Adopted editions without their heavy columns, newest first."""
    return Edition.objects.filter(state=State.ADOPTED).select_related("source").defer(*_HEAVY)


@dataclass(frozen=True, slots=True)
class OnShelf:
    """An issue of a year, or a number of which nothing was handed in (`edition` None)."""

    year: int | None
    number: int | None
    edition: Edition | None
    documents: int = 0
    findings: int = 0


def shelves() -> list[tuple[int | None, list[OnShelf]]]:
    """Issues by year, newest first. Numbers below the highest of a year, and years between issues, stand as missing."""
    counted = adopted().annotate(
        main_documents=Count("documents", filter=Q(documents__role="main"), distinct=True),
        open_findings=Count("findings", filter=Q(findings__disposition=Disposition.OPEN), distinct=True),
    )
    by_year: dict[int | None, list[Edition]] = {}
    for edition in counted:
        by_year.setdefault(edition.year, []).append(edition)
    numbered = [edition.year for edition in counted if edition.number and edition.year]
    years = {year for year in by_year if year} | (set(range(min(numbered), max(numbered))) if numbered else set())
    order: list[int | None] = [*sorted(years, reverse=True), *([None] if None in by_year else [])]
    return [(year, _shelf(year, by_year.get(year, []))) for year in order]


def _shelf(year: int | None, editions: list[Edition]) -> list[OnShelf]:
    here = {edition.number: edition for edition in editions if edition.number}
    numbers = range(max(here, default=0), 0, -1)
    rows = [_on_shelf(year, number, here.get(number)) for number in numbers]
    return rows + [_on_shelf(year, None, edition) for edition in editions if not edition.number]


def _on_shelf(year: int | None, number: int | None, edition: Edition | None) -> OnShelf:
    if edition is None:
        return OnShelf(year, number, None)
    return OnShelf(year, number, edition, edition.main_documents, edition.open_findings)  # type: ignore[attr-defined]


def current_issue() -> Edition | None:
    """The newest adopted issue of the gazette; where there is none, the newest document handed in by itself."""
    return newest(adopted().filter(number__isnull=False)) or newest(adopted())


def newest(rows: QuerySet[Edition]) -> Edition | None:
    """The newest of some editions as `adopted` gives it. Keys are sorted and not whole rows, which are long. One query."""
    return adopted().filter(pk__in=rows.values("pk")[:1]).first()


def issue_at(slug: str) -> Edition | None:
    """The adopted issue at an address."""
    return adopted().filter(slug=slug).first()


@dataclass(slots=True)
class Entry:
    """A document in the contents of its issue. `page` as printed in the contents, None where those do not list it."""

    document: Document
    page: str | None
    section: str
    findings: int
    nested: "list[Entry]"

    @property
    def all_findings(self) -> int:
        """Findings of the document and of those nested in it."""
        return self.findings + sum(entry.all_findings for entry in self.nested)


def contents(edition: Edition) -> list[Entry]:
    """Documents of an issue, nested ones under the one that brings them, with printed pages and open findings. Two queries."""
    documents = list(Document.objects.filter(edition=edition))
    counts = dict(
        Finding.objects.filter(edition=edition, disposition=Disposition.OPEN)
        .values_list("document_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    listed = edition.masthead.get("contents", [])
    entries: dict[int, Entry] = {}
    out: list[Entry] = []
    for document in documents:
        line = _contents_line(document, listed) if document.parent_id is None else None
        entry = Entry(document, line and line["page"], (line or {}).get("section") or "", counts.get(document.pk, 0), [])
        entries[document.pk] = entry
        parent = entries.get(document.parent_id or 0)
        (parent.nested if parent else out).append(entry)
    return out


def _contents_line(document: Document, listed: list[dict[str, str]]) -> dict[str, str] | None:
    """The line of the printed contents that means a document: by its number, else by the beginning of its title."""
    if document.number:
        found = next((line for line in listed if document.number in _squeezed(line["title"])), None)
        if found is not None:
            return found
    title = _squeezed(document.title)
    return next((line for line in listed if title and _squeezed(line["title"]).startswith(title)), None)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def family_of(document: Document) -> list[Document]:
    """The document that stands by itself and all nested in it, in printed order."""
    root = document.ident.partition("!")[0]
    return list(Document.objects.filter(edition_id=document.edition_id).filter(Q(ident=root) | Q(ident__startswith=f"{root}!")))


def document_at(slug: str) -> Document | None:
    """The document at an address in an adopted issue; where two issues print the same number, the newer one's."""
    return (
        Document.objects.filter(slug=slug, edition__state=State.ADOPTED)
        .select_related("edition", "edition__source")
        .defer(*(f"edition__{name}" for name in _HEAVY))
        .order_by(*newest_first("edition"), "-pk")
        .first()
    )


def canonical_address(text: str) -> str:
    """A document number in any bracket, width and spacing in its normal form.

    >>> canonical_address("三政 [２０１７] 29 号")
    '三政〔2017〕29号'
    >>> canonical_address("三政(2017)29")
    '三政〔2017〕29号'
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)
    head, mark, rest = folded.partition("!")
    if re.search(r"〕\d+$", head):
        head += "号"
    head = re.sub(r"〕第(\d+号)$", r"〕\1", head)
    return f"{head}{mark}{rest}"


def finding_counts(edition: Edition) -> dict[str, int]:
    """Open findings by severity, and how many are disposed of (`accepted`, `deferred`, `erratum`)."""
    rows = Finding.objects.filter(edition=edition).values_list("severity", "disposition").annotate(count=Count("pk")).order_by()
    out = {"error": 0, "warning": 0, "note": 0, "accepted": 0, "deferred": 0, "erratum": 0}
    for severity, disposition, count in rows:
        key = severity if disposition == Disposition.OPEN else disposition
        out[key] = out.get(key, 0) + count
    return out


def errata(edition: Edition | None = None) -> QuerySet[Erratum]:
    """Published errata, newest number first; each once, in the newest reading that it was carried on to."""
    rows = Erratum.objects.filter(number__isnull=False, carried_to=None, edition__state__in=[State.ADOPTED, State.SUPERSEDED])
    rows = rows.filter(edition=edition) if edition else rows
    return rows.select_related("document", "edition", "finding").defer("edition__agreeing", "edition__diagnostics")


def corrections_by(edition: Edition, person: str) -> int:
    """How many corrections of a proposal somebody made that nobody else has seen, as those of an adopted reading were."""
    return int(edition.errata.filter(made_by=person).exclude(repeats__number__isnull=False).count())


def interpretations(document_number: str | None = None) -> QuerySet[Interpretation]:
    """Interpretations, those of one document number where that is given."""
    rows = Interpretation.objects.all()
    return rows.filter(document_number=document_number) if document_number is not None else rows


def agreeing_count(edition: Edition) -> int:
    """How many checks of an issue came out right."""
    return len(Edition.objects.values_list("agreeing", flat=True).get(pk=edition.pk))


def earlier_readings(edition: Edition) -> list[Edition]:
    """Readings of the same issue that were adopted before and superseded, newest first."""
    rows = Edition.objects.filter(slug=edition.slug, state=State.SUPERSEDED).select_related("source").defer(*_HEAVY)
    return list(rows.order_by("-decided_at"))


def clauses_at(places: set[tuple[int, str]]) -> dict[tuple[int, str], Clause]:
    """Clauses by document key and eId."""
    rows = Clause.objects.filter(document_id__in={d for d, _ in places}, eid__in={eid for _, eid in places})
    return {(row.document_id, row.eid): row for row in rows}


def clauses_of_addresses(places: set[tuple[str, str]]) -> dict[tuple[str, str], Clause]:
    """Clauses of adopted documents by address and eId; the newest issue wins."""
    rows = (
        Clause.objects.filter(
            document__slug__in={slug for slug, _ in places},
            eid__in={eid for _, eid in places},
            document__edition__state=State.ADOPTED,
        )
        .select_related("document")
        .order_by(*newest_first("document__edition"), "-pk")
        .reverse()
    )
    return {(row.document.slug, row.eid): row for row in rows}


def source_place(clause: Clause, offset: int) -> int:
    """Source offset of a character of a clause's reading."""
    run = max((r for r in clause.runs if r[0] <= offset), key=lambda r: r[0], default=[0, clause.own_start])
    return int(run[1]) + offset - int(run[0])


def subtree(clause: Clause) -> list[Clause]:
    """A clause and everything under it, in printed order."""
    return list(
        Clause.objects.filter(document_id=clause.document_id).filter(Q(pk=clause.pk) | Q(eid__startswith=f"{clause.eid}__"))
    )


@dataclass(frozen=True, slots=True)
class Version:
    """How one adopted reading of the issue, present or past, reads a clause."""

    edition: Edition
    text: str


def versions(document: Document, eid: str) -> list[Version]:
    """Readings of a clause in all editions that were ever adopted at this address, newest first."""
    rows = (
        Clause.objects.filter(
            document__slug=document.slug, eid=eid, document__edition__state__in=[State.ADOPTED, State.SUPERSEDED]
        )
        .select_related("document__edition")
        .defer("runs", "table", *(f"document__edition__{name}" for name in ("agreeing", "diagnostics", "masthead")))
        .order_by("-document__edition__decided_at")
    )
    return [Version(row.document.edition, row.text) for row in rows]


def public_numbers() -> set[str]:
    """Numbers of the documents of adopted issues. One query."""
    rows = Document.objects.filter(edition__state=State.ADOPTED).exclude(number="")
    return set(rows.order_by().values_list("number", flat=True).distinct())


def documents_like(words: str, most: int) -> list[Document]:
    """Documents with the same number or the same issuer, or whose title holds the words; for a reader who is lost. One query.

    Those of the same serial number come first: of 崤政〔2025〕13号 and 崤政办〔2025〕13号 people mix up the office.
    """
    sought = canonical_address(words)
    number = re.search(r"(\d+)号", sought)
    near = Q(title__contains=words)
    if number:
        near |= Q(number__endswith=f"〕{number[1]}号")
    if head := re.match(r"\D+", sought):
        near |= Q(number__startswith=head[0].rstrip("〔"))
    rows = Document.objects.filter(near, edition__state=State.ADOPTED, parent=None)
    found = list(rows.order_by(*newest_first("edition"), "ordinal")[: most + _MORE])
    same = f"〕{number[1]}号" if number else ""
    return sorted(found, key=lambda row: not (same and row.number.endswith(same)))[:most]
