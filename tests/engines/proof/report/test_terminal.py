"""On a terminal a finding reads like a compiler's: what, where, the words underlined, what to do."""

import re

import pytest

from taizhang.engines.proof.report.terminal import Screen, terminal_report
from taizhang.kernel.columns import column_count
from tests.engines.proof.report.made import SUM, TEXT, chinese, finding, report


def told(columns: int = 80, *, colour: bool = False, **rest: object) -> str:
    return "".join(terminal_report(report(**rest), Screen(columns, colour), chinese))  # type: ignore[arg-type]


def test_a_finding_names_rule_place_words_figures_and_cure() -> None:
    block = told().split("\n\n")[0]
    assert block.splitlines() == [
        "错误[sum.parts] 分项之和不等于总数",
        "   --> 公报/第4号.txt:12:24  〔9号 一、（一）〕  #1",
        "12 | （一）修缮渔港12座，其中东湾5座、西湾6座，合计12座。",
        "   |                         ----------------  ^^^^^^^^",
        "    = 说明：印的是12座，应为11座",
        "    = 印本：12座",
        "    = 推算：11座",
        "    = 建议：核对原稿",
    ]


def test_the_marks_stand_under_the_words() -> None:
    lines = told(60).splitlines()
    index = next(i for i, line in enumerate(lines) if "合计12座" in line)
    before = lines[index][: lines[index].index("合计12座")]
    assert lines[index + 1][column_count(before) :].startswith("^" * 8)


def test_words_to_mend_within_other_words_keep_their_mark() -> None:
    nested = finding("sum.parts", "西湾6座", "东湾5座、西湾6座，合计12座")
    lines = told(findings=(nested,)).splitlines()
    marks = next(line for line in lines if "^" in line)
    assert marks.strip("| ") == "-" * 9 + "^" * 7 + "-" * 10


def test_accepted_findings_keep_their_reason_and_stale_ones_are_named() -> None:
    text = told()
    assert "编辑部 2031-03-09，理由：含管理费" in text
    assert "已失效的接受" in text
    assert "共需补助97万元" in text


def test_the_counts_close_the_report() -> None:
    assert told().splitlines()[-1] == "公报/第4号.txt：错误 1，存疑 1，提示 1，核对相符 1，已接受 1"


@pytest.mark.parametrize("columns", [40, 61, 100, 200])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    # The line with the place is left whole, since it is what people copy.
    wide = [line for line in told(columns).splitlines() if column_count(line) > columns and "-->" not in line]
    assert wide == []


def test_colour_comes_only_where_it_is_asked_for_and_changes_no_word() -> None:
    plain, coloured = told(), told(colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31m错误[sum.parts]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_control_characters_of_the_file_do_not_reach_the_terminal() -> None:
    hostile = TEXT.replace("合计12座", "合计\x1b]0;x\x0712座").replace("修缮渔港12座", "修缮\x1b[2J渔港12座")
    text = "".join(terminal_report(report(hostile, findings=()), Screen(), chinese))
    start = hostile.index("合计")
    moved = type(SUM)(SUM.rule, SUM.severity, SUM.message, SUM.advice, (type(SUM.spans[0])(start, start + 12),))
    text = "".join(terminal_report(report(hostile, findings=(moved,), name="公报\x1b[2J.txt"), Screen(), chinese))
    assert "\x1b" not in text
    assert "\x07" not in text


def test_words_in_many_lines_are_shown_to_a_limit() -> None:
    many = finding("sum.parts", "松溪市人民政府公报", "2031年第4号", "主办", "关于做好", "各县区人民政府", "为了做好")
    text = told(findings=(many,))
    assert "… +2" in text


def test_a_finding_without_a_place_still_says_what_is_wrong() -> None:
    nowhere = type(SUM)("sum.parts", SUM.severity, SUM.message, SUM.advice, ())
    assert "错误[sum.parts] 分项之和不等于总数" in told(findings=(nowhere,))
