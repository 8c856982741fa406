"""References to parts and chapters of the same document, and words that point back to a clause before."""

from collections.abc import Iterator

from taizhang.engines.gazette.model import Document, Node
from taizhang.engines.proof.context import Hit, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.citing import Article, articles_held, owner_of, value_of
from taizhang.engines.proof.names.clauses import CHECK, LONGEST
from taizhang.engines.proof.names.likeness import longest_shared
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_PART = regex(r"第(?P<n>[一二三四五六七八九十0-9]{1,3})(?P<kind>部分|章)(?!第|[、和至到与—]第)")
_OF_ROW = regex(r"[章分0-9一二三四五六七八九十][、和至到与—]\Z")
_KIND = {"部分": "section", "章": "chapter"}
_SENTENCE_END = regex(r"[。；\n]")
_FEWEST_PARTS = 3
_LIKELY_WORDS = 4  # characters a heading shares with the clause to be the likely one
_REACH = 48


def _parts(context: ProofContext, document: Document, kind: str) -> list[Node]:
    """The document's own sections 一、 or chapters that a count of parts means; [] where they are few or do not run on."""
    found = [node for node in document.walk_nodes() if node.kind == kind and node.value]
    values = [node.value for node in found]
    return found if len(found) >= _FEWEST_PARTS and values == list(range(1, len(found) + 1)) else []


def _part_hits(context: ProofContext) -> Iterator[tuple[Hit, list[Node], bool]]:
    for hit in context.search(_PART):
        passage = hit.passage
        if passage.node.kind in ("title", "tocItem", "chapter", "part") or not hit.start():
            continue
        if _OF_ROW.search(passage.text[max(0, hit.start() - 2) : hit.start()]):
            continue
        is_own, is_stated = owner_of(passage, hit.start())
        parts = _parts(context, passage.document, _KIND[hit["kind"] or ""]) if is_own else []
        if parts:
            yield hit, parts, is_stated


@rule(
    id="reference.part-absent",
    severity=Severity.ERROR,
    title="引用的部分或章不存在",
    why="照着引用找不到那一部分。",
    concern=Concern.STRUCTURE,
)
def part_absent(context: ProofContext) -> Iterator[Outcome]:
    """第N部分 or 第N章 beyond the last one of the document.

    Wrong:
        云门市取暖补贴办法

        一、补贴标准

        每吨补贴200元。

        二、资金拨付

        按季拨付。

        三、监督检查

        按照本办法第五部分的规定追究责任。
    Right:
        云门市取暖补贴办法

        一、补贴标准

        每吨补贴200元。

        二、资金拨付

        按季拨付，标准见第一部分。

        三、监督检查

        按照《云门市供热规划》第五部分的要求，统筹热源。
    """
    for hit, parts, is_stated in _part_hits(context):
        number = value_of(hit["n"])
        if number and number > len(parts):
            yield context.finding(
                part_absent,
                hit.span(),
                message=Message("全文到第{last}{kind}为止", {"last": str(len(parts)), "kind": hit["kind"] or ""}),
                advice=CHECK,
                declared=hit.match.group(),
                computed=len(parts),
                passage=hit.passage,
                severity=None if is_stated else Severity.WARNING,
            )


@rule(
    id="reference.part-other",
    severity=Severity.ERROR,
    title="引用的部分讲的是别的事",
    why="引错部分，读者按错误的规定办。",
    concern=Concern.STRUCTURE,
)
def part_other(context: ProofContext) -> Iterator[Outcome]:
    """A reference whose clause shares the words of another part's heading, and none with the cited one, which has them nowhere.

    Wrong:
        云门市取暖补贴办法

        一、购销单据和台账

        每笔销售开具单据，建立台账。

        二、监督检查

        每季抽查一次，发现问题限期整改。

        三、职责分工

        各部门的监督检查职责，按照本办法第一部分的规定履行。
    Right:
        云门市取暖补贴办法

        一、购销单据和台账

        每笔销售开具单据，建立台账。

        二、监督检查

        每季抽查一次，发现问题限期整改。

        三、职责分工

        各部门的监督检查职责，按照本办法第二部分的规定履行。
    """
    for hit, parts, _ in _part_hits(context):
        number = value_of(hit["n"])
        likely = _likely_part(context, hit, parts, number) if number and number <= len(parts) else None
        if likely is not None:
            yield context.finding(
                part_other,
                hit.span(),
                Span(likely.own.start, min(likely.own.end, likely.own.start + LONGEST)),
                message=Message(
                    "这里说的事不在“{printed}”，像是“{num}{heading}”",
                    {"printed": hit.match.group(), "num": likely.num or "", "heading": _heading(likely)},
                ),
                advice=CHECK,
                declared=hit.match.group(),
                computed=likely.value,
                passage=hit.passage,
            )


def _likely_part(context: ProofContext, hit: Hit, parts: list[Node], number: int) -> Node | None:
    cited, clause = parts[number - 1], _clause_around(hit)
    shares = {part.eid: longest_shared(clause, _heading(part)) for part in parts}
    likely = max(parts, key=lambda part: len(shares[part.eid]))
    words = shares[likely.eid]
    if len(words) < _LIKELY_WORDS or len(shares[cited.eid]) > 1 or likely.span.contains(hit.passage.node.own):
        return None
    return None if words in context.words(cited.span) or words in hit.passage.document.title else likely


def _clause_around(hit: Hit) -> str:
    """The sentence around a reference, a few dozen characters to each side."""
    text = hit.passage.text
    opening = max((m.end() for m in _SENTENCE_END.finditer(text, 0, hit.start())), default=0)
    ending = _SENTENCE_END.search(text, hit.end())
    closing = min(ending.start() if ending else len(text), hit.end() + _REACH)
    return text[max(opening, hit.start() - _REACH) : hit.start()] + " " + text[hit.end() : closing]


def _heading(part: Node) -> str:
    return "".join((part.heading or part.words.text[:40]).split())


# Words that point back

_BACK = regex(r"前(?P<count>[两二三四五六七八九])?(?P<what>[款条项])(?!件)")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@rule(
    id="reference.nothing-before",
    severity=Severity.WARNING,
    title="“前款”“前条”前面没有可指的条款",
    why="条款调整后引用没有跟着改，读者不知道指哪一款。",
    concern=Concern.STRUCTURE,
)
def nothing_before(context: ProofContext) -> Iterator[Outcome]:
    """前款 in the first sentence of an article, 前条 in the first article, 前三款 where fewer come before.

    Wrong:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 前款规定的档案应当登记。

        第三条 档案馆应当提供场所。

        第四条 查阅费用按照标准收取。

        第五条 本办法自印发之日起施行。
    Right:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 查阅档案应当登记。

        前款规定的登记由档案馆办理。

        第三条 档案馆应当提供场所。

        第四条 前条规定的场所免费开放。

        第五条 本办法自印发之日起施行。
    """
    places: dict[str, dict[str, tuple[Article, int, Node]]] = {}
    for hit in context.search(_BACK):
        document = hit.passage.document
        if document.id not in places:
            places[document.id] = dict(_places(articles_held(context, document)))
        place = places[document.id].get(hit.passage.node.eid)
        if place is not None and _asks_too_much(hit, *place):
            yield context.finding(
                nothing_before,
                hit.span(),
                message=Message("“{printed}”前面没有这么多", {"printed": hit.match.group()}),
                advice=Message("写明指的是哪一条哪一款"),
                declared=hit.match.group(),
                passage=hit.passage,
            )


def _places(articles: dict[int, Article]) -> Iterator[tuple[str, tuple[Article, int, Node]]]:
    """Clauses of articles by eId, with the number of paragraphs (款) that end before each."""
    for article in articles.values():
        before = 0
        yield article.node.eid, (article, 0, article.node)
        for child in article.node.children:
            before += child.kind == "paragraph"
            for node in child.walk():
                yield node.eid, (article, before, node)


def _asks_too_much(hit: Hit, article: Article, paragraphs: int, node: Node) -> bool:
    count = _COUNTS.get(hit["count"] or "", 1)
    if hit["what"] == "条":
        return article.number <= count
    if hit["what"] == "款":
        is_first_sentence = "。" not in hit.passage.text[: hit.start()]
        return node.kind in ("article", "paragraph") and count > paragraphs and is_first_sentence
    return node.kind in ("subsection", "item") and node.value is not None and count >= node.value


# 款 and 项 of the article at hand

_NUMERAL = r"[一二三四五六七八九十0-9]{1,3}"
_HERE = regex(
    rf"(?P<where>前款|前条|本条|本款)?第（?(?P<n>{_NUMERAL})）?(?P<what>[款项])(?:[至到—]第（?(?P<last>{_NUMERAL})）?(?P=what))?"
)
_OF_ANOTHER = regex(r"(?:条(?:第[^，。；]{1,6}[款项目](?:[、和或及与至到]|或者|以及)?)*|》|目|款)\Z")


@rule(
    id="reference.item-absent",
    severity=Severity.WARNING,
    title="本条没有引用的款或项",
    why="照着引用找不到那一款、那一项，情形对不上。",
    concern=Concern.STRUCTURE,
)
def item_absent(context: ProofContext) -> Iterator[Outcome]:
    """第N款 or 第N项 without an article, beyond those of the article it stands in, or a range that does not go up.

    Wrong:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 有下列情形之一的，不予查阅：

        （一）档案正在修复；

        （二）档案尚未开放；

        有第一项、第四项情形的，应当说明理由。

        第三条 档案馆应当提供场所。

        第四条 查阅费用按照标准收取。

        第五条 本办法自印发之日起施行。
    Right:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 有下列情形之一的，不予查阅：

        （一）档案正在修复；

        （二）档案尚未开放；

        有前款第一项至第二项情形的，应当说明理由。

        第三条 档案馆应当提供场所。

        第四条 查阅费用按照标准收取。

        第五条 本办法自印发之日起施行。
    """
    places: dict[str, dict[str, tuple[Article, int, Node]]] = {}
    for hit in context.search(_HERE):
        document = hit.passage.document
        before = hit.passage.text[max(0, hit.start() - 40) : hit.start()]
        if _OF_ANOTHER.search(before):
            continue
        articles = articles_held(context, document)
        if document.id not in places:
            places[document.id] = dict(_places(articles))
        place = places[document.id].get(hit.passage.node.eid)
        if place is not None and hit["where"] == "前条":
            earlier = articles.get(place[0].number - 1)
            place = (earlier, 0, earlier.node) if earlier is not None else None
        problem = _problem(hit, *place) if place is not None else None
        if problem is not None:
            yield context.finding(
                item_absent,
                hit.span(),
                message=problem,
                advice=CHECK,
                declared=hit.match.group(),
                passage=hit.passage,
            )


def _problem(hit: Hit, article: Article, before: int, node: Node) -> Message | None:
    number, last = value_of(hit["n"]), value_of(hit["last"])
    printed = {"printed": hit.match.group()}
    if number is None:
        return None
    if last is not None and last <= number:
        return Message("“{printed}”起止颠倒或相同", printed)
    highest = last or number
    if hit["what"] == "款":
        return Message("“{printed}”超出本条的款数", printed) if highest > len(article.paragraphs) > 1 else None
    items = [item for paragraph in article.paragraphs for item in paragraph]
    if hit["where"] == "前款" and 0 < before < len(article.paragraphs) and node.kind == "paragraph":
        items = article.paragraphs[before - 1]
    return Message("“{printed}”不在本条所列的各项之内", printed) if items and highest not in items else None


RULES = (part_absent, part_other, nothing_before, item_absent)
