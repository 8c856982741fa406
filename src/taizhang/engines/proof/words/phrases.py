"""Standard phrases that many clauses share, and the one clause that has lost, gained or changed a character of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lexicon import is_pair
from taizhang.engines.proof.words.lines import FIGURE, PHRASE, Lines, Place, lines_of, report
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

STANDARD = 3  # occurrences that make a phrase a standard one
# What a clause may take or leave without being damaged: connectives, particles, prefixes and suffixes.
_FREE = frozenset(
    "并也对的处时后未经不没致其报就使求遇都可须应将被由向从在于为与和及或且而则即又再还仅只均各本该此前上下中内外里间者们等了着过地"
    "之以所有无非每某另新老大小高低全总副正章编条款项率性化型类级量额数制式得请现拟已曾"
)
_COUNTING = frozenset("0万亿千百十一二三四五六七八九两省市县区乡镇村元人户个年月日、，及和与")


@dataclass(frozen=True, slots=True)
class Slip:
    """How a rare phrase departs from a standard one: `kind` lost, extra or changed, at offset `at` of the rare one."""

    kind: str
    at: int
    standard: str
    count: int


def departure(rare: str, standard: str, count: int) -> Slip | None:
    """The one character by which `rare` departs from `standard`, None if they differ otherwise.

    >>> departure("完成年度任", "完成年度任务", 9)
    Slip(kind='lost', at=5, standard='完成年度任务', count=9)
    >>> departure("完成年度度任务", "完成年度任务", 9).kind, departure("完成年底任务", "完成年度任务", 9).kind
    ('extra', 'changed')
    """
    at = 0
    shorter = min(len(rare), len(standard))
    while at < shorter and rare[at] == standard[at]:
        at += 1
    a, b = rare[at:], standard[at:]
    if len(a) + 1 == len(b) and b[1:] == a:
        return Slip("lost", at, standard, count)
    if len(a) == len(b) + 1 and a[1:] == b:
        return Slip("extra", at, standard, count)
    if len(a) == len(b) and a and a[1:] == b[1:]:
        return Slip("changed", at, standard, count)
    return None


class _Standards:
    """Standard phrases by length and by their first or last half, one of which a single slip leaves whole."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._halves: dict[tuple[int, bool, str], list[str]] = {}
        self._ends: set[str] = set()
        for phrase, count in counts.items():
            if count >= STANDARD and len(phrase) - phrase.count("0") > 5:
                half = (len(phrase) - 1) // 2
                self._ends |= {phrase[:2], phrase[-2:]}
                self._halves.setdefault((len(phrase), True, phrase[:half]), []).append(phrase)
                self._halves.setdefault((len(phrase), False, phrase[-half:]), []).append(phrase)

    def slip_of(self, rare: str) -> Slip | None:
        """The slip from the most common standard phrase one character away."""
        best: Slip | None = None
        if rare[:2] not in self._ends and rare[-2:] not in self._ends:
            return None  # one slip leaves the first or the last two characters whole
        for length in (len(rare) + 1, len(rare), len(rare) - 1):
            half = (length - 1) // 2
            for is_head, key in ((True, rare[:half]), (False, rare[-half:])):
                for standard in self._halves.get((length, is_head, key), ()):
                    slip = departure(rare, standard, self._counts[standard])
                    if slip is not None and (best is None or slip.count > best.count):
                        best = slip
        return best


def _is_damage(rare: str, slip: Slip) -> bool | None:
    """True if the slip breaks a word, False if both readings are words, None if it is another thing (a figure, 省 for 市)."""
    at, standard = slip.at, slip.standard
    character = (rare if slip.kind == "extra" else standard)[at]
    before, here, after = rare[at - 1 : at] if at else "", rare[at : at + 1], rare[at + 1 : at + 2]
    if character in _COUNTING or character in _FREE or (slip.kind == "changed" and (here in _COUNTING or here in _FREE)):
        return None
    if slip.kind == "lost":
        is_cut = is_pair(before, character) or is_pair(character, here)
        return is_cut and not is_pair(before, here) and not (not before and here in _FREE)
    if slip.kind == "extra":
        return is_pair(before, after) or here in (before, after)
    is_cut = is_pair(before, character) or is_pair(character, after)
    return True if is_cut and not is_pair(before, here) and not is_pair(here, after) else None


@rule(
    id="words.standard-phrase",
    severity=Severity.ERROR,
    title="通用语句掉字、多字或错字",
    why="别处都写全的通用语句，唯独这里差一个字，是排印差错。",
    concern=Concern.WORDS,
)
def standard_phrase(context: ProofContext) -> Iterator[Outcome]:
    """A clause one character off a phrase that three or more others share. Where the result is still made of words it is a note.

    Wrong:
        1. 完成政务公开年度任务（10分）；
        2. 完成政务公开年度任务（10分）；
        3. 完成政务公开年度任务（10分）；
        4. 完成政务公开年度任（10分）。
    Right:
        1. 完成市政府下达的任务（10分）；
        2. 完成市政府下达的任务（10分）；
        3. 完成市政府下达的任务（10分）；
        4. 完成省政府下达的任务（10分）。
    """
    lines = lines_of(context)
    counts = lines.phrases
    standards = _Standards(counts)
    slips = {phrase: slip for phrase, count in counts.items() if count == 1 and (slip := standards.slip_of(phrase))}
    if not slips:
        return
    damages = {rare: (slip, damage) for rare, slip in slips.items() if (damage := _is_damage(rare, slip)) is not None}
    heads = {rare[:2] for rare in damages}
    for line in lines.lines if damages else ():
        for match in PHRASE.finditer(line.text):
            words = match.group()
            if words[:2] in heads or words[0].isdigit() or words[1].isdigit():
                found = damages.get(FIGURE.sub("0", words))
                if found is not None:
                    place = Place(line, match, match.start(), match.end())
                    yield _phrase_finding(place, found[0], is_damage=found[1])


def _phrase_finding(place: Place, slip: Slip, *, is_damage: bool) -> Outcome:
    printed = place.match.group()
    where = min(slip.at, len(printed) - 1)
    start, end = max(0, where - 4), min(len(printed), where + 4)
    return report(
        standard_phrase,
        place.line,
        place.line.span(place.start + start, place.start + end),
        message=Message(
            "“{printed}”与{count}处同样的语句“{standard}”差一个字",
            {"printed": printed, "count": str(slip.count), "standard": slip.standard},
        ),
        advice=Message("核对后改为“{standard}”", {"standard": slip.standard}),
        declared=printed,
        computed=slip.standard,
        severity=None if is_damage else Severity.NOTE,
    )


COMMON = 8  # occurrences that make a phrase the usual wording of a text
WIDEST = 3  # characters by which another wording may differ
_KEY = 5


def _common_ends(a: str, b: str) -> tuple[int, int]:
    """Lengths of the common beginning and of the common end, not overlapping."""
    shorter = min(len(a), len(b))
    head = 0
    while head < shorter and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < shorter - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return head, tail


def _other_wordings(counts: dict[str, int]) -> dict[str, str]:
    """Rarer phrase → the usual wording it departs from by two or three characters in one place."""
    usual: dict[str, list[str]] = {}
    for phrase, count in counts.items():
        if count >= COMMON and len(phrase) >= 2 * _KEY:
            usual.setdefault(phrase[:_KEY], []).append(phrase)
            usual.setdefault(phrase[-_KEY:], []).append(phrase)
    found: dict[str, str] = {}
    for phrase, count in counts.items():
        for standard in (*usual.get(phrase[:_KEY], ()), *usual.get(phrase[-_KEY:], ())):
            if counts[standard] <= count or phrase in found or standard == phrase:
                continue
            head, tail = _common_ends(phrase, standard)
            here, there = phrase[head : len(phrase) - tail], standard[head : len(standard) - tail]
            if head and 1 < max(len(here), len(there)) <= WIDEST and len(phrase) >= 2 * _KEY and "0" not in here + there:
                found[phrase] = standard
    return found


@rule(
    id="words.other-wording",
    severity=Severity.NOTE,
    title="通用语句写法不一",
    why="同一项要求两种写法，读者会以为是两项不同的任务。",
    concern=Concern.WORDS,
)
def other_wording(context: ProofContext) -> Iterator[Outcome]:
    """A phrase that most clauses word alike and some word otherwise by two or three characters; said once for each wording.

    Wrong:
        1. 完成市政府下达的植树造林任务；
        2. 完成市政府下达的植树造林任务；
        3. 完成市政府下达的植树造林任务；
        4. 完成市政府下达的植树造林任务；
        5. 完成市政府下达的植树造林任务；
        6. 完成市政府下达的植树造林任务；
        7. 完成市政府下达的植树造林任务；
        8. 完成市政府下达的植树造林任务；
        9. 完成市下达的植树造林任务。
    Right:
        1. 完成市政府下达的植树造林任务；
        2. 完成市政府下达的植树造林任务；
        3. 完成市政府核定的禁烧管控任务。
    """
    lines = lines_of(context)
    wordings = _other_wordings(lines.phrases)
    places: dict[str, list[Place]] = {}
    heads = {phrase[:2] for phrase in wordings}
    for line in lines.lines if wordings else ():
        for match in PHRASE.finditer(line.text):
            key = match.group()
            if key[:2] in heads and key in wordings:
                places.setdefault(key, []).append(Place(line, match, match.start(), match.end()))
    for phrase, group in places.items():
        yield report(
            other_wording,
            group[0].line,
            *(place.span for place in group[:8]),
            message=Message(
                "“{phrase}”有{count}处，多数写作“{usual}”",
                {"phrase": phrase, "count": str(len(group)), "usual": wordings[phrase]},
            ),
            advice=Message("如是同一项要求，统一写法"),
            declared=phrase,
            computed=wordings[phrase],
        )


# Phrases without their end

_CONTROLLED = regex(
    r"控制在([^，。；（）\n]{0,24}?(?:指标|上限|限额|限值|标准|范围|目标值?|水平|红线|基数))(?=[，。；（\n]|$)", re.M
)
_BOUND = regex(r"控制在[^，。；（）\n]{1,26}?(?:以内|之内|以下|范围内|内|左右)(?=[，。；（\n]|$)", re.M)


@rule(
    id="words.unfinished-bound",
    severity=Severity.WARNING,
    title="“控制在……”没有写完",
    why="缺“以内”“以下”，是上限还是目标值说不清，考核时会有争议。",
    concern=Concern.WORDS,
)
def unfinished_bound(context: ProofContext) -> Iterator[Outcome]:
    """控制在…的指标 without 以内, while other clauses write it. Where no other does it is only a note.

    Wrong:
        1. 疾病发病率控制在卫健部门核定的指标以内（50分）；
        2. 疾病发病率控制在卫健部门核定的指标（50分）。
    Right:
        1. 疾病发病率控制在卫健部门核定的指标以内（50分）；
        2. 物价涨幅控制在3%左右（50分）。
    """
    lines = lines_of(context)
    siblings = {place.match.group() for place in lines.search(_BOUND)}
    for place in lines.search(_CONTROLLED):
        printed = place.match.group()
        if printed.endswith(("范围", "水平")) and not any(s.startswith(printed) for s in siblings):
            continue
        full = next((s for s in siblings if s.startswith(printed)), None)
        yield report(
            unfinished_bound,
            place.line,
            place.span,
            message=Message("“{printed}”后面缺“以内”一类的话", {"printed": printed}),
            advice=Message("改为“{full}”，或写明界限", {"full": full or printed + "以内"}),
            declared=printed,
            computed=full,
            severity=None if full else Severity.NOTE,
        )


_UNCOUNTED = regex(
    r"(?:完成|新建|改造|实施|建成|新增|安置|培训)[^，。；：（）0-9\n]{2,18}?(户|套|座|处|所|台|辆|公里|平方米|亩|人次|名)的[^，。；0-9\n]{0,8}任务"
)
_COUNTED = regex(r"[0-9一二三四五六七八九十百千万两几数多]\s*$|[0-9一二三四五六七八九十百千万两几数多]")
_KINDS = [
    "农户",
    "住户",
    "用户",
    "商户",
    "客户",
    "大户",
    "租户",
    "散户",
    "贫困户",
    "低保户",
    "专业户",
    "个体户",
    "经营户",
    "养殖户",
    "种植户",
    "搬迁户",
    "困难户",
    "监测户",
    "脱贫户",
    "示范户",
    "五保户",
    "特困户",
    "军属户",
    "全部户",
    "重点户",
    "场所",
    "处所",
    "厕所",
    "派出所",
    "卫生所",
    "研究所",
    "到处",
    "各处",
    "办事处",
    "住处",
    "平台",
    "柜台",
    "月台",
    "车辆",
    "知名",
    "报名",
    "更名",
    "冠名",
    "记名",
    "署名",
    "命名",
    "实名",
    "挂名",
    "网套",
    "配套",
    "成套",
    "整套",
    "基座",
    "讲座",
]


@rule(
    id="words.missing-figure",
    severity=Severity.WARNING,
    title="任务漏了数量",
    why="“完成……户的任务”没有写几户，任务无法考核。",
    concern=Concern.WORDS,
)
def missing_figure(context: ProofContext) -> Iterator[Outcome]:
    """A unit of counting with no figure before it: 完成…修缮户的改造任务.

    Wrong:
        2025年完成困难家庭危房修缮户的改造任务。
    Right:
        2025年完成困难家庭危房修缮120户的改造任务，完成贫困户的搬迁任务。
    """
    for place in lines_of(context).search(_UNCOUNTED):
        head = place.match.group()[: place.match.end(1) - place.match.start()]
        if head.endswith(tuple(_KINDS)) or _COUNTED.search(head[2:]):
            continue
        yield report(
            missing_figure,
            place.line,
            place.span,
            message=Message("“{head}”前面没有数量", {"head": head}),
            advice=Message("补上数量"),
            declared=place.match.group(),
        )


_BARE = regex(r"(?<=[^0-9（\n])（([0-9]{1,3})）(?=[；。，]|$|[0-9]{1,2}[.、．])", re.M)
_WITH_UNIT = regex(r"（[0-9]{1,3}分）")


@rule(
    id="words.points-without-unit",
    severity=Severity.WARNING,
    title="分值漏了“分”字",
    why="同类各项都写“分”，唯独这里只有数字，会被当成序号或年份。",
    concern=Concern.POINTS,
)
def points_without_unit(context: ProofContext) -> Iterator[Outcome]:
    """(20) among many (15分) (20分) at the end of items.

    Wrong:
        1. 建立台账（20分）；
        2. 开展巡查（30分）；
        3. 落实整改（10分）；
        4. 报送信息（20分）；
        5. 组织培训（20）。
    Right:
        1. 建立台账（20分）；
        2. 开展巡查（30分）；
        3. 落实整改（10分）；
        4. 报送信息（20分）；
        5. 组织培训（20分）。
    """
    lines = lines_of(context)
    counts: dict[str | None, int] = {}
    for place in lines.search(_BARE):
        key = place.line.document_id
        if not counts:
            counts = _points_by_document(lines)
        if counts.get(key, 0) < 4 or int(place.match[1]) % 5:
            continue
        yield report(
            points_without_unit,
            place.line,
            place.span,
            message=Message("“{printed}”漏了“分”字", {"printed": place.match.group()}),
            advice=Message("改为“（{value}分）”", {"value": place.match[1]}),
            declared=place.match.group(),
            computed=f"（{place.match[1]}分）",
        )


def _points_by_document(lines: Lines) -> dict[str | None, int]:
    counts: dict[str | None, int] = {"": 0}
    for line in lines.lines:
        if "分）" in line.text:
            counts[line.document_id] = counts.get(line.document_id, 0) + len(_WITH_UNIT.findall(line.text))
    return counts


RULES = (standard_phrase, other_wording, unfinished_bound, missing_figure, points_without_unit)
