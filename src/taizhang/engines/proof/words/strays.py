"""Letters, digits, marks and blanks that got into Chinese text from keyboard, scanner, web page or formula editor."""

import re
from collections.abc import Iterator
from itertools import islice

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.proof.words.lexicon import is_pair
from taizhang.engines.proof.words.lines import Lines, Place, lines_of, report
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

MOST_SPANS = 12
_BRACES = {ord("{"): None, ord("}"): None}

_LATIN = regex(r"(?<=[\u4e00-\u9fff，、；。])[ ]?([a-z]{1,5})[ ]?(?=[\u4e00-\u9fff，、；。])")
_FOREIGN = frozenset(
    {
        *("etc", "and", "or", "of", "the", "in", "to", "for", "with", "by", "at", "on", "is", "as", "an", "from", "are", "be"),
        *("that", "this", "it", "no", "not", "eg", "ie", "nbsp", "quot", "amp", "lt", "gt", "br", "div", "span", "td", "tr"),
    }
)
_MEANT = {"etc": "等", "and": "和", "or": "或", "of": "的"}


@rule(
    id="words.stray-latin",
    severity=Severity.ERROR,
    title="中文句子里夹了外文词或字母",
    why="规范汉字文本里夹入未译的外文，是翻译、识别或录入的残留。",
    concern=Concern.WORDS,
)
def stray_latin(context: ProofContext) -> Iterator[Outcome]:
    """An English word of the grammar kind, or a single small letter, between Chinese characters.

    Wrong:
        新建停车棚etc配套设施，年底前投入使用。
    Right:
        开发移动应用app，推行IT运维外包，A类企业免检，每kg收费2元。
    """
    for place in lines_of(context, is_printed=True).search(_LATIN):
        word = place.match[1]
        if word not in _FOREIGN and not (len(word) == 1 and _splits_a_word(place)):
            continue
        meant = _MEANT.get(word)
        yield report(
            stray_latin,
            place.line,
            place.line.span(max(0, place.start - 2), min(len(place.line.text), place.end + 2)),
            message=Message("“{around}”里夹有“{word}”", {"around": _around(place), "word": word}),
            advice=Message("改为“{meant}”", {"meant": meant}) if meant else Message("删去，或改用中文"),
            declared=word,
            computed=meant,
        )


def _around(place: Place) -> str:
    return place.before(3) + place.match.group() + place.after(3)


def _splits_a_word(place: Place) -> bool:
    return is_pair(place.before(1), place.after(1))


_DIGIT = regex(r"(?<=[\u4e00-\u9fff])([ ]?)([0-9]{1,2})([ ]?)(?=[\u4e00-\u9fff])")
_COUNTED = frozenset(
    "个人年月日天万亿元分家户件项次条座所处套台辆名位级期批类种款号章节页本册份张倍成度届轮岁时点秒公千百平立吨克米"
    "里亩升斤株只头匹口场层栋幢间片块段道线路村乡镇县市省区国周旬季支班组队艘架趟笔孔眼丈尺寸厘毫瓦伏安卷集门科课幅"
    "版代军师团营连排面局部委站例宗起桩棵滴把根颗粒餐顿夜角钱美港欧英兆赫比星环流校园厂馆院库湾岛桥码字维向柱车箱盒"
    "瓶袋包桶罐床席票声遍回番"
)
_LABEL = frozenset(
    "第表图件章条节页号款项目栏卷篇期版类级组队班年月日到至于达约近超过满前后每各有共计增减长降高低为是即含和与及或同比按以在从自由"
)


@rule(
    id="words.stray-digit",
    severity=Severity.ERROR,
    title="词语中间夹了数字",
    why="数字会被当作指标或序号读取，其实是排版或识别的残留。",
    concern=Concern.WORDS,
)
def stray_digit(context: ProofContext) -> Iterator[Outcome]:
    """A one- or two-digit number that splits a word in two and counts nothing.

    Wrong:
        完成市政府下达的种植结构目 2 标，并及时上报。
    Right:
        完成年度目标 2 项，每 3 年评估一次，于 5 月底前完成。
    """
    lines = lines_of(context, is_printed=True)
    for place in lines.search(_DIGIT):
        left, right = place.before(1), place.after(1)
        if right in _COUNTED or (left in _LABEL and not (left == "目" and right == "标")) or not is_pair(left, right):
            continue
        if is_pair(place.before(2)[:1], left) and len(place.before(2)) == 2 and not _is_whole(lines, place):
            continue
        word = left + right
        yield report(
            stray_digit,
            place.line,
            place.line.span(place.start - 1, place.end + 1),
            message=Message("“{word}”中间夹有数字“{digit}”", {"word": word, "digit": place.match[2]}),
            advice=Message("删去“{digit}”；如数字属于别处，移回原位", {"digit": place.match[2]}),
            declared=left + place.match.group() + right,
            computed=word,
        )


def _is_whole(lines: Lines, place: Place) -> bool:
    """True if the words around the digit stand elsewhere without it."""
    return place.before(3) + place.after(2) in lines.text


def once_a_document(
    context: ProofContext,
    rule_: Rule,
    places: Iterator[Place],
    message: Message,
    advice: Message,
    *,
    around: int = 0,
) -> Iterator[Outcome]:
    """One finding a published document for a defect that repeats: its first dozen places, `around` characters beside each."""
    by_document: dict[str | None, list[Place]] = {}
    for place in places:
        document = place.line.document
        by_document.setdefault(context.outermost(document).id if document else None, []).append(place)
    for group in by_document.values():
        spans: list[Span] = [_wider(place, around) for place in islice(group, MOST_SPANS)]
        words = group[0].match.group().strip().translate(_BRACES)
        facts = {**message.facts, "words": words, "count": str(len(group))}
        yield report(
            rule_,
            group[0].line,
            *spans,
            message=Message(message.template, facts),
            advice=advice,
            declared=words,
        )


def _wider(place: Place, around: int) -> Span:
    return place.line.span(max(0, place.start - around), min(len(place.line.text), place.end + around))


_DAMAGED = regex(
    r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f\ufff9-\ufffc]+|锟斤拷|烫烫烫|(?<=[\u4e00-\u9fff])[□■](?=[\u4e00-\u9fff])"
)


@rule(
    id="words.damaged-character",
    severity=Severity.ERROR,
    title="有损坏的字符",
    why="字库缺字或转码出错，读者看到的是方框或乱码。",
    concern=Concern.WORDS,
)
def damaged_character(context: ProofContext) -> Iterator[Outcome]:
    """Replacement characters, private-use characters, control characters, the usual garbles of a wrong encoding.

    Wrong:
        全市新增耕地\ufffd亩，由市自然资源局负责。
    Right:
        全市新增耕地120亩，由市自然资源局负责。
    """
    yield from once_a_document(
        context,
        damaged_character,
        lines_of(context, is_printed=True).search(_DAMAGED),
        Message("有{count}处损坏的字符"),
        Message("对照原件补上正确的字"),
    )


_COMPATIBILITY = regex("[\u2e80-\u2fd5\uf900-\ufaff]+")


@rule(
    id="words.radical-character",
    severity=Severity.WARNING,
    title="用了部首或兼容区的字符",
    why="看上去一样，却检索不到，也不能被读屏软件正确读出。",
    concern=Concern.WORDS,
)
def radical_character(context: ProofContext) -> Iterator[Outcome]:
    """Characters of the radical and compatibility blocks that a PDF gives in place of the usual ones.

    Wrong:
        完成年度\u2f6c标任务。
    Right:
        完成年度目标任务。
    """
    yield from once_a_document(
        context,
        radical_character,
        lines_of(context, is_printed=True).search(_COMPATIBILITY),
        Message("有{count}处用了部首或兼容区的字符（“{words}”等）"),
        Message("换成通用汉字"),
    )


_ENTITY = regex(
    r"&(?:[a-z]{2,8}|#[0-9]{2,5}|#x[0-9a-f]{2,5});|</?(?:br|p|div|span|td|tr|font|strong|b|a|img)(?:\s[^<>\n]{0,80})?/?>", re.I
)


@rule(
    id="words.markup-left",
    severity=Severity.WARNING,
    title="残留网页代码",
    why="网页的转义符和标签留在正文里，读者看到的是代码。",
    concern=Concern.WORDS,
)
def markup_left(context: ProofContext) -> Iterator[Outcome]:
    """Entities and tags of HTML in the text.

    Wrong:
        各区&nbsp;人民政府要抓好落实。
    Right:
        各区人民政府要抓好落实，研发（R&D）经费增长8%。
    """
    yield from once_a_document(
        context,
        markup_left,
        lines_of(context, is_printed=True).search(_ENTITY),
        Message("有{count}处残留的网页代码（“{words}”）"),
        Message("删去代码，需要空格或符号处改用相应字符"),
    )


_FORMULA = regex(
    r"\$[^$\n\u4e00-\u9fff]{1,30}\$|[A-Za-z]{1,4}_\{[0-9.]{1,6}\}|\\(?:geqslant|leqslant|geq|leq|ge|le|times|pm|sim|%)(?![A-Za-z])"
)


@rule(
    id="words.formula-left",
    severity=Severity.WARNING,
    title="残留公式代码",
    why="排版软件的公式代码没有转成下标或符号。",
    concern=Concern.WORDS,
)
def formula_left(context: ProofContext) -> Iterator[Outcome]:
    """LaTeX in the text: a subscript or sign that was never set.

    Wrong:
        细颗粒物($PM_{2.5}$)浓度下降3%。
    Right:
        细颗粒物(PM₂.₅)浓度下降3%，每次收费$5。
    """
    yield from once_a_document(
        context,
        formula_left,
        lines_of(context, is_printed=True).search(_FORMULA),
        Message("有{count}处公式代码没有排成下标或符号（“{words}”）"),
        Message("改用下标字符，或在排版软件里设下标"),
    )


_BLANK = regex(r"(?<=[\u4e00-\u9fff])[ \u3000]{1,3}(?=[\u4e00-\u9fff])")


@rule(
    id="words.blank-in-word",
    severity=Severity.WARNING,
    title="词语中间有空格",
    why="词被空格断开，检索和读屏都会出错；多是从PDF复制的残留。",
    concern=Concern.WORDS,
)
def blank_in_word(context: ProofContext) -> Iterator[Outcome]:
    """A blank inside a word of a running sentence. Spaced headings (附 则) and two-character names are good form.

    Wrong:
        支持战略新 兴产业发展，对首次达到规模以上的工业企业给予奖励。
    Right:
        第一章 总 则
        主 任：王 冰
    """
    lines = lines_of(context, is_printed=True)
    places = [place for place in lines.search(_BLANK) if _is_inside_a_word(place)]
    yield from once_a_document(
        context,
        blank_in_word,
        iter(places),
        Message("有{count}处词语中间有空格"),
        Message("删去空格"),
        around=1,
    )


def _is_inside_a_word(place: Place) -> bool:
    text = place.line.text
    if (
        place.line.is_cell
        or len(text) < 16
        or place.before(1) in "一二三四五六七八九十"
        or not is_pair(place.before(1), place.after(1))
    ):
        return False
    # Names and spaced headings have a blank after every character or two; a broken word stands in an unbroken run.
    around = text[max(0, place.start - 3) : place.start] + text[place.end : place.end + 3]
    return " " not in around and "\u3000" not in around and any(mark in text for mark in "，。；,;")


RULES = (stray_latin, stray_digit, damaged_character, radical_character, markup_left, formula_left, blank_in_word)
