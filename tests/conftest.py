"""How tests are chosen and how Hypothesis runs: with no deadline, since machines differ, and under CI always on the same examples."""

import os

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.apps_fixtures", "tests.proposals", "tests.assessment_fixtures", "tests.assessment_results"]

settings.register_profile("here", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Fixtures through which a test gets at rows: those of pytest-django, and that of walks through a whole site.
_ROWS = {"db", "transactional_db", "live_server", "either_database"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rows-only", action="store_true", help="only tests that touch the database, to run them on another one")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--rows-only"):
        config.hook.pytest_deselected(items=[item for item in items if not _touches_rows(item)])
        items[:] = [item for item in items if _touches_rows(item)]


def _touches_rows(item: pytest.Item) -> bool:
    if item.get_closest_marker("any_database") is not None:  # what it asserts is decided before or after rows are asked for
        return False
    return item.get_closest_marker("django_db") is not None or not _ROWS.isdisjoint(getattr(item, "fixturenames", ()))
