"""Traditional characters inside simplified text."""

from collections.abc import Iterator
from functools import cache

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lines import Place, lines_of, report
from taizhang.engines.proof.words.traditional_table import PAIRS
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

MOST_IN_SIMPLIFIED = 0.02  # share of lines beyond which the text is written in traditional characters on purpose


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified."""
    return dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))


_LANGUAGE_MENU = regex(r"繁體|正體|中文版|[Ee]nglish")


@rule(
    id="words.traditional-character",
    severity=Severity.ERROR,
    title="简体文本里有繁体字",
    why="《国家通用语言文字法》第三条、第九条：国家机关以规范汉字为公务用字。",
    concern=Concern.WORDS,
)
def traditional_character(context: ProofContext) -> Iterator[Outcome]:
    """A traditional character in a text otherwise in simplified ones. A language menu of a web page is left alone.

    Wrong:
        为来访群众辦理各类事项，做好服务工作，按时办结并反馈。
    Right:
        为来访群众办理各类事项，乾县著名商标评选由於先生负责。
    """
    lines = lines_of(context)
    printed = sorted(simplified().keys() & set(lines.text))
    if not printed:
        return
    places = list(lines.search(regex(f"[{''.join(printed)}]+")))
    if sum(len(place.match.group()) for place in places) > max(8, len(lines.text) * MOST_IN_SIMPLIFIED):
        return
    for place in places:
        if _LANGUAGE_MENU.search(place.line.text) and len(place.line.text) < 40:
            continue
        yield _finding(place)


def _finding(place: Place) -> Outcome:
    printed = place.match.group()
    meant = "".join(simplified()[c] for c in printed)
    return report(
        traditional_character,
        place.line,
        place.line.span(max(0, place.start - 1), min(len(place.line.text), place.end + 1)),
        message=Message("“{printed}”是繁体字", {"printed": printed}),
        advice=Message("改为“{meant}”；人名、书名依原样的可保留", {"meant": meant}),
        declared=printed,
        computed=meant,
    )


RULES = (traditional_character,)
