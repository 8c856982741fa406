"""One clause from text to measures: figures, where they stand, what is said of them, what they measure and what for."""

import re
from dataclasses import dataclass, replace

from taizhang.engines.targets.measures import units
from taizhang.engines.targets.measures.dates import Deadline, deadlines_in
from taizhang.engines.targets.measures.genuine import is_genuine, is_heading_number, joined
from taizhang.engines.targets.measures.metrics import Phrase, enumeration, left_phrase, nominal_phrase, open_ended, right_phrase
from taizhang.engines.targets.measures.model import ClauseContext, RawMeasure
from taizhang.engines.targets.measures.places import Place, places_of
from taizhang.engines.targets.measures.plain import Plain
from taizhang.engines.targets.measures.quantities import Figure, figures_in
from taizhang.engines.targets.measures.relations import Relation, relation_of
from taizhang.engines.targets.measures.roles import Around, deadline_role, modality_of, role_of
from taizhang.engines.targets.measures.values import comparator_of, kind_of, normalised_of
from taizhang.kernel.measure import Kind, Modality, Role

_CHAIN = re.compile(r"[、，]?(?:和|及|与|或|以及|并|至|到|[—–~-]+)?")
_LINKING = re.compile(r"[满达为是到至在低少高超大多小短增减降提升涨速幅控完实现≥≤<>~约近]|突破|逾|幅")
_EACH = re.compile(r"(?<![平年月人户日亩地])均|分别|都|各(?:自)?(?=[达增提降减不完占为])")
_INDICATOR = re.compile(
    r"(?:率|量|值|额|收入|支出|比重|占比|面积|余额|产量|投资|人数|指数|水平|浓度|贷款|存款|税|能耗|水耗|强度|密度|面|度|占比"
    r"|次数|户数)\Z"
)
_AFTER_NOUN = re.compile(
    r"的?(?:一次性)?(?:资金|财政|专项)?(?:奖励|补贴|补助|资助|奖补|补偿|罚款|罚金|奖金|贴息|比例|份额|标准|滞纳金|扶持)"
)
_SCOPE_GAP = re.compile(r"[^，。；：、（）0-9]{1,8}")
_GAP_VERB = re.compile(r"[达为是到至增减降建设完给予投奖补]|新|举|办|培|引|覆|配|开|落|实")
_DATED_CLAUSE = re.compile(r"[^，。；：！？\t]+")
_BODY = re.compile(r"(?:局|委|办|厅|政府|部门|单位|机关|企业|公司|办公室|委员会|中心|财政|[县市区镇])\Z")
_BEFORE_FIGURE = re.compile(r"(?:均|都|分别|将|要|达到|达|为|增长|提高|不低于|不少于|不超过|控制在|稳定在|在)*\Z")
_WHO_LEADS = re.compile(r"由[^，]*(?:牵头|会同|配合|负责)|[^，]*(?:牵头|配合|负责)|除[^，]*外")
_UNCOUNTED = frozenset(("%", "‰", "‱", "个百分点", "百分点", "成", "倍", "/十万", "/10万"))
_GRADED = re.compile(r".*(?:分为|划为|定为|评为|设)(?=..)")
_FARTHEST = 90


@dataclass(slots=True)
class _Found:
    """A figure with what was read around it; `chained` says it stands in a list with the one before."""

    figure: Figure
    place: Place
    head: int
    relation: Relation
    chained: bool
    metric: Phrase | None = None
    quote: tuple[int, int] = (0, 0)
    from_left: bool = False


def _candidates(plain: Plain, context: ClauseContext) -> list[Figure]:
    text = plain.text
    found = [f for f in joined(text, figures_in(text)) if is_genuine(text, f, context.is_item)]
    if found and found[0].start == 0 and is_heading_number(plain.source, found[0]):
        del found[0]
    return found


def _with_relations(text: str, figures: list[Figure]) -> list[_Found]:
    """Each figure with its place and relation; figures in book titles are left out."""
    found: list[_Found] = []
    for figure, place in zip(figures, places_of(text, figures), strict=True):
        if place.bracket == "《":
            continue
        previous = found[-1] if found else None
        head, chained = place.clause, False
        if previous and previous.figure.stop > head:
            head = min(previous.figure.stop, figure.start)
            if previous.place.bracket == "（" and previous.place.opened != place.opened:
                head = max(head, text.find("）", head, figure.start) + 1)
        if previous and previous.place.sentence == place.sentence and previous.place.bracket == place.bracket:
            gap = text[min(previous.figure.stop, figure.start) : figure.start]
            chained = len(gap) <= 4 and bool(_CHAIN.fullmatch(gap)) and (bool(gap) or figure.side == "high")
            if gap.startswith("，") and right_phrase(text, figure.stop, figure.stop + 2):
                chained = False
        if chained and previous:
            relation = previous.relation
            if figure.side is None and previous.figure.side is None:
                relation = _relisted(previous.relation, figure)
        else:
            relation = relation_of(text, head, figure)
        found.append(_Found(figure, place, head, relation, chained))
    return found


def _relisted(relation: Relation, figure: Figure) -> Relation:
    """The relation of a listed figure: that of the first, but for a suffix of its own."""
    if figure.limit and relation.bound == "=":
        return replace(relation, bound=figure.limit)
    return relation


def _group(found: list[_Found], at: int) -> list[_Found]:
    """The list of figures that starts at `at`."""
    end = at + 1
    while end < len(found) and found[end].chained:
        end += 1
    group = found[at:end]
    limit = group[-1].figure.limit
    for one in group[:-1]:
        # A suffix after the last of a list is said of all (分别增长5%、6%左右).
        if limit and one.figure.limit is None and one.figure.side is None and one.relation.bound == "=":
            one.relation = replace(one.relation, bound=limit)
    return group


def _name(text: str, group: list[_Found], previous: _Found | None, follower: _Found | None) -> None:
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


def _right_of(text: str, last: _Found, follower: _Found | None) -> Phrase | None:
    """The noun after a list of figures, up to the next figure; past it where that only qualifies the noun (122台10蒸吨/时锅炉)."""
    figure, end = last.figure, max(last.place.end, last.figure.stop)
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


def _settle(text: str, group: list[_Found], metric: Phrase, quote: tuple[int, int], *, from_left: bool) -> None:
    for found in group:
        found.metric = metric
        found.from_left = from_left
        end = max(found.figure.stop, quote[1] if found is group[-1] else 0)
        noun = _AFTER_NOUN.match(text, found.figure.stop)
        if noun:
            end = max(end, noun.end())
        if found.figure.side == "high" and found is not group[0]:
            low = group[group.index(found) - 1]
            low.quote = (low.quote[0], end)
        found.quote = (min(quote[0], found.figure.start), end)


def _inherit(text: str, group: list[_Found], previous: _Found | None) -> None:
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
        phrase = Phrase(_verb_start(text, first.head, first.figure.start), group[-1].figure.stop)
    start = phrase.start if 0 <= first.figure.stop - phrase.start <= _FARTHEST else first.head
    _settle(
        text, group, phrase, (_verb_start(text, start, first.relation.start) if start == first.head else start, 0), from_left=True
    )


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
    start = max(text.rfind(mark, place.segment, end) for mark in "，；。：") + 1
    phrase = left_phrase(text, max(start, place.segment), end)
    return phrase if phrase and phrase.strong else None


def _is_followed(text: str, here: _Found, then: _Found | None) -> bool:
    """True if another counted figure follows inside the same noun phrase (3个乡镇22个试点)."""
    if then is None:
        return False
    gap = text[here.figure.stop : then.figure.start]
    if here.figure.side or then.figure.base in ("%", "‰") or here.place.bracket != then.place.bracket or then.figure.base is None:
        return False
    return bool(gap) and bool(_SCOPE_GAP.fullmatch(gap)) and not _GAP_VERB.search(gap.removesuffix("的"))


def _metrics(text: str, group: list[_Found], at: int) -> list[Phrase]:
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


def figures_of(plain: Plain, year: int | None, context: ClauseContext) -> list[RawMeasure]:
    """The measures with a figure, in plain-text order, offsets led back to the original."""
    text = plain.text
    found = _with_relations(text, _candidates(plain, context))
    previous: _Found | None = None
    role = Role.TARGET
    measures: list[RawMeasure] = []
    at = 0
    while at < len(found):
        group = _group(found, at)
        follower = found[at + len(group)] if at + len(group) < len(found) else None
        _name(text, group, previous, follower)
        around = _around(text, group)
        inherited = role if previous and group[0].place.bracket == "（" and previous.place.bracket != "（" else None
        role = role_of(
            group[-1].figure, group[0].relation, around, context,
            year=year, left_is_noun=group[0].from_left, followed=_is_followed(text, group[-1], follower), outer=inherited,
            previous=role if previous and previous.place.segment == group[0].place.segment else None,
        )  # fmt: skip
        colon = group[0].place.colon
        modality = modality_of(around, text[colon[0] : colon[1]] if colon else "", context)
        for index in range(len(group)):
            measures.extend(_measure(plain, group, index, metric, role, modality) for metric in _metrics(text, group, index))
        previous = group[-1]
        at += len(group)
    return measures


def _around(text: str, group: list[_Found]) -> Around:
    first, last = group[0], group[-1]
    place = first.place
    return Around(
        text[place.sentence : first.figure.start],
        text[place.outer if place.bracket == "“" else place.clause : first.figure.start],
        text[last.figure.stop : max(last.place.end, last.figure.stop)],
        text[last.figure.stop : last.figure.stop + 40],
    )


def _measure(plain: Plain, group: list[_Found], index: int, metric: Phrase, role: Role, modality: Modality) -> RawMeasure:
    text, found = plain.text, group[index]
    figure, relation = found.figure, found.relation
    said = text[group[0].head : group[0].relation.start]
    value, unit = normalised_of(figure, relation, text[figure.end : figure.end + 14])
    start, end = plain.span(min(found.quote[0], metric.start), max(found.quote[1], figure.stop))
    value_start, value_end = plain.span(figure.start, figure.end)
    return RawMeasure(
        metric=plain.printed(metric.start, metric.end),
        comparator=comparator_of(figure, relation, said),
        bound=(">=" if figure.side == "low" else "<=") if figure.side else relation.bound,
        value=figure.value,
        unit=_printed_unit(plain, figure),
        normalized_value=value,
        normalized_unit=unit,
        baseline=relation.baseline,
        kind=kind_of(figure, relation, said),
        role=role,
        modality=modality,
        start=start,
        end=end,
        value_start=value_start,
        value_end=value_end,
    )


def _printed_unit(plain: Plain, figure: Figure) -> str | None:
    """The unit with the brackets it prints (套(户))."""
    if figure.unit is None or "（" not in figure.unit:
        return figure.unit
    return plain.printed(figure.end - len(figure.unit), figure.end)


def deadlines_of(plain: Plain, year: int | None, context: ClauseContext) -> list[RawMeasure]:
    """The deadlines of a clause as measures of kind date."""
    measures: list[RawMeasure] = []
    for deadline in deadlines_in(plain.text, year):
        phrase = _dated_phrase(plain.text, deadline)
        start, end = plain.span(min(phrase.start, deadline.start), max(phrase.end, deadline.end))
        value_start, value_end = plain.span(deadline.start, deadline.end)
        metric = plain.printed(phrase.start, phrase.end)
        around = Around(
            plain.text[: deadline.start][-60:], plain.text[: deadline.start][-30:], plain.text[deadline.end :][:30], ""
        )
        measures.append(
            RawMeasure(
                metric=metric,
                comparator="<=",
                bound="<=",
                value=deadline.day,
                unit=None,
                normalized_value=deadline.day,
                normalized_unit=None,
                baseline=None,
                kind=Kind.DATE,
                role=deadline_role(metric, context),
                modality=modality_of(around, "", context),
                start=start,
                end=end,
                value_start=value_start,
                value_end=value_end,
            )
        )
    return measures


def _dated_phrase(text: str, deadline: Deadline) -> Phrase:
    """What has to be done by then: the words before the date, else those after it up to the clause's end."""
    begin = max(text.rfind(mark, 0, deadline.start) for mark in "，。；：！？\t") + 1
    left = left_phrase(text, begin, deadline.start)
    if left and left.end - left.start >= 3 and not _BODY.search(text, left.start, left.end):
        return left
    clauses = _DATED_CLAUSE.finditer(text, deadline.end)
    for clause in clauses:
        if not _WHO_LEADS.fullmatch(clause.group()):
            break
    else:
        return Phrase(deadline.start, deadline.end)
    if clause.start() - deadline.end > _FARTHEST or clause.end() - clause.start() < 2:
        return Phrase(deadline.start, deadline.end)
    end = min(clause.end(), clause.start() + 30)
    digit = re.compile(r"[0-9]").search(text, clause.start() + 2, end)
    if digit:
        cut = _BEFORE_FIGURE.search(text, clause.start(), digit.start()).start()  # type: ignore[union-attr]
        end = cut if cut - clause.start() >= 4 else end
    return Phrase(clause.start(), max(end, clause.start() + 2))
