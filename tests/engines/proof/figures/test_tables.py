import pytest

from taizhang.engines.proof.figures.conflicts import text_and_table, text_and_total
from taizhang.engines.proof.figures.listed import box_funding, box_items, names_in_annex, rows_in_annex
from taizhang.engines.proof.figures.numbers import broken, rate_above_100
from taizhang.engines.proof.figures.table_sums import cell_points, column_sum, group_points, total_row
from taizhang.engines.proof.model import Severity
from tests.engines.proof.proving import findings_of, quotes

PLAN = "附件\n\n招生计划表\n\n地区\t2025年\t扩招\t2026年\n总计\t{total}\t55\t280\n东区\t100\t20\t120\n西区\t80\t15\t95\n南区\t45（实招40）\t20\t65\n"


def test_a_total_at_the_top_covers_the_rows_below_it() -> None:
    assert findings_of(total_row, PLAN.format(total=225)) == []
    [finding] = findings_of(total_row, PLAN.format(total=235))
    assert (finding.declared, finding.computed) == ("235", "225")


def test_rows_after_the_total_are_not_part_of_it() -> None:
    text = "附件\n\n评价指标\n\n指标\t要点\t分值\n组织\t分工\t40\n公开\t时限\t30\n平台\t栏目\t30\n合计\t\t100\n加分\t推广\t5\n"
    assert findings_of(total_row, text) == []


def test_subtotals_and_the_total_over_them() -> None:
    text = "附件\n\n资金表\n\n项目\t资金\n道路\t100\n桥梁\t50\n小计\t150\n学校\t80\n医院\t30\n小计\t{sub}\n"
    assert findings_of(total_row, text.format(sub=110)) == []
    assert quotes(findings_of(total_row, text.format(sub=120)), text.format(sub=120)) == ["120"]


def test_rates_and_serial_numbers_are_not_added_up() -> None:
    text = "附件\n\n情况表\n\n序号\t单位\t完成率\n1\t东区\t90\n2\t西区\t95\n3\t南区\t97\n\t合计\t94\n"
    assert findings_of(total_row, text) == []


def test_columns_that_add_up_only_by_chance_say_nothing() -> None:
    text = "附件\n\n情况表\n\n单位\t一\t二\t三\n东区\t1\t2\t3\n西区\t4\t5\t6\n南区\t7\t8\t9\n北区\t2\t2\t5\n"
    assert findings_of(column_sum, text) == []


def test_a_group_without_printed_points_is_left_alone() -> None:
    text = "附件\n\n评价指标\n\n一级指标\t二级指标\t分值\n组织管理\t分工\t3\n\t机构\t2\n主动公开\t时限\t4\n\t内容\t3\n"
    assert findings_of(group_points, text) == []


def test_points_in_brackets_without_their_unit_are_a_note() -> None:
    rows = "".join(f"{n}\t单位{c}\t60\t1.监测（35分）；2.方案（25分）。\n" for n, c in enumerate("甲乙丙丁", 1))
    text = f"考核细则\n\n序号\t单位\t分值\t评分标准\n{rows}5\t单位戊\t60\t1.监测（35）；2.方案（25分）。\n"
    [finding] = findings_of(cell_points, text)
    assert finding.severity is Severity.NOTE


BOX = (
    "崤陵市服务提升行动计划\n\n一、目标\n\n到2027年，辅助器具适配率达到{rate}，主要指标有{all}项指标，其中约束性指标{binding}项、预期性指标1项，列入专栏1。\n\n"
    "专栏1 主要指标\n序号\t指标\t2024年基数\t2027年目标\t属性\n1\t持证残疾人辅助器具适配率\t71.3%\t80%\t约束性\n"
    "2\t残疾儿童康复救助率\t96.2%\t100%\t约束性\n3\t义务教育入学率\t97.1%\t98%\t预期性\n"
)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"rate": "80%", "all": "3", "binding": "2"}, 0),
        ({"rate": "80%", "all": "4", "binding": "2"}, 1),
        ({"rate": "80%", "all": "3", "binding": "1"}, 1),
    ],
)
def test_indicators_and_their_kinds_are_counted_in_the_box(facts: dict[str, str], found: int) -> None:
    assert len(findings_of(box_items, BOX.format(**facts))) == found


def test_the_text_may_name_the_base_or_the_target_of_the_table() -> None:
    for rate in ("80%", "71.3%"):
        assert findings_of(text_and_table, BOX.format(rate=rate, all="3", binding="2")) == []
    text = BOX.format(rate="85%", all="3", binding="2")
    assert quotes(findings_of(text_and_table, text), text) == ["85%"]


def test_a_year_s_total_in_the_text_may_be_of_something_else() -> None:
    text = (
        "关于扩大招生的请示\n\n一、安排。2025年甲校招生20名，2026年达到280名的规模（见附表）。\n\n附：\n\n"
        + PLAN.format(total=225)[4:]
    )
    assert findings_of(text_and_total, text) == []


def test_a_table_in_an_annex_may_hold_the_names() -> None:
    text = "崤陵市评价办法\n\n第一条 评价企业4家，名单见附件1。\n\n附件:1.企业名单\n\n附件1\n\n企业名单\n\n序号\t企业\n1\t甲公司\n2\t乙公司\n3\t丙公司\n"
    [finding] = findings_of(names_in_annex, text)
    assert (finding.declared, finding.computed) == ("4", "3")


def test_another_number_of_tasks_is_not_taken_for_the_rows_of_the_table() -> None:
    text = "崤陵市计划\n\n一、完成省下达的12项任务。\n\n附件:分工表\n\n附件\n\n分工表\n\n序号\t工作任务\n1\t甲\n2\t乙\n3\t丙\n"
    assert findings_of(rows_in_annex, text) == []


def test_a_box_with_an_item_that_asks_for_no_money_is_not_summed() -> None:
    text = "崤陵市计划\n\n一、任务\n\n专栏1 康复项目\n\n1. 中心。投资3200万元。\n\n2. 基地。建成12个。\n\n二、保障\n\n计划投资，其中康复项目3680万元。\n"
    assert findings_of(box_funding, text) == []


@pytest.mark.parametrize(
    ("text", "found"), [("投资3,42亿元", 1), ("投资3,420万元", 0), ("投资12.5.3亿元", 1), ("第1,2项，共3项", 0)]
)
def test_numbers_broken_by_a_comma_or_a_point(text: str, found: int) -> None:
    assert len(findings_of(broken, text + "。\n")) == found


def test_growth_and_value_rates_may_pass_a_hundred() -> None:
    assert findings_of(rate_above_100, "产业增长率达到120%，资产保值增值率103%，资金到位率100%。\n") == []
