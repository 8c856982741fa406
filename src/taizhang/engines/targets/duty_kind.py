"""What sort of duty an item without a figure is: nothing may happen, someone else sets the figure, or a benchmark without one.

Such a duty carries a kind and no value; it is never given a number.
"""

import re
from collections.abc import Iterable

from taizhang.kernel.measure import Measure, Role

_ORGAN = r"(?:政府|厅|局|委|办|部门|机构|公司|委员会|安委会|考核办|领导小组|指挥部|总行|分行)"
_SETTER = (
    rf"(?:(?:国务院|国家|中央|上级|监管|主管|总行|省行|分行|集团公司|自治区|(?<![社地辖城小该全各开湖])[省市县区州](?:、[省市县区])*"
    rf"(?:委、?[省市县区]?(?:政府)?)?)(?:[\u4e00-\u9fff]{{0,10}}?{_ORGAN})?)"
)
_SET = r"(?:下+达|下发|确定|核定|布置|部署|交办|安排|分解|批准|批复|认定|定(?=[任目指的])|规定的|要求的)"
_TROUBLE = r"(?:事故|事件|案件|上访|火灾|问题|风险|隐患|纠纷)"
_ZERO = re.compile(
    rf"不(?:得)?发生|不出现|未发生|杜绝[^，。；]{{0,24}}{_TROUBLE}|零(?:事故|上访|发生|纠错|差错|新增|失误|投诉)|无(?:安全|责任)?事故"
    rf"|无(?:重大|较大|重特大|特大|一般|生产|安全|责任)[^，。；]{{0,20}}{_TROUBLE}|{_TROUBLE}[^，。；]{{0,6}}(?:为零|清零)"
)
_SET_BY = re.compile(rf"(?P<who>{_SETTER}){_SET}")
_TASK_OF = re.compile(rf"(?:完成|达到|落实)(?P<who>{_SETTER})(?![级内外直属本])[^，。；]{{0,20}}(?:目标|任务|计划|指标)")
_BENCHMARK = re.compile(
    r"(?:达到|超过|高于|优于|好于|低于|不低于|保持|处于|位居|进入)[^，。；0-9]{0,14}(?:平均|先进|领先|标准|水平|增速|行列|前列|上游|区间)|同步(?:增长)?(?:\Z|[，。；])"
)


def kind_of_duty(text: str, targets: Iterable[Measure]) -> tuple[str, str | None]:
    """Kind of an item (measured, zero_event, delegated, benchmark, qualitative) and, for delegated, who sets the figure.

    >>> kind_of_duty("完成省政府下达的新增贷款目标任务", ()), kind_of_duty("不发生重特大事故", ())
    (('delegated', '省政府'), ('zero_event', None))
    >>> kind_of_duty("增加值增速达到全省平均水平", ())[0], kind_of_duty("推进上市后备企业培育工作", ())[0]
    ('benchmark', 'qualitative')
    """
    if any(measure.value is not None and measure.role is Role.TARGET for measure in targets):
        return "measured", None
    words = "".join(text.split()).replace(",", "，").replace(";", "；")
    if _ZERO.search(words):
        return "zero_event", None
    delegated = _SET_BY.search(words) or _TASK_OF.search(words)
    if delegated:
        return "delegated", delegated["who"]
    return ("benchmark" if _BENCHMARK.search(words) else "qualitative"), None
