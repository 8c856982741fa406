"""The drill of docs/operations.md: back up, lose everything, restore, and find pages and ledger as they were."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from taizhang.cli.demo_accounts import PASSWORD
from tests.cli.running import ROOT, Outcome
from tests.cli.stores import Store, store_of
from tests.proposals import SMALL


@pytest.fixture
def store(tmp_path: Path, db: None) -> Iterator[Store]:
    made = store_of(connection.settings_dict, tmp_path, "taizhang_drill")
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


def test_what_was_backed_up_comes_back_whole(store: Store, tmp_path: Path) -> None:
    issue, backup = tmp_path / "2025-01.txt", tmp_path / "backup"
    issue.write_text(SMALL, "utf-8")
    assert taizhang(store, tmp_path, "upgrade").code == 0
    for username, role in (("bianji", "editor"), ("shenhe", "reviewer")):
        assert taizhang(store, tmp_path, "user", "add", username, "--role", role, stdin=PASSWORD).code == 0
    ingested = taizhang(store, tmp_path, "ingest", str(issue), "--by", "bianji", "--adopt-by", "shenhe")
    assert ingested.code == 0, ingested.err
    taizhang(store, tmp_path, "ledger", "seal")
    head = taizhang(store, tmp_path, "ledger", "head").text.strip()
    found = taizhang(store, tmp_path, "search", "学位").text
    assert "岭政〔2025〕2号" in found

    store.back_up(backup)
    store.lose()
    shutil.rmtree(tmp_path / "search")
    store.restore(backup)

    assert taizhang(store, tmp_path, "upgrade").code == 0
    verified = taizhang(store, tmp_path, "ledger", "verify", "--anchor", head)
    assert verified.code == 0, verified.text
    assert taizhang(store, tmp_path, "search", "学位").text == found
    again = taizhang(store, tmp_path, "ingest", str(issue), "--by", "bianji", "--adopt-by", "shenhe")
    assert again.code == 0, again.err
    assert taizhang(store, tmp_path, "ledger", "head").text.strip() == head
