"""Scheme and results as plain values for JSON and back: numbers are strings, days ISO, unknown null.

Where a value may be of several types (a parameter, the value of an interpretation), a figure is `{"number": "0.6"}` and a text is
a text, so that nothing changes its type on the way. `canonical_json` is the one form digests are taken over.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from hashlib import sha256
from operator import attrgetter
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from taizhang.engines.scoring.arithmetic import canonical
from taizhang.engines.scoring.errors import JsonIsMalformedError
from taizhang.engines.scoring.model import Result, Scheme
from taizhang.engines.scoring.scheme_model import later_fields
from taizhang.kernel.spans import Span

_T = TypeVar("_T")
_Read = Callable[[Any, str], Any]
_Write = Callable[[Any], Any]


def scheme_to_json(scheme: Scheme) -> dict[str, Any]:
    """The scheme under the names of its fields."""
    return dict(plain(scheme))


def scheme_from_json(data: Mapping[str, Any]) -> Scheme:
    """The scheme that `scheme_to_json` wrote; JsonIsMalformedError with the place where it is something else."""
    return from_plain(Scheme, data)


def result_to_json(result: Result) -> dict[str, Any]:
    """A result with all its cells under the names of its fields."""
    return dict(plain(result))


def canonical_json(value: Any) -> str:
    """Keys in order, no spaces, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON in UTF-8."""
    return sha256(canonical_json(value).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Any value of the model as plain values."""
    kind: Any = type(value)
    return _writer(kind)(value)


def loose(value: Any) -> Any:
    """A value whose type its place does not tell."""
    if isinstance(value, Decimal):
        return {"number": canonical(value)}
    if isinstance(value, tuple | list):
        return [loose(v) for v in value]
    if isinstance(value, Mapping):
        return {"table": {str(k): loose(v) for k, v in value.items()}}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def tight(value: Any, place: str) -> Any:
    """What `loose` wrote."""
    if isinstance(value, list):
        return tuple(tight(v, place) for v in value)
    if isinstance(value, Mapping):
        match dict(value):
            case {"number": str(text)}:
                return _decimal(text, place)
            case {"day": str(text)}:
                return _day(text, place)
            case {"table": Mapping() as table}:
                return {k: tight(v, place) for k, v in table.items()}
        raise JsonIsMalformedError(place=place, problem="的值没有写明种类")
    return value


# --- writing ------------------------------------------------------------------------------------------------------------


@cache
def _writer(hint: Any) -> _Write:
    """How a value of a declared type is written; `_same` where it is plain already."""
    simple = _WRITERS.get(hint)
    if simple is not None:
        return simple
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        write = _writer(next(a for a in arguments if a is not type(None)))
        return write if write is _same else lambda value: None if value is None else write(value)
    if origin is tuple:
        return _each(arguments[0])
    if origin is Mapping:
        return _named(arguments[1])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value: value.value
    return _fields(hint)


def _same(value: Any) -> Any:
    return value


def _each(hint: Any) -> _Write:
    def of(values: Any) -> Any:
        if not values:
            return []
        write = _writer(hint)  # asked for here: a criterion holds criteria
        return list(values) if write is _same else [write(v) for v in values]

    return of


def _named(hint: Any) -> _Write:
    def of(values: Any) -> Any:
        write = _writer(hint)
        return {str(k): write(v) for k, v in values.items()}

    return of


def _fields(kind: Any) -> _Write:
    # A value that keeps what its sentences are made from (`_known`) is written as the value it stands for.
    hints = {name: hint for name, hint in get_type_hints(kind).items() if not name.startswith("_")}
    names = tuple(hints)
    values_of = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    turned: list[tuple[str, _Write]] = []
    later = later_fields(kind) if "__dataclass_fields__" in vars(kind) else {}

    def of(value: Any) -> Any:
        if not turned:
            turned.extend((n, w) for n in names if (w := _writer(hints[n])) is not _same)
        made = dict(zip(names, values_of(value), strict=True))
        for name, write in turned:
            made[name] = write(made[name])
        for name, usual in later.items():
            if made[name] == usual:
                del made[name]
        return made

    return of


def _span(value: Span) -> list[int]:
    return [value.start, value.end]


_WRITERS: dict[Any, _Write] = {
    str: _same,
    int: _same,
    bool: _same,
    type(None): _same,
    object: loose,
    Decimal: canonical,
    date: lambda v: v.isoformat(),
    datetime: lambda v: v.isoformat(),
    Span: _span,
}


# --- reading ------------------------------------------------------------------------------------------------------------


def from_plain(kind: type[_T], data: Any, place: str = "") -> _T:
    """A value of `kind` from what `plain` wrote."""
    hint: Any = kind
    value: _T = _reader(hint)(data, place or kind.__name__)
    return value


@cache
def _reader(hint: Any) -> _Read:
    simple = _READERS.get(hint)
    if simple is not None:
        return simple
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _optional(_reader(next(a for a in arguments if a is not type(None))))
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is ...:
            return _many(_reader(arguments[0]))
        return _row(tuple(_reader(a) for a in arguments))
    if origin is Mapping:
        return _free_table if arguments[1] is object else _table(arguments[1])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(hint)
    return _record(hint)


def _optional(read: _Read) -> _Read:
    return lambda data, place: None if data is None else read(data, place)


def _many(read: _Read) -> _Read:
    def of(data: Any, place: str) -> Any:
        if not isinstance(data, list | tuple):
            raise JsonIsMalformedError(place=place, problem="不是一列值")
        return tuple(read(d, f"{place}[{i}]") for i, d in enumerate(data))

    return of


def _row(reads: tuple[_Read, ...]) -> _Read:
    def of(data: Any, place: str) -> Any:
        if not isinstance(data, list | tuple) or len(data) != len(reads):
            raise JsonIsMalformedError(place=place, problem="的个数不对")
        return tuple(read(d, place) for read, d in zip(reads, data, strict=True))

    return of


def _table(hint: Any) -> _Read:
    def of(data: Any, place: str) -> Any:
        if not isinstance(data, Mapping):
            raise JsonIsMalformedError(place=place, problem="不是一张表")
        read = _reader(hint)  # asked for here: a criterion holds criteria
        return {str(k): read(v, f"{place}.{k}") for k, v in data.items()}

    return of


def _free_table(data: Any, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise JsonIsMalformedError(place=place, problem="不是一张表")
    return {str(k): tight(v, f"{place}.{k}") for k, v in data.items()}


def _choice(kind: type[StrEnum]) -> _Read:
    def of(data: Any, place: str) -> Any:
        try:
            return kind(data)
        except ValueError:
            raise JsonIsMalformedError(place=place, problem=f"的“{data}”不在可选范围") from None

    return of


def _record(kind: Any) -> _Read:
    hints: dict[str, Any] = {}

    def of(data: Any, place: str) -> Any:
        if not isinstance(data, Mapping):
            raise JsonIsMalformedError(place=place, problem="不是一组有名的值")
        if not hints:
            hints.update(get_type_hints(kind))
        surplus = sorted(set(data) - set(hints))
        if surplus:
            raise JsonIsMalformedError(place=place, problem=f"有不认识的“{surplus[0]}”")
        values = {name: _reader(hints[name])(value, f"{place}.{name}") for name, value in data.items()}
        try:
            return kind(**values)
        except TypeError:
            raise JsonIsMalformedError(place=place, problem="缺了必需的值") from None

    return of


def _is(kind: type, name: str) -> _Read:
    def of(data: Any, place: str) -> Any:
        if type(data) is not kind:
            raise JsonIsMalformedError(place=place, problem=f"不是{name}")
        return data

    return of


def _decimal(data: Any, place: str) -> Decimal:
    try:
        value = Decimal(data) if isinstance(data, str) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise JsonIsMalformedError(place=place, problem=f"的“{data}”不是数")
    return value


def _day(data: Any, place: str) -> date:
    try:
        return date.fromisoformat(data)
    except (TypeError, ValueError):
        raise JsonIsMalformedError(place=place, problem=f"的“{data}”不是日期") from None


def _instant(data: Any, place: str) -> datetime:
    try:
        return datetime.fromisoformat(data)
    except (TypeError, ValueError):
        raise JsonIsMalformedError(place=place, problem=f"的“{data}”不是时刻") from None


def _read_span(data: Any, place: str) -> Span:
    match data:
        case [int(start), int(end)]:
            return Span(start, end)
    raise JsonIsMalformedError(place=place, problem="不是起止位置")


_READERS: dict[Any, _Read] = {
    str: _is(str, "文字"),
    int: _is(int, "整数"),
    bool: _is(bool, "是或否"),
    object: tight,
    Decimal: _decimal,
    date: _day,
    datetime: _instant,
    Span: _read_span,
}
