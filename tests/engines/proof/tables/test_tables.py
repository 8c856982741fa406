import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.tables.rows import empty_cell, other_parent, repeated_row, row_of_sibling
from taizhang.engines.proof.tables.slid import continued_header, continued_number, slid_row
from tests.engines.proof.proving import findings_of, quotes

TITLE = "某市人民政府关于做好年度工作的通知\n\n附件\n\n重点任务分工表\n\n"
HEADER = "序号\t工作任务\t负责单位\n"
TASKS = ("推进职业技能培训", "改造老旧小区设施", "开展健康筛查工作", "发放高龄老人补贴", "组织群众体育比赛", "编印普法读本资料")


def _rows(start: int = 1, tasks: tuple[str, ...] = TASKS) -> list[str]:
    return [f"{n}\t{task}\t市第{n}局\n" for n, task in enumerate(tasks, start)]


def test_a_row_that_lost_its_number_cell_is_shown_as_printed() -> None:
    rows = _rows()
    rows[2] = "开展健康筛查工作\t市第3局\t\n"
    text = TITLE + HEADER + "".join(rows)
    findings = findings_of(slid_row, text)
    assert len(findings) == 1
    assert "开展健康筛查工作" in (findings[0].declared or "")
    assert findings_of(slid_row, TITLE + HEADER + "".join(_rows())) == []


def test_the_head_of_a_group_of_rows_is_no_slid_row() -> None:
    rows = _rows()
    rows.insert(3, "二、\t保障任务\t\n")
    assert findings_of(slid_row, TITLE + HEADER + "".join(rows)) == []


def test_a_repeated_header_that_differs_is_a_doubt() -> None:
    first, second = "".join(_rows()[:3]), "".join(_rows()[3:])
    other = "序号\t工作任务\t配合单位\n"
    assert len(findings_of(continued_header, TITLE + HEADER + first + "\n续表一\n\n" + other + second)) == 1
    assert findings_of(continued_header, TITLE + HEADER + first + "\n续表一\n\n" + HEADER + second) == []


@pytest.mark.parametrize(("second", "count"), [("续表二", 0), ("续表三", 1)])
def test_continued_tables_are_numbered_in_order(second: str, count: int) -> None:
    rows = _rows()
    text = TITLE + HEADER + "".join(rows[:2]) + "\n续表一\n\n" + HEADER + "".join(rows[2:4])
    text += f"\n{second}\n\n" + HEADER + "".join(rows[4:])
    assert len(findings_of(continued_number, text)) == count


def test_an_empty_cell_in_a_full_column_is_a_doubt() -> None:
    rows = _rows(tasks=tuple(f"推进第{n}类专项工作" for n in range(1, 13)))
    rows[6] = "7\t推进第7类专项工作\t\n"
    text = TITLE + HEADER + "".join(rows)
    assert [f.severity for f in findings_of(empty_cell, text)] == [Severity.WARNING]


def test_a_remark_explains_an_empty_cell() -> None:
    rows = [f"{n}\t推进第{n}类专项工作\t市第{n}局\t\n" for n in range(1, 13)]
    rows[6] = "7\t推进第7类专项工作\t\t见第3项\n"
    text = TITLE + "序号\t工作任务\t负责单位\t备注\n" + "".join(rows)
    assert findings_of(empty_cell, text) == []


def test_the_same_row_twice_is_a_doubt_whatever_its_number() -> None:
    rows = [*_rows(), "7\t改造老旧小区设施\t市第2局\n"]
    text = TITLE + HEADER + "".join(rows)
    assert quotes(findings_of(repeated_row, text), text) == ["改造老旧小区设施"]
    assert findings_of(repeated_row, TITLE + HEADER + "".join(_rows())) == []


def _pair(second: str) -> str:
    first = (
        "一级指标\t二级指标\t评价要点\n组织领导\t分工落实\t主要负责人每年听取汇报\n\t\t分管领导牵头推进落实\n"
        "\t机构建设\t与宣传网管部门建立联动机制\n\t\t明确专门工作机构人员\n\t\t配备专职工作人员力量\n\t\t保障专项工作经费支出\n"
    )
    return f"某市评价办法\n\n附件1\n\n市直单位评价指标\n\n{first}\n附件2\n\n县区评价指标\n\n{second}"


def test_a_row_under_another_head_in_a_table_alike_is_a_doubt() -> None:
    second = (
        "一级指标\t二级指标\t评价要点\n组织领导\t分工落实\t主要负责人每年听取汇报\n\t\t分管领导牵头推进落实\n"
        "\t\t与宣传网管部门建立联动机制\n\t机构建设\t明确专门工作机构人员\n\t\t配备专职工作人员力量\n\t\t保障专项工作经费支出\n"
    )
    findings = findings_of(other_parent, _pair(second))
    assert [(f.declared, f.computed) for f in findings] == [("机构建设", "分工落实")]


def test_rows_alike_but_for_a_character_and_rows_of_one_table_only_are_noted() -> None:
    second = (
        "一级指标\t二级指标\t评价要点\n组织领导\t分工落实\t主要负责人每年听取汇报\n\t\t分管领导牵头推进落实\n"
        "\t机构建设\t与宣传网信部门建立联动机制\n\t\t明确专门工作机构人员\n\t\t配备专职工作人员力量\n\t\t保障专项工作经费支出\n"
        "\t\t推进历史公报数字化\n"
    )
    findings = findings_of(row_of_sibling, _pair(second))
    assert [f.severity for f in findings] == [Severity.NOTE, Severity.NOTE]
    assert findings[0].declared == "与宣传网管部门建立联动机制"
