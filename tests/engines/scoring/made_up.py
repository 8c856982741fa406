"""Schemes, figures and records made up for tests; no real place."""

from datetime import date
from decimal import Decimal

from taizhang.engines.scoring import (
    Adjustment,
    Aggregate,
    Calendar,
    Case,
    Category,
    Cell,
    Criterion,
    Grade,
    Interval,
    Observation,
    Result,
    Rounding,
    Rule,
    Sanction,
    Scheme,
    Standing,
    Subject,
    Target,
    score,
)
from taizhang.kernel.period import Period

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
END = date(2025, 12, 31)
SEPTEMBER = date(2025, 9, 30)
UNIT = "u"

Values = dict[str, object]


def d(text: str | int) -> Decimal:
    return Decimal(text)


def leaf(
    name: str,
    weight: str | int | None,
    strategy: str,
    target: str | None = None,
    bound: str = ">=",
    *,
    unit: str = "件",
    targets: tuple[Target, ...] = (),
    parameters: dict[str, object] | None = None,
    **more: object,
) -> Criterion:
    given = targets or ((Target(d(target), unit, bound, YEAR),) if target is not None else ())
    rule = Rule(strategy, name, parameters or {}, given, unit)
    return Criterion(name, name, None if weight is None else d(weight), rule=rule, **more)  # type: ignore[arg-type]


def node(name: str, weight: str | int | None, *children: Criterion, **more: object) -> Criterion:
    return Criterion(name, name, None if weight is None else d(weight), children=children, **more)  # type: ignore[arg-type]


def scheme(*trees: Criterion, bodies: dict[str, str] | None = None, **more: object) -> Scheme:
    """A scheme with a tree for each criterion; `bodies` gives each body its tree, one body for the first tree if not told."""
    given = bodies if bodies is not None else {UNIT: trees[0].id}
    fields: dict[str, object] = {
        "categories": (Category("d", "部门"),),
        "subjects": tuple(Subject(body, f"单位{body}", "d", tree) for body, tree in given.items()),
        "calendar": Calendar("monthly", 10, 5),
        "rounding": Rounding(),
        **more,
    }
    return Scheme(
        id="made-up",
        version="1",
        title="测试方案",
        document="甲〔2025〕1号",
        year=2025,
        period=YEAR,
        leading_group="领导小组",
        office="考核办",
        trees={t.id: t for t in trees},
        **fields,  # type: ignore[arg-type]
    )


def seen(metric: str, value: str | int | None = None, *, end: date = END, body: str = UNIT, **more: object) -> Observation:
    return Observation(metric, body, Period(YEAR.start, end), None if value is None else d(value), **more)  # type: ignore[arg-type]


def case(kind: str, *, body: str = UNIT, on: date = date(2025, 5, 1), name: str = "", **more: object) -> Case:
    return Case(name or f"{kind}-{on.isoformat()}", kind, body, on, **more)  # type: ignore[arg-type]


def result(of: Scheme, *rows: Observation, cases: tuple[Case, ...] = (), as_at: date = END) -> Result:
    return score(of, rows, cases, as_at).results[0]


def scored(criterion: Criterion, *rows: Observation, cases: tuple[Case, ...] = (), as_at: date = END) -> Cell:
    """The cell of one criterion by itself."""
    return result(scheme(criterion), *rows, cases=cases, as_at=as_at).root


def points(criterion: Criterion, *rows: Observation, cases: tuple[Case, ...] = (), as_at: date = END) -> Decimal:
    """Its score, which must be known."""
    found = scored(criterion, *rows, cases=cases, as_at=as_at).score
    assert found is not None
    assert found.is_known
    return found.low


def between(low: str | int, high: str | int) -> Interval:
    return Interval(d(low), d(high))


GRADES = (
    Grade("优秀", d(90), "90分以上"),
    Grade("良好", d(80), "80-89分"),
    Grade("合格", d(60), "60-79分"),
    Grade("不合格", d(0), "60分以下"),
)

__all__ = ["Adjustment", "Aggregate", "Sanction", "Standing"]
