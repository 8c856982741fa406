"""Adopted documents, clauses, findings and errata as lists for machines, with what a citation needs. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from taizhang.apps.gazettes.models import Clause, Disposition, Document, Edition, Erratum, Finding, Interpretation, State
from taizhang.apps.gazettes.queries import adopted


def issues(year: int | None = None) -> QuerySet[Edition]:
    """Adopted issues with counts of `main_documents` and `open_findings`."""
    rows = adopted().annotate(
        main_documents=Count("documents", filter=Q(documents__role="main"), distinct=True),
        open_findings=Count("findings", filter=Q(findings__disposition=Disposition.OPEN), distinct=True),
    )
    return rows.filter(year=year) if year is not None else rows


def documents(issue: str = "", role: str = "") -> QuerySet[Document]:
    """Documents of adopted issues."""
    rows = Document.objects.filter(edition__state=State.ADOPTED).select_related("edition", "parent")
    rows = rows.defer(*(f"edition__{name}" for name in ("agreeing", "diagnostics", "frame", "masthead")))
    rows = rows.filter(edition__slug=issue) if issue else rows
    return rows.filter(role=role) if role else rows


def clauses(issue: str = "", document: str = "", kind: str = "") -> QuerySet[Clause]:
    """Clauses of adopted issues."""
    rows = Clause.objects.filter(document__edition__state=State.ADOPTED).select_related("document", "parent")
    rows = rows.defer("runs", "parent__text", "parent__runs", "parent__table")
    rows = rows.filter(document__edition__slug=issue) if issue else rows
    rows = rows.filter(document__slug=document) if document else rows
    return rows.filter(kind=kind) if kind else rows


def findings(issue: str = "", severity: str = "", disposition: str = "", rule: str = "") -> QuerySet[Finding]:
    """Findings of adopted issues, settled ones too."""
    rows = Finding.objects.filter(edition__state=State.ADOPTED).select_related("document", "edition")
    rows = rows.defer(*(f"edition__{name}" for name in ("agreeing", "diagnostics", "frame", "masthead")))
    for name, value in (("edition__slug", issue), ("severity", severity), ("disposition", disposition), ("rule", rule)):
        rows = rows.filter(**{name: value}) if value else rows
    return rows


def errata(issue: str = "") -> QuerySet[Erratum]:
    """Published errata, each once."""
    rows = Erratum.objects.filter(number__isnull=False, carried_to=None, edition__state__in=[State.ADOPTED, State.SUPERSEDED])
    rows = rows.select_related("document", "edition", "finding")
    rows = rows.defer(*(f"edition__{name}" for name in ("agreeing", "diagnostics", "frame", "masthead")))
    return rows.filter(edition__slug=issue) if issue else rows


def interpretations(document: str = "") -> QuerySet[Interpretation]:
    """Interpretations, of one document number or address where that is given."""
    rows = Interpretation.objects.all()
    return rows.filter(Q(document_number=document) | Q(slug=document)) if document else rows


@dataclass(slots=True)
class Numbers:
    """Document numbers as citations give them: an annex goes by the number of the notice that brings it."""

    known: dict[tuple[int, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Numbers":
        """For all documents of the editions that these belong to. One query."""
        editions = {document.edition_id for document in documents}
        if not editions:
            return cls()
        tops = Document.objects.filter(edition_id__in=editions, parent=None).values_list("edition_id", "ident", "number")
        return cls({(edition, ident): number for edition, ident, number in tops})

    def number(self, document: Document) -> str | None:
        """The number, None where none is printed."""
        return self.known.get((document.edition_id, document.ident.partition("!")[0])) or document.number or None


def erratum_numbers(rows: Iterable[Clause]) -> dict[int, list[int]]:
    """Numbers of published errata by clause. One query."""
    asked = {(clause.document_id, clause.eid): clause.pk for clause in rows}
    out: dict[int, list[int]] = {}
    if asked:
        numbers = Erratum.objects.filter(document_id__in={d for d, _ in asked}, number__isnull=False).order_by("number")
        for document, eid, number in numbers.values_list("document_id", "eid", "number"):
            if (document, eid) in asked:
                out.setdefault(asked[(document, eid)], []).append(number)
    return out
