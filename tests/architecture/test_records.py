"""Decisions are numbered without gaps and complete; the changelog keeps its form."""

import re
from pathlib import Path

import pytest

PARTS = ["Context", "Decision", "Consequences", "What would change our mind"]
CHANGES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
DATED = "Date: 2026-01-01 · Status: accepted\n\n"
ALL_PARTS = "".join(f"## {part}\n" for part in PARTS)
VERSION = re.compile(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d{2}-\d{2})\Z")


def record_problems(name: str, text: str) -> list[str]:
    problems = []
    number = name[:4]
    if not re.match(rf"# {number}: \S", text):
        problems.append(f"{name}: the title does not begin with {number}")
    if re.findall(r"^## (.+)$", text, re.M) != PARTS:
        problems.append(f"{name}: the parts are not {PARTS}")
    if not re.search(r"^Date: \d{4}-\d{2}-\d{2} · Status: (accepted|superseded by \d{4})", text, re.M):
        problems.append(f"{name}: no line with date and status")
    if len(text.splitlines()) > 80:
        problems.append(f"{name}: longer than a page")
    return problems


def gaps(names: list[str]) -> list[str]:
    return [f"{name} stands where {i:04d} should" for i, name in enumerate(sorted(names), 1) if not name.startswith(f"{i:04d}-")]


def changelog_problems(text: str) -> list[str]:
    problems = []
    headings = re.findall(r"^## (.+)$", text, re.M)
    if not text.startswith("# Changelog\n"):
        problems.append("no title")
    if headings[:1] != ["[Unreleased]"]:
        problems.append("the first part is not [Unreleased]")
    versions = []
    for heading in headings[1:]:
        match = VERSION.match(heading)
        if match:
            versions.append((tuple(int(n) for n in match.groups()[:3]), match[4]))
        else:
            problems.append(f"not a version with its day: {heading}")
    if versions != sorted(versions, reverse=True):
        problems.append("the newest version does not stand first")
    problems += [f"not a kind of change: {kind}" for kind in re.findall(r"^### (.+)$", text, re.M) if kind not in CHANGES]
    return problems


def records(root: Path) -> list[Path]:
    return sorted(p for p in (root / "docs/adr").glob("*.md") if p.name != "README.md")


def test_decisions_are_numbered_without_gaps(root: Path) -> None:
    names = [p.name for p in records(root)]
    assert names
    assert gaps(names) == []


def test_every_decision_has_its_parts_and_fits_a_page(root: Path) -> None:
    assert [problem for p in records(root) for problem in record_problems(p.name, p.read_text("utf-8"))] == []


def test_the_list_of_decisions_names_each_once_with_its_title(root: Path) -> None:
    rows = re.findall(r"^\| \[(\d{4})\]\((.+?)\) \| (.+) \|$", (root / "docs/adr/README.md").read_text("utf-8"), re.M)
    assert rows == [(p.name[:4], p.name, p.read_text("utf-8").splitlines()[0][len("# 0000: ") :]) for p in records(root)]


def test_the_changelog_keeps_its_form(root: Path) -> None:
    assert changelog_problems((root / "CHANGELOG.md").read_text("utf-8")) == []


def test_a_gap_in_the_numbers_is_seen() -> None:
    assert gaps(["0001-a.md", "0003-c.md"])


@pytest.mark.parametrize(
    "text",
    [
        "# 0002: Other number\n\n" + DATED + ALL_PARTS,
        "# 0001: No mind to change\n\n" + DATED + ALL_PARTS[: ALL_PARTS.index("## What")],
        "# 0001: Parts out of order\n\n" + DATED + "## Decision\n" + ALL_PARTS.replace("## Decision\n", ""),
        "# 0001: No date\n\n" + ALL_PARTS,
    ],
)
def test_an_incomplete_decision_is_seen(text: str) -> None:
    assert len(record_problems("0001-x.md", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# Changes\n\n## [Unreleased]\n",
        "# Changelog\n\n## [0.1.0] - 2026-01-01\n",
        "# Changelog\n\n## [Unreleased]\n\n### Improved\n",
        "# Changelog\n\n## [Unreleased]\n\n## 0.1.0\n",
        "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n## [0.2.0] - 2026-02-01\n",
    ],
)
def test_a_changelog_out_of_form_is_seen(text: str) -> None:
    assert changelog_problems(text)
