"""`taizhang release`: lets go of old trial scores that nothing cites. The background does the same by itself, once a day."""

import argparse
import sys

from taizhang.cli.language import tr
from taizhang.cli.site import now, open_site

NOTES = "只清理试算；通报、整改、步骤、台账引用的，每年度和每个计分日最新的一次，都留着。校验值永远留在台账里"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The subcommand's own arguments."""
    parser.add_argument("--days", type=int, default=None, metavar="N", help=tr("保留最近多少天的试算，至少 7 天"))


def run(arguments: argparse.Namespace) -> int:
    """The exit code."""
    open_site()
    from taizhang.apps.assessments.scores.releasing import CLOCKWORK, KEPT_DAYS, release_runs

    released = release_runs(by=CLOCKWORK, at=now(), kept_days=KEPT_DAYS if arguments.days is None else arguments.days)
    sys.stdout.write(tr("清理了 {count} 次试算").format(count=len(released)) + "\n")
    return 0
