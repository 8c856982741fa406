import pytest

from taizhang.engines.office.blocks import Heading, Paragraph, TableBlock, TableCell, table_of_texts
from taizhang.engines.office.errors import HeadingLevelIsUnknownError, TableCellsCollideError, TableIsEmptyError
from taizhang.engines.office.plain import blocks_of_text
from taizhang.engines.office.widths import column_shares, scaled


@pytest.mark.parametrize("level", [-1, 5])
def test_a_heading_level_the_standard_does_not_know_is_refused(level: int) -> None:
    with pytest.raises(HeadingLevelIsUnknownError, match=str(level)):
        Heading("总则", level)


@pytest.mark.parametrize("rows", [(), ((),), ((), ())])
def test_a_table_without_a_cell_is_refused(rows: tuple[tuple[TableCell, ...], ...]) -> None:
    with pytest.raises(TableIsEmptyError):
        TableBlock(rows)


@pytest.mark.parametrize(
    "rows",
    [
        ((TableCell("甲"), TableCell("乙")), (TableCell("丙"),)),
        ((TableCell("甲", rowspan=3),), (TableCell("乙"),)),
        ((TableCell("甲"), TableCell("乙", rowspan=2)), (TableCell("丙", colspan=2),)),
        ((TableCell("甲", colspan=0),),),
    ],
    ids=["short row", "span below the table", "spans overlap", "no width"],
)
def test_cells_that_do_not_fit_together_are_refused_with_their_row(rows: tuple[tuple[TableCell, ...], ...]) -> None:
    with pytest.raises(TableCellsCollideError, match="行"):
        TableBlock(rows)


def test_rows_of_plain_text_become_one_table_and_lines_around_it_paragraphs() -> None:
    blocks = blocks_of_text("第一章 总则\r\n\n为了规范管理，制定本办法。\n序号\t任务\t分值\n1\t建台账\n\t续\t\n（一）组织管理\n")
    assert blocks == [
        Heading("第一章 总则", 1),
        Paragraph("为了规范管理，制定本办法。"),
        table_of_texts([["序号", "任务", "分值"], ["1", "建台账", ""], ["", "续", ""]], 1),
        Heading("（一）组织管理", 2),
    ]


@pytest.mark.parametrize("line", ["一、每月更新数据目录。", "（一）建立台账；", "一、" + "逐项核对" * 12, "1. 建立台账"])
def test_a_numbered_line_that_says_a_sentence_is_no_heading(line: str) -> None:
    assert blocks_of_text(line) == [Paragraph(line)]


def test_a_line_set_in_by_a_tab_is_a_paragraph_and_no_table() -> None:
    assert blocks_of_text("\t为了规范管理。\n\t本办法自公布之日起施行。") == [
        Paragraph("为了规范管理。"),
        Paragraph("本办法自公布之日起施行。"),
    ]


def test_a_first_row_with_figures_is_no_header() -> None:
    (table,) = blocks_of_text("1\t甲\n2\t乙")
    assert isinstance(table, TableBlock)
    assert table.header_rows == 0


def test_short_columns_get_what_they_need_and_long_ones_share_the_rest() -> None:
    table = table_of_texts([["序号", "任务", "单位"], ["1", "逐项建立台账并按月更新" * 5, "市数据局"]])
    number, task, body = column_shares(table, 70)
    assert (number, body) == (7, 11)
    assert task == 70 - 7 - 11


def test_stated_widths_win() -> None:
    assert column_shares(TableBlock(((TableCell("甲"), TableCell("乙")),), widths=(1, 3)), 70) == (1, 3)


def test_scaled_widths_add_up() -> None:
    assert sum(scaled((7, 11, 13), 8845)) == 8845
