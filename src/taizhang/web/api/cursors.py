"""Pages of a list by cursor: a page goes on after the last row of the one before, whatever was entered meanwhile."""

import base64
import binascii
from typing import Any
from urllib.parse import quote

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from taizhang.web.api.errors import CursorIsUnreadableError

LIMIT, MOST = 100, 1000
_LARGEST = 2**63 - 1


def written(values: list[int]) -> str:
    """A cursor.

    >>> written([12, 3])
    'MTIuMw'
    """
    return base64.urlsafe_b64encode(".".join(map(str, values)).encode()).decode().rstrip("=")


def read(cursor: str, count: int) -> list[int]:
    """The `count` numbers of a cursor. Raises `CursorIsUnreadableError`.

    >>> read("MTIuMw", 2)
    [12, 3]
    """
    try:
        text = base64.b64decode((cursor + "=" * (-len(cursor) % 4)).encode("ascii"), altchars=b"-_", validate=True).decode(
            "ascii"
        )
        values = [int(part) for part in text.split(".") if part.isdigit()]
    except (ValueError, binascii.Error):
        values = []
    if len(values) != count or written(values) != cursor or max(values) > _LARGEST:
        raise CursorIsUnreadableError(cursor=cursor[:80])
    return values


def page(rows: QuerySet[Any], keys: tuple[str, ...], cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """At most `limit` rows after `cursor` in order of `keys`, and the cursor that goes on. One query.

    Raises `CursorIsUnreadableError`.
    """
    rows = rows.order_by(*keys)
    if cursor is not None:
        after = Q(pk__in=[])
        same = Q()
        for key, value in zip(keys, read(cursor, len(keys)), strict=True):
            after |= same & Q(**{f"{key}__gt": value})
            same &= Q(**{key: value})
        rows = rows.filter(after)
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    return found[:limit], written([_value(found[limit - 1], key) for key in keys])


def _value(row: Model, key: str) -> int:
    return int(getattr(row, key))


def following(request: HttpRequest, cursor: str | None, name: str = "cursor") -> str | None:
    """The address of the next page: this one with another cursor."""
    if cursor is None:
        return None
    query = request.GET.copy()
    query[name] = cursor
    return f"{request.scheme}://{request.get_host()}{quote(request.path)}?{query.urlencode()}"
