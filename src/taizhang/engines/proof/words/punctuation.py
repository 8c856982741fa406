"""Punctuation marks: doubled, of the wrong width, at the wrong end. Standard: GB/T 15834-2011 标点符号用法."""

import re
from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lines import Line, Place, lines_of, report
from taizhang.engines.proof.words.strays import once_a_document
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_DOUBLED = regex(r"[，、；：]{2,}|[，、；：]+。|。[，、；：。]+|！，|，！|(?<=[\u4e00-\u9fff）”])\.[，。；]")


@rule(
    id="words.doubled-mark",
    severity=Severity.ERROR,
    title="两个标点连用",
    why="句内点号不能连用，必有一个多余或用错。",
    concern=Concern.WORDS,
)
def doubled_mark(context: ProofContext) -> Iterator[Outcome]:
    """Two marks in a row that cannot stand together: ，。 、， ；；.

    Wrong:
        各单位要抓好落实，。按时上报进展情况。
    Right:
        各单位要抓好落实……按时上报——不得拖延！
    """
    for place in lines_of(context).search(_DOUBLED):
        yield report(
            doubled_mark,
            place.line,
            place.line.span(max(0, place.start - 2), place.end),
            message=Message("标点“{marks}”连用", {"marks": place.match.group()}),
            advice=Message("只留一个标点"),
            declared=place.match.group(),
        )


_MISPLACED = regex(r"[（《“〈][，。；：、](?![…])|[，、；：][）》〉](?!\s*$)|[，、；](?=和[^平谐睦解气约])(?<=、)|《》|“”|（）")


@rule(
    id="words.misplaced-mark",
    severity=Severity.WARNING,
    title="标点放错位置",
    why="括号、书名号里开头或结尾的点号多余，或其中漏了内容。",
    concern=Concern.WORDS,
)
def misplaced_mark(context: ProofContext) -> Iterator[Outcome]:
    """A mark right after an opening or before a closing bracket, empty brackets, 、 before 和.

    Wrong:
        各县（市、）人民政府要抓好落实。
    Right:
        各县（市、区）人民政府要抓好落实（含直属单位）。
    """
    for place in lines_of(context).search(_MISPLACED):
        if place.match.group() == "（）" and (place.line.is_cell or len(place.line.text) < 12):
            continue  # blanks to fill in
        yield report(
            misplaced_mark,
            place.line,
            place.line.span(max(0, place.start - 3), min(len(place.line.text), place.end + 1)),
            message=Message("“{around}”处标点放错", {"around": place.before(3) + place.match.group() + place.after(2)}),
            advice=Message("删去多余的标点，或补上漏掉的字"),
            declared=place.match.group(),
            severity=Severity.NOTE if place.match.group() == "、" else None,
        )


_HALF_STOP = regex(r"(?<=[\u4e00-\u9fff]{2})\.(?=[\u4e00-\u9fff]{2}|\s*$)", re.M)


@rule(
    id="words.half-width-stop",
    severity=Severity.WARNING,
    title="中文句子用了英文句点",
    why="中文的句号是“。”；英文句点夹在汉字间也可能是漏了字。",
    concern=Concern.WORDS,
)
def half_width_stop(context: ProofContext) -> Iterator[Outcome]:
    """An ASCII full stop after Chinese characters.

    Wrong:
        各单位要抓好落实.按时上报进展情况。
    Right:
        网址为www.example.cn，增长3.5%。
    """
    places = (p for p in lines_of(context, is_printed=True).search(_HALF_STOP) if len(p.line.text) > 12 and not p.line.is_cell)
    yield from once_a_document(
        context,
        half_width_stop,
        places,
        Message("有{count}处中文句子用了英文句点"),
        Message("改为“。”"),
        around=2,
    )


_HALF = regex(r"(?<=[\u4e00-\u9fff])[,;:](?=[\u4e00-\u9fff])")
_FULL = regex(r"(?<=[\u4e00-\u9fff])[，；：](?=[\u4e00-\u9fff])")


@rule(
    id="words.mixed-width",
    severity=Severity.NOTE,
    title="全角、半角标点混用",
    why="同一文件里标点全半角不一，版面不齐，也给检索添乱。",
    concern=Concern.WORDS,
)
def mixed_width(context: ProofContext) -> Iterator[Outcome]:
    """Both , and ， between Chinese characters in one document; said once, at the rarer kind.

    Wrong:
        各单位要抓好落实，按时上报，不得拖延;逾期的通报批评。
    Right:
        各单位要抓好落实，按时上报，不得拖延；逾期的通报批评。
    """
    documents: dict[str, list[Line]] = {}
    for line in lines_of(context, is_printed=True).lines:
        if line.document is not None:
            documents.setdefault(context.outermost(line.document).id, []).append(line)
    for lines in documents.values():
        text = "\n".join(line.text for line in lines)
        halves, fulls = len(_HALF.findall(text)), len(_FULL.findall(text))
        if halves and fulls:
            rarer = _HALF if halves <= fulls else _FULL
            yield from once_a_document(
                context,
                mixed_width,
                (Place(line, m, m.start(), m.end()) for line in lines for m in rarer.finditer(line.text)),
                Message("标点全角半角混用，较少的一种有{count}处"),
                Message("统一用全角标点"),
                around=2,
            )


_BETWEEN_QUOTES = regex(r"”、“|》、《")


@rule(
    id="words.comma-between-titles",
    severity=Severity.NOTE,
    title="并列的引号、书名号之间用了顿号",
    why="GB/T 15834-2011 第4.5.3.5条：标有引号、书名号的并列成分之间通常不用顿号。",
    concern=Concern.WORDS,
)
def comma_between_titles(context: ProofContext) -> Iterator[Outcome]:
    """、 between two quotations or titles side by side; said once a document.

    Wrong:
        不含已实施“煤改气”、“煤改电”的用户。
    Right:
        不含已实施“煤改气”“煤改电”的用户。
    """
    yield from once_a_document(
        context,
        comma_between_titles,
        lines_of(context).search(_BETWEEN_QUOTES),
        Message("有{count}处并列的引号或书名号之间用了顿号"),
        Message("按国家标准可删去顿号"),
        around=2,
    )


RULES = (doubled_mark, misplaced_mark, half_width_stop, mixed_width, comma_between_titles)
