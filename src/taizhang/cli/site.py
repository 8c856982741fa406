"""Opens the site for commands that need its database: settings, Django, the state folder, whether the database is up to date."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taizhang.cli import surroundings
from taizhang.cli.site_errors import DatabaseIsBehindError, DatabaseIsUnreachableError, UserIsUnknownError

if TYPE_CHECKING:
    from datetime import datetime

    from taizhang.apps.accounts.models import User

PRODUCTION = "taizhang.project.settings.production"
DEMO = "taizhang.project.settings.demo"


@dataclass(frozen=True, slots=True)
class Console:
    """Whoever may run commands on the machine: they make accounts and give roles, and do no office's work.

    `ident` names the system account, so that the ledger tells a console from a person's account.
    """

    ident: str

    def may(self, permission: str, body: str | None = None) -> bool:
        """True for what keeps the installation running."""
        return permission in ("accounts.manage", "ledger.read")

    def is_bound(self, permission: str, body: str) -> bool:
        """False: it acts for no body."""
        return False


def console() -> Console:
    """The console of the system account in use."""
    return Console(f"console:{surroundings.system_account()}")


def now() -> "datetime":
    """The instant of an act; in the demo, on the day that it plays (TAIZHANG_SIMULATED_DAY)."""
    from django.conf import settings
    from django.utils import timezone

    instant = surroundings.now()
    if settings.SIMULATED_DAY is None:
        return instant
    day = settings.SIMULATED_DAY
    return instant.astimezone(timezone.get_current_timezone()).replace(year=day.year, month=day.month, day=day.day)


def open_site(*, is_current: bool = True) -> None:
    """Load settings (production unless DJANGO_SETTINGS_MODULE says otherwise) and Django.

    With `is_current` the database has to be up to date. Raises `DatabaseIsUnreachableError`, `DatabaseIsBehindError`, and what
    the settings refuse.
    """
    import django
    from django.conf import settings

    surroundings.default_variable("DJANGO_SETTINGS_MODULE", PRODUCTION)
    # A file of the state folder is for the account that runs the site and nobody else.
    settings.STATE.mkdir(parents=True, exist_ok=True, mode=0o700)
    django.setup()
    if is_current:
        waiting = waiting_migrations()
        if waiting:
            raise DatabaseIsBehindError(count=len(waiting), first=waiting[0])


def waiting_migrations() -> list[str]:
    """Changes the database does not have yet, in order. Raises `DatabaseIsUnreachableError`."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, OSError) as error:
        raise DatabaseIsUnreachableError(reason=first_line(error), state=settings.STATE) from error
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def first_line(error: BaseException) -> str:
    """What an error says, in one line; the name of its kind where it says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def user_named(username: str) -> "User":
    """The account. Raises `UserIsUnknownError`."""
    from taizhang.apps.accounts.models import User

    user: User | None = User.objects.filter(username=username).first()
    if user is None:
        raise UserIsUnknownError(username=username)
    return user


def say(line: str) -> None:
    """A line of progress on stderr, seen at once."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
