"""Giving and taking roles."""

from datetime import datetime

from taizhang.apps.accounts.models import Membership, User
from taizhang.apps.accounts.roles import ROLES
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.kernel.errors import TaizhangError


class RoleIsUnknownError(TaizhangError):
    """There is no such role."""

    code = "accounts.role-is-unknown"
    template = "没有“{role}”这个岗位。可选：{known}"


class OwnRolesError(TaizhangError):
    """Nobody gives roles to themselves."""

    code = "accounts.own-roles"
    template = "不能给自己加减岗位（{username}）。请另一位管理员办理"


@operation("accounts.grant_role", permission="accounts.manage")
def grant_role(*, by: Actor, at: datetime, user: User, role: str, body: str = "") -> Membership:
    """Give `user` a role. Giving it twice changes nothing and is recorded. Raises `RoleIsUnknownError`, `OwnRolesError`."""
    _check(by, user, role)
    membership, _ = Membership.objects.get_or_create(user=user, role=role, body=body)
    record(by=by, at=at, operation="accounts.grant_role", subject=f"user:{user.username}", after={"role": role, "body": body})
    return membership


@operation("accounts.revoke_role", permission="accounts.manage")
def revoke_role(*, by: Actor, at: datetime, user: User, role: str, body: str = "") -> None:
    """Take a role away; taking it twice changes nothing and is recorded."""
    _check(by, user, role)
    Membership.objects.filter(user=user, role=role, body=body).delete()
    record(by=by, at=at, operation="accounts.revoke_role", subject=f"user:{user.username}", before={"role": role, "body": body})


def _check(by: Actor, user: User, role: str) -> None:
    if role not in ROLES:
        raise RoleIsUnknownError(role=role, known="、".join(ROLES))
    if by.ident == user.ident:
        raise OwnRolesError(username=user.username)
