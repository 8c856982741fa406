"""References to articles, paragraphs and items of the same document that are not there or say something else."""

from collections.abc import Iterator
from itertools import pairwise
from math import log

from taizhang.engines.gazette.model import Node
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.citing import REFERENCE, Article, Cited, cited_in, value_of
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_MALFORMED = regex(r"[一二三四五六七八九]{2,}")  # 第四五条: a place is lost or changed
CHECK = Message("核对引用的条款，改为实际的序号")
LONGEST = 48  # characters of a span


@rule(
    id="reference.clause-absent",
    severity=Severity.ERROR,
    title="引用的条款不存在",
    why="照着引用找不到条款，处理和处罚就没有依据。",
    concern=Concern.STRUCTURE,
)
def clause_absent(context: ProofContext) -> Iterator[Outcome]:
    """第X条, 第X款 or 第X项 of the document itself that it does not have. Only where its articles run from the first on.

    Wrong:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 查阅档案应当登记。

        第三条 档案馆应当提供场所。

        第四条 查阅费用按照标准收取。

        第五条 违反本办法第七条规定的，责令改正。
    Right:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 查阅档案应当登记。

        第三条 档案馆应当提供场所。

        第四条 查阅费用按照标准收取。

        第五条 违反本办法第二条、《云门市文物条例》第七条规定的，责令改正。
    """
    for cited in cited_in(context):
        article = cited.articles.get(cited.number)
        if _MALFORMED.fullmatch(cited.numeral):
            yield _absent(context, cited, Message("“第{numeral}条”序号的写法有误", {"numeral": cited.numeral}), cited.number)
        elif article is None:
            yield _absent(context, cited, Message("全文没有第{n}条，最后一条是第{last}条", _last(cited)), max(cited.articles))
        elif any(paragraph > len(article.paragraphs) for paragraph in cited.paragraphs):
            facts = {"n": str(cited.number), "count": str(len(article.paragraphs))}
            yield _absent(context, cited, Message("第{n}条只有{count}款", facts), len(article.paragraphs))
        elif cited.item is not None and (found := _items(cited, article)) is not None:
            facts = {"n": str(cited.number), "count": str(len(found))}
            yield _absent(context, cited, Message("第{n}条在这里有{count}项，没有引用的这一项", facts), len(found))


def _last(cited: Cited) -> dict[str, str]:
    return {"n": str(cited.number), "last": str(max(cited.articles))}


def _items(cited: Cited, article: Article) -> list[int] | None:
    """The items the reference may mean, None if the one it names is among them or the text shows no items at all there."""
    if cited.paragraphs:
        items = article.paragraphs[cited.paragraphs[-1] - 1]
    else:
        items = [item for paragraph in article.paragraphs for item in paragraph]
    return None if cited.item in items else items


def _absent(context: ProofContext, cited: Cited, message: Message, computed: int) -> Outcome:
    return context.finding(
        clause_absent,
        cited.passage.span(cited.start, cited.end),
        message=message,
        advice=CHECK,
        declared=cited.passage.text[cited.start : cited.end],
        computed=computed,
        passage=cited.passage,
        severity=None if cited.is_stated else Severity.WARNING,
    )


# What a reference speaks of, against what stands there

_GENERAL = regex(
    r"违反|本[法条办规细规章则例]+|规定|[依按参]照|根据|依据|有关|情形|之一|行为|适用|前款|所列|应当|或者|不得|可以|以外|程序|执行|办理|处[罚理]|[第条款项的有除外]"
)
_CUT = regex(r"[，。；：]")
_SANCTION = regex(r"(?:由|责令|处|给予|没收|并处|依法|可以|对|予以|构成|情节|吊销|按)")
_WORDS = regex(r"[\u4e00-\u9fff]{2,}")
_BREACH = tuple(f"违反本{kind}" for kind in ("法", "条例", "办法", "规定", "细则", "规则"))
_FEWEST_WORDS = 12  # characters of description to gather for a comparison
_STRONG = 12.0  # weight of the shared pairs of characters that make another article the likely one
_PLAIN = 18.0  # weight above which it is said aloud
_SHARE = 0.4  # of all the description's weight that the likely article holds
_REMNANT = 0.1  # of the likely article's weight that the cited one may hold


def _pairs(text: str) -> set[str]:
    return {run[i : i + 2] for run in _WORDS.findall(text) for i in range(len(run) - 1)}


def _description(text: str, start: int, end: int) -> str:
    """What the clause around a reference says of the thing referred to, sanctions left out."""
    cuts = [m.start() for m in _CUT.finditer(text)]
    opening = max((c for c in cuts if c < start), default=-1) + 1
    at = min((c for c in cuts if c >= end), default=len(text))
    kept = _GENERAL.sub(" ", f"{text[opening:start]} {text[end:at]}")
    while len(kept) - kept.count(" ") < _FEWEST_WORDS and at < len(text) and text[at] in "，：":
        following = min((c for c in cuts if c > at), default=len(text))
        segment = text[at + 1 : following]
        if _SANCTION.match(segment):
            break
        kept += " " + _GENERAL.sub(" ", segment)
        at = following
    return kept


class _Contents:
    """Which articles of one document hold which pairs of characters."""

    def __init__(self, articles: dict[int, Article]) -> None:
        self.count = len(articles)
        self.holders: dict[str, list[int]] = {}
        for n, article in articles.items():
            for pair in _pairs(_GENERAL.sub(" ", REFERENCE.sub(" ", article.text))):
                self.holders.setdefault(pair, []).append(n)
        self.owners = {node.eid: n for n, article in articles.items() for node in article.node.walk()}
        self.citing = {n: {value_of(m["article"]) for m in REFERENCE.finditer(a.text)} for n, a in articles.items()}

    def scores(self, description: str, own: int | None) -> tuple[dict[int, float], float]:
        """How much each article shares with the description, and how much there is to share.

        A pair tells the more the fewer articles hold it; the citing article itself is left out.
        """
        scores: dict[int, float] = {}
        whole = 0.0
        for pair in _pairs(description):
            holders = [n for n in self.holders.get(pair, ()) if n != own]
            if not holders:
                continue
            weight = log(self.count / len(holders))
            whole += weight
            for n in holders:
                scores[n] = scores.get(n, 0.0) + weight
        return scores, whole

    def likely(self, description: str, cited: int, own: int | None) -> tuple[int, float] | None:
        """The article the description plainly speaks of, if that is another than the cited one, and how plainly.

        The articles next to the citing one, and those that cite the same article, speak of the same thing anyway.
        """
        scores, whole = self.scores(description, own)
        others = [n for n in scores if own is None or abs(n - own) > 1]
        best = max(others, key=lambda n: scores[n], default=None)
        if best is None or best == cited or scores[best] < _STRONG or scores[best] < _SHARE * whole:
            return None
        if cited in self.citing[best] or scores.get(cited, 0.0) > _REMNANT * scores[best]:
            return None
        return best, scores[best]


@rule(
    id="reference.clause-other",
    severity=Severity.WARNING,
    title="引用的条款讲的是别的事",
    why="引错条款，适用的规定就错了。",
    concern=Concern.STRUCTURE,
)
def clause_other(context: ProofContext) -> Iterator[Outcome]:
    """A reference whose own words fit another article closely and the cited one hardly.

    Wrong:
        云门市生活垃圾管理办法

        第一条 为了规范生活垃圾分类投放，制定本办法。

        第二条 市容主管部门负责编制收集设施布局规划。

        第三条 物业服务企业应当在小区设置有害垃圾暂存容器。

        第四条 运输车辆应当密闭，沿途不得遗撒渗漏污水。

        第五条 鼓励社会组织参与宣传动员。

        第六条 违反本办法第二条规定，运输车辆未密闭，沿途遗撒渗漏污水的，由市容主管部门责令改正。
    Right:
        云门市生活垃圾管理办法

        第一条 为了规范生活垃圾分类投放，制定本办法。

        第二条 市容主管部门负责编制收集设施布局规划。

        第三条 物业服务企业应当在小区设置有害垃圾暂存容器。

        第四条 运输车辆应当密闭，沿途不得遗撒渗漏污水。

        第五条 鼓励社会组织参与宣传动员。

        第六条 违反本办法第四条规定，运输车辆未密闭，沿途遗撒渗漏污水的，由市容主管部门责令改正。
    """
    contents: dict[int, _Contents] = {}
    for cited in cited_in(context):
        if not cited.is_alone or cited.number not in cited.articles:
            continue
        of_document = contents.setdefault(id(cited.articles), _Contents(cited.articles))
        description = _description(cited.passage.text, cited.start, cited.end)
        own = of_document.owners.get(cited.passage.node.eid)
        if own == cited.number and cited.is_stated and cited.passage.text[: cited.start].endswith(_BREACH):
            yield _of_itself(context, cited)
            continue
        likely = of_document.likely(description, cited.number, own)
        if likely is not None:
            article, strength = likely
            severity = Severity.WARNING if strength >= _PLAIN else Severity.NOTE
            yield _other(context, cited, cited.articles[article].node, severity)


def _of_itself(context: ProofContext, cited: Cited) -> Outcome:
    printed = cited.passage.text[cited.start : cited.end]
    return context.finding(
        clause_other,
        cited.passage.span(cited.start, cited.end),
        message=Message("“{printed}”就是这一条本身", {"printed": printed}),
        advice=CHECK,
        declared=printed,
        passage=cited.passage,
    )


def _other(context: ProofContext, cited: Cited, node: Node, severity: Severity) -> Outcome:
    printed = cited.passage.text[cited.start : cited.end]
    likely = (node.num or "").strip()
    return context.finding(
        clause_other,
        cited.passage.span(cited.start, cited.end),
        Span(node.own.start, min(node.own.end, node.own.start + LONGEST)),
        message=Message("这里说的事不在“{printed}”，像是“{likely}”", {"printed": printed, "likely": likely}),
        advice=CHECK,
        declared=printed,
        computed=likely,
        passage=cited.passage,
        severity=severity,
    )


@rule(
    id="reference.row-order",
    severity=Severity.WARNING,
    title="并列引用的条款不按顺序",
    why="并列的条号从小到大排，倒着排的一个多半印错了。",
    concern=Concern.STRUCTURE,
)
def row_order(context: ProofContext) -> Iterator[Outcome]:
    """第十二条、第九条 in one row, or 第三款和第二款 of one article.

    Wrong:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 查阅档案应当登记。

        第三条 档案馆应当提供场所。

        第四条 查阅费用按照标准收取。

        第五条 违反本办法第三条、第二条规定的，责令改正。
    Right:
        云门市档案查阅办法

        第一条 为了方便查阅档案，制定本办法。

        第二条 查阅档案应当登记。

        第三条 档案馆应当提供场所。

        第四条 查阅费用按照标准收取。

        第五条 违反本办法第二条、第三条规定的，责令改正。
    """
    for cited in cited_in(context):
        is_down = cited.after is not None and (cited.number, bool(cited.paragraphs)) <= (cited.after, False)
        if is_down or any(b <= a for a, b in pairwise(cited.paragraphs)):
            printed = cited.passage.text[cited.start : cited.end]
            yield context.finding(
                row_order,
                cited.passage.span(cited.start, cited.end),
                message=Message("“{printed}”没有排在前一个之后", {"printed": printed}),
                advice=CHECK,
                declared=printed,
                passage=cited.passage,
            )


RULES = (clause_absent, clause_other, row_order)
