"""The canonical JSON of a scheme written straight from its values, for digests over large schemes.

It is `canonical_json(plain(value))` character for character, made without plain values in between; a test holds both together.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from operator import attrgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from taizhang.engines.scoring.arithmetic import canonical
from taizhang.engines.scoring.json_form import canonical_json, loose
from taizhang.engines.scoring.model import Scheme
from taizhang.engines.scoring.scheme_model import later_fields
from taizhang.kernel.period import Period
from taizhang.kernel.spans import Span

_Write = Callable[[Any], str]


def canonical_text(value: Any) -> str:
    """The canonical JSON of a value of the model."""
    kind: Any = type(value)
    return _writer(kind)(value)


def scheme_digest(scheme: Scheme) -> str:
    """SHA-256 of the scheme's canonical JSON, as 64 hexadecimal digits."""
    return sha256(canonical_text(scheme).encode()).hexdigest()


@cache
def _writer(hint: Any) -> _Write:
    simple = _SIMPLE.get(hint)
    if simple is not None:
        return simple
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _writer(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        return _many(arguments[0])
    if origin is Mapping:
        return _table(arguments[1])
    if issubclass(hint, StrEnum):
        return {member: encode_basestring(member.value) for member in hint}.__getitem__
    return _record(hint)


def _many(hint: Any) -> _Write:
    def of(values: Any) -> str:
        if not values:
            return "[]"
        write = _writer(hint)  # asked for here: a criterion holds criteria
        return f"[{','.join([write(v) for v in values])}]"

    return of


def _table(hint: Any) -> _Write:
    def of(values: Any) -> str:
        if not values:
            return "{}"
        write = _writer(hint)
        return f"{{{','.join([f'{encode_basestring(k)}:{write(values[k])}' for k in sorted(values)])}}}"

    return of


def _record(kind: Any) -> _Write:
    """A value under its field names in order; fields that came later only where they say something."""
    hints = get_type_hints(kind)
    later = later_fields(kind)
    names = sorted(name for name in hints if name not in later)
    short = _form(hints, names)
    if not later:
        return short
    long = _form(hints, sorted(hints))
    # One such field a kind so far; several would need a form for each choice of them.
    assert len(later) == 1
    ((name, usual),) = later.items()
    return lambda value: short(value) if getattr(value, name) == usual else long(value)


def _form(hints: Mapping[str, Any], names: list[str]) -> _Write:
    form = "{" + ",".join([f'"{name}":%s' for name in names]) + "}"
    values_of = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    writers: list[_Write] = []

    def of(value: Any) -> str:
        if not writers:
            writers.extend(_writer(hints[name]) for name in names)
        return form % tuple(["null" if v is None else write(v) for write, v in zip(writers, values_of(value), strict=True)])

    return of


@lru_cache(maxsize=4096)
def _figure(value: Decimal) -> str:
    return f'"{canonical(value)}"'


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    return f'"{value.isoformat()}"'


@lru_cache(maxsize=4096)
def _period(value: Period) -> str:
    """Nearly every target of a scheme is in force in the same year."""
    ends = ["null" if day is None else _day(day) for day in (value.end, value.start)]
    return f'{{"end":{ends[0]},"start":{ends[1]}}}'


_SIMPLE: dict[Any, _Write] = {
    str: encode_basestring,
    int: str,
    bool: {True: "true", False: "false"}.__getitem__,
    object: lambda v: canonical_json(loose(v)),
    Decimal: _figure,
    date: _day,
    datetime: lambda v: f'"{v.isoformat()}"',
    Span: lambda v: f"[{v.start},{v.end}]",
    Period: _period,
}
