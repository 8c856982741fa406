"""What an operation is: registered with a permission, keyword-only, one transaction, at least one ledger entry.

Every door (desk, API, import, command) calls operations; nothing else writes. The actor is anything that can say who it is and
what it may do, so that this lowest app knows no user model.
"""

import functools
from collections.abc import Callable, Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import DataError, transaction

from taizhang.apps.ledger.chain import digest_of
from taizhang.apps.ledger.models import Entry
from taizhang.kernel.errors import TaizhangError


class Actor(Protocol):
    """Who acts: a stable id, and what they may do for which body (None: for the whole office)."""

    ident: str

    def may(self, permission: str, body: str | None = None) -> bool:
        """True if the actor holds `permission`, for `body` where that is given."""
        ...

    def is_bound(self, permission: str, body: str) -> bool:
        """True if a role that is bound to this very body carries `permission`. An office's roles are bound to none."""
        ...


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The task worker, which acts for no body and may do one thing. `ident` names the task in the ledger."""

    ident: str
    permission: str

    def may(self, permission: str, body: str | None = None) -> bool:
        """True for that one thing."""
        return permission == self.permission

    def is_bound(self, permission: str, body: str) -> bool:
        """False: it acts for no body."""
        return False


class NotPermittedError(TaizhangError):
    """The actor's roles do not carry the operation's permission."""

    code = "ledger.not-permitted"
    template = "“{by}”没有“{permission}”权限，不能执行“{operation}”。请由有此权限的人办理，或请管理员调整岗位"


class NotForThisBodyError(TaizhangError):
    """Somebody who may do it for the office says to act for a body, to which none of their roles is bound."""

    code = "ledger.not-for-this-body"
    template = "“{by}”没有代表“{body}”的岗位，不能以它的名义执行“{operation}”。由代表这个单位的人办理；替本级办理的，不要写单位"


class NothingRecordedError(TaizhangError):
    """An operation finished without writing the ledger: a defect of the program."""

    code = "ledger.nothing-recorded"
    template = "操作“{operation}”没有写台账，已全部撤回。这是程序缺陷，请报告编号 {operation}"


class ZeroByteError(TaizhangError):
    """A text with a zero byte, which no database keeps alike."""

    code = "ledger.zero-byte"
    template = "交来的文字里有看不见的空字符（零字节），“{operation}”没有办成。请重新输入这段文字，不要从损坏的文件里粘贴"


class ValueDoesNotFitError(TaizhangError):
    """The database has no room for a value: a text too long, a figure too large."""

    code = "ledger.value-does-not-fit"
    template = "有一处文字过长或数字过大，存不下，“{operation}”已全部撤回。请缩短文字、核对数字后再交"


@dataclass(frozen=True, slots=True)
class Registered:
    """An operation and the permission it needs."""

    code: str
    permission: str
    function: Callable[..., Any]


REGISTRY: dict[str, Registered] = {}
_recorded: ContextVar[list[Entry] | None] = ContextVar("recorded", default=None)


def operation(code: str, *, permission: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register `function` as an operation. It is called with keywords only, `by` an Actor and `at` an instant among them.

    With `for_body` the actor acts for that body, and needs a role bound to it.

    Raises `NotPermittedError`, `NotForThisBodyError` and `ZeroByteError` before anything is read; `NothingRecordedError` where no
    entry was written and `ValueDoesNotFitError` where the database refuses a value, with everything rolled back.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*, by: Actor, at: datetime, **facts: Any) -> Any:
            body = facts.get("for_body")
            if not by.may(permission, body):
                raise NotPermittedError(by=by.ident, permission=permission, operation=code)
            if body and not by.is_bound(permission, body):
                raise NotForThisBodyError(by=by.ident, body=body, operation=code)
            if any(_has_zero_byte(fact) for fact in facts.values()):
                raise ZeroByteError(operation=code)
            token = _recorded.set([])
            try:
                with transaction.atomic():
                    result = function(by=by, at=at, **facts)
                    if not _recorded.get():
                        raise NothingRecordedError(operation=code)
                return result
            except DataError as error:
                raise ValueDoesNotFitError(operation=code) from error
            finally:
                _recorded.reset(token)

        call.code = code  # type: ignore[attr-defined]
        REGISTRY[code] = Registered(code, permission, call)
        return call

    return register


def _has_zero_byte(fact: object) -> bool:
    match fact:
        case str():
            return "\0" in fact
        case Mapping():
            return any(_has_zero_byte(part) for pair in fact.items() for part in pair)
        case bytes() | bytearray():
            return False
        case Collection():
            return any(_has_zero_byte(part) for part in fact)
    return is_dataclass(fact) and any(_has_zero_byte(getattr(fact, field.name)) for field in fields(fact))


def record(
    *, by: Actor, at: datetime, operation: str, subject: str, before: Any = None, after: Any = None, for_body: str | None = None
) -> Entry:
    """Write one entry in the transaction of the operation that calls it. Values are plain JSON; personal data never enters."""
    entry = Entry(at=at, by=by.ident, for_body=for_body or "", operation=operation, subject=subject, before=before, after=after)
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    written = _recorded.get()
    if written is not None:
        written.append(entry)
    return entry
