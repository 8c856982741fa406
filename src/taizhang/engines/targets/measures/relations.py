"""What the words before a figure say of it: bound, growth or decline, rank, baseline, per what.

Reads the end of the text before a figure backwards to where the metric stops. Refuses to know what the metric is.
"""

import re
from dataclasses import dataclass

from taizhang.engines.targets.measures import units
from taizhang.engines.targets.measures.quantities import Figure
from taizhang.kernel.patterns import regex

_AT_LEAST = r"不(?:得|应|能|宜|会)?(?:低于|少于|小于|短于|下于|早于|低|少)|(?<![不未])满|至少(?:要|应|有)?|最少|最低|≥|>="
_AT_MOST = r"不(?:得|应|能|宜|会|再)?(?:超过|高于|大于|多于|长于|突破|超出|超|迟于|晚于)|至多|最多|最高|最长|最迟|最大|≤|<="
_ABOVE = r"(?<![超通经不])过(?=\Z)|超过|突破|高于|大于|多于|超出|超|逾|>"
_BELOW = r"低于|少于|小于|短于|不足|不到|不满|未满|未达到|未达|未超过|<"
_ABOUT = r"大约|约为|(?<![节预合条签集制公])约|将近|接近|(?<![最附临靠])近|≈|~"
_UP = r"增长|增加|增幅|增速|提高|提升|上升|上涨|涨幅|攀升|前移|晋升|进位|跃升|扩大|调增|上调|上浮|[增升扩](?=[到至])"
_DOWN = r"下降|降低|降幅|减少|削减|压减|缩减|下调|回落|降|减|压缩|缩短|缩小|下浮|压(?=[到至])|[减缩](?=[到至为])"
_YEAR = r"(?:19|20)[0-9]{2}年"
_LAST = (
    rf"(?:上一?年度?|去年|前一年|上年度|{_YEAR}|同年|上期|年初|基期|上季度|上月|“?十[一二三四五]五”?(?:末|期末)?)"
    r"(?:同期|底|末|实际|水平|基数)*"
)
_BASELINE = rf"(?:比|较|与|同)(?:全[国省市])?{_LAST}(?:相比)?|同比|环比|在{_LAST}基础上|以{_LAST}为基数"
_PER = (
    r"(?:按照?)?每(?:一)?(?:个)?(?:[千万百]人口?|人次?|户|吨|亩|公斤|千瓦时?|平方米|立方米|公里|家|项|件|头|只|台|辆|套|间|床|个|篇|例|次"
    r"|所|处|名|座|村|镇|乡镇|标方|生|班|宗|学期|平方公里)"
    r"(?:每?(?:年|月|日|天|次|学期|学年|小时|亩))?"
    r"|每(?:年|月|日|天|季度|学期|学年|半年|周)(?:每(?:人|户|吨|亩))?"
)
# One-character links are links only where they don't end another word (下达, 化肥供应, 违法行为, 人均, 节约).
_LINKS = (
    r"达到|达成|(?<![下传送发])达|控制|稳定|守住|守牢|保持|维持|完成|实现|预期|预计|力争|争取|努力|确保|原则上|一般|分别|各自"
    r"|(?<![每按])各|(?<![人户亩地生])均|(?<![首])都"
    r"|全部|总共|共计|合计|累计|总计|同口径|按可比价计?算?|年均|年平均|平均|应当"
    r"|(?<![回响反供适相对])应(?=[不达为控在保占是至到最增减降提低高超])|(?:要|需|须|将|可|也|仍"
    r"|再)(?=[不达为控在保占是至到最增减降提低高超])|需要|必须|仅|只|一次性|幅度"
    r"|(?<![行成作认因])为|(?<![但还])是|到|至|(?<![存现])在|(?<![拥持含具所享占没])有|(?<!民)居|位居|位列|名列|列(?=全|前"
    r"|第)|排名|排在|(?<!安)排(?=全|前|第)|进入|进(?=全|前|入)"
    r"|跻身|稳居|保(?=全|前|第)|(?<!公)共|(?:全[国省市县区]|同类城市|同类地区)(?:排名)?|(?<![目以日提之当年月底])前|第|人民币"
    r"|[￥¥=+]"
)
_TAIL = regex(rf"(?:{_AT_LEAST}|{_AT_MOST}|{_BASELINE}|{_PER}|{_LINKS}|{_ABOVE}|{_BELOW}|{_ABOUT}|{_UP}|{_DOWN})+\Z")
_BOUNDS = (
    (regex(_AT_LEAST), ">="),
    (regex(_AT_MOST), "<="),
    (regex(_BELOW), "<"),
    (regex(_ABOVE), ">"),
    (regex(_ABOUT), "~"),
)
_GROWTH = regex(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_REACHED = regex(rf"(?:到|至|为|达)(?:了)?(?:约)?(?:{_PER})?(?:全[国省市]|第|前)*\Z")
BASELINE = regex(_BASELINE)
_BASELINE_FOUND = regex(rf"{_BASELINE}|以[^，。；]{{2,30}}为(?:基数|基准)|在[^，。；]{{2,20}}基础上")
_PER_FOUND = regex(rf"(?:{_PER})")
_GROWTH_METRIC = regex(r"(?:增速|增幅|涨幅|增长率|增长速度|增长幅度|上涨率)(?:在|的)?\Z")
_DECLINE_METRIC = regex(r"(?:降幅|下降率|降低率|削减率|下降幅度|减排率|压减率)\Z")
_RANKED_BY = regex(r".*(?:增速|增幅|涨幅|排名|位次|名次)")
_RANK_METRIC = regex(r"(?:位次|名次|排名|排位|序位|座次)")
_MIDDLE_BOUND = regex(r"不(?:得|应|能|宜)?(?:低于|少于|小于|超过|高于|大于|多于|突破)|超过|(?<!不)低于|(?<!不)高于")
# 至少 and 最多 with the verb between them and the figure: 至少安排有1名.
_BEFORE_VERB = regex(r"(?:(?P<least>至少|最少)|(?P<most>最多|至多))[^，。；、“”0-9]{1,8}\Z")
_LONGEST_TAIL = 36


@dataclass(slots=True)
class Relation:
    """`start`: where the relation words begin before the figure (the metric ends there). `direction` is up, down or None;
    `reached` says that the figure is the level reached, not the change. `per` is 每人每月 and its like as printed."""

    start: int
    bound: str
    direction: str | None
    reached: bool
    baseline: str | None
    per: str | None
    rank: str | None
    words: str


def _bound(words: str, before: str, after: str, figure: Figure) -> str:
    """The pure relation. Words before the figure win over its suffix, but for 左右."""
    if figure.limit == "~":
        return "~"
    for pattern, bound in _BOUNDS:
        if pattern.search(words):
            # 超过…以上 and 不低于…以上 say the same twice.
            return ">=" if bound == ">" and figure.limit == ">=" else bound
    apart = _BEFORE_VERB.search(before)
    if apart:
        return ">=" if apart["least"] else "<="
    if figure.limit:
        return figure.limit
    if figure.more:
        return ">"
    if after.startswith(("上限", "红线", "为限", "封顶")):
        return "<="
    if after.startswith(("下限", "底线")):
        return ">="
    return "<=" if "控制" in words else "="


def _rank(words: str, lead: str, figure: Figure, direction: str | None, reached: bool) -> str | None:
    """rank<= or rank_up where the figure is a place among others."""
    if figure.base not in ("位", "名"):
        return None
    if (figure.base == "位" and direction and reached) or (figure.base == "位" and _RANK_METRIC.search(lead) and not direction):
        return "rank<="
    if figure.ordinal and (re.search(r"居|列|排|名|进|前|不低于|全[国省市]|位次", words) or _RANK_METRIC.search(lead)):
        return "rank<="
    if re.search(r"(?:居|列|排|进|保|位|全[国省市县]|县区?|[省市])(?:在|入)?前\Z|前\Z", words) and figure.base in ("位", "名"):
        return "rank<="
    if figure.base == "位" and direction and not figure.multiple:
        return "rank_up" if direction != "down" else "rank_down"
    return None


def relation_of(text: str, start: int, figure: Figure) -> Relation:
    """What `text[start:figure.start]` says of the figure."""
    window = max(start, figure.start - _LONGEST_TAIL)
    before = text[window : figure.start]
    match = _TAIL.search(before)
    words = match.group() if match else ""
    where = window + (match.start() if match else len(before))
    lead = text[start:where]
    growth = None
    for found in _GROWTH.finditer(words):
        growth = found
    direction = None if growth is None else "up" if growth["up"] else "down"
    if direction is None and not words.endswith("到"):
        direction = "up" if _GROWTH_METRIC.search(lead) else "down" if _DECLINE_METRIC.search(lead) else None
    reached = bool(
        growth and growth.group()[-1] not in "幅速" and _REACHED.search(words) and not re.search(r"(?:分别|均)为\Z", words)
    )
    baseline = None
    found_baseline = _BASELINE_FOUND.search(text, start, figure.start)
    if found_baseline:
        baseline = found_baseline.group()
    elif text.startswith(("为基数", "为基准"), start):
        opened = text.rfind("以", max(0, start - _LONGEST_TAIL), start)
        baseline = text[opened : start + 3] if opened >= 0 else None
    per = None
    paid = figure.base in units.MONEY_UNITS
    for found in _PER_FOUND.finditer(text, start if paid else where, figure.start):
        per = found.group().removeprefix("按照").removeprefix("按")
    if not words and text[where - 1 : where] in ("的", "后"):
        words = "".join(_MIDDLE_BOUND.findall(text, start, where)[-1:])
    rank = _rank(words, lead, figure, direction, reached)
    bound = _bound(words, before, text[figure.end : figure.end + 2], figure)
    if rank:
        named = _RANKED_BY.match(words)
        where += named.end() if named else 0
    if rank == "rank<=" and ((figure.ordinal and bound in ("=", ">=") and "不" in words) or words.endswith("前")):
        bound = "<="
    if rank in ("rank_up", "rank_down") and bound == "<=" and "不低于" in words:
        bound = ">="
    return Relation(where, bound, direction, reached, baseline, per, rank, words)
