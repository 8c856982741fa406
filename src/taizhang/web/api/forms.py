"""From rows to the plain values of `shapes`. One `Forms` serves a request: it knows addresses and numbers of documents."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.utils import timezone

from taizhang.apps.gazettes.citing import Quoted
from taizhang.apps.gazettes.listing import Numbers
from taizhang.apps.gazettes.models import Clause, Document, Edition, Erratum, Finding, Interpretation
from taizhang.apps.organisations.models import Body, Event, Name
from taizhang.apps.organisations.queries import current_name
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet
from taizhang.apps.targets.readings import in_force

Values = dict[str, Any]


def figure(value: Decimal | None) -> str | None:
    """Digits without an exponent or needless zeros.

    >>> figure(Decimal("83500.0000000000")), figure(Decimal("0E-10")), figure(None)
    ('83500', '0', None)
    """
    if value is None:
        return None
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def day(value: date | None) -> str | None:
    """An ISO day."""
    return value.isoformat() if value else None


def instant(value: datetime | None) -> str | None:
    """An ISO instant in the installation's time zone, to the second."""
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None


def missing_points(value: Decimal | None) -> str | None:
    """Why there are no points."""
    return "not_printed" if value is None else None


@dataclass(slots=True)
class Forms:
    """`base` is scheme and host. Citations need `numbers` of the documents at hand."""

    base: str
    numbers: Numbers = field(default_factory=Numbers)
    _quoted: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, numbers: Numbers | None = None) -> "Forms":
        """For one request."""
        return cls(f"{request.scheme}://{request.get_host()}", numbers or Numbers())

    def url(self, document: str, eid: str = "") -> str:
        """The stable page of a document or a clause."""
        slug = self._quoted.get(document)
        if slug is None:
            slug = self._quoted[document] = quote(document, safe="")
        return f"{self.base}/d/{slug}/{quote(eid)}/" if eid else f"{self.base}/d/{slug}/"

    def citation(self, document: Document, eid: str, span: tuple[int, int] | None, words: str, row: int | None = None) -> Values:
        """Where words are printed."""
        return {
            "document": document.slug,
            "number": self.numbers.number(document),
            "eid": eid or None,
            "row": row,
            "span": list(span) if span else None,
            "quote": words,
            "url": self.url(document.slug, eid),
        }

    def far_citation(self, document: str, eid: str, words: str) -> Values | None:
        """A citation that names its document by number: it may stand in an issue that was never handed in."""
        if not document:
            return None
        url = self.url(document, eid)
        return {
            "document": document,
            "number": document,
            "eid": eid or None,
            "row": None,
            "span": None,
            "quote": words,
            "url": url,
        }

    def quoted(self, one: Quoted) -> Values:
        """A citation that a search made."""
        place = {"eid": one.eid, "row": None, "span": [one.start, one.end]}
        number = one.full.partition(" ")[0] if "〔" in one.full.partition(" ")[0] else None
        return {"document": one.slug, "number": number, **place, "quote": one.hit, "url": self.url(one.slug, one.eid)}

    def issue(self, edition: Edition) -> Values:
        """With the counts of `listing.issues`."""
        stem = f"{self.base}/gazette/{quote(edition.slug)}"
        return {
            "issue": edition.slug,
            "title": edition.title,
            "year": edition.year,
            "number": edition.number,
            "total_number": edition.total_number,
            "published_on": day(edition.published_on),
            "publisher": edition.publisher or None,
            "documents": edition.main_documents,  # type: ignore[attr-defined]
            "findings": edition.open_findings,  # type: ignore[attr-defined]
            "sha256": edition.source.sha256,
            "parser_version": edition.parser_version,
            "adopted_at": instant(edition.decided_at),
            "url": f"{stem}/",
            "forms": {"html": f"{stem}.html", "json": f"{stem}.json", "akn": f"{stem}.akn.xml"},
        }

    def document(self, row: Document) -> Values:
        """A document."""
        stem = self.url(row.slug)[:-1]
        return {
            "document": row.slug,
            "number": row.number or None,
            "title": row.title,
            "role": row.role,
            "kind": row.kind or None,
            "issuers": row.issuers,
            "addressees": row.addressees,
            "issued_on": day(row.issued_on),
            "issue": row.edition.slug,
            "parent": row.parent.slug if row.parent else None,
            "span": [row.start, row.end],
            "url": f"{stem}/",
            "forms": {"html": f"{stem}.html", "json": f"{stem}.json", "akn": f"{stem}.akn.xml"},
        }

    def clause(self, row: Clause, errata: list[int]) -> Values:
        """A clause, with its table where it is one."""
        return {
            "document": row.document.slug,
            "number": self.numbers.number(row.document),
            "eid": row.eid,
            "parent": row.parent.eid if row.parent else None,
            "kind": row.kind,
            "num": row.num or None,
            "heading": row.heading or None,
            "text": row.text,
            "span": [row.start, row.end],
            "own_span": [row.own_start, row.own_end],
            "table": _table(row.table) if row.table else None,
            "errata": errata,
            "url": self.url(row.document.slug, row.eid),
        }

    def sheet(self, row: Sheet, clauses: dict[tuple[int, str], Clause]) -> Values:
        """A sheet; `clauses` holds those that print its heading and its groups."""
        return {
            "issue": row.edition.slug,
            "sheet": row.ordinal,
            "unit": row.unit,
            "kind": row.kind,
            "body": row.body.ident if row.body else None,
            "is_confirmed": bool(row.confirmed_by),
            "points": figure(row.points),
            "points_unknown": missing_points(row.points),
            "groups": [self._group(group, row, clauses) for group in row.groups.all()],
            "citation": self._of_clause(row.document, row.eid, clauses, (row.start, row.end)),
        }

    def _group(self, row: Group, sheet: Sheet, clauses: dict[tuple[int, str], Clause]) -> Values:
        return {
            "name": row.name,
            "points": figure(row.points),
            "points_unknown": missing_points(row.points),
            "is_deduction": row.is_deduction,
            "items": row.item_count,  # type: ignore[attr-defined]
            "citation": self._of_clause(sheet.document, row.eid, clauses, None),
        }

    def _of_clause(
        self, document: Document, eid: str, clauses: dict[tuple[int, str], Clause], otherwise: tuple[int, int] | None
    ) -> Values:
        clause = clauses.get((document.pk, eid))
        if clause is None:
            return self.citation(document, eid, otherwise, "")
        return self.citation(document, eid, (clause.own_start, clause.own_end), f"{clause.num}{clause.text}")

    def item(self, row: Item, duties: list[Duty]) -> Values:
        """An item with its measures and the bodies its clause names."""
        sheet, clause = row.group.sheet, row.clause
        span = (clause.own_start, clause.own_end)
        return {
            "issue": sheet.edition.slug,
            "sheet": sheet.ordinal,
            "unit": sheet.unit,
            "group": row.group.name,
            "number": row.number,
            "text": row.text,
            "kind": row.kind,
            "points": figure(row.points),
            "points_unknown": missing_points(row.points),
            "awaits": row.awaits or None,
            "owners": [owner(duty) for duty in duties],
            "measures": [self.measure(one, sheet.edition, clause, row) for one in row.measures.all()],
            "citation": self.citation(clause.document, clause.eid, span, f"{clause.num}{clause.text}"),
        }

    def measure(self, row: Measure, edition: Edition, clause: Clause, item: Item | None) -> Values:
        """A measure."""
        known = row.value is not None or row.value_on is not None
        sheet = item.group.sheet if item else None
        return {
            "issue": edition.slug,
            "metric": row.metric,
            "metric_key": row.metric_key,
            "kind": row.kind,
            "role": row.role,
            "modality": row.modality,
            "comparator": row.comparator or None,
            "bound": row.bound or None,
            "value": figure(row.value),
            "date": day(row.value_on),
            "unit": row.unit or None,
            "value_unknown": None if known else ("unbound" if row.awaits or row.kind == "delegated" else "not_printed"),
            "awaits": row.awaits or None,
            "normalized_value": figure(row.normalized_value),
            "normalized_unit": row.normalized_unit or None,
            "baseline": row.baseline or None,
            "corrected_value": row.corrected_value or None,
            "corrected_unit": row.corrected_unit or None,
            "corrected_normalized_value": figure(row.corrected_normalized_value),
            "corrected_normalized_unit": row.corrected_normalized_unit or None,
            "counts": "erratum" if in_force(row).is_corrected else "print",
            "sheet": sheet.ordinal if sheet else None,
            "unit_owing": sheet.unit if sheet else None,
            "item": item.number if item else None,
            "citation": self.citation(clause.document, clause.eid, (row.start, row.end), row.quote, row.row),
        }

    def body(self, row: Body, events: list[Event]) -> Values:
        """A body; its names are prefetched."""
        return {
            "body": row.ident,
            "name": current_name(row),
            "kind": row.kind,
            "area_code": row.area_code or None,
            "names": [self._name(name) for name in row.names.all()],
            "events": [self._event(event) for event in events],
            "url": f"{self.base}/bodies/{quote(row.ident, safe='')}/",
        }

    def _name(self, row: Name) -> Values:
        cited = self.far_citation(row.cited_document, row.cited_eid, row.cited_words)
        return {"text": row.text, "form": row.form, "start": day(row.start), "end": day(row.end), "citation": cited}

    def _event(self, row: Event) -> Values:
        cited = self.far_citation(row.cited_document, row.cited_eid, row.cited_words)
        return {"kind": row.kind, "on": day(row.on), "before": row.before or None, "after": row.after or None, "citation": cited}

    def finding(self, row: Finding) -> Values:
        """A finding."""
        span: tuple[int, int] | None = tuple(row.spans[0]) if row.spans else None
        return {
            "issue": row.edition.slug,
            "finding": row.ordinal,
            "rule": row.rule,
            "severity": row.severity,
            "consequence": row.consequence or None,
            "message": row.message,
            "advice": row.advice or None,
            "declared": row.declared or None,
            "computed": row.computed or None,
            "spans": row.spans,
            "disposition": row.disposition,
            "reason": row.reason or None,
            "decided_at": instant(row.decided_at),
            "citation": self._of_finding(row, span),
        }

    def proof_url(self, row: Finding) -> str:
        """The finding in the proof report."""
        return f"{self.base}/gazette/{quote(row.edition.slug)}/proof/?at={row.ordinal}#f{row.ordinal}"

    def _of_finding(self, row: Finding, span: tuple[int, int] | None) -> Values:
        if row.document:
            return self.citation(row.document, row.eid, span, row.quote)
        where = {"document": None, "number": None, "eid": None, "row": None, "span": list(span) if span else None}
        return {**where, "quote": row.quote, "url": self.proof_url(row)}

    def erratum(self, row: Erratum) -> Values:
        """An erratum."""
        return {
            "erratum": row.number,
            "issue": row.edition.slug,
            "published_on": day(row.published_on),
            "field": row.field,
            "printed": row.printed,
            "corrected": row.corrected,
            "reason": row.reason,
            "finding": row.finding.ordinal if row.finding else None,
            "citation": self.citation(row.document, row.eid, (row.start, row.end), row.printed),
        }

    def interpretation(self, row: Interpretation) -> Values:
        """An interpretation."""
        cited = self.far_citation(row.document_number, row.eid, row.quote)
        if cited and row.slug:
            cited |= {"document": row.slug, "url": self.url(row.slug, row.eid)}
        return {
            "pack": row.pack,
            "code": row.code,
            "question": row.question,
            "answer": row.answer,
            "why": row.why,
            "may_change": row.may_change,
            "is_on": row.is_on,
            "citation": cited,
        }


def owner(duty: Duty) -> Values:
    """A body that is named."""
    body = duty.body.ident if duty.body else None
    return {"name": duty.name, "share": duty.share, "body": body, "is_confirmed": bool(duty.confirmed_by)}


def _table(stored: dict[str, Any]) -> Values:
    rows = [
        [None if goes_on else text for text, goes_on in zip(texts, continues, strict=False)]
        for texts, continues in zip(stored["rows"], stored["continues"], strict=True)
    ]
    return {"caption": stored["caption"], "header": stored["header"], "rows": rows}
