"""Checks the values of a pack's files against the format, key by key. Types only; what the values mean together is for checks."""

from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from taizhang.engines.packs.problems import Problems
from taizhang.engines.packs.schema import FILES, Key, Table, ValueType
from taizhang.kernel.area import AreaCode, AreaCodeIsNotSixDigitsError
from taizhang.kernel.organisation import OrganisationId, OrganisationIdIsMalformedError

_EXAMPLES = {
    ValueType.TEXT: '"崤陵市"',
    ValueType.TEXTS: '["市财政局"]',
    ValueType.FLAG: "true",
    ValueType.WHOLE: "1",
    ValueType.DAY: "2025-03-14",
    ValueType.ID: '"city-finance"',
    ValueType.AREA_CODE: '"419900"',
    ValueType.CHOICE: '"department"',
    ValueType.SCALAR: '"heating_season"',
}


def check_shape(file: str, values: dict[str, Any], problems: Problems) -> None:
    """Report unknown, missing and mistyped keys of a file."""
    _table(file, FILES[file], values, "", problems)


def _table(file: str, table: Table, values: dict[str, Any], path: str, problems: Problems) -> None:
    keys = {key.name: key for key in table.keys}
    tables = {below.name: below for below in table.tables}
    for name, value in values.items():
        at = f"{path}.{name}" if path else name
        if name in keys:
            _value(file, keys[name], value, at, problems)
        elif name in tables:
            _below(file, tables[name], value, at, problems)
        else:
            close = get_close_matches(name, [*keys, *tables], n=1, cutoff=0.6)
            if close:
                problems.add("packs.misspelt-key", file, at, {"name": name, "close": close[0]})
            else:
                problems.add("packs.unknown-key", file, at, {"name": name, "known": ", ".join([*keys, *tables])})
    for key in table.keys:
        if key.required and key.name not in values:
            example = f'"{key.choices[0]}"' if key.choices else _EXAMPLES[key.type]
            problems.add("packs.key-is-missing", file, path or key.name, {"name": key.name, "example": example})
    for below in table.tables:
        if below.required and below.name not in values:
            problems.add("packs.key-is-missing", file, path or below.name, {"name": f"[{below.name}]", "example": "{ … }"})


def _below(file: str, table: Table, value: object, at: str, problems: Problems) -> None:
    rows = value if table.many else [value]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        bracket = f"[[{table.name}]]" if table.many else f"[{table.name}]"
        problems.add("packs.wrong-table", file, at, {"name": table.name, "value": _shown(value), "bracket": bracket})
        return
    for i, row in enumerate(rows):
        _table(file, table, row, f"{at}[{i}]" if table.many else at, problems)


def _value(file: str, key: Key, value: object, at: str, problems: Problems) -> None:
    if not _is(key.type, value):
        facts = {"name": key.name, "value": _shown(value), "example": _EXAMPLES[key.type]}
        problems.add("packs.wrong-type", file, at, facts, wanted=key.type)
    elif key.type is ValueType.CHOICE and value not in key.choices:
        problems.add("packs.unknown-choice", file, at, {"name": key.name, "value": value, "choices": ", ".join(key.choices)})


def _is(wanted: ValueType, value: object) -> bool:
    match wanted:
        case ValueType.TEXT | ValueType.CHOICE:
            return _is_text(value)
        case ValueType.TEXTS:
            return isinstance(value, list) and all(_is_text(part) for part in value)
        case ValueType.FLAG:
            return isinstance(value, bool)
        case ValueType.WHOLE:
            return isinstance(value, int) and not isinstance(value, bool)
        case ValueType.DAY:
            return isinstance(value, date) and not isinstance(value, datetime)
        case ValueType.SCALAR:
            return isinstance(value, (int, bool)) or _is_text(value)
        case ValueType.ID | ValueType.AREA_CODE:
            return isinstance(value, str) and _is_code(wanted, value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_code(wanted: ValueType, value: str) -> bool:
    try:
        _ = OrganisationId(value) if wanted is ValueType.ID else AreaCode(value)
    except (OrganisationIdIsMalformedError, AreaCodeIsNotSixDigitsError):
        return False
    return True


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
