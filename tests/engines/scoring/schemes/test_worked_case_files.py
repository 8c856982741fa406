"""Files of worked cases: read whole, mistakes told by line, a case that comes out otherwise told with both figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.scoring import Scheme
from taizhang.engines.scoring.worked_cases import read_worked_cases, run_worked_cases
from tests.engines.scoring.schemes.small import HEAD, SHEETS, TABLE_TREE, expanded

CASES = """方案: small
例子:
  - 说明: 修缮9座
    单位: 市渔业局
    其余: 全部完成
    填报:
      - 项: 1
        数值: 9
    应得:
      总分: 90
      各项:
        1: 30
        重点: 50
"""


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    found = expanded(HEAD + SHEETS).scheme
    assert found is not None
    return found


def told(scheme: Scheme, text: str) -> list[tuple[int, str]]:
    cases = read_worked_cases(text)
    return [(p.line, str(p.message)) for p in (*cases.problems, *run_worked_cases(scheme, cases))]


def test_a_case_that_comes_out_says_nothing(scheme: Scheme) -> None:
    assert told(scheme, CASES) == []


def test_a_case_that_comes_out_otherwise_is_told_with_both_figures_and_its_line(scheme: Scheme) -> None:
    assert told(scheme, CASES.replace("总分: 90", "总分: 88")) == [(10, "“修缮9座”的总分应是88，算出来是90")]
    assert told(scheme, CASES.replace("1: 30", "1: 40")) == [(11, "“修缮9座”的1应是40，算出来是30")]


def test_what_is_not_told_stays_unknown_and_is_a_range(scheme: Scheme) -> None:
    text = CASES.replace("    其余: 全部完成\n", "").replace("总分: 90", "总分: 30至90").replace("重点: 50", "重点: 30至50")
    assert told(scheme, text) == []


def test_figures_are_compared_at_the_places_the_case_gives(scheme: Scheme) -> None:
    text = (
        CASES.replace("数值: 9", "数值: 7")
        .replace("总分: 90", "总分: 83.33")
        .replace("1: 30", "1: 23.333")
        .replace("重点: 50", "重点: 43.3")
    )
    assert told(scheme, text) == []


def test_waits_grades_and_records_can_be_asked_for() -> None:
    found = expanded(HEAD + TABLE_TREE).scheme
    assert found is not None
    text = """方案: small
例子:
  - 单位: 市渔业局
    其余: 全部完成
    记录:
      - 种类: falsified
    应得: {总分: 0.00, 等次: 不合格, 等待: 没有}
  - 单位: 市渔业局
    填报:
      - {项: 上半年, 数值: 90}
    应得: {总分: 13.50至98.50, 等次: 优秀或合格或不合格, 等待: 还没有评定}
"""
    assert told(found, text) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("单位: 市渔业局", "单位: 市渔政局", 4, "市渔政局"),
        ("数值: 9", "数值: 九", 7, "九"),
        ("- 项: 1", "- 项: 77", 7, "77"),
        ("其余: 全部完成", "其余: 都好", 5, "都好"),
        ("总分: 90", "总分: 很高", 10, "很高"),
        ("重点: 50", "要点: 50", 11, "要点"),
        ("说明: 修缮9座", "说名: 修缮9座", 3, "说名"),
        ("总分: 90", "总分: 90\n      总分: 91", 11, "写了两次"),
    ],
)
def test_mistakes_are_told_by_line(scheme: Scheme, old: str, new: str, line: int, words: str) -> None:
    found = told(scheme, CASES.replace(old, new, 1))
    assert [at for at, text in found if words in text] == [line], found


def test_a_case_without_a_result_and_a_file_of_something_else_are_told(scheme: Scheme) -> None:
    assert "没有写应得" in told(scheme, CASES[: CASES.index("    应得")])[0][1]
    assert "方案" in told(scheme, "- 1\n- 2\n")[0][1]
    assert told(scheme, "方案: [\n")[0][1].startswith("不是合格的 YAML")


def test_an_alias_is_refused_so_that_a_small_file_stays_small(scheme: Scheme) -> None:
    text = "方案: small\n例子: &a\n  - &b [x, x]\n  - [*b, *b]\n"
    assert any("别名" in words for _, words in told(scheme, text))


def test_figures_stay_exact_and_words_stay_words() -> None:
    (case,) = read_worked_cases("方案: s\n例子:\n  - {单位: 否, 截至: 2031-01-01, 应得: {总分: 0.10}}\n").cases
    assert (case.subject, case.as_at, case.expected["总分"]) == ("否", "2031-01-01", "0.10")


@pytest.mark.parametrize("text", ["? {}\n:\n", "方案: small\n例子:\n  - {'': 1}\n", "'': 1\n方案: small\n例子: []\n"])
def test_a_key_without_a_name_is_told(scheme: Scheme, text: str) -> None:
    assert any("没有名称" in words for _, words in told(scheme, text))


@given(st.text(alphabet="方案例子: -[]{}&*#\n '\"1x", max_size=80))
def test_any_text_is_read_or_complained_of(text: str) -> None:
    cases = read_worked_cases(text)
    assert cases.cases or cases.problems or "例子" in text
