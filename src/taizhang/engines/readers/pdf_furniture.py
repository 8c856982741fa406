"""What is printed for the page and not for the text: page numbers, and lines at the head or foot of page after page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from taizhang.engines.readers.pdf_flow import TablePiece
from taizhang.engines.readers.pdf_lines import Line

_MOST_ROWS = 2  # of a running head or foot
_EDGE = 0.07  # of the page's height: nothing else is printed so near its edge
_APART = 0.5  # type sizes by which a running head stands further from the text than lines from each other
_PAGE_NUMBER = re.compile(r"[\s—\-–－·•.]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／共]\s*[0-9]{1,4}\s*页?)?[\s—\-–－·•.]*")

Row = Sequence[Line | TablePiece]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A page's rows without its furniture, and the furniture's lines above and below them."""

    rows: list[Row]
    head: list[str]
    foot: list[str]


def is_page_number(text: str) -> bool:
    """True for — 8 —, 第8页, 8/40 and the like.

    >>> [is_page_number(t) for t in ("— 12 —", "第 3 页 共 40 页", "- 5 -", "2025年", "—")]
    [True, True, True, False, False]
    """
    return bool(_PAGE_NUMBER.fullmatch(text))


def sort_furniture(pages: Sequence[tuple[list[Row], float]]) -> tuple[list[Sorted], int]:
    """Pages, given as rows and height, with their furniture set aside. Running heads are kept where they stand first.

    The second value tells how many heads and feet are left out after that. Page numbers are all kept.
    """
    edges = [(_outermost(rows, height), _outermost(rows[::-1], height)) for rows, height in pages]
    seen = Counter(mark for head, foot in edges for mark in {_mark(row) for row in (*head, *foot)})
    running = {mark for mark, count in seen.items() if count >= max(3, len(pages) * 3 // 10)}
    kept: set[tuple[str, int]] = set()
    left_out = 0
    out: list[Sorted] = []
    for (rows, _), (head, foot) in zip(pages, edges, strict=True):
        lines: tuple[list[str], list[str]] = ([], [])
        aside: set[int] = set()
        for row, side in (*((row, 0) for row in head), *((row, 1) for row in foot[::-1])):
            text, mark = _text(row), _mark(row)
            if id(row) in aside or not (is_page_number(text) or mark in running):
                continue
            aside.add(id(row))
            if mark in kept and not is_page_number(text):
                left_out += 1
            else:
                kept.add(mark)
                lines[side].append(text)
        out.append(Sorted([row for row in rows if id(row) not in aside], *lines))
    return out, left_out


def _outermost(rows: Sequence[Row], height: float) -> list[Row]:
    """The first one or two rows of lines, if white or the page's edge sets them off from the rest, or a page number."""
    steps = [_distance(a, b) for a, b in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    found: list[Row] = []
    for count in range(1, min(_MOST_ROWS, len(rows)) + 1):
        row = rows[count - 1]
        if not all(isinstance(piece, Line) for piece in row):
            break
        line = row[0]
        size = line.size if isinstance(line, Line) else 0.0
        is_sure = count == len(rows) or (count == 1 and is_page_number(_text(row)))
        if is_sure or min(line.bottom, height - line.top) < _EDGE * height or steps[count - 1] > usual + _APART * size:
            found = list(rows[:count])
    return found


def _distance(a: Row, b: Row) -> float:
    upper, lower = sorted((a, b), key=lambda row: row[0].top)
    return min(piece.top for piece in lower) - max(piece.bottom for piece in upper)


def _mark(row: Row) -> tuple[str, int]:
    """What makes two rows the same on two pages: their words, figures aside, and their height."""
    text = "".join(c for c in _text(row) if not c.isdigit() and not c.isspace())
    return text, round(row[0].top / 4)


def _text(row: Row) -> str:
    return "  ".join(piece.text for piece in row if isinstance(piece, Line))
