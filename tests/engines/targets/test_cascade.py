from taizhang.engines.targets import cascades, metric_key, same_metric
from tests.engines.targets.notices import NOTICE, items, reading, sheets


def test_a_city_target_meets_those_of_its_areas() -> None:
    found = {c.metric: c for c in cascades(reading(NOTICE))}
    grain = found["粮食总产量"] if "粮食总产量" in found else found[metric_key("粮食总产量")]

    assert grain.city is not None
    assert str(grain.city.measure.normalized_value) == "1200000000"
    assert [p.sheet.unit for p in grain.areas] == ["青川县", "临水区"]
    assert grain.is_additive


def test_growth_is_compared_but_never_added() -> None:
    (growth,) = [c for c in cascades(reading(NOTICE)) if c.metric == metric_key("地区生产总值")]

    assert [str(p.measure.value) for p in growth.areas] == ["6.5", "5.8", "9"]
    assert not growth.is_additive


def test_an_amount_and_a_rate_of_one_metric_are_not_the_same() -> None:
    text = "市直部门目标\n市财政局\n1.一般公共预算收入增长5%；\n2.一般公共预算收入完成12亿元；\n市税务局\n1.全市一般公共预算收入完成9亿元；\n"
    rate, amount = (item.targets[0] for item in items(sheets(text)["市财政局"]))
    other = items(sheets(text)["市税务局"])[0].targets[0]

    assert not same_metric(rate, amount)
    assert same_metric(amount, other)


def test_a_level_and_a_growth_in_the_same_unit_are_not_the_same() -> None:
    text = "市直部门目标\n市税务局\n1.税收收入占比达30%；\n2.税收收入占比增长30%；\n市财政局\n1.完成收入任务3项。\n"
    level, growth = (item.targets[0] for item in items(sheets(text)["市税务局"]))

    assert metric_key(level.metric) == metric_key(growth.metric)
    assert not same_metric(level, growth)


def test_one_metric_in_two_spellings_has_one_key() -> None:
    assert metric_key("全市城镇新增就业人数") == metric_key("城镇新增 就业")
    assert metric_key("规模以上工业增加值") == metric_key("规上工业增加值")
    assert metric_key("实际利用境外资金") == metric_key("实际使用外资")
