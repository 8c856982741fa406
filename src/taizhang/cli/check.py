"""`taizhang check`: is the installation fit to run, and with `--deploy` fit to be seen by the world."""

import argparse
import sys

from taizhang.cli.language import tr
from taizhang.cli.site import open_site, waiting_migrations

NOTES = "退出码：0 没有不安全的设置，1 有，2 环境变量缺了或读不懂"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument("--deploy", action="store_true", help=tr("逐项检查上线前的安全设置"))


def run(arguments: argparse.Namespace) -> int:
    """Say what is wrong; the exit code."""
    open_site(is_current=False)
    from taizhang.cli.deploy_checks import faults

    found = faults() if arguments.deploy else []
    for fault in found:
        word = tr("不安全") if fault.is_fatal else tr("提醒")
        sys.stdout.write(f"{word} {fault.name}{tr('：')}{fault.told}\n")
    waiting = waiting_migrations()
    if waiting:
        sys.stdout.write(tr("数据库还差 {count} 步没有升级，运行 taizhang upgrade").format(count=len(waiting)) + "\n")
    fatal = sum(fault.is_fatal for fault in found)
    if fatal or waiting:
        return 1
    sys.stdout.write(tr("没有不安全的设置") + "\n" if arguments.deploy else tr("可以运行") + "\n")
    return 0
