"""Numbers of several levels: 2, 2.1, 2.1.1."""

import re
from collections.abc import Iterator

from taizhang.engines.gazette.model import Document
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.numbering.steps import UNNUMBERED, WIDTHS, Step, short
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

DECIMAL = regex(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\Z|[0-9]{1,2}(?:\.[0-9]{1,2})+\.\Z")


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
        某市突发事件应急预案

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
        某市突发事件应急预案

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
        if sum("." in node.num[1:-1] or "．" in node.num[1:-1] for node in document.walk_nodes() if node.num) < 2:
            continue
        steps = _decimal_steps(context, document)
        if sum(len(path) > 1 for path, _ in steps) > 2:
            yield from _decimal_slips(context, steps)


_Path = tuple[int, ...]
_PLAIN = regex(r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[ \u3000\t]+(?=[\u4e00-\u9fff])")


def _decimal_steps(context: ProofContext, document: Document) -> list[tuple[_Path, Step]]:
    steps: list[tuple[_Path, Step]] = []
    for node in document.walk_nodes():
        plain = re.sub(r"\s", "", node.num or "").translate(WIDTHS)
        span = short(context, node.own.start, node.own.start + max(1, len(node.num or "")))
        if node.num is None:
            match = _PLAIN.match(node.words.text)  # the reader takes a number that does not follow for plain text
            plain = match[1] if match else ""
            span = node.words.span(0, match.end(1)) if match else span
        if node.kind not in UNNUMBERED and DECIMAL.match(plain):
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


RULES = (decimal,)
