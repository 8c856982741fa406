"""`taizhang demo`: the whole site on this machine, with the specimen issue handed in by one person and adopted by another, and a
year of assessment played up to a day.

It plays the steps through the same operations as everybody. A second run finds everything done and only serves.
"""

import argparse
import os
import time
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from taizhang.backends.pack_files import PackIsMissingError
from taizhang.cli import demo_accounts, surroundings
from taizhang.cli.arguments import LAST_PORT, whole
from taizhang.cli.language import tr
from taizhang.cli.site import DEMO, console, first_line, open_site, say, user_named
from taizhang.cli.site_errors import DemoDoesNotAnswerError

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTES = "数据放在 TAIZHANG_STATE 指的目录（默认 var）；换一份公报试用，数据放在它下面另一个目录。删掉目录就重新开始"
_ADDRESS = "127.0.0.1"
_SPECIMEN = os.path.join("packs", "specimen")
_SPECIMEN_ISSUE = "2025-03.txt"
_STARTS_WITHIN = 60.0  # seconds
_SPRING, _AUTUMN, _CLOSED = "spring", "autumn", "closed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument("--source", metavar=tr("文件"), help=tr("用自己的公报，不用示例"))
    parser.add_argument("--pack", default=_SPECIMEN, metavar=tr("资料包"), help=tr("资料包的文件夹，或 packs 下的名字"))
    parser.add_argument(
        "--port", type=whole(1, LAST_PORT), default=0, metavar=tr("端口"), help=tr("监听的端口；不写就从 8000 起找一个空的")
    )
    parser.add_argument(
        "--as-at",
        choices=(_SPRING, _AUTUMN, _CLOSED),
        default=_AUTUMN,
        metavar=tr("时候"),
        help=tr("演示停在哪天：spring 年度刚开始，autumn 三季度末（默认），closed 全年已公布、定案"),
    )
    parser.add_argument("--simulate", action="store_true", help=tr("用自己的公报时也模拟一年填报，处处标明模拟数据"))
    parser.add_argument("--once", action="store_true", help=tr("启动后看一眼首页就停下，用来检查"))


def run(arguments: argparse.Namespace) -> int:
    """Set up, ingest, serve; the exit code."""
    pack = pack_folder(arguments.pack)
    until = _choose_settings(pack, arguments)
    from taizhang.cli.serve import next_free, refuse_taken

    port = arguments.port or next_free(_ADDRESS, 8000)
    refuse_taken(_ADDRESS, port)
    with _step(1, tr("准备数据库和静态文件")):
        open_site(is_current=False)
        from taizhang.cli.upgrade import bring_up_to_date

        bring_up_to_date()
    with _step(2, tr("准备试用账号")):
        make_accounts()
    source = arguments.source or os.path.join(pack, _SPECIMEN_ISSUE)
    with _step(3, tr("录入、校对、采纳 {name}").format(name=os.path.basename(source))):
        outcome = _ingest(source, pack, until)
    say(f"      {outcome}")
    with _step(4, tr("考核：批准方案、开始年度") if until is None else tr("考核：模拟填报到 {day}").format(day=until)):
        lines = _play(pack, until, is_closed=arguments.as_at == _CLOSED)
    for line in lines:
        say(f"      {line}")
    if arguments.once:
        return _look(port)
    _announce(port)
    from taizhang.cli.serve import serve

    serve(_ADDRESS, port, 1, is_whole=True)
    return 0


def pack_folder(name: str) -> str:
    """The folder of a pack that is named by its folder or by its name under `packs`; PackIsMissingError where there is none."""
    under = os.path.join("packs", name)
    folder = under if not os.path.isdir(name) and os.path.isdir(under) else os.path.normpath(name)
    if not os.path.isdir(folder):
        raise PackIsMissingError(name=name)
    return folder


def _choose_settings(pack: str, arguments: argparse.Namespace) -> date | None:
    """Settings for the demo asked for; the day up to which its year is played, None where nothing is simulated."""
    surroundings.default_variable("DJANGO_SETTINGS_MODULE", DEMO)
    surroundings.set_variable("TAIZHANG_PACK", pack)
    is_own = arguments.source is not None or os.path.normpath(pack) != _SPECIMEN
    is_simulated = not is_own or arguments.simulate
    # A real issue never mixes with the fictional city; nor does one stand of its year with another.
    parts = [os.path.basename(pack)] if is_own else []
    parts += ["simulated"] if is_own and is_simulated else []
    parts += [arguments.as_at] if is_simulated and arguments.as_at != _AUTUMN else []
    if parts:
        folder = os.path.join(surroundings.environment().get("TAIZHANG_STATE", "var"), "demo", "-".join(parts))
        surroundings.set_variable("TAIZHANG_STATE", folder)
    surroundings.set_variable("TAIZHANG_SIMULATED", "1" if is_simulated else "0")
    if not is_simulated:
        return None
    from taizhang.cli.demo_year import last_day

    until = last_day(pack, arguments.as_at)
    surroundings.set_variable("TAIZHANG_SIMULATED_DAY", until.isoformat())
    return until


@contextmanager
def _step(number: int, words: str) -> "Iterator[None]":
    say(f"[{number}/4] {words} …")
    begun = time.monotonic()
    yield
    say(tr("      用了 {seconds} 秒").format(seconds=f"{time.monotonic() - begun:.1f}"))


def make_accounts() -> None:
    """The accounts that are not there yet, by the console."""
    from taizhang.apps.accounts.models import User
    from taizhang.apps.accounts.operations import add_user, grant_role

    by, at = console(), surroundings.now()
    there = set(User.objects.values_list("username", flat=True))
    for username, (name, roles) in demo_accounts.ACCOUNTS.items():
        if username in there:
            continue
        address = f"{username}@example.org"
        user = add_user(by=by, at=at, username=username, password=demo_accounts.PASSWORD, display_name=name, email=address)
        for code in roles:
            role, _, body = code.partition(":")
            grant_role(by=by, at=at, user=user, role=role, body=body)


def _ingest(source: str, pack: str, until: date | None) -> str:
    from taizhang.apps.ledger.chain import seal_pending
    from taizhang.apps.targets.indexing import sync_index
    from taizhang.cli.demo_year import adoption_day, at, first_year
    from taizhang.cli.ingest import ingest, told

    # In a simulated year the issue is adopted in the spring of that year.
    moment = None if until is None else at(adoption_day(first_year(pack)))
    edition = ingest(source, pack, user_named(demo_accounts.EDITOR), user_named(demo_accounts.REVIEWER), moment)
    seal_pending(at=surroundings.now())
    sync_index()
    return told(source, edition)


def _play(pack: str, until: date | None, *, is_closed: bool) -> list[str]:
    from taizhang.apps.ledger.chain import seal_pending
    from taizhang.cli.demo_year import play

    lines = play(pack, until)
    if is_closed and until is not None:
        from taizhang.cli.demo_closing import close

        lines += close(until)
    seal_pending(at=surroundings.now())
    return lines


def _announce(port: int) -> None:
    say("")
    say(tr("网站：http://{address}:{port}/    审核台：http://{address}:{port}/desk/").format(address=_ADDRESS, port=port))
    say(tr("试用账号，密码都是 {password}").format(password=demo_accounts.PASSWORD))
    for username, (name, _) in demo_accounts.ACCOUNTS.items():
        say(f"  {username:<8} {tr(name)}")
    say(tr("只有本机能打开。按 Ctrl+C 停止"))
    say("")


def _look(port: int) -> int:
    """Start the server as a process of its own, read the first page, stop it. Raises `DemoDoesNotAnswerError`."""
    import subprocess
    import sys

    from taizhang.cli.serve import until_it_answers

    command = [sys.executable, "-m", "taizhang.cli.main", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command)
    try:
        if not until_it_answers(_ADDRESS, port, _STARTS_WITHIN, lambda: server.poll() is None):
            raise DemoDoesNotAnswerError(address=f"{_ADDRESS}:{port}", reason=tr("等了一分钟，或服务自己退出了"))
        say(tr("首页正常，{count} 字节").format(count=len(_page(f"http://{_ADDRESS}:{port}/"))))
    finally:
        server.terminate()
        server.wait()
    return 0


def _page(address: str) -> bytes:
    from urllib.request import ProxyHandler, build_opener

    try:
        with build_opener(ProxyHandler({})).open(address, timeout=30) as answer:
            page: bytes = answer.read()
    except OSError as error:
        raise DemoDoesNotAnswerError(address=address, reason=first_line(error)) from error
    return page
