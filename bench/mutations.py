"""How many seeded mistakes proof-reading finds: one mistake a copy, in the specimen and in any documents named.

    bench/mutations.py [FILE …] [--each N] [--seed N]

Kinds: a digit (of points, which sum), a unit (万元 → 元), a number (序号 of a clause, row or duty), a reference (附件, 专栏,
第…条 to one that is not there), a name (a character of a body's name lost, doubled or changed), a character (doubled, or lost at
the end of a standard phrase). A mistake counts as found when the report has a finding that it does not have on the clean text:
the copies differ in nothing else. A digit anywhere is measured too and not counted: most figures of a plan have nothing to be
checked against.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from taizhang.engines.gazette import read_issue
from taizhang.engines.proof import proofread
from taizhang.engines.readers import read_bytes
from taizhang.engines.registry import read_registry
from taizhang.engines.targets import read_targets

SPECIMEN = Path(__file__).resolve().parents[1] / "packs" / "specimen" / "2025-03.txt"
RECALL = 0.8
_POINTS = re.compile(r"[(（]\s*(\d{2,3})\s*分\s*[)）]")
_UNIT = re.compile(r"\d(万元|亿元|万人|万吨)")
_ITEM = re.compile(r"(?m)^\s*(\d{1,2})[.．、](?!\d)")
_ARTICLE = re.compile(r"(?m)^\s*第([一二三四五六七八九十]+)条")
_SECTION = re.compile(r"(?m)^\s*([一二三四五六七八九])、|^\s*[(（]([一二三四五六七八九])[)）]")
_REFERENCE = re.compile(r"(?<!\n)(附件|专栏)\s*([1-9])(?!\d)|(?:本办法|依照|按照|违反)[^。]{0,6}第([一二三四五六七八九十]+)条")
_NAME = re.compile(r"市[\u4e00-\u9fff]{2,7}(?:局|委|办|中心|联)(?![\u4e00-\u9fff]?局)")
_STANDARD = re.compile(r"[\u4e00-\u9fff]{6,20}(?=[(（]\d{2}分[)）])")
_ANY_DIGIT = re.compile(r"\d")
_CHINESE = "一二三四五六七八九十"
_LIKE = dict(zip("局委办业农林科教财政审计统监城乡建设", "居萎辨亚衣淋料孝材正甲汁流临成今健没", strict=False))

Mutation = tuple[str, int, int, str]  # kind, start, end, replacement


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("-v", "--verbose", action="store_true")
    asked = parser.parse_args()
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for path in asked.files or [SPECIMEN]:
        text = read_bytes(path.read_bytes(), name=path.name).text
        clean = findings(text)
        for kind, start, end, new in chosen(text, random.Random(asked.seed), asked.each):
            mutated = text[:start] + new + text[end:]
            hit = bool(findings(mutated) - clean)
            tried[kind] += 1
            found[kind] += hit
            if asked.verbose and not hit:
                print(f"  not found: {kind} {text[start - 12 : end + 12]!r} {text[start:end]!r} -> {new!r}")
    return report(tried, found)


def report(tried: Counter[str], found: Counter[str]) -> int:
    for kind in sorted(tried):
        print(f"{kind:<18} {found[kind]:>4} of {tried[kind]:>4}  {found[kind] / tried[kind]:.2f}")
    counted = [kind for kind in tried if kind != "digit anywhere"]
    total, hits = sum(tried[k] for k in counted), sum(found[k] for k in counted)
    print(f"recall {hits / total:.3f} of {total} mistakes (bar {RECALL})")
    return 0 if hits >= RECALL * total else 1


def findings(text: str) -> Counter[tuple[str, str]]:
    """How often each rule points at each wording."""
    issue = read_issue(text)
    proof = proofread(issue, read_targets(issue), registry=read_registry(issue))
    return Counter((finding.rule, text[span.start : span.end]) for finding in proof.findings for span in finding.spans[:1])


def chosen(text: str, rng: random.Random, each: int) -> Iterator[Mutation]:
    for kind, every in (
        ("digit", digits(text, rng)),
        ("unit", units(text)),
        ("number", numbers(text)),
        ("reference", references(text)),
        ("name", names(text, rng)),
        ("character", characters(text, rng)),
        ("digit anywhere", any_digits(text, rng)),
    ):
        pool = list(every)
        rng.shuffle(pool)
        for start, end, new in pool[:each]:
            yield kind, start, end, new


def digits(text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
    for match in _POINTS.finditer(text):
        old = match[1][0]
        yield match.start(1), match.start(1) + 1, rng.choice([d for d in "123456789" if d != old])


def units(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _UNIT.finditer(text):
        yield match.start(1), match.end(1), match[1][1:]


def numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ITEM.finditer(text):
        yield match.start(1), match.end(1), str(int(match[1]) + 1)
    for pattern in (_ARTICLE, _SECTION):
        for match in pattern.finditer(text):
            group = next(i for i in range(1, pattern.groups + 1) if match[i])
            old = match[group]
            if old in _CHINESE[:8]:
                yield match.start(group), match.end(group), _CHINESE[_CHINESE.index(old) + 1]


def references(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _REFERENCE.finditer(text):
        if match[2]:
            yield match.start(2), match.end(2), str(int(match[2]) + 6)
        else:
            yield match.start(3), match.end(3), "九十" + match[3][-1]


def names(text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
    for match in _NAME.finditer(text):
        at = rng.randrange(match.start() + 1, match.end())
        char = text[at]
        yield at, at + 1, rng.choice(["", char + char, _LIKE.get(char, "某")])


def characters(text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
    for match in _STANDARD.finditer(text):
        if rng.random() < 0.5:
            yield match.end() - 1, match.end(), ""
        else:
            at = rng.randrange(match.start(), match.end())
            yield at, at + 1, text[at] * 2


def any_digits(text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
    for match in _ANY_DIGIT.finditer(text):
        yield match.start(), match.end(), rng.choice([d for d in "123456789" if d != match.group()])


if __name__ == "__main__":
    sys.exit(main())
