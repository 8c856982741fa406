import pytest

from taizhang.engines.gazette.model import Reading
from taizhang.engines.targets.measures import ClauseContext, measure, measures_of

ITEM = ClauseContext(is_item=True)
RULE = ClauseContext(document_kind="办法")


@pytest.mark.parametrize(
    ("text", "context", "quotes"),
    [
        ("确保县城饮水合格率达90%以上，水费不涨", ITEM, ["县城饮水合格率达90%以上"]),
        ("新建泵站12座、水闸8座", ITEM, ["新建泵站12座", "水闸8座"]),
        ("为60名老人提供助餐", ITEM, ["为60名老人"]),
        ("给予企业20万元奖励。", RULE, ["给予企业20万元奖励"]),
        ("处五百元以上五千元以下罚款", RULE, ["处五百元以上五千元以下罚款"] * 2),
        ("出口额4亿元,比上年增长6%", ITEM, ["出口额4亿元", "出口额4亿元,比上年增长6%"]),
    ],
)
def test_a_quote_runs_from_the_metric_to_the_end_of_the_figure(text: str, context: ClauseContext, quotes: list[str]) -> None:
    found = measures_of(text, year=2025, context=context)
    assert [text[m.start : m.end] for m in found] == quotes


def test_the_narrow_place_of_a_figure_is_its_number_and_unit() -> None:
    text = "全年 实现 税收 3200 万元 以上"
    [found] = measures_of(text, year=2025, context=ITEM)
    assert text[found.value_start : found.value_end] == "3200 万元"
    assert text[found.start : found.end] == "税收 3200 万元 以上"
    assert found.metric == "税收"


def test_the_values_of_a_list_share_the_quote_of_the_list() -> None:
    text = "茶叶、烤烟产量分别增长4%、5%"
    found = measures_of(text, year=2025, context=ITEM)
    assert {text[m.start : m.end] for m in found} == {text}
    assert [text[m.value_start : m.value_end] for m in found] == ["4%", "5%"]


def test_a_measure_of_a_reading_points_into_the_source() -> None:
    # Read from two source lines: 茶叶产值增 | 长7%
    reading = Reading("茶叶产值增长7%", (0, 5), (100, 107))
    [raw] = measures_of(reading.text, year=2025, context=ITEM)
    found = measure(raw, reading)
    assert (found.span, found.quote) == ((100, 110), "茶叶产值增长7%")
    assert (found.metric, found.value, found.unit) == ("茶叶产值", raw.value, "%")


def test_brackets_are_kept_as_printed() -> None:
    [found] = measures_of("改造住房(含危房)30套(户)", year=2025, context=ITEM)
    assert (found.metric, found.unit) == ("改造住房(含危房)", "套(户)")


def test_a_deadline_without_a_known_year_is_left_alone() -> None:
    assert measures_of("年底前完成验收", year=None, context=ITEM) == ()
    assert len(measures_of("2026年底前完成验收", year=None, context=ITEM)) == 1
