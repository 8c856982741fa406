"""What pages cost at 20 concurrent readers, as ratios to two reference views in the same server.

    bench/portal_load.py [--requests N] [--issues N]

A server of its own (granian, one process, SQLite) with the specimen adopted. Interleaved rounds; every answer has to be 200 with
its whole body. Three ways of one page: *kept* whole in memory, against a view that does nothing; *fresh*, where each request asks
another address, so that the page is put together with the parts of it that did not change, against a plain Jinja2 page of 100
rows of the database; *anew*, where no part is at hand either, as the first reader after a change of that issue finds it, against
the same. Then the same with more issues in the database.
Goals: p95 of kept and fresh ≤ 2 × their reference; 100 issues change neither by more than a fifth. For anew there is no goal.
"""

import argparse
import os
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import quote

from taizhang.cli.serve import until_it_answers

ROOT = Path(__file__).resolve().parents[1]
READERS = 20
EMPTY, PLAIN = "/reference/empty/", "/reference/plain/"
SHEETS = quote("/d/崤政〔2025〕6号!carried-2/")
PAGES: list[tuple[str, str]] = [
    ("home", "/"),
    ("issue", "/gazette/2025-3/"),
    ("document", SHEETS),
    ("clause", f"{SHEETS}sec_2__hd_51d4e0__hd_e708c1__subsec_1__item_5/"),
    ("proof", "/gazette/2025-3/proof/"),
    ("board", "/targets/"),
    ("areas", "/targets/?view=areas"),
    ("units", "/targets/?view=units"),
    ("sheet", quote("/targets/2025-3/市残联/")),
    ("search", quote("/search/?q=补贴", safe="/?=")),
    ("results", "/assessment/load-2025/"),
    ("scores", "/assessment/load-2025/units/load-1/"),
    ("numbers", "/assessment/load-2025/board/"),
]
OF_A_YEAR = {"results", "scores", "numbers"}  # 120 units, 12 months: bench/assessment_load.py
NEVER_KEPT = {"search"}
WAYS = {"kept": "", "fresh": "_", "anew": "anew"}
_other = count(1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=200, help="requests to each address in each round")
    parser.add_argument("--pages", nargs="*", choices=[name for name, _ in PAGES], help="only these")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--issues", type=int, default=100, help="issues in the database at the second measurement")
    asked = parser.parse_args()
    pages = [(name, address) for name, address in PAGES if not asked.pages or name in asked.pages]
    with tempfile.TemporaryDirectory() as state:
        surroundings = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG_")},
            "DJANGO_SETTINGS_MODULE": "taizhang.project.settings.demo", "TAIZHANG_STATE": state, "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        python(surroundings, "-m", "taizhang.cli.main", "demo", "--once", "--port", str(free_port()))
        if OF_A_YEAR & {name for name, _ in pages}:
            python(surroundings, "-m", "bench.assessment_load")
        surroundings["DJANGO_SETTINGS_MODULE"] = "bench.reference_site.settings"
        one = measured(surroundings, pages, asked.rounds, asked.requests)
        python(surroundings, "-m", "bench.reference_site.more_issues", str(asked.issues))
        many = measured(surroundings, pages, asked.rounds, asked.requests)
    return told(one, many, asked.issues)


def python(surroundings: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=surroundings, check=True)


def told(one: dict[str, float], many: dict[str, float], issues: int) -> int:
    """Print the table; 1 where a goal is missed."""
    missed = 0
    print(f"p95 at {READERS} readers, median of rounds: empty view {one[EMPTY]:.1f} ms, plain page {one[PLAIN]:.1f} ms")
    print(f"{'':<18}{'p95 ms':>8}{'ratio':>8}{f'  with {issues} issues: p95 ms':>28}{'change':>9}")
    for name, taken in one.items():
        if name in (EMPTY, PLAIN):
            continue
        against = EMPTY if name.endswith("kept") else PLAIN
        ratio, change = taken / one[against], (many[name] / many[against]) / (taken / one[against])
        wrong = 0 if name.endswith("anew") else (ratio > 2) + (change > 1.2)
        missed += wrong
        print(f"{name:<18}{taken:>8.1f}{ratio:>8.2f}{many[name]:>28.1f}{change:>9.2f}{'  missed' if wrong else ''}")
    print(f"{missed} goals missed (ratio ≤ 2; change ≤ 1.2 after dividing by the reference, so that the machine does not count)")
    return 1 if missed else 0


def measured(surroundings: dict[str, str], pages: list[tuple[str, str]], rounds: int, requests: int) -> dict[str, float]:
    """p95 in milliseconds of each address, the median over rounds that take turns."""
    port = free_port()
    taken: dict[str, list[float]] = {}
    with server(surroundings, port):
        one_round(port, pages, 20)
        for _ in range(rounds):
            for name, p95 in one_round(port, pages, requests).items():
                taken.setdefault(name, []).append(p95)
    return {name: statistics.median(each) for name, each in taken.items()}


def one_round(port: int, pages: list[tuple[str, str]], requests: int) -> dict[str, float]:
    out = {EMPTY: p95(port, lambda: EMPTY, requests), PLAIN: p95(port, lambda: PLAIN, requests)}
    for name, address in pages:
        for way, parameter in WAYS.items():
            if way != "kept" or name not in NEVER_KEPT:
                asked = requests // 5 if way == "anew" else requests
                if way == "kept":
                    p95(port, lambda address=address: address, READERS)  # it is kept and packed before it is measured
                out[f"{name} {way}"] = p95(port, partial(other_address, address, parameter), asked)
    return out


def other_address(address: str, parameter: str) -> str:
    """An address of the same page that nobody asked before; the page's own without a parameter."""
    return f"{address}{'&' if '?' in address else '?'}{parameter}={next(_other)}" if parameter else address


def p95(port: int, address: Callable[[], str], requests: int) -> float:
    """20 readers, each asking again as soon as the answer is there; every answer has to be 200 with its whole body."""
    readers = [Reader(port, address, max(1, requests // READERS)) for _ in range(READERS)]
    with selectors.DefaultSelector() as waiting:
        for reader in readers:
            waiting.register(reader.wire, selectors.EVENT_READ, reader)
            reader.ask()
        while waiting.get_map():
            for key, _ in waiting.select():
                if not key.data.takes():
                    waiting.unregister(key.fileobj)
                    key.data.wire.close()
    times = sorted(taken for reader in readers for taken in reader.times)
    return times[int(len(times) * 0.95)]


class Reader:
    """One connection kept open, which says that it unpacks gzip, as browsers do. It costs little itself."""

    def __init__(self, port: int, address: Callable[[], str], requests: int) -> None:
        self.wire = socket.create_connection(("127.0.0.1", port))
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._space = memoryview(bytearray(4 << 20))
        self._come, self._whole, self._left = 0, 0, requests
        self._form = f"GET %s HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n"
        self._address = address
        self.times: list[float] = []

    def ask(self) -> None:
        """Send the next request; its time begins."""
        self._come = self._whole = 0
        request = (self._form % self._address()).encode()
        self._begun = time.perf_counter()
        self.wire.sendall(request)

    def takes(self) -> bool:
        """Take what has come; ask again after the last byte of an answer. False at the end."""
        self._come += (size := self.wire.recv_into(self._space[self._come :]))
        if not self._whole:
            self._whole = self._size()
        if not size or (self._whole and self._come > self._whole):
            raise RuntimeError("an answer of another length than it says")
        if self._come < self._whole or not self._whole:
            return True
        self.times.append((time.perf_counter() - self._begun) * 1000)
        self._left -= 1
        if self._left:
            self.ask()
        return self._left > 0

    def _size(self) -> int:
        """Bytes of head and body together; 0 while the head has not come whole."""
        head, end, _ = bytes(self._space[: min(self._come, 16_384)]).partition(b"\r\n\r\n")
        if not end:
            return 0
        [body] = [int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        if not head.startswith(b"HTTP/1.1 200") or not body:
            raise RuntimeError(head.decode())
        return len(head) + len(end) + body


@contextmanager
def server(surroundings: dict[str, str], port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1"]
    command += ["--port", str(port), "--no-access-log", "--log-level", "warning", "taizhang.project.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL)
    try:
        if not until_it_answers("127.0.0.1", port, 60, lambda: process.poll() is None):
            raise RuntimeError("the server did not start")
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
