"""The demo's settings with two more addresses, for bench/portal_load.py."""

from pathlib import Path

from taizhang.project.settings.demo import *  # noqa: F403

ROOT_URLCONF = "bench.reference_site.urls"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent)  # type: ignore[attr-defined]  # noqa: F405
MIDDLEWARE = ["bench.reference_site.forgetting.forgets_parts", *MIDDLEWARE]  # noqa: F405
