"""What the architecture tests look at: the files that belong to the project and the modules of the package."""

import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.errors_page import every_module

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def under_version_control() -> list[str]:
    """Tracked files and new ones that are not ignored; empty where there is no git or no repository (an unpacked archive)."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return []
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return listing.split("\0")


def not_ignored() -> list[str]:
    """The same without git: all files but those in the folders that .gitignore names."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    return [str(name) for name in names if not any(fnmatch(part, pattern) for part in name.parts for pattern in ignored)]


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    """The project's own files, relative to the root."""
    names = under_version_control() or not_ignored()
    return sorted(Path(name) for name in names if name and (ROOT / name).is_file())


@pytest.fixture(scope="session")
def modules() -> list[ModuleType]:
    """Every module of the package, imported."""
    return every_module()
