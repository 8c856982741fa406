"""Kills a process at a chosen moment of writing: just before or just after the n-th lasting change of the database.

Lasting changes are commits, and single statements outside a transaction that write. `python -m tests.faults N before|after WORDS`
runs the command WORDS and dies at change N; with N 0 it counts the changes and says how many there were on the last line.
WORDS `act NAME…` do one after the other what `tests.year_acts` calls so, for acts that have no command of their own.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from taizhang.cli.main import main as taizhang

_WRITES = ("INSERT", "UPDATE", "DELETE")


class Killer:
    """Counts lasting changes and kills this process at one of them."""

    def __init__(self, at: int, moment: str) -> None:
        self._at = at
        self._moment = moment
        self.changes = 0

    def around(self, change: Callable[[], Any]) -> Any:
        self.changes += 1
        is_it = self.changes == self._at
        if is_it and self._moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = change()
        if is_it:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def arm(killer: Killer) -> None:
    commit, execute = BaseDatabaseWrapper._commit, CursorWrapper._execute

    def counted_commit(self: Any) -> Any:
        return killer.around(lambda: commit(self))

    def counted_execute(self: Any, sql: Any, params: Any, *rest: Any) -> Any:
        if self.db.in_atomic_block or not str(sql).lstrip().upper().startswith(_WRITES):
            return execute(self, sql, params, *rest)
        return killer.around(lambda: execute(self, sql, params, *rest))

    BaseDatabaseWrapper._commit = counted_commit
    CursorWrapper._execute = counted_execute


def main(at: int, moment: str, words: list[str]) -> int:
    killer = Killer(at, moment)
    if words[0] == "act":
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.MD5PasswordHasher"
        ]  # nobody logs in; a slow hash is most of the time
        django.setup()
        acts = importlib.import_module("tests.year_acts")
        arm(killer)
        for name in words[1:]:
            getattr(acts, name)()
        code = 0
    else:
        arm(killer)
        code = taizhang(words)
    sys.stdout.write(f"{killer.changes}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
