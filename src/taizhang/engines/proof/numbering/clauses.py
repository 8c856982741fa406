"""Numbers of clauses: 第X章, 第X条, 一、(一) 1. (1) ①. Items may run on through groups, articles through chapters."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.engines.gazette.model import Document, Node
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.numbering.decimals import DECIMAL
from taizhang.engines.proof.numbering.steps import NUMERAL, UNNUMBERED, WIDTHS, Step, short, slips, told
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span


@rule(
    id="numbering.clause",
    severity=Severity.ERROR,
    title="条款序号不连续",
    why="缺号、重号使条款无法准确引用，也可能漏排了一条。",
    concern=Concern.STRUCTURE,
)
def clause(context: ProofContext) -> Iterator[Outcome]:
    """Numbers of chapters, articles, 一、(一) 1. (1) ① and decimals that leave out, repeat or misplace a value.

    Wrong:
        某市人民政府关于加强管理的通知

        一、总体要求

        坚持统筹推进。

        二、主要任务

        坚持分类施策。

        四、保障措施

        加强组织领导。
    Right:
        某市人民政府关于加强管理的通知

        一、总体要求

        坚持统筹推进。

        二、主要任务

        坚持分类施策。

        三、保障措施

        加强组织领导。
    """
    for document in context.documents:
        for row in _rows_of_clauses(context, document):
            for slip in slips(row.steps, may_start_at=row.may_start_at):
                is_start = slip.step is row.steps[0]
                if is_start and (row.kind.startswith("point") or (row.kind.startswith("article") and row.may_start_at is None)):
                    continue  # an extract may begin anywhere
                yield told(clause, context, slip, severity=Severity.NOTE if is_start and not slip.is_sure else None)


@dataclass(slots=True)
class _Row:
    kind: str
    steps: list[Step]
    may_start_at: int | None


def _rows_of_clauses(context: ProofContext, document: Document) -> list[_Row]:
    """Rows of numbers of one kind under one clause; a row that goes on from the one before (items through groups, articles
    through chapters) is joined to it."""
    latest: dict[str, _Row] = {}
    rows: list[_Row] = []
    glued: list[tuple[str, Step]] = []
    stack: list[tuple[Node, ...]] = [document.nodes]
    while stack:
        siblings = stack.pop()
        here: set[str] = set()
        for node in siblings:
            glued.extend(_glued(document, node))
            step = _step(context, document, node)
            kind = _kind(node)
            if step is None or kind is None:
                continue
            row = latest.get(kind)
            if row is None or (kind not in here and step.value <= row.steps[-1].value):
                row = _Row(kind, [], row.steps[-1].value + 1 if row else None)
                latest[kind] = row
                rows.append(row)
            here.add(kind)
            row.steps.append(step)
        stack.extend(node.children for node in reversed(siblings) if node.children)
    _insert(rows, glued)
    return rows


_GLUED = regex(
    r"(?P<mark>[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.．、](?![0-9]))"
    r"\s*(?=[\u4e00-\u9fff“《])(?![项款目条章、至和或])"
)


def _glued(document: Document, node: Node) -> Iterator[tuple[str, Step]]:
    """Numbers at the head of a printed line that the reader took for plain text, because they did not follow."""
    if (len(node.words.at) < 2 and node.num is not None) or node.kind in UNNUMBERED:
        return
    for index, (words, source) in enumerate(node.words.pieces()):
        match = _GLUED.match(words) if index or node.num is None else None
        if match is None:
            continue
        numeral = NUMERAL.search(match["mark"])
        value = numeral and (int(numeral.group()) if numeral.group().isdigit() else chinese_integer(numeral.group()))
        if numeral is not None and value is not None:
            shape = match["mark"].translate(WIDTHS)
            level = (
                ("item" if "." in shape else "subitem")
                if numeral.group().isdigit()
                else "section"
                if "." in shape
                else "subsection"
            )
            span = Span(source, source + match.end("mark"))
            yield level + NUMERAL.sub("", shape), Step(value, match["mark"], span, document.id, node.eid)


def _insert(rows: list[_Row], glued: list[tuple[str, Step]]) -> None:
    """Put steps where they stand in print: each after the nearest of its kind."""
    for kind in {kind for kind, _ in glued}:
        of_kind = [row for row in rows if row.kind == kind]
        places = sorted((step.span.start, index) for index, row in enumerate(of_kind) for step in row.steps)
        for step in (step for k, step in glued if k == kind):
            at = bisect_left(places, (step.span.start, 0)) - 1
            if at >= 0:
                of_kind[places[at][1]].steps.append(step)
        for row in of_kind:
            row.steps.sort(key=lambda step: step.span)


_BOX = regex(r"专栏\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})")


def _step(context: ProofContext, document: Document, node: Node) -> Step | None:
    if node.kind == "box" and node.num is None:
        match = _BOX.match(node.words.text)
        value = match and (int(match[1]) if match[1].isdigit() else chinese_integer(match[1]))
        return Step(value, match.group(), node.words.span(0, match.end()), document.id, node.eid) if match and value else None
    if node.num is None or node.value is None or node.kind in UNNUMBERED or "之" in node.num:
        return None
    span = short(context, node.own.start, node.own.start + len(node.num))
    return Step(node.value, node.num.strip(), span, document.id, node.eid)


def _kind(node: Node) -> str | None:
    """Rows are kept apart by kind and by how the number is written: 1. is not (1), 一、 not (一). None for 1 and 1.1, which
    `decimal` reads."""
    plain = re.sub(r"\s", "", node.num or "").translate(WIDTHS)
    return None if DECIMAL.match(plain) else node.kind + NUMERAL.sub("", plain)


RULES = (clause,)
