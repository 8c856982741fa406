"""Where results go: standard output, a file that appears whole, a folder with a file each; binary never on a terminal."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.running import TEXT, at_terminal, taizhang


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b/a.txt").write_text(TEXT.replace("第4号", "第5号"), "utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "form"), [("export", "docx"), ("targets", "xlsx"), ("proof", "xlsx")])
def test_a_binary_form_does_not_go_to_a_terminal(folder: Path, command: str, form: str) -> None:
    told = at_terminal(command, "a.txt", "-f", form, cwd=folder)
    assert told.code == 2
    assert "是二进制格式" in told.err
    assert "-o " in told.err


def test_a_binary_form_goes_to_a_pipe(folder: Path) -> None:
    assert taizhang("export", "a.txt", "-f", "docx", cwd=folder).out.startswith(b"PK")


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        ("parse", "out.html", b"<!doctype html>"),
        ("parse", "out.xml", b"<?xml"),
        ("export", "out.docx", b"PK"),
        ("export", "out.json", b'{"schema":1'),
        ("targets", "out.xlsx", b"PK"),
        ("targets", "out.csv", b"\xef\xbb\xbf"),
        ("proof", "out.html", b"<!doctype html>"),
        ("proof", "out.sarif", b'{"$schema"'),
    ],
)
def test_the_ending_of_the_output_chooses_the_form(folder: Path, command: str, name: str, begins: bytes) -> None:
    told = taizhang(command, "a.txt", "-o", name, cwd=folder)
    assert told.code in (0, 1)
    assert told.out == b""
    assert (folder / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("command", "name", "known"),
    [
        ("parse", "out.docx", "tree、json"),
        ("proof", "报告.DOC", "sarif、xlsx"),
        ("targets", "目标.xls", "csv、xlsx"),
        ("export", "公报.txt", "docx、pdf"),
    ],
)
def test_an_ending_of_another_kind_of_file_is_refused_and_nothing_written(
    folder: Path, command: str, name: str, known: str
) -> None:
    told = taizhang(command, "a.txt", "-o", name, cwd=folder)
    assert told.code == 2
    assert f"“{name}”的后缀是 {Path(name).suffix.lower()}" in told.err
    assert known in told.err
    assert not (folder / name).exists()


@pytest.mark.parametrize("name", ["tree.txt", "tree", "2031.3", "b"])
def test_text_goes_to_a_file_with_an_ending_of_text_or_none_and_into_a_folder(folder: Path, name: str) -> None:
    assert taizhang("parse", "a.txt", "-o", name, cwd=folder).code == 0
    written = folder / name if name != "b" else folder / "b/a.tree.txt"
    assert "松政办〔2031〕9号" in written.read_text("utf-8")


def test_why_a_file_cannot_be_written_is_told_in_chinese(folder: Path) -> None:
    told = taizhang("parse", "a.txt", "-o", "a.txt/tree.txt", cwd=folder)
    assert told.code == 2
    assert "（同名的文件已经在那里）" in told.err


def test_the_format_given_wins_over_the_ending(folder: Path) -> None:
    taizhang("parse", "a.txt", "-f", "json", "-o", "out.txt", cwd=folder)
    assert (folder / "out.txt").read_text("utf-8").startswith('{"schema":1')


def test_several_inputs_of_one_name_make_files_of_their_own(folder: Path) -> None:
    told = taizhang("parse", "a.txt", "b/a.txt", "-f", "html", "-o", "out/", cwd=folder)
    assert told.code == 0
    assert sorted(p.name for p in (folder / "out").iterdir()) == ["a-2.html", "a.html"]
    assert "第4号" in (folder / "out/a.html").read_text("utf-8")
    assert "第5号" in (folder / "out/a-2.html").read_text("utf-8")


def test_text_goes_to_a_folder_too(folder: Path) -> None:
    taizhang("parse", "a.txt", "b/a.txt", "-o", "out/", cwd=folder)
    assert "第5号" in (folder / "out/a-2.tree.txt").read_text("utf-8")


def test_several_inputs_of_one_file_each_need_a_folder(folder: Path) -> None:
    told = taizhang("proof", "a.txt", "b/a.txt", "-f", "html", cwd=folder)
    assert told.code == 2
    assert "-o 文件夹/" in told.err
    (folder / "out.html").write_text("mine", "utf-8")
    told = taizhang("proof", "a.txt", "b/a.txt", "-f", "html", "-o", "out.html", cwd=folder)
    assert told.code == 2
    assert (folder / "out.html").read_text("utf-8") == "mine"


def test_the_input_is_never_overwritten(folder: Path) -> None:
    told = taizhang("parse", "a.txt", "-o", "./b/../a.txt", cwd=folder)
    assert told.code == 2
    assert "会毁掉原文" in told.err
    assert (folder / "a.txt").read_text("utf-8") == TEXT


def test_an_output_that_cannot_be_written_is_refused_and_leaves_nothing(folder: Path) -> None:
    (folder / "file").write_text("x", "utf-8")
    told = taizhang("parse", "a.txt", "-o", "file/out.json", cwd=folder)
    assert told.code == 2
    assert "写不了“file/out.json”" in told.err
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "b", "file"]


def test_an_old_result_stays_where_the_input_is_refused(folder: Path) -> None:
    (folder / "out.json").write_text("old", "utf-8")
    assert taizhang("parse", "nowhere.txt", "-o", "out.json", cwd=folder).code == 2
    assert (folder / "out.json").read_text("utf-8") == "old"


def test_the_workbook_of_a_proof_offers_dispositions(folder: Path) -> None:
    wrong = TEXT.replace("（一）修缮渔港12座。", "（一）修缮渔港12座。\n（一）修缮渔港12座。\n（四）加强加强督查。")
    (folder / "wrong.txt").write_text(wrong, "utf-8")
    taizhang("proof", "wrong.txt", "-o", "out.xlsx", cwd=folder)
    with zipfile.ZipFile(folder / "out.xlsx") as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<dataValidation" in sheet
    assert "已发承办单位" in sheet


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    for form in ("docx", "json", "akn", "html"):
        first = taizhang("export", "a.txt", "-f", form, cwd=folder).out
        assert first == taizhang("export", "a.txt", "-f", form, cwd=folder).out
