"""A process killed at any lasting change of a workbook's import leaves all of it or nothing; brought again, the result is the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.killing import run
from tests.cli.stores import Rows, Store

REPORTS = "SELECT answer, value, stage, state, version, reported_by FROM assessments_report"
ENTRIES = (
    "SELECT operation, subject FROM ledger_entry WHERE operation IN ('assessments.save_reports', 'assessments.import_workbook')"
)


def reports(store: Store) -> Rows:
    return sorted(store.ask(REPORTS), key=repr)


def half_done(store: Store) -> list[str]:
    """What must never be seen, at whatever moment the process died."""
    acts = [row[0] for row in store.ask(ENTRIES)]
    taken = store.ask("SELECT imported_digest FROM assessments_workbook WHERE imported_digest <> ''")
    told = {len(reports(store)) == 2, bool(taken), "assessments.import_workbook" in acts, "assessments.save_reports" in acts}
    return ["figures, the mark on the workbook and the ledger do not come together"] if len(told) > 1 else []


@pytest.fixture
def handed_out(upgraded: Store, tmp_path: Path, db: None) -> Iterator[Store]:
    made = upgraded.copy(tmp_path / "ready", "killed_import")
    done = run(made, tmp_path / "ready", "act", "handed_out")
    assert done.returncode == 0, done.stderr
    yield made
    made.lose()


def test_killed_at_any_lasting_change_and_brought_again_gives_the_same(handed_out: Store, tmp_path: Path) -> None:
    undisturbed = handed_out.copy(tmp_path / "undisturbed", "undisturbed_import")
    done = run(undisturbed, tmp_path / "undisturbed", "act", "imported")
    assert done.returncode == 0, done.stderr
    changes = int(done.stdout.splitlines()[-1])
    expected = reports(undisturbed)
    assert len(expected) == 2
    assert half_done(undisturbed) == []
    undisturbed.lose()
    for at in range(1, changes + 1):
        for moment in ("before", "after"):
            name = f"import_{moment}_{at}"
            killed = handed_out.copy(tmp_path / name, name)
            assert run(killed, tmp_path / name, "act", "imported", at=at, moment=moment).returncode == -9
            assert half_done(killed) == [], f"killed {moment} change {at}"
            again = run(killed, tmp_path / name, "act", "imported", "verified")
            assert again.returncode == 0, again.stderr
            assert reports(killed) == expected, f"killed {moment} change {at}"
            killed.lose()
