"""A process killed at any lasting change of an ingest and an adoption leaves nothing half done; run again, the result is the same."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.cli.demo_accounts import PASSWORD
from tests.cli.running import ROOT
from tests.proposals import SMALL

# What one run leaves, however often it was killed: everything but instants, ids and what only tells of the way there.
COMPARED = {
    "gazettes_source": "sha256, name, size",
    "gazettes_edition": "state, slug, title, proposed_by, decided_by, diagnostics, agreeing",
    "gazettes_document": "ident, slug, title, number, start, \"end\"",
    "gazettes_clause": "eid, kind, num, text, start, \"end\"",
    "gazettes_finding": "rule, severity, eid, message, quote, disposition",
    "targets_item": "number, text, points, kind",
    "targets_measure": "metric, value_printed, unit, kind, role, quote",
    "targets_duty": "share, name",
    "organisations_name": "text",
    "ledger_entry": "\"by\", operation",
}  # fmt: skip


def environment(state: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "taizhang.project.settings.demo",
        "TAIZHANG_STATE": str(state),
        "TAIZHANG_PACK": str(ROOT / "packs/specimen"),
    }


def run(state: Path, *words: str, at: int = 0, moment: str = "after", stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.faults", str(at), moment, *words]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment(state), cwd=state.parent, check=False, timeout=120
    )


def rows(state: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(state / "taizhang.sqlite3") as database:
        found = {
            table: sorted(database.execute(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in COMPARED.items()
        }
    database.close()
    return found


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A state folder with its tables and two people, and the command that ingests and adopts."""
    folder = tmp_path_factory.mktemp("kill")
    (folder / "2025-01.txt").write_text(SMALL, "utf-8")
    state = folder / "state"
    assert run(state, "upgrade").returncode == 0
    for username, role in (("bianji", "editor"), ("shenhe", "reviewer")):
        assert run(state, "user", "add", username, "--role", role, stdin=PASSWORD).returncode == 0
    return state, ["ingest", "2025-01.txt", "--by", "bianji", "--adopt-by", "shenhe"]


def copied(state: Path, name: str) -> Path:
    folder = state.parent / name
    shutil.copytree(state, folder / "state", ignore=shutil.ignore_patterns("static"))
    shutil.copy(state.parent / "2025-01.txt", folder)
    return folder / "state"


def half_done(state: Path) -> list[str]:
    """What must never be seen, at whatever moment the process died."""
    found = rows(state)
    states = [row[0] for row in found["gazettes_edition"]]
    problems = []
    if states and states[0] == "reading" and (found["gazettes_clause"] or found["gazettes_finding"] or found["targets_item"]):
        problems.append("rows of an edition that still waits to be read")
    if states and states[0] in ("proposed", "adopted") and not (found["gazettes_clause"] and found["targets_item"]):
        problems.append(f"an edition that is {states[0]} and lacks rows")
    acts = [row[1] for row in found["ledger_entry"]]
    if ("gazettes.propose" in acts) != bool(states):
        problems.append("an edition and its ledger entry do not come together")
    if ("gazettes.adopt" in acts) != (states == ["adopted"]):
        problems.append("an adoption and its ledger entry do not come together")
    return problems


def test_killed_at_any_lasting_change_and_run_again_gives_the_same(ready: tuple[Path, list[str]]) -> None:
    state, words = ready
    undisturbed = copied(state, "undisturbed")
    done = run(undisturbed, *words)
    assert done.returncode == 0, done.stderr
    changes = int(done.stdout.splitlines()[-1])
    assert changes >= 3, "handing in, reading and adopting are changes of their own"
    expected = rows(undisturbed)
    for at in range(1, changes + 1):
        for moment in ("before", "after"):
            killed = copied(state, f"{moment}-{at}")
            assert run(killed, *words, at=at, moment=moment).returncode == -9
            assert half_done(killed) == [], f"killed {moment} change {at}"
            again = run(killed, *words)
            assert again.returncode == 0, again.stderr
            assert rows(killed) == expected, f"killed {moment} change {at}"
