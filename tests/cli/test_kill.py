"""A process killed at any lasting change of an ingest and an adoption leaves nothing half done; run again, the result is the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.cli.demo_accounts import PASSWORD
from tests.cli.killing import run
from tests.cli.stores import Rows, Store
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


def rows(store: Store) -> dict[str, Rows]:
    return {table: sorted(store.ask(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in COMPARED.items()}


def half_done(store: Store) -> list[str]:
    """What must never be seen, at whatever moment the process died."""
    found = rows(store)
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


@pytest.fixture
def ready(upgraded: Store, tmp_path: Path, db: None) -> Iterator[Store]:
    """A database with its tables and two people."""
    made = upgraded.copy(tmp_path / "ready", "killed")
    for username, role in (("bianji", "editor"), ("shenhe", "reviewer")):
        assert run(made, tmp_path / "ready", "user", "add", username, "--role", role, stdin=PASSWORD).returncode == 0
    yield made
    made.lose()


def test_killed_at_any_lasting_change_and_run_again_gives_the_same(ready: Store, tmp_path: Path) -> None:
    issue = tmp_path / "2025-01.txt"
    issue.write_text(SMALL, "utf-8")
    words = ["ingest", str(issue), "--by", "bianji", "--adopt-by", "shenhe"]
    undisturbed = ready.copy(tmp_path / "undisturbed", "undisturbed")
    done = run(undisturbed, tmp_path / "undisturbed", *words)
    assert done.returncode == 0, done.stderr
    changes = int(done.stdout.splitlines()[-1])
    assert changes >= 3, "handing in, reading and adopting are changes of their own"
    expected = rows(undisturbed)
    undisturbed.lose()
    for at in range(1, changes + 1):
        for moment in ("before", "after"):
            state = tmp_path / f"{moment}_{at}"
            killed = ready.copy(state, f"{moment}_{at}")
            assert run(killed, state, *words, at=at, moment=moment).returncode == -9
            assert half_done(killed) == [], f"killed {moment} change {at}"
            again = run(killed, state, *words)
            assert again.returncode == 0, again.stderr
            assert rows(killed) == expected, f"killed {moment} change {at}"
            killed.lose()
