"""Citations for pages: from a span in a clause to the sentence that prints it, with what stands around it and how it is called.

One call answers for all citations of a page in a fixed number of queries.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import connection

from taizhang.apps.gazettes.models import Clause, Document, Erratum
from taizhang.apps.gazettes.queries import source_place

_SENTENCE_ENDS = "。；;！？!?\n"
_WHOLE_BELOW = 90
_CHINESE = "一二三四五六七八九十"
_BY_KIND = {
    "title": "标题", "docNumber": "文号", "addressee": "主送", "salutation": "称呼", "signature": "署名", "docDate": "成文日期",
    "annexLabel": "附件标记",
}  # fmt: skip
_NUMBER_TAIL = " 、.．,，)）"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page wants cited: a span of the source inside `clause`; `row` counts from 1 in a table. `quote` as printed."""

    clause: Clause
    start: int
    end: int
    quote: str
    row: int | None = None

    @property
    def key(self) -> str:
        """Id of the drawer, unique on a page for the same words."""
        return f"s{self.clause.pk}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation ready to be shown. `short` is 6号 一、5, `full` 崤政〔2025〕6号 一、5; `marked` is the sentence of `hit`.

    `before` and `after` are what is printed around it. `digest` is the SHA-256 of `hit`. `errata` lists published corrections of
    the clause.
    """

    key: str
    short: str
    full: str
    title: str
    issued_on: date | None
    issue: str
    slug: str
    eid: str
    start: int
    end: int
    hit: str
    digest: str
    before: str
    marked: str
    after: str
    errata: tuple[Erratum, ...] = ()


class Around(NamedTuple):
    """What a citation needs of a clause that stands around the cited one."""

    document_id: int
    ordinal: int
    eid: str
    kind: str
    num: str
    text: str
    heading_length: int

    @property
    def heading(self) -> str:
        """Heading text, empty if none."""
        return self.text[: self.heading_length]


class Titled(NamedTuple):
    """What a citation needs of a document and its issue."""

    pk: int
    edition_id: int
    ident: str
    slug: str
    number: str
    kind: str
    title: str
    issued_on: date | None
    edition_title: str
    edition_year: int | None
    edition_number: int | None
    edition_slug: str

    @property
    def root(self) -> str:
        """The reader's id of the document that stands by itself: the notice of an annex or of a carried document."""
        return self.ident.partition("!")[0]


_AROUND = Around._fields
_AT_ONCE = 400  # places in one query; SQLite takes no list of values without end
_TITLED = tuple(name.replace("edition_", "edition__", 1) if n > 7 else name for n, name in enumerate(Titled._fields))


@dataclass(slots=True)
class Surroundings:
    """What several citations of the same documents share: plain values, since a page asks for hundreds of them."""

    documents: dict[int, Titled]
    roots: dict[tuple[int, str], Titled]
    clauses: dict[tuple[int, str], Around] = field(default_factory=dict)
    by_place: dict[tuple[int, int], Around] = field(default_factory=dict)
    errata: dict[tuple[int, str], list[Erratum]] = field(default_factory=dict)

    def root_of(self, document: Titled) -> Titled:
        """The document that stands by itself."""
        return self.roots.get((document.edition_id, document.root), document)


def quoted_in(clause: Clause, words: str) -> Wanted | None:
    """Where a clause prints some words, spaces aside: in its text, or in a cell of its table. None where it does not."""
    pattern = re.compile(r"\s*".join(map(re.escape, "".join(words.split()))))
    found = pattern.search(clause.text)
    if found is not None and found[0]:
        start, last = (source_place(clause, place) for place in (found.start(), found.end() - 1))
        return Wanted(clause, start, last + 1, found[0])
    table = clause.table or {}
    for row, (cells, spans) in enumerate(zip(table.get("rows", ()), table.get("spans", ()), strict=False), 1):
        for cell, span in zip(cells, spans, strict=False):
            if words and pattern.search(cell):
                return Wanted(clause, span[0], span[1], cell, row)
    return None


def quoted(wanted: Iterable[Wanted]) -> dict[str, Quoted]:
    """Citations by key. Five queries for each 400."""
    wishes = {wish.key: wish for wish in wanted}
    if not wishes:
        return {}
    around = _surroundings([wish.clause for wish in wishes.values()])
    return {key: _quoted(wish, around) for key, wish in wishes.items()}


def labels(clauses: Iterable[Clause], *, full: bool = False) -> dict[int, str]:
    """Names of clauses by primary key: 6号 一、5, or in full 崤政〔2025〕6号 一、5. Three queries for each 400."""
    asked = list(clauses)
    if not asked:
        return {}
    around = _documents(asked)
    _read(around, asked, beside=False)
    return {clause.pk: short_label(clause, None, around, full=full) for clause in asked}


def _surroundings(asked: list[Clause]) -> Surroundings:
    around = _documents(asked)
    _read(around, asked, beside=True)
    errata = Erratum.objects.filter(document_id__in=around.documents, eid__in={c.eid for c in asked}, number__isnull=False)
    for erratum in errata.order_by("number"):
        around.errata.setdefault((erratum.document_id, erratum.eid), []).append(erratum)
    return around


def _documents(asked: list[Clause]) -> Surroundings:
    rows = Document.objects.order_by().values_list(*_TITLED)
    mine = {document.pk: document for document in map(Titled._make, rows.filter(pk__in={c.document_id for c in asked}))}
    roots = {(d.edition_id, d.ident): d for d in mine.values()}
    missing = {(d.edition_id, d.root) for d in mine.values()} - roots.keys()
    if missing:
        above = rows.filter(edition_id__in={edition for edition, _ in missing}, ident__in={ident for _, ident in missing})
        roots |= {(d.edition_id, d.ident): d for d in map(Titled._make, above)}
    return Surroundings(mine, roots)


def _read(around: Surroundings, asked: list[Clause], *, beside: bool) -> None:
    """What the clauses stand under, and what stands beside them. Plain SQL: pages ask it more than anything else."""
    above = {(clause.document_id, eid) for clause in asked for eid in ancestors(clause.eid)}
    next_to = {(clause.document_id, clause.ordinal + step) for clause in asked for step in (-1, 1)} if beside else set()
    places: tuple[tuple[str, list[tuple[int, str | int]]], ...] = (("eid", [*above]), ("ordinal", [*next_to]))
    table = Clause._meta.db_table
    lead = f"SELECT {', '.join(_AROUND)} FROM (VALUES {{}}) AS at JOIN {table} ON document_id = column1 AND {{}} = column2"
    with connection.cursor() as cursor:
        for column, pairs in places:
            for first in range(0, len(pairs), _AT_ONCE):
                some = pairs[first : first + _AT_ONCE]
                cursor.execute(
                    lead.format(", ".join(["(%s, %s)"] * len(some)), column), [value for pair in some for value in pair]
                )
                for other in map(Around._make, cursor.fetchall()):
                    around.clauses[(other.document_id, other.eid)] = other
                    around.by_place[(other.document_id, other.ordinal)] = other


def ancestors(eid: str) -> list[str]:
    """The eIds a clause stands under, outermost first.

    >>> ancestors("chp_3__art_7__subsec_1")
    ['chp_3', 'chp_3__art_7']
    """
    parts = eid.split("__")
    return ["__".join(parts[:n]) for n in range(1, len(parts))]


def document_label(document: Titled, root: Titled, *, full: bool) -> str:
    """6号 or 崤政〔2025〕6号, with the annex; the kind or title of a document without number."""
    number = root.number
    if number:
        name = number if full else number.rpartition("〕")[2] or number
    else:
        name = root.title if full else (root.kind or root.title[:8])
    annex = re.search(r"!annex-(\d+)$", document.ident)
    return f"{name} 附件{annex[1]}" if annex else name


def short_label(clause: Clause, row: int | None, around: Surroundings, *, full: bool = False) -> str:
    """How a clause is called: 6号 一、5 · 6号 市教育局、3 · 13号 第七条（一）."""
    document = around.documents[clause.document_id]
    name = document_label(document, around.root_of(document), full=full)
    chain = [around.clauses.get((clause.document_id, eid)) for eid in ancestors(clause.eid)]
    place = place_of([*(c for c in chain if c is not None), clause])
    if row is not None:
        place = f"{place}第{row}行" if place else f"表第{row}行"
    elif clause.table is not None:
        place = place or "表"
    return f"{name} {place}".strip()


def place_of(chain: list[Around | Clause]) -> str:
    """The numbers that lead to the last clause of `chain`, from the nearest division or article down."""
    starts = [index for index, clause in enumerate(chain) if clause.kind in ("division", "article")]
    chain = chain[starts[-1] :] if starts else chain
    out = ""
    for clause in chain:
        if clause.kind == "division":
            out = f"{clause.heading or clause.text}、"
        elif clause.num:
            bare = clause.num.strip(_NUMBER_TAIL) if clause.kind in ("item", "section") else clause.num.strip()
            if not (starts and out.endswith("、") and clause.kind == "subsection"):
                out += f"{bare}、" if clause.kind == "section" else bare
    out = out.rstrip("、")
    if chain[-1].kind == "paragraph":
        return f"{out}{_paragraph_name(chain)}"
    return out or _BY_KIND.get(chain[-1].kind, "")


def _paragraph_name(chain: list[Around | Clause]) -> str:
    """第二款 of an article, whose own words are the first; else 第2段."""
    last = chain[-1].eid.rpartition("__")[2]
    number = int(digits[0]) if (digits := re.findall(r"_(\d+)$", last)) else 1
    if len(chain) > 1 and chain[-2].kind == "article" and number < len(_CHINESE):
        return f"第{_CHINESE[number]}款"
    return f"{'、' if chain[:-1] and any(c.num or c.kind == 'division' for c in chain[:-1]) else ''}第{number}段"


def _quoted(wish: Wanted, around: Surroundings) -> Quoted:
    clause = wish.clause
    document = around.documents[clause.document_id]
    root = around.root_of(document)
    before, marked, after = _around_row(wish) if clause.table else _around_words(wish, around)
    issue = document.edition_title
    if document.edition_number:
        issue += f" {document.edition_year}年第{document.edition_number}号"
    return Quoted(
        key=wish.key,
        short=short_label(clause, wish.row, around),
        full=short_label(clause, wish.row, around, full=True),
        title=root.title,
        issued_on=root.issued_on or document.issued_on,
        issue=issue,
        slug=document.slug,
        eid=clause.eid,
        start=wish.start,
        end=wish.end,
        hit=wish.quote,
        digest=hashlib.sha256(wish.quote.encode()).hexdigest(),
        before=before,
        marked=marked,
        after=after,
        errata=tuple(around.errata.get((clause.document_id, clause.eid), ())),
    )


def place_in_reading(clause: Clause, source: int) -> int:
    """Offset in the clause's reading of a character of the source; outside it, the nearest end."""
    run = max((r for r in clause.runs if r[1] <= source), key=lambda r: r[1], default=None)
    if run is None:
        return 0
    return int(min(len(clause.text), run[0] + source - run[1]))


def _around_words(wish: Wanted, around: Surroundings) -> tuple[str, str, str]:
    clause = wish.clause
    text = clause.text
    start, end = 0, len(text)
    if len(text) > _WHOLE_BELOW:
        at, to = place_in_reading(clause, wish.start), place_in_reading(clause, max(wish.start, wish.end - 1))
        start = max((text.rfind(mark, 0, at) + 1 for mark in _SENTENCE_ENDS), default=0)
        ends = [place + 1 for mark in _SENTENCE_ENDS if (place := text.find(mark, to)) >= 0]
        end = min(ends, default=len(text))
    number = clause.num if start == 0 else ""
    before = _last_sentence(text[:start]) or _near(clause, -1, around)
    after = _first_sentence(text[end:]) or _near(clause, 1, around)
    return before, f"{number}{text[start:end]}" or wish.quote, after


def _around_row(wish: Wanted) -> tuple[str, str, str]:
    table = wish.clause.table or {}
    printed = [" ¦ ".join(cells) for cells in table.get("rows", [])]
    row = wish.row
    if row is None:
        spans = table.get("spans", [])
        row = next((n for n, cells in enumerate(spans, 1) if cells and cells[0][0] <= wish.start < cells[-1][1]), None)
    if row is None or not 0 < row <= len(printed):
        return "", wish.quote, ""
    return (printed[row - 2] if row > 1 else ""), printed[row - 1], (printed[row] if row < len(printed) else "")


def _near(clause: Clause, step: int, around: Surroundings) -> str:
    other = around.by_place.get((clause.document_id, clause.ordinal + step))
    if other is None or other.kind == "table":
        return ""
    words = _last_sentence(other.text) if step < 0 else _first_sentence(other.text)
    return f"{other.num}{words}" if words == other.text else words


def _first_sentence(text: str) -> str:
    ends = [place + 1 for mark in _SENTENCE_ENDS if (place := text.find(mark)) >= 0]
    return text[: min(ends, default=len(text))]


def _last_sentence(text: str) -> str:
    inner = text[:-1]
    return text[max(inner.rfind(mark) for mark in _SENTENCE_ENDS) + 1 :]
