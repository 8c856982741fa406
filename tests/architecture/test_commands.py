"""What the documents tell people to type exists, and links lead somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

DEV = re.compile(r"\./dev ([a-z]+)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def documented(text: str) -> set[str]:
    return set(DEV.findall(text))


def broken_links(page: Path) -> list[str]:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link and not link.startswith("mailto:")]
    return [f"{page.name}: {link}" for link in links if not (page.parent / link).exists()]


def dev(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    bare = {"PATH": "/usr/bin:/bin"}
    return subprocess.run(["sh", str(root / "dev"), *arguments], capture_output=True, text=True, env=bare, cwd="/", check=False)


def pages(root: Path, project_files: list[Path]) -> list[Path]:
    return [root / name for name in project_files if name.suffix == ".md"]


def test_every_dev_command_that_a_page_names_exists(root: Path, project_files: list[Path]) -> None:
    help_text = dev(root, "help").stdout
    named = {command for page in pages(root, project_files) for command in documented(page.read_text("utf-8"))}
    assert {"demo", "test"} <= named
    assert sorted(named - documented(help_text)) == []


def test_lock_says_how_one_package_is_raised(root: Path) -> None:
    told = dev(root, "lock", "lxml")
    assert told.returncode == 1
    assert "./dev lock --upgrade lxml" in told.stderr


def test_help_lists_exactly_the_commands_that_dev_takes(root: Path) -> None:
    script = (root / "dev").read_text("utf-8")
    taken = set(re.findall(r"^    ([a-z]+)(?: \|[^)]*)?\) ", script[script.rindex("case $command") :], re.M))
    assert documented(dev(root, "help").stdout) == taken


def test_an_unknown_command_is_refused_with_the_list_of_commands(root: Path) -> None:
    answer = dev(root, "fly")
    assert answer.returncode == 1
    assert "there is no command fly" in answer.stderr
    assert "./dev test" in answer.stderr


def test_both_readmes_open_with_the_two_commands(root: Path) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        assert {"demo", "test"} <= documented((root / name).read_text("utf-8")), name


def test_links_between_pages_lead_somewhere(root: Path, project_files: list[Path]) -> None:
    assert [link for page in pages(root, project_files) for link in broken_links(page)] == []


@pytest.mark.parametrize("text", ["[x](nowhere.md)", "[x](nowhere.md#part)", "![x](no.png)"])
def test_a_broken_link_is_seen(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    assert broken_links(page)
