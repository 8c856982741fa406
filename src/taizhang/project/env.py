"""Environment variables, declared once with their help. Nothing else reads the environment.

Secrets come from here only. `documented()` lists all for docs/operations.md; a test compares them.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from taizhang.kernel.errors import TaizhangError


class SettingIsMissingError(TaizhangError):
    """A variable without default is not set."""

    code = "project.setting-is-missing"
    template = "环境变量 {name} 没有设置：{help}"


class SettingIsMalformedError(TaizhangError):
    """A variable has a value that cannot be read."""

    code = "project.setting-is-malformed"
    template = "环境变量 {name} 的值“{value}”读不懂：{help}"


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared variable; `default` None means that production must set it."""

    name: str
    default: str | None
    help: str


_DECLARED: dict[str, Variable] = {}


def declare(name: str, default: str | None, help: str) -> str:
    """Declare `name` and give its value. Raises `SettingIsMissingError`."""
    _DECLARED[name] = Variable(name, default, help)
    value = os.environ.get(name, default)
    if value is None:
        raise SettingIsMissingError(name=name, help=help)
    return value


def declare_as(kind: Callable[[str], Any], name: str, default: str, help: str) -> Any:
    """Like `declare`, read by `kind` (int, a path …). Raises `SettingIsMalformedError`."""
    value = declare(name, default, help)
    try:
        return kind(value)
    except ValueError as error:
        raise SettingIsMalformedError(name=name, value=value, help=help) from error


def flag(name: str, default: bool, help: str) -> bool:
    """A yes/no variable: 1 or 0."""
    value = declare(name, "1" if default else "0", help)
    if value not in ("0", "1"):
        raise SettingIsMalformedError(name=name, value=value, help=help)
    return value == "1"


def documented() -> list[Variable]:
    """Every declared variable, by name."""
    return [_DECLARED[name] for name in sorted(_DECLARED)]
