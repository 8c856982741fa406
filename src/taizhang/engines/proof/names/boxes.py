"""Boxes (专栏) cited and not there, or cited for one another."""

from collections.abc import Iterator

from taizhang.engines.gazette.model import Node
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.annexes import LONGEST, NUMERAL, SEGMENT, core
from taizhang.engines.proof.names.citing import value_of
from taizhang.engines.proof.names.likeness import longest_shared
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_BOX = regex(rf"专栏(?P<n>{NUMERAL})(?:(?:至|—|-|~)(?:专栏)?(?P<last>{NUMERAL}))?")


@rule(
    id="reference.box-absent",
    severity=Severity.ERROR,
    title="引用的专栏不存在",
    why="照着引用找不到专栏，里面的项目和名额就没有着落。",
    concern=Concern.STRUCTURE,
)
def box_absent(context: ProofContext) -> Iterator[Outcome]:
    """专栏N in the text of a document whose boxes do not include N; where it has none at all, a note, once.

    Wrong:
        云门市养老规划

        一、主要任务

        按照专栏3确定的名额招收学员。

        专栏1 设施项目

        新建养老院5所。

        专栏2 人才项目

        培训护理员300人。
    Right:
        云门市养老规划

        一、主要任务

        按照专栏2确定的名额招收学员。

        专栏1 设施项目

        新建养老院5所。

        专栏2 人才项目

        培训护理员300人。
    """
    held: dict[str, set[int]] = {}
    said: set[str] = set()
    for hit in context.search(_BOX):
        node, outermost = hit.passage.node, context.outermost(hit.passage.document)
        if node.kind in ("box", "tocItem", "title") or hit.passage.text[: hit.start()].endswith("》"):
            continue
        if outermost.id not in held:
            held[outermost.id] = {
                n for d in outermost.walk() for b in d.walk_nodes() if b.kind == "box" and (n := _box_number(b))
            }
        boxes = held[outermost.id]
        number = value_of(hit["last"]) or value_of(hit["n"])
        missing = next((n for n in (value_of(hit["n"]), number) if n and n not in boxes), None)
        if missing is None or (not boxes and outermost.id in said):
            continue
        said.add(outermost.id)
        yield context.finding(
            box_absent,
            hit.span(),
            message=Message("没有专栏{n}，只有{count}个专栏", {"n": str(missing), "count": str(len(boxes))})
            if boxes
            else Message("正文引用专栏{n}，这里没有专栏", {"n": str(missing)}),
            advice=Message("核对专栏序号，或补上专栏"),
            declared=hit.match.group(),
            computed="、".join(map(str, sorted(boxes))) or None,
            passage=hit.passage,
            severity=None if boxes else Severity.NOTE,
        )


def _box_number(node: Node) -> int | None:
    match = _BOX.match(plain_of(node.words.text).text)
    return value_of(match["n"]) if match else None


_LIKELY_WORDS = 4  # characters a caption shares with the clause to be the likely one


@rule(
    id="reference.box-other",
    severity=Severity.ERROR,
    title="引用的专栏不是这一个",
    why="按引用找到的专栏讲的是别的事。",
    concern=Concern.STRUCTURE,
)
def box_other(context: ProofContext) -> Iterator[Outcome]:
    """A clause that cites one box in the words of another's caption, and shares none with the cited one's.

    Wrong:
        云门市养老规划

        一、主要任务

        设施建设安排见专栏2。

        专栏1 设施建设

        新建养老院5所。

        专栏2 人才项目

        培训护理员300人。
    Right:
        云门市养老规划

        一、主要任务

        设施建设安排见专栏1。

        专栏1 设施建设

        新建养老院5所。

        专栏2 人才项目

        培训护理员300人。
    """
    held: dict[str, dict[int, Node]] = {}
    for hit in context.search(_BOX):
        outermost = context.outermost(hit.passage.document)
        if outermost.id not in held:
            nodes = (node for d in outermost.walk() for node in d.walk_nodes() if node.kind == "box")
            held[outermost.id] = {n: node for node in nodes if (n := _box_number(node))}
        boxes = held[outermost.id]
        number = value_of(hit["n"])
        if hit["last"] or number not in boxes or hit.passage.node.kind in ("box", "tocItem", "title"):
            continue
        text = hit.passage.text
        start = max((m.end() for m in SEGMENT.finditer(text, 0, hit.start())), default=0)
        ending = SEGMENT.search(text, hit.end())
        clause = core(text[start : hit.start()] + text[hit.end() : ending.start() if ending else len(text)])
        shared = {n: longest_shared(clause, _caption(node)) for n, node in boxes.items()}
        likely = max(boxes, key=lambda n: len(shared[n]))
        if likely != number and len(shared[likely]) >= _LIKELY_WORDS and len(shared[number]) < 2:
            yield context.finding(
                box_other,
                hit.span(),
                Span(boxes[likely].own.start, min(boxes[likely].own.end, boxes[likely].own.start + LONGEST)),
                message=Message(
                    "“{words}”在专栏{due}，这里写作{printed}",
                    {"words": shared[likely], "due": str(likely), "printed": hit.match.group()},
                ),
                advice=Message("对照专栏标题，改正序号"),
                declared=hit.match.group(),
                computed=f"专栏{likely}",
                passage=hit.passage,
            )


def _caption(node: Node) -> str:
    return core(_BOX.sub("", plain_of(node.words.text).text))


RULES = (box_absent, box_other)
