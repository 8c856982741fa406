"""Which targets of a city, its areas and its units are set on the same metric, so that sums and rates can be compared.

Metrics are compared by their words, freed of what only says whose figure it is or since when. Growth is never compared with an
amount, nor money with people.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.engines.targets.model import Group, Item, Sheet, TargetsReading
from taizhang.kernel.measure import Kind, Measure, Role
from taizhang.kernel.patterns import regex

_BLANKS = regex(r"\s+")
_WHOSE = regex(
    r"\A(?:(?:全[省市县区州乡镇]|本[省市县区]|辖区|区域内|各级|全社会|全年|年度|年内|当年|力争|确保|预期|实现|完成|组织|推动|促进"
    r"|争取|新增入库|使)的?)+"
)
_SINCE = regex(r"(?:比|较|同比|比去年同期|较?上年度?|比上年度?|去年同期|去年)+\Z")
_TAIL = regex(r"(?:的)?(?:总数|总量|总额|人数|数量|规模|增速|增长率|增幅|增长速度|增长|达到|达|为|控制在|稳定在)+\Z")
_SAME = (
    ("地区生产总值", "生产总值"),
    ("GDP", "生产总值"),
    ("规模以上", "规上"),
    ("研究与试验发展", "研发"),
    ("研究与实验发展", "研发"),
    ("利用", "使用"),
    ("境外资金", "外资"),
    ("人均可支配收入", "人均收入"),
    ("居民人均收入", "居民收入"),
)
_BRACKETS = regex(r"[（(][^（）()]*[)）]")
_COUNTED = frozenset({Kind.ABSOLUTE, Kind.COUNT})
# An amount of days of good air or of degrees is a level each area has; it is not shared out.
LEVEL_UNITS = frozenset(("天", "日", "小时", "分", "岁", "℃", "元/人", "元/月", "元/吨", "微克/立方米"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A measure with the item, group and sheet it stands in."""

    sheet: Sheet
    group: Group
    item: Item
    measure: Measure


@dataclass(frozen=True, slots=True)
class Cascade:
    """Targets on one metric: the city's, if it sets one, its areas' (one each, in printed order) and its units'."""

    metric: str
    kind: Kind
    unit: str | None
    city: Placed | None
    areas: tuple[Placed, ...]
    units: tuple[Placed, ...]

    @property
    def is_additive(self) -> bool:
        """True for amounts and counts, whose areas may be added up."""
        return self.kind in _COUNTED


def metric_key(metric: str) -> str:
    """The words of a metric without blanks, brackets, whose it is and since when, in one spelling.

    >>> metric_key("全市城镇新增就业人数"), metric_key("城镇新增就业"), metric_key("地区生产总值")
    ('城镇新增就业', '城镇新增就业', '生产总值')
    """
    key = _BRACKETS.sub("", _BLANKS.sub("", metric))
    key = _WHOSE.sub("", key) or key
    for printed, settled in _SAME:
        key = key.replace(printed, settled)
    key = _SINCE.sub("", key) or key
    return _TAIL.sub("", key) or key


def same_metric(a: Measure, b: Measure) -> bool:
    """True if two measures say something of the same metric, in the same way and in units that can be compared."""
    return _key(a) == _key(b)


def _key(measure: Measure) -> tuple[str, str, str | None]:
    kind = "counted" if measure.kind in _COUNTED else str(measure.kind)
    return metric_key(measure.metric), kind, measure.normalized_unit


def cascades(reading: TargetsReading) -> tuple[Cascade, ...]:
    """Metrics on which two areas at least, or the city and an area or unit, set a target with a figure, in printed order."""
    found: dict[tuple[str, str, str | None], list[Placed]] = {}
    for placed in _placed(reading):
        found.setdefault(_key(placed.measure), []).append(placed)
    out: list[Cascade] = []
    for key, members in found.items():
        city = next((p for p in members if p.sheet.kind == "city"), None)
        areas = _one_each(p for p in members if p.sheet.kind == "area")
        units = _one_each(p for p in members if p.sheet.kind == "unit")
        if len(areas) > 1 or (city and (areas or units)):
            first = members[0].measure
            out.append(Cascade(key[0], first.kind, first.normalized_unit, city, areas, units))
    return tuple(out)


def _placed(reading: TargetsReading) -> Iterator[Placed]:
    for sheet in reading.sheets:
        for group in sheet.groups:
            for item in group.items:
                for measure in item.targets:
                    if measure.role is Role.TARGET and measure.value is not None and measure.kind is not Kind.DATE:
                        yield Placed(sheet, group, item, measure)


def _one_each(members: Iterator[Placed]) -> tuple[Placed, ...]:
    seen: dict[str, Placed] = {}
    for placed in members:
        seen.setdefault(placed.sheet.eid, placed)
    return tuple(seen.values())
