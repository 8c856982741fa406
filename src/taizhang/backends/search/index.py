"""The index on disk: built anew beside the old one and exchanged in one step, or updated group by group by one writer.

`current.json` names the generation in use and what each group of rows was made from; a reader that sees it change reloads.
An index that is absent, damaged or of another form counts as empty: the database is the truth and it can be rebuilt.
"""

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from taizhang.backends.search.characters import fold, pairs, terms_of

FACETS = ("kind", "document", "month", "unit")
_FORM = 1
_HEAP = 64_000_000
_MOST_BUCKETS = 24
_EVERY_VALUE = 1_000_000
_ALL_IN_ORDER = 4.0
_PREFERRED = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """What can be found. `group` is updated as a whole (an edition); `key` leads back to the database, where the text is kept."""

    group: str
    key: str
    text: str
    kind: str
    document: str = ""
    month: str = ""
    unit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: words, all of which must be there, and values of facets. `prefer` is a kind that comes first."""

    words: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    prefer: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row found, by its key."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows match, those of the page asked for, and the counts of each facet under the other facets chosen.

    Of each facet its 24 most frequent values and the one chosen; their counts are exact.
    """

    count: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]


_EMPTY = Found(0, (), dict.fromkeys(FACETS, ()))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("group", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("single", tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _schema()


def rebuild(folder: Path | str, rows: Iterable[Row], made_from: Mapping[str, str] | None = None) -> int:
    """Build the whole index from `rows` and put it in the place of the old one; how many rows. Readers never see half of it."""
    folder = Path(folder)
    with _one_writer(folder):
        fresh = f"g-{uuid.uuid4().hex[:12]}"
        (folder / fresh).mkdir()
        index = tantivy.Index(SCHEMA, str(folder / fresh))
        count = _write(index, (), rows)
        _publish(folder, fresh, dict(made_from or {}))
        for old in folder.glob("g-*"):
            if old.name != fresh:
                shutil.rmtree(old, ignore_errors=True)
    return count


def update(folder: Path | str, drop: Iterable[str], rows: Iterable[Row], made_from: Mapping[str, str]) -> int:
    """Take the groups `drop` out, put `rows` in; `made_from` then describes all groups. Rebuild first where nothing is there."""
    folder = Path(folder)
    with _one_writer(folder):
        current = _current(folder)
        index = _open(folder, current)
        if index is None or current is None:
            raise FileNotFoundError(folder)
        count = _write(index, drop, rows)
        _publish(folder, current["generation"], dict(made_from))
    return count


def stamps(folder: Path | str) -> dict[str, str] | None:
    """What each group was made from, as told when it was written; None where there is no usable index."""
    folder = Path(folder)
    current = _current(folder)
    return dict(current["made_from"]) if current and _open(folder, current) is not None else None


def serial(folder: Path | str) -> str:
    """Another with every change of the index; empty where there is none."""
    current = _current(Path(folder))
    return str(current["serial"]) if current else ""


def search(folder: Path | str, wish: Wish) -> Found:
    """Rows that hold every word. Nothing for a query without words or an index that is not there."""
    folder = Path(folder)
    words = terms_of(wish.words)
    index = _open(folder, _current(folder)) if words else None
    if index is None:
        return _EMPTY
    searcher = index.searcher()
    chosen = {name: value for name, value in wish.chosen.items() if name in FACETS and value}
    query = _query(words, chosen, wish.prefer)
    result: Any = searcher.search(query, limit=max(1, wish.limit), offset=max(0, wish.offset))
    hits = tuple(Hit(searcher.doc(address)["key"][0], float(score)) for score, address in result.hits)
    count = int(result.count)
    facets = _facets(searcher, words, chosen)
    for name, value in chosen.items():
        if count and value not in dict(facets[name]):
            facets[name] += ((value, count),)
    return Found(count, hits, facets)


def _query(words: tuple[str, ...], chosen: Mapping[str, str], prefer: str = "") -> Query:
    parts = [(Occur.Must, _word(word)) for word in words]
    parts += [
        (Occur.Must, Query.const_score_query(Query.term_query(SCHEMA, name, value, "basic"), 0.0))
        for name, value in chosen.items()
    ]
    if len(words) > 1:
        parts.append((Occur.Should, Query.boost_query(_word("".join(words)), _ALL_IN_ORDER)))
    if prefer:
        parts.append((Occur.Should, Query.const_score_query(Query.term_query(SCHEMA, "kind", prefer, "basic"), _PREFERRED)))
    return Query.boolean_query(parts)


def _word(folded: str) -> Query:
    if len(folded) == 1:
        return Query.term_query(SCHEMA, "single", folded, "basic")
    both = pairs(folded)
    if len(both) == 1:
        return Query.term_query(SCHEMA, "pairs", both[0])
    return Query.phrase_query(SCHEMA, "pairs", list(both))


def _facets(searcher: tantivy.Searcher, words: tuple[str, ...], chosen: dict[str, str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts of each facet over what the words and the other facets leave, so that another value can be chosen in its place."""
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    free = [name for name in FACETS if name not in chosen]
    for names, under in [(free, chosen), *(([n], {k: v for k, v in chosen.items() if k != n}) for n in chosen)]:
        if not names:
            continue
        query = _query(words, under)
        counted = searcher.aggregate(query, {name: _by(name) for name in names})
        for name in names:
            found = counted[name]
            if found.get("doc_count_error_upper_bound"):
                # A value frequent in one part of the index and rare in another: ask each part for all it has.
                found = searcher.aggregate(query, {name: _by(name, segment_size=_EVERY_VALUE)})[name]
            out[name] = tuple((str(b["key"]), int(b["doc_count"])) for b in found["buckets"] if b["key"])
    return out


def _by(name: str, **more: int) -> dict[str, Any]:
    return {"terms": {"field": name, "size": _MOST_BUCKETS, **more}}


def _write(index: tantivy.Index, drop: Iterable[str], rows: Iterable[Row]) -> int:
    writer = index.writer(_HEAP, 2)
    count = 0
    for group in drop:
        writer.delete_documents_by_term("group", group)
    for row in rows:
        writer.add_document(_document(row))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def _document(row: Row) -> tantivy.Document:
    folded = fold(row.text)
    document = tantivy.Document()
    document.add_text("key", row.key)
    document.add_text("group", row.group)
    document.add_text("pairs", " ".join(pairs(folded)))
    document.add_text("single", " ".join(set(folded)))
    for name, values in (("kind", (row.kind,)), ("document", (row.document,)), ("month", (row.month,)), ("unit", row.unit)):
        for value in values:
            if value:
                document.add_text(name, value)
    return document


@contextmanager
def _one_writer(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _publish(folder: Path, generation: str, made_from: dict[str, str]) -> None:
    # The serial makes every change visible, also two within one tick of the file system's clock.
    facts = {"form": _FORM, "generation": generation, "serial": uuid.uuid4().hex, "made_from": made_from}
    fresh = folder / f"current.{uuid.uuid4().hex[:8]}.tmp"
    fresh.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, folder / "current.json")


def _current(folder: Path) -> dict[str, Any] | None:
    try:
        facts = json.loads((folder / "current.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return facts if isinstance(facts, dict) and facts.get("form") == _FORM else None


_opened: dict[str, tuple[str, str, tantivy.Index]] = {}


def _open(folder: Path, current: dict[str, Any] | None) -> tantivy.Index | None:
    if current is None:
        return None
    generation, serial = current["generation"], current["serial"]
    known = _opened.get(str(folder))
    if known and known[:2] == (generation, serial):
        return known[2]
    try:
        index = known[2] if known and known[0] == generation else tantivy.Index.open(str(folder / generation))
        index.reload()
    except (ValueError, OSError):
        return None
    _opened[str(folder)] = (generation, serial, index)
    return index
