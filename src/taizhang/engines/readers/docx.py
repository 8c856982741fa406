"""Word documents: paragraphs, tables and text boxes in order, with automatic numbers written out and tracked changes accepted.

Own reading of the XML, since python-docx neither counts lists nor knows tracked changes or text boxes. Headers and footers
belong to the page and are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from taizhang.engines.readers.errors import FileIsDamagedError, PackageIsUnsafeError
from taizhang.engines.readers.package import Package
from taizhang.engines.readers.source import Composition, Extract, Locator
from taizhang.engines.readers.superscripts import raised
from taizhang.engines.readers.word_numbering import Numbering, W, read_numbering
from taizhang.engines.readers.word_styles import Styles, read_styles
from taizhang.kernel.message import Message

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DELETED = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{W}delText", f"{W}rt", f"{_MC}Fallback"}
)
_DEEPEST = 50  # tables and text boxes inside one another
_TEXT_BOX = f"{W}txbxContent"
# Dingbats that forms use for boxes and ticks, by private character of the Wingdings fonts
_SYMBOLS = {
    0x52: "☑",
    0x53: "☒",
    0xA8: "□",
    0xFC: "✓",
    0xFB: "✗",
    0xFE: "☑",
    0x6F: "□",
    0x6E: "■",
    0x6C: "●",
    0xA1: "○",
    0x75: "◆",
    0xD8: "➢",
}
_NOTES = {
    f"{W}footnoteReference": "{count}处脚注未读入正文",
    f"{W}endnoteReference": "{count}处尾注未读入正文",
    f"{W}commentReference": "{count}处批注未读入正文",
    f"{W}ins": "{count}处修订的新增内容按已接受读入",
    f"{W}del": "{count}处修订的删除内容未读入",
    "hidden": "{count}处隐藏文字未读入",
}


def read_docx(data: bytes) -> Extract:
    """The document's text; each paragraph and table cell can be located. Raises `FileIsDamagedError`, `PackageIsUnsafeError`."""
    package = Package(data)
    main = package.main_part()
    root = package.part(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise FileIsDamagedError(what="Word文档", reason="没有正文部件")
    reader = _Reader(read_styles(package.related(main, "styles")), read_numbering(package.related(main, "numbering")))
    reader.read(body)
    return reader.text.extract(reader.notes())


class _Reader:
    """Walks a document once, in order, since numbers are counted on the way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.text = Composition()
        self._styles = styles
        self._numbering = numbering
        self._counts: Counter[str] = Counter()
        self._paragraphs = self._tables = self._depth = 0

    def read(self, container: Any) -> None:
        """Append the blocks of a body or a cell that is read as running text."""
        self._deeper()
        self._read_blocks(container)
        self._depth -= 1

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PackageIsUnsafeError(what="Word文档", reason="表格和文本框嵌套过深")

    def _read_blocks(self, container: Any) -> None:
        carried = ""  # the text of a paragraph whose end mark was deleted runs on into the next
        for block in _blocks(container):
            if block.tag == f"{W}p":
                text, boxes = self._paragraph(block)
                if _end_is_deleted(block):
                    carried += text
                else:
                    self._add_paragraph(carried + text)
                    carried = ""
                for box in boxes:
                    self.read(box)
            else:
                self._read_table(block)
        if carried:
            self._add_paragraph(carried)

    def notes(self) -> tuple[Message, ...]:
        """What was left out or taken as accepted, with how often."""
        return tuple(Message(_NOTES[kind], {"count": str(self._counts[kind])}) for kind in _NOTES if self._counts[kind])

    def _add_paragraph(self, text: str) -> None:
        text = text.strip(" \u3000\n")
        if text:
            self._paragraphs += 1
            self.text.add(text + "\n\n", Message("第{paragraph}段", {"paragraph": str(self._paragraphs)}))

    def _read_table(self, table: Any) -> None:
        rows = [_cells(row) for row in _children(table, f"{W}tr") if not _is_deleted_row(row)]
        if max((len(row) for row in rows), default=0) <= 1 and all(_span(cell) == 1 for row in rows for cell in row):
            for row in rows:  # one column: a frame around running text
                for cell in row:
                    self.read(cell)
            return
        self._tables += 1
        laid = [self._row(row, cells) for row, cells in zip(_children(table, f"{W}tr", _is_deleted_row), rows, strict=True)]
        width = max(map(len, laid), default=0)
        for r, row in enumerate(laid, start=1):
            for c, cell in enumerate([*row, *[""] * (width - len(row))], start=1):
                self.text.add(cell + ("\t" if c < width else "\n"), self._cell_locator(r, c))
        self.text.add("\n")

    def _cell_locator(self, row: int, cell: int) -> Locator:
        return Message("表{table}第{row}行第{cell}格", {"table": str(self._tables), "row": str(row), "cell": str(cell)})

    def _row(self, row: Any, cells: list[Any]) -> list[str]:
        properties = row.find(f"{W}trPr")
        out = [""] * _number(properties, "gridBefore")
        for cell in cells:
            text = self._in_one_line(cell)
            out += ["" if _continues(cell) else text, *[""] * (_span(cell) - 1)]
        return out + [""] * _number(properties, "gridAfter")

    def _in_one_line(self, cell: Any) -> str:
        """A cell's paragraphs, a nested table's cells included, set off by spaces."""
        pieces: list[str] = []
        self._deeper()
        for block in _blocks(cell):
            if block.tag == f"{W}p":
                text, boxes = self._paragraph(block)
                pieces.append(text.replace("\n", " "))
                pieces += [self._in_one_line(box) for box in boxes]
            else:
                pieces += [self._in_one_line(inner) for row in _children(block, f"{W}tr") for inner in _cells(row)]
        self._depth -= 1
        return " ".join(piece.strip(" \u3000") for piece in pieces if piece.strip(" \u3000"))

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The paragraph's text with its number, and the text boxes anchored in it."""
        out: list[str] = []
        boxes: list[Any] = []
        self._runs(paragraph, out, boxes)
        text = "".join(out)
        number = self._number_of(paragraph)
        return (number + text.lstrip(" \u3000") if number else text), boxes

    def _number_of(self, paragraph: Any) -> str:
        number_id, level = self._styles.list_of(paragraph, self._numbering.style_levels)
        return self._numbering.next(number_id, level) if number_id else ""

    def _runs(self, parent: Any, out: list[str], boxes: list[Any]) -> None:
        """Printed characters below `parent`, by an explicit stack: fields and content controls may nest at will."""
        stack = [iter(parent)]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                continue
            tag = node.tag
            if tag in _NOTES:
                self._counts[tag] += 1
            if tag == _TEXT_BOX:
                boxes.append(node)
            elif tag == f"{W}r":
                if not self._is_hidden(node):
                    before = len(out)
                    stack.append(self._run(node, out, before))
            elif tag in {f"{W}t", f"{_M}t"}:
                out.append(_text_of(node))
            elif tag in _CHARACTERS:
                out.append(_CHARACTERS[tag])
            elif tag == f"{W}sym":
                out.append(_symbol(node))
            elif tag not in _DELETED:
                stack.append(iter(node))

    def _run(self, run: Any, out: list[str], before: int) -> Iterator[Any]:
        yield from run
        if self._styles.is_raised(run):
            out[before:] = [raised("".join(out[before:]))]

    def _is_hidden(self, run: Any) -> bool:
        if not self._styles.is_hidden(run):
            return False
        self._counts["hidden"] += 1
        return True


# A tab inside a paragraph only moves on; tabs are kept for the cells of tables. A break within the line is a line break.
_CHARACTERS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}


def _text_of(node: Any) -> str:
    return (node.text or "").replace("\t", " ").replace("\n", " ").replace("\xa0", " ")


def _symbol(node: Any) -> str:
    text = node.get(f"{W}char") or ""
    code = int(text, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", text) else 0
    if code & 0xFF00 == 0xF000:
        return _SYMBOLS.get(code & 0xFF, "□")
    return chr(code) if code else ""


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs and tables directly inside, content controls and other wrappers looked through."""
    stack = [iter(container)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node.tag in {f"{W}p", f"{W}tbl"}:
            yield node
        elif node.tag not in _DELETED and node.tag not in {f"{W}sectPr", f"{W}tcPr"}:
            stack.append(iter(node))


def _children(parent: Any, tag: str, leave_out: Any = None) -> list[Any]:
    """Elements of `tag` below `parent` that no table lies between."""
    found: list[Any] = []
    stack = [iter(parent)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node.tag == tag:
            if leave_out is None or not leave_out(node):
                found.append(node)
        elif node.tag not in {f"{W}tbl", f"{W}tc", f"{W}p"}:
            stack.append(iter(node))
    return found


def _cells(row: Any) -> list[Any]:
    return _children(row, f"{W}tc")


def _number(properties: Any | None, name: str) -> int:
    child = None if properties is None else properties.find(f"{W}{name}")
    text = "" if child is None else child.get(f"{W}val") or ""
    return min(int(text), 63) if text.isascii() and text.isdigit() else 0  # Word's tables have at most 63 columns


def _span(cell: Any) -> int:
    return max(_number(cell.find(f"{W}tcPr"), "gridSpan"), 1)


def _continues(cell: Any) -> bool:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return False
    merges = [properties.find(f"{W}{name}") for name in ("vMerge", "hMerge")]
    return any(merge is not None and merge.get(f"{W}val", "continue") == "continue" for merge in merges)


def _is_deleted_row(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _end_is_deleted(paragraph: Any) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and mark.find(f"{W}del") is not None
