import pytest

from taizhang.engines.targets import Units
from taizhang.engines.targets.responsible import Responsibility, columns_of
from tests.engines.targets.notices import clause, policy, reading


def units(text: str) -> Units:
    return Responsibility().of_clause(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进内销便利。（商务部、海关总署负责）", Units(responsible=("商务部", "海关总署"))),
        ("保存文物。（文化和旅游部、工业和信息化部负责）", Units(responsible=("文化和旅游部", "工业和信息化部"))),
        ("促进创新。（科技部、商务部等有关部门负责）", Units(responsible=("科技部", "商务部"))),
        (
            "扩大投资。（市发展改革委牵头，市财政局、教育局等按职责分工负责）",
            Units(lead=("市发展改革委",), responsible=("市财政局", "市教育局")),
        ),
        ("扩大投资（市发展改革委牵头，市财政局、教育局配合）。", Units(lead=("市发展改革委",), support=("市财政局", "市教育局"))),
        (
            "培育产业（牵头单位：市科技局；配合单位：市财政局，各县〔市、区〕政府）。",
            Units(lead=("市科技局",), support=("市财政局", "各县〔市、区〕政府")),
        ),
        ("动态清零。〔责任单位：市人社局；完成时限：11月底〕", Units(responsible=("市人社局",))),
        ("责任单位：市教育局、财政局；牵头单位：市数据局", Units(lead=("市数据局",), responsible=("市教育局", "市财政局"))),
        ("加强监督检查，逐项销号。（市审计局、财政局）", Units(responsible=("市审计局", "市财政局"))),
        (
            "由市工信委牵头,市审计局、市财政局等部门和单位参与,加强监督。",
            Units(lead=("市工信委",), support=("市审计局", "市财政局")),
        ),
        ("6月底前，由市政府办公室牵头，会同市数据局把报表并入平台。", Units(lead=("市政府办公室",), support=("市数据局",))),
        ("补贴由市民政局会同市财政局、市残联会商确定。", Units(lead=("市民政局",), support=("市财政局", "市残联"))),
        ("铁路局、交通局按照职责分工，负责应急运输。", Units(responsible=("铁路局", "交通局"))),
        ("市水利局负责调度，市气象局负责预报。", Units(responsible=("市水利局", "市气象局"))),
        ("牵头单位：市教育局；配合单位：财政局、民政局", Units(lead=("市教育局",), support=("市财政局", "市民政局"))),
        ("牵头单位为市财政局，配合单位为市教育局、民政局。", Units(lead=("市财政局",), support=("市教育局", "市民政局"))),
        (
            "扩大开放。（省商务厅牵头；省财政厅、教育厅参加；责任人：李某）",
            Units(lead=("省商务厅",), support=("省财政厅", "省教育厅")),
        ),
        ("优化服务。（责任部门：市水务局、市交通委（市道运局）等）", Units(responsible=("市水务局", "市交通委（市道运局）"))),
        ("推进改革。责任领导：李某某；责任单位：市数据局。完成时限：6月底。", Units(responsible=("市数据局",))),
        ("本办法由市城市管理局负责解释。", Units(responsible=("市城市管理局",))),
    ],
)
def test_bodies_are_read_with_the_part_the_text_gives_them(text: str, expected: Units) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "组长由分管副市长担任，成员为各单位负责人。",
        "李建国（市财政局）",
        "报街道办事处（乡镇人民政府）。",
        "逐级汇总后提交市城乡建设局（市人防办）。",
        "坚持谁主管谁负责的原则，层层落实责任。",
        "通信运营企业也要站位大局，积极配合做好迁移。",
        "年运量（含中转）达到150万吨。",
    ],
)
def test_words_that_name_no_responsible_body_give_none(text: str) -> None:
    assert units(text) == Units()


def test_the_first_body_leads_from_where_the_text_says_so() -> None:
    text = policy(
        "一、主要任务",
        "1.简化手续，缩短时限。（海关总署、商务部负责）",
        "2.推广试点，扩大范围。（税务总局、财政部负责，排在第一位的部门为牵头部门，下同）",
        "3.优化监管，提高效率。（商务部、海关总署负责）",
    )
    first, second, third = (clause(text, words).units for words in ("简化", "推广", "优化"))

    assert first == Units(responsible=("海关总署", "商务部"))
    assert second == Units(lead=("税务总局",), responsible=("财政部",))
    assert third == Units(lead=("商务部",), responsible=("海关总署",))


def test_a_line_of_responsible_units_is_said_of_the_clause_above_it() -> None:
    text = policy("一、主要任务", "1.新增就业2万人。", "责任单位：市人社局、教育局", "2.改造小区60个。")

    assert clause(text, "新增就业").units.responsible == ("市人社局", "市教育局")
    assert clause(text, "改造小区").units == Units()


def test_columns_give_lead_and_support() -> None:
    text = policy(
        "任务分工",
        "序号\t任务\t牵头单位\t配合单位",
        "1\t建设康复中心\t市残联\t市财政局、卫健委",
        "2\t排查隐患\t市应急局\t市公安局",
    )
    (first, _) = [c.units for c in reading(text).clauses if "__row_" in c.eid]

    assert first == Units(lead=("市残联",), support=("市财政局", "市卫健委"))


def test_a_column_title_may_say_that_the_first_body_leads() -> None:
    columns = columns_of(("任务", "责任单位（列第一位的为牵头单位）"), [("甲", "市民政局、财政局")], is_about_duties=True)

    assert Responsibility().of_row(columns, ("甲", "市民政局、财政局")) == Units(lead=("市民政局",), responsible=("市财政局",))


def test_a_note_in_a_cell_names_the_lead() -> None:
    columns = columns_of(("任务", "责任单位"), [], is_about_duties=True)

    found = Responsibility().of_row(columns, ("甲", "市民政局（牵头）、财政局"))
    assert found == Units(lead=("市民政局",), responsible=("市财政局",))


def test_a_column_of_bodies_without_a_title_is_read_in_a_table_about_duties() -> None:
    rows = [("1", "县水利局", "治理河道"), ("2", "县林业局", "修复湿地"), ("", "综合奖扣分项目", "")]
    columns = columns_of(("序号", "", "内容"), rows, is_about_duties=True)

    assert Responsibility().of_row(columns, rows[0]).responsible == ("县水利局",)
    assert Responsibility().of_row(columns, rows[2]) == Units()


def test_units_of_measure_and_owners_of_projects_are_not_responsible_bodies() -> None:
    rows = [("产值", "万元", "明溪建材公司"), ("用工", "人", "明溪纺织公司")]
    columns = columns_of(("指标", "单位", "建设单位"), rows, is_about_duties=True)

    assert columns.roles == (None, None, None)
