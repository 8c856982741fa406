from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.gazette import read_issue
from taizhang.engines.targets import read_sheets, read_targets
from taizhang.engines.targets.points import heading_of, points_of_duty
from tests.engines.targets.notices import NOTICE, items, reading, sheets

SPECIMEN = Path(__file__).parents[3] / "packs" / "specimen" / "2025-03.txt"


def test_every_sheet_is_found_with_its_owner_and_kind() -> None:
    found = [(sheet.unit, sheet.kind) for sheet in reading(NOTICE).sheets]

    assert found == [
        ("明溪市", "city"),
        ("青川县", "area"),
        ("临水区", "area"),
        ("高新技术产业开发区", "area"),
        ("市水利局", "unit"),
        ("市教育局", "unit"),
        ("明溪车务段", "unit"),
        ("市盐业公司", "unit"),
    ]


def test_groups_keep_name_and_declared_points() -> None:
    groups = [(group.name, group.points) for group in sheets(NOTICE)["市水利局"].groups]

    assert groups == [("重点目标", Decimal(600)), ("一般目标", Decimal(200))]


def test_declared_points_of_the_heading_above_hold_for_each_sheet_below_it() -> None:
    found = sheets(NOTICE)

    assert found["青川县"].points == found["市水利局"].points == Decimal(800)
    assert found["明溪市"].points is None


def test_factors_that_only_deduct_are_flagged() -> None:
    flags = [(group.name, group.deduction) for group in sheets(NOTICE)["临水区"].groups]

    assert flags == [("经济发展", False), ("前置类扣分因素", True)]


def test_an_item_is_its_words_without_number_points_and_closing_mark() -> None:
    found = [(item.number, item.text, item.points) for item in items(sheets(NOTICE)["市水利局"])]

    assert found == [
        (1, "新建小型水库 3 座,除险加固 12 座", Decimal(400)),
        (2, "万元工业增加值用水量下降4%", Decimal(200)),
        (3, "完成市政府下达的防汛工作目标任务", Decimal(150)),
        (4, "举办节水宣传活动 6 次", Decimal(50)),
    ]


def test_printed_points_have_their_place_in_the_source() -> None:
    for sheet in reading(NOTICE).sheets:
        for item in items(sheet):
            if item.points is not None:
                assert item.points_span is not None
                assert Decimal(NOTICE[item.points_span.start : item.points_span.end]) == item.points


def test_a_sheet_of_one_item_has_one_group_without_a_name() -> None:
    sheet = sheets(NOTICE)["市盐业公司"]

    assert [(group.name, group.points, len(group.items)) for group in sheet.groups] == [("", None, 1)]
    assert items(sheet)[0].points == Decimal(800)


def test_a_name_of_an_unusual_form_among_bodies_is_one_of_them() -> None:
    assert len(items(sheets(NOTICE)["明溪车务段"])) == 2


def test_measures_stand_where_they_are_printed() -> None:
    for sheet in reading(NOTICE).sheets:
        for item in items(sheet):
            for measure in item.targets:
                printed = "".join(NOTICE[measure.span.start : measure.span.end].split())
                assert printed == "".join(measure.quote.split())


@pytest.mark.parametrize(
    ("unit", "number", "kind", "awaits"),
    [
        ("明溪市", 1, "measured", None),
        ("青川县", 3, "zero_event", None),
        ("市水利局", 3, "delegated", "市政府"),
        ("明溪车务段", 2, "qualitative", None),
    ],
)
def test_an_item_says_what_sort_of_duty_it_is(unit: str, number: int, kind: str, awaits: str | None) -> None:
    (item,) = [item for item in items(sheets(NOTICE)[unit]) if item.number == number]

    assert (item.kind, item.awaits) == (kind, awaits)


def test_headings_with_numbers_and_sections_as_groups_make_sheets() -> None:
    text = """云阳县人民政府关于下达2022年度目标任务的通知
云政发〔2022〕7号
县直各部门：
现将2022年度目标任务下达给你们，请认真抓好落实。
云阳县人民政府
2022年3月1日
附件
县直部门目标任务
县发展改革局（100分）
一、重点工作（70分）
（一）固定资产投资增长12%（40分）；
（二）争取上级资金3亿元（30）；
二、一般工作（30分）
（三）完成县委县政府交办的其他任务（30分）。
县水务局（100分）
一、重点工作（70分）
（一）新建水库2座（70分）；
二、一般工作（30分）
（二）修订防汛预案（30分。
"""
    found = sheets(text)

    assert {unit: sheet.points for unit, sheet in found.items()} == {"县发展改革局": Decimal(100), "县水务局": Decimal(100)}
    assert [item.points for item in items(found["县发展改革局"])] == [Decimal(40), Decimal(30), Decimal(30)]
    assert items(found["县水务局"])[1].text == "修订防汛预案"


def test_towns_numbered_as_sections_are_areas() -> None:
    text = "各乡镇目标任务\n一、城关镇\n1.新增市场主体300户；\n二、白沙乡\n1.新增市场主体60户。\n"

    assert [(sheet.unit, sheet.kind) for sheet in reading(text).sheets] == [("城关镇", "area"), ("白沙乡", "area")]


def test_the_whole_city_may_stand_as_a_section_before_its_areas() -> None:
    text = """明溪市人民政府关于下达2024年度责任目标的通知
明政〔2024〕6号
各县区人民政府：
一、全市主要目标
1．地区生产总值增长6%；
2．粮食产量12亿斤。
二、县区目标
（一）青川县
1．地区生产总值增长6.5%。
（二）临水区
1．地区生产总值增长5.8%。
明溪市人民政府
2024年2月18日
"""
    found = [(sheet.unit, sheet.kind) for sheet in reading(text).sheets]

    assert found == [("明溪市", "city"), ("青川县", "area"), ("临水区", "area")]


def test_a_document_of_one_department_is_its_sheet() -> None:
    text = "市教育局2024年度责任目标\n一、重点目标\n1.新建幼儿园8所；\n2.新增学位6000个；\n二、一般目标\n3.办好职业技能大赛。\n"
    (sheet,) = reading(text).sheets

    assert (sheet.unit, sheet.kind, [group.name for group in sheet.groups]) == ("市教育局", "unit", ["重点目标", "一般目标"])


def test_the_names_of_its_groups_make_one_heading_a_sheet() -> None:
    text = (
        "关于做好年度工作的通知\n请认真落实下列安排，按时报送进展。\n市水利局\n(一)重点目标\n1.新建水库3座；\n2.除险加固12座。\n"
    )

    assert [sheet.unit for sheet in reading(text).sheets] == ["市水利局"]


def test_the_heading_above_decides_whether_a_zone_is_an_area_or_a_unit() -> None:
    text = "市直部门责任目标\n商务中心区\n1.新建楼宇3座；\n市水利局\n1.新建水库3座。\n"

    assert {sheet.unit: sheet.kind for sheet in reading(text).sheets} == {"商务中心区": "unit", "市水利局": "unit"}


def test_an_item_holds_the_numbered_parts_below_it() -> None:
    text = """市直部门责任目标
市体育局
1、举办赛事12场，其中：
（1）全国性赛事2场；
（2）省级赛事10场（60分）；
2、新建健身路径40条（40分）。
市教育局
1、新建幼儿园8所（100分）。
"""
    first = items(sheets(text)["市体育局"])[0]

    assert "".join(first.text.split()) == "举办赛事12场，其中：（1）全国性赛事2场；（2）省级赛事10场"
    assert first.points == Decimal(60)


@pytest.mark.parametrize(
    "text",
    [
        "防汛应急预案\n一、市水利局\n1.负责水情监测预报。\n2.负责水库调度。\n二、市教育局\n1.负责学校安全。\n2.组织学生转移。\n",
        "发展目标任务\n一、打造国家级示范区\n1.建设产业园3个。\n2.引进项目20个。\n二、建设高新区\n1.培育企业40家。\n2.新增专利300件。\n",
        "目标考核先进个人名单\n市教育局\n1.张三\n2.李四\n市水利局\n1.王五\n2.赵六\n",
    ],
    ids=["duties in a contingency plan", "headings that are no bodies", "a roll of names"],
)
def test_numbered_clauses_under_other_headings_are_no_sheets(text: str) -> None:
    assert reading(text).sheets == ()


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("办结率达100%(150 分);", "150", "办结率达100%"),
        ("全年节水活动 6 次（10分）。", "10", "全年节水活动 6 次"),
        ("完成其他任务;(10分)", "10", "完成其他任务"),
        ("完成其他任务(10分", "10", "完成其他任务"),
        ("完成其他任务10分);", "10", "完成其他任务"),
        ("完成其他任务〔2.5分〕；", "2.5", "完成其他任务"),
        ("完成其他任务(每次2分,共20分)", "20", "完成其他任务"),
        ("(10分)完成其他任务;", "10", "完成其他任务"),
        ("完成其他任务(1O分);", None, "完成其他任务"),
    ],
)
def test_points_are_read_at_the_end_of_a_duty(text: str, value: str | None, words: str) -> None:
    found = points_of_duty(text, is_lenient=False)

    assert found is not None
    assert found.value == (None if value is None else Decimal(value))
    assert text[found.words_start : found.words_end] == words


@pytest.mark.parametrize(
    "text", ["群众满意度达到90分。", "城镇化率提高0.9个百分点;", "查处案件(含简易案件10件)。", "税收占比达30%;"]
)
def test_figures_at_the_end_of_a_duty_are_not_points(text: str) -> None:
    assert points_of_duty(text, is_lenient=True) is None


def test_points_without_their_unit_are_read_only_where_the_sheet_prints_points() -> None:
    assert points_of_duty("水质监测（20）", is_lenient=False) is None
    lenient = points_of_duty("水质监测（20）", is_lenient=True)
    assert lenient is not None
    assert lenient.value == Decimal(20)


@pytest.mark.parametrize(
    ("heading", "name", "points"),
    [
        ("重点目标(600 分)", "重点目标", "600"),
        ("重点目标（共6项，600分）：", "重点目标", "600"),
        ("业务工作目标800分。", "业务工作目标", "800"),
        ("重点目标(600分)完成造林任务12万亩(140分);", "重点目标", "600"),
        ("前置类扣分因素", "前置类扣分因素", None),
        ("民生实事(10)", "民生实事(10)", None),
    ],
)
def test_a_heading_gives_name_and_points(heading: str, name: str, points: str | None) -> None:
    found = heading_of(heading)

    assert (found.name, found.points) == (name, None if points is None else Decimal(points))


def test_the_specimen_gives_all_its_sheets_and_items() -> None:
    found = read_sheets(read_issue(SPECIMEN.read_bytes().decode()))
    kinds = [sheet.kind for sheet in found]
    all_items = [item for sheet in found for item in items(sheet)]

    assert (kinds.count("city"), kinds.count("area"), kinds.count("unit")) == (1, 8, 46)
    assert len(all_items) == 735
    assert found[0].unit == "崤陵市"
    assert all(item.points is not None for sheet in found if sheet.kind == "unit" for item in items(sheet))


def test_nothing_printed_in_the_sheets_of_the_specimen_is_lost() -> None:
    source = SPECIMEN.read_bytes().decode()
    found = read_sheets(read_issue(source))
    printed = "".join(source.split())
    at = 0
    for item in (item for sheet in found for item in items(sheet)):
        words = f"{item.number}.{''.join(item.text.split())}"
        at = printed.index(words, at) + len(words)
        assert printed[at] in "(;。；（"


_PIECES = st.sampled_from(
    [
        "目标",
        "市财政局",
        "河滨区",
        "(一)",
        "一、",
        "1.",
        "2.",
        "（600分）",
        "(10分);",
        "增长8%",
        "完成",
        "\n",
        "责任",
        "2024年",
        "各县区",
        "；",
        "（",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_gives_a_reading_and_never_an_exception(text: str) -> None:
    found = read_targets(read_issue(text))

    assert all(sheet.groups for sheet in found.sheets)
