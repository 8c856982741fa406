"""Making accounts, closing and opening them, giving and taking roles."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

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


class OwnAccountError(TaizhangError):
    """Nobody closes the account they act with."""

    code = "accounts.own-account"
    template = "不能停用、启用或重置自己的账号（{username}）。请另一位管理员办理"


class UsernameIsTakenError(TaizhangError):
    """An account of this name exists, maybe a closed one."""

    code = "accounts.username-is-taken"
    template = "账号名“{username}”已经有人用（停用的也算，台账里仍指他）。请换一个"


class UsernameIsMalformedError(TaizhangError):
    """A username has characters it may not have, or is empty or too long."""

    code = "accounts.username-is-malformed"
    template = "账号名“{username}”不合规：1 到 60 个字，只用汉字、字母、数字和 @ . + - _。请改后再交"


class PasswordIsWeakError(TaizhangError):
    """A password that is too short, too common, or like the username."""

    code = "accounts.password-is-weak"
    template = "账号“{username}”的密码不合规：{problems}"


class AddressIsMalformedError(TaizhangError):
    """An e-mail address that is none."""

    code = "accounts.address-is-malformed"
    template = "“{email}”不是邮件地址。写成 name@example.cn 的样子，不要催办邮件就留空"


class BodyIsMissingError(TaizhangError):
    """A role that acts for one body was given without one, or another with one."""

    code = "accounts.body-is-missing"
    template = "岗位“{role}”和单位“{body}”不配：填报人、签发人、核验人必须写明代表哪个单位，其他岗位不写单位"


_LONGEST_NAME = 60


@operation("accounts.add_user", permission="accounts.manage")
def add_user(*, by: Actor, at: datetime, username: str, password: str, display_name: str = "", email: str = "") -> User:
    """Make an account without roles. The password is checked and stored as a hash only; the address stays out of the ledger.

    Raises `UsernameIsMalformedError`, `UsernameIsTakenError`, `PasswordIsWeakError`, `AddressIsMalformedError`.
    """
    username = username.strip()
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError as error:
        raise UsernameIsMalformedError(username=username) from error
    if len(username) > _LONGEST_NAME:
        raise UsernameIsMalformedError(username=username)
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameIsTakenError(username=username)
    user = User(username=username, display_name=display_name.strip()[:60], email=_address(email))
    _take_password(user, password)
    user.save()
    record(by=by, at=at, operation="accounts.add_user", subject=f"user:{username}", after={"is_active": True})
    return user


@operation("accounts.set_address", permission="accounts.manage")
def set_address(*, by: Actor, at: datetime, user: User, email: str) -> None:
    """Where reminders go; empty for nowhere. The ledger keeps only that it changed. Raises `AddressIsMalformedError`."""
    user.email = _address(email)
    user.save(update_fields=["email"])
    subject = f"user:{user.username}"
    record(by=by, at=at, operation="accounts.set_address", subject=subject, after={"has_address": bool(user.email)})


def _address(email: str) -> str:
    if email.strip():
        try:
            validate_email(email.strip())
        except ValidationError as error:
            raise AddressIsMalformedError(email=email.strip()) from error
    return email.strip()


@operation("accounts.reset_login", permission="accounts.manage")
def reset_login(*, by: Actor, at: datetime, user: User, password: str) -> None:
    """Give somebody who is locked out a new password and take their second factor away; both ways of proof begin anew.

    Raises `OwnAccountError`, `PasswordIsWeakError`.
    """
    if by.ident == user.ident:
        raise OwnAccountError(username=user.username)
    _take_password(user, password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    record(by=by, at=at, operation="accounts.reset_login", subject=f"user:{user.username}")


def _take_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordIsWeakError(username=user.username, problems="；".join(error.messages)) from error
    user.set_password(password)


@operation("accounts.close_user", permission="accounts.manage")
def close_user(*, by: Actor, at: datetime, user: User) -> None:
    """Close an account: it cannot log in, and its sessions end with the next page. Its roles stay for the record."""
    _set_active(by, at, "accounts.close_user", user, False)


@operation("accounts.open_user", permission="accounts.manage")
def open_user(*, by: Actor, at: datetime, user: User) -> None:
    """Open a closed account again."""
    _set_active(by, at, "accounts.open_user", user, True)


def _set_active(by: Actor, at: datetime, code: str, user: User, is_active: bool) -> None:
    if by.ident == user.ident:
        raise OwnAccountError(username=user.username)
    before = {"is_active": user.is_active}
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record(by=by, at=at, operation=code, subject=f"user:{user.username}", before=before, after={"is_active": is_active})


@operation("accounts.grant_role", permission="accounts.manage")
def grant_role(*, by: Actor, at: datetime, user: User, role: str, body: str = "") -> Membership:
    """Give `user` a role. Giving it twice changes nothing and is recorded.

    Raises `RoleIsUnknownError`, `OwnRolesError`, `BodyIsMissingError`.
    """
    _check(by, user, role)
    if ROLES[role].is_bound != bool(body):
        raise BodyIsMissingError(role=ROLES[role].name, body=body)
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
