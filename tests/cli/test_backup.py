"""The drill of docs/operations.md: back up, lose everything, restore, and find pages and ledger as they were."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.cli.demo_accounts import PASSWORD
from tests.cli.running import ROOT, Outcome
from tests.cli.stores import Store
from tests.proposals import SMALL


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def store(upgraded: Store, state: Path, db: None) -> Iterator[Store]:
    made = upgraded.copy(state, "drill")
    yield made
    made.lose()


def taizhang(store: Store, state: Path, *words: str, stdin: str = "") -> Outcome:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "taizhang.project.settings.demo",
        "TAIZHANG_STATE": str(state),
        "TAIZHANG_DATABASE_URL": store.url,
    }
    command = [sys.executable, "-m", "taizhang.cli.main", *words]
    done = subprocess.run(command, input=stdin.encode(), capture_output=True, env=environment, cwd=ROOT, check=False, timeout=120)
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def test_what_was_backed_up_comes_back_whole(store: Store, state: Path, tmp_path: Path) -> None:
    issue, backup = tmp_path / "2025-01.txt", tmp_path / "backup"
    issue.write_text(SMALL, "utf-8")
    for username, role in (("bianji", "editor"), ("shenhe", "reviewer")):
        assert taizhang(store, state, "user", "add", username, "--role", role, stdin=PASSWORD).code == 0
    ingested = taizhang(store, state, "ingest", str(issue), "--by", "bianji", "--adopt-by", "shenhe")
    assert ingested.code == 0, ingested.err
    taizhang(store, state, "ledger", "seal")
    head = taizhang(store, state, "ledger", "head").text.strip()
    found = taizhang(store, state, "search", "学位").text
    assert "岭政〔2025〕2号" in found

    store.back_up(backup)
    store.lose()
    shutil.rmtree(state / "search")
    store.restore(backup)

    assert taizhang(store, state, "upgrade").code == 0
    verified = taizhang(store, state, "ledger", "verify", "--anchor", head)
    assert verified.code == 0, verified.text
    assert taizhang(store, state, "search", "学位").text == found
    again = taizhang(store, state, "ingest", str(issue), "--by", "bianji", "--adopt-by", "shenhe")
    assert again.code == 0, again.err
    assert taizhang(store, state, "ledger", "head").text.strip() == head
