"""A progress line on stderr while several files are read; only on a terminal, and gone before anything else is printed."""

import sys

from taizhang.kernel.columns import column_count, fit

_WIDTH = 24


class Progress:
    """`total` steps. With one step, or where stderr is no terminal, it shows nothing."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._is_shown = total > 1 and sys.stderr is not None and sys.stderr.isatty()
        self._drawn = False

    def show(self, name: str) -> None:
        """Draw the line with the name of what is being read."""
        if not self._is_shown:
            return
        filled = _WIDTH * self._done // self._total
        bar = "█" * filled + "░" * (_WIDTH - filled)
        count = f" {self._done}/{self._total} "
        room = max(_columns() - column_count(bar + count) - 1, 0)
        sys.stderr.write(f"\r{bar}{count}{fit(name, room) if room > 1 else ''}\x1b[K")
        sys.stderr.flush()
        self._drawn = True

    def step(self) -> None:
        """One more is done."""
        self._done += 1

    def clear(self) -> None:
        """Take the line away, so that a message can be printed in its place."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False


def _columns() -> int:
    import os

    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
