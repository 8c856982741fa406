"""Numbers in a row: which one slipped, how it should read, and the finding that says so.

A number is judged by its neighbours of the same kind; a list may start again at one.
"""

from dataclasses import dataclass

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Outcome, Rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

LONGEST_SPAN = 56
UNNUMBERED = frozenset({"tocItem", "title", "docNumber", "note", "signature", "docDate", "addressee", "annexList"})
WIDTHS = str.maketrans("（）．、", "()..")


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
    is_sure: bool = True  # False for a row that begins with a value of its own and goes on from it


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
    swapped: int | None = None
    for index, step in enumerate(steps):
        if index == swapped:
            continue
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
        found.append(Slip(step, before, expected, missing, last is not None or is_single))
        last = expected if is_single else step.value
        if step.value == expected + 1 and follower == expected:
            swapped = index + 1  # 1 3 2 4: said once
    return found


def chinese_numeral(value: int) -> str:
    """Chinese numeral of 0 to 9999 as clauses are numbered; a larger number stays in figures.

    >>> [chinese_numeral(n) for n in (3, 10, 17, 20, 101, 115, 1004, 1260)]
    ['三', '十', '十七', '二十', '一百零一', '一百一十五', '一千零四', '一千二百六十']
    """
    if not 0 < value < 10_000:
        return "零" if value == 0 else str(value)
    text = ""
    is_skipped = False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += "零" if is_skipped and text else ""
            text += ("" if digit == 1 and unit == "十" and not text else "零一二三四五六七八九"[digit]) + unit
        is_skipped = not digit
    return text


NUMERAL = regex(r"[〇零一二三四五六七八九十百千]+|[0-9０-９](?:\s*[0-9０-９])*|[①-⑳]")


def renumbered(printed: str, value: int) -> str:
    """`printed` with another value, in the numerals it uses.

    >>> renumbered("第十六条", 17), renumbered("(3)", 4), renumbered("⑤", 6), renumbered("三要", 4)
    ('第十七条', '(4)', '⑥', '四要')
    """
    match = NUMERAL.search(printed)
    if match is None:
        return str(value)
    numeral = match.group()
    if "①" <= numeral <= "⑳":
        new = chr(0x2460 + value - 1) if value <= 20 else str(value)
    else:
        new = str(value) if numeral[0].isdigit() else chinese_numeral(value)
    return printed[: match.start()] + new + printed[match.end() :]


def told(rule_: Rule, context: ProofContext, slip: Slip, *, severity: Severity | None = None, at: Span | None = None) -> Outcome:
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


def short(context: ProofContext, start: int, end: int) -> Span:
    """The span without leading blanks, cut to a few dozen characters."""
    while start < end - 1 and context.source[start].isspace():
        start += 1
    return Span(start, min(end, start + LONGEST_SPAN))
