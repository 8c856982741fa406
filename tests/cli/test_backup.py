"""The drill of docs/operations.md: back up, lose everything, restore, and find pages and ledger as they were."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.db import connection

from taizhang.cli.demo_accounts import PASSWORD
from tests.cli.running import ROOT, Outcome
from tests.proposals import SMALL

NAME = "taizhang_drill"


class Store(Protocol):
    """A database that can be backed up, lost and restored."""

    url: str

    def back_up(self, file: Path) -> None: ...
    def lose(self) -> None: ...
    def restore(self, file: Path) -> None: ...


class Sqlite:
    def __init__(self, state: Path) -> None:
        self.url = ""
        self._file = state / "taizhang.sqlite3"

    def back_up(self, file: Path) -> None:
        source, copy = sqlite3.connect(self._file), sqlite3.connect(file)
        source.backup(copy)
        source.close()
        copy.close()

    def lose(self) -> None:
        for name in self._file.parent.glob("taizhang.sqlite3*"):
            name.unlink()

    def restore(self, file: Path) -> None:
        shutil.copy(file, self._file)


class Postgres:
    def __init__(self, server: dict[str, Any]) -> None:
        facts = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"], "password": server["PASSWORD"]}
        self._facts = {name: str(value) for name, value in facts.items() if value}
        login = quote(server["USER"]) + (f":{quote(server['PASSWORD'])}" if server["PASSWORD"] else "")
        socket = server["HOST"].startswith("/")
        place = "" if socket else f"{server['HOST']}:{server['PORT'] or 5432}"
        self.url = f"postgresql://{login}@{place}/{NAME}" + (
            f"?{urlencode({'host': server['HOST']}, safe='/')}" if socket else ""
        )
        self._create()

    def _administer(self, *statements: str) -> None:
        with psycopg.connect(dbname="postgres", autocommit=True, **self._facts) as administrator:
            for statement in statements:
                administrator.execute(statement)

    def _create(self) -> None:
        self._administer(f"DROP DATABASE IF EXISTS {NAME}", f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")

    def _program(self, name: str, *words: str) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        program = str(found[-1]) if found else name
        environment = {"PATH": os.environ["PATH"], **{f"PG{k.upper()}": v for k, v in self._facts.items()}}
        subprocess.run([program, *words], env=environment, check=True)

    def back_up(self, file: Path) -> None:
        self._program("pg_dump", "--format=custom", f"--file={file}", NAME)

    def lose(self) -> None:
        self._administer(f"DROP DATABASE {NAME} WITH (FORCE)")

    def restore(self, file: Path) -> None:
        self._create()
        self._program("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={NAME}", str(file))


@pytest.fixture
def store(tmp_path: Path, db: None) -> Any:
    if connection.vendor != "postgresql":
        yield Sqlite(tmp_path)
        return
    made = Postgres(connection.settings_dict)
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
