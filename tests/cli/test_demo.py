"""The demo from nothing: tables, accounts, the specimen read and adopted by two people, a page that answers. Again, it is quick."""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, TEXT, Outcome


def demo(state: Path, *words: str, **more: str) -> Outcome:
    environment = {"PATH": os.environ["PATH"], "TAIZHANG_STATE": str(state), "LANG": "zh_CN.UTF-8", **more}
    command = [sys.executable, "-m", "taizhang.cli.main", "demo", "--once", *words]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT, check=False, timeout=900)
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def asked(state: Path, question: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(state / "taizhang.sqlite3")
    try:
        return database.execute(question).fetchall()
    finally:
        database.close()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    state = tmp_path_factory.mktemp("demo") / "state"
    return state, demo(state)


def test_the_demo_stands_after_one_command(shown: tuple[Path, Outcome]) -> None:
    _, outcome = shown
    assert outcome.code == 0, outcome.err
    for words in ("[1/4]", "[2/4]", "[3/4]", "[4/4]", "2025-03.txt：2025-3", "已采纳", "首页正常"):
        assert words in outcome.err


def test_two_people_played_it_through_the_ledger(shown: tuple[Path, Outcome]) -> None:
    state, _ = shown
    acts = asked(state, "SELECT operation, \"by\" FROM ledger_entry WHERE operation LIKE 'gazettes.%' ORDER BY id")
    assert acts == [("gazettes.propose", "bianji"), ("gazettes.adopt", "shenhe")]
    unsealed = "SELECT count(*) FROM ledger_entry e LEFT JOIN ledger_seal s ON s.entry_id = e.id WHERE s.id IS NULL"
    assert asked(state, unsealed) == [(0,)]


def test_the_year_stands_at_the_end_of_its_third_quarter_and_says_that_it_is_simulated(shown: tuple[Path, Outcome]) -> None:
    state, _ = shown
    cycles = asked(state, "SELECT slug, state, is_simulated FROM assessments_cycle ORDER BY slug")
    assert cycles == [(name, "open", 1) for name in ("openness-2025", "openness-2025-hebin", "plan-2027", "targets-2025")]
    states = asked(state, "SELECT DISTINCT state FROM assessments_report ORDER BY state")
    assert {name for (name,) in states} >= {"returned", "signed", "superseded", "verified"}
    assert asked(state, "SELECT count(*) FROM assessments_report WHERE period_end > '2025-09-29'") == [(0,)]
    assert asked(state, "SELECT count(*) FROM assessments_report WHERE remark NOT LIKE '模拟数据%'") == [(0,)]
    late = "SELECT max(date(at)) FROM ledger_entry WHERE operation LIKE 'assessments.%'"
    assert asked(state, late) == [("2025-09-30",)]
    renamed = asked(state, "SELECT name, former_name FROM assessments_subject WHERE former_name <> ''")
    assert renamed == [("市数据局", "市大数据管理局")]


def test_nobody_can_log_in_as_who_stands_in_for_simulated_bodies(shown: tuple[Path, Outcome]) -> None:
    state, outcome = shown
    assert "moni-tianbao" not in outcome.err
    reported = asked(state, "SELECT DISTINCT reported_by FROM assessments_report ORDER BY 1")
    assert reported == [("moni-tianbao",), ("tianbao",)]


def test_a_second_run_changes_nothing(shown: tuple[Path, Outcome]) -> None:
    state, _ = shown
    count = "SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM gazettes_clause)"
    before = asked(state, count)
    assert demo(state).code == 0
    assert asked(state, count) == before


def test_an_issue_of_ones_own_goes_to_a_folder_of_its_own_and_is_not_called_simulated(
    shown: tuple[Path, Outcome], tmp_path: Path
) -> None:
    state, _ = shown
    issue = tmp_path / "own.txt"
    issue.write_text(TEXT, "utf-8")
    outcome = demo(state, "--source", str(issue), "--pack", "sanmenxia")
    assert outcome.code == 0, outcome.err
    assert "不在已采纳的公报里" in outcome.err  # the schemes of the pack rest on another issue
    assert "own.txt：2031-4" in outcome.err
    assert asked(state, "SELECT slug FROM gazettes_edition") == [("2025-3",)]
    assert asked(state / "demo/sanmenxia", "SELECT slug, pack FROM gazettes_edition") == [("2031-4", "packs/sanmenxia")]


def test_a_port_that_is_taken_is_told_with_a_free_one(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = demo(tmp_path / "state", "--port", str(port))
    assert outcome.code == 2
    assert f"127.0.0.1:{port} 不能用" in outcome.err
    assert "--port" in outcome.err


def test_a_pack_that_is_not_there_is_named(tmp_path: Path) -> None:
    outcome = demo(tmp_path / "state", "--pack", "nowhere")
    assert outcome.code == 2
    assert "nowhere" in outcome.err
