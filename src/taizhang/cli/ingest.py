"""`taizhang ingest`: hands issues in, has them read, and adopts them where a second person is named. Twice does no harm."""

import argparse
import os
from typing import TYPE_CHECKING

from taizhang.cli import surroundings
from taizhang.cli.language import tr
from taizhang.cli.site import open_site, say, user_named
from taizhang.cli.sources import file_bytes
from taizhang.kernel.errors import TaizhangError

if TYPE_CHECKING:
    from datetime import datetime

    from taizhang.apps.accounts.models import User
    from taizhang.apps.gazettes.models import Edition

NOTES = "交来的人和采纳的人必须是两个账号。中途断了，原样再运行一次就接着做"
_BAD_INPUT = 2
_STATES = {"proposed": "待审核", "adopted": "已采纳", "failed": "读取失败", "reading": "正在读"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument("files", nargs="+", metavar=tr("文件"), help=tr("公报文件，可以写几个"))
    parser.add_argument("--by", required=True, metavar=tr("账号"), help=tr("交来的人，要有公报编辑岗位"))
    parser.add_argument("--adopt-by", metavar=tr("账号"), help=tr("采纳的人，要有公报审核岗位；不写就等人在审核台办理"))
    parser.add_argument("--pack", metavar=tr("文件夹"), help=tr("资料包；不写就用网站设置的那一个"))


def run(arguments: argparse.Namespace) -> int:
    """Hand in every file; the exit code."""
    open_site()
    from django.conf import settings

    proposer = user_named(arguments.by)
    adopter = user_named(arguments.adopt_by) if arguments.adopt_by else None
    refused = 0
    for name in arguments.files:
        try:
            edition = ingest(name, arguments.pack or settings.PACK, proposer, adopter)
        except TaizhangError as error:
            from taizhang.cli.door import complain

            complain(error, "" if "name" in error.facts else name)
            refused += 1
        else:
            say(told(name, edition))
            refused += bool(edition.failure)
    return _BAD_INPUT if refused else 0


def ingest(name: str, pack: str, proposer: "User", adopter: "User | None", moment: "datetime | None" = None) -> "Edition":
    """Take a file as far as the people named may, from wherever an earlier run left it. `moment` is now unless it is given.

    Raises what the operations refuse: the readers' errors, missing permissions, four eyes.
    """
    from django.conf import settings

    from taizhang.apps.gazettes.models import State
    from taizhang.apps.gazettes.operations import adopt
    from taizhang.apps.targets.ingest import hand_in, handed_in, read_edition

    data = file_bytes(name)
    edition = handed_in(data)
    if edition is None:
        edition = hand_in(
            by=proposer,
            at=moment or surroundings.now(),
            data=data,
            name=os.path.basename(name),
            pack=os.path.normpath(pack),
            limit=settings.UPLOAD_LIMIT,
        )
    if edition.state == State.READING:
        edition = read_edition(edition.pk)
    if edition.state == State.PROPOSED and adopter is not None:
        edition = adopt(by=adopter, at=moment or surroundings.now(), edition=edition.pk)
    return edition


def told(name: str, edition: "Edition") -> str:
    """One line: what became of the file."""
    facts = {
        "name": os.path.basename(name),
        "slug": edition.slug,
        "documents": edition.documents.count(),
        "findings": edition.findings.count(),
        "state": tr(_STATES[edition.state]),
        "failure": edition.failure,
    }
    if edition.failure:
        return tr("{name}：{state}。{failure}").format(**facts)
    return tr("{name}：{slug}，{documents} 份文件，{findings} 处校对发现，{state}").format(**facts)
