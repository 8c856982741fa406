"""`taizhang remind`: sends the reminders of the day now. The background does the same by itself, once an hour."""

import argparse
import sys

from taizhang.cli.language import tr
from taizhang.cli.site import now, open_site

NOTES = "只发给有邮件地址、有事快到期或已过期的人；同一件事同一个到期日只发一次。邮件服务器写在 TAIZHANG_MAIL"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The subcommand has no arguments of its own."""


def run(arguments: argparse.Namespace) -> int:
    """The exit code."""
    open_site()
    from taizhang.apps.assessments.waiting.reminding import remind_if_due

    sys.stdout.write(tr("发出 {count} 封催办邮件").format(count=remind_if_due(now())) + "\n")
    return 0
