"""Holds reading to its bars on real documents that are kept outside the project.

    bench/real_documents.py FOLDER

FOLDER has issues (gazette-*.txt) and samples/ with expected.json: counts, number, date and listed figures of each document. What
the bars are stands in BARS; the exit status is 1 where one is missed. Every figure compared is printed.
"""

import json
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from taizhang.engines.gazette import Issue, read_issue, to_text
from taizhang.engines.proof import proofread
from taizhang.engines.proof.model import Severity
from taizhang.engines.readers import read_bytes
from taizhang.engines.registry import read_registry
from taizhang.engines.targets import read_targets
from taizhang.engines.targets import to_json as targets_json

BARS = {"number and date": 1.0, "articles and chapters": 0.9, "listed figures": 0.85, "loud findings per 10,000 characters": 2.0}


def main(folder: str) -> int:
    root = Path(folder)
    missed = [name for path in sorted(root.glob("gazette-*.txt")) for name in issue_misses(path)]
    missed += sample_misses(root / "samples")
    for name in missed:
        print(f"MISSED: {name}")
    return 1 if missed else 0


def issue_misses(path: Path) -> list[str]:
    """An issue must go round, and every sheet's items must run on and add up as far as print allows."""
    issue = read_issue(read_bytes(path.read_bytes(), name=path.name).text)
    reading = read_targets(issue)
    items = [item for sheet in reading.sheets for group in sheet.groups for item in group.items]
    kinds = Counter(sheet.kind for sheet in reading.sheets)
    points = sum(item.points is not None for item in items)
    print(f"{path.name}: {len(reading.sheets)} sheets {dict(kinds)}, {len(items)} items, {points} with points")
    missed = []
    if to_text(issue) != issue.source:
        missed.append(f"{path.name}: round trip")
    for sheet in reading.sheets:
        numbers = [item.number for group in sheet.groups for item in group.items]
        if numbers and numbers[0] != 1:
            missed.append(f"{path.name}: the sheet of {sheet.unit} begins with {numbers[0]}")
    return missed


def sample_misses(folder: Path) -> list[str]:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    frames, counts, figures, rates = [], [], [], []
    loud = characters = 0
    for name, facts in expected.items():
        issue = read_issue(read_bytes((folder / name).read_bytes(), name=name).text)
        frames += frame_results(name, issue, facts)
        counts += count_results(name, issue, facts)
        figures += figure_results(name, issue, facts)
        found = proofread(issue, read_targets(issue), registry=read_registry(issue)).findings
        noisy = [f for f in found if f.severity is not Severity.NOTE]
        loud, characters = loud + len(noisy), characters + len(issue.source)
        rates.append(f"{name[:24]} {len(noisy)}")
    missed = []
    for label, results in (("number and date", frames), ("articles and chapters", counts), ("listed figures", figures)):
        right = sum(ok for ok, _ in results)
        print(f"{label}: {right} of {len(results)}" + "".join(f"\n  wrong: {what}" for ok, what in results if not ok))
        if right < BARS[label] * len(results):
            missed.append(f"{label}: {right} of {len(results)}")
    rate = loud * 10_000 / characters
    print(f"loud findings: {loud} in {characters} characters, {rate:.2f} per 10,000 ({'; '.join(rates)})")
    if rate > BARS["loud findings per 10,000 characters"]:
        missed.append(f"loud findings per 10,000 characters: {rate:.2f}")
    return missed


def frame_results(name: str, issue: Issue, facts: dict[str, Any]) -> list[tuple[bool, str]]:
    document = issue.documents[0]
    number = str(document.number) if document.number else None
    results = [(number == facts["doc_no"], f"{name} number {number} for {facts['doc_no']}")]
    day = document.issued_on.isoformat() if document.issued_on else None
    wanted = facts["date"] if re.fullmatch(r"\d{4}-\d\d-\d\d", facts["date"] or "") else None
    results.append((day == wanted, f"{name} date {day} for {wanted}"))
    return results


def count_results(name: str, issue: Issue, facts: dict[str, Any]) -> list[tuple[bool, str]]:
    kinds = Counter(node.kind for document in issue.walk_documents() for node in document.walk_nodes())
    results = []
    for plural, kind in (("articles", "article"), ("chapters", "chapter"), ("chapters_decimal", "chapter")):
        wanted = facts["counts"].get(plural)
        if wanted:
            results.append((kinds[kind] == wanted, f"{name} {plural} {kinds[kind]} for {wanted}"))
    return results


def figure_results(name: str, issue: Issue, facts: dict[str, Any]) -> list[tuple[bool, str]]:
    value = targets_json(issue, read_targets(issue))
    measures = [m for clause in value["clauses"] for m in clause["targets"]]
    measures += [m for sheet in value["sheets"] for group in sheet["groups"] for item in group["items"] for m in item["targets"]]
    results = []
    for target in [*facts["targets"], *facts.get("five_year_targets", [])]:
        quote = _plain(target["quote"])
        at = _plain(issue.source).find(quote)
        values = target["value"] if isinstance(target["value"], list) else [target["value"]]
        near = [m for m in measures if _touches(_plain(m["quote"]), quote) or _inside(issue, m["span"], at, quote)]
        printed = {_number(m[key]) for m in near for key in ("value", "normalized_value")} - {None}
        for wanted in values:
            results.append((Decimal(str(wanted)) in printed, f"{name} {target['quote']} {wanted}"))
    return results


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _touches(one: str, other: str) -> bool:
    return one in other or other in one


def _inside(issue: Issue, span: list[int], at: int, quote: str) -> bool:
    place = len(_plain(issue.source[: span[0]]))
    return at >= 0 and at - 20 <= place <= at + len(quote)


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text and re.fullmatch(r"-?\d+(?:\.\d+)?", text) else None


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("real_documents: left out, since no folder of real documents was named")
        sys.exit(0)
    sys.exit(main(sys.argv[1]))
