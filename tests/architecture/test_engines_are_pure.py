"""What the import contracts cannot see: a clock, a file, the environment or the terminal through names always at hand."""

import ast
import tomllib
from pathlib import Path

import pytest

IMPURE_CALLS = {"open", "input", "print", "exec", "eval", "breakpoint"}
IMPURE_ATTRIBUTES = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "monotonic"), ("time", "perf_counter"),
    ("os", "environ"), ("os", "getenv"), ("sys", "stdin"), ("sys", "stdout"), ("sys", "stderr"), ("sys", "argv"),
    ("urllib", "request"),
}  # fmt: skip
IMPURE_MODULES = {"urllib.request", "urllib.error", "importlib.resources", "importlib.metadata"}


def impurities(code: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                found.append(f"line {node.lineno}: {name}()")
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                found += [f"line {node.lineno}: {owner}.{name}"] if (owner, name) in IMPURE_ATTRIBUTES else []
            case ast.ImportFrom(module=str(module)) if module in IMPURE_MODULES:
                found.append(f"line {node.lineno}: from {module}")
            case ast.Import(names=names):
                found += [f"line {node.lineno}: import {alias.name}" for alias in names if alias.name in IMPURE_MODULES]
    return found


def test_kernel_and_engines_read_no_clock_file_environment_or_terminal(root: Path) -> None:
    package = root / "src/taizhang"
    files = [*(package / "kernel").rglob("*.py"), *(package / "engines").rglob("*.py")]
    assert len(files) > 10
    assert {str(f.relative_to(root)): found for f in files if (found := impurities(f.read_text("utf-8")))} == {}


def test_no_import_contract_has_a_wildcard_exemption(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    exemptions = [line for contract in contracts for line in contract.get("ignore_imports", [])]
    assert [line for line in exemptions if "*" in line] == []
    layered = [contract for contract in contracts if contract["type"] == "layers"]
    assert layered
    assert all(contract["exhaustive"] for contract in layered)


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.now(None)",
        "import datetime\nx = datetime.date.today()",
        "def f(path):\n    return open(path)",
        "import os\nx = os.environ['A']",
        "import time\nx = time.time()",
        "from urllib.request import urlopen",
        "import importlib.resources as r",
        "print('x')",
    ],
)
def test_an_impurity_is_seen(code: str) -> None:
    assert impurities(code)


def test_pure_code_is_let_through() -> None:
    assert impurities("from urllib.parse import quote\nfrom datetime import date\nx = date(2025, 1, 1)\nopen_end = None") == []
