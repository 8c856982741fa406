"""The hook for a virus scanner: a command that reads the file from standard input. 0: clean, 1: not; all else is no answer."""

import shlex
import subprocess

from taizhang.backends.evidence.errors import FileIsInfectedError, ScannerFailedError

_SECONDS = 60.0
CLEAN, NOT_SCANNED = "clean", "not_scanned"


def scanned(command: str, name: str, data: bytes) -> str:
    """`clean`, or `not_scanned` where no scanner is set. Raises `FileIsInfectedError`, `ScannerFailedError`."""
    if not command.strip():
        return NOT_SCANNED
    try:
        done = subprocess.run(shlex.split(command), input=data, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise ScannerFailedError(name=name, reason=type(error).__name__) from error
    if done.returncode == 1:
        told = done.stdout.decode("utf-8", "replace").strip().splitlines()
        raise FileIsInfectedError(name=name, told=told[-1][:200] if told else "有问题")
    if done.returncode != 0:
        raise ScannerFailedError(name=name, reason=f"退出码 {done.returncode}")
    return CLEAN
