"""Duties without a figure of their own: nothing bad may happen, another body's document sets the figure, a yardstick is named.

They carry a kind and no value; an unknown figure is never zero.
"""

import re
from collections.abc import Iterable

from taizhang.engines.targets.measures.metrics import left_phrase
from taizhang.engines.targets.measures.model import ClauseContext, RawMeasure
from taizhang.engines.targets.measures.plain import Plain, plain_of
from taizhang.engines.targets.measures.roles import Around, modality_of
from taizhang.kernel.measure import Kind, Role
from taizhang.kernel.patterns import regex

_ZERO = regex(
    r"(?:不(?:得|再|能)?(?:发生|出现)|未(?:发生|出现)|没有发生|杜绝(?:发生|出现)?|坚决防止|严防|无(?!障碍|证|偿|线|人机|害"
    r"|公害|缝|纸|废)|零(?=事故|发生|死亡))"
    r"(?P<what>[^，。；：]{0,40}?(?:事故|事件|案件|命案|火灾|疫情|风险|脱销断档|断档|中断|死亡|伤亡|违法行为|返贫|拖欠)"
    r"(?:[和、或及]?(?:事故|事件|案件))*)(?:的?发生)?"
    r"|(?P<none>[^，。；：、]{2,16})(?:为零|零发生|保持零)"
)
_LEVEL = r"国家|中央|上级|自治区|省|市(?![委直区级容场民政内外域长属]|本级)|县(?![委直区级长属域])"
# A last character may be lost in print (目标任 for 目标任务): 目标 and one more are enough.
_TASK = r"(?:目标[^，。；：、]?|目标任务|任务目标|任务|计划|指标|考核要求|考核标准|要求|标准|实事工作|重点工作)"
_ENDS = r"(?=以内|以下|[，。；、：]|\Z)"
_DELEGATED = regex(
    r"(?P<by>[^，。；：、“”]{1,18}?(?:[国省市县]、[省市县])?)(?:统一)?(?:下达|下下达|确定|布置|部署|交办|规定|安排|分解|核定"
    r"|制定|明确|要求|签订)(?:给[^，。；]{1,8})?的"
    rf"(?P<what>[^，。；：]{{0,60}}?(?:{_TASK}|工作|区间范围|限额|范围)){_ENDS}"
    rf"|(?:完成|达到|落实|控制在|符合)(?P<level>(?:{_LEVEL})(?:政府"
    rf"|[^，。；：、]{{1,4}}[厅局])?)[定级]?(?P<task>[^，。；：]{{0,30}}?{_TASK}){_ENDS}"
)
_BENCHMARK = regex(
    r"(?:达到|不低于|不高于|高于|低于|超过|快于|优于|好于|保持在|处于|位居|进入|保持|走在"
    r"|列)(?P<what>[^，。；：0-9]{0,20}?(?:平均水平|平均值|平均增[速幅]|平均数|先进水平|先进行列|首位|第一|前列|增速|增幅"
    r"|同期水平|上年水平|上年))(?=[，。；、：]|\Z)"
    r"|与[^，。；：0-9]{2,16}(?:基本)?(?:同步|持平|相适应)"
)
_LIGHT = regex(
    r"(?:确保|全面|圆满|按时|按期|切实|认真|组织|督促|引导|严格)*(?P<on>[^，。；：]{0,16}?)(?:完成|达到|实现|落实|控制在|分解"
    r"|符合|做好|抓好|推进)"
)


def item_kind(text: str, measures: Iterable[RawMeasure]) -> str:
    """`measured`, `zero_event`, `delegated`, `benchmark` or `qualitative`: the first that fits, in this order.

    >>> item_kind("确保不发生重大火灾事故", ()), item_kind("完成省下达的造林任务", ()), item_kind("做好值班工作", ())
    ('zero_event', 'delegated', 'qualitative')
    """
    if any(m.value is not None and m.role is Role.TARGET for m in measures):
        return "measured"
    plain = plain_of(text).text
    for kind, pattern in ((Kind.ZERO_EVENT, _ZERO), (Kind.DELEGATED, _DELEGATED), (Kind.BENCHMARK, _BENCHMARK)):
        if pattern.search(plain):
            return kind.value
    return Kind.QUALITATIVE.value


def valueless_of(text: str, *, context: ClauseContext) -> tuple[RawMeasure, ...]:
    """The duties of a text that name no figure, in printed order; empty where there are none.

    `metric` is what must not happen, what the other document sets, or what is held to the yardstick; `awaits` the body or level
    whose document sets the figure, as printed.
    """
    plain = plain_of(text)
    found: list[tuple[int, RawMeasure]] = []
    for kind, pattern in ((Kind.ZERO_EVENT, _ZERO), (Kind.DELEGATED, _DELEGATED), (Kind.BENCHMARK, _BENCHMARK)):
        found.extend((m.start(), _valueless(plain, m, kind, context)) for m in pattern.finditer(plain.text))
    return tuple(measure for _, measure in sorted(found, key=lambda pair: pair[0]))


def _valueless(plain: Plain, match: re.Match[str], kind: Kind, context: ClauseContext) -> RawMeasure:
    text = plain.text
    clause = max(text.rfind(mark, 0, match.start()) for mark in "，。；：") + 1
    metric, awaits = (
        _set_elsewhere(plain, match, clause) if kind is Kind.DELEGATED else (_named(plain, match, clause, kind), None)
    )
    begin, end = plain.span(match.start(), match.end())
    around = Around(text[clause : match.start()], text[clause : match.end()], "", "")
    return RawMeasure(
        metric=metric or plain.printed(match.start(), match.end()),
        comparator=None,
        bound=None,
        value=None,
        unit=None,
        normalized_value=None,
        normalized_unit=None,
        baseline=None,
        kind=kind,
        role=Role.TARGET,
        modality=modality_of(around, "", context),
        start=begin,
        end=end,
        value_start=begin,
        value_end=end,
        awaits=awaits,
    )


def _set_elsewhere(plain: Plain, match: re.Match[str], clause: int) -> tuple[str, str]:
    """What another body's document sets, and that body or level."""
    text = plain.text
    if match["level"]:
        left = left_phrase(text, clause, match.start())
        name = match.span("task")
        if name[1] - name[0] <= 2 and left and left.strong:
            name = (left.start, left.end)
        return plain.printed(*name), plain.printed(*match.span("level"))
    start, stop = match.span("by")
    name = match.span("what")
    light = _LIGHT.match(text, start, stop)
    if light and light.end() < stop:
        start = light.end()
        subject = left_phrase(text, *light.span("on"))
        if name[1] - name[0] <= 2 and subject and subject.strong:
            name = (subject.start, subject.end)
    return plain.printed(*name), plain.printed(start, stop)


def _named(plain: Plain, match: re.Match[str], clause: int, kind: Kind) -> str:
    """What must not happen, or what is held to the yardstick."""
    if kind is Kind.BENCHMARK:
        left = left_phrase(plain.text, clause, match.start())
        if left and left.strong:
            return plain.printed(left.start, left.end)
    for name in ("what", "none"):
        if match.groupdict().get(name):
            return plain.printed(*match.span(name))
    return ""
