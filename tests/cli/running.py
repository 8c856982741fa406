"""Runs the command as a shell would: in a process of its own, with a bare environment; or at a terminal of our making."""

import os
import pty
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = """松溪市人民政府公报
2031年第4号（总第12号）
主办：松溪市人民政府

松溪市人民政府办公室
关于做好渔港修缮工作的通知
松政办〔2031〕9号

各县区人民政府：
为了做好渔港修缮，现就有关事项通知如下。
一、修缮任务
（一）修缮渔港12座。
（二）补助标准为每座8万元。
二、工作要求
各县区要在4月底前报送方案。

松溪市人民政府办公室
2031年3月8日
"""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def taizhang(*words: str, stdin: bytes = b"", cwd: Path | None = None, **environment: str) -> Outcome:
    env = {"PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "error", **environment}
    done = subprocess.run(
        [sys.executable, "-m", "taizhang.cli.main", *words],
        input=stdin,
        capture_output=True,
        env=env,
        cwd=cwd,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def at_terminal(
    *words: str, streams: str = "out err in", cwd: Path | None = None, columns: int = 80, **environment: str
) -> Outcome:
    """The streams named are a terminal `columns` wide, and what they show comes in `err`; the others are pipes."""
    main, side = pty.openpty()
    env = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "COLUMNS": str(columns), **environment}
    chosen = {name: side if name in streams.split() else subprocess.PIPE for name in ("out", "err", "in")}
    process = subprocess.Popen(
        [sys.executable, "-m", "taizhang.cli.main", *words],
        stdin=chosen["in"],
        stdout=chosen["out"],
        stderr=chosen["err"],
        env=env,
        cwd=cwd,
    )
    os.close(side)
    shown = b""
    while True:
        ready, _, _ = select.select([main], [], [], 60)
        if not ready:
            process.kill()
            raise AssertionError("the command hangs")
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    out = process.stdout.read() if process.stdout else b""
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()
    code = process.wait(timeout=60)
    os.close(main)
    return Outcome(code, out, shown.decode("utf-8"))
