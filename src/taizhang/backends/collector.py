"""The cycle collector held back while one long computation runs.

Scoring a hundred cities makes half a million values, none of which refers back to what holds it, so that there is nothing for the
collector to find; looking for it again and again as the heap grows takes a third of the run. What the computation leaves behind
is freed by counting as ever. Only a door may do this: engines know nothing of the process they run in.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Holding:
    """Who holds the collector of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._was_on = True

    def begin(self) -> None:
        """The first switches it off."""
        with self._lock:
            if self._count == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        """The last gives it back as it was."""
        with self._lock:
            self._count -= 1
            if self._count == 0 and self._was_on:
                gc.enable()


_HOLDING = _Holding()


@contextmanager
def collector_held() -> Iterator[None]:
    """Switches the collector off until the last of those who hold it is done, whatever happens, and then back to what it was.

    Threads may hold it at the same time; it is the whole process's, so keep it for runs of seconds.
    """
    _HOLDING.begin()
    try:
        yield
    finally:
        _HOLDING.end()
