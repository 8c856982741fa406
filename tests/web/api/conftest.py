"""What tests of the machine doors share: an index of the adopted specimen."""

from pathlib import Path
from typing import Any

import pytest

from taizhang.apps.gazettes.models import Edition
from taizhang.apps.targets.indexing import rebuild_index


@pytest.fixture
def search_index(adopted_specimen: Edition, settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_INDEX = tmp_path / "search"
    rebuild_index()
