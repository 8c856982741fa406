"""Size and name of files, and what no file may say: a path of somebody's machine, a host packages come from."""

import re
from pathlib import Path

import pytest

VAGUE = re.compile(r"(?:utils?|helpers?|common|misc|managers?|handlers?|processors?)\Z")
# Put together from parts, so that this file does not find itself.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.", "registry." + "npm", "deb." + "debian", "mirrors" + "."]
MACHINE_PATHS = ["/" + "root/", "/" + "home/", "/" + "work/", "/" + "Users/", "C:" + "\\Users", "/" + "opt/"]
INDEX_OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "--trusted" + "-host"]
# ./dev names options of the compiler that keep index options out of the requirement files.
MAY_NAME_OPTIONS = {Path("dev")}


def too_long(name: Path, lines: int) -> str | None:
    limit = 400 if name.stem in {"model", "models"} else 600
    return f"{name} has {lines} lines, over {limit}: split it where the second concept begins" if lines > limit else None


def vague(name: Path) -> str | None:
    return f"{name}: name what it knows" if VAGUE.match(name.stem) or any(VAGUE.match(p) for p in name.parts[:-1]) else None


def forbidden_words(name: Path, text: str) -> list[str]:
    words = HOSTS + MACHINE_PATHS + ([] if name in MAY_NAME_OPTIONS else INDEX_OPTIONS)
    return [f"{name} says {word}" for word in words if word in text]


def test_no_python_file_is_too_long(root: Path, project_files: list[Path]) -> None:
    sizes = {name: len((root / name).read_text("utf-8").splitlines()) for name in project_files if name.suffix == ".py"}
    assert sizes
    assert [problem for name, lines in sizes.items() if (problem := too_long(name, lines))] == []


def test_every_file_name_says_what_the_file_knows(project_files: list[Path]) -> None:
    python = [name for name in project_files if name.suffix == ".py"]
    assert [problem for name in python if (problem := vague(name))] == []


def test_no_file_names_a_machine_or_a_package_host(root: Path, project_files: list[Path]) -> None:
    problems: list[str] = []
    for name in project_files:
        raw = (root / name).read_bytes()
        if b"\0" not in raw[:4096]:
            problems += forbidden_words(name, raw.decode("utf-8", errors="replace"))
    assert problems == []


def test_only_the_ci_script_knows_of_a_folder_beside_the_repository(root: Path, project_files: list[Path]) -> None:
    outside = ".." + "/shared"
    named = [name for name in project_files if outside in (root / name).read_text("utf-8", errors="replace")]
    assert named == [Path(".ci/run")]


@pytest.mark.parametrize("name", ["src/taizhang/engines/utils.py", "src/taizhang/common/area.py", "bench/helpers.py"])
def test_a_vague_name_is_seen(name: str) -> None:
    assert vague(Path(name))


@pytest.mark.parametrize(("name", "lines", "seen"), [("a.py", 600, False), ("a.py", 601, True), ("apps/x/models.py", 401, True)])
def test_a_long_file_is_seen(name: str, lines: int, seen: bool) -> None:
    assert bool(too_long(Path(name), lines)) is seen


@pytest.mark.parametrize("word", [*HOSTS, *MACHINE_PATHS, *INDEX_OPTIONS])
def test_a_forbidden_word_is_seen(word: str) -> None:
    assert forbidden_words(Path("docs/x.md"), f"see {word} there")
