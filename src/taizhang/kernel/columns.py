"""Text on a terminal: how many columns it takes, and a stretch of a line cut to fit around marked words."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category, east_asian_width

_ELLIPSIS = "…"


def column_count(text: str) -> int:
    """Columns `text` takes: Chinese characters and full-width marks two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if character < "\u0300":
        return 1
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """`text` with control characters made harmless: a tab or break becomes a space, an escape a visible dot."""
    if text.isprintable():
        return text
    return "".join(_safe(c) for c in text)


def _safe(character: str) -> str:
    if character in "\t\r\n\v\f\u2028\u2029":
        return " "
    return "·" if category(character) in ("Cc", "Cf", "Co", "Cs") else character


def fit(text: str, columns: int) -> str:
    """`text` in at most `columns` columns, ended by … where it was cut."""
    text = printable(text)
    if column_count(text) <= columns:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += _columns_of(character)
        if taken > columns - 1:
            return text[:index] + _ELLIPSIS
    return text


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `columns` columns, at the left when `right`."""
    gap = " " * max(0, columns - column_count(text))
    return gap + text if right else text + gap


@dataclass(frozen=True, slots=True)
class Cut:
    """A line cut to fit, and under it the marks: `marks[i]` columns `[start, end)` of mark i, None where it was cut away."""

    text: str
    marks: tuple[tuple[int, int] | None, ...]


def cut_around(line: str, marks: Sequence[tuple[int, int]], columns: int) -> Cut:
    """A stretch of `line` in `columns` columns that shows the first of `marks` (character ranges) with what stands around it.

    >>> cut_around("一二三四五六七八九十", [(4, 6)], 12)
    Cut(text='…四五六七八…', marks=((3, 7),))
    """
    line = printable(line)
    if column_count(line) <= columns:
        begin, end = 0, len(line)
    else:
        begin, end = _window(line, marks[0] if marks else (0, 0), columns - 2)
    head = _ELLIPSIS if begin else ""
    tail = _ELLIPSIS if end < len(line) else ""
    shown: list[tuple[int, int] | None] = []
    for start, stop in marks:
        start, stop = max(start, begin), min(stop, end)
        if stop < start or (stop == start and not begin <= start <= end):
            shown.append(None)
            continue
        left = len(head) + column_count(line[begin:start])
        shown.append((left, left + max(1, column_count(line[start:stop]))))
    return Cut(head + line[begin:end] + tail, tuple(shown))


def _window(line: str, mark: tuple[int, int], columns: int) -> tuple[int, int]:
    begin, end = mark[0], mark[0]
    taken = 0
    while end < min(mark[1], len(line)) and taken + _columns_of(line[end]) <= columns:
        taken += _columns_of(line[end])
        end += 1
    # What comes before a figure names it, so a third more room goes to the left.
    lefts = (columns - taken) * 4 // 7
    while begin > 0 and lefts >= _columns_of(line[begin - 1]):
        begin -= 1
        lefts -= _columns_of(line[begin])
        taken += _columns_of(line[begin])
    while end < len(line) and taken + _columns_of(line[end]) <= columns:
        taken += _columns_of(line[end])
        end += 1
    while begin > 0 and taken + _columns_of(line[begin - 1]) <= columns:
        begin -= 1
        taken += _columns_of(line[begin])
    return begin, end
