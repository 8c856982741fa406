"""Fixtures for everything that needs rows: people with roles, and the specimen issue read and adopted through the operations.

The specimen is read once a session, in a transaction that is rolled back. A test that asks for it gets copies of its rows on
SQLite; on PostgreSQL, where that takes long, the copies stand in a schema of their own that the test's transaction turns to.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from taizhang.apps.accounts.models import Membership, User
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.gazettes.operations import adopt
from taizhang.apps.targets.ingest import hand_in, read_edition

ROOT = Path(__file__).resolve().parents[1]
SPECIMEN = ROOT / "packs" / "specimen"
NOW = datetime(2025, 4, 1, 1, 0, tzinfo=UTC)
# In the order of their foreign keys.
_APPS = ("accounts", "ledger", "organisations", "gazettes", "targets")

# For each model the statement that inserts a row, and the values of all its rows.
Rows = list[tuple[type[models.Model], str, list[list[Any]]]]


def person(username: str, *roles: str, body: str = "") -> User:
    """A user with roles. `password_of` gives the password."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(username=username, password=password_of(username), display_name=username)
    for role in roles:
        Membership.objects.get_or_create(user=user, role=role, body=body)
    return user


def password_of(username: str) -> str:
    return f"{username}-7391-{username}"


@pytest.fixture
def new_person(db: None) -> Callable[..., User]:
    """`new_person("shenji", "auditor")` makes a user with a role."""
    return person


@pytest.fixture
def editor(db: None) -> User:
    return person("bianji", "editor")


@pytest.fixture
def reviewer(db: None) -> User:
    return person("shenhe", "reviewer")


@pytest.fixture(scope="session")
def specimen_rows(django_db_setup: None, django_db_blocker: Any) -> Rows:
    """Every row that reading and adopting the specimen leaves, ready to be inserted again."""
    with django_db_blocker.unblock(), transaction.atomic():
        _adopt_specimen()
        rows = [_dumped(model) for model in _models()]
        transaction.set_rollback(True)
    return rows


@pytest.fixture(scope="session")
def specimen_schema(specimen_rows: Rows, django_db_blocker: Any) -> str:
    """On PostgreSQL the name of a schema with all tables, holding these rows; empty elsewhere. It goes with the database."""
    if connection.vendor != "postgresql":
        return ""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA specimen")
        cursor.execute("SET search_path TO specimen")
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            _insert(specimen_rows)
        # without statistics the planner takes full tables for empty ones, and a page takes twenty seconds
        cursor.execute("ANALYZE")
        cursor.execute("RESET search_path")
    return "specimen"


@pytest.fixture
def adopted_specimen(specimen_rows: Rows, specimen_schema: str, db: None) -> Edition:
    """The adopted specimen edition. What was written before in the same test is out of sight on PostgreSQL."""
    return _lend(specimen_rows, specimen_schema)


@pytest.fixture(scope="module")
def lent_specimen(specimen_rows: Rows, specimen_schema: str, django_db_blocker: Any) -> Iterator[Edition]:
    """The same for all tests of a module, for what is dear to build upon it; each test still undoes what it writes itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _lend(specimen_rows, specimen_schema)
        transaction.set_rollback(True)


def _lend(rows: Rows, schema: str) -> Edition:
    if schema:
        assert connection.in_atomic_block, "the specimen is lent for a transaction that is rolled back"
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL search_path TO {schema}")
    else:
        _insert(rows)
    return Edition.objects.select_related("source").get(state="adopted")


def _insert(tables: Rows) -> None:
    with connection.cursor() as cursor:
        for _, statement, rows in tables:
            if rows:
                cursor.executemany(statement, rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _, _ in tables]):
            cursor.execute(statement)


def _models() -> list[type[models.Model]]:
    return [model for label in _APPS for model in apps.get_app_config(label).get_models()]


def _dumped(model: type[models.Model]) -> tuple[type[models.Model], str, list[list[Any]]]:
    fields = model._meta.concrete_fields
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    rows = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in model._default_manager.order_by("pk")
    ]
    return model, statement, rows


def _adopt_specimen() -> None:
    data = (SPECIMEN / "2025-03.txt").read_bytes()
    edition = hand_in(by=person("bianji", "editor"), at=NOW, data=data, name="2025-03.txt", pack=str(SPECIMEN), limit=10**7)
    read_edition(edition.pk)
    adopt(by=person("shenhe", "reviewer"), at=NOW, edition=edition.pk)
