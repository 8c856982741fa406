"""Web pages: what a browser would print, as lines. A block ends in a blank line, `<br>` breaks a line, a table row is one line.

lxml reads them, since .docx needs it already; what it mends of broken markup is what browsers mend.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from taizhang.engines.readers.decoding import declared_charset, decode
from taizhang.engines.readers.errors import FileIsDamagedError
from taizhang.engines.readers.html_tables import is_layout, rows_of
from taizhang.engines.readers.source import Extract
from taizhang.engines.readers.superscripts import raised

_FORM_CONTROLS = ("button", "textarea", "input", "select")
_MEDIA = ("svg", "math", "iframe", "object", "embed", "applet", "audio", "video", "canvas", "map", "frameset")
_DROPPED = frozenset(("script", "style", "noscript", "template", "head", "title", "rt", "rp", "dialog", *_FORM_CONTROLS, *_MEDIA))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SECTIONS = ("div", "section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset", "body", "html")
_LISTS = ("ul", "ol", "dl", "table", "caption", "blockquote", "pre", "address", "figure", "figcaption", "details", "summary")
_PARAGRAPHS = frozenset(("p", "center", "hr", *_HEADINGS, *_SECTIONS, *_LISTS))
_LINES = frozenset(("li", "dt", "dd", "tr", "legend", "option", "tbody", "thead", "tfoot", "td", "th"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST_TABLE = 12
_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\xad")
_NUMBERED = re.compile(r"\s*[(（]?[0-9一二三四五六七八九十]+[)）.．、]")


def read_html(data: bytes) -> Extract:
    """The page's text. Scripts, styles, form controls and what the page hides are left out; a page that hides all is read whole.

    Raises the errors of `decoding`, and `FileIsDamagedError` where nesting is deeper than any browser follows.
    """
    text, encoding, notes = decode(data, declared_charset(data))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", errors="surrogatepass"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise FileIsDamagedError(what="网页", reason="标签嵌套过深")
    if root is None:
        return Extract("", encoding, (), notes)
    lines = _Flow(skip_hidden=True).of(root) or _Flow(skip_hidden=False).of(root)
    return Extract("\n".join(lines) + ("\n" if lines else ""), encoding, (), notes)


class _Lines:
    """Lines in the making: white space is drawn together as on the page, breaks never pile up."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        self._pieces.append(text)

    def end_line(self) -> None:
        line = _SPACES.sub(" ", "".join(self._pieces)).replace("\xa0", " ").strip(" \u3000")
        self._pieces.clear()
        if line:
            self.done.append(line)

    def break_line(self) -> None:
        """A `<br>`: the second in a row leaves a blank line."""
        if "".join(self._pieces).strip(" \t\r\n\f\xa0\u3000"):
            self.end_line()
        else:
            self.end_paragraph()

    def end_paragraph(self) -> None:
        self.end_line()
        if self.done and self.done[-1]:
            self.done.append("")

    def add_row(self, row: str) -> None:
        self.end_line()
        self.done.append(row)


class _Flow:
    """Turns an element into lines. Tables nested deeper than any page's are read cell by cell, as lines."""

    def __init__(self, *, skip_hidden: bool) -> None:
        self._skip_hidden = skip_hidden
        self._depth = 0

    def of(self, element: Any) -> list[str]:
        """Lines of what is inside `element`, without blank lines at either end."""
        lines = _Lines()
        numbers: dict[Any, int] = {}
        walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                if node is not element and self._is_left_out(node):
                    walker.skip_subtree()
                elif node.tag == "table" and node is not element and self._depth < _DEEPEST_TABLE:
                    walker.skip_subtree()
                    lines.end_paragraph()
                    self._add_table(lines, node)
                else:
                    _open(lines, node, numbers)
                continue
            if event == "end":
                _close(lines, node)
            if node is not element and node.tail:
                lines.add(node.tail.translate(_UNSEEN))
        lines.end_paragraph()
        while lines.done and not lines.done[-1]:
            lines.done.pop()
        return lines.done

    def _is_left_out(self, node: Any) -> bool:
        if node.tag in _DROPPED:
            return True
        return self._skip_hidden and (node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or "")))

    def _add_table(self, lines: _Lines, table: Any) -> None:
        self._depth += 1
        self._add_table_within(lines, table)
        self._depth -= 1

    def _add_table_within(self, lines: _Lines, table: Any) -> None:
        for caption in table.iterchildren("caption"):
            for line in self.of(caption):
                lines.add_row(line)
            lines.end_paragraph()
        if is_layout(table):
            for cell in self._cells(table):
                for line in self.of(cell):
                    lines.add_row(line)
                lines.end_paragraph()
            return
        for row in rows_of(table):
            lines.add_row("\t".join("" if cell is None else self._in_one_line(cell) for cell in row))
        lines.end_paragraph()

    def _in_one_line(self, cell: Any) -> str:
        return "" if self._is_left_out(cell) else " ".join(line for line in self.of(cell) if line).replace("\t", " ")

    def _cells(self, table: Any) -> Iterator[Any]:
        for row in rows_of(table):
            yield from (cell for cell in row if cell is not None and not self._is_left_out(cell))


def _open(lines: _Lines, node: Any, numbers: dict[Any, int]) -> None:
    if node.tag == "br":
        lines.break_line()
        return
    if node.tag in _PARAGRAPHS:
        lines.end_paragraph()
    elif node.tag in _LINES:
        lines.end_line()
    text = (node.text or "").translate(_UNSEEN)
    if node.tag == "li" and (marker := _list_number(node, numbers)):
        lines.add(marker)
    lines.add(raised(text) if node.tag == "sup" and len(node) == 0 else text)


def _close(lines: _Lines, node: Any) -> None:
    if node.tag in _PARAGRAPHS and node.tag != "table":
        lines.end_paragraph()
    elif node.tag in _LINES:
        lines.end_line()


def _list_number(item: Any, numbers: dict[Any, int]) -> str:
    """What a browser prints before an item of a numbered list, unless the page's author typed a number as well."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or re.search(r"list-style(?:-type)?\s*:\s*none", parent.get("style") or ""):
        return ""
    number = _integer(item.get("value")) or numbers.get(parent, (_integer(parent.get("start")) or 1) - 1) + 1
    numbers[parent] = number
    return "" if _NUMBERED.match("".join(item.itertext())[:20]) else f"{number}. "


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text.strip()) else None
