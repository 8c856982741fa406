from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.proof.amounts import Fit, amount_of, fit, shown, total
from taizhang.engines.proof.figures.arithmetic import deduction, growth_increment, growth_level, multiple, yearly
from taizhang.engines.proof.figures.products import product
from taizhang.engines.proof.figures.sums import parts_and_whole, remaining, stock_below_increment
from taizhang.engines.proof.model import Severity
from taizhang.engines.targets.measures.quantities import figures_in
from tests.engines.proof.proving import agreements_of, findings_of, quotes


@pytest.mark.parametrize(
    "text",
    [
        "全年产值1260亿元，比上年增长5.2%。其中，甲业90亿元，增长4.1%；乙业482亿元，增长4.7%；丙业688亿元，增长5.8%。",
        "外出务工人员共29753人，其中省外17658人、省内12095人。",
        "新增入库单位260家，其中工业48家、商贸118家、服务业52家、建筑业42家。",
        "补助10万元（首年5万元，次年3万元，末年2万元）。",
        "84个系统分两批走：第一批42个，6月底前迁移；第二批42个，10月底前迁移。",
        "登记目录3260项，要素齐全的1956项，只占60%，另外1304项缺这少那。",
        "2025年、2026年、2027年分别培训1900人次、2000人次、2100人次，三年合计6000人次。",
        "举办赛事32项次，其中国家级2项、省级7项、市级23项。",
        "资金来源为上级补助7600万元、市级6200万元、县级7400万元，计划投资21200万元。",
    ],
)
def test_parts_that_make_up_their_whole_are_reported_as_agreeing(text: str) -> None:
    assert findings_of(parts_and_whole, text + "\n") == []
    assert len(agreements_of(parts_and_whole, text + "\n")) <= 1


def test_an_exhaustive_split_that_does_not_come_out_is_an_error_at_the_total() -> None:
    text = "在册会员1200人，占常住人口的3%。按居住地分，城镇700人、农村600人。\n"
    [finding] = findings_of(parts_and_whole, text)
    assert (finding.severity, finding.declared, finding.computed) == (Severity.ERROR, "1200人", "1300人")
    assert quotes([finding], text) == ["1200人"]


def test_named_parts_may_leave_something_out() -> None:
    assert findings_of(parts_and_whole, "全市共有学校632所，其中小学380所、初中152所。\n") == []


def test_kinds_of_people_may_overlap_so_too_many_of_them_is_only_a_note() -> None:
    [finding] = findings_of(parts_and_whole, "选出代表200人，其中党员150人、妇女80人、青年60人。\n")
    assert finding.severity is Severity.NOTE


def test_means_are_never_added_up() -> None:
    text = "按常住地分，城镇居民人均收入51821元，农村居民人均收入21691元，城乡居民人均收入39218元。\n"
    assert findings_of(parts_and_whole, text) == []


def test_a_part_in_the_wrong_unit_is_found_where_the_right_unit_makes_the_sum() -> None:
    [finding] = findings_of(parts_and_whole, "完成投资2.6亿元，其中机房1.2亿元、光缆0.65万元、基站0.75亿元。\n")
    assert finding.severity is Severity.ERROR


def test_a_stock_of_another_thing_is_not_compared() -> None:
    assert findings_of(stock_below_increment, "新增绿色工厂8家，智能车间达到5个。\n") == []


def test_what_is_left_is_compared_with_the_same_things_only() -> None:
    text = "全市78个乡镇中有51个建成服务站。52项事项中有29项可以网上办理。尚有23项事项仍须到现场办理。\n"
    assert findings_of(remaining, text) == []


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        (growth_level, "处理能力由5万吨提高到8万吨，增长40%。", "处理能力由5万吨提高到8万吨，增长60%。"),
        (growth_level, "排放量从50万吨降低到40万吨，下降25%。", "排放量从50万吨降低到40万吨，下降20%。"),
        (growth_increment, "余额达到2150亿元，比年初增加150亿元，增长9.5%。", "余额达到2150亿元，比年初增加150亿元，增长7.5%。"),
        (yearly, "每年培训800人，三年培训2600人。", "每年培训800人，三年培训2400人。"),
        (product, "每户补助2万元，改造120户，共补助250万元。", "每户补助2万元，改造120户，共补助240万元。"),
        (product, "人均投入1000元，培训3000人次，合计投入400万元。", "人均投入1000元，培训3000人次，合计投入300万元。"),
        (
            deduction,
            "每吨补贴260元。到户价不高于每吨1080元，扣除补贴后，购买户承担每吨920元。",
            "每吨补贴260元。到户价不高于每吨1080元，扣除补贴后，购买户承担每吨820元。",
        ),
        (
            multiple,
            "低保标准为每人每月1000元。认定标准按低保标准的1.5倍确定，为每人每月1400元。",
            "低保标准为每人每月1000元。认定标准按低保标准的1.5倍确定，为每人每月1500元。",
        ),
    ],
)
def test_figures_that_follow_from_each_other_do(rule, wrong: str, right: str) -> None:
    assert len(findings_of(rule, wrong + "\n")) == 1
    assert findings_of(rule, right + "\n") == []
    assert agreements_of(rule, right + "\n")


def test_a_total_may_hold_more_than_the_product() -> None:
    [finding] = [*findings_of(product, "建设18个，每个补助30万元，投资600万元。\n")]
    assert finding.severity is Severity.NOTE
    assert findings_of(product, "建设18个，每个补助30万元，投资2600万元。\n") == []


@given(st.lists(st.decimals(min_value="0.01", max_value="999", places=2), min_size=2, max_size=6))
def test_parts_always_fit_their_own_sum_and_never_one_far_off(values: list[Decimal]) -> None:
    parts = [amount_of(next(figures_in(f"{value}万元"))) for value in values]
    whole = amount_of(next(figures_in(f"{sum(values)}万元")))
    assert fit(whole, parts) is Fit.EXACT
    other = amount_of(next(figures_in(f"{sum(values) * 2}万元")))
    assert fit(other, parts) in (Fit.WRONG, Fit.NEAR)
    assert shown(total(parts), whole).endswith("万元")


def test_a_whole_printed_more_coarsely_agrees_with_the_rounded_sum() -> None:
    whole = amount_of(next(figures_in("10.6亿元")))
    parts = [amount_of(f) for f in figures_in("84000万元、22296万元")]
    assert fit(whole, parts) is Fit.ROUNDED
