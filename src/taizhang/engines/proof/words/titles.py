"""Titles against each other: the table of contents and the documents, a notice and what it carries, the year they name."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from taizhang.engines.gazette.model import ContentsEntry, Document
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lines import LONGEST
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_LAYOUT = regex(r"[\s…·.（）()“”《》〈〉、，,—-]+")
_AFTER_TITLE = regex(r"（[^（）]{1,12}（[0-9]{4}）第?[0-9]+号）$|（[^（）]{2,4}）$")
MOST_COMPARED = 400  # contents entries and titles; an issue has a few dozen


def _core(title: str) -> str:
    """The title without layout and marks, which a table of contents may set otherwise, and without number or author."""
    return _LAYOUT.sub("", _AFTER_TITLE.sub("", plain_of(title).text))


@rule(
    id="words.contents-title",
    severity=Severity.ERROR,
    title="目录与正文标题不一致",
    why="读者按目录找不到文件，引用时会抄错标题。",
    concern=Concern.STRUCTURE,
)
def contents_title(context: ProofContext) -> Iterator[Outcome]:
    """An entry of the contents that no document has as its title, while a title is nearly the same.

    Wrong:
        云门市人民政府公报

        2025年第3号

        目录

        云门市人民政府关于下下达2025年度目标任务的通知 ……1

        云门市人民政府关于2025年度更名事项的通知 ……5

        云门市人民政府关于下达2025年度目标任务的通知

        云政〔2025〕6号

        各县（市、区）人民政府：

        现将目标任务下达给你们，请认真执行。

        云门市人民政府

        2025年3月10日

        云门市人民政府关于2025年度更名事项的通知

        云政〔2025〕8号

        各县（市、区）人民政府：

        经研究，同意更名。

        云门市人民政府

        2025年3月14日
    Right:
        云门市人民政府关于下达2025年度目标任务的通知

        云政〔2025〕6号

        各县（市、区）人民政府：

        现将目标任务下达给你们，请认真执行。
    """
    titles = {_core(document.title): document for document in context.issue.documents[:MOST_COMPARED]}
    for entry in context.issue.contents[:MOST_COMPARED]:
        core = _core(entry.title)
        if len(core) < 8 or any(core == title or core in title or title in core for title in titles):
            continue
        nearest = max(titles, key=lambda title: _likeness(core, title), default=None)
        if nearest is not None and _likeness(core, nearest) > 0.88:
            yield _contents_finding(context, entry, core, nearest, titles[nearest])


def _likeness(a: str, b: str) -> float:
    shorter, longer = sorted((len(a), len(b)))
    if shorter < longer * 0.8:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _contents_finding(context: ProofContext, entry: ContentsEntry, core: str, title: str, document: Document) -> Outcome:
    block = next(b for b in SequenceMatcher(None, core, title, autojunk=False).get_opcodes() if b[0] != "equal")
    around = core[max(0, block[1] - 4) : block[2] + 3]
    return context.finding(
        contents_title,
        _place(context, entry.span, around),
        Span(document.title_span.start, min(document.title_span.end, document.title_span.start + LONGEST)),
        message=Message("目录印作“{entry}”，正文标题是“{title}”", {"entry": entry.title, "title": document.title}),
        advice=Message("核对后统一"),
        declared=entry.title,
        computed=document.title,
        document=document.id,
    )


def _place(context: ProofContext, span: Span, words: str) -> Span:
    """Where `words` stand in the span, blanks aside; else the beginning of the span."""
    pattern = regex(r"\s*".join(map(re.escape, words)))
    match = pattern.search(context.source, span.start, span.end)
    if match and match.end() > match.start():
        return Span(match.start(), min(match.end(), match.start() + LONGEST))
    return Span(span.start, min(span.end, span.start + LONGEST))


_YEAR = regex(r"(20[0-9]{2}|19[0-9]{2})年?度?")


@rule(
    id="words.year-of-title",
    severity=Severity.ERROR,
    title="标题里的年份前后不一",
    why="通知、所附文件和正文指的是同一年的事，年份却不同。",
    concern=Concern.WHEN,
)
def year_of_title(context: ProofContext) -> Iterator[Outcome]:
    """A title names a year before a phrase, and the notice's own text or the carried document names another before the same.

    Wrong:
        云门市人民政府关于印发2025年度乡村环境整治目标的通知

        云政〔2025〕6号

        各县（市、区）人民政府：

        现将2024年度乡村环境整治目标印发给你们，请认真执行。

        云门市人民政府

        2025年3月10日
    Right:
        云门市人民政府关于印发2025年度乡村环境整治目标的通知

        云政〔2025〕6号

        各县（市、区）人民政府：

        2024年度各项任务圆满完成。现将2025年度乡村环境整治目标印发给你们，请认真执行。

        云门市人民政府

        2025年3月10日
    """
    for document in context.documents:
        title = plain_of(document.title).text
        match = _YEAR.search(title)
        if match is None:
            continue
        phrase = title[match.end() : match.end() + 8].rstrip("的通知")
        if len(phrase) < 5:
            continue
        pattern = regex(r"(20[0-9]{2}|19[0-9]{2})年?度?(?=[^0-9，。；]{0,8}?" + re.escape(phrase) + ")")
        for other in (document, *document.documents):
            yield from _other_years(context, document, other, pattern, match[1], phrase)


def _other_years(
    context: ProofContext, titled: Document, document: Document, pattern: re.Pattern[str], year: str, phrase: str
) -> Iterator[Outcome]:
    for passage in context.passages_of(document):
        if passage.node.kind not in {"title", "paragraph"}:
            continue
        for match in pattern.finditer(passage.text):
            if match[1] != year and not _is_another(passage.text, match.end()):
                yield context.finding(
                    year_of_title,
                    passage.span(match.start(), match.end()),
                    Span(titled.title_span.start, min(titled.title_span.end, titled.title_span.start + LONGEST)),
                    message=Message(
                        "“{phrase}”这里是{here}年，标题是{year}年", {"phrase": phrase, "here": match[1], "year": year}
                    ),
                    advice=Message("核对是哪一年，统一起来"),
                    declared=match[1],
                    computed=year,
                    passage=passage,
                )


_ANOTHER = regex(r"[^《》]{0,60}》[（(][^）)]{0,30}号")


def _is_another(text: str, at: int) -> bool:
    """True where the words are the title of another document, given with its number, or speak of one repealed."""
    return bool(_ANOTHER.match(text, at)) or "废止" in text[at : at + 120] or "较" in text[at : at + 8]


RULES = (contents_title, year_of_title)
