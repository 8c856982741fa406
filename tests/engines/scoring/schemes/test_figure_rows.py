"""Rows of figures and records, named as people name things; what can't be taken is told by row and column."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from taizhang.engines.scoring import Scheme, Standing
from taizhang.engines.scoring.figures import FIGURE_COLUMNS, Finder, read_figures, read_records, unknown_columns
from tests.engines.scoring.schemes.small import HEAD, SHEETS, TABLE_TREE, expanded
from tests.engines.scoring.schemes.test_expanding import SHARED


def scheme_of(text: str) -> Scheme:
    scheme = expanded(text).scheme
    assert scheme is not None
    return scheme


SHEET_SCHEME = scheme_of(HEAD + SHEETS)
TABLE_SCHEME = scheme_of(HEAD + TABLE_TREE)


@pytest.mark.parametrize(
    ("tree", "words", "ident"),
    [
        ("s_1", "1", "s_1_a_item_1"),
        ("s_1", "第1项", "s_1_a_item_1"),
        ("s_1", "2/1", "s_1_a_item_2/1"),
        ("s_1", "2／2", "s_1_a_item_2/2"),
        ("s_1", "s_1_b_item_3", "s_1_b_item_3"),
        ("s_1", " 做好服务 ", "s_1_b_item_3"),
        ("s_1", "9", None),
    ],
)
def test_an_item_is_found_by_its_number_its_words_or_its_id(tree: str, words: str, ident: str | None) -> None:
    assert Finder(SHEET_SCHEME).criterion(tree, words).ident == ident


@pytest.mark.parametrize(("words", "ident"), [("第2行", "tbl_1__row_2"), ("2行", "tbl_1__row_2"), ("上半年", "first")])
def test_a_row_is_found_by_its_number_and_a_part_by_its_name(words: str, ident: str) -> None:
    assert Finder(TABLE_SCHEME).criterion("table", words).ident == ident


def test_a_unit_is_found_by_its_name_with_or_without_the_citys_sign_or_by_its_id() -> None:
    finder = Finder(SHEET_SCHEME)
    found = [finder.subject(name) for name in ("市渔业局", "渔业局", "fishery", "市 渔业局")]
    assert {subject.body for subject in found if subject} == {"fishery"}
    assert finder.subject("市盐业局") is None


def test_a_row_becomes_an_observation_with_who_and_when() -> None:
    row = {
        "单位": "市渔业局",
        "项": Decimal(1),
        "截至": "2031年6月30日",
        "数值": "1,2",
        "状态": "已报",
        "填报人": "甲",
        "填报时间": "2031-07-03 09:30",
        "佐证": "台账.xlsx；照片.zip",
    }
    (one,) = read_figures([(2, row)], SHEET_SCHEME).observations
    assert (one.metric, one.subject, one.value) == ("s_1_a_item_1", "fishery", Decimal(12))
    assert (one.period.end, one.standing) == (date(2031, 6, 30), Standing.REPORTED)
    assert (one.reported_by, one.reported_at) == ("甲", datetime(2031, 7, 3, 9, 30))
    assert one.evidence == ("台账.xlsx", "照片.zip")


def test_a_figure_without_a_day_is_of_the_year_and_counts_as_verified() -> None:
    (one,) = read_figures([(2, {"单位": "市渔业局", "项": "1", "数值": 9})], SHEET_SCHEME).observations
    assert (one.period.end, one.standing) == (None, Standing.VERIFIED)


def test_excel_makes_a_day_of_an_item_with_two_figures_and_it_is_still_the_item() -> None:
    (one,) = read_figures([(2, {"单位": "市渔业局", "项": date(2031, 2, 1), "数值": 5})], SHEET_SCHEME).observations
    assert one.metric == "s_1_a_item_2/1"


def test_a_figure_measured_once_counts_for_everybody_who_owes_it() -> None:
    shared = scheme_of(HEAD + SHEETS + SHARED)
    (one,) = read_figures([(2, {"单位": "市道路局", "项": "1", "数值": 30})], shared).observations
    assert (one.metric, one.subject) == ("roads", "")


def test_blank_rows_are_passed_over() -> None:
    assert read_figures([(2, {"单位": "", "项": None, "数值": " "})], SHEET_SCHEME).problems == ()


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"单位": "市盐业局"}, "单位", "不是考核对象"),
        ({"单位": ""}, "单位", "没有填单位"),
        ({"项": "88"}, "项", "不是市渔业局的指标"),
        ({"项": ""}, "项", "没有填是哪一项"),
        ({"数值": "九座"}, "数值", "不是数字"),
        ({"数值": ""}, "", "都空着"),
        ({"待报原因": "等统计"}, "", "填了2个"),
        ({"截至": "2031-02-30"}, "截至", "不是日期"),
        ({"状态": "听说"}, "状态", "没有“听说”这种状态"),
        ({"填报时间": "上午"}, "填报时间", "不是时间"),
        ({"项": "3", "数值": "", "阶段": "差不多"}, "阶段", "没有“差不多”这个阶段"),
    ],
)
def test_what_cannot_be_taken_is_told_by_row_and_column(change: dict[str, str], column: str, words: str) -> None:
    row = {"单位": "市渔业局", "项": "1", "数值": "9", **change}
    reading = read_figures([(7, row)], SHEET_SCHEME)
    assert reading.observations == ()
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (7, column)
    assert words in str(problem.message)
    assert str(problem.advice)


def test_the_same_item_of_the_same_period_twice_is_told() -> None:
    rows = [(2, {"单位": "市渔业局", "项": "1", "数值": "9"}), (3, {"单位": "fishery", "项": "s_1_a_item_1", "数值": "8"})]
    (problem,) = read_figures(rows, SHEET_SCHEME).problems
    assert (problem.row, problem.column) == (3, "项")
    assert "第2行" in str(problem.message)


def test_a_record_is_found_by_its_name_row_or_number_and_needs_its_day() -> None:
    rows = [
        (2, {"单位": "市渔业局", "种类": "第5行", "日期": "2031-03-01"}),
        (3, {"单位": "市渔业局", "种类": "受到表扬", "日期": "2031-04-01", "分值": "1"}),
        (4, {"单位": "市渔业局", "种类": "falsified", "日期": "2031-05-01"}),
        (5, {"单位": "市渔业局", "种类": "受到表扬"}),
        (6, {"单位": "市渔业局", "种类": "迟到", "日期": "2031-05-01"}),
    ]
    reading = read_records(rows, TABLE_SCHEME)
    assert [case.kind for case in reading.cases] == ["table/tbl_1__row_5", "table/tbl_1__row_5", "falsified"]
    assert reading.cases[1].points == Decimal(1)
    assert [(problem.row, problem.column) for problem in reading.problems] == [(5, "日期"), (6, "种类")]


def test_columns_nobody_knows_are_named() -> None:
    assert unknown_columns(["单位", "value", "完成值"], FIGURE_COLUMNS) == ("完成值",)
