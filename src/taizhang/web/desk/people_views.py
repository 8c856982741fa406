"""Accounts and roles, for administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.apps.accounts import operations as accounts
from taizhang.apps.accounts.models import User
from taizhang.apps.accounts.queries import people
from taizhang.apps.accounts.roles import ROLES
from taizhang.apps.organisations.queries import full_names
from taizhang.apps.targets.reviewing import body_meant, body_names
from taizhang.web.desk.doors import REFUSED, Problem, act, opens, page, whole_number


@opens("accounts.manage")
def list_people(request: HttpRequest) -> HttpResponse:
    """Accounts with their roles."""
    return _show(request)


def _show(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    context = {"people": people(), "roles": ROLES, "bodies": body_names(), "called": full_names(), "problem": problem}
    return page(request, "desk/people.html", context, status=REFUSED if problem else 200)


def _answer(request: HttpRequest, form: str, operation: Any, key: object, said: str, /, **facts: Any) -> HttpResponse:
    _done, problem = act(request, operation, form, key, **facts)
    if problem:
        return _show(request, problem)
    messages.success(request, said)
    return redirect("desk:people")


def _user(request: HttpRequest) -> User:
    return get_object_or_404(User, pk=whole_number(request.POST.get("user", "")) or 0)


@require_POST
@opens("accounts.manage")
def add(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    facts = {name: request.POST.get(name, "") for name in ("username", "display_name", "password")}
    return _answer(request, "add", accounts.add_user, "", _("账号已建，还没有岗位"), **facts)


@require_POST
@opens("accounts.manage")
def grant(request: HttpRequest) -> HttpResponse:
    """Give a role."""
    user, written = _user(request), request.POST.get("body", "").strip()
    facts = {"user": user, "role": request.POST.get("role", ""), "body": body_meant(written) if written else ""}
    return _answer(request, "grant", accounts.grant_role, user.pk, _("岗位已加"), **facts)


@require_POST
@opens("accounts.manage")
def revoke(request: HttpRequest) -> HttpResponse:
    """Take a role away."""
    user = _user(request)
    facts = {"user": user, "role": request.POST.get("role", ""), "body": request.POST.get("body", "")}
    return _answer(request, "revoke", accounts.revoke_role, user.pk, _("岗位已减"), **facts)


@require_POST
@opens("accounts.manage")
def close(request: HttpRequest) -> HttpResponse:
    """Close an account."""
    user = _user(request)
    return _answer(request, "close", accounts.close_user, user.pk, _("账号已停用"), user=user)


@require_POST
@opens("accounts.manage")
def reopen(request: HttpRequest) -> HttpResponse:
    """Open a closed account."""
    user = _user(request)
    return _answer(request, "open", accounts.open_user, user.pk, _("账号已启用"), user=user)


@require_POST
@opens("accounts.manage")
def reset(request: HttpRequest) -> HttpResponse:
    """Give a new password to somebody who is locked out."""
    user = _user(request)
    facts = {"user": user, "password": request.POST.get("password", "")}
    return _answer(request, "reset", accounts.reset_login, user.pk, _("密码已换，动态口令已解除"), **facts)
