import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.proof.numbering.annexes import annex
from taizhang.engines.proof.numbering.clauses import clause
from taizhang.engines.proof.numbering.decimals import decimal
from taizhang.engines.proof.numbering.enumerations import inline, points
from taizhang.engines.proof.numbering.rows import row
from taizhang.engines.proof.numbering.steps import Step, chinese_numeral, renumbered, slips
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.spans import Span
from tests.engines.proof.proving import findings_of, quotes

TITLE = "某市人民政府关于做好年度工作的通知\n\n"


def _steps(*values: int) -> list[Step]:
    return [Step(value, str(value), Span(i, i + 1), None, None) for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1, 2, 3), []),
        ((1, 2, 4, 5), [(4, 3)]),
        ((1, 2, 2, 3), [(2, 3)]),
        ((1, 2, 9, 4), [(9, 3)]),
        ((1, 3, 2), [(3, 2)]),
        ((1, 1, 2), [(1, 2)]),
        ((1, 2, 3, 1, 2), []),
        ((2, 3, 4), [(2, 1)]),
        ((1, 2, 3, 1), [(1, 4)]),
    ],
)
def test_a_row_of_numbers_slips_where_a_value_does_not_follow(values: tuple[int, ...], expected: list[tuple[int, int]]) -> None:
    assert [(s.step.value, s.expected) for s in slips(_steps(*values))] == expected


@given(st.integers(1, 40), st.data())
def test_one_changed_number_in_a_row_is_always_seen(length: int, data: st.DataObject) -> None:
    values = list(range(1, length + 3))
    at = data.draw(st.integers(0, len(values) - 1))
    values[at] = data.draw(st.integers(1, 60).filter(lambda v: v != values[at]))
    assert slips(_steps(*values))


@given(st.integers(1, 9999))
def test_chinese_numerals_read_back(value: int) -> None:
    assert chinese_integer(chinese_numeral(value)) == value


@pytest.mark.parametrize(("printed", "value", "text"), [("第 1 0 条", 11, "第 11 条"), ("（九）", 10, "（十）"), ("①", 2, "②")])
def test_a_number_is_renumbered_in_its_own_numerals(printed: str, value: int, text: str) -> None:
    assert renumbered(printed, value) == text


def _sections(*nums: str) -> str:
    return TITLE + "".join(f"{num}加强第{i}方面工作\n\n各单位要认真抓好落实，按时上报情况。\n\n" for i, num in enumerate(nums, 1))


@pytest.mark.parametrize(
    ("nums", "found"),
    [
        (("一、", "二、", "四、"), ["四、"]),
        (("一、", "二、", "二、", "三、"), ["二、"]),
        (("(一)", "(二)", "(四)"), ["(四)"]),
        (("一、", "二、", "三、"), []),
    ],
)
def test_sections_are_numbered_without_gap_or_repeat(nums: tuple[str, ...], found: list[str]) -> None:
    text = _sections(*nums)
    assert quotes(findings_of(clause, text), text) == found


def test_articles_run_on_through_chapters_and_a_missing_one_is_named() -> None:
    chapters = (("第一章 总则", ("一", "二")), ("第二章 职责", ("三", "五")), ("第三章 附则", ("六",)))
    text = "某市公开工作评价办法\n\n" + "".join(
        f"{title}\n\n" + "".join(f"第{n}条 各单位应当认真做好公开工作。\n\n" for n in numbers) for title, numbers in chapters
    )
    findings = findings_of(clause, text)
    assert quotes(findings, text) == ["第五条"]
    assert "第四条" in str(findings[0].message)


def _sheet(*groups: tuple[int, ...]) -> str:
    names = ("(一)重点目标(600分)", "(二)一般目标(200分)")
    body = "".join(
        f"{name}\n\n" + "".join(f"{n}. 完成第{n}项年度任务(50分)；\n\n" for n in group)
        for name, group in zip(names, groups, strict=True)
    )
    return "某市各部门责任目标\n\n市教育局\n\n" + body


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        (((1, 2, 3), (4, 5, 6)), []),
        (((1, 2, 3), (1, 2, 3)), []),
        (((1, 2, 3), (5, 6, 7)), ["5."]),
        (((1, 2, 3), (4, 6, 7)), ["6."]),
        (((1, 2, 2), (3, 4, 5)), ["2."]),
    ],
)
def test_items_may_run_on_through_the_groups_of_a_sheet(groups: tuple[tuple[int, ...], ...], found: list[str]) -> None:
    text = _sheet(*groups)
    assert quotes(findings_of(clause, text), text) == found


def test_a_number_the_reader_took_for_text_is_still_counted() -> None:
    text = _sections("(一)", "(二)", "(八)", "(四)")
    assert [f.computed for f in findings_of(clause, text)] == ["(三)"]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (("1", "1.1", "1.2", "2", "2.1", "2.2"), []),
        (("1", "1.1", "1.2", "2", "2.1", "2.3"), ["2.3"]),
        (("1", "1.1", "1.2", "2", "3.1", "2.2"), ["3.1"]),
        (("1", "1.1", "1.1.1", "1.1.3", "1.2", "2", "2.1"), ["1.1.3"]),
    ],
)
def test_decimals_follow_by_their_whole_path(numbers: tuple[str, ...], found: list[str]) -> None:
    text = "某市突发事件应急预案\n\n" + "".join(f"{n}　应急工作安排\n\n有关部门按照职责抓好落实。\n\n" for n in numbers)
    assert quotes(findings_of(decimal, text), text) == found


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("一要摸清底数；二要建好台账；把责任压到人；四要按时销号。", 1),
        ("一是统一思想；二是压实责任；二是严格考核。", 1),
        ("第一，统一思想。第三，严格考核。", 1),
        ("一要摸清底数；二要建好台账；三要按时销号。", 0),
        ("我们要一抓到底，三是老话，关键在落实。", 0),
        ("一是统一思想，一要抓紧，二是压实责任，二要抓实。", 0),
    ],
)
def test_points_of_a_sentence_are_counted(sentence: str, count: int) -> None:
    assert len(findings_of(points, TITLE + sentence + "\n")) == count


def test_the_place_of_a_missing_point_is_shown_first() -> None:
    text = TITLE + "一要摸清底数；二要建好台账；把责任压到人；四要按时销号。\n"
    assert quotes(findings_of(points, text), text) == ["把责任压到人；"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("考核内容：①组织领导；②制度建设；④工作成效。", ["④"]),
        ("步骤：（1）受理；（2）审核；（2）发放。", ["（2）"]),
        ("1.受理申请；2.审核材料；4.发放资金。", ["4."]),
        ("（1）受理；（2）审核；（3）发放。增长1.5%；下降2.3%。", []),
    ],
)
def test_points_inside_a_paragraph_are_numbered_in_order(sentence: str, found: list[str]) -> None:
    text = TITLE + "各单位要做好以下工作。" + sentence + "\n"
    assert quotes(findings_of(inline, text), text) == found


def _table(*numbers: str) -> str:
    rows = "".join(f"{n}\t推进第{i}项工作\t市教育局\n" for i, n in enumerate(numbers, 1))
    return TITLE + "附件\n\n重点任务分工表\n\n序号\t工作任务\t负责单位\n" + rows


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (("1", "2", "3", "4"), []),
        (("1", "2", "4", "5"), ["4"]),
        (("1", "2", "2", "3"), ["2"]),
        (("1", "2", "3", "1", "2"), []),
    ],
)
def test_rows_of_a_table_are_numbered_in_order(numbers: tuple[str, ...], found: list[str]) -> None:
    text = _table(*numbers)
    assert quotes(findings_of(row, text), text) == found


@pytest.mark.parametrize(("second", "found"), [("附件2", []), ("附 件 2", []), ("附件3", ["附件3"]), ("附件1", ["附件1"])])
def test_annexes_are_numbered_in_order(second: str, found: list[str]) -> None:
    rows = "序号\t指标\t分值\n1\t主动公开\t20\n2\t依申请公开\t20\n3\t政策解读\t20\n"
    text = f"某市评价办法\n\n第一条 单位见附件1。\n\n附件1\n\n单位名单\n\n{rows}\n{second}\n\n评价指标\n\n{rows}"
    assert quotes(findings_of(annex, text), text) == found
