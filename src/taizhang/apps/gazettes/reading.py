"""A document as a reader meets it: parts of a long one, blocks of text with marked words, contents. Nothing here writes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from taizhang.apps.gazettes.citing import ancestors, place_in_reading
from taizhang.apps.gazettes.models import Clause, Disposition, Document, Edition, Finding

PART_LIMIT = 5000
_HEADS = ("chapter", "section", "division")
_PLAIN = ("addressee", "salutation", "annexLabel")
_ASIDE = {"signature": "sig", "docDate": "sig", "docNumber": "mid", **dict.fromkeys(_PLAIN, "flat")}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a long document, from clause `first` to `last` by ordinal. `label` names where it begins."""

    number: int
    label: str
    first: int
    last: int
    eid: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark, as a span of the source: `pf` a finding, `ru` what became a rule. `ref` is the finding's number."""

    start: int
    end: int
    css: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a clause's words under the same marks; `refs` are findings whose words end here; `bold` is a heading."""

    text: str
    css: str
    refs: tuple[str, ...]
    bold: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: text, its marks, and how many rows it fills (0: the cell above goes on)."""

    text: str
    css: str
    refs: tuple[str, ...]
    rows: int


@dataclass(slots=True)
class Paragraph:
    """A clause in a block. `level` is that of its heading among h2 … h6, 0 where it has none of its own."""

    clause: Clause
    level: int
    heading: str
    segments: list[Segment]
    css: str
    cells: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """Clauses that stand together with one margin: an article with what it holds, else one clause."""

    eid: str
    paragraphs: list[Paragraph]

    @property
    def clauses(self) -> list[Clause]:
        """The clauses of the block."""
        return [paragraph.clause for paragraph in self.paragraphs]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a document's own contents."""

    eid: str
    label: str
    depth: int
    findings: int


class Outlined(NamedTuple):
    """What the outline of a document needs of a clause."""

    ordinal: int
    depth: int
    eid: str
    kind: str
    num: str
    text: str
    heading_length: int
    own_start: int
    own_end: int

    @property
    def heading(self) -> str:
        """Heading text, empty if none."""
        return self.text[: self.heading_length]


def outline(document: Document) -> list[Outlined]:
    """All clauses of a document in printed order, as plain values: there may be thousands. One query."""
    rows = Clause.objects.filter(document=document).order_by("ordinal").values_list(*Outlined._fields)
    return list(map(Outlined._make, rows))


def parts_of(clauses: list[Outlined]) -> list[Part]:
    """Parts of at most about `PART_LIMIT` characters, broken before chapters, sections or divisions where it can be."""
    if not clauses:
        return []
    if sum(_own(clause) for clause in clauses) <= PART_LIMIT * 1.4:
        return [Part(1, _label(clauses[0]), clauses[0].ordinal, clauses[-1].ordinal, clauses[0].eid)]
    groups: list[list[Outlined]] = [[]]
    size = 0
    for atom in _atoms(clauses):
        weight = sum(_own(clause) for clause in atom)
        if groups[-1] and size + weight > PART_LIMIT:
            groups.append([])
            size = 0
        groups[-1] += atom
        size += weight
    return [Part(n, _label(_named(g)), g[0].ordinal, g[-1].ordinal, g[0].eid) for n, g in enumerate(groups, 1)]


def _atoms(clauses: list[Outlined]) -> list[list[Outlined]]:
    """Stretches that stay together: subtrees below the limit; the head of a larger one goes with what follows it."""
    out: list[list[Outlined]] = []
    head: list[Outlined] = []
    index = 0
    while index < len(clauses):
        end = index + 1
        while end < len(clauses) and clauses[end].depth > clauses[index].depth:
            end += 1
        if sum(_own(clause) for clause in clauses[index:end]) > PART_LIMIT and end > index + 1:
            head.append(clauses[index])
            index += 1
            continue
        out.append(head + clauses[index:end])
        head, index = [], end
    return out + ([head] if head else [])


def _own(clause: Outlined) -> int:
    return clause.own_end - clause.own_start


def _named(group: list[Outlined]) -> Outlined:
    return next((clause for clause in group if clause.kind in _HEADS and clause.kind != "section"), group[0])


def _label(clause: Outlined) -> str:
    """What a part is called; nothing where it begins with the document's own title."""
    return "" if clause.kind == "title" else f"{clause.num}{clause.heading or clause.text[:16]}"


def part_with(parts: list[Part], clauses: list[Outlined], eid: str | None) -> Part:
    """The part that holds `eid`; the first where that is not given or not there."""
    ordinal = next((clause.ordinal for clause in clauses if clause.eid == eid), None)
    return next((part for part in parts if ordinal is not None and part.first <= ordinal <= part.last), parts[0])


def headings(clauses: list[Outlined], findings: Mapping[str, int]) -> list[Heading]:
    """Chapters, sections and divisions, with the findings under each; the parts of a division are not listed."""
    listed = [
        clause for clause in clauses
        if clause.kind in _HEADS and clause.heading_length and (clause.depth < 2 or clause.kind == "division")
    ]  # fmt: skip
    counts = dict.fromkeys((clause.eid for clause in listed), 0)
    for eid, count in findings.items():
        home = next((up for up in [eid, *reversed(ancestors(eid))] if up in counts), None)
        if home is not None:
            counts[home] += count
    return [Heading(c.eid, f"{c.num} {c.heading}".strip(), c.depth, counts[c.eid]) for c in listed]


def part_clauses(document: Document, part: Part) -> list[Clause]:
    """The clauses of a part with everything."""
    return list(Clause.objects.filter(document=document, ordinal__gte=part.first, ordinal__lte=part.last))


def findings_of(edition: Edition, document: Document | None = None) -> list[Finding]:
    """Findings that are not put off: of a document, or of the whole issue."""
    rows = Finding.objects.filter(edition=edition).exclude(disposition=Disposition.DEFERRED)
    return list(rows.filter(document=document) if document else rows)


def finding_marks(findings: Iterable[Finding]) -> list[Mark]:
    """Wavy marks; the first span of a finding carries its number."""
    return [
        Mark(start, end, "pf", str(finding.ordinal) if n == 0 else "")
        for finding in findings
        for n, (start, end) in enumerate(finding.spans)
    ]


def blocks(clauses: list[Clause], marks: list[Mark]) -> list[Block]:
    """Clauses in printed order as blocks with marked words. The document's own title is left to the page's heading."""
    out: list[Block] = []
    level: dict[str, int] = {}
    near = _Marks(marks)
    article = ""
    for clause in clauses:
        if clause.kind == "title" and clause.depth == 0:
            continue
        up = next((level[eid] for eid in reversed(ancestors(clause.eid)) if eid in level), 1)
        paragraph = _paragraph(clause, up + 1, near.within(clause.own_start, clause.own_end))
        if paragraph.level:
            level[clause.eid] = min(6, paragraph.level)
        if article and clause.eid.startswith(f"{article}__"):
            out[-1].paragraphs.append(paragraph)
            continue
        article = clause.eid if clause.kind == "article" else ""
        out.append(Block(clause.eid, [paragraph]))
    return out


class _Marks:
    """Marks by where they begin, so that a clause looks at those around it and not at all of a document's."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self._marks]
        # The furthest end up to each mark: whatever ends before a clause begins can be left out at once.
        self._ends = list(accumulate((mark.end for mark in self._marks), max))

    def within(self, start: int, end: int) -> list[Mark]:
        """Marks that touch a stretch of the source, by where they begin."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return [mark for mark in self._marks[first:last] if mark.end > start]


def _paragraph(clause: Clause, level: int, marks: list[Mark]) -> Paragraph:
    stands_alone = clause.heading_length > 0 and (clause.kind in _HEADS or clause.heading_length >= len(clause.text))
    css = _ASIDE.get(clause.kind, "")
    if clause.table:
        return Paragraph(clause, 0, "", [], css, _cells(clause.table, marks))
    start = clause.heading_length if stands_alone else 0
    return Paragraph(
        clause,
        min(6, level) if stands_alone else 0,
        clause.heading if stands_alone else "",
        segments(clause, marks, start),
        css,
    )


def segments(clause: Clause, marks: Iterable[Mark], start: int = 0) -> list[Segment]:
    """A clause's words from `start` on, cut wherever a mark begins or ends."""
    length = len(clause.text)
    placed = []
    for mark in marks:
        first = place_in_reading(clause, mark.start) if mark.start >= clause.own_start else 0
        last = place_in_reading(clause, mark.end - 1) + 1
        if start < last <= length and first < last:
            placed.append((max(start, first), last, mark))
    bold_to = clause.heading_length if start == 0 else 0
    cuts = sorted({start, length, *([bold_to] if bold_to else []), *(n for a, b, _ in placed for n in (a, b))})
    out = []
    for a, b in pairwise(cuts):
        css = " ".join(sorted({mark.css for x, y, mark in placed if x <= a and y >= b}))
        refs = tuple(mark.ref for _, y, mark in placed if y == b and mark.ref)
        out.append(Segment(clause.text[a:b], css, refs, b <= bold_to))
    return out


def _cells(table: Mapping[str, list[list[object]]], marks: list[Mark]) -> list[list[Cell]]:
    out: list[list[Cell]] = []
    goes_on = table.get("continues") or []
    rows = table["rows"]
    for r, texts in enumerate(rows):
        line = []
        for c, text in enumerate(texts):
            span = table["spans"][r][c] if c < len(table["spans"][r]) else (0, 0)
            first, last = span  # type: ignore[misc]
            here = [mark for mark in marks if mark.start < last and mark.end > first]
            below = r + 1
            while below < len(rows) and _continues(goes_on, below, c):
                below += 1
            line.append(
                Cell(
                    str(text),
                    " ".join(sorted({mark.css for mark in here})),
                    tuple(mark.ref for mark in here if mark.ref and mark.start >= first),
                    0 if r and _continues(goes_on, r, c) else below - r,
                )
            )
        out.append(line)
    return out


def _continues(goes_on: list[list[object]], row: int, column: int) -> bool:
    return row < len(goes_on) and column < len(goes_on[row]) and bool(goes_on[row][column])
