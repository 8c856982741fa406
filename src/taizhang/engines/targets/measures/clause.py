"""One clause from text to measures: figures, where they stand, what is said of them, what they measure and what for."""

from dataclasses import replace

from taizhang.engines.targets.measures.dates import deadlines_in
from taizhang.engines.targets.measures.genuine import is_genuine, is_heading_number, joined
from taizhang.engines.targets.measures.metrics import Phrase, right_phrase
from taizhang.engines.targets.measures.model import ClauseContext, RawMeasure
from taizhang.engines.targets.measures.naming import Found, dated_phrase, metrics_of, name
from taizhang.engines.targets.measures.places import Place, places_of
from taizhang.engines.targets.measures.plain import Plain
from taizhang.engines.targets.measures.quantities import Figure, figures_in
from taizhang.engines.targets.measures.relations import Relation, relation_of
from taizhang.engines.targets.measures.roles import Around, deadline_role, modality_of, role_of
from taizhang.engines.targets.measures.values import comparator_of, kind_of, normalised_of
from taizhang.kernel.measure import Kind, Modality, Role
from taizhang.kernel.patterns import regex

_CHAIN = regex(r"[、，]?(?:和|及|与|或|以及|并|至|到|[—–~-]+)?")
_SCOPE_GAP = regex(r"[^，。；：、（）0-9]{1,8}")
_REACH = 200  # what lies further away than this is not read
_SLOGAN = 8  # characters
_GAP_VERB = regex(r"[达为是到至增减降建设完给予投奖补]|新|举|办|培|引|覆|配|开|落|实")


def _candidates(plain: Plain, context: ClauseContext) -> list[Figure]:
    text = plain.text
    found = [f for f in joined(text, figures_in(text)) if is_genuine(text, f, context.is_item)]
    if found and found[0].start == 0 and is_heading_number(plain.source, found[0]):
        del found[0]
    return found


def _with_relations(text: str, figures: list[Figure]) -> list[Found]:
    """Each figure with its place and relation; figures in book titles are left out."""
    found: list[Found] = []
    if not figures:
        return found
    for figure, place in zip(figures, places_of(text, figures), strict=True):
        if place.bracket == "《" or (figure.chinese and _is_slogan(place)):
            continue
        previous = found[-1] if found else None
        head, chained = max(place.clause, figure.start - _REACH), False
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
        found.append(Found(figure, place, head, relation, chained))
    return found


def _is_slogan(place: Place) -> bool:
    """True inside a short quotation: “最多跑一次” is a name."""
    return place.bracket == "“" and place.clause == place.opened + 1 and place.end - place.clause <= _SLOGAN


def _relisted(relation: Relation, figure: Figure) -> Relation:
    """The relation of a listed figure: that of the first, but for a suffix of its own."""
    if figure.limit and relation.bound == "=":
        return replace(relation, bound=figure.limit)
    return relation


def _group(found: list[Found], at: int) -> list[Found]:
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


def _is_followed(text: str, here: Found, then: Found | None) -> bool:
    """True if another counted figure follows inside the same noun phrase (3个乡镇22个试点)."""
    if then is None:
        return False
    gap = text[here.figure.stop : then.figure.start]
    if here.figure.side or then.figure.base in ("%", "‰") or here.place.bracket != then.place.bracket or then.figure.base is None:
        return False
    return bool(gap) and bool(_SCOPE_GAP.fullmatch(gap)) and not _GAP_VERB.search(gap.removesuffix("的"))


def figures_of(plain: Plain, year: int | None, context: ClauseContext) -> list[RawMeasure]:
    """The measures with a figure, in plain-text order, offsets led back to the original."""
    text = plain.text
    found = _with_relations(text, _candidates(plain, context))
    previous: Found | None = None
    role = Role.TARGET
    measures: list[RawMeasure] = []
    at = 0
    while at < len(found):
        group = _group(found, at)
        follower = found[at + len(group)] if at + len(group) < len(found) else None
        name(text, group, previous, follower)
        around = _around(text, group)
        inherited = role if previous and group[0].place.bracket == "（" and previous.place.bracket != "（" else None
        role = role_of(
            group[-1].figure, group[0].relation, around, context,
            year=year, left_is_noun=group[0].from_left, followed=_is_followed(text, group[-1], follower), outer=inherited,
            previous=role if previous and previous.place.segment == group[0].place.segment else None,
        )  # fmt: skip
        colon = group[0].place.colon
        modality = modality_of(around, text[max(colon[0], colon[1] - _REACH) : colon[1]] if colon else "", context)
        for index in range(len(group)):
            measures.extend(_measure(plain, group, index, metric, role, modality) for metric in metrics_of(text, group, index))
        previous = group[-1]
        at += len(group)
    return measures


def _around(text: str, group: list[Found]) -> Around:
    first, last = group[0], group[-1]
    place = first.place
    clause = place.outer if place.bracket == "“" else place.clause
    return Around(
        text[max(place.sentence, first.figure.start - 2 * _REACH) : first.figure.start],
        text[max(clause, first.figure.start - _REACH) : first.figure.start],
        text[last.figure.stop : min(max(last.place.end, last.figure.stop), last.figure.stop + _REACH)],
        text[last.figure.stop : last.figure.stop + 40],
    )


def _measure(plain: Plain, group: list[Found], index: int, metric: Phrase, role: Role, modality: Modality) -> RawMeasure:
    text, found = plain.text, group[index]
    figure, relation = found.figure, found.relation
    said = text[group[0].head : group[0].relation.start]
    value, unit = normalised_of(figure, relation, text[figure.end : figure.end + 14])
    start, end = plain.span(min(found.quote[0], metric.start), max(found.quote[1], figure.stop))
    value_start, value_end = plain.span(figure.start, figure.end)
    printed = _printed_unit(plain, figure)
    return RawMeasure(
        metric=plain.printed(metric.start, metric.end),
        comparator=comparator_of(figure, relation, said),
        bound=(">=" if figure.side == "low" else "<=") if figure.side else relation.bound,
        value=figure.value,
        unit=printed,
        normalized_value=value,
        normalized_unit=printed if unit and "（" in unit else unit,
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
        phrase = dated_phrase(plain.text, deadline)
        start, end = plain.span(min(phrase.start, deadline.start), max(phrase.end, deadline.end))
        value_start, value_end = plain.span(deadline.start, deadline.end)
        metric = plain.printed(phrase.start, phrase.end)
        before = plain.text[max(0, deadline.start - 30) : deadline.start]
        around = Around(before, before, plain.text[deadline.end : deadline.end + 30], "")
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
