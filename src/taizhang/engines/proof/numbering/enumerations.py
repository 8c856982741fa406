"""Points counted inside a sentence: 一要…二要…, 第一，…第二，…, (1)…(2)…, ①…②…."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.numbering.steps import Step, slips, told
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_POINT = regex(r"(?:^|(?<=[。；，：、！？”）…]))([一二三四五六七八九十]{1,2})(要|是|则|靠|抓)(?!否|不是)", re.M)
_ORDINAL = regex(r"(?:^|(?<=[。；，：、！？”）…]))第([一二三四五六七八九十]{1,2})(?=[，、：])", re.M)
FARTHEST = 1500  # characters of plain text between two points of one enumeration


@rule(
    id="numbering.points",
    severity=Severity.ERROR,
    title="“一要、二要、三要”不连续",
    why="列举的要点缺一个标志，读者分不清说了几条。",
    concern=Concern.STRUCTURE,
)
def points(context: ProofContext) -> Iterator[Outcome]:
    """一要…二要…三要, 一是…二是, 第一，…第二，… that leave out, repeat or misplace a point.

    Wrong:
        抓好四件事。一要摸清底数；二要建好台账；把责任压到人；四要按时销号。
    Right:
        抓好三件事。一要摸清底数；二要建好台账；三要按时销号，一抓到底。
    """
    for pattern in (_POINT, _ORDINAL):
        rows: dict[tuple[str, str], list[_Point]] = {}
        for hit in context.search(pattern):
            value = chinese_integer(hit.match[1])
            if value is None or hit.passage.table is not None:
                continue
            word = hit.match[2] if pattern is _POINT else "第"
            step = Step(value, hit.match.group(), hit.span(), hit.passage.document.id, hit.passage.node.eid)
            point = _Point(step, hit.match.start(), hit.passage)
            rows.setdefault((hit.passage.document.id, word), []).append(point)
        for row in rows.values():
            for group in _groups(row):
                yield from _point_slips(context, group)


@dataclass(frozen=True, slots=True)
class _Point:
    step: Step
    at: int
    passage: Passage


def _groups(row: list[_Point]) -> Iterator[list[_Point]]:
    """Points that belong to one enumeration: near each other, a new one at each 一."""
    group: list[_Point] = []
    for point in row:
        if group and (point.step.value == 1 or point.at - group[-1].at > FARTHEST):
            yield group
            group = []
        group.append(point)
    if group:
        yield group


def _point_slips(context: ProofContext, group: list[_Point]) -> Iterator[Outcome]:
    if group[0].step.value != 1 and len(group) == 1:
        return  # 三是 alone is an ordinary sentence
    for slip in slips([point.step for point in group]):
        index = next(i for i, point in enumerate(group) if point.step is slip.step)
        gap = _unmarked(context, group[index - 1], group[index]) if index and len(slip.missing) == 1 else None
        yield told(points, context, slip, severity=None if slip.is_sure else Severity.NOTE, at=gap)


_BREAK = regex(r"[；。]")


def _unmarked(context: ProofContext, before: _Point, after: _Point) -> Span | None:
    """Where the missing mark should stand: the clause between that begins with its word, else the only one after a semicolon."""
    if before.passage is not after.passage:
        return None
    text, offset = before.passage.text, before.passage.offset
    start, end = before.at - offset + len(before.step.printed), after.at - offset
    heads = [match.end() for match in _BREAK.finditer(text, start, end) if match.end() < end]
    word = after.step.printed[-1]
    named = [at for at in heads if text.startswith(word, at)]
    parted = [at for at in heads if text[at - 1] == "；"] or heads
    length = _sentence_length(text, before.at - offset)
    named.sort(key=lambda at: abs(_sentence_length(text, at) - length))
    place = named[0] if named else parted[0] if len(parted) == 1 else None
    return None if place is None else before.passage.span(place, min(place + 10, end))


def _sentence_length(text: str, at: int) -> int:
    match = _BREAK.search(text, at)
    return (match.end() if match else len(text)) - at


_INLINE = regex(r"(?:^|(?<=[。；：，！？）]))[（]?(?:([0-9]{1,2})[）]|([①-⑳])|(?<!（)([0-9]{1,2})(?:[、．]|\.(?![0-9])))")


@rule(
    id="numbering.inline",
    severity=Severity.ERROR,
    title="段内序号不连续",
    why="段内列举的各项缺号、重号，可能漏了内容。",
    concern=Concern.STRUCTURE,
)
def inline(context: ProofContext) -> Iterator[Outcome]:
    """(1)…(2)…, 1.…2.… and ①…②… inside one paragraph or cell.

    Wrong:
        考核内容：①组织领导；②制度建设；④工作成效。
    Right:
        考核内容：①组织领导；②制度建设；③工作成效。
    """
    for passage in context.passages:
        if len(passage.text) < 8:
            continue
        rows: dict[str, list[Step]] = {}
        for match in _INLINE.finditer(passage.text):
            value = ord(match[2]) - 0x2460 + 1 if match[2] else int(match[1] or match[3])
            kind = "circle" if match[2] else "bracket" if match[1] else "dot"
            span = passage.span(match.start(), match.end())
            rows.setdefault(kind, []).append(Step(value, match.group(), span, passage.document.id, passage.node.eid))
        for row in rows.values():
            if len(row) > 1 and row[0].value == 1:
                for slip in slips(row):
                    yield told(inline, context, slip)


RULES = (points, inline)
