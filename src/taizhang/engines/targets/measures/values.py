"""From a figure and its relation to the fields of a measure: comparator, kind, normalised value and unit."""

import re
from decimal import Decimal

from taizhang.engines.targets.measures import units
from taizhang.engines.targets.measures.quantities import Figure
from taizhang.engines.targets.measures.relations import Relation
from taizhang.kernel.measure import Kind
from taizhang.kernel.patterns import regex

_SHARE_PHRASE = regex(r"占比\Z|比重\Z|(?<![征侵抢霸挤强])占(?![用地领有压道])[^，。；]*\Z")
_PROPORTION = regex(r"比例\Z|的\Z|比重|占比|份额")
_HIGHER = regex(r"[高快多增升](?:于[^，。；]*)?\Z")
_LOWER = regex(r"[低慢少减降](?:于[^，。；]*)?\Z")
_PROPORTIONAL = regex(r"比值?(?:[由从][0-9.]*)?\Z")
_INDEX = regex(r"指数|价格[^，。；]{0,6}水平|CPI|PPI")
_SHARES = frozenset(("%", "‰", "‱", "成", "/十万", "/10万", "/万", "/百万"))
_GROWING = _SHARES | {"倍"}


def comparator_of(figure: Figure, relation: Relation, said: str) -> str:
    """The form in print; `said` is the clause up to the relation words."""
    if figure.side:
        return "range"
    if relation.rank:
        return relation.rank
    if (figure.base or "").startswith(":"):
        return "ratio"
    if figure.base in ("个百分点", "百分点"):
        direction = relation.direction or ("up" if _HIGHER.search(said) else "down" if _LOWER.search(said) else None)
        return relation.bound if direction is None else f"pp_{direction}"
    if relation.direction and not relation.reached and figure.base is not None:
        return "growth" if relation.direction == "up" else "decline"
    if figure.base in _SHARES and _SHARE_PHRASE.search(said):
        return "share"
    return relation.bound


def kind_of(figure: Figure, relation: Relation, said: str) -> Kind:
    """What sort of figure it is."""
    base = figure.base or ""
    if relation.rank:
        return Kind.RANK if relation.rank == "rank<=" else Kind.RANK_CHANGE
    if base.startswith(":") or base == "倍":
        return Kind.GROWTH_RATE if relation.direction and not relation.reached else Kind.RATIO
    if base in ("个百分点", "百分点"):
        return Kind.PP_CHANGE
    if base in units.POINTS:
        return Kind.SCORE
    if _INDEX.search(said) and (base in _SHARES or not base):
        return Kind.INDEX
    if base in _SHARES:
        return _share_kind(relation, said)
    if not base and not figure.multiple:
        return Kind.RATIO if _PROPORTIONAL.search(said) else Kind.INDEX
    if base in units.COUNT_UNITS or not base:
        return Kind.COUNT
    return Kind.ABSOLUTE


def _share_kind(relation: Relation, said: str) -> Kind:
    if relation.direction and not relation.reached:
        return Kind.GROWTH_RATE
    if _SHARE_PHRASE.search(said) or _PROPORTION.search(said):
        return Kind.SHARE
    return Kind.RATE


def normalised_of(figure: Figure, relation: Relation, after: str) -> tuple[Decimal, str | None]:
    """Value in the base unit; 每人每月 before money makes the unit 元/人·月; 万 before a noun of persons counts 人."""
    value, unit = units.normalised(figure.value, figure.multiple, figure.base)
    if unit is None and figure.multiple and re.match(r"[^，。；、]{0,10}(?:人口|人员|[人民工生兵童者员户])", after):
        unit = "户" if re.match(r"[^，。；、人]{0,6}户", after) else "人"
    if relation.per and unit in units.MONEY_UNITS:
        parts = [p for p in re.split("每一?个?", relation.per) if p]
        time = [p for p in parts if p in ("年", "月", "日", "天", "次", "学期", "学年", "季度", "周", "小时")]
        things = [p for p in parts if p not in time]
        if things or time:
            unit = f"{unit}/{'·'.join(things + time)}"
    return value, unit
