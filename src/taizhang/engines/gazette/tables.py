"""Tables: rows of cells with their places, header rows, continued cells, and the repair of rows that slid a column.

A row is printed with its cells parted by tabs (or Markdown bars). Cells that continue the cell above are printed empty.
"""

import re
from collections import Counter
from dataclasses import replace

from taizhang.engines.gazette.blocks import Block
from taizhang.engines.gazette.lines import is_bar_row
from taizhang.engines.gazette.markers import marker_of
from taizhang.engines.gazette.model import Cell, Diagnostic, Furniture, Row, Table
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

_MOST_SIBLINGS = 6
_NUMERIC = re.compile(r"[<>≥≤＞＜约]?\s*[-+−]?\d[\d,.，%％‰\s]*(?:[(（].*[)）])?\Z")
_RULE = re.compile(r"\|?[\s:|-]+\|?\Z")
_HEADER_WORDS = re.compile(
    r"序号|编号|内容|指标|项目|名称|单位|备注|属性|分值|目标|任务|时限|标准|类别|责任|部门|年度|说明|地区|姓名|职务|时间|数量|金额|合计"
)


def read_table(blocks: list[Block], eid: str, caption: str | None) -> tuple[Table, list[Diagnostic], list[Furniture]]:
    """One table of consecutive row blocks. Rows come out equally wide; a header repeated after a page break is page furniture."""
    rows = [row for block in blocks if (row := _row(block)) is not None]
    diagnostics: list[Diagnostic] = []
    furniture: list[Furniture] = []
    if not rows:
        return Table(eid, caption, (), (), Span(blocks[0].start, blocks[-1].end)), diagnostics, furniture
    width = _width(rows)
    count = _header_rows(rows, width)
    header = rows[:count]
    first = header[0].texts if header else None
    body: list[Row] = []
    for row in rows[count:]:
        if first is not None and row.texts == first:
            furniture.append(Furniture("repeated-header", row.span))
            continue
        body.append(_numbered_again(row, body, width, diagnostics))
    header = [_padded(row, width) for row in header]
    body = [_padded(row, width) for row in body]
    body = _with_continuations(body)
    span = Span(blocks[0].start, blocks[-1].end)
    return Table(eid, caption, tuple(header), tuple(body), span), diagnostics, furniture


def _row(block: Block) -> Row | None:
    text = block.text
    bar = is_bar_row(text)
    if bar and _RULE.match(text):
        return None
    inner = text[1:].removesuffix("|") if bar else text
    at = block.start + (1 if bar else 0)
    cells = []
    for part in inner.split("|" if bar else "\t"):
        plain = part.strip()
        start = at + part.index(plain) if plain else at
        cells.append(Cell(plain, Span(start, start + len(plain))))
        at += len(part) + 1
    return Row(tuple(cells), Span(block.start, block.end))


def _width(rows: list[Row]) -> int:
    counts = Counter(len(row.cells) for row in rows)
    most, times = counts.most_common(1)[0]
    widest = max(counts)
    return widest if counts[widest] * 4 >= times else most


def _header_rows(rows: list[Row], width: int) -> int:
    """One, two where the second fills the gaps a wide cell of the first leaves, none where the first row is data."""
    first = rows[0].texts
    if any(_NUMERIC.match(text) for text in first) or not any(_HEADER_WORDS.search(text) for text in first):
        return 0 if len(rows) < 3 or any(_NUMERIC.match(text) for text in first) else 1
    if len(rows) > 1:
        second = rows[1].texts
        gaps = {i for i, text in enumerate(first) if not text}
        filled = {i for i, text in enumerate(second) if text}
        if gaps and filled and second[0] == "" and len(filled) <= len(gaps) + 1 and filled & gaps:
            return 2
    return 1


def _padded(row: Row, width: int) -> Row:
    missing = width - len(row.cells)
    if missing <= 0:
        extra = row.cells[width:]
        if any(cell.text for cell in extra):
            return row
        return replace(row, cells=row.cells[:width])
    empty = Cell("", Span(row.span.end, row.span.end))
    return replace(row, cells=row.cells + (empty,) * missing)


def _numbered_again(row: Row, body: list[Row], width: int, diagnostics: list[Diagnostic]) -> Row:
    """Give a row that lost its running number the empty cell back, where the rows above are numbered in the first column."""
    numbered = [r for r in body if r.texts[0].isdigit()]
    if (
        len(row.cells) != width - 1
        or len(numbered) < 2
        or len(numbered) * 10 < len(body) * 8
        or row.texts[0].isdigit()
        or not row.texts[0]
        or marker_of(row.texts[0]) is not None
    ):
        return row
    printed = "\t".join(row.texts)
    diagnostics.append(Diagnostic("gazette.row-slid", Message("此行缺序号格，各格左移一列，已按列复位"), row.span, printed))
    empty = Cell("", Span(row.span.start, row.span.start))
    return Row((empty, *row.cells), row.span, printed)


def _with_continuations(body: list[Row]) -> list[Row]:
    """Mark the empty cells at the head of a row that continue the cell above."""
    out: list[Row] = []
    for row in body:
        cells = list(row.cells)
        for i, cell in enumerate(cells):
            if cell.text or not out:
                break
            above = out[-1].cells[i] if i < len(out[-1].cells) else None
            if above is not None and (above.text or above.continues):
                cells[i] = replace(cell, continues=True)
        out.append(replace(row, cells=tuple(cells)))
    return out


def repair_siblings(tables: list[Table]) -> tuple[list[Table], list[Diagnostic]]:
    """Put back rows whose cells slid left, by comparing rows of a table and, where two tables share their header, each other."""
    diagnostics: list[Diagnostic] = []
    out: list[Table] = []
    alike: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        if any(table.columns):
            alike.setdefault(table.columns, []).append(table)
    for table in tables:
        siblings = [t for t in alike.get(table.columns, ())[:_MOST_SIBLINGS] if t is not table]
        homes = _homes([table, *siblings], table)
        rows = [_slid_back(row, table, homes, diagnostics) for row in table.rows]
        out.append(replace(table, rows=tuple(_with_continuations([_bare(r) for r in rows]))) if rows else table)
    return out, diagnostics


def _bare(row: Row) -> Row:
    return replace(row, cells=tuple(replace(c, continues=False) for c in row.cells))


def _homes(tables: list[Table], own: Table) -> dict[str, Counter[int]]:
    """For each cell text, the columns it stands in elsewhere."""
    homes: dict[str, Counter[int]] = {}
    for table in tables:
        for row in table.rows:
            for i, cell in enumerate(row.cells):
                if cell.text:
                    homes.setdefault(cell.text, Counter())[i] += 1
    return homes


def _slid_back(row: Row, table: Table, homes: dict[str, Counter[int]], diagnostics: list[Diagnostic]) -> Row:
    texts = row.texts
    if row.printed is not None or not texts or not texts[0] or len(table.rows) < 4 or len(texts) < 3:
        return row
    filled = [i for i, text in enumerate(texts) if text]
    spare = len(texts) - 1 - filled[-1]
    if not spare or len(filled) == len(texts):
        return row
    shift = _shift_by_homes(texts, homes, spare) or _shift_by_shape(row, table, spare)
    if not shift:
        return row
    printed = "\t".join(texts)
    diagnostics.append(
        Diagnostic(
            "gazette.row-slid", Message("此行各格左移{count}列，已比照其他行复位", {"count": str(shift)}), row.span, printed
        )
    )
    empty = Cell("", Span(row.span.start, row.span.start))
    return Row((*(empty,) * shift, *row.cells[: len(texts) - shift]), row.span, printed)


def _shift_by_homes(texts: tuple[str, ...], homes: dict[str, Counter[int]], spare: int) -> int:
    """Columns by which the same words stand further right in another row or a sibling table, 0 if nowhere."""
    for i, text in enumerate(texts):
        if not text or len(text) < 4:
            continue
        elsewhere = homes[text] - Counter({i: 1})
        further = [column - i for column in elsewhere if 0 < column - i <= spare]
        if further and not elsewhere.get(i):
            return min(further)
    return 0


def _shift_by_shape(row: Row, table: Table, spare: int) -> int:
    """Columns by which the row must move so that its cells look like their columns: length and last two characters."""
    texts = row.texts
    others = [r for r in table.rows if r is not row]
    columns = list(zip(*(r.texts for r in others if len(r.texts) == len(texts)), strict=False))
    if len(columns) != len(texts):
        return 0
    opening = [r for r in others if r.texts[0]]
    with_second = [r for r in opening if len(r.texts) > 1 and r.texts[1]]
    if len(opening) < 2 or (len([t for t in texts if t]) > 1 and not _misfits(texts, columns)):
        return 0
    if len([t for t in texts if t]) == 1 and len(with_second) * 2 < len(opening):
        return 0
    scores = {shift: _fit(texts, columns, shift) for shift in range(spare + 1)}
    best = max(scores, key=lambda shift: (scores[shift], -shift))
    return best if scores[best] > scores[0] else 0


def _misfits(texts: tuple[str, ...], columns: list[tuple[str, ...]]) -> bool:
    """True if the second cell is far longer than its column ever is, or the last column is always filled but here."""
    second = sorted(len(text) for text in columns[1] if text)
    usual = second[int(len(second) * 0.8)] if second else 0
    last_filled = sum(bool(text) for text in columns[-1])
    return (bool(texts[1]) and len(texts[1]) > max(usual * 2, 12)) or (not texts[-1] and last_filled * 10 >= len(columns[-1]) * 9)


def _fit(texts: tuple[str, ...], columns: list[tuple[str, ...]], shift: int) -> float:
    score = 0.0
    for i, text in enumerate(texts):
        if not text or i + shift >= len(columns):
            continue
        column = [other for other in columns[i + shift] if other]
        if not column:
            score -= 1
            continue
        lengths = sorted(map(len, column))
        middle = lengths[len(lengths) // 2]
        score += 1 - min(abs(len(text) - middle) / max(len(text), middle), 1)
        score += min(sum(other[-2:] == text[-2:] for other in column), 3) / 3
        score += len(column) / len(columns[i + shift])
    return score
