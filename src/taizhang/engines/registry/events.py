"""Changes of bodies, read from the text that orders them: 更名, 加挂牌子, 合并组建, 分设, 撤销, 职责划入.

An event is decided only in a document that is about institutions; elsewhere it is mentioned, and changes no name.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from taizhang.engines.gazette.model import Document, Node
from taizhang.engines.registry.lists import split_bodies
from taizhang.engines.registry.model import Event, EventKind, EventStatus
from taizhang.engines.registry.names import clean, is_body_name, is_named
from taizhang.kernel.citation import Citation
from taizhang.kernel.dates import DATE_PATTERN, day_of
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_VERB = regex(
    r"(?P<renamed>(?:分别)?(?:更名|改名|更改|变更)为|改称为?)"
    r"|(?P<signboard>(?:加挂|(?<=[，,（(统一外])挂)(?=[^，,。;；]{2,60}?牌))"
    r"|(?P<merged>(?:职责)?(?:进行)?(?:合并|整合)[，,]?\s*(?:重新|共同)?(?:组建|成立|设立|组成|为)(?:新的)?|(?:整体)?(?:并入|合并到|合并至))"
    r"|(?P<split>(?:分设|拆分|分立)[为成])"
    r"|(?P<abolished>撤销|裁撤|不再保留)"
    r"|(?P<duties_moved>(?:职责|职能)(?:整体|全部|一并|分别)?(?:划入|划归|划转(?:至|到|给)?|交由))"
    r"|(?P<founded>(?:组建|设立|成立)(?!的|后|以来|于|了|工作))"
)
_KINDS = {kind.value: kind for kind in EventKind} | {"signboard": EventKind.SIGNBOARD_ADDED}
_SENTENCE = regex(r"[^。;；！!\n]+[。;；！!]?")
_INSTITUTIONAL = regex(
    r"更名|改名|成立|设立|组建|撤销|合并|分设|加挂|区划|机构(?:改革|设置|编制|调整)|(?:调整|设置|理顺).{0,24}(?:机构|体制|职责|职能|编制)"
)
_SPEAKS_ONLY = regex(r"讲话|报告|规划|计划|纪要|致辞|答记者|解读|新闻")
_ABOUT = regex(r"\s*(?:一事|事宜|事项|问题|工作|的(?:请示|批复|通知|意见|决定|函|公告|建议|方案|工作|有关))")
_HYPOTHETICAL = regex(
    r"(?:拟|建议|推动|推进|督促|支持|加快|争取|力争|筹备|筹建|申请|研究(?!决定)|探索|鼓励|引导|计划|可以|应当|适时)[^，,。]{0,40}\Z"
)
_LEAD = regex(r"\A.*(?:[将把]|同意|决定|批准|经研究|通知如下[:：]?|批复如下[:：]?|[:：])(?=.{2,})", re.DOTALL)
_EFFECTIVE = regex(rf"自\s*(?:{DATE_PATTERN})\s*起")
_NAME_STOP = regex(
    r"一事|后(?![勤方])|牌|(?<=[局委会办室心司行院处站所队厅部社区县市镇])"
    r"(?:的|作为|为|是|承担|负责|统一|由|并(?!购)|及其|以下简称|[（(](?:以下|正|副|与|筹)|等(?=[\u4e00-\u9fff]*职责))"
)
_BEARER = regex(r"(?:更名|改名|变更|更改)为|组建|设立|成立")
_QUOTED = regex(r"《[^》]*》")
_TITLE_RENAMED = regex(r"关于(?:同意)?[将把]?(?P<x>[^，,。]{2,60}?)(?:更名|改名|加挂|分设|合并|撤销)")
_TITLE_FOUNDED = regex(r"关于(?:同意)?(?P<verb>成立|设立|撤销)(?P<x>[^，,。]{2,60}?)的?(?:通知|决定|批复|通告|公告|意见)\Z")
_REACH = 200  # characters looked at on either side of a verb


class _Clause(NamedTuple):
    text: str
    eid: str
    start: int
    node: Node

    def place(self, start: int, end: int) -> Span:
        return self.node.words.span(self.start + start, self.start + end)


class _Setting(NamedTuple):
    document: str
    number: str | None
    day: date | None
    decides: bool
    title: str


class _Change(NamedTuple):
    kind: EventKind
    left: tuple[str, ...]
    right: tuple[str, ...]
    start: int
    end: int


def read_events(documents: Iterable[Document]) -> tuple[Event, ...]:
    """Events of the documents and all nested in them, in printed order.

    The day is that of 自…起 in the sentence, else the document's own (a nested document takes that of the one that carries it).
    `subjects` are the bodies before, `results` those after; a merger's subjects are all whose duties it takes.
    """
    out: list[Event] = []
    for document in documents:
        _read(document, None, None, out)
    return tuple(out)


def _read(document: Document, number: str | None, day: date | None, out: list[Event]) -> None:
    number = str(document.number) if document.number else number
    day = document.issued_on or day
    out.extend(_document_events(document, number, day))
    for nested in document.documents:
        _read(nested, number, day, out)


def _document_events(document: Document, number: str | None, day: date | None) -> list[Event]:
    about = _INSTITUTIONAL.search(document.title) is not None
    decides = about and not _SPEAKS_ONLY.search(document.kind or document.title)
    setting = _Setting(document.id, number, day, decides, clean(document.title))
    found = [event for clause in _clauses(document) for event in _sentence_events(clause, setting)]
    if decides and not any(e.status is EventStatus.DECIDED for e in found):
        found.extend(_title_events(document, setting))
    return found


def _clauses(document: Document) -> Iterator[_Clause]:
    for node in document.walk_nodes():
        text = node.words.text
        if node.kind in ("title", "docNumber", "table") or not _VERB.search(text):
            continue
        for match in _SENTENCE.finditer(text):
            if _VERB.search(match[0]):
                yield _Clause(match[0], node.eid, match.start(), node)


def _sentence_events(clause: _Clause, setting: _Setting) -> list[Event]:
    # Titles of other documents inside 《》 order nothing here; blanking them keeps every offset.
    text = _QUOTED.sub(lambda m: "，" * len(m[0]), clause.text)
    effective = _EFFECTIVE.search(text)
    day = (day_of(effective) if effective else None) or setting.day
    out: list[Event] = []
    for change in _changes(text, setting.title):
        before = text[max(0, change.start - 60) : change.start]
        firm = setting.decides and not _HYPOTHETICAL.search(before) and not _ABOUT.match(text, change.end)
        status = EventStatus.DECIDED if firm else EventStatus.MENTIONED
        span = clause.place(change.start, max(change.end, change.start + 1))
        cited = Citation(setting.number, clause.eid, span, clause.text.strip())
        out.append(Event(change.kind, change.left, change.right, day if firm else None, status, setting.document, cited))
    return out


def _changes(text: str, title: str) -> list[_Change]:
    out: list[_Change] = []
    for match in _VERB.finditer(text):
        kind = _KINDS[match.lastgroup or "founded"]
        for found, left, right in _SIDES[kind](text, match, title):
            out.extend(_paired(found, left, right, match, text))
    if any(change.kind is not EventKind.FOUNDED for change in out):
        named = {name for change in out if change.kind is not EventKind.FOUNDED for name in change.right}
        out = [c for c in out if c.kind is not EventKind.FOUNDED or not named.issuperset(c.right)]
    return out


def _paired(kind: EventKind, left: tuple[str, ...], right: tuple[str, ...], match: re.Match[str], text: str) -> list[_Change]:
    end = match.end()
    if right and (at := text.find(right[-1][-3:], end)) >= 0:
        end = at + len(right[-1][-3:])
    if kind is EventKind.RENAMED and len(left) > 1:
        return [_Change(kind, (a,), (b,), match.start(), end) for a, b in zip(left, right, strict=False)]
    return [_Change(kind, left, right, match.start(), end)]


_Sides = list[tuple[EventKind, tuple[str, ...], tuple[str, ...]]]


def _renamed(text: str, match: re.Match[str], title: str) -> _Sides:
    old = _names_before(_clause_before(text, match.start())) or _subject_of_title(title)
    new = _names_after(text, match.end(), first_only=len(old) < 2)
    return [(EventKind.RENAMED, old, new)] if old and new else []


def _signboard(text: str, match: re.Match[str], title: str) -> _Sides:
    before = text[: match.start()]
    verbs = list(_BEARER.finditer(before))
    bearer = _names_after(before, verbs[-1].end(), first_only=True) if verbs else ()
    bearer = bearer or _names_before(_clause_before(text, match.start()).rstrip("，,（(统一对外同时")) or _subject_of_title(title)
    names = _names_after(text, match.end(), first_only=False)
    return [(EventKind.SIGNBOARD_ADDED, bearer[-1:], names)] if bearer and names else []


def _merged(text: str, match: re.Match[str], title: str) -> _Sides:
    if match[0].endswith("为") and not text[match.end() : match.end() + 1].strip():
        return []
    whole, partly = _parties(_sentence_before(text, match.start()))
    whole = whole or (() if partly else _subject_of_title(title))
    right = _names_after(text, match.end(), first_only=True)
    sides = [(EventKind.MERGED, whole, right), (EventKind.DUTIES_MOVED, partly, right)]
    return [side for side in sides if side[1] and right]


def _split(text: str, match: re.Match[str], title: str) -> _Sides:
    left = _names_before(_clause_before(text, match.start())) or _subject_of_title(title)
    right = _names_after(text, match.end(), first_only=False)
    return [(EventKind.SPLIT, left[-1:], right)] if left and len(right) > 1 else []


def _abolished(text: str, match: re.Match[str], title: str) -> _Sides:
    ahead = re.split(r"[，,]", text[match.end() : match.end() + _REACH])[0]
    names = _names_after(ahead, 0, first_only=False)
    return [(EventKind.ABOLISHED, names, ())] if names else []


def _duties_moved(text: str, match: re.Match[str], title: str) -> _Sides:
    left = _names_before(re.split("的", _LEAD.sub("", _clause_before(text, match.start())))[0])
    right = _names_after(text, match.end(), first_only=True)
    return [(EventKind.DUTIES_MOVED, left, right)] if left and right else []


def _founded(text: str, match: re.Match[str], title: str) -> _Sides:
    names = _names_after(text, match.end(), first_only=True)
    return [(EventKind.FOUNDED, (), names)] if names else []


_SIDES = {
    EventKind.RENAMED: _renamed,
    EventKind.SIGNBOARD_ADDED: _signboard,
    EventKind.MERGED: _merged,
    EventKind.SPLIT: _split,
    EventKind.ABOLISHED: _abolished,
    EventKind.DUTIES_MOVED: _duties_moved,
    EventKind.FOUNDED: _founded,
}


def _clause_before(text: str, at: int) -> str:
    """Words between the last comma or stop and `at`."""
    return re.split(r"[，,。;；]", text[max(0, at - _REACH) : at])[-1]


def _sentence_before(text: str, at: int) -> str:
    return re.split(r"[。;；]", text[max(0, at - 2 * _REACH) : at].rstrip("，, "))[-1]


def _names_before(text: str) -> tuple[str, ...]:
    """Bodies the words before a verb hold, after the last 将, 把, 同意 …"""
    text = re.sub(r"[（(]以下简称[^）)]*[）)]", "", text)
    text = _LEAD.sub("", text).strip().removeprefix("原").removeprefix("由").removesuffix("的")
    return tuple(n for n in split_bodies(text) if is_named(n) and len(n) <= 40)


def _parties(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Bodies that go wholly into a merger (A与B; A、B的职责), and bodies that give up a part (以及C的某某职责)."""
    whole: list[str] = []
    partly: list[str] = []
    for part in re.split(r"[，,]\s*(?:以及)?|以及", _LEAD.sub("", text)):
        owners, _, what = part.partition("的")
        names = partly if what.strip() and not what.startswith(("职责", "职能")) else whole
        names.extend(n for n in _names_before(owners) if n not in names)
    return tuple(whole), tuple(partly)


def _names_after(text: str, at: int, *, first_only: bool) -> tuple[str, ...]:
    """Bodies the words after a verb begin with."""
    ahead = text[at : at + _REACH].lstrip(' \u3000“"‘')
    ahead = re.split(r"[，,。;；]" if first_only else r"[。;；]", ahead)[0]
    if stop := _NAME_STOP.search(ahead):
        ahead = ahead[: stop.start()]
    names = split_bodies(ahead)
    return tuple(n for n in (names[:1] if first_only else names) if is_body_name(n))


def _subject_of_title(title: str) -> tuple[str, ...]:
    """X of 关于X更名的通知."""
    match = _TITLE_RENAMED.search(title)
    return _names_before(match["x"]) if match else ()


def _title_events(document: Document, setting: _Setting) -> list[Event]:
    """关于成立X的通知, where no sentence of the body says it again."""
    match = _TITLE_FOUNDED.search(setting.title)
    names = tuple(n for n in split_bodies(match["x"]) if is_named(n)) if match else ()
    if not match or not names:
        return []
    gone = match["verb"] == "撤销"
    kind = EventKind.ABOLISHED if gone else EventKind.FOUNDED
    cited = Citation(setting.number, "", document.title_span, document.title)
    left, right = (names, ()) if gone else ((), names)
    return [Event(kind, left, right, setting.day, EventStatus.DECIDED, setting.document, cited)]
