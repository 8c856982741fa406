"""The command finds its subcommands, speaks the reader's language and never shows a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from taizhang import __version__
from taizhang.cli import door, language
from taizhang.cli.main import COMMANDS, main
from tests.cli.running import ROOT, TEXT, taizhang


@pytest.fixture(autouse=True)
def _chinese() -> None:
    language.use("zh")


def test_version_is_told_at_once() -> None:
    assert taizhang("--version").text == f"taizhang {__version__}\n"


def test_telling_the_version_loads_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); from taizhang.cli.main import main; main(['--version']); print(sorted(set(sys.modules) - before))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[1] == "['taizhang', 'taizhang.cli', 'taizhang.cli.main']"


@pytest.mark.parametrize("command", ["parse", "export", "targets"])
def test_a_subcommand_does_not_load_the_rules_of_another(command: str) -> None:
    module = COMMANDS[command][0]
    code = f"import sys, {module}; print([m for m in sys.modules if m.startswith('taizhang.engines.proof') or m in ('lxml', 'xlsxwriter', 'docx')])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "[]\n"


def test_help_lists_every_command_with_an_example() -> None:
    told = taizhang("--help")
    assert told.code == 0
    for name, (_, summary, example) in COMMANDS.items():
        assert f"  {name}" in told.text
        assert summary in told.text
        assert example in told.text


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_in_chinese_with_an_example(command: str) -> None:
    told = taizhang(command, "--help")
    assert told.code == 0
    assert f"用法：taizhang {command}" in told.text
    assert COMMANDS[command][2] in told.text
    for english in ("usage", "optional arguments", "options:", "show this help"):
        assert english not in told.text


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_example_in_help_names_a_command_and_options_that_exist(command: str) -> None:
    words = COMMANDS[command][2].split()[1:]
    told = taizhang(words[0], "--help").text
    for option in (w for w in words if w.startswith("-")):
        assert option in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "用法"),
        (["nope"], "没有“nope”这个命令"),
        (["parse", "--bad", "x"], "不认识 --bad"),
        (["parse", "-f"], "选项 -f/--format 后面少了内容"),
        (["parse", "-f", "docx", "x"], "可用的：tree、json、html、akn"),
        (["proof", "x", "--depth=1"], "不认识 --depth=1"),
        (["--lang", "xx", "parse", "x"], "没有“xx”这种语言"),
        (["parse", "x", "--lang"], "--lang 后面写 zh 或 en"),
        (["proof", "--on", "明天", "x"], "--on “明天”不是日期，写成 2025-03-31"),
        (["parse", "--depth", "many", "x"], "--depth “many”不是整数，写成 0 这样的数字"),
        (["parse", "--depth=-1", "x"], "--depth “-1”不行，最小 0"),
        (["serve", "--port", "65536"], "--port “65536”不行，要在 1 到 65535 之间"),
        (["serve", "--only", "web server"], "--only 不认 web server，可用的：all、web、background"),
        (["ingest"], "还少 文件、--by。"),
    ],
)
def test_a_wrong_call_is_refused_in_words(words: list[str], says: str) -> None:
    told = taizhang(*words)
    assert told.code == 2
    assert says in told.err + told.text
    assert "Traceback" not in told.err


@pytest.mark.parametrize("columns", range(60, 90))
def test_no_line_of_help_begins_with_a_mark_that_ends_a_phrase(columns: int) -> None:
    lines = taizhang("parse", "--help", COLUMNS=str(columns)).text.splitlines()
    assert [line for line in lines if line.lstrip()[:1] in set("，。；：、！？）”")] == []


@pytest.mark.parametrize(
    ("environment", "words", "expected"),
    [
        ({}, [], "zh"),
        ({"LANG": "en_US.UTF-8"}, [], "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, [], "zh"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN"}, [], "en"),
        ({"LC_ALL": "C"}, [], "zh"),
        ({"LANG": "de_DE"}, [], "zh"),
        ({"LANG": "en_US"}, ["--lang", "zh"], "zh"),
        ({}, ["--lang=en"], "en"),
    ],
)
def test_the_flag_then_the_environment_choose_the_language(environment: dict[str, str], words: list[str], expected: str) -> None:
    told = taizhang(*words, "--help", **environment).text
    assert ("Usage" in told) is (expected == "en")


def test_without_a_catalogue_the_command_speaks_chinese() -> None:
    language.use("xx")
    assert language.in_use() == "zh"
    assert language.tr("文件") == "文件"


def test_a_fault_of_the_program_is_one_line_and_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(words: list[str]) -> int:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(door, "_run", fail)
    monkeypatch.delenv("TAIZHANG_DEBUG", raising=False)
    assert main(["parse", "x"]) == 70
    err = capsys.readouterr().err
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err
    monkeypatch.setenv("TAIZHANG_DEBUG", "1")
    assert main(["parse", "x"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(door, "_run", interrupted)
    assert main(["parse", "x"]) == 130


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 300, "utf-8")
    shell = f"'{sys.executable}' -m taizhang.cli.main parse a.txt | head -n 1"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stderr == ""
    assert "松溪市人民政府公报" in done.stdout


def test_a_broken_pipe_ends_quietly_with_the_code_of_the_signal() -> None:
    code = (
        "import sys; from taizhang.cli import door\n"
        "def gone(words): raise BrokenPipeError\n"
        "door._run = gone; sys.exit(door.enter(['parse']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 141
    assert done.stderr == ""


def test_every_exit_code_is_documented() -> None:
    table = (ROOT / "docs/contracts.md").read_text("utf-8")
    for code in (0, 1, 2, 70, 130, 141):
        assert f"| {code} |" in table
