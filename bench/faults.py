"""Kills an ingest and adoption of the specimen at each of its lasting changes, just before and just after, and runs it again.

    python bench/faults.py [ISSUE]

After each kill nothing may be half done, and running the same command again must leave the same rows as an undisturbed run. The
small gazette of the tests goes through this at every `./dev test`; the specimen takes minutes. On SQLite, in a folder that is
removed, or on the PostgreSQL of TAIZHANG_TEST_DATABASE_URL. Exit code 1 if any kill left a difference.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.project.settings.test")

import django  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()

from taizhang.cli.demo_accounts import PASSWORD  # noqa: E402
from tests.cli.killing import run  # noqa: E402
from tests.cli.stores import store_of  # noqa: E402
from tests.cli.test_kill import half_done, rows  # noqa: E402


def main(issue: Path) -> int:
    """Kill at every change; how many went wrong, as an exit code."""
    with tempfile.TemporaryDirectory(prefix="taizhang-faults-") as folder:
        state = Path(folder)
        ready = store_of(settings.DATABASES["default"], state, "taizhang_faults")
        try:
            return _all(ready, state, issue)
        finally:
            ready.lose()


def _all(ready, state: Path, issue: Path) -> int:  # type: ignore[no-untyped-def]
    assert run(ready, state, "upgrade").returncode == 0
    for username, role in (("bianji", "editor"), ("shenhe", "reviewer")):
        assert run(ready, state, "user", "add", username, "--role", role, stdin=PASSWORD).returncode == 0
    words = ["ingest", str(issue), "--by", "bianji", "--adopt-by", "shenhe"]
    begun = time.perf_counter()
    undisturbed = ready.copy(state / "undisturbed", "undisturbed")
    done = run(undisturbed, state / "undisturbed", *words)
    if done.returncode:
        sys.stderr.write(done.stderr)
        return 1
    changes, expected = int(done.stdout.splitlines()[-1]), rows(undisturbed)
    undisturbed.lose()
    sys.stdout.write(f"{issue.name}: {changes} lasting changes, {sum(map(len, expected.values()))} rows compared\n")
    wrong = sum(_one(ready, state, words, at, moment, expected) for at in range(1, changes + 1) for moment in ("before", "after"))
    seconds = time.perf_counter() - begun
    sys.stdout.write(f"{2 * changes} kills, {wrong} of them left a difference; {seconds:.0f} s\n")
    return 1 if wrong else 0


def _one(ready, state: Path, words: list[str], at: int, moment: str, expected: dict) -> bool:  # type: ignore[no-untyped-def,type-arg]
    folder = state / f"{moment}_{at}"
    killed = ready.copy(folder, f"{moment}_{at}")
    died = run(killed, folder, *words, at=at, moment=moment).returncode == -9
    problems = half_done(killed)
    again = run(killed, folder, *words)
    is_right = died and not problems and again.returncode == 0 and rows(killed) == expected
    killed.lose()
    if not is_right:
        sys.stdout.write(f"  {moment} change {at}: died {died}, half done {problems}, again {again.returncode}\n")
    return not is_right


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "packs/specimen/2025-03.txt"))
