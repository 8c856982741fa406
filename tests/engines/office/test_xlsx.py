import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from taizhang.engines.office.errors import (
    CellTextIsTooLongError,
    SheetIsTooLongError,
    SheetRowDoesNotFitError,
    WorkbookIsDamagedError,
    WorkbookIsEncryptedError,
    WorkbookIsNotXlsxError,
    WorkbookIsTooLargeError,
)
from taizhang.engines.office.xlsx import Column, Sheet, Value, read_rows, sheet_name, write_workbook


def workbook(*rows: tuple[Value, ...], columns: int | None = None) -> bytes:
    count = len(rows[0]) if columns is None else columns
    return write_workbook([Sheet("台账", tuple(Column(f"列{n}") for n in range(count)), rows)])


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def with_sheet(xml: str, strings: str = "<sst/>") -> bytes:
    """A workbook whose first sheet and shared strings are replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("甲",)))) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            new = {"xl/worksheets/sheet1.xml": xml, "xl/sharedStrings.xml": strings}.get(name)
            target.writestr(name, source.read(name) if new is None else new)
    return held.getvalue()


def test_values_come_back_as_they_went_in() -> None:
    row: tuple[Value, ...] = (
        "市数据局",
        Decimal("6.5"),
        1066700,
        None,
        True,
        date(2025, 3, 10),
        datetime(2025, 3, 10, 8, 30),
    )
    (sheet,) = read_rows(workbook(row))
    assert sheet.name == "台账"
    assert sheet.rows[1] == row
    assert isinstance(sheet.rows[1][2], Decimal)


def test_figures_are_read_to_the_fifteen_digits_excel_shows() -> None:
    stored = '<worksheet><sheetData><row r="1"><c r="A1"><v>0.30000000000000004</v></c></row></sheetData></worksheet>'
    assert read_rows(with_sheet(stored))[0].rows == ((Decimal("0.3"),),)


@pytest.mark.parametrize("value", [Decimal("12345678901234567.5"), 10**17 + 1])
def test_a_figure_with_more_digits_than_excel_keeps_is_written_as_text(value: Decimal | int) -> None:
    assert read_rows(workbook((value,)))[0].rows[1] == (str(value),)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x", "0012"])
def test_text_is_never_taken_for_a_formula_a_link_or_a_number(text: str) -> None:
    data = workbook((text,))
    sheet = part(data, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert read_rows(data)[0].rows[1] == (text,)
    assert ("quotePrefix" in part(data, "xl/styles.xml")) or not text.startswith(("=", "+", "-", "@", "\t"))


def test_the_header_is_frozen_and_filters_and_text_wraps() -> None:
    data = workbook(("甲",), ("乙",))
    sheet = part(data, "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:A3"/>' in sheet
    assert 'wrapText="1"' in part(data, "xl/styles.xml")


def test_columns_are_as_wide_as_stated_or_as_their_text_needs() -> None:
    columns = (Column("序号", width=6), Column("任务"))
    sheet = part(write_workbook([Sheet("台账", columns, [("1", "建台账" * 4)])]), "xl/worksheets/sheet1.xml")
    assert 'min="1" max="1" width="6.7' in sheet
    assert 'min="2" max="2" width="26.7' in sheet


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert workbook(("甲",)) == workbook(("甲",))


@pytest.mark.parametrize(
    ("name", "taken", "valid"),
    [
        ("目标[甲]:乙*?/\\", [], "目标［甲］：乙＊？／＼"),
        ("", [], "工作表"),
        ("'甲'", [], "甲"),
        ("长" * 40, [], "长" * 31),
        ("长" * 40, ["长" * 31], "长" * 28 + "(2)"),
        ("History", [], "History(2)"),
        ("Abc", ["ABC", "abc(2)"], "Abc(3)"),
    ],
)
def test_sheet_names_are_made_valid_and_unique(name: str, taken: list[str], valid: str) -> None:
    assert sheet_name(name, taken) == valid
    assert len(valid) <= 31


def test_sheets_of_one_name_are_told_apart() -> None:
    sheet = Sheet("台账", (Column("甲"),), [])
    assert [read.name for read in read_rows(write_workbook([sheet, sheet]))] == ["台账", "台账(2)"]


def test_a_row_that_does_not_fit_its_header_is_refused_with_its_place() -> None:
    with pytest.raises(SheetRowDoesNotFitError, match="“台账”第2行有2个值，而表头有1列"):
        workbook(("甲", "乙"), columns=1)


def test_a_text_longer_than_a_cell_holds_is_refused_with_its_place() -> None:
    with pytest.raises(CellTextIsTooLongError, match="第2行“列0”有32768个字符"):
        workbook(("长" * 32768,))


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(SheetIsTooLongError, match="1048577行"):
        write_workbook([Sheet("台账", (Column("甲"),), [("1",)] * 1_048_576)])


def test_hidden_sheets_and_cells_in_error_are_not_read_as_values() -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    book.add_worksheet("甲").write_formula(0, 1, "=1/0", None, "#DIV/0!")
    book.add_worksheet("乙").hide()
    book.close()
    (sheet,) = read_rows(held.getvalue())
    assert sheet.rows == ((None, None),)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_xlsx_is_refused_with_how_to_make_one(data: bytes) -> None:
    with pytest.raises((WorkbookIsNotXlsxError, WorkbookIsDamagedError), match="另存"):
        read_rows(data)


def test_a_workbook_under_a_password_is_refused() -> None:
    with pytest.raises(WorkbookIsEncryptedError, match="密码"):
        read_rows(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(WorkbookIsDamagedError):
        read_rows(with_sheet("<worksheet><sheetData><row><c"))


def test_two_cells_at_the_far_corners_do_not_fill_memory() -> None:
    corner = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(WorkbookIsTooLargeError, match="17179869184格"):
        read_rows(with_sheet(corner))


def test_a_row_far_down_without_cells_counts_too() -> None:
    with pytest.raises(WorkbookIsTooLargeError, match="单元格范围"):
        read_rows(
            with_sheet('<worksheet><sheetData><row r="1048576"><c><v>1</v></c></row></sheetData></worksheet>'), limit_cells=1000
        )


def test_a_long_string_called_for_from_many_cells_does_not_fill_memory() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    strings = f"<sst><si><t>{'长' * 10_000}</t></si></sst>"
    with pytest.raises(WorkbookIsTooLargeError, match="文字总量"):
        read_rows(with_sheet(f"<worksheet><sheetData>{rows}</sheetData></worksheet>", strings))


def test_contents_that_swell_when_unpacked_are_refused() -> None:
    with pytest.raises(WorkbookIsTooLargeError, match="解压后大小为10MB，超过上限9MB"):
        read_rows(with_sheet(" " * 10 * 1024 * 1024), limit_unpacked=9 * 1024 * 1024)


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(WorkbookIsTooLargeError, match="文件大小"):
        read_rows(workbook(("甲",)), limit_bytes=100)
