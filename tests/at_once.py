"""Acts of several people at the same instant."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from taizhang.kernel.errors import TaizhangError


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Outcomes of acts run by threads that start together; one after another on SQLite, whose memory has one connection."""
    outcomes: list[Any] = []

    def run(act: Callable[[], Any], start: threading.Barrier | None) -> None:
        try:
            if start:
                start.wait(10)
            outcomes.append(act())
        except TaizhangError as refused:
            outcomes.append(refused)
        finally:
            if start:
                connection.close()

    if connection.vendor == "sqlite":
        for act in acts:
            run(act, None)
        return outcomes
    start = threading.Barrier(len(acts))
    threads = [threading.Thread(target=run, args=(act, start)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes
