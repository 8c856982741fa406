import pytest

from taizhang.engines.proof.figures.area_sums import above_city, areas_and_city
from taizhang.engines.proof.figures.conflicts import city_and_unit, sanctions
from taizhang.engines.proof.figures.outliers import metric_unit, rate, unit
from taizhang.engines.proof.figures.points import group_sum, sheet_sum
from taizhang.engines.proof.figures.sheet_sums import complements, sheet_parts
from taizhang.engines.proof.model import Severity
from tests.engines.proof.proving import agreements_of, findings_of, quotes

AREAS = ("河滨区", "硖石区", "砚川市", "桃林市", "甘棠县")


def issue(city: str, areas: list[str], units: str = "") -> str:
    sheets = "\n\n".join(f"{name}\n\n1. {duty}。" for name, duty in zip(AREAS, areas, strict=False))
    head = f"崤陵市人民政府关于下达2025年度目标的通知\n\n2025年崤陵市经济社会发展目标\n\n1. {city}。\n\n各县(市、区)责任目标\n\n{sheets}\n"
    return head + (f"\n市直单位责任目标\n\n{units}\n" if units else "")


def sheet(name: str, *items: str) -> str:
    lines = "\n\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    return f"各单位责任目标\n\n{name}\n\n(一)重点目标(600分)\n\n{lines}\n"


def test_areas_in_another_unit_are_converted_and_rounded() -> None:
    text = issue("引进省外资金21.4亿元", ["引进省外资金48000万元", "引进省外资金58000万元", "引进省外资金107940万元"])
    assert findings_of(areas_and_city, text) == []
    assert agreements_of(areas_and_city, text)


def test_an_area_without_the_metric_makes_a_shortfall_a_note_that_names_it() -> None:
    text = issue("引进省外资金210亿元", ["引进省外资金48亿元", "引进省外资金68亿元", "引进省外资金62亿元", "粮食总产量1亿公斤"])
    [finding] = findings_of(areas_and_city, text)
    assert finding.severity is Severity.NOTE
    assert "桃林市没有这项" in str(finding.message)


def test_days_of_good_air_are_not_shared_out() -> None:
    text = issue("空气质量优良天数268天以上", ["空气质量优良天数264天以上", "空气质量优良天数270天以上"])
    assert findings_of(areas_and_city, text) == []


def test_one_area_misprinted_does_not_hide_that_all_others_are_above_the_city() -> None:
    text = issue("财政收入增长8%", [f"财政收入增长{v}%" for v in ("9.3", "9.8", "9.6", "9.9", "0.7")])
    assert len(findings_of(above_city, text)) == 1
    [outlier] = findings_of(rate, text)
    assert (outlier.severity, outlier.declared) == (Severity.WARNING, "0.7%")


def test_siblings_far_apart_make_an_outlier_only_a_note() -> None:
    text = issue("研发投入强度达0.9%", [f"研发投入强度达{v}%" for v in ("1.1", "0.9", "0.5", "1.2", "0.1")])
    assert [f.severity for f in findings_of(rate, text)] == [Severity.NOTE]


def test_an_area_in_another_unit_than_all_others_is_found() -> None:
    text = issue("新增就业4万人", [f"新增就业{v}" for v in ("0.8万人", "0.5万人", "0.7万人", "0.6万户", "0.5万人")])
    assert quotes(findings_of(metric_unit, text), text) == ["新增就业0.6万户"]


def test_the_city_s_own_part_is_another_metric_than_the_whole_city_s() -> None:
    units = "市财政局\n\n(一)重点目标(600分)\n\n1. 市级一般公共预算收入增长7.5%(600分)。"
    text = issue("一般公共预算收入增长8%", ["一般公共预算收入增长8%", "一般公共预算收入增长8%"], units)
    assert findings_of(city_and_unit, text) == []


def test_a_sum_per_head_in_yuan_is_no_outlier() -> None:
    text = sheet(
        "人保财险崤陵分公司",
        "健康险保费收入550万元(200分);",
        "意外险保费收入1200万元(200分);",
        "每单补贴保费收入12500元(200分)。",
    )
    assert findings_of(unit, text) == []


def test_points_that_are_missing_are_named_by_their_item() -> None:
    text = sheet("市教育局", "新建幼儿园11所(300分);", "新增学位8600个;", "培训教师200名(200分)。")
    [finding] = findings_of(group_sum, text)
    assert "第2项没有读到分值" in str(finding.message)


def test_deductions_are_no_part_of_the_total() -> None:
    text = "各单位责任目标\n\n二、业务目标(800分)\n\n市教育局\n\n(一)重点目标(800分)\n\n1. 新建幼儿园11所(800分)。\n\n(二)前置类扣分因素\n\n2. 发生重大事故的，扣分。\n"
    assert findings_of(sheet_sum, text) == []


def test_projects_below_the_investment_total_are_fine() -> None:
    text = sheet(
        "市供电公司", "固定资产投资完成14000万元(200分);", "主网工程投资9000万元(200分);", "配网工程投资4000万元(200分)。"
    )
    assert findings_of(sheet_parts, text) == []
    assert findings_of(sheet_parts, text.replace("工程投资4000", "工程投资6000"))


def test_home_and_foreign_visitors_off_by_rounding_are_a_note() -> None:
    items = ("接待海内外游客3420万人次(200分);", "接待国内游客3410万人次(200分);", "接待入境游客10.7万人次(200分)。")
    assert [f.severity for f in findings_of(complements, sheet("市旅游局", *items))] == [Severity.NOTE]


@pytest.mark.parametrize(("second", "found"), [("定为不合格等次", 0), ("得分直接归零", 1)])
def test_falsification_has_one_consequence(second: str, found: int) -> None:
    text = f"崤陵市考核办法\n\n第一条 弄虚作假的，直接记为不合格档次。\n\n第二条 在检查中弄虚作假的，{second}。\n"
    assert len(findings_of(sanctions, text)) == found
