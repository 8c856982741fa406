"""How wide text stands in print, and what that makes of column widths."""

import unicodedata
from collections.abc import Sequence

from taizhang.engines.office.blocks import TableBlock

_NARROWEST, _WIDEST, _PADDING = 6, 80, 3


def text_width(text: str) -> int:
    """Width of the widest line in half-width columns: a Chinese character counts two.

    >>> text_width("增长6.5%"), text_width("甲\\n乙丙"), text_width("")
    (8, 4, 0)
    """
    return max((sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n")), default=0)


def column_shares(table: TableBlock, room: int) -> tuple[int, ...]:
    """Relative column widths: as stated, or from the content, for a table `room` half-width characters wide.

    A column whose widest cell needs no more than an even share gets what it needs, so that short codes and names do not wrap; the
    rest share what is left by their need. A cell that spans columns does not count, since its text has room of its own.
    """
    if table.widths:
        return table.widths
    grid = table.grid()
    need = [_NARROWEST] * len(grid[0])
    for row in grid:
        for c, cell in enumerate(row):
            if cell and cell.colspan == 1:
                need[c] = max(need[c], min(text_width(cell.text) + _PADDING, _WIDEST))
    wide = [n > room // len(need) for n in need]
    left = room - sum(n for n, is_wide in zip(need, wide, strict=True) if not is_wide)
    wanted = sum(n for n, is_wide in zip(need, wide, strict=True) if is_wide)
    if wanted <= left:
        return tuple(need)
    return tuple(max(n * left // wanted, _NARROWEST) if is_wide else n for n, is_wide in zip(need, wide, strict=True))


def scaled(shares: Sequence[int], total: int) -> tuple[int, ...]:
    """Whole widths in the proportion of `shares` that add up to `total`; what rounding leaves goes to the last column.

    >>> scaled((1, 1, 1), 100)
    (33, 33, 34)
    """
    whole = sum(shares)
    out = [share * total // whole for share in shares]
    out[-1] += total - sum(out)
    return tuple(out)


def table_half_points(columns: int) -> int:
    """Type size of a table in half points, so that many columns still fit: 小四 (24), 五号 (21) or 小五 (18)."""
    return 24 if columns <= 5 else 21 if columns <= 9 else 18
