"""Table rows as clauses: a row's bodies from its columns, its measures cell by cell with title, unit and the row's label."""

import re
from collections.abc import Iterator, Sequence

from taizhang.engines.gazette.model import Cell, Reading, Row, Table
from taizhang.engines.targets.measures import ClauseContext
from taizhang.engines.targets.measuring import measured
from taizhang.engines.targets.model import Clause
from taizhang.engines.targets.owners import speaks_of_targets
from taizhang.engines.targets.responsible import Responsibility, columns_of
from taizhang.engines.targets.surroundings import Surroundings
from taizhang.kernel.measure import Measure
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_SERIAL = regex(r"\A(?:序\s*号|编\s*号|No\.?|行次|代码)\Z", re.IGNORECASE)
_UNIT_COLUMN = regex(r"\A(?:计量|指标)?单\s*位\Z")
_ATTRIBUTE_COLUMN = regex(r"\A(?:指标)?(?:属性|性质|类型|类别)\Z")
_LABEL_COLUMN = regex(r"指标|项目|名称|任务|内容|目标")
_UNIT_IN_TITLE = regex(r"[（(]\s*(?:单位\s*[:：]\s*)?([^（）()0-9]{1,8}?)\s*[)）]\Z")
_UNIT_OF_TABLE = regex(r"单位\s*[:：]\s*([^\s，。；（）()]{1,8})")
_NUMBER = regex(r"\A[\s0-9０-９.,．，%％<>≥≤+\-—~～]+\Z")


def row_clauses(
    table: Table, around: Surroundings, headings: tuple[str, ...], source: str, responsibility: Responsibility
) -> Iterator[Clause]:
    """The body rows of a table. `text` is the row with continued cells filled from above, cells parted by tabs; measures are
    those of the cells the row prints itself. eId: that of the table and `__row_N`, N counting body rows from 1."""
    reader = _TableReader(table, around, headings, source, responsibility)
    for number, (row, filled) in enumerate(zip(table.rows, reader.filled, strict=True), 1):
        yield Clause(
            document=around.document.id,
            eid=f"{table.eid}__row_{number}",
            text="\t".join(filled),
            span=row.span,
            units=responsibility.of_row(reader.columns, filled),
            targets=reader.measures(row, filled),
        )


class _TableReader:
    """What the columns of one table say of its cells."""

    def __init__(
        self, table: Table, around: Surroundings, headings: tuple[str, ...], source: str, responsibility: Responsibility
    ) -> None:
        self.around = around
        self.headings = headings
        self.source = source
        self.titles = column_titles(table)
        self.filled = table.filled()
        about = (*around.titles, *headings, table.caption or "")
        self.columns = columns_of(self.titles, self.filled, is_about_duties=speaks_of_targets(about) or _assigns(about))
        self.squeezed = ["".join(title.split()) for title in self.titles]
        self.attribute = _first(self.squeezed, _ATTRIBUTE_COLUMN)
        self.unit = _unit_column(self.squeezed, self.columns.roles)
        self.label = next((at for at, title in enumerate(self.squeezed) if self._labels(at, title)), None)
        declared = [found for text in (table.caption or "", *headings[-1:]) if (found := _UNIT_OF_TABLE.search(text))]
        self.table_unit = declared[0][1] if declared else None

    def measures(self, row: Row, filled: Sequence[str]) -> tuple[Measure, ...]:
        """The measures of a row's own cells, left to right."""
        found: list[Measure] = []
        for at, cell in enumerate(row.cells):
            if self._is_read(at, cell):
                found.extend(measured(reading_of_cell(cell, self.source), self.around.year, self._context(at, filled)))
        return tuple(found)

    def _is_read(self, at: int, cell: Cell) -> bool:
        if not any(c.isdigit() or c in "零一二三四五六七八九十百两" for c in cell.text):
            return False
        if at >= len(self.squeezed):
            return True
        return self.columns.roles[at] is None and at not in (self.attribute, self.unit) and not _SERIAL.match(self.squeezed[at])

    def _labels(self, at: int, title: str) -> bool:
        """True for a column of names (指标, 项目); one of figures (…任务1996年) labels nothing."""
        cells = [row[at] for row in self.filled if at < len(row) and row[at]]
        return bool(_LABEL_COLUMN.search(title)) and 2 * sum(bool(_NUMBER.match(cell)) for cell in cells) < len(cells)

    def _context(self, at: int, filled: Sequence[str]) -> ClauseContext:
        title = self.squeezed[at] if at < len(self.squeezed) else ""
        in_title = _UNIT_IN_TITLE.search(title)
        unit = in_title[1] if in_title else _at(filled, self.unit) or self.table_unit
        return ClauseContext(
            headings=self.headings,
            document_kind=self.around.document.kind,
            column=title or None,
            row=self._row_label(at, filled),
            unit=unit,
            attribute=_at(filled, self.attribute),
        )

    def _row_label(self, at: int, filled: Sequence[str]) -> str | None:
        if self.label is not None and self.label != at:
            return _at(filled, self.label)
        for other, text in enumerate(filled[:at]):
            is_serial = other < len(self.squeezed) and _SERIAL.match(self.squeezed[other])
            if text and not is_serial and not _NUMBER.match(text):
                return text
        return None


def column_titles(table: Table) -> tuple[str, ...]:
    """Title of each column over all header rows: 分年度任务 above 1996年 gives 分年度任务1996年."""
    if not table.header:
        return table.columns
    titles: list[str] = []
    for at in range(len(table.header[-1].cells)):
        parts: list[str] = []
        for row in table.header:
            text = _header_text(row, at, table.header[-1])
            if text and text not in parts:
                parts.append(text)
        titles.append("".join(parts))
    return tuple(titles)


def _header_text(row: Row, at: int, last: Row) -> str:
    """Text over column `at`; an empty cell takes the title to its left where that covers it, or where both are parted below."""
    if at >= len(row.cells):
        return ""
    if row.cells[at].text or row is last:
        return row.cells[at].text
    for left in range(at - 1, -1, -1):
        title = row.cells[left]
        if title.text:
            covers = title.colspan > at - left or all(cell.text for cell in last.cells[left : at + 1])
            return title.text if covers else ""
    return ""


def reading_of_cell(cell: Cell, source: str) -> Reading:
    """A cell's text with the way back to its printed characters, which may have blanks and breaks between."""
    text, span = cell.text, cell.span
    at = source.find(text, span.start, span.end)
    if at >= 0:
        return Reading(text, (0,), (at,))
    return _aligned(text, span, source)


def _aligned(text: str, span: Span, source: str) -> Reading:
    starts: list[int] = []
    places: list[int] = []
    position = span.start
    for offset, character in enumerate(text):
        found = source.find(character, position, span.end)
        found = position if found < 0 else found
        if not places or found != places[-1] + offset - starts[-1]:
            starts.append(offset)
            places.append(found)
        position = min(found + 1, max(span.end - 1, span.start))
    return Reading(text, tuple(starts), tuple(places))


def _assigns(texts: Sequence[str]) -> bool:
    return any("分工" in text or "责任" in text for text in texts)


def _first(titles: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((at for at, title in enumerate(titles) if pattern.search(title)), None)


def _unit_column(titles: Sequence[str], roles: Sequence[str | None]) -> int | None:
    """The column that prints units of measure: titled 单位 and not one of bodies."""
    return next((at for at, title in enumerate(titles) if roles[at] is None and _UNIT_COLUMN.match(title)), None)


def _at(texts: Sequence[str], column: int | None) -> str | None:
    return (texts[column] or None) if column is not None and column < len(texts) else None
