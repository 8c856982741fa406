"""`taizhang user`: accounts and roles, through the same operations as the desk. What is done here is in the ledger too."""

import argparse
import sys

from taizhang.cli import surroundings
from taizhang.cli.language import tr
from taizhang.cli.site import console, open_site, user_named

NOTES = "密码不写在命令里：在终端会要求输入，或从管道读一行。岗位写代码，代表单位的岗位写 代码:单位编号"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=tr("命令"))
    add = actions.add_parser("add", help=tr("新建账号，可同时给岗位"))
    _username(add)
    add.add_argument("--name", default="", metavar=tr("姓名"), help=tr("同事看到的名字"))
    add.add_argument("--role", action="append", default=[], metavar=tr("岗位"), help=tr("岗位，可以写几次"))
    add.add_argument("--email", default="", metavar=tr("邮件地址"), help=tr("催办邮件发到这里"))
    for action, words in (("grant", tr("加岗位")), ("revoke", tr("减岗位"))):
        change = actions.add_parser(action, help=words)
        _username(change)
        change.add_argument("roles", nargs="+", metavar=tr("岗位"), help=tr("岗位，可以写几个"))
    address = actions.add_parser("address", help=tr("改催办邮件的地址，不写地址就不再发"))
    _username(address)
    address.add_argument("email", nargs="?", default="", metavar=tr("邮件地址"), help=tr("催办邮件发到这里"))
    _username(actions.add_parser("close", help=tr("停用账号，名字留在台账里")))
    _username(actions.add_parser("open", help=tr("重新启用账号")))
    actions.add_parser("list", help=tr("列出账号和岗位"))
    actions.add_parser("roles", help=tr("列出可用的岗位"))


def _username(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar=tr("账号"), help=tr("登录用的名字"))


def run(arguments: argparse.Namespace) -> int:
    """The exit code."""
    open_site()
    if arguments.action == "roles":
        sys.stdout.write(_roles())
        return 0
    if arguments.action == "list":
        sys.stdout.write(_accounts())
        return 0
    from taizhang.apps.accounts import operations

    by, at = console(), surroundings.now()
    if arguments.action == "add":
        _add(arguments)
    elif arguments.action in ("grant", "revoke"):
        change = operations.grant_role if arguments.action == "grant" else operations.revoke_role
        user = user_named(arguments.username)
        for role, body in map(_parted, arguments.roles):
            change(by=by, at=at, user=user, role=role, body=body)
    elif arguments.action == "address":
        operations.set_address(by=by, at=at, user=user_named(arguments.username), email=arguments.email)
    elif arguments.action == "close":
        operations.close_user(by=by, at=at, user=user_named(arguments.username))
    else:
        operations.open_user(by=by, at=at, user=user_named(arguments.username))
    sys.stdout.write(_accounts(arguments.username))
    return 0


def _add(arguments: argparse.Namespace) -> None:
    """Account and roles come together or not at all."""
    from django.db import transaction

    from taizhang.apps.accounts.operations import add_user, grant_role

    password = surroundings.typed_secret(tr("密码（不显示）："))
    by, at = console(), surroundings.now()
    with transaction.atomic():
        facts = {"username": arguments.username, "display_name": arguments.name, "email": arguments.email}
        user = add_user(by=by, at=at, password=password, **facts)
        for role, body in map(_parted, arguments.role):
            grant_role(by=by, at=at, user=user, role=role, body=body)


def _parted(role: str) -> tuple[str, str]:
    code, _, body = role.partition(":")
    return code, body


def _roles() -> str:
    from taizhang.apps.accounts.roles import ROLES

    bound = tr("（代表一个单位）")
    return "".join(f"{role.code}\t{tr(role.name)}{bound if role.is_bound else ''}\n" for role in ROLES.values())


def _accounts(username: str = "") -> str:
    from taizhang.apps.accounts.models import User

    users = User.objects.prefetch_related("memberships").order_by("username")
    lines = []
    for user in users.filter(username=username) if username else users:
        roles = [f"{m.role}:{m.body}" if m.body else m.role for m in user.memberships.all()]
        state = "" if user.is_active else tr("（停用）")
        lines.append(f"{user.username}{state}\t{user.display_name}\t{' '.join(sorted(roles))}\n")
    return "".join(lines)
