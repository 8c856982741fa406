"""What is read: files, several of them, standard input; and how what cannot be read is refused."""

import json
from pathlib import Path

import pytest

from tests.cli.running import TEXT, at_terminal, taizhang


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_bytes(TEXT.replace("第4号", "第5号").encode("gb18030"))
    return tmp_path


def test_standard_input_is_read_with_or_without_a_dash() -> None:
    assert "松政办〔2031〕9号" in taizhang("parse", "-", stdin=TEXT.encode()).text
    assert "松政办〔2031〕9号" in taizhang("parse", stdin=TEXT.encode()).text


def test_several_files_are_read_in_order(folder: Path) -> None:
    told = taizhang("parse", "b.txt", "a.txt", cwd=folder)
    assert told.code == 0
    assert told.text.index("2031年第5号") < told.text.index("2031年第4号")
    assert told.err == ""


def test_several_files_make_json_lines_and_one_file_one_object(folder: Path) -> None:
    lines = taizhang("parse", "-f", "json", "a.txt", "b.txt", cwd=folder).text.splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["a.txt", "b.txt"]
    assert json.loads(taizhang("parse", "-f", "json", "a.txt", cwd=folder).text)["schema"] == 1


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(folder: Path) -> None:
    told = taizhang("parse", "nowhere.txt", "a.txt", cwd=folder)
    assert told.code == 2
    assert "找不到文件“nowhere.txt”" in told.err
    assert "2031年第4号" in told.text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.txt", b"", "“空.txt”里没有文字"),
        ("白.txt", "  \n\u3000\r\n".encode(), "白.txt"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "图.txt"),
        ("坏.docx", b"PK\x03\x04 not a package", "坏.docx"),
        ("坏.pdf", b"%PDF-1.7 nothing", "坏.pdf"),
    ],
)
def test_a_file_without_text_is_refused_by_name_and_never_with_a_traceback(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    told = taizhang("parse", name, cwd=tmp_path)
    assert told.code == 2
    assert says in told.err
    assert "Traceback" not in told.err
    assert told.out == b""


def test_a_source_without_end_is_refused_before_it_fills_the_memory() -> None:
    told = taizhang("parse", "/dev/zero")
    assert told.code == 2
    assert "文件有64.1MB，超过一次读取的上限64.0MB" in told.err


def test_a_file_over_the_limit_is_refused_with_its_size(tmp_path: Path) -> None:
    with (tmp_path / "大.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    told = taizhang("parse", "大.txt", cwd=tmp_path)
    assert told.code == 2
    assert "大.txt：文件有100.0MB" in told.err


def test_a_folder_is_refused_with_what_to_write(tmp_path: Path) -> None:
    told = taizhang("parse", str(tmp_path))
    assert told.code == 2
    assert "/*.txt" in told.err


@pytest.mark.parametrize("name", ["bad\x01name.txt", "a" * 300])
def test_an_impossible_name_is_refused(name: str) -> None:
    told = taizhang("parse", name)
    assert told.code == 2
    assert "Traceback" not in told.err


def test_standard_input_cannot_be_read_twice() -> None:
    told = taizhang("parse", "-", "-", stdin=TEXT.encode())
    assert told.code == 2
    assert "只能读一次" in told.err


def test_at_a_keyboard_the_command_does_not_wait_for_a_file() -> None:
    told = at_terminal("parse")
    assert told.code == 2
    assert "没有写要读的文件" in told.err


def test_progress_shows_on_a_terminal_and_leaves_pipes_alone(folder: Path) -> None:
    told = at_terminal("parse", "a.txt", "b.txt", "-f", "json", streams="err in", cwd=folder)
    assert "0/2 a.txt" in told.err
    assert "1/2 b.txt" in told.err
    assert told.err.endswith("\r\x1b[K")
    assert len(told.out.splitlines()) == 2
    assert b"\x1b" not in told.out


def test_one_file_shows_no_progress(folder: Path) -> None:
    assert at_terminal("parse", "a.txt", streams="err in", cwd=folder).err == ""


def test_colour_comes_on_a_terminal_only_and_not_with_no_color(folder: Path) -> None:
    assert "\x1b[" not in taizhang("proof", "a.txt", cwd=folder).text
    assert "\x1b[" in at_terminal("proof", "a.txt", cwd=folder).err
    assert "\x1b[" not in at_terminal("proof", "a.txt", cwd=folder, NO_COLOR="1").err
