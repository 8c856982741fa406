"""Tables: rows, headers, continued cells, and rows put back in their columns."""

from taizhang.engines.gazette import Issue, Table, read_issue


def table_of(rows: str, title: str = "清河市任务表") -> tuple[Table, Issue]:
    issue = read_issue(f"{title}\n\n{rows}\n")
    return issue.documents[0].tables[0], issue


def test_an_empty_cell_at_the_head_of_a_row_continues_the_one_above() -> None:
    table, _ = table_of("内容\t指标\t备注\n组织\t会议\t查记录\n\t培训\t查签到\n公开\t网站\t\n")
    assert [c.continues for c in table.rows[1].cells] == [True, False, False]
    assert table.filled()[1] == ("组织", "培训", "查签到")
    assert table.rows[2].texts == ("公开", "网站", "")


def test_a_header_of_two_rows_is_a_header() -> None:
    table, _ = table_of("省\t今年人数\t分年任务\t\n\t\t1996年\t1997年\n合计\t10\t4\t6\n甲\t5\t2\t3\n乙\t5\t2\t3")
    assert [r.texts for r in table.header] == [("省", "今年人数", "分年任务", ""), ("", "", "1996年", "1997年")]
    assert len(table.rows) == 3


def test_a_header_repeated_after_a_page_break_is_furniture() -> None:
    table, issue = table_of("序号\t任务\t单位\n1\t甲\t市农林局\n\n续表一\n\n序号\t任务\t单位\n2\t乙\t市粮油局\n")
    assert [r.texts[0] for r in table.rows] == ["1", "2"]
    assert sorted(f.kind for f in issue.furniture) == ["page", "repeated-header"]


def test_a_row_that_lost_its_number_is_put_back_and_kept_as_printed() -> None:
    table, issue = table_of("序号\t任务\t牵头\t配合\n1\t甲\t子\t丑\n2\t乙\t寅\t卯\n丙\t辰\t巳\n4\t丁\t午\t未\n")
    assert table.rows[2].texts == ("", "丙", "辰", "巳")
    assert table.rows[2].printed == "丙\t辰\t巳"
    assert [d.printed for d in issue.diagnostics if d.code == "gazette.row-slid"] == ["丙\t辰\t巳"]


ROWS = (
    "内容\t一级指标\t二级指标\t备注\n组织\t领导分工\t主要负责人每年听取一次专题汇报\t查记录\n\t机构人员\t指定科室承担并配备熟悉业务人员\t查文件\n"
    "公开\t规划信息\t规划文本和图件在网站集中公布\t看网站\n\t财政信息\t预算决算表格附有文字说明\t看网站\n{row}\n\t采购信息\t采购意向和结果前后衔接\t看网站\n"
)


def test_a_row_slid_one_column_is_put_back_by_comparing_rows() -> None:
    table, issue = table_of(ROWS.format(row="账号内容\t以本地政策和服务信息为主不发广告\t抽查账号\t"))
    assert table.rows[4].texts == ("", "账号内容", "以本地政策和服务信息为主不发广告", "抽查账号")
    assert len([d for d in issue.diagnostics if d.code == "gazette.row-slid"]) == 1


def test_a_row_in_its_columns_is_left_alone() -> None:
    table, issue = table_of(ROWS.format(row="平台\t账号内容\t以本地政策和服务信息为主不发广告\t抽查"))
    assert table.rows[4].printed is None
    assert not [d for d in issue.diagnostics if d.code == "gazette.row-slid"]


def test_sibling_tables_repair_each_other() -> None:
    good = ROWS.format(row="\t解读实效\t多类型媒体协调联动扩大影响\t看网站")
    slid = ROWS.format(row="多类型媒体协调联动扩大影响\t\t\t")
    issue = read_issue(f"清河市办法\n\n第一条 甲。\n\n附件1\n\n部门指标\n\n{good}\n附件2\n\n区县指标\n\n{slid}")
    second = issue.documents[0].documents[1].tables[0]
    assert second.rows[4].texts == ("", "", "多类型媒体协调联动扩大影响", "")


def test_a_markdown_table_is_read() -> None:
    table, _ = table_of("| 序号 | 项目 |\n|---|---|\n| 1 | 甲 |\n| 2 | 乙 |")
    assert table.columns == ("序号", "项目")
    assert [r.texts for r in table.rows] == [("1", "甲"), ("2", "乙")]


def test_paragraphs_that_open_with_a_tab_are_no_table() -> None:
    issue = read_issue("清河市办法\n\n\t第一条 甲事项。\n\n\t第二条 乙事项。\n")
    assert issue.documents[0].tables == ()
    assert [n.num for n in issue.documents[0].walk_nodes() if n.kind == "article"] == ["第一条", "第二条"]


def test_a_short_row_that_is_numbered_in_chinese_did_not_slide() -> None:
    table, _ = table_of("序号\t项目\t分值\t说明\n1\t甲\t5分\t\n2\t乙\t5分\t\n三、\t丙\t5分\n")
    assert table.rows[2].texts == ("三、", "丙", "5分", "")


def test_every_row_of_a_damaged_table_is_as_wide_as_the_widest() -> None:
    table, _ = table_of("序号\t项目\n1\t甲\t\t\n2\t乙\n3\t丙\t多出一格\n")
    assert {len(row.cells) for row in (*table.header, *table.rows)} == {3}
