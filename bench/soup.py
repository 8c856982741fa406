"""Reads texts made of headings, numbers, brackets and damage, and says whether anything was ever raised or lost.

    bench/soup.py [--texts N] [--seed N]

Each text is parsed, given back character for character, searched for targets and proof-read.
"""

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

from taizhang.engines.gazette import read_issue, to_akn, to_html, to_json, to_text
from taizhang.engines.proof import proofread
from taizhang.engines.targets import read_targets
from taizhang.engines.targets import to_json as targets_json

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.engines.gazette.soup import PIECES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    begun = time.perf_counter()
    failures = 0
    for ordinal in range(asked.texts):
        text = "".join(rng.choice(PIECES) for _ in range(rng.randint(0, 40)))
        try:
            try_once(text)
        except Exception:
            failures += 1
            if failures <= 5:
                print(f"text {ordinal}: {text!r}")
                traceback.print_exc(limit=-3)
    print(f"{asked.texts} texts, {failures} failures, {time.perf_counter() - begun:.0f} s")
    return 1 if failures else 0


def try_once(text: str) -> None:
    issue = read_issue(text)
    if to_text(issue) != text:
        raise AssertionError("the text did not come back")
    to_json(issue), to_html(issue), to_akn(issue)
    targets = read_targets(issue)
    targets_json(issue, targets)
    proof = proofread(issue, targets)
    stopped = [f for f in proof.findings if f.rule == "proof.rule-stopped"]
    if stopped:
        raise AssertionError(str(stopped[0].message))
    for finding in proof.findings:
        for span in finding.spans:
            if not 0 <= span.start <= span.end <= len(text):
                raise AssertionError(f"{finding.rule} points outside the text: {span}")


if __name__ == "__main__":
    sys.exit(main())
