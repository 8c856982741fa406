"""The units and counting words of official prose, and what one of each is worth in its base unit.

A closed list of Chinese measure words (量词) and units: language, not the vocabulary of one document.
"""

import re
from decimal import Decimal

MONEY = ("元", "美元", "港元", "欧元", "日元", "英镑", "元人民币", "块钱")
TIME = (
    "个工作日", "工作日", "个自然日", "自然日", "个交易日", "个小时", "小时", "分钟", "秒", "个月", "个季度", "个学期", "个学年",
    "周岁", "岁", "周", "个星期", "天", "日", "年", "学时", "课时", "个学时",
)  # fmt: skip
MASS = ("公斤", "千克", "毫克", "微克", "克", "吨标准煤", "吨标煤", "吨油当量", "蒸吨", "吨", "斤", "担")
LENGTH = ("公里", "千米", "海里", "厘米", "毫米", "微米", "米", "里")
AREA = ("平方公里", "平方千米", "平方米", "平方厘米", "公顷", "标准亩", "亩次", "亩", "平米", "㎡")
VOLUME = ("立方米", "标准立方米", "立方", "方", "毫升", "升", "标方")
ENERGY = ("千瓦时", "兆瓦时", "千瓦", "兆瓦", "瓦", "度", "千伏安", "兆伏安", "大卡", "千卡")
LATIN = (
    "kWh", "MWh", "GWh", "kVA", "MVA", "kW", "MW", "GW", "km²", "km2", "m²", "m2", "m³", "m3", "km", "cm", "mm", "kg", "mg", "μg",
    "ug", "dB", "Gbps", "Mbps", "Gb", "GB", "TB", "PB", "MPa", "℃", "°C", "EFlops", "PFlops", "EFLOPS", "PFLOPS", "P", "t",
    "h", "L",
)  # fmt: skip
COUNT = (
    "人次", "人份", "人", "名", "位", "户次", "户", "户籍", "口", "例", "个", "家次", "家", "所", "座", "栋", "幢", "条",
    "台次", "台件", "台套", "台",
    "套（户）", "户（套）", "台（套）", "辆（台）", "套", "辆次", "辆", "艘", "架次", "架", "件次", "件", "项次", "项", "处",
    "宗", "起",
    "场次", "场", "次", "届", "期", "批次", "批", "班次", "班", "车次", "车皮", "列", "艘次", "株", "棵", "头", "只", "羽",
    "尾", "匹",
    "眼", "张", "人份", "份", "篇次", "篇", "部", "本", "册次", "册", "卷", "幅", "枚", "块", "片", "面", "根", "支", "枝",
    "盏", "间",
    "层", "孔", "门", "对", "双", "组", "类", "种", "款", "样", "箱", "袋", "瓶", "盒", "包", "桶", "罐", "车", "船", "床",
    "张床位",
    "标准箱", "标箱", "箱次", "TEU", "学位", "床位", "泊位", "机位", "席", "折", "倍", "成", "回", "遍", "轮", "笔", "单",
    "字", "粒", "筐",
    "打", "副", "扇", "道", "段", "杆", "贴", "束", "朵", "盆", "畦", "穴", "顶", "发", "枪", "公顷次", "人日", "人天",
    "公里/小时",
    "亿次/秒", "次/秒", "台班", "标台", "标准台", "群", "窝", "峰", "宗地", "级",
)  # fmt: skip
RATE = ("个百分点", "百分点", "%", "‰", "‱", "/十万", "/10万", "/万", "/百万")
VOLTAGE = ("千伏", "kV", "KV", "伏", "V")
POINTS = ("分",)

WORDS = tuple(dict.fromkeys(RATE + TIME + MONEY + MASS + LENGTH + AREA + VOLUME + ENERGY + LATIN + COUNT + VOLTAGE + POINTS))
DURATIONS = frozenset(TIME) - {"周岁", "岁"}
AGES = frozenset(("周岁", "岁"))
MONEY_UNITS = frozenset(MONEY)
COUNT_UNITS = frozenset(COUNT) - {"倍", "成", "折", "级"}
VOLTAGES = frozenset(VOLTAGE)
# Words after the stroke of a compound unit: 元/亩, 毫克/立方米, 元/人·月.
PER_WORDS = (
    "平方公里", "平方米", "立方米", "千瓦时", "公里", "公斤", "千克", "工作日", "小时", "分钟", "万元", "亿元", "百人",
    "千人", "万人", "人次", "学期", "学年", "十万", "10万", "百万", "m³", "m3", "m²", "m2", "km2", "km²", "kg", "吨", "亩",
    "人", "户", "家", "个", "件",
    "头", "只", "羽",
    "套", "台", "辆", "床", "间", "株", "处", "村", "次", "天", "日", "月", "季", "年", "时", "秒", "升", "千瓦", "瓦", "元",
    "方", "班",
    "标方", "米", "斤", "L", "h", "d", "t", "s", "a",
)  # fmt: skip

MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def multiple_of(printed: str) -> Decimal:
    """What 万, 亿, 百万, 万亿 and their like stand for.

    >>> multiple_of("百万"), multiple_of("万亿"), multiple_of("")
    (Decimal('1000000'), Decimal('1000000000000'), Decimal('1'))
    """
    factor = 1
    for character in printed:
        factor *= MULTIPLES[character]
    return Decimal(factor)


# To the base unit: a classifier before a unit of time or share says nothing; shares come as percent.
_BASE: dict[str, tuple[str, Decimal]] = {
    "个百分点": ("百分点", Decimal(1)),
    "个工作日": ("工作日", Decimal(1)),
    "个自然日": ("自然日", Decimal(1)),
    "个交易日": ("交易日", Decimal(1)),
    "个小时": ("小时", Decimal(1)),
    "个月": ("月", Decimal(1)),
    "个季度": ("季度", Decimal(1)),
    "个学期": ("学期", Decimal(1)),
    "个学年": ("学年", Decimal(1)),
    "个星期": ("周", Decimal(1)),
    "个学时": ("学时", Decimal(1)),
    "‰": ("%", Decimal("0.1")),
    "‱": ("%", Decimal("0.01")),
    "/十万": ("%", Decimal("0.001")),
    "/10万": ("%", Decimal("0.001")),
    "/百万": ("%", Decimal("0.0001")),
    "/万": ("%", Decimal("0.01")),
    "成": ("%", Decimal(10)),
    "元人民币": ("元", Decimal(1)),
    "块钱": ("元", Decimal(1)),
    "㎡": ("平方米", Decimal(1)),
    "平米": ("平方米", Decimal(1)),
}


def normalised(value: Decimal, multiple: str, base: str | None) -> tuple[Decimal, str | None]:
    """Value and unit with 万, 亿, 成 and ‰ resolved.

    >>> normalised(Decimal("5"), "亿", "公斤"), normalised(Decimal("8"), "", "成"), normalised(Decimal("0.9"), "", "‰")
    ((Decimal('500000000'), '公斤'), (Decimal('80'), '%'), (Decimal('0.09'), '%'))
    """
    unit, factor = _BASE.get(base or "", (base or None, Decimal(1)))
    result = value * multiple_of(multiple) * factor
    if factor == 1 and not multiple:
        return value, unit
    return _without_zeros(result), unit


def normalise(value: Decimal, written: str) -> tuple[Decimal, str | None]:
    """A value and its unit as somebody writes it, in the base unit; a word that is no unit is left as it is.

    >>> normalise(Decimal("4.5"), "万人"), normalise(Decimal("3"), "万千瓦"), normalise(Decimal("2"), "个百分点")
    ((Decimal('45000'), '人'), (Decimal('30000'), '千瓦'), (Decimal('2'), '百分点'))
    >>> normalise(Decimal("7"), "万元/亩"), normalise(Decimal("9"), ""), normalise(Decimal("6"), "％")
    ((Decimal('70000'), '元/亩'), (Decimal('9'), None), (Decimal('6'), '%'))
    """
    unit = "".join(written.split()).replace("％", "%").replace("／", "/")
    multiples = _MULTIPLES_FIRST.match(unit)
    most = multiples.end() if multiples else 0
    cut = next((n for n in range(most + 1) if unit[n:] in _WORDS or unit[n:].partition("/")[0] in _WORDS), most)
    return normalised(value, unit[:cut], unit[cut:] or None)


_WORDS = frozenset(WORDS)
_MULTIPLES_FIRST = re.compile(f"[{''.join(MULTIPLES)}]+")


def _without_zeros(value: Decimal) -> Decimal:
    """The same number with neither an exponent nor zeros after its last decimal."""
    shorter = value.normalize()
    return Decimal(int(shorter)) if int(shorter.as_tuple().exponent) > 0 else shorter
