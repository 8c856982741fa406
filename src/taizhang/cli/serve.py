"""`taizhang serve`: the site, with the background worker beside it."""

import argparse
import socket
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from taizhang.cli import surroundings
from taizhang.cli.arguments import LAST_PORT, whole
from taizhang.cli.language import tr
from taizhang.cli.site import DEMO, open_site, say
from taizhang.cli.site_errors import PortIsTakenError, SettingsAreInsecureError
from taizhang.cli.system_reasons import reason_of

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

PORT = 8000
NOTES = "放在 HTTPS 反向代理后面；systemd 写法、环境变量、备份见 docs/operations.md"
_PARTS = ("all", "web", "background")
_RESTART_AFTER = 2.0  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument("--address", default="127.0.0.1", metavar=tr("地址"), help=tr("监听的地址，默认 127.0.0.1"))
    parser.add_argument("--port", type=whole(1, LAST_PORT), default=PORT, metavar=tr("端口"), help=tr("监听的端口，默认 8000"))
    parser.add_argument("--workers", type=whole(1), default=0, metavar=tr("个数"), help=tr("网页进程个数，默认每个处理器一个"))
    parser.add_argument(
        "--only",
        choices=_PARTS,
        default="all",
        metavar=tr("部分"),
        help=tr("只运行一部分：web 网页，background 后台；默认 all 两样都运行"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; the exit code."""
    open_site()
    _refuse_insecure()
    if arguments.only == "background":
        from taizhang.cli.background import work

        work()
        return 0
    refuse_taken(arguments.address, arguments.port)
    say(tr("网站运行在 http://{address}:{port}/，按 Ctrl+C 停止").format(address=arguments.address, port=arguments.port))
    serve(arguments.address, arguments.port, arguments.workers or surroundings.processors(), is_whole=arguments.only == "all")
    return 0


def serve(address: str, port: int, workers: int, *, is_whole: bool) -> None:
    """Run the web server in this process until a signal stops it; with `is_whole` the background worker beside it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "taizhang.project.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # One thread a process answers faster and steadier than several (ADR 0010).
        blocking_threads=1,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    keeper = _Keeper() if is_whole else None
    try:
        server.serve()
    finally:
        if keeper is not None:
            keeper.stop()


class _Keeper:
    """Keeps one background worker running, starting it again where it ends."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = self._start()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    def _start(self) -> "SpawnProcess":
        from taizhang.cli.background import start

        return start()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process.join()
            if not self._stopping.wait(_RESTART_AFTER):
                self._process = self._start()

    def stop(self) -> None:
        self._stopping.set()
        self._process.terminate()
        self._process.join()


def _refuse_insecure() -> None:
    from django.conf import settings

    from taizhang.cli.deploy_checks import faults

    # The demo is insecure by design and answers this machine only.
    if settings.SETTINGS_MODULE == DEMO:
        return
    found = [fault.name for fault in faults() if fault.is_fatal]
    if found:
        raise SettingsAreInsecureError(count=len(found), names="、".join(found))


def refuse_taken(address: str, port: int) -> None:
    """Raises `PortIsTakenError` where nothing can listen at address and port."""
    reason = why_taken(address, port)
    if reason:
        raise PortIsTakenError(address=address, port=port, reason=reason, other=next_free(address, port + 1))


def why_taken(address: str, port: int) -> str:
    """Why nothing can listen there; empty where it can."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except (OSError, OverflowError) as error:
        return reason_of(error)
    return ""


def next_free(address: str, port: int) -> int:
    """The first port from `port` on where something can listen; `port` itself where none is found among a hundred."""
    candidates = range(port, min(port + 100, LAST_PORT))
    return next((each for each in candidates if not why_taken(address, each)), port)


def until_it_answers(address: str, port: int, seconds: float, goes_on: Callable[[], bool]) -> bool:
    """Wait until something accepts connections; False where nothing did in time or while it `goes_on`."""
    last = time.monotonic() + seconds
    while time.monotonic() < last and goes_on():
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
