"""Databases of their own for commands that run as processes: on the kind of database the tests run on."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import psycopg

Rows = list[tuple[object, ...]]


class Store(Protocol):
    """A database that commands can be pointed at, that can be copied, asked, backed up, lost and restored."""

    url: str

    def copy(self, state: Path, name: str) -> "Store": ...
    def ask(self, question: str) -> Rows: ...
    def back_up(self, file: Path) -> None: ...
    def lose(self) -> None: ...
    def restore(self, file: Path) -> None: ...


def store_of(server: dict[str, Any], state: Path, name: str) -> Store:
    """A new, empty one beside the database with these settings. SQLite keeps it in the folder `state`."""
    return Postgres(server, name) if server["ENGINE"].endswith("postgresql") else Sqlite(state)


class Sqlite:
    def __init__(self, state: Path) -> None:
        self.url = ""
        self._file = state / "taizhang.sqlite3"

    def copy(self, state: Path, name: str) -> Store:
        state.mkdir(parents=True)
        self.back_up(state / "taizhang.sqlite3")
        return Sqlite(state)

    def ask(self, question: str) -> Rows:
        database = sqlite3.connect(self._file)
        try:
            return database.execute(question).fetchall()
        finally:
            database.close()

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
    def __init__(self, server: dict[str, Any], name: str, template: str = "template0") -> None:
        self._server, self._name = server, name
        facts = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"], "password": server["PASSWORD"]}
        self._facts = {fact: str(value) for fact, value in facts.items() if value}
        login = quote(server["USER"]) + (f":{quote(server['PASSWORD'])}" if server["PASSWORD"] else "")
        is_socket = server["HOST"].startswith("/")
        place = "" if is_socket else f"{server['HOST']}:{server['PORT'] or 5432}"
        self.url = f"postgresql://{login}@{place}/{name}" + (
            f"?{urlencode({'host': server['HOST']}, safe='/')}" if is_socket else ""
        )
        self._create(template)

    def _administer(self, *statements: str) -> None:
        with psycopg.connect(dbname="postgres", autocommit=True, **self._facts) as administrator:
            for statement in statements:
                administrator.execute(statement)

    def _create(self, template: str = "template0") -> None:
        made = f"CREATE DATABASE {self._name} TEMPLATE {template} ENCODING 'UTF8'"
        self._administer(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)", made)

    def _program(self, name: str, *words: str) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        program = str(found[-1]) if found else name
        environment = {"PATH": os.environ["PATH"], **{f"PG{fact.upper()}": value for fact, value in self._facts.items()}}
        subprocess.run([program, *words], env=environment, check=True)

    def copy(self, state: Path, name: str) -> Store:
        state.mkdir(parents=True)
        return Postgres(self._server, f"{self._name}_{name}", template=self._name)

    def ask(self, question: str) -> Rows:
        with psycopg.connect(dbname=self._name, **self._facts) as database:
            return database.execute(question).fetchall()

    def back_up(self, file: Path) -> None:
        self._program("pg_dump", "--format=custom", f"--file={file}", self._name)

    def lose(self) -> None:
        self._administer(f"DROP DATABASE {self._name} WITH (FORCE)")

    def restore(self, file: Path) -> None:
        self._create()
        self._program("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={self._name}", str(file))
