"""From an issue to a registry: the place, the events, and the bodies its headings and lists name, each with its first sentence.

Spellings are joined to one body only in the hands of evidence: the same contraction, or an abbreviation that fits one body
and never stands beside it in a list.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from taizhang.engines.gazette.model import Cell, Document, Issue, Node, Reading
from taizhang.engines.registry.events import read_events
from taizhang.engines.registry.history import text_id
from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.lists import listed_bodies
from taizhang.engines.registry.mentions import mentions, pattern_of
from taizhang.engines.registry.model import Body, DatedName, ListedBody, NameForm, PlacedMention, Rule
from taizhang.engines.registry.names import abbreviates, clean, contracted, is_body_name, kind_of_name, parse_name
from taizhang.kernel.citation import Citation
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.patterns import regex
from taizhang.kernel.period import Period
from taizhang.kernel.spans import Span

_BRACKETED = regex(r"[（(](?P<list>[^（）()\n]{4,160}?)(?:按照?职责分工|分别|共同|牵头)*(?:负责|落实|牵头|配合)[）)]")
_DEFINED = regex(r"\s*[（(](?:以下)?(?:统一|均)?简称[:：]?\s*[“\"‘]?(?P<short>[^（()）”\"’]{2,20})[”\"’]?[)）]")
_FRAME = frozenset({"title", "docNumber", "table"})
_DUTIES = frozenset({"item", "subitem", "paragraph"})  # their heading names a project, not whose sheet it is
_HEADING_LENGTH = 24


class Survey(NamedTuple):
    """What an issue says of bodies: the registry after its text, and every mention."""

    registry: Registry
    mentions: tuple[PlacedMention, ...]


def survey(issue: Issue, bodies: Iterable[Body] = (), place: str = "") -> Survey:
    """The registry of an issue, and the mentions it was read from.

    The registry holds `bodies` (a pack's), changed by the events of the text, and the further bodies the text names.
    `place` is the locality; "" takes it from the issuers.
    """
    place = place or place_of(issue)
    base = Registry.of(bodies, read_events(issue.documents), place)
    finder = _found_in(issue, base)
    found = tuple(finder.found)
    return Survey(_with_defined(_with_text_bodies(base, found), finder.defined), found)


def read_registry(issue: Issue, bodies: Iterable[Body] = (), place: str = "") -> Registry:
    """The registry of `survey`, by itself."""
    return survey(issue, bodies, place).registry


def place_of(issue: Issue) -> str:
    """The place most issuers carry (崤陵市人民政府 → 崤陵市), "" where none does."""
    found = Counter(p for d in issue.walk_documents() for name in d.issuers if (p := parse_name(clean(name)).place))
    if found:
        return found.most_common(1)[0][0]
    publisher = issue.masthead.publisher if issue.masthead else None
    return parse_name(clean(publisher)).place if publisher else ""


def place_mentions(issue: Issue, registry: Registry) -> tuple[PlacedMention, ...]:
    """All mentions of an issue, in printed order within each document."""
    return tuple(_found_in(issue, registry).found)


def _found_in(issue: Issue, registry: Registry) -> "_Finder":
    finder = _Finder(issue.source, registry, pattern_of(registry))
    for document in issue.documents:
        finder.document(document, None, None)
    return finder


def _is_own_form(short: str, name: str) -> bool:
    """True for a short form that tells its body from others: 市网信办, not 领导小组, which a document defines for itself."""
    short = clean(short)
    return is_body_name(short) and len(short) > 2 and not name.endswith(short) and parse_name(short).level != ""


class _Where(NamedTuple):
    document: str
    number: str | None
    eid: str
    day: date | None


@dataclass(slots=True)
class _Finder:
    source: str
    registry: Registry
    known: re.Pattern[str] | None
    found: list[PlacedMention] = field(default_factory=list)
    defined: list[tuple[str, str, Citation]] = field(default_factory=list)
    rows: int = 0
    list_prefix: str = ""  # what a list that fills its paragraph hands on, should it be broken off there
    list_row: int = 0

    def document(self, document: Document, number: str | None, day: date | None) -> None:
        number = str(document.number) if document.number else number
        day = document.issued_on or day
        headings = self._next_row()
        for node in document.walk_nodes():
            if node.kind not in _FRAME and node.words.text:
                self._node(node, _Where(document.id, number, node.eid, day), headings)
        for table in document.tables:
            at = _Where(document.id, number, table.eid, day)
            for row in (*table.header, *table.rows):
                for cell in row.cells:
                    if cell.text:
                        self._cell(cell, at)
        for nested in document.documents:
            self.document(nested, number, day)

    def _next_row(self) -> int:
        self.rows += 1
        return self.rows

    def _node(self, node: Node, at: _Where, headings: int) -> None:
        words = node.words
        text = words.text
        heading = text[: node.heading_length] if node.heading_length else text
        name = clean(heading)
        titled = node.kind == "division" or (node.heading_length and node.kind not in _DUTIES)
        if titled and len(heading) <= _HEADING_LENGTH and is_body_name(name):
            start = len(heading) - len(heading.lstrip())
            self._add(name, heading.strip(), words.span(start, len(heading.rstrip())), at, headings, is_heading=True)
            text = " " * len(heading) + text[len(heading) :]
        if (listed := self._pure_list(text)) is not None:
            self.list_row = self.list_row or self._next_row()
            self._entries(listed, words, 0, at, self.list_row)
            return
        self.list_prefix, self.list_row = "", 0
        taken: list[tuple[int, int]] = []
        for match in _BRACKETED.finditer(text):
            taken.append(match.span())
            self._entries(listed_bodies(match["list"]), words, match.start("list"), at, self._next_row())
        first = self.rows
        for m in mentions(text, self.registry, known=self.known):
            if is_body_name(m.name) and not any(a < m.end and m.start < b for a, b in taken):
                self._add(m.name, m.printed, words.span(m.start, m.end), at, first + m.row)
                self.rows = max(self.rows, first + m.row)
                if (short := _DEFINED.match(text, m.end)) and _is_own_form(short["short"], m.name):
                    span = words.span(m.start, short.end())
                    cited = Citation(at.number, at.eid, span, text[m.start : short.end()])
                    self.defined.append((m.name, clean(short["short"]), cited))

    def _entries(self, listed: tuple[ListedBody, ...], words: Reading, offset: int, at: _Where, row: int) -> None:
        for body in listed:
            if is_body_name(body.name):
                self._add(body.name, body.printed, words.span(offset + body.start, offset + body.end), at, row)

    def _pure_list(self, text: str) -> tuple[ListedBody, ...] | None:
        """The entries of a paragraph that is nothing but a list of bodies, None for any other."""
        signs = text.count("、")
        if signs < 3 or len(text) > 14 * (signs + text.count("，") + text.count(",") + 2):
            return None
        listed = listed_bodies(text, self.list_prefix)
        if not listed or sum(is_body_name(b.name) for b in listed) * 10 < 7 * len(listed):
            return None
        last = parse_name(listed[-1].name)
        self.list_prefix = self.list_prefix or next((p for b in listed if (p := parse_name(b.name).level)), "")
        self.list_prefix = last.place or last.level or self.list_prefix
        return listed

    def _cell(self, cell: Cell, at: _Where) -> None:
        listed = listed_bodies(cell.text) if len(cell.text) < 12 * (cell.text.count("、") + 3) else ()
        row = self._next_row()
        if listed and all(is_body_name(b.name) or "各" in b.printed for b in listed):
            found = [(b.name, b.printed, row) for b in listed]
        else:
            found = [(m.name, m.printed, row + m.row) for m in mentions(cell.text, self.registry, known=self.known)]
            self.rows = max(self.rows, row + len(found))
        start = cell.span.start
        for name, printed, of_row in found:
            if not is_body_name(name):
                continue
            place = self.source.find(printed, start, cell.span.end)
            span = Span(place, place + len(printed)) if place >= 0 else cell.span
            start = span.end if place >= 0 else start
            self._add(name, printed, span, at, of_row)

    def _add(self, name: str, printed: str, span: Span, at: _Where, row: int, *, is_heading: bool = False) -> None:
        held = name in self.registry.names_set
        self.found.append(PlacedMention(name, printed, span, at.document, at.number, at.eid, at.day, row, held, is_heading))


@dataclass(slots=True)
class _Group:
    """Spellings of one contraction: their mentions, and the enumerations they stand in."""

    level: str
    key: str
    mentions: list[PlacedMention] = field(default_factory=list)

    @property
    def rows(self) -> frozenset[int]:
        return frozenset(m.row for m in self.mentions)


def _groups(found: Iterable[PlacedMention]) -> list[_Group]:
    groups: dict[tuple[str, str], _Group] = {}
    for mention in found:
        parts = parse_name(mention.name)
        key = (parts.level, contracted(parts.core))
        groups.setdefault(key, _Group(*key)).mentions.append(mention)
    return list(groups.values())


def _with_text_bodies(base: Registry, found: tuple[PlacedMention, ...]) -> Registry:
    bodies = {b.id: b for b in base.bodies}
    rows: dict[str, set[int]] = defaultdict(set)  # enumerations each body already stands in
    fresh: dict[str, list[tuple[_Group, Body]]] = defaultdict(list)  # by first character of the contraction
    groups = sorted(_groups(found), key=lambda g: (-len(g.key), g.mentions[0].span))
    for group in groups:
        known = base.resolve(group.mentions[0].name, group.mentions[0].day).one
        if known is not None and known.rule is not Rule.ABBREVIATION:
            rows[str(known.body.id)] |= group.rows
    for group in groups:
        name = group.mentions[0].name
        known = base.resolve(name, group.mentions[0].day).one
        if known is not None:
            if known.rule is Rule.ABBREVIATION and not rows[str(known.body.id)] & group.rows:
                bodies[known.body.id] = _alias(bodies[known.body.id], known.names, group)
                rows[str(known.body.id)] |= group.rows
            continue
        if base.resolve(name, None).candidates:
            continue  # several: never a silent guess
        host = _host(group, fresh[group.key[:1]], rows)
        if host is not None:
            bodies[host] = _alias(bodies[host], bodies[host].names[:1], group)
            rows[str(host)] |= group.rows
        else:
            body = _new_body(group)
            bodies[body.id] = body
            rows[str(body.id)] |= group.rows
            fresh[group.key[:1]].append((group, body))
    return Registry.settled(bodies.values(), base.events, base.place)


def _host(group: _Group, candidates: list[tuple[_Group, Body]], rows: dict[str, set[int]]) -> OrganisationId | None:
    fitting = [
        body.id
        for other, body in candidates
        if other.level == group.level and abbreviates(group.key, other.key) and not rows[str(body.id)] & group.rows
    ]
    return fitting[0] if len(fitting) == 1 else None


def _with_defined(registry: Registry, defined: list[tuple[str, str, Citation]]) -> Registry:
    """The registry with the short forms the text defines (以下简称…), each borne as long as the name it stands for."""
    bodies = {b.id: b for b in registry.bodies}
    for name, short, cited in defined:
        one = registry.resolve(name, None).one
        if one is None:
            continue
        body = bodies[one.body.id]
        others = tuple(n for n in body.names if clean(n.text) != short)
        added = tuple(DatedName(short, NameForm.SHORT, n.period, cited) for n in one.names)
        bodies[body.id] = replace(body, names=(*others, *added))
    return Registry.settled(bodies.values(), registry.events, registry.place) if defined else registry


def _spellings(group: _Group) -> Iterator[PlacedMention]:
    seen: set[str] = set()
    for mention in group.mentions:
        if mention.name not in seen:
            seen.add(mention.name)
            yield mention


def _cite(mention: PlacedMention) -> Citation:
    return Citation(mention.number, mention.eid, mention.span, mention.printed)


def _new_body(group: _Group) -> Body:
    spelt = list(_spellings(group))
    full = next((m for m in spelt if parse_name(m.name).place), spelt[0])
    always = Period(None, None)
    others = tuple(DatedName(m.name, NameForm.ALIAS, always, _cite(m), Rule.CONTRACTION) for m in spelt if m is not full)
    return Body(text_id(full.name), kind_of_name(full.name), (DatedName(full.name, NameForm.FULL, always, _cite(full)), *others))


def _alias(body: Body, matched: tuple[DatedName, ...], group: _Group) -> Body:
    """The body with the group's spellings, each borne as long as the names it abbreviates."""
    held = {clean(n.text) for n in body.names}
    added = [
        DatedName(m.name, NameForm.ALIAS, name.period, _cite(m), Rule.ABBREVIATION)
        for m in _spellings(group)
        if clean(m.name) not in held
        for name in matched
    ]
    return replace(body, names=(*body.names, *added))
