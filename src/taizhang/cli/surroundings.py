"""What the command asks of the process it runs in: environment variables, terminals, their width, the day.

The only place under `cli` that reads any of them.
"""

import os
import sys
from collections.abc import Mapping
from datetime import date


def environment() -> Mapping[str, str]:
    """Environment variables."""
    return os.environ


def shows_colour() -> bool:
    """True where standard output is a terminal that shows colour and NO_COLOR is not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Width for text: COLUMNS if set, the terminal's own on a terminal, else 100."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError):
        return 100


def wants_traceback() -> bool:
    """True where TAIZHANG_DEBUG is set: an internal error then shows where it arose."""
    return bool(os.environ.get("TAIZHANG_DEBUG"))


def today() -> date:
    """The day on the machine's clock, for the foot of a report."""
    return date.today()  # noqa: DTZ011 - the editor's own day
