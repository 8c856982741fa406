"""Names of one issue that are likely one body written differently, and names used on a day their body did not bear them.

Both only report, with the evidence; what is wrong in print is for the proof rules to say. Names that stand in one list or are
headings of one set of sheets are different bodies, however alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.model import (
    Candidate,
    NameForm,
    NameUse,
    PlacedMention,
    Rule,
    Validity,
    Variant,
    VariantRelation,
)
from taizhang.engines.registry.names import abbreviates, clean, contracted, is_company, parse_name, similarity, stem_and_ending
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.patterns import regex

_JOINTS = regex("[和与及]")
_OFFICES = frozenset({"局", "委", "办", "厅"})
_ENDING_FILLERS = ("", "发展", "管理", "监督", "监管", "事务", "工作")
_FEWEST_ALIKE = 5  # characters a contraction needs before one differing character counts as a slip


@dataclass(slots=True)
class _Spelling:
    """All mentions of one level and contraction, as printed most often."""

    level: str
    key: str
    places: list[PlacedMention] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        counts: dict[str, int] = defaultdict(int)
        for place in self.places:
            counts[place.name] += 1
        return max(counts, key=lambda n: (counts[n], -len(n)))


def variants(found: Iterable[PlacedMention], registry: Registry) -> tuple[Variant, ...]:
    """Pairs of names that are likely one body, in printed order of the one to look at. Linear in the mentions."""
    groups = _spellings(found)
    out: list[Variant] = []
    out.extend(_respelt(groups))
    paired: set[frozenset[tuple[str, str]]] = set()
    for a, b, relation in (*_abbreviated(groups, registry), *_slips(groups), *_other_endings(groups)):
        pair = frozenset({(a.level, a.key), (b.level, b.key)})
        if pair in paired or a.rows & b.rows or _different_on_record(a, b, registry):
            continue
        paired.add(pair)
        out.append(_variant(a, b, relation, registry))
    out.extend(_unused_forms(groups, registry, paired))
    return tuple(sorted(out, key=lambda v: v.other_places[0].span))


def out_of_period(found: Iterable[PlacedMention], registry: Registry, source: str) -> tuple[NameUse, ...]:
    """Mentions whose name its body had ceased to bear, or did not bear yet, on the day of the document.

    Not reported: in a document that itself speaks of the change, inside 《》, and after 原.
    """
    aware: dict[str, set[OrganisationId]] = defaultdict(set)
    for event in registry.events:
        for name in (*event.subjects, *event.results):
            aware[event.document].update(c.body.id for c in registry.resolve(name, None).candidates)
    out: list[NameUse] = []
    for mention in found:
        if mention.day is None:
            continue
        candidate = registry.resolve(mention.name, mention.day).one
        if candidate is None or candidate.validity not in (Validity.EXPIRED, Validity.NOT_YET):
            continue
        if candidate.body.id in aware[mention.document] or _is_quoted(source, mention):
            continue
        out.append(NameUse(mention, candidate))
    return tuple(out)


def _is_quoted(source: str, mention: PlacedMention) -> bool:
    before = source[max(0, mention.span.start - 60) : mention.span.start]
    return before.endswith(("原", "原 ")) or before.rfind("《") > before.rfind("》")


def _spellings(found: Iterable[PlacedMention]) -> list[_Spelling]:
    found = list(found)
    levels: dict[int, str] = {}
    for mention in found:
        level = parse_name(mention.name).level
        if level and not mention.heading:
            levels.setdefault(mention.row, level)
    groups: dict[tuple[str, str], _Spelling] = {}
    for mention in found:
        parts = parse_name(mention.name)
        # A name without a prefix belongs to the level of the list it stands in.
        level = parts.level or ("" if mention.heading else levels.get(mention.row, ""))
        key = (level, contracted(parts.core))
        group = groups.setdefault(key, _Spelling(*key))
        group.places.append(mention)
        group.rows.add(mention.row)
    return list(groups.values())


def _different_on_record(a: _Spelling, b: _Spelling, registry: Registry) -> bool:
    """True if the registry has both as names of different bodies."""
    one, two = registry.resolve(a.name, None).one, registry.resolve(b.name, None).one
    if one is None or two is None or one.body.id == two.body.id:
        return False
    return not any(str(c.body.id).startswith("text-") for c in (one, two))


def _variant(a: _Spelling, b: _Spelling, relation: VariantRelation, registry: Registry) -> Variant:
    usual, other = _usual_first(a, b, registry)
    one, two = registry.resolve(usual.name, None).one, registry.resolve(other.name, None).one
    body = one.body.id if one is not None and two is not None and one.body.id == two.body.id else None
    score = round(similarity(usual.key, other.key), 3)
    return Variant(usual.name, other.name, relation, score, tuple(usual.places), tuple(other.places), body)


def _usual_first(a: _Spelling, b: _Spelling, registry: Registry) -> tuple[_Spelling, _Spelling]:
    def weight(group: _Spelling) -> tuple[bool, bool, int, int]:
        one = registry.resolve(group.name, None).one
        on_record = one is not None and one.rule is not Rule.ABBREVIATION and any(n.form is NameForm.FULL for n in one.names)
        return on_record, any(p.heading for p in group.places), len(group.places), len(group.key)

    return (a, b) if weight(a) >= weight(b) else (b, a)


def _respelt(groups: list[_Spelling]) -> Iterator[Variant]:
    """One contraction printed both with and without 和; a full name with its place is no variant of its short form."""
    for group in groups:
        spelt: dict[str, list[PlacedMention]] = defaultdict(list)
        for place in group.places:
            parts = parse_name(place.name)
            if not parts.place:
                spelt[parts.level + parts.core].append(place)
        endings = defaultdict(list)
        for name in spelt:
            endings[name[-2:]].append(name)
        for names in endings.values():
            usual, *others = sorted(names, key=lambda n: (-len(spelt[n]), n))
            for other in others:
                if _JOINTS.sub("", other) == _JOINTS.sub("", usual):
                    score = round(similarity(usual, other), 3)
                    yield Variant(usual, other, VariantRelation.SPELLING, score, tuple(spelt[usual]), tuple(spelt[other]))


_Pair = tuple[_Spelling, _Spelling, VariantRelation]


def _abbreviated(groups: list[_Spelling], registry: Registry) -> Iterator[_Pair]:
    first: dict[tuple[str, str], list[_Spelling]] = defaultdict(list)
    for group in groups:
        if group.level and not all(parse_name(p.name).place for p in group.places):
            first[group.level, group.key[:1]].append(group)
    for bucket in first.values():
        for short in bucket:
            longer = [full for full in bucket if len(full.key) > len(short.key) and abbreviates(short.key, full.key)]
            free = [full for full in longer if not short.rows & full.rows]
            if len(free) == 1 and not _is_settled(short, free[0], registry):
                yield short, free[0], VariantRelation.ABBREVIATION


def _is_settled(short: _Spelling, full: _Spelling, registry: Registry) -> bool:
    """A short form on record, or one the issue uses over and over, where the full form is printed only to say what is meant."""
    one = registry.resolve(short.name, None).one
    if one is not None and any(n.form is NameForm.SHORT and clean(n.text) == short.name for n in one.names):
        return True
    return len(short.places) > 2 and len(short.places) > 2 * len(full.places)


def _slips(groups: list[_Spelling]) -> Iterator[_Pair]:
    """Contractions that differ by one character, or by two that changed places; the rarer is the slip."""
    masked: dict[tuple[str, str], list[_Spelling]] = defaultdict(list)
    for group in groups:
        key = group.key
        if len(key) < _FEWEST_ALIKE or is_company(key) or not group.level:
            continue
        for i in range(len(key) - 1):
            masked[group.level, key[:i] + "?" + key[i + 1 :]].append(group)
            if key[i] != key[i + 1]:
                swapped = min(key, key[:i] + key[i + 1] + key[i] + key[i + 2 :])
                masked[group.level, "~" + swapped].append(group)
    for bucket in masked.values():
        for i, a in enumerate(bucket[:8]):
            for b in bucket[i + 1 : 8]:
                if a.key != b.key:
                    yield a, b, VariantRelation.CHARACTERS


def _other_endings(groups: list[_Spelling]) -> Iterator[_Pair]:
    """旅游局 and 旅游发展委; 财政局 and 财政厅."""
    stems: dict[tuple[str, str], list[_Spelling]] = defaultdict(list)
    for group in groups:
        stem, ending = stem_and_ending(group.key)
        if ending in _OFFICES and group.level and len(stem) > 1:
            for filler in _ENDING_FILLERS:
                if stem.endswith(filler) and len(stem) - len(filler) > 1:
                    stems[group.level, stem.removesuffix(filler) if filler else stem].append(group)
    for bucket in stems.values():
        for i, a in enumerate(bucket[:8]):
            for b in bucket[i + 1 : 8]:
                if stem_and_ending(a.key)[1] != stem_and_ending(b.key)[1]:
                    yield a, b, VariantRelation.ENDING


def _only_abbreviates(candidate: Candidate) -> bool:
    return candidate.rule is Rule.ABBREVIATION or all(n.rule is Rule.ABBREVIATION for n in candidate.names)


def _unused_forms(groups: list[_Spelling], registry: Registry, paired: set[frozenset[tuple[str, str]]]) -> Iterator[Variant]:
    """Names that only abbreviate a body on record, whose own name the issue never prints."""
    seen = {key for pair in paired for key in pair}
    for group in groups:
        if (group.level, group.key) in seen or not group.level:
            continue
        one = registry.resolve(group.name, group.places[0].day).one
        if one is None or not _only_abbreviates(one) or str(one.body.id).startswith("text-"):
            continue
        full = one.body.name_on(group.places[0].day)
        if full is not None and clean(full.text) != group.name:
            relation, places = VariantRelation.ABBREVIATION, tuple(group.places)
            yield Variant(full.text, group.name, relation, one.similarity, (), places, one.body.id)
