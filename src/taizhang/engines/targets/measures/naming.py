"""Which words name what a list of figures measures, and where its quote begins and ends.

Tries the words before the figures, the noun after them, and what the sentence was about before; knows nothing of roles.
"""

from dataclasses import dataclass

from taizhang.engines.targets.measures import units
from taizhang.engines.targets.measures.dates import Deadline
from taizhang.engines.targets.measures.metrics import Phrase, enumeration, left_phrase, nominal_phrase, open_ended, right_phrase
from taizhang.engines.targets.measures.places import Place
from taizhang.engines.targets.measures.quantities import Figure
from taizhang.engines.targets.measures.relations import Relation
from taizhang.kernel.patterns import regex

_LINKING = regex(r"[满达为是到至在低少高超大多小短增减降提升涨速幅控完实现≥≤<>~约近]|突破|逾|幅")
_EACH = regex(r"(?<![平年月人户日亩地])均|分别|都|各(?:自)?(?=[达增提降减不完占为])")
_INDICATOR = regex(
    r"(?:率|量|值|额|收入|支出|比重|占比|面积|余额|产量|投资|人数|指数|水平|浓度|贷款|存款|税|能耗|水耗|强度|密度|面|度|占比"
    r"|次数|户数)\Z"
)
_AFTER_NOUN = regex(
    r"的?(?:一次性)?(?:资金|财政|专项)?(?:奖励|补贴|补助|资助|奖补|补偿|罚款|罚金|奖金|贴息|比例|份额|标准|滞纳金|扶持)"
)
_DATED_CLAUSE = regex(r"[^，。；：！？\t]+")
_OTHER_DATE = regex(r"月底?|年底|[0-9]日")
_DIGIT = regex(r"[0-9]")
_BODY = regex(r"(?:局|委|办|厅|政府|部门|单位|机关|企业|公司|办公室|委员会|中心|财政|[县市区镇])\Z")
_BEFORE_FIGURE = regex(r"(?:均|都|分别|将|要|达到|达|为|增长|提高|不低于|不少于|不超过|控制在|稳定在|在)*\Z")
_WHO_LEADS = regex(r"由[^，]*(?:牵头|会同|配合|负责)|[^，]*(?:牵头|配合|负责)|除[^，]*外")
_UNCOUNTED = frozenset(("%", "‰", "‱", "个百分点", "百分点", "成", "倍", "/十万", "/10万"))
_GRADED = regex(r".*(?:分为|划为|定为|评为|设)(?=..)")
_FARTHEST = 90
_REACH = 200  # no phrase is looked for further away: texts without punctuation stay linear


@dataclass(slots=True)
class Found:
    """A figure with what was read around it; `chained` says it stands in a list with the one before."""

    figure: Figure
    place: Place
    head: int
    relation: Relation
    chained: bool
    metric: Phrase | None = None
    quote: tuple[int, int] = (0, 0)
    from_left: bool = False


def name(text: str, group: list[Found], previous: Found | None, follower: Found | None) -> None:
    """Find the metric and the quote of a list of figures."""
    first, last = group[0], group[-1]
    if (
        previous and not previous.from_left and previous.metric and not first.relation.words
        and previous.metric.start >= previous.figure.stop >= first.head
    ):  # fmt: skip
        first.head = min(previous.metric.end, first.relation.start)
    said = left_phrase(text, first.head, first.relation.start)
    left = said if said and said.strong else None
    right = _right_of(text, last, follower)
    counted = first.figure.base not in _UNCOUNTED and not first.relation.rank
    linked = bool(_LINKING.search(first.relation.words))
    takes_right = right is not None and (
        left is None or (counted and not linked) or _waits(text, left, first.relation.start, counted)
    )
    if left is None and (linked or right is None):
        left = nominal_phrase(text, first.head, first.relation.start)
        takes_right = takes_right and left is None
    if left is None and right is None and first.figure.base in units.DURATIONS and 2 <= last.place.end - last.figure.stop <= 30:
        right = Phrase(last.figure.stop, last.place.end)
    if left and not (takes_right and right):
        start = left.start
        if text[start] == "占" and previous and previous.metric and previous.place.segment == first.place.segment:
            start = previous.metric.start if start - previous.metric.start <= _FARTHEST else start
        _settle(text, group, left, (start, 0), from_left=True)
    elif right is None and said:
        _settle(text, group, said, (said.start, 0), from_left=True)
    elif right:
        start = _verb_start(text, first.head, first.relation.start)
        _settle(text, group, right, (start, right.end), from_left=False)
    else:
        _inherit(text, group, previous)


def _waits(text: str, left: Phrase, end: int, counted: bool) -> bool:
    """True where the words before the figure need the noun after it."""
    return open_ended(text, left.start, end) and (counted or text[end - 1 : end] in "将把")


def _right_of(text: str, last: Found, follower: Found | None) -> Phrase | None:
    """The noun after a list of figures, up to the next; past it where that only qualifies the noun (122台10蒸吨/时锅炉)."""
    figure = last.figure
    end = min(max(last.place.end, figure.stop), figure.stop + _REACH)
    if follower and follower.figure.start < end:
        if follower.figure.start == figure.stop:
            return right_phrase(text, follower.figure.stop, end)
        end = max(follower.relation.start, figure.stop)
        cut = max(text.rfind(mark, figure.stop + 1, end - 1) for mark in "、和及与")
        end = cut if cut > figure.stop else end
    return right_phrase(text, figure.stop, end)


def _verb_start(text: str, head: int, relation: int) -> int:
    """Where a quote starts whose metric follows the figure: at the verb before it, if that is near."""
    if text.startswith("或者", head):
        head += 2
    while head < relation and text[head] in "、，：；。）和及与或并的 ":
        head += 1
    return head if relation - head <= 16 else relation


def _settle(text: str, group: list[Found], metric: Phrase, quote: tuple[int, int], *, from_left: bool) -> None:
    """Give every figure of a list its metric and the list's quote: 分别 lists and ranges make sense only whole."""
    last = group[-1].figure
    noun = _AFTER_NOUN.match(text, last.stop)
    start, end = min(quote[0], group[0].figure.start), max(last.stop, noun.end() if noun else 0, quote[1])
    if text.startswith("）", end) and text.count("（", start, end) > text.count("）", start, end):
        end += 1
    span = start, end
    for found in group:
        found.metric = metric
        found.from_left = from_left
        found.quote = span


def _inherit(text: str, group: list[Found], previous: Found | None) -> None:
    """The metric of the figure before in the sentence, of the words before the bracket, or of the clause before."""
    first = group[0]
    place = first.place
    phrase: Phrase | None = None
    if place.bracket == "（" and place.clause == place.opened + 1:
        phrase = _bracketed(text, place)
    same = previous is not None and previous.place.segment == place.segment and previous.metric is not None
    between = _clause_before(text, place)
    if phrase is None and same and previous and not (between and between.start >= previous.figure.stop):
        phrase = previous.metric
    phrase = phrase or between
    if phrase is None and same and previous:
        phrase = previous.metric
    if previous and previous.figure.base in units.AGES and previous.figure.stop == first.figure.start:
        phrase = Phrase(previous.quote[0], previous.figure.stop)
    if phrase is None:
        # Nothing names it: its growth word, else the figure with the words before it.
        phrase = Phrase(_verb_start(text, first.head, first.figure.start), group[-1].figure.stop)
        if first.relation.direction and first.relation.start < first.figure.start:
            phrase = Phrase(first.relation.start, first.figure.start)
    near = 0 <= first.figure.stop - phrase.start <= _FARTHEST
    start = phrase.start if near else _verb_start(text, first.head, first.relation.start)
    _settle(text, group, phrase, (start, 0), from_left=True)


def _bracketed(text: str, place: Place) -> Phrase | None:
    """The word a bracket explains: the last of a list before it (优秀（90分以上）、良好（…）)."""
    phrase = left_phrase(text, place.outer, place.opened)
    if phrase is None or not phrase.strong:
        return None
    last = enumeration(text, phrase.start, phrase.end)[-1]
    graded = _GRADED.search(text, last.start, last.end)
    return Phrase(graded.end(), last.end) if graded else last


def _clause_before(text: str, place: Place) -> Phrase | None:
    """The phrase of the clause before in the same sentence."""
    end = place.clause - 1
    if end <= place.segment:
        return None
    earliest = max(place.segment, end - _REACH)
    start = max(text.rfind(mark, earliest, end) for mark in "，；。：") + 1
    phrase = left_phrase(text, max(start, earliest), end)
    return phrase if phrase and phrase.strong else None


def metrics_of(text: str, group: list[Found], at: int) -> list[Phrase]:
    """The metrics one figure is said of: its own from a 分别 list, all of a list that shares it, else one."""
    found = group[at]
    metric = found.metric
    assert metric is not None
    if not found.from_left or found.relation.rank or found.figure.side:
        return [metric]
    parts = enumeration(text, metric.start, metric.end, "、")
    if len(parts) != len(group) or len(parts) == 1:
        parts = enumeration(text, metric.start, metric.end)
    if len(parts) < 2:
        return [metric]
    words = found.relation.words
    if len(group) == len(parts) and "分别" in words:
        return [parts[at]]
    if len(group) > 1:
        return [metric]
    if _EACH.search(words) and all(p.end - p.start >= 2 for p in parts):
        return list(parts)
    shared = found.figure.base in ("%", "‰", "/十万") and all(_INDICATOR.search(text[p.start : p.end]) for p in parts)
    return list(parts) if shared else [metric]


def dated_phrase(text: str, deadline: Deadline) -> Phrase:
    """What has to be done by then: the words before the date, else those after it up to the clause's end."""
    earliest = max(0, deadline.start - _REACH)
    begin = max(earliest, *(text.rfind(mark, earliest, deadline.start) + 1 for mark in "，。；：！？\t"))
    listed = text.rfind("、", begin, deadline.start)
    if listed >= 0 and _OTHER_DATE.search(text, begin, listed):
        begin = listed + 1
    left = left_phrase(text, begin, deadline.start)
    if left and left.end - left.start >= 3 and not _BODY.search(text, left.start, left.end):
        return left
    for clause in _DATED_CLAUSE.finditer(text, deadline.end, deadline.end + _REACH):
        if not _WHO_LEADS.fullmatch(clause.group()):
            break
    else:
        return Phrase(deadline.start, deadline.end)
    if clause.start() - deadline.end > _FARTHEST or clause.end() - clause.start() < 2:
        return Phrase(deadline.start, deadline.end)
    end = min(clause.end(), clause.start() + 30)
    digit = _DIGIT.search(text, clause.start() + 2, end)
    if digit:
        cut = _BEFORE_FIGURE.search(text, clause.start(), digit.start()).start()  # type: ignore[union-attr]
        end = cut if cut - clause.start() >= 4 else end
    return Phrase(clause.start(), max(end, clause.start() + 2))
