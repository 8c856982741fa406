"""Rows to an .xlsx workbook and back. Text stays text: nothing a cell holds is ever taken for a formula, a link or a number.

Figures pass through Excel's own floating point, which keeps 15 digits; a `Decimal` with more is written as text.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from taizhang.engines.office.errors import (
    CellTextIsTooLongError,
    SheetIsTooLongError,
    SheetRowDoesNotFitError,
    WorkbookIsDamagedError,
    WorkbookIsEncryptedError,
    WorkbookIsNotXlsxError,
    WorkbookIsTooLargeError,
)
from taizhang.engines.office.widths import text_width

Value = str | int | Decimal | bool | date | datetime | None
Read = str | Decimal | bool | date | datetime | time | timedelta | None

_ROWS_IN_A_SHEET, _CHARACTERS_IN_A_CELL, EXACT_DIGITS = 1_048_576, 32_767, 15
_LINE_POINTS, _HIGHEST_ROW = 15, 409
_A4, _A3, _WIDE = 9, 8, 180  # Excel's numbers of the papers; half-width characters
LEADS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Excel refuses these in a sheet's name; the full-width forms look the same and are allowed
_NAME_SIGNS = str.maketrans("[]:*?/\\", "［］：＊？／＼")
FIXED_DAY = datetime(2000, 1, 1)  # xlsxwriter would otherwise write the present time into the file


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in half-width characters (None: by content, up to 60) and whether its text wraps.

    `choices` are what an editor may put in its cells; Excel offers them in a list, of at most 255 characters in all.
    """

    title: str
    width: int | None = None
    wrap: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write. The header row is frozen and filters unless said otherwise; None leaves a cell blank.

    `banner` stands in A1, above the header: what whoever opens the sheet must know first.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    freeze: bool = True
    autofilter: bool = True
    banner: str = ""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet as read. All rows have one length; a blank cell is None, never 0 or an empty string."""

    name: str
    rows: tuple[tuple[Read, ...], ...]


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name Excel accepts that is not among `taken` (case aside): forbidden signs in full width, at most 31 characters.

    >>> sheet_name("目标/考核", ["目标／考核"]), sheet_name(" ")
    ('目标／考核(2)', '工作表')
    """
    used = {other.casefold() for other in taken} | {"history"}  # Excel keeps History for itself
    plain = re.sub(r"[\x00-\x1f]", "", name).translate(_NAME_SIGNS).strip().strip("'")[:31] or "工作表"
    candidate, count = plain, 1
    while candidate.casefold() in used:
        count += 1
        candidate = f"{plain[: 31 - len(str(count)) - 2]}({count})"
    return candidate


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx with the sheets in order. The same sheets give the same bytes.

    Raises `SheetRowDoesNotFitError`, `SheetIsTooLongError`, `CellTextIsTooLongError`.
    """
    held = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    workbook.set_properties({"created": FIXED_DAY})
    styles = _Styles(workbook)
    names: list[str] = []
    for sheet in sheets or (Sheet("", (), ()),):
        names.append(sheet_name(sheet.name, names))
        _write_sheet(workbook.add_worksheet(names[-1]), sheet, styles)
    workbook.close()
    return held.getvalue()


class _Styles:
    """The few cell formats of a workbook, made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
        self.header = workbook.add_format(
            base | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7ECF2", "font_name": "黑体"}
        )
        # quote_prefix keeps Excel from reading =… as a formula even when someone edits the cell
        self.text = {
            (wrap, quoted): workbook.add_format(base | {"text_wrap": wrap, "num_format": "@", "quote_prefix": quoted})
            for wrap in (True, False)
            for quoted in (True, False)
        }
        self.banner = workbook.add_format({"font_name": "黑体", "font_size": 11, "bold": True, "font_color": "#855200"})
        self.number = workbook.add_format(base)
        self.day = workbook.add_format(base | {"num_format": "yyyy-mm-dd", "align": "center"})
        self.instant = workbook.add_format(base | {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "center"})


def _write_sheet(worksheet: Any, sheet: Sheet, styles: _Styles) -> None:
    head = 1 if sheet.banner else 0
    if len(sheet.rows) + head >= _ROWS_IN_A_SHEET:
        raise SheetIsTooLongError(sheet=sheet.name, rows=len(sheet.rows) + head + 1)
    if sheet.banner:
        worksheet.write_string(0, 0, sheet.banner, styles.banner)
    widths = [
        column.width or _width_of(column, [r[c] for r in sheet.rows if c < len(r)]) for c, column in enumerate(sheet.columns)
    ]
    for c, column in enumerate(sheet.columns):
        worksheet.write_string(head, c, column.title, styles.header)
        if column.choices and sheet.rows:
            listed = {"validate": "list", "source": list(column.choices)}
            worksheet.data_validation(head + 1, c, head + len(sheet.rows), c, listed)
        worksheet.set_column(c, c, widths[c])
    for r, row in enumerate(sheet.rows, start=head + 1):
        if len(row) != len(sheet.columns):
            raise SheetRowDoesNotFitError(sheet=sheet.name, row=r + 1, found=len(row), columns=len(sheet.columns))
        # Set before the cells, since not every office program works the height out when it opens a file
        worksheet.set_row(r, _height_of(row, sheet.columns, widths))
        for c, value in enumerate(row):
            if isinstance(value, str) and len(value) > _CHARACTERS_IN_A_CELL:
                raise CellTextIsTooLongError(sheet=sheet.name, row=r + 1, column=sheet.columns[c].title, length=len(value))
            _write_value(worksheet, r, c, value, styles, wrap=sheet.columns[c].wrap)
    if sheet.freeze:
        worksheet.freeze_panes(head + 1, 0)
    if sheet.autofilter and sheet.columns:
        worksheet.autofilter(head, 0, head + len(sheet.rows), len(sheet.columns) - 1)
    _set_printing(worksheet, sum(widths), head)


def _height_of(row: Sequence[Value], columns: Sequence[Column], widths: Sequence[int]) -> float:
    lines = 1
    for value, column, width in zip(row, columns, widths, strict=True):
        if isinstance(value, str) and column.wrap and len(value) * 2 > width - 1:
            lines = max(lines, sum(-(-text_width(line) // max(width - 1, 1)) or 1 for line in value.split("\n")))
    return min(lines * _LINE_POINTS + 1, _HIGHEST_ROW)


def _set_printing(worksheet: Any, width: int, head: int) -> None:
    """All columns on a page across, the heading on every page, page n of m; a wide sheet goes on A3."""
    worksheet.set_landscape()
    worksheet.set_paper(_A3 if width > _WIDE else _A4)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&P / &N")
    worksheet.repeat_rows(0, head)


def _write_value(worksheet: Any, r: int, c: int, value: Value, styles: _Styles, *, wrap: bool) -> None:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        digits = Decimal(value).as_tuple().digits
        if Decimal(value).is_finite() and len(digits) <= EXACT_DIGITS:
            worksheet.write_number(r, c, value, styles.number)
            return
        value = str(value)
    match value:
        case None:
            worksheet.write_blank(r, c, None, styles.text[wrap, False])
        case bool():
            worksheet.write_boolean(r, c, value, styles.number)
        case datetime():
            worksheet.write_datetime(r, c, value, styles.instant)
        case date():
            worksheet.write_datetime(r, c, value, styles.day)
        case _:
            worksheet.write_string(r, c, str(value), styles.text[wrap, str(value).startswith(LEADS_A_FORMULA)])


def _width_of(column: Column, values: Sequence[Value]) -> int:
    widest = max((text_width(str(value)) for value in values if value is not None), default=0)
    return min(max(widest, text_width(column.title) + 3) + 2, 60)  # the filter's arrow takes three


def read_rows(
    data: bytes,
    *,
    limit_bytes: int = 32 * 1024 * 1024,
    limit_unpacked: int = 256 * 1024 * 1024,
    limit_cells: int = 5_000_000,
    with_hidden: bool = False,
) -> tuple[SheetRows, ...]:
    """The visible sheets of an .xlsx (`with_hidden`: all of them), in order, from cell A1 on. Formulas give their stored result.

    A number is the Decimal of the 15 digits Excel shows; a whole day is a date. A cell in error (#DIV/0!) is None.
    Raises `WorkbookIsNotXlsxError`, `WorkbookIsEncryptedError`, `WorkbookIsDamagedError` and, before anything is unpacked into
    memory, `WorkbookIsTooLargeError` for files, contents or cell areas beyond the limits.
    """
    if len(data) > limit_bytes:
        raise WorkbookIsTooLargeError(what="文件大小", found=_mebibytes(len(data)), limit=_mebibytes(limit_bytes))
    _check_container(data, limit_unpacked, limit_cells)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            shown = [
                s.name
                for s in workbook.sheets_metadata
                if (with_hidden or s.visible == SheetVisibleEnum.Visible) and s.typ == SheetTypeEnum.WorkSheet
            ]
            return tuple(SheetRows(name, _rows_of(workbook, name)) for name in shown)
    except PasswordError as error:
        raise WorkbookIsEncryptedError from error
    except CalamineError as error:
        raise WorkbookIsDamagedError(reason=str(error)) from error


def _rows_of(workbook: CalamineWorkbook, name: str) -> tuple[tuple[Read, ...], ...]:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return tuple(tuple(_read_value(value) for value in row) for row in rows)


def _read_value(value: Any) -> Read:
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if value == "":
        return None
    result: Read = value
    return result


def _check_container(data: bytes, limit_unpacked: int, limit_cells: int) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WorkbookIsEncryptedError
        raise WorkbookIsNotXlsxError(found="旧版.xls或.et")
    if not data.startswith(b"PK\x03\x04"):
        raise WorkbookIsNotXlsxError(found="不是Office文件" if data else "文件是空的")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if not any(member.filename.startswith("xl/") for member in members):
                raise WorkbookIsNotXlsxError(found="压缩包里没有工作表")
            unpacked = sum(member.file_size for member in members)
            if unpacked > limit_unpacked:
                raise WorkbookIsTooLargeError(what="解压后大小", found=_mebibytes(unpacked), limit=_mebibytes(limit_unpacked))
            sheets = [package.read(m) for m in members if m.filename.startswith("xl/worksheets/") and m.filename.endswith(".xml")]
            strings = b"".join(package.read(m) for m in members if m.filename == "xl/sharedStrings.xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise WorkbookIsDamagedError(reason=str(error)) from error
    cells = sum(_area(sheet) for sheet in sheets)
    text = _shared_text(sheets, strings)
    if text > limit_unpacked:
        raise WorkbookIsTooLargeError(what="单元格文字总量", found=_mebibytes(text), limit=_mebibytes(limit_unpacked))
    if cells > limit_cells:
        raise WorkbookIsTooLargeError(what="单元格范围", found=f"{cells}格", limit=f"{limit_cells}格")


_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_SHARED = re.compile(rb"""t\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>([0-9]{1,9})<""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr\s*=\s*["']([0-9]{1,7})["']""")


def _area(sheet: bytes) -> int:
    """Cells of the rectangle from A1 to the last cell: the reader lays out all of them, however few are filled."""
    if sheet[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise WorkbookIsDamagedError(reason="工作表不是UTF-8编码")
    references = _REFERENCE.findall(sheet)
    rows = max((int(number) for _, number in references), default=0)
    rows = max(rows, max((int(number) for number in _ROW_NUMBER.findall(sheet)), default=0))
    return rows * max((_column_number(letters) for letters in {letters for letters, _ in references}), default=1)


def _shared_text(sheets: Sequence[bytes], strings: bytes) -> int:
    """At most so many bytes of text will stand in the cells: a string stored once may be called for from a million of them."""
    lengths = [len(string) for string in strings.split(b"</si>")]
    calls = [call for sheet in sheets for call in _SHARED.findall(sheet)]
    if len(calls) * max(lengths) < 1 << 20:
        return 0
    return sum(lengths[int(call)] for call in calls if int(call) < len(lengths))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _mebibytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}MB"
