"""The registry value: bodies and events, indexed so that a printed name is looked up, not searched for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from taizhang.engines.registry.history import apply_events
from taizhang.engines.registry.model import Body, Candidate, DatedName, Event, NameForm, Resolution, Rule, Validity
from taizhang.engines.registry.names import (
    NameParts,
    abbreviates,
    abbreviates_loosely,
    clean,
    contracted,
    parse_name,
    similarity,
    stem_and_ending,
)
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.patterns import regex

_FORM_RULES = {
    NameForm.FULL: Rule.EXACT,
    NameForm.SIGNBOARD: Rule.SIGNBOARD,
    NameForm.SHORT: Rule.LISTED,
    NameForm.ALIAS: Rule.LISTED,
}
_FORMER = regex(r"\A原(?=.{3,})")


@dataclass(frozen=True, slots=True)
class _Entry:
    body: Body
    name: DatedName
    parts: NameParts
    key: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Bodies with their names on every day, and the events that made them so.

    `place` is the locality whose names drop its own name (崤陵市: 市财政局 is 崤陵市财政局); "" where there is none.
    """

    bodies: tuple[Body, ...]
    events: tuple[Event, ...] = ()
    place: str = ""
    _exact: dict[str, list[_Entry]] = field(default_factory=dict, repr=False, compare=False)
    _keyed: dict[str, list[_Entry]] = field(default_factory=dict, repr=False, compare=False)
    _initial: dict[str, list[_Entry]] = field(default_factory=dict, repr=False, compare=False)
    _ending: dict[str, list[_Entry]] = field(default_factory=dict, repr=False, compare=False)
    _forms: set[str] = field(default_factory=set, repr=False, compare=False)
    _resolved: dict[tuple[str, date | None, str], Resolution] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, bodies: Iterable[Body] = (), events: Iterable[Event] = (), place: str = "") -> "Registry":
        """A registry of `bodies` after `events`: a rename ends one name and begins another, a merger ends its parties."""
        events = tuple(events)
        return cls.settled(apply_events(tuple(bodies), events), events, place)

    @classmethod
    def settled(cls, bodies: Iterable[Body], events: Iterable[Event] = (), place: str = "") -> "Registry":
        """As `of`, where the names of `bodies` already carry what the events did."""
        registry = cls(tuple(bodies), tuple(events), place)
        for body in registry.bodies:
            for name in body.names:
                registry._enter(body, name)
        return registry

    def _enter(self, body: Body, name: DatedName) -> None:
        text = clean(name.text)
        parts = parse_name(text)
        entry = _Entry(body, name, parts, contracted(parts.core))
        self._exact.setdefault(text, []).append(entry)
        self._keyed.setdefault(entry.key, []).append(entry)
        self._initial.setdefault(entry.key[:1], []).append(entry)
        self._ending.setdefault(stem_and_ending(entry.key)[1], []).append(entry)

    def names(self) -> tuple[str, ...]:
        """Every name on record, without white space."""
        return tuple(self._exact)

    @property
    def names_set(self) -> frozenset[str]:
        """Every name on record, and each without its place."""
        if not self._forms:
            self._forms.update(self._exact)
            for entry in (e for entries in self._exact.values() for e in entries):
                self._forms.add(entry.parts.level + entry.parts.core)
        return frozenset(self._forms)

    def body(self, body_id: OrganisationId) -> Body | None:
        """The body with this id."""
        return next((b for b in self.bodies if b.id == body_id), None)

    def resolve(self, name: str, on: date | None, *, near: str = "") -> Resolution:
        """What `name` means on the day `on`: one body, several candidates best first, or none. It never chooses between several.

        `near` is a place (河滨区, 崤陵市): among bodies of several places, a name without a place means the one there.
        A name its body had ceased to bear, or did not bear yet, resolves to the body with that validity and the name of the day.
        """
        key = (name, on, near)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(name, on, near)
        return self._resolved[key]

    def _resolve(self, name: str, on: date | None, near: str) -> Resolution:
        text = _FORMER.sub("", clean(name))
        parts = parse_name(text)
        key = contracted(parts.core)
        exact = [(e, _FORM_RULES[e.name.form]) for e in self._exact.get(text, ())]
        fitting = [
            (e, Rule.PREFIX_DROPPED if e.parts.core == parts.core else Rule.CONTRACTION)
            for e in self._keyed.get(key, ())
            if self._fits(parts, e.parts, near)
        ]
        stages = (exact, [m for m in fitting if m[1] is Rule.PREFIX_DROPPED], fitting, self._abbreviated(parts, key, near))
        for stage in stages:
            if stage:
                return Resolution(name, on, _candidates(stage, key, on, near))
        loose = [
            (e, Rule.ABBREVIATION)
            for e in self._ending.get(stem_and_ending(key)[1], ())
            if abbreviates_loosely(key, e.key) and self._fits(parts, e.parts, near)
        ]
        return Resolution(name, on, _candidates(loose, key, on, near))

    def _abbreviated(self, parts: NameParts, key: str, near: str) -> list[tuple[_Entry, Rule]]:
        entries = self._initial.get(key[:1], ())
        return [(e, Rule.ABBREVIATION) for e in entries if abbreviates(key, e.key) and self._fits(parts, e.parts, near)]

    def _fits(self, asked: NameParts, held: NameParts, near: str) -> bool:
        """Whether place and level of a printed name allow it to be the held one."""
        if asked.level and held.level and asked.level != held.level:
            return False
        if asked.place:
            return asked.place == held.place or (not held.place and asked.place == (self.place or asked.place))
        # A name without any sign of level means a body here, never one of another level that happens to share its core.
        if not asked.level and held.level in ("省", "国家", "自治区") and self.place:
            return False
        return not (near and held.place and asked.level == "" and held.place != near and held.place != self.place)


def _candidates(matches: list[tuple[_Entry, Rule]], key: str, on: date | None, near: str) -> tuple[Candidate, ...]:
    grouped: dict[OrganisationId, list[tuple[_Entry, Rule]]] = defaultdict(list)
    for entry, rule in matches:
        grouped[entry.body.id].append((entry, rule))
    found = [_candidate(group, key, on) for group in grouped.values()]
    if len(found) > 1:
        # A body that bears the name on the day stands before one that bore it once; nearness decides between places.
        for keep in ([c for c in found if c.validity is Validity.VALID], [c for c in found if near and near == _place(c.body)]):
            found = [c for c in found if c in keep] or found
    rules = list(Rule)
    return tuple(sorted(found, key=lambda c: (rules.index(c.rule), -c.similarity, c.body.id)))


def _candidate(group: list[tuple[_Entry, Rule]], key: str, on: date | None) -> Candidate:
    body = group[0][0].body
    rules = list(Rule)
    best = min((rule for _, rule in group), key=rules.index)
    names = tuple(entry.name for entry, _ in group)
    validity = _validity(names, on)
    score = max(similarity(key, entry.key) for entry, _ in group)
    current = None
    if validity in (Validity.EXPIRED, Validity.NOT_YET) and on is not None:
        borne = body.name_on(on)
        current = borne.text if borne and borne.period.contains(on) else None
    citation = next((n.citation for n in names if n.citation), None)
    return Candidate(body, best, names, round(score, 3), validity, current, citation)


def _validity(names: tuple[DatedName, ...], on: date | None) -> Validity:
    if on is None:
        return Validity.UNKNOWN
    if any(n.period.contains(on) for n in names):
        return Validity.VALID
    return Validity.EXPIRED if any(n.period.end is not None and n.period.end < on for n in names) else Validity.NOT_YET


def _place(body: Body) -> str:
    return next((p for n in body.names if (p := parse_name(clean(n.text)).place)), "")
