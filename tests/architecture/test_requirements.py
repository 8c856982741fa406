"""Requirement files pin everything that pyproject.toml asks for, by hash, and name no place to get it from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOGICAL_LINE = re.compile(r"(?:[^\n]*\\\n)*[^\n]+")
FILES = ["installer.txt", "runtime.txt", "dev.txt", "audit.txt", "bench.txt"]


def pins(text: str) -> dict[str, str]:
    """Version of each package in a compiled file."""
    return {canonicalize_name(name): version for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.M)}


def unpinned(text: str) -> list[str]:
    """Lines that are not a pinned version with at least one SHA-256."""
    return [
        line.splitlines()[0]
        for line in LOGICAL_LINE.findall(text)
        if not re.match(r"[A-Za-z0-9_.-]+==[^\s]+", line) or "--hash=sha256:" not in line
    ]


def unmet(wanted: list[str], have: dict[str, str]) -> list[str]:
    requirements = [Requirement(line) for line in wanted]
    return [str(r) for r in requirements if not r.specifier.contains(have.get(canonicalize_name(r.name), "0"), prereleases=True)]


@pytest.fixture(params=FILES)
def compiled(request: pytest.FixtureRequest, root: Path) -> str:
    return (root / "requirements" / request.param).read_text("utf-8")


def test_every_line_is_pinned_and_hashed(compiled: str) -> None:
    assert pins(compiled)
    assert unpinned(compiled) == []


def test_no_line_names_a_host(compiled: str) -> None:
    assert "://" not in compiled


def test_what_pyproject_asks_for_is_pinned_within_its_range(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "runtime.txt": project["project"]["dependencies"],
        "dev.txt": project["project"]["dependencies"] + groups["dev"] + project["build-system"]["requires"],
        "audit.txt": groups["audit"],
        "installer.txt": groups["installer"],
        "bench.txt": groups["bench"],
    }
    have = {name: pins((root / "requirements" / name).read_text("utf-8")) for name in FILES}
    assert {name: missing for name, lines in wanted.items() if (missing := unmet(lines, have[name]))} == {}, "run ./dev lock"
    assert have["runtime.txt"].items() <= have["dev.txt"].items(), "tests run on other versions than an office would"
    shared = have["bench.txt"].keys() & have["dev.txt"].keys()
    assert all(have["bench.txt"][name] == have["dev.txt"][name] for name in shared), "a benchmark would change what tests run on"


def test_every_library_asked_for_has_its_reason_on_record(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    asked = {Requirement(line).name for lines in [project["project"]["dependencies"], *groups] for line in lines}
    record = (root / "docs/adr/0010-dependencies.md").read_text("utf-8")
    assert asked == set(re.findall(r"^\| ([a-z0-9-]+) \| (?!why)", record, re.M))


def test_a_loose_line_is_seen() -> None:
    assert unpinned("lxml>=5 \\\n    --hash=sha256:00\n") == ["lxml>=5 \\"]
    assert unpinned("lxml==6.1\n") == ["lxml==6.1"]


def test_a_requirement_out_of_range_is_seen() -> None:
    assert unmet(["lxml>=5"], {"lxml": "4.9"}) == ["lxml>=5"]
    assert unmet(["lxml>=5"], {}) == ["lxml>=5"]
