"""Every environment variable stands in docs/operations.md with its default, and only project/env.py reads the environment."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROW = re.compile(r"^\| `(TAIZHANG_[A-Z_]+)` \| (empty|must be set|`[^`]+`) \|", re.M)
# Settings modules declare variables when they are loaded, so each is loaded in a process of its own.
DECLARED = """
import taizhang.project.settings.{0}
from taizhang.project import env
for v in env.documented():
    print(v.name, "must be set" if v.default is None else v.default or "empty", sep="\\t")
"""


def declared(settings: str) -> dict[str, str]:
    known = {"PATH": os.environ["PATH"], "TAIZHANG_SECRET_KEY": "x", "TAIZHANG_SEALING_KEYS": "x", "TAIZHANG_HOSTS": "x"}
    out = subprocess.run(
        [sys.executable, "-c", DECLARED.format(settings)], capture_output=True, text=True, env=known, check=True
    ).stdout
    return dict(line.split("\t") for line in out.splitlines())


def documented(text: str) -> dict[str, str]:
    return {name: default.strip("`") for name, default in ROW.findall(text)}


def readers_of_the_environment(code: str) -> bool:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb"):
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "os" and {"environ", "getenv"} & {a.name for a in node.names}:
            return True
    return False


def test_the_table_of_variables_is_that_of_the_code(root: Path) -> None:
    found = {name: default for settings in ("production", "demo", "test") for name, default in declared(settings).items()}
    assert documented((root / "docs/operations.md").read_text("utf-8")) == found


def test_a_secret_that_is_not_set_is_named_in_words() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "taizhang.cli.main", "check"],
        capture_output=True, text=True, env={"PATH": os.environ["PATH"]}, check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert "环境变量 TAIZHANG_SECRET_KEY 没有设置" in told.stderr


def test_the_environment_is_read_in_three_places_only(root: Path) -> None:
    allowed = {"project/env.py", "project/wsgi.py", "cli/surroundings.py"}
    package = root / "src/taizhang"
    readers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if readers_of_the_environment(path.read_text("utf-8"))
    }
    assert readers == allowed


@pytest.mark.parametrize("code", ["import os\nos.environ['X']", "import os\nos.getenv('X')", "from os import environ"])
def test_a_hidden_reader_is_seen(code: str) -> None:
    assert readers_of_the_environment(code)
