"""What reading a gazette gives: an issue, its documents, their clause trees and tables, each with its place in the source.

Everything here is frozen. Spans are offsets into `Issue.source`. The words as printed are never changed: the reading text
drops line breaks inside sentences, and `Reading` leads every character of it back to the source.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span


class Reading(NamedTuple):
    """Text to read, with the way back to the source.

    `at[i]` is the offset in `text` where run `i` begins, `source[i]` the offset in the source it was taken from. An empty
    reading has no runs.
    """

    text: str
    at: tuple[int, ...]
    source: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Source offset of the character at `offset` of `text`."""
        run = bisect_right(self.at, offset) - 1
        return self.source[run] + offset - self.at[run]

    def span(self, start: int, end: int) -> Span:
        """Source span of `text[start:end]`; `end > start` is required."""
        return Span(self.place(start), self.place(end - 1) + 1)

    def pieces(self) -> Iterator[tuple[str, int]]:
        """The runs, as (words, source offset)."""
        ends = (*self.at[1:], len(self.text)) if self.at else ()
        for start, end, source in zip(self.at, ends, self.source, strict=True):
            yield self.text[start:end], source

    def cut(self, start: int, end: int | None = None) -> "Reading":
        """The reading of `text[start:end]`, with its runs."""
        stop = len(self.text) if end is None else end
        if stop <= start:
            return EMPTY
        if len(self.at) == 1:
            return Reading(self.text[start:stop], self.at, (self.source[0] + start,))
        first = bisect_right(self.at, start) - 1
        last = bisect_right(self.at, stop - 1) - 1
        at = tuple(max(a - start, 0) for a in self.at[first : last + 1])
        source = (self.place(start), *self.source[first + 1 : last + 1])
        return Reading(self.text[start:stop], at, source)


EMPTY = Reading("", (), ())


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something the reader did or doubts: a joined line, a split heading, a repaired row."""

    code: str
    message: Message
    span: Span
    printed: str | None = None  # the row or line as printed, where a repair changed its reading


@dataclass(frozen=True, slots=True)
class Node:
    """A clause.

    `kind` is an Akoma Ntoso name: part 编, chapter 章, section 节 or 一、, subsection (一), article 条, item 1. or 项,
    subitem (1), point ①, paragraph, division (an unnumbered heading), box 专栏, table, and for the frame of a document title,
    docNumber, addressee, salutation, signature, docDate, annexList, annexLabel, tocItem, note. `num` is the number as printed
    (第七条, (一), 3.), `value` its value.
    `words` is the clause's own reading text without the number; its first `heading_length` characters are the heading.
    `span` covers number, own words and children; `own` number and own words only.
    """

    eid: str
    kind: str
    num: str | None
    value: int | None
    words: Reading
    heading_length: int
    span: Span
    own: Span
    children: tuple["Node", ...] = ()

    @property
    def heading(self) -> str | None:
        """Heading text, None if the clause has none."""
        return self.words.text[: self.heading_length] or None

    @property
    def text(self) -> str:
        """Own words after the heading."""
        return self.words.text[self.heading_length :]

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, in printed order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. `text` is its reading; an empty cell may continue the one above (`continues`)."""

    text: str
    span: Span
    continues: bool = False
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row after repair; `printed` holds the printed row where it was repaired, else None."""

    cells: tuple[Cell, ...]
    span: Span
    printed: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Cell texts."""
        return tuple(c.text for c in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, header rows and body rows; all rows have `len(columns)` cells."""

    eid: str
    caption: str | None
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    span: Span

    @property
    def columns(self) -> tuple[str, ...]:
        """Column titles of the last header row; empty strings where there is no header."""
        if self.header:
            return self.header[-1].texts
        return ("",) * (len(self.rows[0].cells) if self.rows else 0)

    def filled(self) -> tuple[tuple[str, ...], ...]:
        """Body texts with continued cells filled from above, for reading a row by itself."""
        out: list[tuple[str, ...]] = []
        for row in self.rows:
            texts = row.texts
            if out:
                above = out[-1]
                texts = tuple(above[i] if c.continues and i < len(above) else c.text for i, c in enumerate(row.cells))
            out.append(texts)
        return tuple(out)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """文号: `printed` as in the source, `code` 机关代字 (or the name of the order), `year`, `serial`.

    `str()` is the normal form: 三政〔2017〕29号; 某市人民政府令第12号 for an order, whose `year` is None and
    whose serial stays in the digits printed; 某部公告2019年第66号
    where `is_yearly`, a series that starts anew each year without brackets.
    """

    printed: str
    code: str
    year: int | None
    serial: int
    span: Span
    is_yearly: bool = False

    def __str__(self) -> str:
        if self.year is None:
            printed = re.search(r"第\s*(\S+?)\s*号", self.printed)
            return f"{self.code}第{printed[1] if printed else self.serial}号"
        if self.is_yearly:
            return f"{self.code}{self.year}年第{self.serial}号"
        return f"{self.code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class Document:
    """A document of an issue, or one nested in another.

    `role`: main (published by itself), carried (the 办法 or 规划 a 通知 issues), annex (附件). `kind` is the Chinese name of the
    kind (通知, 办法, 规划, 讲话, 批复, 条例, 意见 …) or None. `issued_on` is 成文日期. `nodes` hold every printed
    character of the document that is not page furniture or in a nested document, in order; a table stands among them as a
    node of kind table with the eid of its `Table`.
    """

    id: str
    role: str
    kind: str | None
    title: str
    title_span: Span
    number: DocumentNumber | None
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    issued_on: date | None
    span: Span
    nodes: tuple[Node, ...]
    tables: tuple[Table, ...] = ()
    documents: tuple["Document", ...] = ()

    def walk_nodes(self) -> Iterator[Node]:
        """All nodes of this document, not of nested ones, in printed order."""
        for node in self.nodes:
            yield from node.walk()

    def walk(self) -> Iterator["Document"]:
        """This document and all nested in it, in printed order."""
        yield self
        for document in self.documents:
            yield from document.walk()


@dataclass(frozen=True, slots=True)
class Masthead:
    """刊头 of a gazette issue. What is not printed is None."""

    title: str
    year: int | None
    number: int | None
    total_number: int | None
    published_on: date | None
    publisher: str | None
    editors: tuple[tuple[str, str], ...]  # (office, name) as printed
    span: Span


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents (目录)."""

    title: str
    page: str | None
    section: str | None  # 栏目, e.g. 市政府文件
    span: Span


@dataclass(frozen=True, slots=True)
class Furniture:
    """Printed matter that belongs to the page, not to a document: page numbers, 续表一, menus, repeated headers."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Issue:
    """All that was read from one text. `masthead` is None where the text is a single document, not an issue."""

    source: str
    masthead: Masthead | None
    contents: tuple[ContentsEntry, ...]
    front: tuple[Node, ...]  # the lines of masthead and contents
    documents: tuple[Document, ...]
    furniture: tuple[Furniture, ...]
    diagnostics: tuple[Diagnostic, ...]

    def walk_documents(self) -> Iterator[Document]:
        """Every document, nested ones included, in printed order."""
        for document in self.documents:
            yield from document.walk()
