"""Which numbers measure something: not years, days of the month, ordinals, codes, standards, points in brackets, set names.

Also joins the two ends of a range.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from taizhang.engines.targets.measures import units
from taizhang.engines.targets.measures.quantities import Figure
from taizhang.kernel.patterns import regex

_RANGE_LINK = regex(r"[—–~-]{1,2}|至|到")
_RANGE_PAUSE = regex(r"[、，]?(?:且|并且|但)?(?:不满|不足|未满)?")
_COMPARED = regex(
    r"(?:(?:至少|最少|最多|至多)[^，。；、0-9]{0,6}"
    r"|(?:不(?:得|应|能)?(?:低于|少于|小于|超过|高于|大于|多于|短于|长于)|最高|最低|最长|最迟|超过|低于|高于|多于|少于|不足"
    r"|不满|未满|年满|满|逾|达到?|控制在)[有要为在]?)\Z"
)
_PLACED = regex(r"(?:居|列|进入?|保持?|全[国省市县])[^，。；]{0,6}前\Z")
_LASTING = regex(
    r"(?:期限?为?|期满|有效期|暂定|保持|为期|提前|不得?少于|分|处|试用期|任期|聘期|合同期|保质期|公示期?|储备|周期|延长|缩短"
    r"|满)\Z"
)
_OFTEN = regex(
    r"每(?:[0-9一二两三四五]?[年月周日天]|[0-9一二两三四五]个?[月周]|季度?|半年|学期|学年|两年|三年|个?月"
    r"|个?季度)[^，。；：、]{0,16}\Z"
)
_OFTEN_UNITS = frozenset(("次", "场", "期", "轮", "遍", "篇", "回"))
_FIXED = ("一个样", "一步", "一体", "一次性", "一次", "一级", "一批")
_SCORED = regex(r"(?:扣|加|减|得|奖|奖励|加计|记|低于|高于|达到?|不足|满|超过|评分|得分|成绩|分数)(?:至|为|在|到)?\Z")
_SCORE_PHRASE = regex(r"(?:评分|得分|成绩|分数|测评|满意度)[^，。；（）]{0,8}\Z")
_CHANGES = r"(?:缩小|扩大|提高|提升|上升|下降|降低|压减|降|升)"
_BARE = regex(
    r"(?:比|指数|系数|值|评分|得分|浓度|倍数|率|密度|年限)"
    rf"(?:不[低高]于|不超过|控制在|稳定在|保持在|达到?|为|在|{_CHANGES}[到至为]|[≥≤<>=]|[由从][0-9.]+{_CHANGES}[到至为])*\Z"
)
_BARE_FROM = regex(r"(?:比|比值|指数|系数|密度|值)[由从]\Z")
_BARE_TO = regex(rf"{_CHANGES}[至到为]")
_BARE_END = regex(r"(?:左右|以上|以下|以内)?(?:[，。；、）]|\Z)")
_PLAN_WORDS = regex(r"行动|规划|计划|来[，的]?|以来|期|级|版|制|前|后|初|底|末|度|代|间|龄")
_RATIO = regex(r"(?:比|比例|比值|比重|按|为|达到?|在|到)\Z")
_DECLARED = regex(r"(?:[时点（计记各占]|满分|总分|分值|共|合计|总计|基[础准]分)(?:值)?(?:为|是|共)?\Z")
_REFERRED = regex(r"(?:专栏|附件|附表|附录|附图|[见如][表图])\Z")
_LISTED_POINTS = regex(r"(?:[0-9.]+分[、，和或及])+\Z")
_LISTED_ORDINAL = regex(r"第[0-9一二三四五六七八九十百 ]+(?:[、和及至到—-][0-9 ]*)*\Z")
# Counting words that as often begin a word of a heading: 2　组织机构, 3　项目管理.
_HEADING_STARTS = frozenset("组本项条部种类级期处场面度对方样单卷口头件列道段间台床成班字回架片块起位门号款层群发")
_HEADING_NUMBER = regex(r"\s*[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2})*[\s　]+[^0-9\s]")
_BETWEEN_UNITS = frozenset("、和或至—-~")
_LAST_CHARACTERS = 26


def is_genuine(text: str, figure: Figure, in_item: bool) -> bool:
    """True if the figure measures or counts something. Bare numbers and ordinals wait for `bare` and rank words."""
    before = text[max(0, figure.start - _LAST_CHARACTERS) : figure.start]
    base = figure.base
    if base in units.VOLTAGES or text.startswith("之", figure.end):
        return False
    if figure.chinese:
        return _counts(text, figure, before, in_item)
    if base is None:
        return bool(figure.multiple) or _bare(text, figure, before)
    if base.startswith(":"):
        return bool(_RATIO.search(before))
    if figure.ordinal:
        return base in ("位", "名") and bool(re.search(r"位次|名次|排名|[居列排位进由从到]|不低于|前第|全[国省市]", before[-16:]))
    if _REFERRED.search(before) or (before.endswith("-") and before[-2:-1].isalnum() and figure.side is None):
        return False
    return _unit_is_meant(text, figure, before)


def _unit_is_meant(text: str, figure: Figure, before: str) -> bool:
    """Units that are often something else: 年 of a date, 日 of a month, 分 of points, 级, 期."""
    base, after = figure.base, text[figure.end : figure.end + 4]
    if figure.start == 0 and base in units.COUNT_UNITS and not figure.multiple and figure.value != int(figure.value):
        return False
    if after.startswith("级") and base not in ("分", "年", "%"):
        return False
    if base in units.DURATIONS and not figure.limit and before.endswith(("连续", "每")):
        return False
    compared = bool(figure.limit or figure.side or _COMPARED.search(before))
    if base == "年" and not figure.multiple:
        if figure.value >= 1900:
            return False
        return compared or not (_PLAN_WORDS.match(after) or re.search(r"[前后近第去]\Z|过去|未来|今后", before))
    if base == "日" and not figure.multiple:
        return not before.endswith(("月", "每月", "次月")) and (compared or bool(_LASTING.search(before)))
    if base == "分":
        before = _LISTED_POINTS.sub("", before)
        if _DECLARED.search(before):
            return figure.side is not None or bool(figure.limit)
        return compared or bool(_SCORED.search(before) or _SCORE_PHRASE.search(before))
    if base == "级":
        return bool(figure.limit)
    if base in ("条", "款", "项", "章") and _LISTED_ORDINAL.search(before):
        return False
    if base == "期":
        return not after.startswith(("工程", "项目", "建设", "扩建"))
    if base == "%" and after.startswith("人口抽"):
        return False
    return not (base in ("次", "个", "届", "批") and after.startswith("一"))


def _bare(text: str, figure: Figure, before: str) -> bool:
    """A number without a unit that an index, ratio or rate says."""
    return (bool(_BARE.search(before)) and bool(_BARE_END.match(text, figure.end))) or bool(
        _BARE_FROM.search(before) and _BARE_TO.match(text, figure.end)
    )


def _counts(text: str, figure: Figure, before: str, in_item: bool) -> bool:
    """A Chinese numeral that counts, not one in a name: money, a bound, a time limit, or so many times a year."""
    base = figure.base
    if base in units.MONEY_UNITS:
        return True
    if base == "分":
        return bool(re.search(r"[扣加减]\Z", before))
    if base == "成":
        return figure.value < 10 and bool(figure.limit or figure.more or re.match(r"[，。；、的多左]|\Z", text[figure.end :][:1]))
    if base == "级":
        return False
    if base in ("位", "名") and _PLACED.search(before):
        return True
    if figure.limit or _COMPARED.search(before):
        # 一级以上, 两类以下 and their like are grades; 三门以上 hardly ever a count.
        return base not in ("类", "批", "期", "届", "门", "方", "面", "层", "道") or figure.limit is None
    if base in units.DURATIONS:
        return bool(_LASTING.search(before)) and not text.startswith(("行动", "计划", "规划", "来"), figure.end)
    if base == "倍":
        return True
    return base in _OFTEN_UNITS and bool(_OFTEN.search(before)) and not text.startswith("性", figure.end)


def joined(text: str, figures: Iterable[Figure]) -> list[Figure]:
    """The figures with the two ends of each range marked; an end without a unit takes the other's (5—10万元)."""
    result: list[Figure] = []
    for figure in figures:
        if figure.upper is not None:
            result.append(replace(figure, upper=None, side="low"))
            result.append(replace(figure, value=figure.upper, upper=None, side="high"))
            continue
        low = result[-1] if result else None
        if low and low.base == "个" and _shares_unit(figure) and text[low.end : figure.start] in _BETWEEN_UNITS:
            low.base = low.unit = figure.base
        if low and low.side is None and _is_range(text, low, figure):
            low.side, figure.side = "low", "high"
            if low.unit is None:
                low.base, low.multiple, low.unit = figure.base, figure.multiple, figure.unit
            elif low.base is None and low.multiple and figure.base and figure.multiple:
                low.base, low.unit = figure.base, low.multiple + figure.base
        result.append(figure)
    return result


def _shares_unit(figure: Figure) -> bool:
    """True where the 个 before belongs to this figure's unit too (3个、8个工作日)."""
    return figure.base is not None and len(figure.base) > 1 and figure.base.startswith("个")


def _is_range(text: str, low: Figure, high: Figure) -> bool:
    if (high.base is None and not high.multiple) or low.ordinal != high.ordinal or high.base in units.VOLTAGES:
        return False
    least = low.value * units.multiple_of(low.multiple or high.multiple)
    if low.base not in (None, high.base) or least >= high.value * units.multiple_of(high.multiple):
        return False
    if (high.base == "年" and high.value >= 1900) or text.startswith(("月", "日", "号", "时", "点", "."), low.end):
        return False
    gap = text[low.stop : high.start]
    if _RANGE_LINK.fullmatch(gap):
        return not (low.base == "日" and text[low.start - 1 : low.start] == "月")
    return low.limit == ">=" and high.limit == "<=" and low.base == high.base and bool(_RANGE_PAUSE.fullmatch(gap))


def is_heading_number(text: str, figure: Figure) -> bool:
    """True for the number of a heading that a blank parted from its words (`2　组织机构`), told by the original text."""
    if figure.multiple or figure.base not in _HEADING_STARTS:
        return False
    return bool(_HEADING_NUMBER.match(text))
