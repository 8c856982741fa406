"""Numbers that count clauses, rows, annexes and points in a sentence: gaps, repeats, wrong order, wrong start.

A number is judged by its neighbours of the same kind. Items may run on through the groups of a sheet, articles through chapters;
a list may start again at one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from taizhang.engines.gazette.model import Cell, Document, Node, Table
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.spans import Span

LONGEST_SPAN = 56
_UNNUMBERED = frozenset({"tocItem", "title", "docNumber", "note", "signature", "docDate", "addressee", "annexList"})


@dataclass(frozen=True, slots=True)
class Step:
    """A printed number in its row of numbers: its value, its words and where it stands."""

    value: int
    printed: str
    span: Span
    document: str | None
    eid: str | None


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that does not follow the one before. `expected` is what should stand there; `missing` are values left out."""

    step: Step
    before: Step | None
    expected: int
    missing: tuple[int, ...]


def slips(steps: list[Step], *, may_start_at: int | None = None) -> list[Slip]:
    """Where a row of numbers goes wrong. `may_start_at` is an allowed first value beside 1.

    One wrong number among right ones (1 2 9 4) is one slip, a number left out (1 2 4 5) too; a new start at 1 is none.

    >>> row = lambda *values: [Step(v, str(v), Span(0, 1), None, None) for v in values]
    >>> [(s.step.value, s.expected, s.missing) for s in slips(row(1, 2, 4, 5))]
    [(4, 3, (3,))]
    >>> [(s.step.value, s.expected, s.missing) for s in slips(row(1, 2, 9, 4))]
    [(9, 3, ())]
    >>> [(s.step.value, s.expected) for s in slips(row(1, 2, 2, 3))], slips(row(1, 2, 3, 1, 2)), slips(row(4, 5), may_start_at=4)
    ([(2, 3)], [], [])
    """
    found: list[Slip] = []
    last: int | None = None
    for index, step in enumerate(steps):
        follower = steps[index + 1].value if index + 1 < len(steps) else None
        before = steps[index - 1] if index else None
        expected = 1 if last is None else last + 1
        if step.value == expected or (last is None and step.value == may_start_at):
            last = step.value
            continue
        if step.value == 1 and last != 1 and follower == 2 and follower != expected + 1:
            last = 1  # a new list
            continue
        if last is None and may_start_at is not None:
            expected = may_start_at
        is_single = follower == expected + 1 and step.value != expected
        is_gap = step.value > expected and not is_single
        missing = tuple(range(expected, step.value)) if is_gap and step.value - expected < 10 else ()
        found.append(Slip(step, before, expected, missing))
        last = expected if is_single else step.value
    return found


def chinese_numeral(value: int) -> str:
    """Chinese numeral of 0 to 999 as clauses are numbered.

    >>> [chinese_numeral(n) for n in (3, 10, 17, 20, 101, 115)]
    ['三', '十', '十七', '二十', '一百零一', '一百一十五']
    """
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones or not text else "")


_VALUE = re.compile(r"[〇零一二三四五六七八九十百千]+|[0-9０-９](?:\s*[0-9０-９])*|[①-⑳]")


def renumbered(printed: str, value: int) -> str:
    """`printed` with another value, in the numerals it uses.

    >>> renumbered("第十六条", 17), renumbered("(3)", 4), renumbered("⑤", 6), renumbered("三要", 4)
    ('第十七条', '(4)', '⑥', '四要')
    """
    match = _VALUE.search(printed)
    if match is None:
        return str(value)
    numeral = match.group()
    if "①" <= numeral <= "⑳":
        new = chr(0x2460 + value - 1) if value <= 20 else str(value)
    else:
        new = str(value) if numeral[0].isdigit() else chinese_numeral(value)
    return printed[: match.start()] + new + printed[match.end() :]


def _told(rule_: Rule, context: ProofContext, slip: Slip, *, severity: Severity | None = None, at: Span | None = None) -> Outcome:
    """The finding of a slip. `at` is the place to mend, where that is not the number found."""
    step, before = slip.step, slip.before
    expected = renumbered(step.printed, slip.expected)
    if before is not None and step.value == before.value:
        message = Message("序号“{printed}”重复", {"printed": step.printed})
    elif slip.missing and before is not None:
        message = Message(
            "序号由“{before}”跳到“{printed}”，缺“{missing}”",
            {
                "before": before.printed,
                "printed": step.printed,
                "missing": "、".join(renumbered(step.printed, v) for v in slip.missing),
            },
        )
    elif before is None:
        message = Message("序号从“{printed}”开始，前面没有“{expected}”", {"printed": step.printed, "expected": expected})
    else:
        message = Message(
            "序号“{printed}”接在“{before}”之后，应为“{expected}”",
            {"printed": step.printed, "before": before.printed, "expected": expected},
        )
    spans = [step.span] if at is None else [at, step.span]
    if before is not None and before.span not in spans:
        spans.append(before.span)
    return context.finding(
        rule_,
        *spans,
        message=message,
        advice=Message("改为“{expected}”并顺延，或补上漏掉的一项", {"expected": expected}),
        declared=step.printed,
        computed=expected,
        document=step.document,
        eid=step.eid,
        severity=severity,
    )


def _short(context: ProofContext, start: int, end: int) -> Span:
    """The span without leading blanks, cut to a few dozen characters."""
    while start < end - 1 and context.source[start].isspace():
        start += 1
    return Span(start, min(end, start + LONGEST_SPAN))


# Clauses


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
                yield _told(clause, context, slip, severity=Severity.WARNING if is_start else None)


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
    for kind, step in glued:
        _insert(rows, kind, step)
    return rows


_GLUED = re.compile(
    r"(?P<mark>[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.．、](?![0-9]))"
    r"\s*(?=[\u4e00-\u9fff“《])(?![项款目条章、至和或])"
)


def _glued(document: Document, node: Node) -> Iterator[tuple[str, Step]]:
    """Numbers at the head of a printed line that the reader took for plain text, because they did not follow."""
    if (len(node.words.at) < 2 and node.num is not None) or node.kind in _UNNUMBERED:
        return
    for index, (words, source) in enumerate(node.words.pieces()):
        match = _GLUED.match(words) if index or node.num is None else None
        if match is None:
            continue
        numeral = _VALUE.search(match["mark"])
        value = numeral and (int(numeral.group()) if numeral.group().isdigit() else chinese_integer(numeral.group()))
        if numeral is not None and value is not None:
            shape = match["mark"].translate(_WIDTHS)
            level = (
                ("item" if "." in shape else "subitem")
                if numeral.group().isdigit()
                else "section"
                if "." in shape
                else "subsection"
            )
            span = Span(source, source + match.end("mark"))
            yield level + _VALUE.sub("", shape), Step(value, match["mark"], span, document.id, node.eid)


def _insert(rows: list[_Row], kind: str, step: Step) -> None:
    """Put a step where it stands in print: after the nearest step of its kind."""
    nearest: tuple[int, _Row, int] | None = None
    for row in rows:
        if row.kind != kind:
            continue
        before = [index for index, other in enumerate(row.steps) if other.span.start < step.span.start]
        if before and (nearest is None or row.steps[before[-1]].span.start > nearest[0]):
            nearest = (row.steps[before[-1]].span.start, row, before[-1])
    if nearest is not None:
        nearest[1].steps.insert(nearest[2] + 1, step)


_BOX = re.compile(r"专栏\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})")
_WIDTHS = str.maketrans("（）．、", "()..")


def _step(context: ProofContext, document: Document, node: Node) -> Step | None:
    if node.kind == "box" and node.num is None:
        match = _BOX.match(node.words.text)
        value = match and (int(match[1]) if match[1].isdigit() else chinese_integer(match[1]))
        return Step(value, match.group(), node.words.span(0, match.end()), document.id, node.eid) if match and value else None
    if node.num is None or node.value is None or node.kind in _UNNUMBERED or "之" in node.num:
        return None
    span = _short(context, node.own.start, node.own.start + len(node.num))
    return Step(node.value, node.num.strip(), span, document.id, node.eid)


def _kind(node: Node) -> str | None:
    """Rows are kept apart by kind and by how the number is written: 1. is not (1), 一、 not (一). None for 1 and 1.1, which
    `decimal` reads."""
    plain = re.sub(r"\s", "", node.num or "").translate(_WIDTHS)
    return None if _DECIMAL.match(plain) else node.kind + _VALUE.sub("", plain)


_DECIMAL = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\Z|[0-9]{1,2}(?:\.[0-9]{1,2})+\.\Z")


@rule(
    id="numbering.decimal",
    severity=Severity.ERROR,
    title="分级序号不连续",
    why="1.1、1.1.1这类序号跳号或挂错上级，条款无法准确引用。",
    concern=Concern.STRUCTURE,
)
def decimal(context: ProofContext) -> Iterator[Outcome]:
    """Numbers such as 2, 2.1, 2.1.1 that do not follow the one before, at their own level or under their head.

    Wrong:
        1　总则

        1.1　编制目的

        为有效应对突发事件，制定本预案。

        1.2　工作原则

        统一领导、分级负责。

        2　组织体系

        3.1　指挥机构

        设立应急指挥部。

        2.2　工作职责

        负责应急处置。
    Right:
        1　总则

        1.1　编制目的

        为有效应对突发事件，制定本预案。

        1.2　工作原则

        统一领导、分级负责。

        2　组织体系

        2.1　指挥机构

        设立应急指挥部。

        2.2　工作职责

        负责应急处置。
    """
    for document in context.documents:
        steps = _decimal_steps(context, document)
        if sum(len(path) > 1 for path, _ in steps) > 2:
            yield from _decimal_slips(context, steps)


_Path = tuple[int, ...]
_PLAIN_DECIMAL = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[ \u3000\t]+(?=[\u4e00-\u9fff])")


def _decimal_steps(context: ProofContext, document: Document) -> list[tuple[_Path, Step]]:
    steps: list[tuple[_Path, Step]] = []
    for node in document.walk_nodes():
        plain = re.sub(r"\s", "", node.num or "").translate(_WIDTHS)
        span = _short(context, node.own.start, node.own.start + max(1, len(node.num or "")))
        if node.num is None:
            match = _PLAIN_DECIMAL.match(node.words.text)  # the reader takes a number that does not follow for plain text
            plain = match[1] if match else ""
            span = node.words.span(0, match.end(1)) if match else span
        if node.kind not in _UNNUMBERED and _DECIMAL.match(plain):
            path = tuple(int(part) for part in plain.rstrip(".").split("."))
            steps.append((path, Step(path[-1], plain, span, document.id, node.eid)))
    return steps


def _followers(path: _Path) -> set[_Path]:
    """What may come next: one deeper, or the next at this or any outer level."""
    return {(*path, 1)} | {(*path[: depth - 1], path[depth - 1] + 1) for depth in range(1, len(path) + 1)}


def _decimal_slips(context: ProofContext, steps: list[tuple[_Path, Step]]) -> Iterator[Outcome]:
    last, before = steps[0]
    for index, (path, step) in enumerate(steps[1:], 1):
        allowed = _followers(last)
        if path in allowed:
            last, before = path, step
            continue
        expected = next((p for p in allowed if len(p) == len(path)), None)
        follower = steps[index + 1][0] if index + 1 < len(steps) else None
        meant = ".".join(map(str, expected)) if expected else None
        yield context.finding(
            decimal,
            step.span,
            before.span,
            message=Message(
                "序号“{printed}”接在“{before}”之后，应为“{expected}”",
                {"printed": step.printed, "before": before.printed, "expected": meant or "上一级的下一号"},
            ),
            advice=Message("改正序号，或补上漏掉的一项"),
            declared=step.printed,
            computed=meant,
            document=step.document,
            eid=step.eid,
        )
        is_single = expected is not None and follower is not None and follower in _followers(expected)
        last, before = (expected if is_single and expected else path), step


# Enumerations inside sentences

_POINT = re.compile(r"(?:^|(?<=[。；，：、！？”）…]))([一二三四五六七八九十]{1,2})(要|是|则|靠|抓)(?!否|不是)", re.M)
_ORDINAL = re.compile(r"(?:^|(?<=[。；，：、！？”）…]))第([一二三四五六七八九十]{1,2})(?=[，、：])", re.M)
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
        yield _told(points, context, slip, severity=Severity.WARNING if slip.before is None else None, at=gap)


_BREAK = re.compile(r"[；。]")


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


_INLINE = re.compile(r"(?:^|(?<=[。；：，！？）]))[（]?(?:([0-9]{1,2})[）]|([①-⑳])|(?<!（)([0-9]{1,2})(?:[、．]|\.(?![0-9])))")


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
                    yield _told(inline, context, slip)


# Rows of tables

_NUMBER_TITLE = re.compile(r"序号|编号|项次|No\.?|№", re.I)


@rule(
    id="numbering.row",
    severity=Severity.ERROR,
    title="表格序号不连续",
    why="表中缺号、重号，行数与序号对不上，统计和引用都会错。",
    concern=Concern.STRUCTURE,
)
def row(context: ProofContext) -> Iterator[Outcome]:
    """The 序号 column of a table: a number left out, repeated or missing.

    Wrong:
        序号\t任务\t单位
        1\t建台账\t市教育局
        2\t抓整改\t市民政局
        2\t促提升\t市财政局
        4\t严考核\t市审计局
    Right:
        序号\t任务\t单位
        1\t建台账\t市教育局
        2\t抓整改\t市民政局
        3\t促提升\t市财政局
        4\t严考核\t市审计局
    """
    for document in context.documents:
        for table in document.tables:
            column = _number_column(table)
            if column is not None:
                for steps in _row_steps(document, table, column):
                    for slip in slips(steps):
                        yield _told(row, context, slip, severity=Severity.WARNING if slip.before is None else None)


def _number_column(table: Table) -> int | None:
    for index, title in enumerate(table.columns[:2]):
        if _NUMBER_TITLE.search(title.replace(" ", "").replace("\u3000", "")):
            return index
    values = [_whole(row_.cells[0]) for row_ in table.rows if row_.cells and row_.cells[0].text]
    numbers = [value for value in values if value is not None]
    if len(numbers) > 3 and len(numbers) >= 0.8 * len(values) and numbers[0] == 1 and _is_mostly_rising(numbers):
        return 0
    return None


def _is_mostly_rising(numbers: list[int]) -> bool:
    return sum(b == a + 1 for a, b in pairwise(numbers)) >= 0.7 * (len(numbers) - 1)


def _whole(cell: Cell) -> int | None:
    text = cell.text.strip().rstrip(".．、")
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    return chinese_integer(text) if 0 < len(text) < 4 else None


def _row_steps(document: Document, table: Table, column: int) -> tuple[list[Step], list[Step]]:
    """Figures, and the Chinese numerals that head groups of rows (一、 among 1 2 3)."""
    steps: list[Step] = []
    for row_ in table.rows:
        cell = row_.cells[column] if column < len(row_.cells) else None
        value = _whole(cell) if cell and not cell.continues else None
        if cell is not None and value is not None:
            steps.append(Step(value, cell.text.strip(), cell.span, document.id, table.eid))
    return [s for s in steps if s.printed[0].isdigit()], [s for s in steps if not s.printed[0].isdigit()]


RULES = (clause, decimal, points, inline, row)
