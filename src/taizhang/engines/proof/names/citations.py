"""Documents cited by number and title: one number for two titles, one title under two numbers, a title a letter off, contents."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from taizhang.engines.gazette.model import Document
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.annexes import LONGEST, core
from taizhang.engines.proof.names.likeness import is_one_slip
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_NUMBER = regex(r"（(?P<year>(?:19|20)[0-9]{2})）(?P<serial>[0-9]{1,5})号")
_CODE = regex(r"(?:《(?P<title>[^《》\n]{4,120}(?:《[^《》\n]{2,80}》[^《》\n]{0,40})?)》（)?(?P<code>[\u4e00-\u9fff]{2,8})\Z")
_REACH = 280  # characters before a number that its title may take
_TITLE = regex(r"《([^《》\n]{7,120})》")
_AT_END = regex(r"（?(?P<code>[\u4e00-\u9fff]{2,8})（(?P<year>(?:19|20)[0-9]{2})）(?P<serial>[0-9]{1,5})号）?$")
_NUMERALS = regex(r"[0-9一二三四五六七八九十]")
MOST_COMPARED = 60  # contents entries compared letter by letter; an issue has a few dozen
_STATE = "中华人民共和国"
_SHORTEST = 8  # characters of a title of the issue that one slip is sought in
_SHORTEST_CITED = 10  # the same of titles only cited: short names of laws differ by a character


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number in running text, with the title before it, "" where none is printed."""

    key: str
    title: str
    passage: Passage
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The number as printed."""
        return self.passage.span(self.start, self.end)


def _key(code: str, year: str | int | None, serial: str | int) -> str:
    return f"{code}〔{year}〕{serial}号"


def _citations(context: ProofContext) -> list[Citation]:
    found = []
    for hit in context.search(_NUMBER):
        match = _CODE.search(hit.passage.text[max(0, hit.start() - _REACH) : hit.start()])
        if match is None or hit.passage.node.kind == "docNumber":
            continue
        key = _key(match["code"], hit["year"], int(hit["serial"] or 0))
        start = hit.start() - len(match["code"])
        found.append(Citation(key, match["title"] or "", hit.passage, start, hit.end()))
    return found


def _likeness(a: str, b: str) -> float:
    """0 to 1; 1 where one holds the other (a title cited without its issuer)."""
    a, b = core(plain_of(a).text), core(plain_of(b).text)
    if a in b or b in a:
        return 1.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@rule(
    id="reference.number",
    severity=Severity.WARNING,
    title="文号与标题对不上",
    why="文号引错，查到的是另一份文件。",
    concern=Concern.STRUCTURE,
)
def number(context: ProofContext) -> Iterator[Outcome]:
    """One title cited under two numbers, one number for two titles, or a document of the issue cited under another number.

    Wrong:
        依据《云门市人民政府关于加快养老服务的意见》（云政〔2024〕23号），制定本规划。

        落实《云门市人民政府关于加快养老服务的意见》（云政〔2024〕32号）要求，统筹推进。
    Right:
        依据《云门市人民政府关于加快养老服务的意见》（云政〔2024〕23号），制定本规划。

        落实《云门市人民政府关于加快托育服务的意见》（云政〔2024〕32号）要求，统筹推进。
    """
    documents = {str(d.number): d for d in context.documents if d.number and d.number.year}
    by_title: dict[str, list[Citation]] = {}
    by_key: dict[str, list[Citation]] = {}
    for citation in _citations(context):
        document = documents.get(citation.key)
        if citation.title and document is not None and _likeness(citation.title, document.title) < 0.6:
            yield _number_finding(context, citation, Span(*document.title_span), citation.title, document.title)
            continue
        if citation.title:
            by_title.setdefault(core(citation.title), []).append(citation)
            by_key.setdefault(citation.key, []).append(citation)
    own = {core(plain_of(document.title).text): key for key, document in documents.items()}
    for title, cited in by_title.items():
        yield from _two_numbers(context, title, cited, own, documents)
    for cited in by_key.values():
        first = cited[0]
        other = next((c for c in cited if _likeness(c.title, first.title) < 0.6), None)
        if other is not None:
            yield _number_finding(context, other, first.span, other.title, first.title)
    yield from _in_contents(context, documents)


def _number_finding(context: ProofContext, citation: Citation, other: Span, here: str, there: str) -> Outcome:
    return context.finding(
        number,
        citation.span,
        Span(other.start, min(other.end, other.start + LONGEST)),
        message=Message("{key}是《{there}》，这里写作《{here}》", {"key": citation.key, "there": there, "here": here}),
        advice=Message("核对文号和标题"),
        declared=here,
        computed=there,
        passage=citation.passage,
    )


def _two_numbers(
    context: ProofContext, title: str, cited: list[Citation], own: dict[str, str], documents: dict[str, Document]
) -> Iterator[Outcome]:
    due = own.get(title) or Counter(c.key for c in cited).most_common(1)[0][0]
    for citation in cited:
        if citation.key != due:
            place = (
                documents[due].title_span if due in documents and title in own else next(c.span for c in cited if c.key == due)
            )
            yield context.finding(
                number,
                citation.span,
                Span(place.start, min(place.end, place.start + LONGEST)),
                message=Message(
                    "《{title}》的文号这里是{here}，另一处是{due}", {"title": citation.title, "here": citation.key, "due": due}
                ),
                advice=Message("核对后统一"),
                declared=citation.key,
                computed=due,
                passage=citation.passage,
            )


def _in_contents(context: ProofContext, documents: dict[str, Document]) -> Iterator[Outcome]:
    titles = {core(plain_of(d.title).text): key for key, d in documents.items()}
    for entry in context.issue.contents:
        text = plain_of(entry.title).text
        match = _AT_END.search(text)
        if match is None:
            continue
        printed = _key(match["code"], match["year"], int(match["serial"]))
        words = core(text[: match.start()])
        due = titles.get(words)
        if due is None and len(titles) <= MOST_COMPARED:
            due = next((key for own, key in titles.items() if _likeness(words, own) > 0.9), None)
        if due is not None and due != printed:
            place = documents[due].number
            yield context.finding(
                number,
                Span(max(entry.span.start, entry.span.end - LONGEST), entry.span.end),
                place.span if place else documents[due].title_span,
                message=Message("目录里的文号是{here}，正文是{due}", {"here": printed, "due": due}),
                advice=Message("核对后统一"),
                declared=printed,
                computed=due,
                severity=Severity.ERROR,
                document=documents[due].id,
            )


# Titles


@rule(
    id="reference.title",
    severity=Severity.WARNING,
    title="文件名称写法不一",
    why="书名号里的文件名称应逐字照录，差一个字就不是那份文件。",
    concern=Concern.WORDS,
)
def title(context: ProofContext) -> Iterator[Outcome]:
    """A title in 《》 one character off another cited title or a title of the issue, or a notice's title off what it carries.

    Wrong:
        云门市人民政府关于印发《云门市养老服务管理办法》的通知

        各县（市、区）人民政府：

        《云门市养老服务管里办法》已经市政府同意，现印发给你们。

        云门市养老服务管理办法

        第一条 为了规范养老服务，制定本办法。
    Right:
        云门市人民政府关于印发《云门市养老服务管理办法》的通知

        各县（市、区）人民政府：

        《云门市养老服务管理办法》已经市政府同意，现印发给你们。

        云门市养老服务管理办法

        第一条 为了规范养老服务，制定本办法。
    """
    titles: dict[str, list[Span]] = {}
    printed: dict[str, str] = {}
    passages: dict[str, Passage] = {}
    for document in context.documents:
        text = plain_of(document.title).text
        if len(core(text)) >= _SHORTEST:
            titles.setdefault(core(text), []).append(document.title_span)
            printed.setdefault(core(text), document.title)
    own = set(titles)
    for hit in context.search(_TITLE):
        key = core(hit[1] or "")
        if len(key) >= _SHORTEST:
            titles.setdefault(key, []).append(hit.span(1))
            printed.setdefault(key, hit[1] or "")
            passages.setdefault(key, hit.passage)
    for rare, usual in _one_off(titles, own):
        yield _title_finding(context, rare, usual, titles, printed, passages)
    yield from _carried(context)


def _one_off(titles: dict[str, list[Span]], own: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs of titles one slip apart, the doubtful first: not a title of the issue, cited less, printed later."""
    halves: dict[str, list[str]] = {}
    for key in titles:
        half = (len(key) - 1) // 2
        candidates = {other for part in (key[:half], key[-half:]) for other in halves.get(part, ())}
        for other in sorted(candidates):
            is_own = key in own or other in own
            long_enough = len(key.removeprefix(_STATE)) >= (_SHORTEST if is_own else _SHORTEST_CITED)
            if long_enough and is_one_slip(key, other) and not _tells_apart(key, other):
                first, second = sorted((key, other), key=lambda k: (k in own, len(titles[k]), -titles[k][0].start))
                yield first, second
        for part in {key[: half - 1], key[:half], key[-half:], key[-(half - 1) :]}:
            halves.setdefault(part, []).append(key)


def _tells_apart(a: str, b: str) -> bool:
    """True if the differing character is a numeral, or one title only has a prefix or ending the other lacks."""
    if len(a) != len(b):
        shorter, longer = sorted((a, b), key=len)
        if shorter in longer:
            return True
        at = next((i for i, (x, y) in enumerate(zip(shorter, longer, strict=False)) if x != y), len(shorter))
        return _NUMERALS.match(longer[at]) is not None
    return any(_NUMERALS.match(x) or _NUMERALS.match(y) or {x, y} <= set("省市县区") for x, y in zip(a, b, strict=True) if x != y)


def _title_finding(
    context: ProofContext,
    rare: str,
    usual: str,
    titles: dict[str, list[Span]],
    printed: dict[str, str],
    passages: dict[str, Passage],
) -> Outcome:
    spans = [Span(s.start, min(s.end, s.start + LONGEST)) for s in (titles[rare][0], titles[usual][0])]
    return context.finding(
        title,
        *spans,
        message=Message("“{here}”在别处写作“{there}”", {"here": printed[rare], "there": printed[usual]}),
        advice=Message("核对原件，统一写法"),
        declared=printed[rare],
        computed=printed[usual],
        passage=passages.get(rare),
    )


_ISSUES = regex(r"关于(?:印发|下达|公布|发布|批转|转发)(?P<what>.+)的(?:通知|函|公告|通告)$")


def _carried(context: ProofContext) -> Iterator[Outcome]:
    for document in context.issue.documents:
        match = _ISSUES.search(plain_of(document.title).text)
        carried = [d for d in document.documents if d.role == "carried"]
        if match is None or len(carried) != 1:
            continue
        here, there = core(match["what"]), core(plain_of(carried[0].title).text)
        if len(there) < _SHORTEST or here in there or there in here or not is_one_slip(here, there):
            continue
        spans = [Span(d.title_span.start, min(d.title_span.end, d.title_span.start + LONGEST)) for d in (carried[0], document)]
        yield context.finding(
            title,
            *spans,
            message=Message("通知标题写作“{here}”，所附文件标题是“{there}”", {"here": match["what"], "there": carried[0].title}),
            advice=Message("核对后统一"),
            declared=carried[0].title,
            computed=match["what"],
            document=carried[0].id,
        )


# The table of contents


@rule(
    id="reference.contents-order",
    severity=Severity.WARNING,
    title="目录页码或顺序有误",
    why="按目录翻不到文件。",
    concern=Concern.STRUCTURE,
)
def contents_order(context: ProofContext) -> Iterator[Outcome]:
    """A page number smaller than the one before it, or a document of the issue that the contents leave out.

    Wrong:
        云门市人民政府公报

        2025年第3号

        目录

        云门市人民政府关于下达年度目标任务的通知 ……9

        云门市人民政府关于部分机构更名的通知 ……5

        云门市人民政府关于下达年度目标任务的通知

        云政〔2025〕6号

        各县（市、区）人民政府：

        现将目标任务下达给你们，请认真执行。

        云门市人民政府

        2025年3月10日

        云门市人民政府关于部分机构更名的通知

        云政〔2025〕8号

        各县（市、区）人民政府：

        经研究，同意更名。

        云门市人民政府

        2025年3月14日
    Right:
        云门市人民政府关于下达年度目标任务的通知

        云政〔2025〕6号

        各县（市、区）人民政府：

        现将目标任务下达给你们，请认真执行。
    """
    entries = [(entry, int(entry.page)) for entry in context.issue.contents if entry.page and entry.page.isdigit()]
    for (before, page), (entry, following) in pairwise(entries):
        if following < page:
            yield context.finding(
                contents_order,
                Span(max(entry.span.start, entry.span.end - LONGEST), entry.span.end),
                Span(max(before.span.start, before.span.end - LONGEST), before.span.end),
                message=Message("页码{page}排在{before}之后", {"page": str(following), "before": str(page)}),
                advice=Message("核对页码"),
                declared=following,
            )
    if len(entries) < 2:
        return
    listed = "\n".join(core(plain_of(entry.title).text) for entry in context.issue.contents)
    for document in context.issue.documents:
        words = core(plain_of(document.title).text)
        if document.number and len(words) >= _SHORTEST and words not in listed and not _nearly_listed(words, context):
            yield context.finding(
                contents_order,
                Span(document.title_span.start, min(document.title_span.end, document.title_span.start + LONGEST)),
                message=Message("目录里没有“{title}”", {"title": document.title}),
                advice=Message("补进目录"),
                document=document.id,
            )


def _nearly_listed(words: str, context: ProofContext) -> bool:
    """A title off by a few characters is another rule's finding."""
    if len(context.issue.contents) > MOST_COMPARED:
        return True
    return any(_likeness(words, _AT_END.sub("", plain_of(entry.title).text)) > 0.8 for entry in context.issue.contents)


RULES = (number, title, contents_order)
