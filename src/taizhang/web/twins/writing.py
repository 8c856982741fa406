"""A table as CSV, xlsx or JSON. What a spreadsheet would take for a formula stays text; simulated data says so first."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.conf import settings

from taizhang.engines.office import media_types
from taizhang.engines.office.xlsx import Column as SheetColumn
from taizhang.engines.office.xlsx import Sheet, Value, write_workbook
from taizhang.web.api.forms import figure
from taizhang.web.context import pack
from taizhang.web.twins.tables import Row, Table

FORMATS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": media_types.XLSX,
    "json": "application/json; charset=utf-8",
}
# Excel takes a CSV for GBK unless it begins with this mark.
_BOM = "\ufeff"
_LEADS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CHUNK = 400
_CELL = 32_767


def banner() -> str:
    """What must be said before anything else; empty for real data."""
    if not settings.IS_SIMULATED:
        return ""
    if pack().fictional:
        return f"模拟数据：{pack().place.name}为虚构城市，公报、目标和进展均为模拟，不得引用。"
    return "模拟数据：演示站点，公报照印本登记，账号和办理过程为模拟，不得引用。"


class _Line:
    """Takes what the CSV writer writes."""

    def write(self, text: str) -> str:
        """Gives the text back, so that it can be sent at once."""
        return text


def csv_text(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """CSV (RFC 4180) in pieces; a comment line first where the data is simulated."""
    out = csv.writer(_Line())
    head = _BOM + (f"# {banner()}\r\n" if banner() else "")
    held = [head, str(out.writerow([column.title for column in table.columns]))]
    for row in rows:
        held.append(str(out.writerow([_plain(value) for value in row])))
        if len(held) >= _CHUNK:
            yield "".join(held)
            held = []
    yield "".join(held)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(_LEADS_A_FORMULA) else value
    return _written(value)


def _written(value: Value) -> str:
    if isinstance(value, Decimal):
        return figure(value) or ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def json_text(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object in pieces: what the table is, its columns, its rows as objects. Figures are strings, exact."""
    encode = msgspec.json.encode
    codes = [column.code for column in table.columns]
    head = {"table": table.name, "title": table.title, "simulated": bool(banner()), "notice": banner() or None}
    titles = [{"code": column.code, "title": column.title} for column in table.columns]
    yield f'{encode(head).decode()[:-1]},"columns":{encode(titles).decode()},"rows":['
    held: list[str] = []
    lead = ""
    for row in rows:
        values = {code: _simple(value) for code, value in zip(codes, row, strict=True)}
        held.append(f"{lead}\n{encode(values).decode()}")
        lead = ","
        if len(held) >= _CHUNK:
            yield "".join(held)
            held = []
    yield "".join(held) + "\n]}\n"


def _simple(value: Value) -> str | int | bool | None:
    return _written(value) if isinstance(value, Decimal | date) else value


def xlsx_bytes(table: Table, rows: Iterable[Row], facts: list[tuple[str, str]]) -> bytes:
    """A workbook: the table, and a sheet that says where it comes from. Raises `SheetIsTooLongError`."""
    columns = tuple(SheetColumn(column.title, column.width) for column in table.columns)
    cells = [tuple(value[:_CELL] if isinstance(value, str) else value for value in row) for row in rows]
    about = Sheet("说明", (SheetColumn("项目", 14), SheetColumn("内容", 60)), facts, autofilter=False, banner=banner())
    return write_workbook([Sheet(table.title, columns, cells, banner=banner()), about])
