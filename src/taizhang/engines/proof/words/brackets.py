"""Brackets, quotation marks and title marks that do not pair."""

from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lines import Line, Place, lines_of, report
from taizhang.engines.proof.words.strays import once_a_document
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_CLOSING = {"（": "）", "《": "》", "〈": "〉", "“": "”", "‘": "’", "【": "】", "「": "」", "『": "』"}
_OPENING = {close: open_ for open_, close in _CLOSING.items()}
_MARKS = regex("[" + "".join(_CLOSING) + "".join(_OPENING) + "]")
_HALF_NUMBER = regex(r"(?:^|[^0-9A-Za-z（])(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,2})$")


_PAIRS = tuple(open_ + close for open_, close in _CLOSING.items())


def _is_paired(text: str) -> bool:
    """True if every bracket has its other half in the right order; the quick answer for nearly all lines."""
    marks = "".join(_MARKS.findall(text))
    length = -1
    while marks and len(marks) != length:
        length = len(marks)
        for pair in _PAIRS:
            marks = marks.replace(pair, "")
    return not marks


def _unpaired(line: Line) -> list[tuple[int, str]]:
    """Offset and mark of every bracket of a line without its other half."""
    if _is_paired(line.text):
        return []
    stack: list[tuple[int, str]] = []
    odd: list[tuple[int, str]] = []
    for match in _MARKS.finditer(line.text):
        mark = match.group()
        if mark in _CLOSING:
            stack.append((match.start(), mark))
            continue
        wanted = _OPENING[mark]
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][1] == wanted), None)
        if depth is None:
            if mark not in "）’" or not _HALF_NUMBER.search(line.text[max(0, match.start() - 4) : match.start()]):
                odd.append((match.start(), mark))
            continue
        odd.extend(stack[depth + 1 :])
        del stack[depth:]
    odd.extend(stack)
    return sorted(odd)


@rule(
    id="words.unpaired-bracket",
    severity=Severity.WARNING,
    title="括号、引号或书名号不成对",
    why="缺一半的标号使引文、文件名称或补充说明的起止不明。",
    concern=Concern.WORDS,
)
def unpaired_bracket(context: ProofContext) -> Iterator[Outcome]:
    """A bracket without its other half in the same clause, nor in the next one where a line was cut in two.

    Wrong:
        落实《城乡居民低保办法，做好审核工作。
    Right:
        落实《城乡居民低保办法》，做好审核工作：1）受理；2）审核。
    """
    lines = [line for line in lines_of(context).lines if line.text]
    odd = [_unpaired(line) for line in lines]
    for index, line in enumerate(lines):
        for offset, mark, more in _by_mark(odd[index]):
            if _is_continued(odd, index, mark) or (mark == "“" and _is_paragraph_quote(lines, odd, index)):
                continue
            is_open = mark in _CLOSING
            start, end = (offset, min(len(line.text), offset + 8)) if is_open else (max(0, offset - 8), offset + 1)
            other = _CLOSING[mark] if is_open else _OPENING[mark]
            yield report(
                unpaired_bracket,
                line,
                line.span(start, end),
                *(line.span(at, at + 1) for at in more),
                message=Message("“{mark}”没有配对的“{other}”", {"mark": mark, "other": other}),
                advice=Message("补上“{other}”，或删去“{mark}”", {"mark": mark, "other": other}),
                declared=mark,
                computed=other,
            )


def _by_mark(odd: list[tuple[int, str]]) -> Iterator[tuple[int, str, list[int]]]:
    """The first place of each kind of mark, with its other places."""
    places: dict[str, list[int]] = {}
    for offset, mark in odd:
        places.setdefault(mark, []).append(offset)
    for mark, offsets in places.items():
        yield offsets[0], mark, offsets[1:6]


def _is_continued(odd: list[list[tuple[int, str]]], index: int, mark: str) -> bool:
    """True if the other half opens or closes in the neighbouring clause: the sentence was only cut there."""
    near = index + 1 if mark in _CLOSING else index - 1
    if not 0 <= near < len(odd):
        return False
    other = _CLOSING.get(mark) or _OPENING[mark]
    return any(m == other for _, m in odd[near])


def _is_paragraph_quote(lines: list[Line], odd: list[list[tuple[int, str]]], index: int) -> bool:
    """True for a quotation of several paragraphs, each opened anew."""
    return index + 1 < len(lines) and lines[index + 1].text.startswith("“") and bool(odd[index + 1])


_MIXED = regex(r"（[^（）()\n]{1,40}\)|\([^（）()\n]{1,40}）")


@rule(
    id="words.mixed-pair",
    severity=Severity.NOTE,
    title="一对括号一半全角一半半角",
    why="成对的括号形体应一致。",
    concern=Concern.WORDS,
)
def mixed_pair(context: ProofContext) -> Iterator[Outcome]:
    """（…) or (…）; said once a document.

    Wrong:
        责任单位：统计科（市统计局)。
    Right:
        责任单位：统计科（市统计局）。
    """
    yield from once_a_document(
        context,
        mixed_pair,
        _short(lines_of(context, is_printed=True).search(_MIXED)),
        Message("有{count}处括号一半全角一半半角（“{words}”）"),
        Message("统一用全角括号"),
    )


def _short(places: Iterator[Place]) -> Iterator[Place]:
    return (place for place in places if place.end - place.start <= 42)


RULES = (unpaired_bracket, mixed_pair)
