"""The proof report of an issue as pages show it: findings with their rule's title and place, grouped by what they put at risk."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from taizhang.apps.gazettes.citing import Quoted, Wanted, quoted
from taizhang.apps.gazettes.models import Clause, Disposition, Document, Edition, Finding
from taizhang.engines.proof import RULES

SEVERITIES = ("error", "warning", "note")
SORTS = ("severity", "number", "rule")
PAGE = 50
_FIGURES, _DUTIES, _PRINT, _NOTES, _SETTLED = SECTIONS = ("figures", "duties", "print", "notes", "settled")
_GROUP = {"money": _FIGURES, "points": _FIGURES, "who": _DUTIES, "when": _DUTIES}
_INFO = {rule.info.id: rule.info for rule in RULES}
_REACH = 18


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as shown: the title of its rule, why it matters, its citation, and the printed words around each span.

    `excerpts` are (before, words, after) with the first span first; `css` is that of its card.
    """

    finding: Finding
    title: str
    why: str
    source: Quoted | None
    excerpts: tuple[tuple[str, str, str], ...]

    @property
    def ordinal(self) -> int:
        """Its number in the report."""
        return self.finding.ordinal


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked to see; empty sets mean everything. Unknown words are dropped."""

    severities: frozenset[str] = frozenset()
    documents: frozenset[int] = frozenset()
    dispositions: frozenset[str] = frozenset()

    def take(self, finding: Finding, root: int) -> bool:
        """True if the finding, of the document numbered `root` (0: of the whole issue), is to be shown."""
        return (
            (not self.severities or finding.severity in self.severities)
            and (not self.documents or root in self.documents)
            and (not self.dispositions or finding.disposition in self.dispositions)
        )


def read_filters(severities: Iterable[str], documents: Iterable[str], dispositions: Iterable[str]) -> Filters:
    """From the words of an address."""
    return Filters(
        frozenset(severities) & frozenset(SEVERITIES),
        frozenset(int(word) for word in documents if word.isdecimal() and len(word) < 9),
        frozenset(dispositions) & frozenset(Disposition.values),
    )


@dataclass(frozen=True, slots=True)
class Order:
    """How findings stand within each section of the report: by one of `SORTS`, the other way round where `is_descending`."""

    by: str = "severity"
    is_descending: bool = False

    @property
    def word(self) -> str:
        """As an address says it: `rule`, `-rule`."""
        return f"-{self.by}" if self.is_descending else self.by

    def turned(self, by: str) -> "Order":
        """By another column, or by the same the other way round."""
        return Order(by, by == self.by and not self.is_descending)

    def key(self, finding: Finding) -> tuple[object, ...]:
        """Sorts findings, those alike in printed order."""
        if self.by == "rule":
            return title_of(finding), finding.ordinal
        return (SEVERITIES.index(finding.severity), finding.ordinal) if self.by == "severity" else (finding.ordinal,)


def read_order(word: str) -> Order:
    """From the word of an address; by severity where it means nothing."""
    by = word.removeprefix("-")
    return Order(by, word.startswith("-")) if by in SORTS else Order()


@dataclass(slots=True)
class ProofReport:
    """One page of the findings that were asked for: the open ones by consequence, then the notes, then the settled ones.

    `totals` says how many of a section there are on all pages; `counts` are those before any filter. `page` is None where all are
    shown.
    """

    groups: list[tuple[str, list[Shown]]]
    notes: list[Shown]
    settled: list[Shown]
    agreeing: list[dict[str, object]]
    counts: Counter[str]
    by_document: list[tuple[int, Document | None, int]]
    totals: Counter[str]
    page: int | None
    pages: int
    rules: int = len(RULES)
    shown: int = 0
    sources: list[Quoted] = field(default_factory=list)


def title_of(finding: Finding) -> str:
    """The title of the finding's rule, else its own words."""
    info = _INFO.get(finding.rule)
    return info.title if info else finding.message


@dataclass(slots=True)
class _Listed:
    """All findings that were asked for in the order of the report, each with its section, and what filters are chosen from."""

    rows: list[tuple[str, Finding]]
    all: list[Finding]
    tops: list[Document]
    root: dict[int, int]


def _listed(edition: Edition, filters: Filters, order: Order) -> _Listed:
    findings = list(Finding.objects.filter(edition=edition).order_by("ordinal"))
    documents = list(Document.objects.filter(edition=edition))
    tops = {document.ident: document for document in documents if document.parent_id is None}
    idents = {document.pk: document.ident.partition("!")[0] for document in documents}
    root = {finding.pk: tops[idents[finding.document_id]].ordinal if finding.document_id else 0 for finding in findings}
    chosen = [finding for finding in findings if filters.take(finding, root[finding.pk])]
    chosen.sort(key=order.key, reverse=order.is_descending)
    rows = [(section, finding) for section in SECTIONS for finding in chosen if _section(finding) == section]
    return _Listed(rows, findings, list(tops.values()), root)


def _section(finding: Finding) -> str:
    if finding.disposition != Disposition.OPEN:
        return _SETTLED
    return _NOTES if finding.severity == "note" else _GROUP.get(finding.consequence, _PRINT)


def page_with(edition: Edition, filters: Filters, order: Order, ordinal: int) -> int:
    """The page that shows a finding; the first where none does. Two queries."""
    places = [finding.ordinal for _, finding in _listed(edition, filters, order).rows]
    return places.index(ordinal) // PAGE + 1 if ordinal in places else 1


def proof_report(edition: Edition, filters: Filters, order: Order | None = None, page: int | None = None) -> ProofReport:
    """A page of `PAGE` findings, the last one if there are not so many, or all. Nine queries whatever the number of findings.

    `edition` comes with its source's text and agreeing checks.
    """
    listed = _listed(edition, filters, order or Order())
    pages = max(1, -(-len(listed.rows) // PAGE))
    page = None if page is None else max(1, min(page, pages))
    part = listed.rows if page is None else listed.rows[(page - 1) * PAGE : page * PAGE]
    shown = shown_findings([finding for _, finding in part], edition.source.text)
    of: dict[str, list[Shown]] = {section: [] for section in SECTIONS}
    for (section, _), each in zip(part, shown, strict=True):
        of[section].append(each)
    findings, root = listed.all, listed.root
    counts = Counter(finding.severity for finding in findings if finding.disposition == Disposition.OPEN)
    counts["agreeing"] = len(edition.agreeing)
    counts["settled"] = sum(finding.disposition != Disposition.OPEN for finding in findings)
    per_root = Counter(root.values())
    return ProofReport(
        [(name, of[name]) for name in (_FIGURES, _DUTIES, _PRINT) if of[name]],
        of[_NOTES],
        of[_SETTLED],
        list(edition.agreeing),
        counts,
        [(top.ordinal, top, per_root[top.ordinal]) for top in listed.tops] + ([(0, None, per_root[0])] if per_root[0] else []),
        Counter(section for section, _ in listed.rows),
        page,
        pages,
        shown=len(listed.rows),
        sources=[each.source for each in shown if each.source],
    )


def shown_findings(findings: list[Finding], text: str) -> list[Shown]:
    """Findings with title, citation and excerpts of the source `text` (empty: no excerpts). Six queries."""
    places = _clauses(findings)
    wanted = {}
    for finding in findings:
        clause = places.get(finding.pk)
        if clause is not None and finding.spans:
            start, end = finding.spans[0]
            wanted[finding.pk] = Wanted(clause, start, end, finding.quote)
    quotes = quoted(wanted.values())
    return [
        Shown(
            finding,
            title_of(finding),
            _INFO[finding.rule].why if finding.rule in _INFO else "",
            quotes.get(wanted[finding.pk].key) if finding.pk in wanted else None,
            _excerpts(finding, text) if text else (),
        )
        for finding in findings
    ]


def _clauses(findings: list[Finding]) -> dict[int, Clause]:
    """The clause each finding points at: the one it names, else the one its first words stand in."""
    named = [finding for finding in findings if finding.document_id and finding.eid]
    loose = [finding for finding in findings if finding.document_id and not finding.eid and finding.spans]
    where = Q(document_id__in={f.document_id for f in named}, eid__in={f.eid for f in named})
    for finding in loose:
        start = finding.spans[0][0]
        where |= Q(document_id=finding.document_id, own_start__lte=start, own_end__gt=start)
    rows = list(Clause.objects.filter(where)) if findings else []
    by_eid = {(clause.document_id, clause.eid): clause for clause in rows}
    out = {f.pk: by_eid[(f.document_id, f.eid)] for f in named if (f.document_id, f.eid) in by_eid}
    for finding in loose:
        start = finding.spans[0][0]
        holds = [c for c in rows if c.document_id == finding.document_id and c.own_start <= start < c.own_end]
        if holds:
            out[finding.pk] = max(holds, key=lambda clause: clause.depth)
    return out


_EXCERPTS = 3


def _excerpts(finding: Finding, text: str) -> tuple[tuple[str, str, str], ...]:
    out: list[tuple[str, str, str]] = []
    seen: list[tuple[int, int]] = []
    for start, end in finding.spans:
        if any(first <= start < last for first, last in seen):
            continue
        seen.append((start - _REACH, end + _REACH))
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        out.append((_line_end(before), _plain(text[start:end]), _line_start(after)))
        if len(out) == _EXCERPTS:
            break
    return tuple(out)


def _line_end(text: str) -> str:
    return _plain(text.rpartition("\n\n")[2])


def _line_start(text: str) -> str:
    return _plain(text.partition("\n\n")[0])


def _plain(text: str) -> str:
    return text.replace("\r", "").replace("\n", "").replace("\t", " ¦ ").replace("**", "")
