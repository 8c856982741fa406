import json
import shutil
import tomllib
from pathlib import Path

import pytest

from taizhang.backends.pack_files import PackIsUnusableError, open_pack
from tests.cli.running import ROOT, taizhang

SPECIMEN = ROOT / "packs/specimen"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SPECIMEN, tmp_path / "地方"))


def spoil(file: Path, right: str, wrong: str) -> int:
    """Replace text in a file; the line it stands on."""
    text = file.read_text("utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), "utf-8")
    return text[: text.index(right)].count("\n") + 1


def test_a_right_pack_is_summed_up_and_exits_with_0(pack: Path) -> None:
    outcome = taizhang("pack", "check", str(pack))
    assert (outcome.code, outcome.err) == (0, "")
    assert "崤陵市（示例）（specimen）：9 个地区，50 个机构" in outcome.text
    assert outcome.text.endswith("没有问题\n")


def test_a_mistake_is_told_with_file_line_key_and_cure_and_exits_with_1(pack: Path) -> None:
    line = spoil(pack / "bodies.toml", 'kind = "department"', 'kind = "departement"')
    outcome = taizhang("pack", "check", str(pack))
    assert outcome.code == 1
    assert f"{pack}/bodies.toml:{line}：错误 [body[1].kind]" in outcome.text
    assert "→ 从这些词里选一个" in outcome.text
    assert outcome.text.endswith("1 处错误，0 处提醒\n")


def test_a_quote_that_the_shipped_issue_lacks_is_a_mistake(pack: Path) -> None:
    line = spoil(pack / "interpretations.toml", "每户每年补贴数量不超过2吨", "每户每年补贴数量不超过9吨")
    outcome = taizhang("pack", "check", str(pack))
    assert outcome.code == 1
    assert f"interpretations.toml:{line}：错误" in outcome.text


def test_a_warning_alone_exits_with_0(pack: Path) -> None:
    spoil(pack / "bodies.toml", "崤陵市大数据管理局", "崤陵市数据局")
    outcome = taizhang("pack", "check", str(pack))
    assert outcome.code == 0
    assert "提醒" in outcome.text
    assert "只留更名前的“崤陵市大数据管理局”" in outcome.text


def test_json_carries_the_same_problems(pack: Path) -> None:
    line = spoil(pack / "pack.toml", '"419903"', '"419902"')
    outcome = taizhang("pack", "check", str(pack), "--format", "json")
    assert outcome.code == 1
    value = json.loads(outcome.text)
    assert value["schema"] == 1
    assert value["pack"] is None
    (problem,) = value["problems"]
    assert (problem["code"], problem["file"], problem["line"]) == ("packs.repeated-code", "pack.toml", line)


def test_several_packs_are_checked_and_the_worst_decides_the_exit_code(pack: Path) -> None:
    outcome = taizhang("pack", "check", str(pack / "none"), str(SPECIMEN))
    assert outcome.code == 2
    assert "找不到资料包" in outcome.err
    assert "没有问题" in outcome.text


def test_another_issue_checks_the_quotes_it_has_and_passes_over_the_rest(pack: Path, tmp_path: Path) -> None:
    issue = tmp_path / "另一期.txt"
    issue.write_text("崤陵市人民政府关于下达目标的通知\n\n崤政〔2025〕6号\n\n正文只有这一句。\n\n2025年3月10日\n", "utf-8")
    outcome = taizhang("pack", "check", str(pack), "--issue", str(issue))
    assert outcome.code == 1
    told = [line for line in outcome.text.splitlines() if "找不到引文" in line]
    with (pack / "interpretations.toml").open("rb") as file:
        rows = tomllib.load(file)["interpretation"]
    quoting = [row for row in rows if row["document"] == "崤政〔2025〕6号" and "quote" in row]
    assert len(told) == len(quoting) > 3
    assert all("崤政〔2025〕6号" in line for line in told)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: None, "找不到资料包"),
        (lambda folder: folder.mkdir(), "没有 pack.toml"),
        (lambda folder: folder.write_text("x"), "找不到资料包"),
    ],
)
def test_what_is_no_pack_is_refused_with_words_and_exits_with_2(tmp_path: Path, make, words: str) -> None:
    folder = tmp_path / "pack"
    make(folder)
    outcome = taizhang("pack", "check", str(folder))
    assert (outcome.code, outcome.out) == (2, b"")
    assert words in outcome.err


def test_a_file_in_another_encoding_is_refused_with_its_line(pack: Path) -> None:
    (pack / "bodies.toml").write_bytes('# a\nname = "市财政局"\n'.encode("gb18030"))
    outcome = taizhang("pack", "check", str(pack))
    assert outcome.code == 2
    assert "不是 UTF-8 编码（第 2 行）" in outcome.err


def test_an_unknown_format_or_action_is_refused() -> None:
    assert taizhang("pack", "check", str(SPECIMEN), "--format", "xml").code == 2
    assert taizhang("pack", "chek", str(SPECIMEN)).code == 2


def test_the_check_speaks_english(pack: Path) -> None:
    spoil(pack / "bodies.toml", 'kind = "department"', 'kind = "departement"')
    text = taizhang("pack", "check", str(pack), "--lang", "en").text
    assert "is not one of the words allowed" in text
    assert "1 error" in text


def test_other_commands_get_the_pack_or_one_sentence_that_says_what_to_do(pack: Path) -> None:
    assert open_pack(str(pack)).id == "specimen"
    spoil(pack / "pack.toml", "format = 1", "format = 9")
    with pytest.raises(PackIsUnusableError, match="taizhang pack check"):
        open_pack(str(pack))


def test_the_specimen_issue_keeps_its_tabs_and_its_planted_errors() -> None:
    text = (SPECIMEN / "2025-03.txt").read_bytes().decode("utf-8")
    planted = json.loads((SPECIMEN / "planted.json").read_text("utf-8"))
    assert "新媒体抽查\t\n" in text
    assert len(planted) == 52
    assert [error["id"] for error in planted if text.count(error["quote"]) != 1] == []
