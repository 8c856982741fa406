"""A process killed at any lasting change of a notice, an approval or a publication leaves nothing half done; the ledger verifies."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.killing import run
from tests.cli.stores import Rows, Store

COMPARED = {
    "assessments_cycle": "state, published_at",
    "assessments_step": "code, \"by\", reference",
    "assessments_run": "state, digest, inputs_digest, reviewed_by, approved_by",
    "assessments_score": "low, high",
    "assessments_cell": "criterion, digest",
    "assessments_notice": "state, number, title, drafted_by, issued_by",
    "ledger_entry": "\"by\", operation, subject",
}  # fmt: skip


def rows(store: Store) -> dict[str, Rows]:
    """What is compared, without ids: PostgreSQL does not give again those of a transaction that was lost."""
    found = {table: store.ask(f"SELECT {columns} FROM {table}") for table, columns in COMPARED.items()}
    return {
        table: sorted(
            (tuple(re.sub(r":\d+$", "", cell) if isinstance(cell, str) else cell for cell in row) for row in some), key=repr
        )
        for table, some in found.items()
    }


def half_done(store: Store) -> list[str]:
    """What must never be seen, at whatever moment the process died."""
    found = rows(store)
    acts = [row[1] for row in found["ledger_entry"]]
    steps = {row[0] for row in found["assessments_step"]}
    state = str(found["assessments_cycle"][0][0])
    problems = []
    for code, states in (("approved", ("approved", "published")), ("published", ("published",))):
        told = [code in steps, f"assessments.step.{code}" in acts, state in states]
        if len(set(told)) > 1:
            problems.append(f"step {code}, its entry and the state {state} do not come together")
    if (found["assessments_run"][0][0] == "approved") != ("approved" in steps):
        problems.append("the run and the cycle do not come together")
    notices = [row[0] for row in found["assessments_notice"]]
    if bool(notices) != ("assessments.draft_notice" in acts) or (notices == ["issued"]) != ("assessments.issue_notice" in acts):
        problems.append("a notice and its entry do not come together")
    return problems


@pytest.fixture
def reviewed_year(upgraded: Store, tmp_path: Path, db: None) -> Iterator[Store]:
    made = upgraded.copy(tmp_path / "ready", "killed_year")
    done = run(made, tmp_path / "ready", "act", "prepared")
    assert done.returncode == 0, done.stderr
    yield made
    made.lose()


def test_killed_at_any_lasting_change_and_run_again_gives_the_same(reviewed_year: Store, tmp_path: Path) -> None:
    ready = reviewed_year
    for act in ("notice", "approval"):
        undisturbed = ready.copy(tmp_path / act, act)
        done = run(undisturbed, tmp_path / act, "act", act)
        assert done.returncode == 0, done.stderr
        changes = int(done.stdout.splitlines()[-1])
        assert changes == 2, "each operation is one lasting change"
        expected = rows(undisturbed)
        undisturbed.lose()
        for at in range(1, changes + 1):
            for moment in ("before", "after"):
                name = f"{act}_{moment}_{at}"
                state = tmp_path / name
                killed = ready.copy(state, name)
                assert run(killed, state, "act", act, at=at, moment=moment).returncode == -9
                assert half_done(killed) == [], f"{act} killed {moment} change {at}"
                again = run(killed, state, "act", act, "verified")
                assert again.returncode == 0, again.stderr
                assert rows(killed) == expected, f"{act} killed {moment} change {at}"
                killed.lose()
