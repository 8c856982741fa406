"""Annexes: cited and not there, cited for one another, listed after the text otherwise than printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from weakref import WeakKeyDictionary

from taizhang.engines.gazette.model import Document, Node
from taizhang.engines.proof.context import Hit, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.citing import value_of
from taizhang.engines.proof.names.likeness import longest_shared
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

LONGEST = 48
NUMERAL = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_LABEL = regex(rf"附(?:件|表|录)?(?P<n>{NUMERAL})?")
_CITED = regex(
    rf"附件(?P<n>{NUMERAL})(?P<more>(?:[、和及与]{NUMERAL}(?![0-9]*[年月日个项条.％%]))*)(?:(?:至|—|-|~)(?:附件)?(?P<last>{NUMERAL}))?"
)
_LISTED = regex(r"(?:附件[：:]?)?(?P<n>[0-9]{1,2})[.．、](?P<title>.+)|附件[：:](?P<only>.+)")
_NOT_HAN = regex(r"[^\u4e00-\u9fff0-9]")
_FRAME = frozenset({"annexLabel", "annexList", "tocItem", "title", "note"})


def core(text: str) -> str:
    """Han characters and digits of a title: what two printings of it have in common.

    >>> core("县（市、区）评价指标"), core("《某市评价办法（试行）》")
    ('县市区评价指标', '某市评价办法试行')
    """
    return _NOT_HAN.sub("", text)


@dataclass(frozen=True, slots=True)
class Listed:
    """An annex as the list after the text names it (附件说明)."""

    number: int | None
    title: str
    node: Node


@dataclass(frozen=True, slots=True)
class Printed:
    """An annex as printed. `words` tell whom it is for: title and the lines in brackets under it."""

    number: int | None
    document: Document
    words: str


@dataclass(frozen=True, slots=True)
class Annexes:
    """What one document published by itself lists and prints as annexes. `carrier` is the document they belong to."""

    carrier: Document
    listed: tuple[Listed, ...]
    printed: tuple[Printed, ...]

    @property
    def numbers(self) -> dict[int, Printed]:
        """Printed annexes by number."""
        return {p.number: p for p in self.printed if p.number is not None}


_KEPT: WeakKeyDictionary[ProofContext, dict[str, Annexes]] = WeakKeyDictionary()


def annexes_of(context: ProofContext, document: Document) -> Annexes:
    """The annexes a document means by 附件N: those of the document published by itself that holds it."""
    kept = _KEPT.setdefault(context, {})
    outermost = context.outermost(document)
    if outermost.id not in kept:
        kept[outermost.id] = _annexes(outermost)
    return kept[outermost.id]


def _annexes(outermost: Document) -> Annexes:
    printed: list[Printed] = []
    listed: list[Listed] = []
    carrier = outermost
    for document in outermost.walk():
        if document.role == "annex":
            printed.append(_printed(document))
            continue
        found = [entry for node in document.walk_nodes() if node.kind == "annexList" and (entry := _listed(node))]
        if found or any(d.role == "annex" for d in document.documents):
            listed, carrier = [*listed, *found], document
    return Annexes(carrier, tuple(listed), tuple(printed))


def _printed(document: Document) -> Printed:
    label = next((node for node in document.nodes if node.kind == "annexLabel"), None)
    match = _LABEL.match(plain_of(label.words.text).text) if label else None
    notes = [node.words.text for node in document.nodes if node.kind == "note"]
    return Printed(value_of(match["n"]) if match else None, document, core(document.title + "".join(notes)))


def _listed(node: Node) -> Listed | None:
    text = (plain_of(node.num).text if node.num else "") + plain_of(node.words.text).text
    match = _LISTED.match(text)
    if match is None:
        return None
    return Listed(value_of(match["n"]), match["title"] or match["only"] or "", node)


def _citations(context: ProofContext) -> Iterator[tuple[Hit, tuple[int, ...]]]:
    """Every 附件N of running text and cells, with the numbers it names."""
    for hit in context.search(_CITED):
        if hit.passage.node.kind in _FRAME or hit.passage.text[: hit.start()].endswith("》"):
            continue
        first = value_of(hit["n"]) or 0
        last = value_of(hit["last"])
        more = tuple(v for part in re.findall(NUMERAL, hit["more"] or "") if (v := value_of(part)))
        yield hit, tuple(range(first, last + 1)) if last and first < last < first + 30 else (first, *more)


@rule(
    id="reference.annex-absent",
    severity=Severity.ERROR,
    title="引用的附件不存在",
    why="照着引用找不到附件。",
    concern=Concern.STRUCTURE,
)
def annex_absent(context: ProofContext) -> Iterator[Outcome]:
    """附件N in the text where the document has numbered annexes, or a list of them, without N. Not printed at all: a note, once.

    Wrong:
        云门市评价办法

        第一条 名单见附件3。

        附件:1.评价单位名单

        2.评价指标

        附件1

        评价单位名单

        市教育局、市民政局、市水利局。

        附件2

        评价指标

        组织领导、主动公开。
    Right:
        云门市评价办法

        第一条 名单见附件1，指标见附件2。

        附件:1.评价单位名单

        2.评价指标

        附件1

        评价单位名单

        市教育局、市民政局、市水利局。

        附件2

        评价指标

        组织领导、主动公开。
    """
    said: set[str] = set()
    for hit, numbers in _citations(context):
        annexes = annexes_of(context, hit.passage.document)
        listed = {entry.number for entry in annexes.listed if entry.number}
        missing = [n for n in numbers if n not in annexes.numbers and n not in listed]
        if not missing or (annexes.printed and not annexes.numbers and missing == [1]):
            continue
        known = sorted({*annexes.numbers, *listed})
        if not known:
            if annexes.carrier.id in said:
                continue
            said.add(annexes.carrier.id)
        yield context.finding(
            annex_absent,
            hit.span(),
            message=Message("没有附件{n}，附件到{last}为止", {"n": str(missing[0]), "last": str(known[-1])})
            if known
            else Message("正文引用附件{n}，这里没有刊出附件", {"n": str(missing[0])}),
            advice=Message("核对附件序号，或补上附件"),
            declared=hit.match.group(),
            computed="、".join(map(str, known)) or None,
            passage=hit.passage,
            severity=None if known else Severity.NOTE,
        )


# Annexes cited for one another

_SENTENCE_END = regex(r"[。；\n]")
SEGMENT = regex(r"[，。；：\n]")
_RESPECTIVELY = regex(r"分别|依次")
_FEWEST = 3  # characters only one annex shares with the clause


def _own_words(text: str, annex: Printed, others: list[Printed]) -> str:
    """The longest run of characters (two at least) of the text that stands in this annex's title and in no other's."""
    words = annex.words[:60]
    for size in range(min(len(words), len(text)), 1, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if run in text and not any(run in other.words for other in others):
                return run
    return ""


@rule(
    id="reference.annex-swapped",
    severity=Severity.ERROR,
    title="引用的附件不是这一个",
    why="按引用找到的附件是给别的对象用的，照着做就全错了。",
    concern=Concern.WHO,
)
def annex_swapped(context: ProofContext) -> Iterator[Outcome]:
    """A clause that cites one annex in the words of another's title, or two 分别 in the wrong order.

    Wrong:
        云门市评价办法

        第一条 市直单位适用附件2所列指标，各县区适用附件1所列指标。

        附件1

        市直单位评价指标

        组织领导、主动公开。

        附件2

        各县区评价指标

        组织领导、基层公开。
    Right:
        云门市评价办法

        第一条 内容按市直单位和各县区分别确定（分别见附件1、附件2）。

        附件1

        市直单位评价指标

        组织领导、主动公开。

        附件2

        各县区评价指标

        组织领导、基层公开。
    """
    sentences: dict[tuple[int, int], list[Hit]] = {}
    for hit, numbers in _citations(context):
        annexes = annexes_of(context, hit.passage.document)
        if len(annexes.numbers) < 2 or any(n not in annexes.numbers for n in numbers):
            continue
        text = hit.passage.text
        opening = max((m.end() for m in _SENTENCE_END.finditer(text, 0, hit.start())), default=0)
        sentences.setdefault((hit.passage.offset, opening), []).append(hit)
    for (_, opening), hits in sentences.items():
        by_number = annexes_of(context, hits[0].passage.document).numbers
        if len(hits) > 1 and _RESPECTIVELY.search(hits[0].passage.text, opening, hits[-1].start()):
            yield from _in_order(context, hits, opening, by_number)
        else:
            for hit in hits:
                yield from _alone(context, hit, opening, by_number)


def _in_order(context: ProofContext, hits: list[Hit], opening: int, numbers: dict[int, Printed]) -> Iterator[Outcome]:
    """What comes first in the sentence belongs to the annex cited first."""
    text = core(hits[0].passage.text[opening : hits[0].start()])
    cited = [numbers[value_of(hit["n"]) or 0] for hit in hits]
    words = [_own_words(text, annex, [other for other in cited if other is not annex]) for annex in cited]
    if not all(words) or len({annex.number for annex in cited}) < len(cited):
        return
    due = sorted(cited, key=lambda annex: text.index(words[cited.index(annex)]))
    if due != cited:
        yield _swapped(context, hits[0], hits[-1], due[0], words[cited.index(due[0])])


def _alone(context: ProofContext, hit: Hit, opening: int, numbers: dict[int, Printed]) -> Iterator[Outcome]:
    cited = numbers[value_of(hit["n"]) or 0]
    text = hit.passage.text
    start = max((m.end() for m in SEGMENT.finditer(text, opening, hit.start())), default=opening)
    ending = SEGMENT.search(text, hit.end())
    clause = core(text[start : hit.start()] + text[hit.end() : ending.start() if ending else len(text)])
    shared = {n: _own_words(clause, annex, [o for o in numbers.values() if o is not annex]) for n, annex in numbers.items()}
    likely = max(numbers, key=lambda n: len(shared[n]))
    fits = len(longest_shared(clause, cited.words)) >= _FEWEST or len(shared[cited.number or 0]) > 1
    if likely != cited.number and len(shared[likely]) >= _FEWEST and not fits:
        yield _swapped(context, hit, hit, numbers[likely], shared[likely])


def _swapped(context: ProofContext, first: Hit, last: Hit, due: Printed, words: str) -> Outcome:
    title = due.document.title_span
    return context.finding(
        annex_swapped,
        first.passage.span(first.start(), last.end()),
        Span(title.start, min(title.end, title.start + LONGEST)),
        message=Message(
            "“{words}”的附件是附件{due}，这里写作{printed}",
            {"words": words, "due": str(due.number), "printed": first.match.group()},
        ),
        advice=Message("对照附件标题，改正附件序号"),
        declared=first.match.group(),
        computed=f"附件{due.number}",
        passage=first.passage,
    )


# The list after the text against the annexes


@rule(
    id="reference.annex-list",
    severity=Severity.WARNING,
    title="附件说明与附件不一致",
    why="附件说明是正文的一部分，题目、数目要与所附的一致。",
    concern=Concern.STRUCTURE,
)
def annex_list(context: ProofContext) -> Iterator[Outcome]:
    """Title or number of annexes after the text otherwise than printed; none listed, one never mentioned: notes.

    Wrong:
        云门市评价办法

        第一条 名单见附件1，指标见附件2。

        附件:1.评价单位名册

        2.评价指标

        附件1

        评价单位名单

        市教育局、市民政局、市水利局。

        附件2

        评价指标

        组织领导、主动公开。
    Right:
        云门市评价办法

        第一条 名单见附件1，指标见附件2。

        附件:1.评价单位名单

        2.评价指标

        附件1

        评价单位名单

        市教育局、市民政局、市水利局。

        附件2

        评价指标

        组织领导、主动公开。
    """
    mentioned = {(annexes_of(context, h.passage.document).carrier.id, n) for h, ns in _citations(context) for n in ns}
    for document in context.issue.documents:
        annexes = annexes_of(context, document)
        if not annexes.printed:
            continue
        if not annexes.listed:
            yield from _unlisted(context, annexes, mentioned)
            continue
        yield from _titles(context, annexes)
        listed = [entry.number for entry in annexes.listed if entry.number]
        extra = sorted(n for n in annexes.numbers if listed and n not in listed)
        for number in extra:
            yield _of_annex(context, annexes.numbers[number], Message("附件说明没有列附件{n}", {"n": str(number)}), None)
        missing = sorted(n for n in listed if annexes.numbers and n not in annexes.numbers)
        if missing:
            entry = next(e for e in annexes.listed if e.number == missing[0])
            yield _of_entry(context, annexes, entry, Message("附件说明列了附件{n}，没有刊出", {"n": str(missing[0])}), None)


def _unlisted(context: ProofContext, annexes: Annexes, mentioned: set[tuple[str, int]]) -> Iterator[Outcome]:
    unused = [p for p in annexes.printed if p.number is not None and (annexes.carrier.id, p.number) not in mentioned]
    if len(annexes.numbers) > 1:
        yield _of_annex(context, annexes.printed[0], Message("正文之后没有附件说明"), Severity.NOTE)
    for printed in unused[:3]:
        message = Message("正文没有提到附件{n}", {"n": str(printed.number)})
        yield _of_annex(context, printed, message, Severity.NOTE)


def _titles(context: ProofContext, annexes: Annexes) -> Iterator[Outcome]:
    for entry in annexes.listed:
        printed = annexes.numbers.get(entry.number) if entry.number else None
        if printed is None and len(annexes.listed) == len(annexes.printed) == 1:
            printed = annexes.printed[0]
        if printed is None or not printed.document.title:
            continue
        here, there = core(plain_of(entry.title).text), core(plain_of(printed.document.title).text)
        if here in printed.words or there in here or not here or not there:
            continue
        likeness = SequenceMatcher(None, here, there, autojunk=False).ratio()
        facts = {"listed": entry.title.strip("。；;"), "title": printed.document.title}
        message = Message("附件说明写作“{listed}”，附件标题是“{title}”", facts)
        yield _of_entry(context, annexes, entry, message, None if likeness > 0.5 else Severity.NOTE, printed)


def _of_annex(context: ProofContext, printed: Printed, message: Message, severity: Severity | None) -> Outcome:
    span = printed.document.title_span
    return context.finding(
        annex_list,
        Span(span.start, min(span.end, span.start + LONGEST)),
        message=message,
        advice=Message("对照正文补上附件说明或引用"),
        document=printed.document.id,
        severity=severity,
    )


def _of_entry(
    context: ProofContext,
    annexes: Annexes,
    entry: Listed,
    message: Message,
    severity: Severity | None,
    printed: Printed | None = None,
) -> Outcome:
    spans = [Span(entry.node.own.start, min(entry.node.own.end, entry.node.own.start + LONGEST))]
    if printed is not None:
        title = printed.document.title_span
        spans.append(Span(title.start, min(title.end, title.start + LONGEST)))
    return context.finding(
        annex_list,
        *spans,
        message=message,
        advice=Message("核对后统一"),
        declared=entry.title,
        computed=printed.document.title if printed else None,
        document=annexes.carrier.id,
        eid=entry.node.eid,
        severity=severity,
    )


RULES = (annex_absent, annex_swapped, annex_list)
