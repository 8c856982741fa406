"""A whole site in processes of its own, as `taizhang demo` starts it: migrated, the specimen ingested and adopted, served."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from taizhang.cli.serve import until_it_answers

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
STARTS_WITHIN = 240.0  # seconds; a busy machine with two cores reads, adopts and collects files meanwhile
STOPS_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site answers, and what its processes said."""

    address: str
    log: Path


@contextmanager
def running_site(state: Path, test_database: str = "") -> Iterator[Site]:
    """The demo, on SQLite in `state`, or in a database of its own on the PostgreSQL that `test_database` names."""
    with own_database(test_database, "journeys") as database:
        state.mkdir(parents=True, exist_ok=True)
        with serving(["demo", "--port"], state / "site.log", surroundings_of(state, database)) as site:
            yield site


@contextmanager
def serving(command: list[str], log: Path, around: dict[str, str]) -> Iterator[Site]:
    """`taizhang` with a command that serves and ends with `--port`, until the block is left."""
    port = _free_port()
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "taizhang.cli.main", *command, str(port)],
            cwd=ROOT, env=around, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
        try:
            if not until_it_answers(HOST, port, STARTS_WITHIN, lambda: process.poll() is None):
                raise RuntimeError(f"the demo did not start:\n{log.read_text('utf-8')[-4000:]}")
            yield Site(f"http://{HOST}:{port}", log)
        finally:
            _stop(process)


def surroundings_of(state: Path, database: str) -> dict[str, str]:
    """The environment of a site of its own: nothing of the caller's settings gets in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "taizhang.project.settings.demo",
        "TAIZHANG_STATE": str(state),
        "TAIZHANG_DATABASE_URL": database,
        "PYTHONUTF8": "1",
    }


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def own_database(test_database: str, suffix: str) -> Iterator[str]:
    """The address of an empty database beside the one tests use; empty where the site is to use SQLite."""
    if not test_database:
        yield ""
        return
    parts = urlsplit(test_database)
    name = f"{parts.path.lstrip('/')}_{suffix}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            server.execute(drop)
