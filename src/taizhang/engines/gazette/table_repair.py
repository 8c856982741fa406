"""Rows whose cells slid left, put back by comparing the rows of a table and, where two tables share their header, each other."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from taizhang.engines.gazette.model import Cell, Diagnostic, Row, Table
from taizhang.engines.gazette.tables import with_continuations
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

_MOST_SIBLINGS = 6
Texts = tuple[str, ...]
Homes = dict[str, Counter[int]]


def repair_siblings(tables: list[Table]) -> tuple[list[Table], list[Diagnostic]]:
    """The tables with slid rows back in their columns, each row as printed beside it, and a diagnostic for each."""
    diagnostics: list[Diagnostic] = []
    alike: dict[Texts, list[Table]] = {}
    for table in tables:
        if any(table.columns):
            alike.setdefault(table.columns, []).append(table)
    homes = {columns: _homes(group[:_MOST_SIBLINGS]) for columns, group in alike.items()}
    return [_repaired(table, homes.get(table.columns, {}), diagnostics) for table in tables], diagnostics


def _homes(tables: Iterable[Table]) -> Homes:
    """For each cell text, how often it stands in each column."""
    homes: Homes = {}
    for table in tables:
        for row in table.rows:
            for i, cell in enumerate(row.cells):
                if len(cell.text) >= 4:
                    homes.setdefault(cell.text, Counter())[i] += 1
    return homes


def _repaired(table: Table, homes: Homes, diagnostics: list[Diagnostic]) -> Table:
    if len(table.rows) < 4:
        return table
    texts = [row.texts for row in table.rows]
    suspects = [i for i, row in enumerate(table.rows) if row.printed is None and _may_have_slid(texts[i])]
    if not suspects:
        return table
    shape = _Shape(texts)
    rows = list(table.rows)
    for i in suspects:
        spare = _spare(texts[i])
        shift = _shift_by_homes(texts[i], homes, spare) or shape.shift(texts[i], spare)
        if shift:
            rows[i] = _moved(rows[i], texts[i], shift, diagnostics)
    if rows == list(table.rows):
        return table
    bare = [replace(row, cells=tuple(replace(c, continues=False) for c in row.cells)) for row in rows]
    return replace(table, rows=tuple(with_continuations(bare)))


def _may_have_slid(texts: Texts) -> bool:
    return len(texts) >= 3 and bool(texts[0]) and _spare(texts) > 0


def _spare(texts: Texts) -> int:
    """Empty cells at the end."""
    last = max(i for i, text in enumerate(texts) if text)
    return len(texts) - 1 - last


def _moved(row: Row, texts: Texts, shift: int, diagnostics: list[Diagnostic]) -> Row:
    printed = "\t".join(texts)
    message = Message("此行各格左移{count}列，已比照其他行复位", {"count": str(shift)})
    diagnostics.append(Diagnostic("gazette.row-slid", message, row.span, printed))
    empty = Cell("", Span(row.span.start, row.span.start))
    return Row((*(empty,) * shift, *row.cells[: len(texts) - shift]), row.span, printed)


def _shift_by_homes(texts: Texts, homes: Homes, spare: int) -> int:
    """Columns by which the same words stand further right in another row or a sibling table, 0 if nowhere."""
    for i, text in enumerate(texts):
        columns = homes.get(text)
        if columns is None or columns[i] > 1:
            continue
        further = [column - i for column in columns if 0 < column - i <= spare]
        if further:
            return min(further)
    return 0


class _Shape:
    """What the cells of each column look like: how long, how they end, how often filled. Built once for a table."""

    def __init__(self, rows: list[Texts]) -> None:
        width = len(rows[0])
        even = [row for row in rows if len(row) == width]
        columns = list(zip(*even, strict=True))
        self.rows = len(even)
        self.lengths = [sorted(len(text) for text in column if text) for column in columns]
        self.endings = [Counter(text[-2:] for text in column if text) for column in columns]
        self.opening = sum(bool(row[0]) for row in even)
        self.with_second = sum(bool(row[0] and len(row) > 1 and row[1]) for row in even)

    def shift(self, texts: Texts, spare: int) -> int:
        """Columns to move so that the cells look like their columns, 0 if they are at home."""
        filled = sum(bool(text) for text in texts)
        if len(texts) != len(self.lengths) or self.opening < 3 or (filled > 1 and not self._misfits(texts)):
            return 0
        if filled == 1 and self.with_second * 2 < self.opening - 1:
            return 0
        scores = {shift: self._fit(texts, shift) for shift in range(spare + 1)}
        best = max(scores, key=lambda shift: (scores[shift], -shift))
        return best if scores[best] > scores[0] else 0

    def _misfits(self, texts: Texts) -> bool:
        """True if the second cell is far longer than its column ever is, or the last column is always filled but here."""
        second = self.lengths[1]
        usual = second[int(len(second) * 0.8)] if second else 0
        is_alone = not texts[-1] and len(self.lengths[-1]) * 10 >= (self.rows - 1) * 9
        return (bool(texts[1]) and len(texts[1]) > max(usual * 2, 12)) or is_alone

    def _fit(self, texts: Texts, shift: int) -> float:
        score = 0.0
        for i, text in enumerate(texts):
            column = i + shift
            if not text or column >= len(self.lengths):
                continue
            own = 1 if shift == 0 else 0
            lengths = self.lengths[column]
            if len(lengths) - own < 1:
                score -= 1
                continue
            middle = lengths[len(lengths) // 2]
            score += 1 - min(abs(len(text) - middle) / max(len(text), middle), 1)
            score += min(self.endings[column][text[-2:]] - own, 3) / 3
            score += (len(lengths) - own) / max(self.rows - 1, 1)
        return score
