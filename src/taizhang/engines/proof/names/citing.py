"""References of a document to its own articles: which, in whose text, with 款 and 项, along lists and ranges.

It refuses what belongs to another document: 《…》第五条, 刑法第三百条, 该办法第二条.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from weakref import WeakKeyDictionary

from taizhang.engines.gazette.model import Document, Node
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.kernel.numerals import printed_number
from taizhang.kernel.patterns import regex

_NUMERAL = r"[〇零一二三四五六七八九十百千0-9]{1,7}"
REFERENCE = regex(
    rf"第(?P<article>{_NUMERAL})条(?P<sub>之[一二三四五六七八九十]+)?"
    rf"(?:第(?P<paragraph>{_NUMERAL})款(?P<more>(?:(?:[、和或及与]|或者|以及)第{_NUMERAL}款)*))?(?:第?（?(?P<item>{_NUMERAL})）?项)?"
)
_EACH = regex(rf"第({_NUMERAL})款")
_CHAIN = regex(r"(?:、|，|和|与|或者?|及|以及|至|到|—|第[^，。；]{1,6}[款项目]|[款项目])*\Z")
_OWN = regex(r"本(?:法|条例|办法|规定|细则|规则|章程|准则|规程|方案|预案|意见|规范|决定)(?:的|中)?\Z")
_OTHER = regex(r"(?:[法典例定则程约议书释》该其原]|解释|规范|标准|合同|宪章|上述|修改后的)(?:（[^（）]{0,40}）)?(?:中|的)?\Z")
_AMENDS = regex(r"修改为|改为第|作为第|增加一[条款项]|删[去除]第|调整为|[增修]订")
_AMENDING_TITLE = regex(r"修改|修正|废止|修订的决定|解释")
FEWEST_ARTICLES = 5
_LONGEST_REACH = 24


@dataclass(eq=False)
class Article:
    """An article: its paragraphs (款) in order, each with the numbers of its items (项)."""

    node: Node
    number: int
    chapter: Node | None
    paragraphs: list[list[int]] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """All its words."""
        return "".join(node.words.text for node in self.node.walk())


@dataclass(frozen=True, slots=True)
class Cited:
    """One reference: the article cited with its 款 and 项, if it names any. `start` and `end` are offsets in the passage.

    `numeral` is the article's number as printed. `after` is the article cited before it in the same row, None for the first.
    `is_stated` where the words before say 本办法. `is_alone` where no other article is cited beside it.
    """

    passage: Passage
    articles: dict[int, Article]
    number: int
    numeral: str
    paragraphs: tuple[int, ...]
    item: int | None
    after: int | None
    start: int
    end: int
    is_stated: bool
    is_alone: bool


def articles_of(document: Document) -> dict[int, Article]:
    """Articles by number, those of carried documents that go on counting included.

    Empty where they do not run from the first on (an extract, a damaged list) or are few.
    """
    found: dict[int, Article] = {}
    for held in (document, *(d for d in document.walk() if d.role == "carried" and d is not document)):
        for article in _articles_in(held):
            if article.number in found:
                return {}
            found[article.number] = article
    is_whole = len(found) >= FEWEST_ARTICLES and 1 in found and len(found) >= 0.9 * max(found)
    return found if is_whole else {}


def _articles_in(document: Document) -> Iterator[Article]:
    stack: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(document.nodes)]
    while stack:
        node, chapter = stack.pop()
        if node.kind == "article" and node.value:
            yield Article(node, node.value, chapter, _paragraphs(node))
            continue
        below = node if node.kind == "chapter" else chapter
        stack.extend((child, below) for child in reversed(node.children))


def _paragraphs(article: Node) -> list[list[int]]:
    """Numbers of the items of each paragraph. Items belong to the paragraph before them."""
    paragraphs: list[list[int]] = [[]]
    for child in article.children:
        if child.kind == "paragraph":
            paragraphs.append([])
        for node in child.walk():
            if node.num and node.value is not None and node.kind in ("subsection", "item"):
                paragraphs[-1].append(node.value)
    return paragraphs


_KEPT: WeakKeyDictionary[ProofContext, tuple[Cited, ...]] = WeakKeyDictionary()


def cited_in(context: ProofContext) -> tuple[Cited, ...]:
    """`references`, found once for all rules."""
    if context not in _KEPT:
        _KEPT[context] = tuple(references(context))
    return _KEPT[context]


def references(context: ProofContext) -> Iterator[Cited]:
    """References to articles of the document they stand in (an annex: of the document that carries it)."""
    last: tuple[Passage | None, int, bool, bool] = (None, 0, False, False)  # passage, end, is own, is stated
    pending: list[Cited] = []
    for hit in context.search(REFERENCE):
        passage, start, end = hit.passage, hit.start(), hit.end()
        chained = last[0] is passage and _CHAIN.match(passage.text[last[1] : start]) is not None
        if chained:
            own, stated = last[2], last[3]
        else:
            yield from pending
            pending = []
            own, stated = owner_of(passage, start)
        last = (passage, end, own, stated)
        if not own or hit["sub"]:
            continue
        articles = articles_held(context, passage.document)
        number = value_of(hit["article"])
        if not articles or number is None or _AMENDS.search(passage.text):
            continue
        if pending:
            pending = [replace(cited, is_alone=False) for cited in pending]
        pending.append(
            Cited(
                passage=passage,
                articles=articles,
                number=number,
                numeral=hit["article"] or "",
                paragraphs=_paragraph_numbers(hit["paragraph"], hit["more"]),
                item=value_of(hit["item"]),
                after=pending[-1].number if pending else None,
                start=start,
                end=end,
                is_stated=stated,
                is_alone=not chained,
            )
        )
    yield from pending


def _paragraph_numbers(first: str | None, more: str | None) -> tuple[int, ...]:
    printed = [first, *_EACH.findall(more or "")]
    return tuple(value for each in printed if (value := value_of(each)) is not None)


def owner_of(passage: Passage, start: int) -> tuple[bool, bool]:
    """(whether a reference at `start` is to the document's own clauses, whether the words before say so)."""
    before = passage.text[max(0, start - _LONGEST_REACH) : start]
    if _OWN.search(before):
        return True, True
    if start == 0 or _OTHER.search(before) or before.count("“") > before.count("”"):
        return False, False
    return True, False


_HELD: WeakKeyDictionary[ProofContext, dict[str, dict[int, Article]]] = WeakKeyDictionary()


def articles_held(context: ProofContext, document: Document) -> dict[int, Article]:
    """The articles a document means by 第X条: its own or, for an annex, those of the document that carries it."""
    held = _HELD.setdefault(context, {})
    at: Document | None = document
    while at is not None:
        if at.id not in held:
            held[at.id] = {} if _AMENDING_TITLE.search(at.title) else articles_of(at)
        if held[at.id]:
            return held[at.id]
        at = context.parents.get(at.id)
    return {}


def value_of(printed: str | None) -> int | None:
    """Value of a printed numeral, None where there is none."""
    value = printed_number(printed) if printed else None
    return int(value) if value is not None else None
