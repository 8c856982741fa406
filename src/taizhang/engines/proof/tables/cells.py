"""What a row of a table looks like to a rule: printed words, spans, which columns are filled and which only hold notes."""

from dataclasses import dataclass

from taizhang.engines.gazette.model import Document, Row, Table
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

LONGEST = 56
_NOTES = regex(r"备注|说明|注$")
_GROUP = regex(r"[一二三四五六七八九十]{1,3}\s*[、．.]|[(（][一二三四五六七八九十]{1,3}[)）]")
_TOTAL = regex(r"^(?:合计|总计|小计|共计|总分|累计|全市|全省|全县)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of at least four body rows with its document and the share of rows that fill each column."""

    document: Document
    table: Table
    shares: tuple[float, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.shares)

    def is_note(self, column: int) -> bool:
        """True for a column of remarks, which may be empty."""
        return bool(_NOTES.search(self.table.columns[column].replace(" ", "")))


def sheets_of(documents: tuple[Document, ...]) -> list[Sheet]:
    """The tables worth comparing row by row."""
    found: list[Sheet] = []
    for document in documents:
        for table in document.tables:
            if len(table.rows) > 3 and len(table.columns) > 1:
                found.append(Sheet(document, table, _shares(table)))
    return found


def _shares(table: Table) -> tuple[float, ...]:
    width = len(table.columns)
    filled = [0] * width
    for row in table.rows:
        for column, cell in enumerate(row.cells[:width]):
            filled[column] += bool(cell.text) or cell.continues
    return tuple(count / len(table.rows) for count in filled)


def is_group_row(row: Row) -> bool:
    """True for a row that heads a group or gives a total."""
    texts = [text for text in row.texts if text]
    return len(texts) < 2 or heads_group(texts[0]) or any(_TOTAL.match(text.replace(" ", "")) for text in texts[:2])


def heads_group(text: str) -> bool:
    """True for text that begins with 一、 or (一), as the head of a group of rows does.

    >>> heads_group("三、"), heads_group("(二)奖励"), heads_group("三个项目")
    (True, True, False)
    """
    return bool(_GROUP.match(text))


def span_of(row: Row) -> Span | None:
    """Source span of the first filled cell, cut to a few dozen characters; None for an empty row."""
    for cell in row.cells:
        if cell.text and not cell.continues and cell.span.length:
            return cut(cell.span)
    return None


def cut(span: Span) -> Span:
    """The span, no longer than a few dozen characters."""
    return span if span.length <= LONGEST else Span(span.start, span.start + LONGEST)


def short(text: str) -> str:
    """The text for a message."""
    return text if len(text) <= 24 else text[:22] + "……"
