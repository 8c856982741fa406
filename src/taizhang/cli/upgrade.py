"""`taizhang upgrade`: brings the database and the static files up to this version of the program. Twice does no harm."""

import argparse

from taizhang.cli.language import tr
from taizhang.cli.site import open_site, say, waiting_migrations

NOTES = "升级前先备份，做法见 docs/operations.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate and collect; the exit code."""
    open_site(is_current=False)
    count = bring_up_to_date()
    say(tr("数据库升级了 {count} 步，静态文件已备好").format(count=count))
    return 0


def bring_up_to_date() -> int:
    """Apply the migrations that wait and collect static files; how many were applied."""
    from django.core.management import call_command

    waiting = waiting_migrations()
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return len(waiting)
