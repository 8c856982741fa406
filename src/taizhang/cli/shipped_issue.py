"""The issues a pack ships beside its .toml files."""

import os
from typing import TYPE_CHECKING

from taizhang.backends.pack_files import PackFiles

if TYPE_CHECKING:
    from taizhang.engines.gazette import Issue


def read_shipped_issue(files: PackFiles, name: str) -> "Issue":
    """An issue the pack ships, in whatever format the readers know."""
    from taizhang.cli.sources import read_input
    from taizhang.engines.gazette import read_issue

    return read_issue(read_input(os.path.join(files.folder, name)).text.text)
