"""Searching: from the words of a reader to sentences with their hits marked and their citations."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from taizhang.apps.gazettes.citing import Quoted, Wanted, quoted
from taizhang.apps.gazettes.models import Clause, Document, Erratum, State
from taizhang.apps.gazettes.queries import canonical_address, document_at, public_numbers, source_place
from taizhang.apps.organisations.models import Body
from taizhang.apps.organisations.queries import told
from taizhang.apps.targets.corrected import corrected
from taizhang.apps.targets.indexing import table_rows
from taizhang.apps.targets.models import Item
from taizhang.backends.search import Found, Hit, Wish, marked, search, terms_of

PAGE = 20
_BATCH = 500
_SENTENCE_ENDS = "。；;！？!?\n"
_LONGEST = 160
_LEAD = 48
_CELLS = " ¦ "


@dataclass(frozen=True, slots=True)
class Result:
    """A sentence with its hits: `pieces` are (words, is a hit) in order. One of `quote` and `body` is set.

    With `erratum` the words are a corrected reading, which is not printed; `quote` cites what is.
    """

    kind: str
    pieces: tuple[tuple[str, bool], ...]
    quote: Quoted | None = None
    body: Body | None = None
    erratum: Erratum | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """A value of a facet with its name for people and how many results it has."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results. `document` is the one whose number was typed, in any spelling."""

    words: str
    count: int
    page: int
    pages: int
    results: tuple[Result, ...]
    facets: dict[str, tuple[Bucket, ...]]
    document: Document | None


def find(folder: Path | str, words: str, chosen: Mapping[str, str], page: int = 1) -> Results:
    """One page of what holds every word. At most fourteen queries, whatever is found."""
    wish = Wish(words, chosen, PAGE, (page - 1) * PAGE, prefer="title")
    found = search(folder, wish)
    pages = max(1, -(-found.count // PAGE))
    if page > pages:
        return find(folder, words, chosen, pages)
    # Every address of a document has a figure.
    document = document_at(canonical_address(words)) if any(map(str.isdigit, words)) else None
    results = tuple(_results(found.hits, terms_of(words)))
    return Results(words, found.count, page, pages, results, _facets(found), document)


def everything(folder: Path | str, words: str, chosen: Mapping[str, str], most: int) -> Iterator[Result]:
    """What holds every word, best first, at most `most`; nothing for no words."""
    for offset in range(0, most, _BATCH) if words else ():
        found = search(folder, Wish(words, chosen, min(_BATCH, most - offset), offset, prefer="title"))
        yield from _results(found.hits, terms_of(words))
        if offset + _BATCH >= found.count:
            return


def _results(hits: Iterable[Hit], terms: tuple[str, ...]) -> list[Result]:
    keys = [hit.key for hit in hits]
    clause_keys = {_clause_of(key) for key in keys if key[0] in "cr"}
    clauses = Clause.objects.filter(pk__in=clause_keys, document__edition__state=State.ADOPTED).in_bulk()
    errata = {int(key[1:]) for key in keys if key[0] == "e"}
    amended = {one.erratum.pk: one for one in corrected(Erratum.objects.filter(pk__in=errata))} if errata else {}
    idents = [key[1:] for key in keys if key[0] == "b"]
    bodies = {body.ident: body for body in told(public_numbers()).filter(ident__in=idents)} if idents else {}
    items = set(Item.objects.filter(clause__in=clause_keys).order_by().values_list("clause_id", flat=True)) if clauses else set()
    made: list[tuple[str, tuple[tuple[str, bool], ...], Wanted | None, Body | Erratum | None]] = []
    for key in keys:
        if key[0] == "b":
            body = bodies.get(key[1:])
            if body is not None:
                names = _CELLS.join(name.text for name in body.names.all())
                made.append(("body", _pieces(names, terms), None, body))
        elif key[0] == "e":
            one = amended.get(int(key[1:]))
            if one is not None:
                printed = Wanted(one.clause, one.erratum.start, one.erratum.end, one.erratum.printed)
                made.append(("erratum", _pieces(one.words, terms), printed, one.erratum))
        elif (clause := clauses.get(_clause_of(key))) is not None:
            made.append((_kind(clause, key, items), *_cited(clause, key, terms), None))
    quotes = quoted(wanted for _, _, wanted, _ in made if wanted)
    return [_result(kind, pieces, quotes.get(wanted.key) if wanted else None, about) for kind, pieces, wanted, about in made]


def _result(kind: str, pieces: tuple[tuple[str, bool], ...], quote: Quoted | None, about: Body | Erratum | None) -> Result:
    if isinstance(about, Erratum):
        return Result(kind, pieces, quote, erratum=about)
    return Result(kind, pieces, quote, about)


def _clause_of(key: str) -> int:
    return int(key[1:].partition(".")[0])


def _kind(clause: Clause, key: str, items: set[int]) -> str:
    if key[0] == "r":
        return "table"
    if clause.kind in ("title", "docNumber"):
        return "title"
    return "target" if clause.pk in items else "clause"


def _cited(clause: Clause, key: str, terms: tuple[str, ...]) -> tuple[tuple[tuple[str, bool], ...], Wanted]:
    """The sentence of the first hit, or the row, and the span to cite."""
    if key[0] == "r":
        number = int(key.partition(".")[2])
        cells = dict(table_rows(clause)).get(number, [])
        spans = (clause.table or {}).get("spans", [])
        inside = list(spans[number - 1]) if 0 < number <= len(spans) else []
        start, end = (inside[0][0], inside[-1][1]) if inside else (clause.own_start, clause.own_end)
        return _pieces(_CELLS.join(cells), terms), Wanted(clause, start, end, _CELLS.join(cells), number or None)
    text, lead = f"{clause.num}{clause.text}", len(clause.num)
    start, end = sentence_around(text, marked(text, terms))
    inner, outer = max(0, start - lead), max(0, end - lead)
    if start == 0 and end == len(text):
        wanted = Wanted(clause, clause.own_start, clause.own_end, text)
    else:
        wanted = Wanted(clause, source_place(clause, inner), source_place(clause, max(inner, outer - 1)) + 1, text[start:end])
    return _pieces(text[start:end], terms), wanted


def sentence_around(text: str, hits: list[tuple[int, int]]) -> tuple[int, int]:
    """The range of the sentence that holds the first hit; of two hits in different sentences, up to the end of the second's."""
    if not hits or len(text) <= _LONGEST:
        return 0, len(text)
    first = hits[0]
    last = next((hit for hit in reversed(hits) if hit[1] - first[0] <= _LONGEST), first)
    start = max(text.rfind(mark, 0, first[0]) + 1 for mark in _SENTENCE_ENDS)
    ends = [place + 1 for mark in _SENTENCE_ENDS if (place := text.find(mark, max(last[0], last[1] - 1))) >= 0]
    return start, min(ends, default=len(text))


def _pieces(text: str, terms: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Words cut where hits begin and end; a very long sentence is cut around its first hit."""
    hits = marked(text, terms)
    begin = max(0, hits[0][0] - _LEAD) if hits and len(text) > 2 * _LONGEST else 0
    until = begin + 2 * _LONGEST if len(text) > 2 * _LONGEST else len(text)
    out: list[tuple[str, bool]] = [("…", False)] if begin else []
    at = begin
    for start, end in hits:
        if start >= until:
            break
        out += [(text[at:start], False), (text[start:end], True)]
        at = end
    out += [(text[at:until], False), ("…" if until < len(text) else "", False)]
    return tuple(piece for piece in out if piece[0])


def _facets(found: Found) -> dict[str, tuple[Bucket, ...]]:
    slugs = [value for value, _ in found.facets["document"]]
    documents = Document.objects.filter(slug__in=slugs, edition__state=State.ADOPTED).order_by()
    names = {slug: number or title for slug, number, title in documents.values_list("slug", "number", "title")}
    out: dict[str, tuple[Bucket, ...]] = {}
    for facet, buckets in found.facets.items():
        named = [Bucket(value, names.get(value, value) if facet == "document" else value, count) for value, count in buckets]
        key = (lambda b: b.value) if facet == "month" else (lambda b: (-b.count, b.name))
        out[facet] = tuple(sorted(named, key=key, reverse=facet == "month"))
    return out


def month_of(value: str) -> tuple[int, int] | None:
    """Year and month of a facet's value."""
    matched = re.fullmatch(r"(\d{4})-(\d{2})", value)
    return (int(matched[1]), int(matched[2])) if matched else None
