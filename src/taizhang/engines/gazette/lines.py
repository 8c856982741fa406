"""The printed lines of a text: where each begins and ends, and what is page furniture or a table row."""

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.kernel.patterns import regex

_LINE = regex(r"[^\r\n\f\v\u2028\u2029\x85]+")
_BREAK = regex(r"\r\n|[\r\n\f\v\u2028\u2029\x85]")
_EMPHASIS_ONLY = regex(r"[*_#\-=~`\s]*\Z")
_OPENERS = frozenset("-—–－·•第(（续<*_#=~`+▪◆■ ")
_PAGE_NUMBER = regex(
    r"[\-—–－·•]{1,3}\s*\d{1,4}\s*[\-—–－·•]{1,3}\Z|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?\Z|\d{1,4}\s*/\s*\d{1,4}\Z"
)
_CONTINUED = regex(r"[(（]?\s*续\s*表?\s*[一二三四五六七八九十\d]{0,3}\s*[)）]?\Z|[(（]\s*接上\s*[页表]\s*[)）]\Z")
_COMMENT = regex(r"<!--.*-->\Z")
_MARKDOWN_HEAD = regex(r"#{1,6}\s+")
_BULLET = regex(r"[-*+•·▪◆■]\s+(?=[(（]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s*[)）、.．])")


@dataclass(slots=True)
class Line:
    """A printed line: `text` without outer blanks and layout marks, at `start` of the source; `kind` blank lines left out.

    `blanks` counts the empty lines before it; `depth` is the Markdown heading depth, 0 for none; kind: text, row or furniture.
    """

    text: str
    start: int
    blanks: int
    kind: str
    depth: int = 0

    @property
    def end(self) -> int:
        """Source offset after its last character."""
        return self.start + len(self.text)


def printed_lines(source: str) -> Iterator[Line]:
    """The non-blank lines of `source` in order."""
    blanks = 0
    position = 0
    for match in _LINE.finditer(source):
        at = match.start()
        blanks += _breaks(source[position:at]) - 1 if position else _breaks(source[:at])
        position = match.end()
        raw = match.group()
        text = raw.strip()
        if (text and text[0] in "\ufeff\u200b") or text[-1:] in ("\ufeff", "\u200b"):
            text = text.strip("\ufeff\u200b")
        if not text:
            blanks += 1
            continue
        yield _classified(raw, text, at, blanks)
        blanks = 0


def _breaks(between: str) -> int:
    """How many line breaks stand between two lines."""
    return len(_BREAK.findall(between)) if between.strip("\n") else len(between)


def is_bar_row(text: str) -> bool:
    """True for a Markdown table row: cells between bars."""
    return text[:1] == "|" and text.count("|") >= 3 and "\t" not in text


def _classified(raw: str, text: str, at: int, blanks: int) -> Line:
    start = at + raw.index(text)
    if "\t" in raw:
        body = raw.rstrip(" \r\u3000")
        inner = body.strip("\t ")
        if "\t" in inner or body.count("\t") > 1 or (body.endswith("\t") and len(inner) <= 120):
            lead = len(raw) - len(raw.lstrip(" \u3000"))
            return Line(body[lead:], at + lead, blanks, "row")
    if is_bar_row(text):
        return Line(text, start, blanks, "row")
    first = text[0]
    # most lines open with a character of a word; only what opens otherwise can be furniture or carry a layout mark
    if first not in _OPENERS and not first.isdigit():
        return Line(text, start, blanks, "text")
    if _PAGE_NUMBER.match(text) or _CONTINUED.match(text) or _COMMENT.match(text) or _EMPHASIS_ONLY.match(text):
        return Line(text, start, blanks, "furniture")
    depth = 0
    head = _MARKDOWN_HEAD.match(text)
    if head:
        depth = head.group().count("#")
        text, start = text[head.end() :], start + head.end()
    bullet = _BULLET.match(text)
    if bullet:
        text, start = text[bullet.end() :], start + bullet.end()
    return Line(text, start, blanks, "text", depth)
