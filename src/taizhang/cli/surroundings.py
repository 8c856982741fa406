"""What the command asks of the process it runs in: environment variables, terminals, their width, the day.

The only place under `cli` that reads any of them.
"""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime


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


def default_variable(name: str, value: str) -> None:
    """Set an environment variable that is not set, for the settings that are loaded next."""
    os.environ.setdefault(name, value)


def set_variable(name: str, value: str) -> None:
    """Set an environment variable for the settings that are loaded next."""
    os.environ[name] = value


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def system_account() -> str:
    """Name of the account that runs the command, its number where it has no name."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def now() -> datetime:
    """The instant on the machine's clock."""
    return datetime.now(UTC)


def typed_secret(prompt: str) -> str:
    """A line that is not shown while it is typed; from standard input where that is no terminal."""
    import getpass

    if sys.stdin is None or not sys.stdin.isatty():
        return (sys.stdin.readline() if sys.stdin else "").rstrip("\n")
    return getpass.getpass(prompt)


def process_number() -> int:
    """Number of this process."""
    return os.getpid()


def parent_number() -> int:
    """Number of the process that started this one; another once that is gone."""
    return os.getppid()
