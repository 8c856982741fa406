"""The process beside the web server: reads issues that were handed in, reminds, lets old trial scores go, seals the ledger.

One is enough.
"""

import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing.context import SpawnProcess
from types import FrameType

from taizhang.cli import surroundings
from taizhang.cli.site import now, open_site
from taizhang.kernel.errors import TaizhangError

_PAUSE = 0.5  # seconds between looks for work
_REMIND_EVERY = 3600.0  # seconds
_RELEASE_EVERY = 86400.0  # seconds
_LOG = logging.getLogger(__name__)


def start() -> SpawnProcess:
    """The worker as a child process. It ends with this process, also where that is killed."""
    process = multiprocessing.get_context("spawn").Process(target=_child, daemon=True)
    process.start()
    return process


def _child() -> None:
    starter = surroundings.parent_number()
    open_site()
    work(lambda: surroundings.parent_number() == starter)


def work(goes_on: Callable[[], bool] = lambda: True) -> None:
    """Work until SIGTERM or SIGINT, or until `goes_on` is false. The task in hand is finished."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    take_up()
    reminded = released = 0.0
    while not stopping.is_set() and goes_on():
        if not reminded or time.monotonic() - reminded > _REMIND_EVERY:
            remind()
            reminded = time.monotonic()
        if not released or time.monotonic() - released > _RELEASE_EVERY:
            release()
            released = time.monotonic()
        one_round()
        stopping.wait(_PAUSE)


def remind() -> None:
    """Write to those for whom something is due. A mail server that fails is told in the log, and asked again later."""
    from taizhang.apps.assessments.waiting.reminding import remind_if_due

    _chore("reminders", remind_if_due)


def release() -> None:
    """Let go of old provisional scores that nothing cites; what fails is tried again the next day."""
    from taizhang.apps.assessments.scores.releasing import release_if_due

    _chore("old scores", release_if_due)


def _chore(name: str, act: Callable[[datetime], int]) -> None:
    """Work that can be done another day: whatever goes wrong, issues that wait are still read."""
    try:
        act(now())
    except TaizhangError as refused:
        _LOG.error("%s: %s", name, refused.code)
    except Exception as failed:  # a locked database or a fault of ours must not end the process
        _LOG.error("%s: %s", name, type(failed).__name__)


def take_up() -> None:
    """Go on with what a killed process left behind: issues being read, an index that is behind."""
    from taizhang.apps.targets.indexing import sync_index
    from taizhang.apps.targets.ingest import read_waiting

    read_waiting()
    sync_index()


def one_round() -> None:
    """Run every task that waits, then link new ledger entries into the chain."""
    from django_tasks_db.management.commands.db_worker import Worker

    from taizhang.apps.ledger.chain import seal_pending

    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"taizhang-{surroundings.process_number()}",
        excluded_queue_names=[],
    ).run()
    seal_pending(at=surroundings.now())
