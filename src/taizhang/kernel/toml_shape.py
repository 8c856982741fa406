"""What a TOML file may hold, key by key, and what is wrong with one that holds something else. Types only.

A format is a `Table` of `Key`s and tables. Each problem comes with a bare code (`unknown-key`), the path of the key and facts;
`WHAT` and `CURE` say it in words: what is wrong with which value and why, and what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Protocol

from taizhang.kernel.area import AreaCode, AreaCodeIsNotSixDigitsError
from taizhang.kernel.message import Message
from taizhang.kernel.organisation import OrganisationId, OrganisationIdIsMalformedError

_LARGEST = Decimal(10) ** 15  # no figure of an office is larger; nan and inf are no figures


class ValueType(StrEnum):
    """What a key's value must be."""

    TEXT = "text"  # a string that isn't blank
    TEXTS = "texts"  # an array of such strings
    FLAG = "flag"  # true or false
    WHOLE = "whole"  # a whole number
    WHOLES = "wholes"  # an array of whole numbers
    NUMBER = "number"  # a number, with or without a point
    NUMBERS = "numbers"  # an array of numbers
    DAY = "day"  # a TOML date, 2025-03-14 without quotes
    ID = "id"  # lower-case words joined by hyphens
    IDS = "ids"  # an array of ids
    AREA_CODE = "area_code"  # six digits in quotes
    CHOICE = "choice"  # one of the words listed
    SCALAR = "scalar"  # string, whole number, true or false
    VALUES = "values"  # a table of free names; values are numbers, texts, flags or arrays of numbers or texts


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table: its name, the type of its value, whether it must be there, and the words a choice is from."""

    name: str
    type: ValueType
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file; `name` "" is the top of the file, `many` an array of tables ([[area]])."""

    name: str
    keys: tuple[Key, ...]
    many: bool = False
    required: bool = False
    tables: tuple["Table", ...] = ()

    def by_path(self, path: str = "") -> dict[str, "Table"]:
        """This table and all below it by their dotted paths; the top of a file is "".

        >>> top = Table("", (), tables=(Table("tree", (), tables=(Table("part", ()),)),))
        >>> list(top.by_path())
        ['', 'tree', 'tree.part']
        """
        found = {path: self}
        for below in self.tables:
            found.update(below.by_path(f"{path}.{below.name}" if path else below.name))
        return found


@dataclass(frozen=True, slots=True)
class ShapeProblem:
    """A key that is unknown, missing or has the wrong value. `key` is its path; `wanted` the type its value should have."""

    code: str
    key: str
    facts: Mapping[str, str]
    wanted: ValueType | None = None

    @property
    def message(self) -> Message:
        """What is wrong."""
        return Message(WANTED[self.wanted] if self.wanted else WHAT[self.code], self.facts)

    @property
    def advice(self) -> Message:
        """What to do."""
        return Message(CURE[self.code], self.facts)


WHAT = {
    "unknown-key": "不认识键“{name}”，写在这里不起作用",
    "misspelt-key": "不认识键“{name}”，写在这里不起作用",
    "key-is-missing": "少了必填的键“{name}”",
    "wrong-type": "“{name}”的值 {value} 类型不对",
    "wrong-table": "“{name}”的值 {value} 不对：要写成 {bracket} 段",
    "unknown-choice": "“{name}”的值“{value}”不在可选范围",
}
CURE = {
    "unknown-key": "删去它；这里可用的键：{known}",
    "misspelt-key": "是不是“{close}”？改过来，或者删去",
    "key-is-missing": "在这一段里加上 {name} = {example}",
    "wrong-type": "改成 {example} 这样的写法",
    "wrong-table": "改成以 {bracket} 开头的一段",
    "unknown-choice": "从这些词里选一个：{choices}",
}
# What a value of each type must be, said instead of the plain sentence.
WANTED = {
    ValueType.TEXT: "“{name}”的值 {value} 不对：要一段不空的文字，放在双引号里",
    ValueType.TEXTS: "“{name}”的值 {value} 不对：要一组文字，放在方括号里",
    ValueType.FLAG: "“{name}”的值 {value} 不对：要 true 或 false，不加引号",
    ValueType.WHOLE: "“{name}”的值 {value} 不对：要一个整数，不加引号",
    ValueType.WHOLES: "“{name}”的值 {value} 不对：要一组整数，放在方括号里，不加引号",
    ValueType.NUMBER: "“{name}”的值 {value} 不对：要一个数，不加引号",
    ValueType.NUMBERS: "“{name}”的值 {value} 不对：要一组数，放在方括号里，不加引号",
    ValueType.IDS: "“{name}”的值 {value} 不对：要一组标识，每个放在双引号里，外面加方括号",
    ValueType.VALUES: "“{name}”的值 {value} 不对：要一段键和值，值是数、文字、true 或 false，或者一组数、一组文字",
    ValueType.DAY: "“{name}”的值 {value} 不对：要一个日期，不加引号",
    ValueType.ID: "“{name}”的值 {value} 不对：要小写字母、数字和连字符组成的标识，放在双引号里",
    ValueType.AREA_CODE: "“{name}”的值 {value} 不对：要六位数字的区划代码，放在双引号里",
    ValueType.CHOICE: "“{name}”的值 {value} 不对：要可选词之一，放在双引号里",
    ValueType.SCALAR: "“{name}”的值 {value} 不对：要文字、整数、true 或 false",
}
_EXAMPLES = {
    ValueType.TEXT: '"崤陵市"',
    ValueType.TEXTS: '["市财政局"]',
    ValueType.FLAG: "true",
    ValueType.WHOLE: "1",
    ValueType.WHOLES: "[1, 2]",
    ValueType.NUMBER: "0.7",
    ValueType.NUMBERS: "[0.7, 0.3]",
    ValueType.IDS: '["city-finance"]',
    ValueType.VALUES: "{ floor = 0.6 }",
    ValueType.DAY: "2025-03-14",
    ValueType.ID: '"city-finance"',
    ValueType.AREA_CODE: '"419900"',
    ValueType.CHOICE: '"department"',
    ValueType.SCALAR: '"heating_season"',
}


def check_shape(table: Table, values: Mapping[str, Any]) -> tuple[ShapeProblem, ...]:
    """Unknown, missing and mistyped keys of a file whose top is `table`, in the order of the file.

    >>> [p.code for p in check_shape(Table("", (Key("format", ValueType.WHOLE, required=True),)), {"fromat": 1})]
    ['misspelt-key', 'key-is-missing']
    """
    found: list[ShapeProblem] = []

    def add(code: str, key: str, facts: Mapping[str, object], wanted: ValueType | None = None) -> None:
        found.append(ShapeProblem(code, key, {name: str(value) for name, value in facts.items()}, wanted))

    _table(table, values, "", add)
    return tuple(found)


class _Add(Protocol):
    def __call__(self, code: str, key: str, facts: Mapping[str, object], wanted: ValueType | None = None) -> None: ...


def _table(table: Table, values: Mapping[str, Any], path: str, add: _Add) -> None:
    keys = {key.name: key for key in table.keys}
    tables = {below.name: below for below in table.tables}
    for name, value in values.items():
        at = f"{path}.{name}" if path else name
        if name in keys:
            _value(keys[name], value, at, add)
        elif name in tables:
            _below(tables[name], value, at, add)
        else:
            close = get_close_matches(name, [*keys, *tables], n=1, cutoff=0.6)
            if close:
                add("misspelt-key", at, {"name": name, "close": close[0]})
            else:
                add("unknown-key", at, {"name": name, "known": ", ".join([*keys, *tables])})
    for key in table.keys:
        if key.required and key.name not in values:
            example = f'"{key.choices[0]}"' if key.choices else _EXAMPLES[key.type]
            add("key-is-missing", path or key.name, {"name": key.name, "example": example})
    for below in table.tables:
        if below.required and below.name not in values:
            add("key-is-missing", path or below.name, {"name": f"[{below.name}]", "example": "{ … }"})


def _below(table: Table, value: object, at: str, add: _Add) -> None:
    rows = value if table.many else [value]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        bracket = f"[[{table.name}]]" if table.many else f"[{table.name}]"
        add("wrong-table", at, {"name": table.name, "value": _shown(value), "bracket": bracket})
        return
    for i, row in enumerate(rows):
        _table(table, row, f"{at}[{i}]" if table.many else at, add)


def _value(key: Key, value: object, at: str, add: _Add) -> None:
    if not _is(key.type, value):
        facts = {"name": key.name, "value": _shown(value), "example": _EXAMPLES[key.type]}
        add("wrong-type", at, facts, key.type)
    elif key.type is ValueType.CHOICE and value not in key.choices:
        add("unknown-choice", at, {"name": key.name, "value": value, "choices": ", ".join(key.choices)})


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
        case ValueType.WHOLES:
            return isinstance(value, list) and all(_is(ValueType.WHOLE, part) for part in value)
        case ValueType.NUMBER:
            return isinstance(value, (int, Decimal)) and not isinstance(value, bool) and _is_figure(Decimal(value))
        case ValueType.NUMBERS:
            return isinstance(value, list) and all(_is(ValueType.NUMBER, part) for part in value)
        case ValueType.IDS:
            return isinstance(value, list) and all(_is(ValueType.ID, part) for part in value)
        case ValueType.VALUES:
            return isinstance(value, dict) and all(_is_parameter(part) for part in value.values())
        case ValueType.DAY:
            return isinstance(value, date) and not isinstance(value, datetime)
        case ValueType.SCALAR:
            return isinstance(value, (int, bool)) or _is_text(value)
        case ValueType.ID | ValueType.AREA_CODE:
            return isinstance(value, str) and _is_code(wanted, value)


def _is_figure(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < _LARGEST


def _is_parameter(value: object) -> bool:
    one = (ValueType.NUMBER, ValueType.FLAG, ValueType.TEXT, ValueType.NUMBERS, ValueType.TEXTS)
    return any(_is(wanted, value) for wanted in one)


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
