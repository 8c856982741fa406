"""The command is tested in both its languages, so the English catalogue is compiled first where `./dev` has not done it."""

import pytest

from taizhang.locale import catalogue


@pytest.fixture(scope="session", autouse=True)
def _english() -> None:
    if not catalogue.MO.exists() or catalogue.MO.stat().st_mtime < catalogue.PO.stat().st_mtime:
        catalogue.main(["--compile"])
