"""The workbook in which a unit reports: what it may fill in is open, all else is locked, and hidden ids say what each row is.

Nothing here decides whether a report is accepted: reading gives the cells as filled in, with what cannot be read told by cell.
Locking keeps hands from slipping; it protects nothing, so everything that matters is checked when the workbook comes back.
"""

import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from taizhang.engines.office.characters import printable
from taizhang.engines.office.errors import WorkbookIsNotAFormError, WorkbookRowsDoNotMatchError
from taizhang.engines.office.widths import text_width
from taizhang.engines.office.xlsx import EXACT_DIGITS, FIXED_DAY, LEADS_A_FORMULA, Read, read_rows
from taizhang.kernel.message import Message

ANSWERS: Mapping[str, str] = {"value": "有数字", "not_yet": "暂时没有数字", "not_applicable": "本期不适用"}
FORM_SHEET, HELP_SHEET, META_SHEET = "填报", "填报说明", "_taizhang"
_VERSION = 1
_HEADERS = (
    ("编号", 4),
    ("序", 5),
    ("目标（公报原文）", 46),
    ("指标", 24),
    ("单位", 9),
    ("目标值", 16),
    ("上期值", 13),
    ("填报情况", 14),
    ("本期值", 14),
    ("阶段", 16),
    ("没有数字的原因", 26),
    ("预计有数字的日期", 14),
    ("不适用的条款", 20),
    ("说明", 30),
    ("佐证在哪里", 26),
)
_OPEN = range(7, 15)  # columns that are filled in
_HEAD_ROWS, _LONGEST_LIST = 3, 255
_MOST_TEXT = 2000
_LIMITS = {"limit_bytes": 8 * 1024 * 1024, "limit_unpacked": 64 * 1024 * 1024, "limit_cells": 200_000}


@dataclass(frozen=True, slots=True)
class FormRow:
    """A figure to report. `id` names it when it comes back; `last` is the figure of the period before, None where there is none.

    `stages`: what may be chosen in a judged item, which has no figure then. `answer` and what follows are what stands already.
    """

    id: str
    clause: str
    label: str
    unit: str
    target: str
    last: Decimal | None = None
    stages: tuple[str, ...] = ()
    answer: str = ""
    value: Decimal | None = None
    stage: str = ""
    reason: str = ""
    expected_on: date | None = None
    exempting_clause: str = ""
    remark: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class UnitForm:
    """What a unit is handed for the period that ends on `period_end`. `token` names this very hand-out; `banner` stands in A1."""

    unit: str
    unit_id: str
    title: str
    period_end: date
    due_on: date | None
    token: str
    rows: tuple[FormRow, ...]
    banner: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be read or is lacking: its address in the sheet 填报 and what to do."""

    cell: str
    message: Message


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row as it came back. `answer` is a code of `ANSWERS`, "" where nothing was chosen and nothing filled in (left blank)."""

    id: str
    line: int
    answer: str
    value: Decimal | None
    stage: str
    reason: str
    expected_on: date | None
    exempting_clause: str
    remark: str
    evidence: str
    problems: tuple[CellProblem, ...]

    @property
    def is_blank(self) -> bool:
        """True if nobody filled in anything."""
        return not (self.answer or self.problems or self.value is not None or self.stage or self.reason or self.remark)


@dataclass(frozen=True, slots=True)
class FormReading:
    """A workbook that came back: which hand-out it is, and its rows. `last` are the last figures it was handed out with."""

    token: str
    unit_id: str
    period_end: date
    rows: tuple[FilledRow, ...]
    last: Mapping[str, Decimal | None]

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Everything that cannot be read, in the order of the sheet."""
        return tuple(problem for row in self.rows for problem in row.problems)


def write_workbook(form: UnitForm) -> bytes:
    """The workbook: 填报说明, 填报 and a sheet nobody sees. The same form gives the same bytes."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": FIXED_DAY, "title": printable(form.title)})
    looks = _Looks(book)
    sheet, help_sheet, meta = (book.add_worksheet(name) for name in (FORM_SHEET, HELP_SHEET, META_SHEET))
    _write_form(sheet, form, looks)
    _write_help(help_sheet, form, looks)
    _write_meta(meta, form)
    book.close()
    return held.getvalue()


class _Looks:
    """Cell formats, made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
        opened = base | {"locked": False, "bg_color": "#FFFBE6"}
        self.banner = book.add_format({"font_name": "黑体", "bold": True, "font_color": "#855200"})
        self.title = book.add_format({"font_name": "黑体", "font_size": 14, "bold": True})
        self.header = book.add_format(base | {"font_name": "黑体", "align": "center", "bg_color": "#E7ECF2"})
        self.open_header = book.add_format(base | {"font_name": "黑体", "align": "center", "bg_color": "#FFE9A8"})
        self.words = book.add_format(base | {"num_format": "@", "bg_color": "#F4F6F6"})
        self.quoted = book.add_format(base | {"num_format": "@", "bg_color": "#F4F6F6", "quote_prefix": True})
        self.number = book.add_format(base | {"bg_color": "#F4F6F6"})
        self.open_words = book.add_format(opened | {"num_format": "@"})
        self.open_quoted = book.add_format(opened | {"num_format": "@", "quote_prefix": True})
        self.open_number = book.add_format(opened | {"num_format": "General"})
        self.open_day = book.add_format(opened | {"num_format": "yyyy-mm-dd", "align": "center"})
        self.shut = book.add_format(base | {"bg_color": "#E3E6E6"})
        self.plain = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"})


def _write_form(sheet: Any, form: UnitForm, looks: _Looks) -> None:
    sheet.write_string(0, 1, form.banner, looks.banner)
    sheet.write_string(1, 1, printable(form.title), looks.title)
    for c, (title, width) in enumerate(_HEADERS):
        sheet.write_string(_HEAD_ROWS - 1, c, title, looks.open_header if c in _OPEN else looks.header)
        sheet.set_column(c, c, width, None, {"hidden": c == 0})
    for r, row in enumerate(form.rows, start=_HEAD_ROWS):
        _write_row(sheet, r, row, looks)
    _set_validation(sheet, form.rows)
    sheet.freeze_panes(_HEAD_ROWS, 3)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROWS - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.activate()


def _write_row(sheet: Any, r: int, row: FormRow, looks: _Looks) -> None:
    lines = max(2, *(-(-text_width(text) // (_HEADERS[c][1] - 1)) for c, text in ((2, row.clause), (3, row.label))))
    sheet.set_row(r, min(15 * lines + 2, 400))
    sheet.write_string(r, 0, row.id, looks.words)
    sheet.write_number(r, 1, r - _HEAD_ROWS + 1, looks.number)
    for c, text in ((2, row.clause), (3, row.label), (4, row.unit), (5, row.target)):
        _write_words(sheet, r, c, text, looks.words, looks.quoted)
    _write_number(sheet, r, 6, row.last, looks.number, looks.words, "无上期值")
    _write_words(sheet, r, 7, ANSWERS.get(row.answer, ""), looks.open_words, looks.open_quoted)
    if row.stages:
        sheet.write_blank(r, 8, None, looks.shut)
        _write_words(sheet, r, 9, row.stage, looks.open_words, looks.open_quoted)
    else:
        _write_number(sheet, r, 8, row.value, looks.open_number, looks.open_words, "")
        sheet.write_blank(r, 9, None, looks.shut)
    for c, text in ((10, row.reason), (12, row.exempting_clause), (13, row.remark), (14, row.evidence)):
        _write_words(sheet, r, c, text, looks.open_words, looks.open_quoted)
    if row.expected_on:
        sheet.write_datetime(r, 11, row.expected_on, looks.open_day)
    else:
        sheet.write_blank(r, 11, None, looks.open_day)


def _write_words(sheet: Any, r: int, c: int, text: str, plain: Any, quoted: Any) -> None:
    """Text that stays text: with a leading sign that would make a formula of it, the cell is marked as quoted."""
    if text:
        sheet.write_string(r, c, printable(text)[:_MOST_TEXT], quoted if text.startswith(LEADS_A_FORMULA) else plain)
    else:
        sheet.write_blank(r, c, None, plain)


def _write_number(sheet: Any, r: int, c: int, value: Decimal | None, number: Any, words: Any, absent: str) -> None:
    if value is None:
        if absent:
            sheet.write_string(r, c, absent, words)
        else:
            sheet.write_blank(r, c, None, number)
    elif len(value.as_tuple().digits) <= EXACT_DIGITS:
        sheet.write_number(r, c, value, number)
    else:
        sheet.write_string(r, c, f"{value:f}", words)


def _set_validation(sheet: Any, rows: Sequence[FormRow]) -> None:
    if not rows:
        return
    last = _HEAD_ROWS + len(rows) - 1
    choose = {"error_title": "请从列表里选", "error_message": "点单元格右边的箭头，从列表里选一项"}
    sheet.data_validation(
        _HEAD_ROWS,
        7,
        last,
        7,
        {
            "validate": "list",
            "source": list(ANSWERS.values()),
            "input_title": "先选填报情况",
            "input_message": "没有数字选“暂时没有数字”，写原因和预计日期。不要填0代替",
        }
        | choose,
    )
    sheet.data_validation(
        _HEAD_ROWS,
        11,
        last,
        11,
        {
            "validate": "date",
            "criteria": ">",
            "value": date(2000, 1, 1),
            "error_title": "不是日期",
            "error_message": "写成 2025-10-31 这样的日期",
        },
    )
    for r, row in enumerate(rows, start=_HEAD_ROWS):
        if not row.stages:
            wrong = {"error_title": "不是数字", "error_message": "只写数字，不带单位和逗号。没有数字的，在“填报情况”里选"}
            limits = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
            sheet.data_validation(r, 8, r, 8, limits | wrong)
        elif len(",".join(row.stages)) <= _LONGEST_LIST and not any("," in stage for stage in row.stages):
            sheet.data_validation(r, 9, r, 9, {"validate": "list", "source": list(row.stages)} | choose)


def _write_help(sheet: Any, form: UnitForm, looks: _Looks) -> None:
    sheet.set_column(0, 0, 100)
    due = f"，{form.due_on:%Y-%m-%d}前交回" if form.due_on else ""
    lines = (
        form.banner,
        form.title,
        f"填报单位：{form.unit}。统计截至 {form.period_end:%Y-%m-%d}{due}。",
        "1. 只能填黄色的格子；灰色的格子是公报原文、目标和上期数，不能改。",
        "2. 每项先选“填报情况”。有数字：填“本期值”，为年初以来累计，只写数字不写单位；有“阶段”的，从列表里选。",
        "3. 暂时没有数字：写原因和预计日期。没有数字不等于0，不要填0。",
        "4. 本期不适用：写明依据的条款。",
        "5. “佐证在哪里”写文件名和位置，如“就业月报.xlsx，汇总表 B7”。文件在网页上传。",
        "6. 不要增删、复制、排序各行，不要另存为别的格式。填好后在“待填报”上传，系统先显示与现有填报的差别，确认后才存。",
        "7. 一个格子有错，整个文件都不存，系统会逐格说明错在哪里。",
    )
    for r, line in enumerate(lines):
        sheet.write_string(r, 0, printable(line), looks.banner if r == 0 else looks.title if r == 1 else looks.plain)
    sheet.protect("")


def _write_meta(sheet: Any, form: UnitForm) -> None:
    """What the workbook is: read when it comes back, seen by nobody. One JSON text a cell, which Excel leaves alone."""
    about = {"version": _VERSION, "token": form.token, "unit": form.unit_id, "period_end": form.period_end.isoformat()}
    sheet.write_string(0, 0, json.dumps(about, ensure_ascii=True))
    for r, row in enumerate(form.rows, start=1):
        facts = {
            "id": row.id,
            "unit": row.unit,
            "last": None if row.last is None else f"{row.last:f}",
            "stages": list(row.stages),
        }
        sheet.write_string(r, 0, json.dumps(facts, ensure_ascii=True))
    sheet.very_hidden()
    sheet.protect("")


def read_workbook(data: bytes) -> FormReading:
    """The workbook as filled in, rows in the order of the sheet.

    Raises `WorkbookIsNotXlsxError`, `WorkbookIsEncryptedError`, `WorkbookIsDamagedError`, `WorkbookIsTooLargeError` (before
    anything is unpacked), `WorkbookIsNotAFormError` where the hidden sheet is gone; `WorkbookRowsDoNotMatchError` where rows were
    lost or doubled. A cell that cannot be read is a problem of its row, so that all of them are told at once.
    """
    sheets = {sheet.name: sheet.rows for sheet in read_rows(data, with_hidden=True, **_LIMITS)}
    for name in (META_SHEET, FORM_SHEET):
        if name not in sheets:
            raise WorkbookIsNotAFormError(reason=f"没有工作表“{name}”")
    about, facts = _read_meta(sheets[META_SHEET])
    rows = [_read_row(cells, r, facts) for r, cells in enumerate(sheets[FORM_SHEET], start=1) if _is_data(cells, r)]
    _check_rows(rows, facts)
    last = {ident: None if fact["last"] is None else Decimal(fact["last"]) for ident, fact in facts.items()}
    return FormReading(about["token"], about["unit"], date.fromisoformat(about["period_end"]), tuple(rows), last)


def _read_meta(rows: Sequence[Sequence[Read]]) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    try:
        parts = [json.loads(str(row[0])) for row in rows if row and row[0] is not None]
        about, facts = parts[0], {str(fact["id"]): fact for fact in parts[1:]}
        if about["version"] != _VERSION:
            raise WorkbookIsNotAFormError(reason=f"表的版本是{about['version']}")
        date.fromisoformat(about["period_end"])
        for fact in facts.values():
            _ = fact["last"] is None or Decimal(fact["last"]), list(fact["stages"])
        return {name: str(about[name]) for name in ("token", "unit", "period_end")}, facts
    except (ValueError, KeyError, IndexError, TypeError, InvalidOperation, RecursionError) as error:
        raise WorkbookIsNotAFormError(reason="隐藏的编号表被改过") from error


def _is_data(cells: Sequence[Read], r: int) -> bool:
    return r > _HEAD_ROWS and any(cell is not None for cell in cells)


def _check_rows(rows: Sequence[FilledRow], facts: Mapping[str, object]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.id in seen:
            raise WorkbookRowsDoNotMatchError(row=row.line, reason=f"与第{seen[row.id]}行是同一项，复制过")
        seen[row.id] = row.line
    lost = [ident for ident in facts if ident not in seen]
    if lost:
        raise WorkbookRowsDoNotMatchError(row=_HEAD_ROWS + 1 + list(facts).index(lost[0]), reason=f"少了{len(lost)}项")


def _read_row(cells: Sequence[Read], line: int, facts: Mapping[str, Mapping[str, Any]]) -> FilledRow:
    ident = _words(cells, 0)
    if ident not in facts:
        raise WorkbookRowsDoNotMatchError(row=line, reason="这一行没有编号，是后加的" if not ident else "编号不是这张表的")
    problems: list[CellProblem] = []
    stages = tuple(str(stage) for stage in facts[ident]["stages"])
    answer = _answer(cells, line, problems)
    value = _number(cells, line, problems)
    stage = _words(cells, 9)
    if stage and stage not in stages:
        known = "、".join(stages) or "（本项没有阶段）"
        problems.append(_problem(9, line, Message("阶段“{found}”不在可选的里面：{known}", {"found": stage, "known": known})))
    expected = _day(cells, line, problems)
    row = FilledRow(
        ident,
        line,
        answer,
        value,
        stage,
        _words(cells, 10),
        expected,
        _words(cells, 12),
        _words(cells, 13),
        _words(cells, 14),
        (),
    )
    if not problems:
        problems += _lacking(row, bool(stages))
    for c in (10, 12, 13, 14):
        if len(_words(cells, c)) > _MOST_TEXT:
            problems.append(_problem(c, line, Message("超过{most}字，缩短后再传", {"most": str(_MOST_TEXT)})))
    return FilledRow(**{name: getattr(row, name) for name in row.__slots__ if name != "problems"}, problems=tuple(problems))


def _lacking(row: FilledRow, is_judged: bool) -> list[CellProblem]:
    """What the answer needs and the row has not."""
    filled = row.value is not None or bool(row.stage)
    line = row.line
    match row.answer:
        case "":
            said = filled or row.reason or row.expected_on or row.exempting_clause
            return [_problem(7, line, Message("没有选填报情况。从列表里选一项"))] if said else []
        case "value":
            if is_judged:
                return (
                    []
                    if row.stage
                    else [_problem(9, line, Message("选了“有数字”，阶段是空的。选一个阶段，或改选“暂时没有数字”"))]
                )
            return [] if filled else [_problem(8, line, Message("选了“有数字”，本期值是空的。填上数字，或改选“暂时没有数字”"))]
        case _ if filled:
            return [_problem(8, line, Message("选了“{answer}”，又填了数字或阶段。留一样", {"answer": ANSWERS[row.answer]}))]
        case "not_yet":
            lacks = [_problem(10, line, Message("没有数字的，要写原因"))] if not row.reason else []
            return lacks + ([_problem(11, line, Message("没有数字的，要写预计日期"))] if not row.expected_on else [])
        case _:
            return [] if row.exempting_clause else [_problem(12, line, Message("不适用的，要写依据的条款"))]


def _cell(cells: Sequence[Read], c: int) -> Read:
    return cells[c] if c < len(cells) else None


def _words(cells: Sequence[Read], c: int) -> str:
    found = _cell(cells, c)
    if found is None:
        return ""
    return (f"{found:f}" if isinstance(found, Decimal) else str(found)).strip()


def _answer(cells: Sequence[Read], line: int, problems: list[CellProblem]) -> str:
    found = _words(cells, 7)
    code = next((code for code, words in ANSWERS.items() if words == found), "")
    if found and not code:
        facts = {"found": found, "known": "、".join(ANSWERS.values())}
        problems.append(_problem(7, line, Message("填报情况“{found}”不认识。从这些里选：{known}", facts)))
    return code


def _number(cells: Sequence[Read], line: int, problems: list[CellProblem]) -> Decimal | None:
    """A number, or digits somebody typed as text (full width, with thousands separated); nothing is guessed beyond that."""
    found = _cell(cells, 8)
    if found is None or isinstance(found, Decimal):
        return found
    text = unicodedata.normalize("NFKC", str(found)).strip()
    if isinstance(found, str) and re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,20})(\.\d{1,10})?", text, re.ASCII):
        return Decimal(text.replace(",", ""))
    facts = {"found": str(found)[:40]}
    problems.append(_problem(8, line, Message("“{found}”不是数字。只写数字，单位按“单位”一列折算，不写进格子", facts)))
    return None


def _day(cells: Sequence[Read], line: int, problems: list[CellProblem]) -> date | None:
    found = _cell(cells, 11)
    if found is None:
        return None
    if isinstance(found, date):
        return date(found.year, found.month, found.day)  # a datetime is a date too
    parts = re.fullmatch(
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", unicodedata.normalize("NFKC", str(found)).strip(), re.ASCII
    )
    if parts:
        try:
            return date(*(int(part) for part in parts.groups()))
        except ValueError:
            pass
    problems.append(_problem(11, line, Message("“{found}”不是日期。写成 2025-10-31 这样", {"found": str(found)[:40]})))
    return None


def _problem(column: int, line: int, message: Message) -> CellProblem:
    return CellProblem(f"{chr(ord('A') + column)}{line}", message)
