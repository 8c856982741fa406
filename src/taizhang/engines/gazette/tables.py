"""Tables: rows of cells with their places, header rows, continued cells. Rows that slid a column: see `table_repair`.

A row is printed with its cells parted by tabs (or Markdown bars). Cells that continue the cell above are printed empty.
"""

from collections import Counter
from dataclasses import replace

from taizhang.engines.gazette.blocks import Block
from taizhang.engines.gazette.lines import is_bar_row
from taizhang.engines.gazette.markers import marker_of
from taizhang.engines.gazette.model import Cell, Diagnostic, Furniture, Row, Table
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_NUMERIC = regex(r"[<>≥≤＞＜约]?\s*[-+−]?\d[\d,.，%％‰\s]*(?:[(（].*[)）])?\Z")
_RULE = regex(r"\|?[\s:|-]+\|?\Z")
_HEADER_WORDS = regex(
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
    numbered = 0
    for row in rows[count:]:
        if first is not None and row.texts == first:
            furniture.append(Furniture("repeated-header", row.span))
            continue
        body.append(_numbered_again(row, numbered, len(body), width, diagnostics))
        numbered += row.cells[0].text.isdigit()
    header = [_padded(row, width) for row in header]
    body = [_padded(row, width) for row in body]
    body = with_continuations(body)
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
    """The most usual number of cells, or more where a row has words further right."""
    usual = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    widest = max(len(row.cells) for row in rows)
    if widest <= usual:
        return usual
    return max(usual, *(i + 1 for row in rows for i, cell in enumerate(row.cells) if cell.text))


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
    if missing == 0:
        return row
    if missing < 0:
        # what stands beyond the width is empty
        return replace(row, cells=row.cells[:width])
    empty = Cell("", Span(row.span.end, row.span.end))
    return replace(row, cells=row.cells + (empty,) * missing)


def _numbered_again(row: Row, numbered: int, above: int, width: int, diagnostics: list[Diagnostic]) -> Row:
    """Give a row that lost its running number the empty cell back, where the rows above are numbered in the first column."""
    if len(row.cells) != width - 1 or numbered < 2 or numbered * 10 < above * 8:
        return row
    texts = row.texts
    if texts[0].isdigit() or not texts[0] or marker_of(texts[0]) is not None:
        return row
    printed = "\t".join(texts)
    diagnostics.append(Diagnostic("gazette.row-slid", Message("此行缺序号格，各格左移一列，已按列复位"), row.span, printed))
    empty = Cell("", Span(row.span.start, row.span.start))
    return Row((empty, *row.cells), row.span, printed)


def with_continuations(body: list[Row]) -> list[Row]:
    """Mark the empty cells at the head of a row that continue the cell above."""
    out: list[Row] = []
    for row in body:
        if not out or row.cells[0].text:
            out.append(row)
            continue
        cells = list(row.cells)
        above = out[-1].cells
        for i, cell in enumerate(cells):
            if cell.text or i >= len(above):
                break
            if above[i].text or above[i].continues:
                cells[i] = replace(cell, continues=True)
        out.append(Row(tuple(cells), row.span, row.printed))
    return out
