"""The workbook a unit reports in: handed out, filled in, brought back, and tampered with."""

import dataclasses
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from taizhang.engines.office.errors import (
    WorkbookIsNotAFormError,
    WorkbookIsNotXlsxError,
    WorkbookIsTooLargeError,
    WorkbookRowsDoNotMatchError,
)
from taizhang.engines.office.workbook import FormRow, UnitForm, read_workbook, write_workbook
from taizhang.engines.office.xlsx import Column, Sheet
from taizhang.engines.office.xlsx import write_workbook as write_sheets

JOBS = FormRow("m-1", "城镇新增就业4万人", "新增就业", "人", "≥ 40,000 人", Decimal("32110"))
RATE = FormRow("m-2", "登记失业率控制在4.5%以内", "登记失业率", "%", "≤ 4.5%", Decimal("3.2"))
RULES = FormRow("m-3", "出台培训办法", "培训办法", "", "已印发", stages=("未启动", "征求意见", "已印发"))
FORM = UnitForm(
    unit="市人力资源社会保障局",
    unit_id="cn-419900-rsj",
    title="市人力资源社会保障局2025年9月目标进展填报表",
    period_end=date(2025, 9, 30),
    due_on=date(2025, 10, 17),
    token="t0k3n",
    rows=(JOBS, RATE, RULES),
    banner="模拟数据，不得引用",
)


def form(*rows: FormRow) -> bytes:
    return write_workbook(dataclasses.replace(FORM, rows=rows or FORM.rows))


def repacked(data: bytes, **changed: str) -> bytes:
    """The package with the text of some parts replaced (sheet1 for xl/worksheets/sheet1.xml)."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            new = changed.get(name.rsplit("/", 1)[-1].removesuffix(".xml")) if name.startswith("xl/worksheets/s") else None
            target.writestr(name, source.read(name) if new is None else new)
    return held.getvalue()


def sheet(data: bytes, number: int = 1) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(f"xl/worksheets/sheet{number}.xml").decode()


def typed(data: bytes, **cells: str | int) -> bytes:
    """The workbook after somebody typed into cells: text, or a number."""
    xml = sheet(data)
    for cell, value in cells.items():
        inside = f"<v>{value}</v>" if isinstance(value, int) else f"<is><t>{escape(value)}</t></is>"
        kind = "n" if isinstance(value, int) else "inlineStr"
        xml, count = re.subn(rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', f'<c r="{cell}" t="{kind}">{inside}</c>', xml)
        assert count == 1, cell
    return repacked(data, sheet1=xml)


def told(data: bytes) -> list[tuple[str, str]]:
    return [(problem.cell, str(problem.message)) for problem in read_workbook(data).problems]


def test_a_workbook_brought_back_untouched_says_what_it_is_and_that_nothing_was_filled_in() -> None:
    reading = read_workbook(form())
    assert (reading.token, reading.unit_id, reading.period_end) == ("t0k3n", "cn-419900-rsj", date(2025, 9, 30))
    assert reading.last == {"m-1": Decimal("32110"), "m-2": Decimal("3.2"), "m-3": None}
    assert [(row.id, row.line, row.is_blank) for row in reading.rows] == [("m-1", 4, True), ("m-2", 5, True), ("m-3", 6, True)]
    assert reading.problems == ()


def test_what_stands_already_is_shown_and_read_back() -> None:
    filled = dataclasses.replace(JOBS, answer="value", value=Decimal("36411"), remark="含灵活就业", evidence="月报.xlsx，汇总 B7")
    late = dataclasses.replace(RATE, answer="not_yet", reason="省局尚未反馈", expected_on=date(2025, 10, 25))
    judged = dataclasses.replace(RULES, answer="value", stage="征求意见")
    jobs, rate, rules = read_workbook(form(filled, late, judged)).rows
    assert (jobs.answer, jobs.value, jobs.remark, jobs.evidence) == (
        "value",
        Decimal("36411"),
        "含灵活就业",
        "月报.xlsx，汇总 B7",
    )
    assert (rate.answer, rate.value, rate.reason, rate.expected_on) == ("not_yet", None, "省局尚未反馈", date(2025, 10, 25))
    assert (rules.answer, rules.stage) == ("value", "征求意见")


def test_only_what_is_to_be_filled_in_is_open_and_offers_lists() -> None:
    data = form()
    xml = sheet(data)
    assert "<sheetProtection" in xml
    assert xml.count("<dataValidation ") == 5
    assert "有数字,暂时没有数字,本期不适用" in xml
    assert "未启动,征求意见,已印发" in xml
    assert re.search(r'<col min="1" max="1"[^>]*hidden="1"', xml)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        looks = package.read("xl/styles.xml").decode().split("<cellXfs")[1].split("</cellXfs>")[0].split("<xf ")[1:]
    unlocked = [index for index, look in enumerate(looks) if 'locked="0"' in look]
    cells = {cell: int(look) for cell, look in re.findall(r'<c r="([A-O]4)" s="(\d+)"', xml)}
    assert {cell for cell, look in cells.items() if look in unlocked} == {f"{c}4" for c in "HIKLMNO"}
    kinds = {s.name: s.visible for s in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheets_metadata}
    assert kinds["_taizhang"] == SheetVisibleEnum.VeryHidden
    assert list(kinds)[:2] == ["填报", "填报说明"]


def test_numbers_typed_as_text_are_read_and_nothing_is_guessed() -> None:
    ok = read_workbook(typed(form(), H4="有数字", I4="３６，４１１", H5="有数字", I5="3.10"))
    assert [row.value for row in ok.rows] == [Decimal(36411), Decimal("3.10"), None]
    assert told(typed(form(), H4="有数字", I4="3.6万")) == [("I4", "“3.6万”不是数字。只写数字，单位按“单位”一列折算，不写进格子")]
    assert told(typed(form(), H4="有数字", I4="36,41"))[0][0] == "I4"


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"H4": "差不多"}, [("H4", "填报情况“差不多”不认识。从这些里选：有数字、暂时没有数字、本期不适用")]),
        ({"I4": 5}, [("H4", "没有选填报情况。从列表里选一项")]),
        ({"H4": "有数字"}, [("I4", "选了“有数字”，本期值是空的。填上数字，或改选“暂时没有数字”")]),
        ({"H4": "暂时没有数字"}, [("K4", "没有数字的，要写原因"), ("L4", "没有数字的，要写预计日期")]),
        (
            {"H4": "暂时没有数字", "I4": 0, "K4": "未统计", "L4": "2025-10-25"},
            [("I4", "选了“暂时没有数字”，又填了数字或阶段。留一样")],
        ),
        ({"H4": "暂时没有数字", "K4": "未统计", "L4": "下月"}, [("L4", "“下月”不是日期。写成 2025-10-31 这样")]),
        ({"H4": "暂时没有数字", "K4": "未统计", "L4": "2025-02-30"}, [("L4", "“2025-02-30”不是日期。写成 2025-10-31 这样")]),
        ({"H4": "本期不适用"}, [("M4", "不适用的，要写依据的条款")]),
        ({"H6": "有数字"}, [("J6", "选了“有数字”，阶段是空的。选一个阶段，或改选“暂时没有数字”")]),
        ({"H6": "有数字", "J6": "快了"}, [("J6", "阶段“快了”不在可选的里面：未启动、征求意见、已印发")]),
        ({"N4": "字" * 2001, "H4": "有数字", "I4": 1}, [("N4", "超过2000字，缩短后再传")]),
    ],
)
def test_what_cannot_be_taken_is_told_by_cell(cells: dict[str, str | int], problems: list[tuple[str, str]]) -> None:
    assert told(typed(form(), **cells)) == problems


def test_all_cells_in_error_are_told_at_once() -> None:
    assert [cell for cell, _ in told(typed(form(), H4="有数字", I4="多", H5="哦", H6="有数字"))] == ["I4", "H5", "J6"]


def test_a_row_added_copied_or_deleted_is_refused_with_its_number() -> None:
    data = form()
    xml = sheet(data)
    last = re.findall(r'<row r="6".*?</row>', xml)[0]
    second = re.findall(r'<row r="5".*?</row>', xml)[0]
    copied = xml.replace(last, last + second.replace('r="5"', 'r="7"').replace("5", "7", 0).replace('5"', '7"'))
    with pytest.raises(WorkbookRowsDoNotMatchError, match="第7行对不上：与第5行是同一项"):
        read_workbook(repacked(data, sheet1=copied))
    with pytest.raises(WorkbookRowsDoNotMatchError, match="少了1项"):
        read_workbook(repacked(data, sheet1=xml.replace(last, "")))
    with pytest.raises(WorkbookRowsDoNotMatchError, match="编号不是这张表的"):
        read_workbook(typed(data, A4="m-99"))
    added = '<row r="9"><c r="B9" t="inlineStr"><is><t>新项</t></is></c></row></sheetData>'
    with pytest.raises(WorkbookRowsDoNotMatchError, match="没有编号，是后加的"):
        read_workbook(repacked(data, sheet1=xml.replace("</sheetData>", added)))


def test_rows_that_were_sorted_still_say_what_they_are() -> None:
    data = form(dataclasses.replace(JOBS, answer="value", value=Decimal(7)), RATE)
    xml = sheet(data)
    four, five = (re.findall(rf'<row r="{n}".*?</row>', xml)[0] for n in (4, 5))
    swapped = xml.replace(four, "@").replace(five, re.sub(r'r="([A-O]?)4"', r'r="\g<1>5"', four))
    swapped = swapped.replace("@", re.sub(r'r="([A-O]?)5"', r'r="\g<1>4"', five))
    assert [(row.id, row.value) for row in read_workbook(repacked(data, sheet1=swapped)).rows] == [
        ("m-2", None),
        ("m-1", Decimal(7)),
    ]


@pytest.mark.parametrize(
    ("data", "told_as"),
    [
        (write_sheets([Sheet("填报", (Column("甲"),), [("乙",)])]), "没有工作表“_taizhang”"),
        (write_sheets([Sheet("_taizhang", (Column("甲"),), [("乙",)])]), "没有工作表“填报”"),
        (repacked(form(), sheet3=sheet(form(), 2)), "隐藏的编号表被改过"),
    ],
)
def test_another_workbook_is_refused_by_name(data: bytes, told_as: str) -> None:
    with pytest.raises(WorkbookIsNotAFormError, match=told_as):
        read_workbook(data)


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form())) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/media/big.bin", b"\0" * (65 * 1024 * 1024))
    assert len(held.getvalue()) < 200_000
    with pytest.raises(WorkbookIsTooLargeError, match=r"解压后大小为6\dMB"):
        read_workbook(held.getvalue())
    far = sheet(form()).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    with pytest.raises(WorkbookIsTooLargeError, match="单元格范围"):
        read_workbook(repacked(form(), sheet1=far))
    with pytest.raises(WorkbookIsNotXlsxError):
        read_workbook(b"<html>")


def test_nothing_that_was_written_is_taken_for_a_formula() -> None:
    hostile = dataclasses.replace(
        JOBS, clause="=HYPERLINK(1)", label="+1", target="@SUM(1)", answer="value", value=Decimal(1), remark="=cmd|'/C calc'!A0"
    )
    data = form(hostile)
    assert "<f>" not in sheet(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert 'quotePrefix="1"' in package.read("xl/styles.xml").decode()
    assert read_workbook(data).rows[0].remark == "=cmd|'/C calc'!A0"


def test_the_same_form_gives_the_same_bytes() -> None:
    assert form() == form()


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            FormRow,
            st.uuids().map(str),
            st.text(max_size=30),
            st.text(max_size=10),
            st.text(max_size=5),
            st.text(max_size=10),
            st.none() | st.decimals(-(10**9), 10**9, places=4),
            answer=st.just("value"),
            value=st.decimals(-(10**9), 10**9, places=4),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda row: row.id,
    )
)
def test_every_figure_comes_back_exactly(rows: list[FormRow]) -> None:
    reading = read_workbook(form(*rows))
    assert [(row.id, row.value) for row in reading.rows] == [(row.id, row.value) for row in rows]
    assert reading.last == {row.id: row.last for row in rows}
