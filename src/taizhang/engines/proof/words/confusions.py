"""Wrong characters in words that prove them (授受培训, 新闻煤体), from a list of real mistakes of official writing."""

from collections.abc import Iterator
from functools import cache

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.proof.words.confusion_list import DATED, WRONG
from taizhang.engines.proof.words.lines import lines_of, report
from taizhang.kernel.message import Message


@cache
def _pairs(listing: str) -> tuple[tuple[str, str], ...]:
    entries = (entry.partition(" ") for entry in listing.replace("\n", "|").split("|") if entry)
    return tuple((wrong, right) for wrong, _, right in entries)


def _found(context: ProofContext, rule_: Rule, listing: str) -> Iterator[Outcome]:
    lines = lines_of(context)
    told: set[int] = set()
    for entry, right in _pairs(listing):
        wrong = entry.rstrip("#")
        if not all(wrong[i : i + 2] in lines.pairs for i in range(len(wrong) - 1)):
            continue
        for line, at in lines.all_of(wrong):
            end = at + len(wrong)
            if (entry[-1] == "#" and not line.text[end : end + 1].isdigit()) or _is_oneself(line.text, at):
                continue
            places = range(line.offset + at, line.offset + end)
            if not told.isdisjoint(places):
                continue  # 级煤体 and 煤体报道 are one mistake
            told.update(places)
            yield report(
                rule_,
                line,
                line.span(at, end),
                message=Message("“{wrong}”应为“{right}”", {"wrong": wrong, "right": right}),
                advice=Message("改为“{right}”", {"right": right}),
                declared=wrong,
                computed=right,
            )


def _is_oneself(text: str, at: int) -> bool:
    """True for 自己经营, 知己已有: the character belongs to the word on its left."""
    return text[at] in "己巳" and at > 0 and text[at - 1] in "自知利律克"


@rule(
    id="words.wrong-character",
    severity=Severity.ERROR,
    title="错别字",
    why="音近、形近的字用错，词不成词。",
    concern=Concern.WORDS,
)
def wrong_character(context: ProofContext) -> Iterator[Outcome]:
    """A word with a like-sounding or like-looking character in place of the right one.

    Wrong:
        评估人员应当事先授受培训，并由市级煤体报道。
    Right:
        评估人员应当事先接受培训，并由市级媒体报道煤体瓦斯治理，门店由自己经营。
    """
    yield from _found(context, wrong_character, WRONG)


@rule(
    id="words.dated-spelling",
    severity=Severity.NOTE,
    title="写法不合现行规范",
    why="《现代汉语词典》《第一批异形词整理表》推荐另一写法。",
    concern=Concern.WORDS,
)
def dated_spelling(context: ProofContext) -> Iterator[Outcome]:
    """A spelling that the standards have given up but that is still about.

    Wrong:
        各单位要建立工作台帐，按月更新。
    Right:
        各单位要建立工作台账，按月更新。
    """
    yield from _found(context, dated_spelling, DATED)


RULES = (wrong_character, dated_spelling)
