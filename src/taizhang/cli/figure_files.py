"""Files of figures and records: .csv, .xlsx and .json to numbered rows, and what of them can't be taken, row by row."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taizhang.cli.errors import FiguresAreMalformedError, FiguresAreUnusableError
from taizhang.cli.language import tr
from taizhang.cli.sources import file_bytes

if TYPE_CHECKING:
    from taizhang.engines.scoring import Case, Observation, Scheme
    from taizhang.engines.scoring.figures import FiguresReading

_Rows = list[tuple[int, Mapping[str, object]]]
FIGURES, RECORDS = "填报", "记录"
_SHOWN = 20


def read_figure_files(figures: Sequence[str], records: Sequence[str], scheme: "Scheme") -> "tuple[list[Observation], list[Case]]":
    """Observations and cases of all files. One row that can't be taken refuses everything, with all such rows named."""
    from taizhang.engines.scoring.figures import FIGURE_COLUMNS, RECORD_COLUMNS, read_figures, read_records

    observations: list[Observation] = []
    cases: list[Case] = []
    for name in figures:
        own, beside = _tables(name)
        _refuse_none(name, own, beside)
        _known(name, own, FIGURE_COLUMNS)
        _known(name, beside, RECORD_COLUMNS)
        observations += _taken(name, read_figures(own, scheme)).observations
        cases += _taken(name, read_records(beside, scheme)).cases
    for name in records:
        own, _ = _tables(name)
        _refuse_none(name, own)
        _known(name, own, RECORD_COLUMNS)
        cases += _taken(name, read_records(own, scheme)).cases
    return observations, cases


def _taken(name: str, reading: "FiguresReading") -> "FiguresReading":
    if not reading.problems:
        return reading
    told = [
        tr("第 {row} 行{column}{what}（{cure}）").format(
            row=problem.row,
            column=f"“{problem.column}”" if problem.column else "",
            what=tr(problem.message.template).format(**problem.message.facts),
            cure=tr(problem.advice.template).format(**problem.advice.facts),
        )
        for problem in reading.problems[:_SHOWN]
    ]
    if len(reading.problems) > _SHOWN:
        told.append(tr("其余 {count} 处略").format(count=len(reading.problems) - _SHOWN))
    raise FiguresAreUnusableError(name=name, count=len(reading.problems), problems="；".join(told))


def _refuse_none(name: str, *tables: _Rows) -> None:
    # Everything would come out as not reported, as though the units had been silent.
    if not any(tables):
        raise FiguresAreMalformedError(name=name, problem=tr("除了表头没有一行数据"))


def _known(name: str, rows: _Rows, columns: Mapping[str, str]) -> None:
    from taizhang.engines.scoring.figures import unknown_columns

    titles = list(dict.fromkeys(title for _, row in rows for title in row))
    if unknown := unknown_columns(titles, columns):
        problem = tr("不认识的列：{titles}；可用的列：{known}").format(titles="、".join(unknown), known="、".join(columns))
        raise FiguresAreMalformedError(name=name, problem=problem)


def _tables(name: str) -> tuple[_Rows, _Rows]:
    """The rows of figures and, where the file holds both, of records."""
    data = file_bytes(name)
    ending = name.rpartition(".")[2].lower()
    if ending == "json":
        return _json(name, data)
    if ending == "xlsx":
        return _workbook(name, data)
    if ending in ("csv", "txt"):
        return list(_csv(name, data)), []
    raise FiguresAreMalformedError(name=name, problem=tr("只读 .csv、.xlsx、.json"))


def _csv(name: str, data: bytes) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")  # what Excel saves on a Chinese Windows
        except UnicodeDecodeError:
            raise FiguresAreMalformedError(name=name, problem=tr("不是 UTF-8 也不是 GBK 编码")) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        titles = [title.strip() for title in next(reader, [])]
        for row in reader:
            yield reader.line_num, dict(zip(titles, row, strict=False))
    except csv.Error as error:
        raise FiguresAreMalformedError(name=name, problem=str(error)) from error


def _workbook(name: str, data: bytes) -> tuple[_Rows, _Rows]:
    from taizhang.engines.office.xlsx import read_rows

    sheets = {sheet.name: list(_sheet(sheet.rows)) for sheet in read_rows(data)}
    if not sheets:
        raise FiguresAreMalformedError(name=name, problem=tr("没有看得见的工作表"))
    first = sheets.get(FIGURES) if FIGURES in sheets else next(iter(sheets.values()))
    return first or [], sheets.get(RECORDS, [])


def _sheet(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, Mapping[str, object]]]:
    titles = [str(title or "").strip() for title in rows[0]] if rows else []
    for number, row in enumerate(rows[1:], 2):
        yield number, {title: value for title, value in zip(titles, row, strict=False) if title}


def _json(name: str, data: bytes) -> tuple[_Rows, _Rows]:
    try:
        value: Any = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError) as error:
        raise FiguresAreMalformedError(name=name, problem=str(error)) from error
    tables = value if isinstance(value, dict) else {"observations": value}
    found = []
    for key in ("observations", "records"):
        rows = tables.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise FiguresAreMalformedError(name=name, problem=tr("“{key}”要是一组对象").format(key=key))
        found.append(list(enumerate(rows, 1)))
    return found[0], found[1]
