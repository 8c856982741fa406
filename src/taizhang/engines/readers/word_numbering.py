"""Automatic numbers of Word paragraphs (一、 （一） 第一条 1.1): counted and written out as Word prints them.

ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

import re
from dataclasses import dataclass, field
from typing import Any

from taizhang.engines.readers.word_numerals import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ENDS_ITSELF = ("、", "，", "．", "）", ")", "】", "]", "：", "　", " ")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    suffix: str
    restart: int | None  # the level whose advance restarts this one; None: any above
    arabic: bool  # isLgl: all places in Arabic figures


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]  # levels that this list restarts when it is first used


@dataclass(slots=True)
class Numbering:
    """Counters of one document; ask for each paragraph's number once and in order."""

    lists: dict[str, _List]
    style_levels: dict[tuple[str, str], int]  # (numId, style) -> level that names the style
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def next(self, number_id: str, level: int) -> str:
        """The number of the next paragraph at `level` of list `number_id`, with what sets it off; "" if none shows."""
        found = self.lists.get(number_id)
        if found is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        if number_id not in self._used:
            self._used.add(number_id)
            for place, start in found.starts.items():
                counters[place] = start - 1
        self._advance(counters, found.levels, level)
        return _printed(found.levels, counters, level)

    def _advance(self, counters: list[int | None], levels: dict[int, _Level], level: int) -> None:
        for above in range(level):
            if counters[above] is None and above in levels:
                counters[above] = levels[above].start
        current = counters[level]
        counters[level] = levels[level].start if current is None else current + 1
        for below in range(level + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart > 0 and level < restart):
                counters[below] = None


def read_numbering(root: Any | None) -> Numbering:
    """The lists of a numbering part; without one nothing is numbered."""
    if root is None:
        return Numbering({}, {})
    abstracts = {abstract.get(f"{W}abstractNumId"): abstract for abstract in root.iter(f"{W}abstractNum")}
    by_style = {_value(a, "styleLink"): key for key, a in abstracts.items() if _value(a, "styleLink")}
    lists: dict[str, _List] = {}
    style_levels: dict[tuple[str, str], int] = {}
    for num in root.iter(f"{W}num"):
        number_id, abstract_id = num.get(f"{W}numId"), _value(num, "abstractNumId")
        abstract = abstracts.get(abstract_id)
        if number_id is None or abstract is None:
            continue
        link = by_style.get(_value(abstract, "numStyleLink"))
        if link is not None:  # the levels stand in the list style's own definition
            abstract_id, abstract = link, abstracts[link]
        levels = _levels(abstract)
        for level, style in _named_styles(abstract):
            style_levels[number_id, style] = level
        lists[number_id] = _List(abstract_id or "", levels, _overrides(num, levels))
    return Numbering(lists, style_levels)


def _levels(parent: Any) -> dict[int, _Level]:
    found = {_whole(level.get(f"{W}ilvl"), 0): level for level in parent.findall(f"{W}lvl")}
    return {place: _level(level) for place, level in found.items() if 0 <= place < _LEVELS}


def _level(level: Any) -> _Level:
    text = level.find(f"{W}lvlText")
    restart = _value(level, "lvlRestart")
    return _Level(
        start=_whole(_value(level, "start"), 1),
        form=_form(level),
        text=(text.get(f"{W}val") or "") if text is not None else "",
        suffix=_value(level, "suff") or "tab",
        restart=_whole(restart, 0) if restart is not None else None,
        arabic=level.find(f"{W}isLgl") is not None,
    )


def _form(level: Any) -> str:
    """The number format; a custom one is wrapped in a choice that old programs pass over."""
    found = [element.get(f"{W}val") for element in level.iter(f"{W}numFmt")]
    return next((form for form in found if form and form != "custom"), "decimal")


def _named_styles(abstract: Any) -> list[tuple[int, str]]:
    pairs = [(_whole(level.get(f"{W}ilvl"), 0), _value(level, "pStyle")) for level in abstract.findall(f"{W}lvl")]
    return [(level, style) for level, style in pairs if style]


def _overrides(num: Any, levels: dict[int, _Level]) -> dict[int, int]:
    starts: dict[int, int] = {}
    for override in num.findall(f"{W}lvlOverride"):
        place = _whole(override.get(f"{W}ilvl"), 0)
        levels |= _levels(override)
        start = _value(override, "startOverride")
        if start is not None and 0 <= place < _LEVELS:
            starts[place] = _whole(start, 1)
    return starts


def _printed(levels: dict[int, _Level], counters: list[int | None], level: int) -> str:
    own = levels[level]
    if own.form == "bullet":
        mark = own.text if own.text and not 0xE000 <= ord(own.text[0]) <= 0xF8FF else "•"  # symbol fonts use private characters
        return f"{mark} "

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count, form = counters[at], levels[at].form if at in levels else "decimal"
        return "" if count is None else numeral(count, "decimal" if own.arabic else form)

    text = _PLACE.sub(place, own.text)
    if not text or own.suffix == "nothing":
        return text
    # Word leaves a tab or a space; after 、 or a bracket print shows none that matters
    return text if own.suffix == "tab" and text.endswith(_ENDS_ITSELF) else f"{text} "


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    value: str | None = None if child is None else child.get(f"{W}val")
    return value


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise
