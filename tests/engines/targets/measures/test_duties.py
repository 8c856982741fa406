import pytest

from taizhang.engines.targets.measures import ClauseContext, item_kind, measures_of, valueless_of

ITEM = ClauseContext(is_item=True)


def kind_of(text: str) -> str:
    return item_kind(text, measures_of(text, year=2025, context=ITEM))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("茶园面积达到5万亩", "measured"),
        ("年底前建成投用", "measured"),
        ("监督率100%，无重大事故", "measured"),
        ("不发生较大火灾事故", "zero_event"),
        ("全年无重大案件发生", "zero_event"),
        ("杜绝发生群体性事件", "zero_event"),
        ("确保不出现脱销断档", "zero_event"),
        ("完成省下达的造林任务", "delegated"),
        ("完成市政府确定的城镇化目标", "delegated"),
        ("能耗强度完成省定任务", "delegated"),
        ("完成县安全生产目标任务", "delegated"),
        ("不良率控制在监管部门下达的指标以内", "delegated"),
        ("完成区政府确定的消防目标任", "delegated"),
        ("工业增速达到全省平均水平", "benchmark"),
        ("涉农贷款增速高于各项贷款增速", "benchmark"),
        ("居民收入与经济增长同步", "benchmark"),
        ("做好来信来访工作", "qualitative"),
        ("做好全县60个重点项目的协调服务工作", "qualitative"),
        ("推进无障碍环境建设", "qualitative"),
    ],
)
def test_a_duty_without_a_figure_is_told_by_its_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "metric", "awaits"),
    [
        ("完成省下达的造林任务", "造林任务", "省"),
        ("全面完成市政府确定的城镇化目标", "城镇化目标", "市政府"),
        ("能耗强度完成省定任务", "能耗强度", "省"),
        ("不良率控制在监管部门下达的指标以内", "不良率", "监管部门"),
        ("完成省体育厅送健康下乡任务", "送健康下乡任务", "省体育厅"),
        ("完成省、市布置的统计任务", "统计任务", "省、市"),
    ],
)
def test_a_delegated_duty_says_whose_figure_it_waits_for(text: str, metric: str, awaits: str) -> None:
    [found] = valueless_of(text, context=ITEM)
    assert (found.metric, found.awaits, found.value, found.comparator) == (metric, awaits, None, None)


def test_each_event_that_may_not_happen_is_named_with_its_place() -> None:
    text = "不发生较大火灾事故，无重大经济、刑事案件和事故发生，舆情事件为零"
    found = valueless_of(text, context=ITEM)
    assert [(m.kind.value, m.metric) for m in found] == [
        ("zero_event", "较大火灾事故"),
        ("zero_event", "重大经济、刑事案件和事故"),
        ("zero_event", "舆情事件"),
    ]
    assert text[found[0].start : found[0].end] == "不发生较大火灾事故"


def test_a_yardstick_without_a_figure_names_what_is_held_to_it() -> None:
    [found] = valueless_of("力争工业增速达到全省平均水平", context=ITEM)
    assert (found.kind.value, found.metric, found.modality.value) == ("benchmark", "工业增速", "strive")


def test_an_unknown_figure_is_never_zero() -> None:
    for text in ("完成省下达的造林任务", "不发生较大火灾事故"):
        assert all(m.value is None and m.normalized_value is None for m in valueless_of(text, context=ITEM))
        assert measures_of(text, year=2025, context=ITEM) == ()
