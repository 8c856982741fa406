"""From printed lines to blocks: sentences broken over lines are joined in the reading, glued headings are split.

A block is one clause's own words, one table row, or one line of the frame. The source is never changed; each joint and split
is a diagnostic.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.engines.gazette import frame
from taizhang.engines.gazette.lines import Line, printed_lines
from taizhang.engines.gazette.markers import RANK, Marker, glued_heading, marker_of
from taizhang.engines.gazette.model import EMPTY, Diagnostic, Furniture, Reading
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_SIBLING_WINDOW = 60
_POINTS = regex(r"[(（]\s*\d{1,3}(?:\.\d+)?\s*(?:分\s*[)）]?|[)）])[；;。]?")
_CLOSING = "，,。；;、）)》”’：:%％!！?？"
_STOP = regex(r"[。；;]")
_PROSE = regex(r"[，。；]|,(?!\d)")
_LATIN = regex(r"[A-Za-z0-9]")
_NEXT_ITEM = regex(r"[。；;]\s*(?=(?P<value>\d{1,3})\s*[.．、](?!\d))")
_NEXT_GROUP = regex(r"[。；;]\s*(?=[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）][^。；;]{1,20}[(（]\s*\d{1,4}\s*分\s*[)）]\s*\Z)")


@dataclass(slots=True)
class Block:
    """`reading` includes the number; `start` and `end` bound it in the source.

    `open` marks a heading whose sentence may go on, `turned` a block with a page number or the like just before it.
    """

    reading: Reading
    start: int
    end: int
    kind: str = "text"  # text or row
    marker: Marker | None = None
    depth: int = 0
    blanks: int = 0
    lines: int = 1
    open: bool = False
    turned: bool = False
    text: str = ""  # reading text, number included
    titleish: bool | None = None  # whether it could be a title, once asked

    def __post_init__(self) -> None:
        self.text = self.reading.text

    @property
    def words(self) -> Reading:
        """The reading without the number."""
        if self.marker is None:
            return self.reading
        at = self.marker.length
        text = self.reading.text
        while at < len(text) and text[at].isspace():
            at += 1
        return self.reading.cut(at)


def reading_of(pieces: Iterable[tuple[str, int]]) -> Reading:
    """One reading of several (text, source offset) pieces; emphasis marks drop out, Latin words keep a gap between lines."""
    text: list[str] = []
    at: list[int] = []
    source: list[int] = []
    length = 0
    previous = ""
    for piece, start in pieces:
        if previous and _LATIN.match(previous[-1]) and piece and _LATIN.match(piece[0]):
            # the line break itself stands for the gap
            text.append(" ")
            at.append(length)
            source.append(start - 1)
            length += 1
        offset = 0
        for part in piece.split("**"):
            if part:
                text.append(part)
                at.append(length)
                source.append(start + offset)
                length += len(part)
            offset += len(part) + 2
        previous = piece or previous
    return Reading("".join(text), tuple(at), tuple(source)) if text else EMPTY


class _Joiner:
    """Walks the lines once and decides for each whether it goes on with the block before it."""

    def __init__(self, source: str) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.lines = _with_glued_headings_split(source, self.diagnostics)
        self.blocks: list[Block] = []
        self.furniture: list[Furniture] = []
        self.pieces: list[tuple[str, int]] = []
        self.first: Line | None = None
        self.marker: Marker | None = None
        self.text = ""
        self.turned = self.first_turned = False
        self.last_value: dict[str, int] = {}
        self.last_path: tuple[int, ...] | None = None
        self.decimal = _uses_decimal_numbering(self.lines)

    def run(self) -> None:
        for line in self.lines:
            if line.kind == "furniture":
                self.furniture.append(Furniture("page", Span(line.start, line.end)))
                self.turned = True
            elif line.kind == "row":
                self._close()
                block = Block(Reading(line.text, (0,), (line.start,)), line.start, line.end, "row", blanks=line.blanks)
                self.blocks.append(block)
            else:
                self._take(line)
        self._close()

    def _take(self, line: Line) -> None:
        marker = self._plausible(line)
        if self.first is not None and marker is None and self._continues(line):
            self.pieces.append((line.text, line.start))
            self.text += line.text
            self.turned = False
            return
        self._close()
        self.first, self.marker, self.text = line, marker, line.text
        self.first_turned, self.turned = self.turned, False
        self.pieces = [(line.text, line.start)]

    def _close(self) -> None:
        first = self.first
        if first is None:
            return
        last_text, last_start = self.pieces[-1]
        block = Block(
            reading_of(self.pieces), first.start, last_start + len(last_text), "text", self.marker, first.depth, first.blanks,
            len(self.pieces), self._is_heading_like(), self.first_turned,
        )  # fmt: skip
        if len(self.pieces) > 1:
            span = Span(self.pieces[0][1], block.end)
            self.diagnostics.append(
                Diagnostic("gazette.lines-joined", Message("{count}行印本行合读为一句", {"count": str(len(self.pieces))}), span)
            )
        if self.marker:
            self.last_value[self.marker.level] = self.marker.value
            if self.marker.path:
                self.last_path = self.marker.path
            elif self.marker.level in ("chapter", "section.cn"):
                self.last_path = None
        self.blocks.append(block)
        self.first, self.marker, self.text, self.pieces = None, None, "", []

    def _plausible(self, line: Line) -> Marker | None:
        marker = marker_of(line.text)
        if marker is None:
            return None
        level, value = marker.level, marker.value
        last = self.marker.value if self.marker and self.marker.level == level else self.last_value.get(level, 0)
        if level.startswith("decimal"):
            previous = self.marker.path if self.marker and self.marker.path else self.last_path
            if self.decimal:
                return marker if _follows(previous, marker.path) else None
            return self._item_without_mark(line, marker)
        settled = (
            self.first is None
            or frame.ends_sentence(self.text)
            or self._is_heading_like()
            or _is_frame(self.text)
            or (line.blanks > 0 and self.marker is None and not _PROSE.search(self.text))
        )
        in_sequence = value in (1, last + 1)
        if level in ("article", "chapter", "section.law", "part"):
            rest = line.text[marker.length : marker.length + 1]
            if rest and not rest.isspace() and not in_sequence:
                return None
            if level != "article" and frame.ends_sentence(line.text) and len(line.text) > 40:
                return None
            return marker
        return marker if settled or in_sequence else None

    def _item_without_mark(self, line: Line, marker: Marker) -> Marker | None:
        """A duty whose dot is lost (6 综合赔付率…(70分)) where the number is the next."""
        last = self.marker.value if self.marker and self.marker.level == "item" else self.last_value.get("item", 0)
        if marker.level != "decimal1" or last < 1 or marker.value != last + 1 or not frame.ends_in_points(line.text):
            return None
        return Marker("item", marker.value, marker.length, marker.printed)

    def _is_heading_like(self) -> bool:
        if self.marker is None or self.marker.level == "article":
            return False
        body = self.text[self.marker.length :].strip()
        return len(body) <= 45 and not _STOP.search(body)

    def _continues(self, line: Line) -> bool:
        text, following = self.text.rstrip("* \u3000"), line.text
        first = self.first
        if first is None or not text or first.depth or line.depth:
            return False
        if text[-1] in "，,、（(《“":
            return not frame.annex_label(following)
        if frame.ends_sentence(text) or _is_frame(following) or _is_frame(text):
            return False
        if following[0] in _CLOSING or _POINTS.match(following):
            return True
        if frame.ends_in_points(text):
            # the closing mark is lost; points end a duty or a heading all the same
            return False
        if _has_open_bracket(text):
            return True
        if self.marker is not None:
            return self._marked_continues(text)
        if len(text) >= 12 and _PROSE.search(text):
            return True
        last_line = self.pieces[-1][0]
        return line.blanks == 0 and len(last_line) >= 18 and bool(_PROSE.search(following)) and not frame.is_title_like(text)

    def _marked_continues(self, text: str) -> bool:
        assert self.marker is not None
        if self.marker.level in ("chapter", "part", "section.law", "article") and len(text) <= self.marker.length:
            # a web page prints the number on a line of its own
            return True
        if self.marker.level in ("chapter", "part", "section.law"):
            return False
        if self.marker.level == "article":
            return True
        return not self._is_heading_like()


def _is_frame(text: str) -> bool:
    if len(text) > 120:
        return False
    return bool(
        frame.document_number(text, 0)
        or frame.date_line(text)
        or frame.signed_date(text)
        or frame.box_caption(text)
        or frame.annex_label(text)
        or frame.is_salutation(text)
        or frame.is_stamp(text)
        or frame.is_caption(text)
        or (frame.is_bracketed(text) and not _POINTS.match(text))
    )


def _has_open_bracket(text: str) -> bool:
    tail = text[-80:]
    return (
        tail.count("(") + tail.count("（") > tail.count(")") + tail.count("）")
        or tail.count("《") > tail.count("》")
        or tail.count("“") > tail.count("”")
    ) and len(text) < 2000


def _follows(previous: tuple[int, ...] | None, path: tuple[int, ...]) -> bool:
    if set(path) == {1} or previous is None:
        return path[-1] in (1, 2) or len(path) == 1
    for depth in range(1, len(previous) + 1):
        if path[:-1] == previous[: depth - 1] and len(path) == depth and 0 < path[-1] - previous[depth - 1] <= 2:
            return True
    return path[:-1] == previous and path[-1] == 1


def _uses_decimal_numbering(lines: list[Line]) -> bool:
    seen = set()
    for line in lines:
        if line.kind == "text" and line.text[0] in "12":
            marker = marker_of(line.text)
            if marker and marker.level == "decimal2":
                seen.add(marker.path)
    return (1, 1) in seen and ((1, 2) in seen or (2, 1) in seen)


def _with_glued_headings_split(source: str, diagnostics: list[Diagnostic]) -> list[Line]:
    lines: list[Line] = []
    for line in _with_rows_settled(source, list(printed_lines(source))):
        at = glued_heading(line.text) if line.kind == "text" and len(line.text) <= 80 else None
        if at is None:
            lines.append(line)
            continue
        span = Span(line.start, line.end)
        diagnostics.append(Diagnostic("gazette.heading-split", Message("标题与前面的文字印在一行，已拆开读"), span, line.text))
        lines.append(Line(line.text[:at].rstrip("* \u3000"), line.start, line.blanks, "text"))
        lines.append(Line(line.text[at:], line.start + at, 0, "text"))
    return lines


def _with_rows_settled(source: str, lines: list[Line]) -> list[Line]:
    """A single cell is a line of text where no row stands beside it, a continued row where it hangs under one of two cells."""
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        if line.kind == "text" and above is not None and above.kind == "row" and line.blanks == 0:
            if source[line.start - 1] == "\t" and above.text.count("\t") == 1:
                lines[index] = Line("\t" + line.text, line.start - 1, 0, "row")
            continue
        if line.kind != "row" or len(line.text.strip("\t |").split("\t")) > 1 or "|" in line.text:
            continue
        beside = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
        if not any(other.kind == "row" for other in beside):
            text = line.text.strip()
            lines[index] = Line(text, line.start + line.text.index(text), line.blanks, "text")
    return lines


def _settle_open_headings(blocks: list[Block], diagnostics: list[Diagnostic]) -> list[Block]:
    """Join a numbered line without closing mark to the text after it where its siblings show that the sentence goes on."""
    is_spaced = sum(block.blanks > 0 for block in blocks) * 2 > len(blocks)
    out: list[Block] = []
    for index, block in enumerate(blocks):
        before = out[-1] if out else None
        if (
            before is None
            or not before.open
            or not _may_go_on(before, block)
            or not (
                (is_spaced and block.blanks == 0)
                or frame.ends_in_points(block.text)
                or (block.turned and before.marker is not None and before.marker.level in ("item", "subitem", "point"))
                or _siblings_run_on(blocks, index - before.lines)
            )
        ):
            out.append(block)
            continue
        pieces = [*before.reading.pieces(), *block.reading.pieces()]
        span = Span(before.start, block.end)
        diagnostics.append(Diagnostic("gazette.lines-joined", Message("{count}行印本行合读为一句", {"count": "2"}), span))
        out[-1] = Block(
            reading_of(pieces), before.start, block.end, "text", before.marker, before.depth, before.blanks,
            before.lines + 1, not frame.ends_sentence(block.text),
        )  # fmt: skip
    return out


def _may_go_on(before: Block, block: Block) -> bool:
    return (
        (before.marker is None or before.marker.level not in ("chapter", "part", "section.law"))
        and block.kind == "text"
        and block.marker is None
        and not block.depth
        and len(before.text) >= 12
        and not _is_frame(block.text)
        and not frame.ends_sentence(before.text)
        and not frame.ends_in_points(before.text)
    )


def _siblings_run_on(blocks: list[Block], index: int) -> bool:
    marker = blocks[index].marker
    if marker is None:
        return True
    rank = RANK[marker.level]
    running = standing = 0
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(blocks) and abs(at - index) <= _SIBLING_WINDOW:
            block = blocks[at]
            other = block.marker
            if other is not None and RANK[other.level] < rank:
                break
            if other is not None and other.level == marker.level:
                if not block.open:
                    running += 1
                elif at + 1 < len(blocks) and blocks[at + 1].marker is not None:
                    standing += 1
            at += step
    return running > standing


def _split_glued_clauses(blocks: list[Block], diagnostics: list[Diagnostic]) -> list[Block]:
    """Part a clause that swallowed the next one: …(10分);11. 完成… or …(10分)。(二)一般目标(200分)."""
    out: list[Block] = []
    for original in blocks:
        block = original
        while block.kind == "text" and block.marker is not None and block.marker.level == "item":
            cut = _next_clause(block)
            if cut is None:
                break
            head, tail = block.reading.cut(0, cut), block.reading.cut(cut)
            lead = len(tail.text) - len(tail.text.lstrip())
            tail = tail.cut(lead)
            start = tail.place(0)
            diagnostics.append(
                Diagnostic("gazette.clause-split", Message("两条印在一起，已拆开读"), Span(block.start, block.end), block.text)
            )
            out.append(Block(head, block.start, head.place(len(head.text) - 1) + 1, "text", block.marker, 0, block.blanks))
            block = Block(tail, start, block.end, "text", marker_of(tail.text), 0, 0)
        out.append(block)
    return out


def _next_clause(block: Block) -> int | None:
    assert block.marker is not None
    text = block.text
    if len(text) > 4000:
        return None
    if text[-1] in ")）*":
        match = _NEXT_GROUP.search(text)
        if match:
            return match.end()
    if text.find(str(block.marker.value + 1), block.marker.length) < 0:
        return None
    for found in _NEXT_ITEM.finditer(block.text, block.marker.length):
        if int(found["value"]) == block.marker.value + 1:
            return found.end()
    return None


def read_blocks(source: str) -> tuple[list[Block], list[Furniture], list[Diagnostic]]:
    """All blocks, the page furniture and what was joined or split, in printed order."""
    joiner = _Joiner(source)
    joiner.run()
    blocks = _settle_open_headings(joiner.blocks, joiner.diagnostics)
    blocks = _split_glued_clauses(blocks, joiner.diagnostics)
    return blocks, joiner.furniture, joiner.diagnostics
