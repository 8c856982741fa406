"""How a page of the desk is opened: log in first, then the permission; and how a refused act comes back as the page it left."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from taizhang.apps.accounts.queries import holders
from taizhang.kernel.errors import TaizhangError
from taizhang.web.clock import now
from taizhang.web.desk.colleagues import Colleagues
from taizhang.web.desk.rail import rail
from taizhang.web.desk.uploads import refuse_cut

View = Callable[..., HttpResponse]
REFUSED = 422


@dataclass(frozen=True, slots=True)
class Problem:
    """An act that was refused: why, in words, and what had been filled in. `key` tells apart the same form of several rows."""

    text: str
    act: str
    key: str
    values: dict[str, str] = field(default_factory=dict)

    def of(self, act: str, key: object = "") -> bool:
        """True for the form that was refused."""
        return self.act == act and self.key == str(key)


def opens(permission: str) -> Callable[[View], View]:
    """Only for people who may: others are asked to log in, or told whom to ask."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                # What was sent is not sent again after login: the day is where one starts anew.
                return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("desk:today"))
            prefetch_related_objects([request.user], "memberships")
            if not holds(request.user, permission):
                context = {"permission": permission, "holders": holders(permission)}
                return page(request, "desk/forbidden.html", context, status=403)
            response = view(request, *args, **kwargs)
            response.setdefault("Cache-Control", "no-store")
            return response

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def holds(user: Any, permission: str) -> bool:
    """True if the person may do it for the office, or for one of the bodies they act for: which one, the act decides."""
    return user.may(permission) or any(user.may(permission, membership.body) for membership in user.memberships.all())


def page(request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of the desk with its rail; `who` names colleagues. `problem` is None unless given."""
    facts = {"problem": None, "rail": rail(request), "who": Colleagues(), **(context or {})}
    return render(request, template, facts, status=status)


def act(
    request: HttpRequest, operation: Callable[..., Any], form: str, key: object = "", /, **facts: Any
) -> tuple[Any, Problem | None]:
    """Call an operation as the person who is logged in, now; its result, or why it was refused."""
    try:
        refuse_cut(request)
        return operation(by=request.user, at=now(), **facts), None
    except TaizhangError as refused:
        filled = {field: str(value) for field, value in request.POST.items() if "password" not in field}
        return None, Problem(str(refused), form, str(key), filled)


def whole_number(text: str) -> int | None:
    """A count from a form; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
