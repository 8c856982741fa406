"""Characters to lines, lines to columns and paragraphs, by where they stand. Nothing is known of what they say.

In print only the place tells a wrapped line from a new paragraph, so wrapped lines are joined here where that is certain:
the first line is full, the second starts at the margin.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from taizhang.engines.readers.pdf_page import Glyph
from taizhang.engines.readers.superscripts import raised

_COLUMN_GAP = 1.2  # in type sizes; what stands further apart is not one run of text
_SAME_BASE = 0.15  # type sizes; type on one line shares its baseline, lines of two columns may miss each other by little
_WORD_GAP = 0.2  # between two letters or two ideographs, beyond the line's own letter-spacing
_SPACED_OUT = 0.6  # beside a sign of punctuation, or where the scripts change
_TOKEN = re.compile(r"[A-Za-z0-9.,%:/+\-]+|.", re.DOTALL)
_FIRST_WIDE, _FIRST_IDEOGRAPH = "\u2e80", "\u3400"
_CLOSERS = "，。、；：？！）》”’」』】〕,.;:?!)%‰"
_WIDE_CLOSERS = frozenset("，。、；：？！）》”’」』】〕")
_LEADER = re.compile(r"(?:[.…·．]{3,}|…)\s*[(（]?\d{1,4}[)）]?\s*$")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z]$"), re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A run of characters on one baseline without a wide gap.

    `token` is the width of what may not be torn off its start: a number or word, or one character with closing signs after it.
    `size` is the type size where `has_ideograph`, else roughly that.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    top: float
    bottom: float
    token: float
    has_ideograph: bool


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines from top to bottom and, on one baseline, left to right; wide gaps divide them."""
    return [line for row in rows_of(glyphs) for line in row]


def rows_of(glyphs: Sequence[Glyph], gap: float = _COLUMN_GAP) -> list[list[Line]]:
    """Lines by baseline, each cut where white is wider than `gap` type sizes."""
    return [runs for baseline in _baselines(glyphs) if (runs := _runs(baseline, gap))]


def _baselines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - rows[-1][0].base <= _SAME_BASE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return _with_raised(rows)


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Small figures set above or below a baseline, moved to the line they belong to."""
    out: list[list[Glyph]] = []
    for row in rows:
        size = _size(row)
        if out and out[-1] and _size(out[-1]) < 0.8 * size and _touches(out[-1], row):
            small = out.pop()
            out.append(row + [g._replace(text=raised(g.text), base=row[0].base) for g in small])
        elif out and size < 0.8 * _size(out[-1]) and _touches(row, out[-1]):
            out[-1].extend(g._replace(base=out[-1][0].base) for g in row)
        else:
            out.append(row)
    return out


def _touches(small: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """True if every small glyph follows close on a glyph of the row and overlaps the row in height."""
    size = _size(row)
    top, bottom = min(g.top for g in row), max(g.bottom for g in row)
    ends = [g.x1 for g in row if g.text != " "]
    if len(small) > 12 or not all(top - 0.3 * size < (g.top + g.bottom) / 2 < bottom + 0.3 * size for g in small):
        return False
    return all(any(-0.1 * size <= g.x0 - end <= 1.2 * size for end in ends) for g in small)


def _size(glyphs: Sequence[Glyph]) -> float:
    wide = [g.size for g in glyphs if g.text >= _FIRST_WIDE]
    return median(wide or [g.size for g in glyphs])


def _has_ideograph(glyphs: Sequence[Glyph]) -> bool:
    return any(g.text >= _FIRST_WIDE for g in glyphs)


def _runs(baseline: list[Glyph], gap: float) -> list[Line]:
    """A baseline's glyphs, left to right, cut where the gap is a column's."""
    ordered = sorted(baseline, key=lambda g: g.x0)
    while ordered and ordered[-1].text.isspace():
        ordered.pop()
    runs: list[list[Glyph]] = []
    reach = 0.0  # right edge of the last character that shows
    for glyph in ordered:
        if glyph.text.isspace() and (not runs or glyph.x0 > reach + 4 * glyph.size):
            continue
        if runs and (glyph.text.isspace() or glyph.x0 - reach <= gap * glyph.size):
            runs[-1].append(glyph)
        elif not glyph.text.isspace():
            while runs and runs[-1][-1].text.isspace():
                runs[-1].pop()
            runs.append([glyph])
        if not glyph.text.isspace():
            reach = max(reach, _ink_end(glyph)) if runs and len(runs[-1]) > 1 else _ink_end(glyph)
    return [_line(run) for run in runs]


def _ink_end(glyph: Glyph) -> float:
    """Where a character's ink ends: a closing sign fills half its box, and at the end of a line may stick out of the column."""
    return glyph.x0 + 0.5 * glyph.size if glyph.text in _WIDE_CLOSERS and glyph.x1 - glyph.x0 > 0.6 * glyph.size else glyph.x1


def _line(run: list[Glyph]) -> Line:
    size = _size(run)
    top, bottom = min(g.top for g in run), max(g.bottom for g in run)
    return Line(
        _spelled(run, size),
        run[0].x0,
        _ink_end(run[-1]),
        median(g.base for g in run),
        size,
        top,
        bottom,
        _token_width(run),
        _has_ideograph(run),
    )


def _token_width(run: Sequence[Glyph]) -> float:
    text = "".join(g.text for g in run)
    match = _TOKEN.match(text)
    length = match.end() if match else 1
    while length < len(text) and text[length] in _CLOSERS:
        length += 1
    return run[length - 1].x1 - run[0].x0


def _spelled(run: Sequence[Glyph], size: float) -> str:
    """The run's characters, with a space where the print leaves one that no character stands for."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(run)]
    usual = max(median(gaps), 0.0) if gaps else 0.0
    out = [run[0].text]
    for gap, before, after in zip(gaps, run, run[1:], strict=False):
        if gap > usual + _least_space(before.text, after.text) * size and not (before.text.isspace() or after.text.isspace()):
            out.append(" ")
        out.append(after.text)
    return "".join(out)


def _least_space(before: str, after: str) -> float:
    """Type sizes of white that mean a space: less between characters of one script, where print leaves none of its own."""
    both_latin = before.isascii() and after.isascii()
    return _WORD_GAP if both_latin or (before >= _FIRST_IDEOGRAPH and after >= _FIRST_IDEOGRAPH) else _SPACED_OUT


def in_one_line(lines: Sequence[Line], room: float) -> str:
    """A cell's lines as one: wrapped lines run on, one that ended early is set off by a space. `room` is the width for text."""
    out = ""
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and _needs_space(before, line, room):
            out += " "
        out += line.text
    return re.sub(r"[ \t\r\n]+", " ", out).strip()


def _needs_space(before: Line, line: Line, room: float) -> bool:
    if abs(before.base - line.base) < 0.3 * line.size:
        return True  # side by side in the cell
    if _LATIN_END.search(before.text) and _LATIN_START.match(line.text):
        return True
    return before.x1 - before.x0 + line.token < room - 0.3 * line.size


def ends_in_leader(line: Line) -> bool:
    """True for a line of a table of contents: dots and a page number at its end."""
    return bool(_LEADER.search(line.text))
