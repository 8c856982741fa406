"""One sentence in two places of a document, a word apart: text and box, text and table of tasks."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.likeness import is_one_slip
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_SENTENCE = regex(r"[^。；！？\n]{18,120}")
_DIGIT = regex(r"[0-9]")
_END = 10  # characters two sentences have in common at one end to be compared
_MOST_ALIKE = 6  # sentences with the same end; more are a formula
_ALIKE = 0.9
_LONGEST_CHANGE = 4  # characters of a word that differs
_OUTSIDE = frozenset({"title", "tocItem", "docNumber", "addressee", "signature", "annexList"})


@rule(
    id="passage.two-ways",
    severity=Severity.NOTE,
    title="同一句话在两处写法不一",
    why="正文与专栏、任务表说的是同一件事，一个词不同，执行时不知道以哪个为准。",
    concern=Concern.WORDS,
)
def two_ways(context: ProofContext) -> Iterator[Outcome]:
    """A long sentence of the text that a box, a table of tasks or an annex repeats but for one word.

    Wrong:
        云门市助残规划

        一、主要任务

        做到每个乡镇图书场馆、健身场馆、综合文化场馆至少建成一处，全市不留空白。

        专栏1 重点项目

        做到每个乡镇文化场馆、健身场馆、综合文化场馆至少建成一处，全市不留空白。
    Right:
        云门市助残规划

        一、主要任务

        做到每个乡镇图书场馆、健身场馆、综合文化场馆至少建成一处，全市不留空白。

        专栏1 重点项目

        做到每个乡镇图书场馆、健身场馆、综合文化场馆至少建成一处，全市不留空白。
    """
    ends: dict[tuple[str, str], list[tuple[str, Passage, int]]] = {}
    seen: set[tuple[str, str]] = set()
    for passage in context.passages:
        if passage.node.kind in _OUTSIDE or context.item_of(passage) is not None:
            continue
        document = context.outermost(passage.document).id
        for match in _SENTENCE.finditer(passage.text):
            words = match.group()
            if (document, words) in seen:
                continue
            seen.add((document, words))
            yield from _compared(context, ends, document, (words, passage, match.start()))


def _compared(
    context: ProofContext,
    ends: dict[tuple[str, str], list[tuple[str, Passage, int]]],
    document: str,
    here: tuple[str, Passage, int],
) -> Iterator[Outcome]:
    words = here[0]
    is_told = False
    for end in (words[:_END], words[-_END:]):
        alike = ends.setdefault((document, end), [])
        for there in alike:
            if not is_told and _are_apart(here[1], there[1]) and (change := _change(words, there[0])) is not None:
                is_told = True
                yield _finding(context, here, there, change)
        if len(alike) < _MOST_ALIKE:
            alike.append(here)


def _are_apart(one: Passage, other: Passage) -> bool:
    """One restates the other: a box, a table or an annex the text, or one another. Not rows of one table."""
    if one.node is other.node or (one.table is not None and one.table is other.table):
        return False
    return _restates(one) != _restates(other) or (_restates(one) != "" and one.headings != other.headings)


def _restates(passage: Passage) -> str:
    if passage.table is not None:
        return passage.table.eid
    if passage.document.role == "annex":
        return passage.document.id
    return next((node.eid for node in reversed(passage.headings) if node.kind == "box"), "")


def _change(here: str, there: str) -> tuple[int, int, int, int] | None:
    """Where the two differ, if by one word and by no figure; one lost or changed character is another rule's finding."""
    if abs(len(here) - len(there)) > _LONGEST_CHANGE or is_one_slip(here, there):
        return None
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return None
    changes = [code[1:] for code in matcher.get_opcodes() if code[0] != "equal"]
    start, end, other_start, other_end = changes[0][0], changes[-1][1], changes[0][2], changes[-1][3]
    is_short = max(end - start, other_end - other_start) <= _LONGEST_CHANGE
    has_figures = _DIGIT.search(here[start:end] + there[other_start:other_end]) is not None
    return (start, end, other_start, other_end) if is_short and not has_figures else None


def _finding(
    context: ProofContext, here: tuple[str, Passage, int], there: tuple[str, Passage, int], change: tuple[int, int, int, int]
) -> Outcome:
    start, end, other_start, other_end = change
    spans = []
    quotes = []
    for (words, passage, offset), first, last in ((here, start, end), (there, other_start, other_end)):
        first, last = max(0, first - 4), min(len(words), last + 4)
        spans.append(passage.span(offset + first, offset + last))
        quotes.append(words[first:last])
    return context.finding(
        two_ways,
        *spans,
        message=Message("这里是“{here}”，另一处同一句话是“{there}”", {"here": quotes[0], "there": quotes[1]}),
        advice=Message("核对后统一"),
        declared=quotes[0],
        computed=quotes[1],
        passage=here[1],
    )


RULES = (two_ways,)
