"""Runs the command on a database of its own in a process that may be killed at a chosen lasting change."""

import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

from tests.cli.running import ROOT
from tests.cli.stores import Store


def run(store: Store, state: Path, *words: str, at: int = 0, moment: str = "after", stdin: str = "") -> CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "taizhang.project.settings.demo",
        "TAIZHANG_STATE": str(state),
        "TAIZHANG_DATABASE_URL": store.url,
        "TAIZHANG_PACK": str(ROOT / "packs/specimen"),
    }
    command = [sys.executable, "-m", "tests.faults", str(at), moment, *words]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment, check=False, timeout=120)
