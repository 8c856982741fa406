"""Where a figure stands: its clause, its sentence, the brackets around it, in one pass over the punctuation.

Commas inside brackets, book titles and quotation marks do not end a clause outside them. A bracket without its partner is
read as if it were not there.
"""

from dataclasses import dataclass

from taizhang.engines.targets.measures.quantities import Figure
from taizhang.kernel.patterns import regex

_MARKS = regex(r"[，。；：！？、（）《》“”「」【】\t|]")
_CLOSERS = {"）": "（", "》": "《", "”": "“", "」": "「", "】": "【"}
_OPENERS = frozenset(_CLOSERS.values())
_LONGEST_BRACKET = 400
_STOPS = frozenset("。！？\t|")


@dataclass(slots=True)
class Place:
    """`clause:end` between commas, colons or stops at the figure's own bracket level; `segment` begins after the last ； or 。,
    `sentence` after the last 。 `colon` is where the words before the last colon of the sentence begin and end. `bracket` is the
    opening mark around the figure with its offset, `outer` the clause start outside it."""

    clause: int
    end: int
    segment: int
    sentence: int
    colon: tuple[int, int] | None
    bracket: str | None
    opened: int
    outer: int


@dataclass(slots=True)
class _Level:
    mark: str | None
    opened: int
    outer: int
    clause: int
    segment: int
    sentence: int
    colon: tuple[int, int] | None
    waiting: list[Place]


def _pairs(marks: list[tuple[int, str]]) -> dict[int, int]:
    """Openers and closers that belong together, both ways."""
    stack: list[tuple[int, str]] = []
    pairs: dict[int, int] = {}
    for position, mark in marks:
        if mark in _OPENERS:
            stack.append((position, mark))
        elif mark in _CLOSERS:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
                opened, opener = stack[depth]
                if opener == _CLOSERS[mark] and position - opened <= _LONGEST_BRACKET:
                    pairs[opened], pairs[position] = position, opened
                    del stack[depth:]
                    break
    return pairs


def _enter(level: _Level, position: int, mark: str) -> None:
    """A comma, colon or stop at this level: waiting figures get their clause end, the next clause begins."""
    for place in level.waiting:
        place.end = position
    level.waiting.clear()
    if mark == "：":
        level.colon = (level.clause, position)
    elif mark != "，":
        level.segment = position + 1
        if mark in _STOPS:
            level.sentence = position + 1
            level.colon = None
    level.clause = position + 1


def places_of(text: str, figures: list[Figure]) -> list[Place]:
    """The place of each figure, in order."""
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text)]
    pairs = _pairs(marks)
    levels = [_Level(None, 0, 0, 0, 0, 0, None, [])]
    places: list[Place] = []
    at = 0
    for figure in figures:
        while at < len(marks) and marks[at][0] < figure.start:
            _step(levels, pairs, *marks[at])
            at += 1
        while at < len(marks) and marks[at][0] < figure.end:
            at += 1
        level = levels[-1]
        place = Place(level.clause, len(text), level.segment, level.sentence, level.colon, level.mark, level.opened, level.outer)
        level.waiting.append(place)
        places.append(place)
    for position, mark in marks[at:]:
        _step(levels, pairs, position, mark)
    return places


def _step(levels: list[_Level], pairs: dict[int, int], position: int, mark: str) -> None:
    level = levels[-1]
    if mark in _OPENERS:
        if position in pairs:
            levels.append(_Level(mark, position, level.clause, position + 1, position + 1, level.sentence, level.colon, []))
    elif mark in _CLOSERS:
        if position in pairs and len(levels) > 1 and level.opened == pairs[position]:
            for place in level.waiting:
                place.end = position
            levels.pop()
    elif mark != "、":
        _enter(level, position, mark)
