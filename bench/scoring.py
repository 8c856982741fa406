"""How long scoring takes: 100,000 cells (100 cities' worth), its growth, and one unit's sheet out of a whole scheme.

    bench/scoring.py [--cells N]

The scheme is made up from a fixed seed: subjects with trees of 20 leaves in two groups, strategies and unknowns mixed.
"""

import argparse
import gc
import json
import math
import random
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal

from taizhang.backends.collector import collector_held
from taizhang.engines.scoring import (
    Calendar,
    Category,
    Criterion,
    Observation,
    Rounding,
    Rule,
    Scheme,
    Standing,
    Subject,
    Target,
    certificates,
    result_to_json,
    score,
)
from taizhang.engines.scoring.model import Aggregate, Grade
from taizhang.kernel.period import Period

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
AS_AT = date(2025, 9, 30)
LEAVES = 20
CELLS_GOAL_S = 5.0
SHEET_GOAL_MS = 20.0
EXPONENT_GOAL = 1.1
_KINDS = ("proportional", "control", "threshold", "efficacy", "deduct", "proportional", "proportional")


def made_up(cells: int, seed: int = 7) -> tuple[Scheme, list[Observation]]:
    """A scheme of so many cells and what was observed: one in ten is missing, one in ten not verified."""
    luck = random.Random(seed)
    count = cells // (LEAVES + 3)
    trees: dict[str, Criterion] = {}
    subjects: list[Subject] = []
    rows: list[Observation] = []
    until = Period(YEAR.start, AS_AT)
    for number in range(count):
        leaves = []
        for leaf in range(LEAVES):
            metric = f"m-{number}-{leaf}"
            kind = luck.choice(_KINDS)
            leaves.append(
                Criterion(f"u{number}__{leaf}", f"指标{leaf}", Decimal(40), rule=rule(kind, metric, luck), is_rounded=True)
            )
            if luck.random() >= 0.1 and kind != "deduct":
                standing = Standing.REPORTED if luck.random() < 0.1 else Standing.VERIFIED
                rows.append(Observation(metric, f"b{number}", until, Decimal(luck.randrange(300, 1300)), standing=standing))
        groups = tuple(
            Criterion(f"u{number}__g{half}", "组", Decimal(400), children=tuple(leaves[half::2]), aggregate=Aggregate.SUM)
            for half in (0, 1)
        )
        trees[f"u{number}"] = Criterion(f"u{number}", "责任书", Decimal(800), children=groups)
        subjects.append(Subject(f"b{number}", f"单位{number}", f"c{number // 50}", f"u{number}"))
    scheme = Scheme(
        "bench",
        "1",
        "测速",
        "甲〔2025〕1号",
        2025,
        YEAR,
        "领导小组",
        "考核办",
        tuple(Category(f"c{i}", f"类{i}") for i in range(count // 50 + 1)),
        tuple(subjects),
        trees,
        Rounding(),
        Calendar("monthly", 10, 5),
        grades=(Grade("优秀", Decimal(700), "700"), Grade("一般", Decimal(0), "0")),
    )
    luck.shuffle(rows)
    return scheme, rows


def rule(kind: str, metric: str, luck: random.Random) -> Rule:
    """A rule of a kind with a target of about a thousand."""
    bound = "<=" if kind == "control" else ">="
    parameters: dict[str, object] = {"efficacy": {"floor": Decimal(200)}, "deduct": {"each": Decimal("0.5")}}.get(kind, {})
    targets = () if kind == "deduct" else (Target(Decimal(luck.randrange(700, 1200)), "件", bound, YEAR),)
    return Rule(kind, metric, parameters, targets, "件")


def timed(scheme: Scheme, rows: list[Observation], subjects: set[str] | None = None, *, held: bool = False) -> float:
    """Processor seconds of one scoring: the machine is shared, and the wall tells of the neighbours. `held`: with the collector
    held back, as `taizhang score` and a run of a year do."""
    gc.collect()
    start = time.process_time()
    with collector_held() if held else nullcontext():
        score(scheme, rows, [], AS_AT, subjects=subjects)
    return time.process_time() - start


def unseen(scheme: Scheme) -> Scheme:
    """The same scheme as another value, which has to be checked and digested anew."""
    return replace(scheme)


def exponent_of(few: float, many: float) -> float:
    """The power by which the time grows from a tenth of the cells to all of them."""
    return math.log10(many / few)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cells", type=int, default=100_000)
    cells = parser.parse_args().cells
    scheme, rows = made_up(cells)
    wall = time.perf_counter()
    first = timed(scheme, rows)
    wall = time.perf_counter() - wall
    again = timed(scheme, rows)
    print(
        f"{cells} cells: {first:.2f} s of processor time with the scheme checked and its digest taken ({wall:.2f} s on the wall),"
    )
    print(f"    {again:.2f} s once the scheme is known")
    held = timed(unseen(scheme), rows, held=True)
    print(f"    {held:.2f} s with the collector held back by the door, {timed(scheme, rows, held=True):.2f} s once known")
    outcome = score(scheme, rows, [], AS_AT)
    gc.collect()
    start = time.process_time()
    for each in outcome.results:
        json.dumps(result_to_json(each), ensure_ascii=False)
    written = time.process_time() - start
    print(f"writing the same outcome as JSON, every sentence told: {written:.2f} s; scoring takes {first / written:.2f} × that")
    small, few = made_up(cells // 10)
    tenth = min(timed(unseen(small), few) for _ in range(5))
    quick = min(timed(unseen(small), few, held=True) for _ in range(5))
    exponent = exponent_of(quick, held)
    print(f"{cells // 10} cells: {tenth:.2f} s, {quick:.2f} s with the collector held back")
    print(f"growth exponent {exponent_of(tenth, first):.2f}, {exponent:.2f} with the collector held back")
    own = [r for r in rows if r.subject == "b5"]
    sheet = min(timed(scheme, own, {"b5"}) for _ in range(5)) * 1000
    cold, _ = made_up(LEAVES + 3)
    alone = timed(cold, [r for r in rows if r.subject == "b0"]) * 1000
    print(f"one unit's sheet: {sheet:.1f} ms out of the whole scheme, {alone:.1f} ms by itself and never seen before")
    result = score(scheme, own, [], AS_AT, subjects={"b5"}).results[0]
    start = time.perf_counter()
    made = certificates(scheme, result, AS_AT)
    print(f"its {len(made)} certificates: {(time.perf_counter() - start) * 1000:.1f} ms")
    reached = first <= CELLS_GOAL_S and sheet <= SHEET_GOAL_MS and alone <= SHEET_GOAL_MS and exponent <= EXPONENT_GOAL
    print("reached" if reached else "not reached")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
