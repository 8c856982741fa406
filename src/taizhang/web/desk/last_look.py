"""Which scoring somebody saw last, so that 审定 can say what changed since.

It is kept in the reader's browser: it is no fact of the year.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

_KEPT_SECONDS = 400 * 24 * 3600


@dataclass(frozen=True, slots=True)
class LastLook:
    """`run` is the scoring shown now, `before` the one seen before it came (0: none was)."""

    before: int
    run: int


def last_look(request: HttpRequest, cycle: int, run: int) -> LastLook:
    """What this person saw before `run`; reading `run` again doesn't change that."""
    user: Any = request.user
    parts = request.COOKIES.get(_name(cycle), "").split("-")
    known = all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts)
    if len(parts) != 3 or not known or int(parts[0]) != user.pk:
        return LastLook(0, run)
    before, seen = int(parts[1]), int(parts[2])
    return LastLook(before if seen == run else seen, run)


def remember(request: HttpRequest, response: HttpResponse, cycle: int, look: LastLook) -> HttpResponse:
    """Keep it for this person, out of reach of scripts."""
    user: Any = request.user
    value = f"{user.pk}-{look.before}-{look.run}"
    response.set_cookie(
        _name(cycle), value, max_age=_KEPT_SECONDS, path="/desk/", secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


def _name(cycle: int) -> str:
    return f"seen-{cycle}"
