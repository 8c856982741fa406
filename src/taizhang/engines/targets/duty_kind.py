"""What sort of duty an item without a figure is: nothing may happen, someone else sets the figure, or a benchmark without one.

Such a duty carries a kind and no value; it is never given a number.
"""

import re
from collections.abc import Iterable

from taizhang.kernel.measure import Measure, Role

_SETTER = (
    r"(?:国务院|国家|中央|中共中央|省|市|县|区|州|自治区|上级|总行|总公司|省行|分行|集团公司|监管部门|主管部门|有关部门)"
    r"[\u4e00-\u9fff、（）()]{0,14}?"
)
_SET = r"(?:下达|下下达|下发|确定|核定|布置|部署|交办|安排|规定|分解|批准|制定|明确|批复|认定|定|下)"
_ZERO = re.compile(
    r"不发生|未发生|不出现|不得发生|杜绝|零事故|零增长|零上访|零发生|零纠错|零容忍|为零|归零|(?:全年)?无[^，。；、]{0,16}(?:事故|事件|案件|问题|纠纷)"
    r"|(?:事故|事件|案件|上访)[^，。；]{0,6}(?:零发生|为零|不发生)"
)
_DELEGATED = re.compile(
    rf"(?P<who>{_SETTER}){_SET}的?[^，。；]{{0,40}}"
    r"|(?:完成|达到|落实)(?P<owner>国家|省|市|县|区|州|自治区|上级)(?!级|内|外|直|属|本)[^，。；]{0,20}(?:目标|任务|计划|指标)"
)
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
    delegated = _DELEGATED.search(words)
    if delegated:
        return "delegated", delegated["who"] or delegated["owner"]
    return ("benchmark" if _BENCHMARK.search(words) else "qualitative"), None
