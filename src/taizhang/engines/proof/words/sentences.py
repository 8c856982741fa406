"""Sentences that break off, clauses without words, headings without content, one phrase quoted in two ways."""

from collections.abc import Iterator
from itertools import pairwise

from taizhang.engines.gazette.model import Document, Node
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lexicon import is_pair
from taizhang.engines.proof.words.lines import LONGEST, Line, Lines, Place, lines_of, report
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_DANGLING = regex(r"(?<=[\u4e00-\u9fff])(?:[和与及或]|以及|或者|并且|、)[。；！]")
# Characters that make a word with the connective: 共和, 参与, 普及, 涉及.
_COMPLETES = {
    "和": "共总饱缓温祥中调平谦柔随亲讲义人违附唱柔应暖融",
    "与": "参给赋授付",
    "及": "可普涉波触顾企提危推言论遍埃以力兼累不旁来",
    "或": "抑即甚间倘",
}  # fmt: skip


@rule(
    id="words.broken-sentence",
    severity=Severity.ERROR,
    title="句子没有写完",
    why="句号前是连词或顿号，后面漏了字。",
    concern=Concern.WORDS,
)
def broken_sentence(context: ProofContext) -> Iterator[Outcome]:
    """A full stop or semicolon right after 和, 与, 及, 或 or 、.

    Wrong:
        我们必须坚定不移推进城市建设和。
    Right:
        我们要推动民族团结、社会祥和，凡有变动应当兼顾、普及。
    """
    for place in lines_of(context).search(_DANGLING):
        connective = place.match.group()[:-1]
        if place.before(1) in _COMPLETES.get(connective, "") or is_pair(place.before(1), connective[:1]):
            continue
        yield report(
            broken_sentence,
            place.line,
            place.line.span(max(0, place.start - 6), place.end),
            message=Message("“{words}”没有写完", {"words": place.before(6) + place.match.group()}),
            advice=Message("补上后面的内容，或删去“{connective}”", {"connective": connective}),
            declared=place.before(6) + place.match.group(),
        )


_UNFINISHED = regex(r"[，、：；]$|(?:以及|并且|或者|关于|对于|按照|根据|通过)$")
_CLOSED = regex(r"[。！？；：…”’）》】.;!?:)]\s*$")
_PROSE = frozenset({"paragraph", "item", "subitem", "point", "article", "subsection"})


@rule(
    id="words.cut-paragraph",
    severity=Severity.WARNING,
    title="段落到一半断了",
    why="文件末尾的段落停在逗号或连词上，后面的文字可能丢了。",
    concern=Concern.WORDS,
)
def cut_paragraph(context: ProofContext) -> Iterator[Outcome]:
    """The last paragraph of a document, or one before a new numbered clause, ends in a comma, 、 or a preposition.

    Wrong:
        某市人民政府关于加强管理的通知

        一、总体要求

        各地要统筹推进各项工作，按照职责分工抓好落实，

        二、主要任务

        各部门要分类施策，细化措施，压实责任。
    Right:
        某市人民政府关于加强管理的通知

        一、总体要求

        各地要统筹推进各项工作，按照职责分工抓好落实。

        二、主要任务

        各部门要分类施策，细化措施，压实责任。
    """
    lines = [line for line in lines_of(context).lines if line.document is not None]
    for line, follower in pairwise([*lines, None]):
        if line is None or line.is_cell or line.node.kind not in _PROSE or len(line.text) < 20:
            continue
        ends = follower is None or follower.document is not line.document or follower.node.num is not None
        match = _UNFINISHED.search(line.text.rstrip())
        if not ends or match is None or line.text.rstrip()[-1] in "：；":
            continue
        end = match.end()
        yield report(
            cut_paragraph,
            line,
            line.span(max(0, end - 10), end),
            message=Message("这一段停在“{words}”，没有写完", {"words": line.text[max(0, end - 8) : end]}),
            advice=Message("对照原稿补上后面的文字"),
            declared=line.text[max(0, end - 10) : end],
        )


@rule(
    id="words.no-full-stop",
    severity=Severity.WARNING,
    title="句末缺标点",
    why="同一组条款都有句末标点，唯独这一条没有，可能漏了标点或半句话。",
    concern=Concern.WORDS,
)
def no_full_stop(context: ProofContext) -> Iterator[Outcome]:
    """One of several sibling clauses without a closing mark. Headings have none.

    Wrong:
        某市人民政府关于加强管理的通知

        一、主要任务

        1. 建立工作台账，按月更新；

        2. 开展专项检查，及时整改

        3. 落实经费保障，按时拨付；

        4. 加强宣传引导，营造氛围。
    Right:
        某市人民政府关于加强管理的通知

        一、主要任务

        1. 建立工作台账，按月更新；

        2. 开展专项检查，及时整改；

        3. 落实经费保障，按时拨付；

        4. 加强宣传引导，营造氛围。
    """
    by_node = {id(line.node): line for line in lines_of(context).lines if not line.is_cell}
    for document in context.documents:
        stack: list[tuple[Node, ...]] = [document.nodes]
        while stack:
            siblings = stack.pop()
            stack.extend(node.children for node in siblings if node.children)
            yield from _open_ended(siblings, by_node)


def _open_ended(siblings: tuple[Node, ...], by_node: dict[int, Line]) -> Iterator[Outcome]:
    numbered = [node for node in siblings if node.num and not node.children and node.kind in _PROSE]
    texts = [(node, by_node[id(node)].text.rstrip()) for node in numbered if id(node) in by_node]
    open_ = [(node, text) for node, text in texts if text and not _CLOSED.search(text)]
    if len(texts) < 3 or len(open_) != 1:
        return
    node, text = open_[0]
    if len(text) < 8 or node.heading_length >= len(node.words.text):
        return
    line = by_node[id(node)]
    yield report(
        no_full_stop,
        line,
        line.span(max(0, len(text) - 10), len(text)),
        message=Message("“{num}”末尾没有标点，同组其他各条都有", {"num": node.num or ""}),
        advice=Message("补上标点；如句子没有写完，补全句子"),
        declared=text[-10:],
    )


@rule(
    id="words.empty-clause",
    severity=Severity.WARNING,
    title="条款只有序号没有内容",
    why="只有序号的条款是排版残留，或漏了整条内容。",
    concern=Concern.STRUCTURE,
)
def empty_clause(context: ProofContext) -> Iterator[Outcome]:
    """A number with no words after it and nothing below it.

    Wrong:
        某市人民政府关于加强管理的通知

        一、主要任务

        1. 建立工作台账，按月更新；

        2.

        3. 落实经费保障，按时拨付。
    Right:
        某市人民政府关于加强管理的通知

        一、主要任务

        1. 建立工作台账，按月更新；

        2. 落实经费保障，按时拨付。
    """
    for document in context.documents:
        for node in document.walk_nodes():
            if node.num and not node.words.text.strip() and not node.children and node.kind in {*_PROSE, "section", "chapter"}:
                yield _empty(context, document, node)


def _empty(context: ProofContext, document: Document, node: Node) -> Outcome:
    start = node.own.start
    return context.finding(
        empty_clause,
        Span(start, min(start + max(len(node.num or ""), 1), start + LONGEST)),
        message=Message("“{num}”后面没有内容", {"num": node.num or ""}),
        advice=Message("补上内容，或删去这个序号"),
        declared=node.num,
        document=document.id,
        eid=node.eid,
    )


_QUOTED = regex(r"“([^“”\n]{6,40})”")
_INNER = regex(r"[、，·\s]")


@rule(
    id="words.quoted-two-ways",
    severity=Severity.WARNING,
    title="同一提法引用不一致",
    why="加引号的提法应逐字一致，一处漏了顿号或错了字。",
    concern=Concern.WORDS,
)
def quoted_two_ways(context: ProofContext) -> Iterator[Outcome]:
    """A quoted phrase printed in one place with 、 between its parts and in another without, or with one other character.

    Wrong:
        建设“一平台、两中心、三应用”项目，确保“一平台、二中心、三应用”建成。
    Right:
        建设“一平台、两中心、三应用”项目，确保“一平台、两中心、三应用”建成。
    """
    lines = lines_of(context)
    seen: dict[str, Place] = {}
    shapes: dict[tuple[str, int], list[str]] = {}
    for place in lines.search(_QUOTED):
        phrase = place.match[1]
        if phrase in seen:
            continue
        other = _alike(phrase, shapes)
        seen[phrase] = place
        core = _INNER.sub("", phrase)
        shapes.setdefault((core[:3], len(core)), []).append(phrase)
        shapes.setdefault((core[-3:], len(core)), []).append(phrase)
        if other is not None:
            yield _two_ways(lines, place, seen[other])


def _alike(phrase: str, shapes: dict[tuple[str, int], list[str]]) -> str | None:
    core = _INNER.sub("", phrase)
    for key in ((core[:3], len(core)), (core[-3:], len(core))):
        for other in shapes.get(key, ()):
            differing = [(a, b) for a, b in zip(core, _INNER.sub("", other), strict=True) if a != b]
            if not differing or (len(differing) == 1 and len(core) > 6 and not any(c.isdigit() for c in differing[0])):
                return other
    return None


def _two_ways(lines: Lines, place: Place, other: Place) -> Outcome:
    here, there = place.match[1], other.match[1]
    rarer, usual = (place, other) if lines.text.count(f"“{here}”") <= lines.text.count(f"“{there}”") else (other, place)
    return report(
        quoted_two_ways,
        rarer.line,
        rarer.span,
        usual.span,
        message=Message("“{rare}”在别处印作“{usual}”", {"rare": rarer.match[1], "usual": usual.match[1]}),
        advice=Message("核对出处，统一写法"),
        declared=rarer.match[1],
        computed=usual.match[1],
    )


_AREAS = (regex(r"县（市）区"), regex(r"县（市、区）"), regex(r"县市区"))


@rule(
    id="words.areas-two-ways",
    severity=Severity.NOTE,
    title="“县（市、区）”写法不一",
    why="同一文件里同一称谓应写法一致。",
    concern=Concern.WORDS,
)
def areas_two_ways(context: ProofContext) -> Iterator[Outcome]:
    """县(市)区 beside 县(市、区) in one document; said once, at the rarer.

    Wrong:
        各县（市、区）要建立台账。各县（市、区）要抓好落实。各县（市）区要按时报送。
    Right:
        各县（市、区）要建立台账。各县（市、区）要抓好落实。
    """
    lines = lines_of(context)
    forms: dict[str, list[list[Place]]] = {}
    for index, pattern in enumerate(_AREAS):
        for place in lines.search(pattern):
            document = place.line.document
            if document is not None:
                forms.setdefault(context.outermost(document).id, [[], [], []])[index].append(place)
    for groups in forms.values():
        used = sorted((group for group in groups if group), key=len)
        if len(used) > 1:
            rarer, usual = used[0], used[-1]
            yield report(
                areas_two_ways,
                rarer[0].line,
                *(place.span for place in rarer[:6]),
                message=Message(
                    "“{rare}”有{count}处，其余写作“{usual}”",
                    {"rare": rarer[0].match.group(), "count": str(len(rarer)), "usual": usual[0].match.group()},
                ),
                advice=Message("统一写法"),
                declared=rarer[0].match.group(),
                computed=usual[0].match.group(),
            )


RULES = (broken_sentence, cut_paragraph, no_full_stop, empty_clause, quoted_two_ways, areas_two_ways)
