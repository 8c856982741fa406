"""How Hypothesis runs: with no deadline, since machines differ, and under CI always on the same examples."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.apps_fixtures", "tests.proposals"]

settings.register_profile("here", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
