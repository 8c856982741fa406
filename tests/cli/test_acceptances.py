"""Accepted findings stay in the report with their reason and do not count; a file that cannot be used says what is wrong with it."""

import json
from pathlib import Path

import pytest

from tests.cli.running import TEXT, taizhang

WRONG = TEXT.replace("报送方案", "辦理报送")
ENTRY = """[[accept]]
rule = "{rule}"
quote = "要在4月底前辦理报送"
reason = "沿用上级原文"
who = "编辑部"
date = 2031-03-09
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(WRONG, "utf-8")
    return tmp_path


def findings(folder: Path, *words: str) -> dict[str, list[dict[str, object]]]:
    told = taizhang("proof", "a.txt", "-f", "json", *words, cwd=folder)
    read: dict[str, list[dict[str, object]]] = json.loads(told.out)
    return read


def rule_of(folder: Path) -> str:
    errors = [f for f in findings(folder)["findings"] if f["severity"] == "error" and "辦" in str(f["quote"])]
    assert len(errors) == 1
    return str(errors[0]["rule"])


def test_an_error_sets_the_exit_code_and_its_acceptance_clears_it(folder: Path) -> None:
    assert taizhang("proof", "a.txt", cwd=folder).code == 1
    (folder / "a.txt.accept.toml").write_text(ENTRY.format(rule=rule_of(folder)), "utf-8")
    told = taizhang("proof", "a.txt", cwd=folder)
    assert told.code == 0
    assert "编辑部 2031-03-09，理由：沿用上级原文" in told.text


def test_an_accepted_finding_stands_apart_in_json(folder: Path) -> None:
    rule = rule_of(folder)
    (folder / "mine.toml").write_text(ENTRY.format(rule=rule), "utf-8")
    told = findings(folder, "--acceptances", "mine.toml")
    assert rule not in [f["rule"] for f in told["findings"]]
    assert [f["rule"] for f in told["accepted"]] == [rule]


def test_a_stale_acceptance_is_reported_and_clears_nothing(folder: Path) -> None:
    (folder / "a.txt.accept.toml").write_text(ENTRY.format(rule="words.gone"), "utf-8")
    told = taizhang("proof", "a.txt", cwd=folder)
    assert told.code == 1
    assert "已失效的接受" in told.text
    assert "words.gone" in told.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[accept]\nrule = 1", "不是合格的 TOML"),
        ('rule = "a.b"', "[[accept]]"),
        ('accept = "a.b"', "[[accept]]"),
        ('[[accept]]\nrule = "a.b"\nquote = "甲"\nwho = "编辑部"\ndate = 2031-03-09', "第 1 条：缺 reason"),
        (ENTRY + "\n" + ENTRY.replace('who = "编辑部"', 'who = " "'), "第 2 条：缺 who"),
        (ENTRY.replace("date = 2031-03-09", ""), "缺 date"),
        (ENTRY.replace("date = 2031-03-09", 'date = "昨天"'), "缺 date"),
        (ENTRY + "eid = 3", "eid"),
        (ENTRY + 'why = "x"', "不认识 why"),
        (b"\xff\xfe", "不是合格的 TOML"),
    ],
)
def test_an_acceptance_file_that_cannot_be_used_is_refused_with_the_entry_and_the_key(
    folder: Path, content: str | bytes, says: str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "a.txt.accept.toml").write_bytes(data)
    told = taizhang("proof", "a.txt", cwd=folder)
    assert told.code == 2
    assert says in told.err
    assert "Traceback" not in told.err


def test_an_acceptance_file_named_and_missing_is_refused(folder: Path) -> None:
    told = taizhang("proof", "a.txt", "--acceptances", "nowhere.toml", cwd=folder)
    assert told.code == 2
    assert "nowhere.toml" in told.err


def test_a_day_in_quotation_marks_is_a_day(folder: Path) -> None:
    rule = rule_of(folder)
    (folder / "a.txt.accept.toml").write_text(ENTRY.format(rule=rule).replace("2031-03-09", '"2031-03-09"'), "utf-8")
    assert taizhang("proof", "a.txt", cwd=folder).code == 0
