"""The command is tested in both its languages, so the English catalogue is compiled first where `./dev` has not done it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from taizhang.locale import catalogue
from tests.cli.killing import run
from tests.cli.stores import Store, store_of


@pytest.fixture(scope="session", autouse=True)
def _english() -> None:
    if not catalogue.MO.exists() or catalogue.MO.stat().st_mtime < catalogue.PO.stat().st_mtime:
        catalogue.main(["--compile"])


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Store]:
    """A database with all its tables and nothing in them, to be copied: making the tables takes longer than most tests."""
    state = tmp_path_factory.mktemp("upgraded")
    made = store_of(connection.settings_dict, state, "taizhang_upgraded")
    done = run(made, state, "upgrade")
    assert done.returncode == 0, done.stderr
    yield made
    made.lose()
