"""Leaves made ready to score: their strategy looked up, parameters and targets checked, the year cut into its parts.

A year has more than one part when its target was amended (each part is scored by the version in force) or when the strategy
goes by phases. A part's share of an amended year is counted in whole months if every change falls on the first of a month, else
in days. Where the figures add up over the year, a part has that share of the version's target and of the mark, and its figure is
what was added during the part; where they are a level, it has that share of the mark, and the level at its end counts.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from taizhang.engines.scoring.arithmetic import ONE, ZERO, canonical, shown
from taizhang.engines.scoring.errors import (
    BoundDoesNotFitError,
    ParameterDoesNotFitError,
    ParameterIsMissingError,
    StrategyHasNoParameterError,
    StrategyIsUnknownError,
    TargetIsMissingError,
    TargetIsNegativeError,
    TargetIsZeroError,
    TargetsDoNotCoverError,
    UnitsDifferError,
)
from taizhang.engines.scoring.inputs import first_due, months_on
from taizhang.engines.scoring.model import Criterion, Rule, Target
from taizhang.engines.scoring.strategies import STRATEGIES, Parameter, Strategy, Terms
from taizhang.engines.scoring.strategies.phased import portions
from taizhang.kernel.period import Period

# Parameters of every strategy.
COMMON = (
    Parameter("counts", "choice", "次数从哪里来：cases 为登记的记录，reported 为填报的数字", choices=("cases", "reported")),
    Parameter("cumulative", "flag", "数字是否从年初累计"),
    Parameter("frequency", "choice", "多久填报一次", choices=("monthly", "quarterly", "yearly")),
)
LEVELS = ("%", "％", "‰", "位", "名", "个百分点", "百分点", "分", "倍")
_SCALES = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}
_BOUND_NAMES = {">=": "不低于", "<=": "不超过", "=": "等于"}


class LeafPlan(NamedTuple):
    """A leaf ready to score. `first` and `later` are the parts of the year; `counts` cases, reported or "" (not events)."""

    criterion: Criterion
    strategy: Strategy
    first: Terms
    later: tuple[Terms, ...]
    first_due: date
    counts: str
    is_cumulative: bool

    @property
    def rule(self) -> Rule:
        """The rule of the leaf."""
        rule = self.criterion.rule
        assert rule is not None
        return rule

    @property
    def parts(self) -> tuple[Terms, ...]:
        """All parts of the year, in order."""
        return (self.first, *self.later)

    @property
    def is_phased(self) -> bool:
        """True if each part is judged at its end."""
        return self.strategy.name == "phased"


def leaf_plan(criterion: Criterion, period: Period, frequency: str) -> LeafPlan:
    """Checks a leaf and makes it ready. `frequency` is how often figures are reported where the rule does not say.

    Raises the errors of `errors` for what does not fit, each with the label of the criterion.
    """
    rule = criterion.rule
    assert rule is not None
    strategy = STRATEGIES.get(rule.strategy)
    if strategy is None:
        raise StrategyIsUnknownError(criterion=criterion.label, strategy=rule.strategy, known="、".join(STRATEGIES))
    parameters = checked_parameters(criterion.label, strategy, rule.parameters)
    counts = str(parameters.get("counts") or ("cases" if strategy.reads == "events" else ""))
    unit = rule.unit or next((t.unit for t in rule.targets if t.unit), None) or ""
    given = parameters.get("cumulative")
    is_cumulative = given if isinstance(given, bool) else strategy.is_cumulative and unit not in LEVELS
    start, end = period.start or date.min, period.end or date.max
    weight = ONE if criterion.weight is None else criterion.weight
    base = Terms(weight, None, strategy.bounds[0], parameters, unit, start, end)
    if strategy.name == "phased":
        parts = _phases(criterion, strategy, base, start, end)
    else:
        parts = _versions(criterion, strategy, base, start, end, is_cumulative=is_cumulative)
    for part in parts:
        strategy.check(criterion.label, part)
    due = first_due(start, end, str(parameters.get("frequency") or frequency))
    return LeafPlan(criterion, strategy, parts[0], parts[1:], due, counts, is_cumulative)


# --- parts --------------------------------------------------------------------------------------------------------------


def _versions(
    criterion: Criterion, strategy: Strategy, base: Terms, start: date, end: date, *, is_cumulative: bool
) -> tuple[Terms, ...]:
    """One part a version of the target; one for the whole year where there is only one or none."""
    targets = criterion.rule.targets if criterion.rule else ()
    if len(targets) <= 1:
        target = targets[0] if targets else None
        return (_terms(criterion, strategy, base, target),)
    pieces = _pieces(criterion, targets, start, end)
    shares = shares_of_year([(s, e) for s, e, _ in pieces], start, end)
    parts: list[Terms] = []
    for (first, last, target), share in zip(pieces, shares, strict=True):
        terms = _terms(criterion, strategy, base, target)
        scaled = terms.target * share if is_cumulative and terms.target is not None else terms.target
        before = first - timedelta(days=1) if is_cumulative and first > start else None
        parts.append(terms._replace(weight=base.weight * share, target=scaled, start=first, end=last, before=before))
    return tuple(parts)


def _pieces(criterion: Criterion, targets: tuple[Target, ...], start: date, end: date) -> list[tuple[date, date, Target]]:
    """The versions by their days within the year; each day has exactly one."""
    pieces = sorted(
        ((max(t.period.start or start, start), min(t.period.end or end, end), t) for t in targets),
        key=lambda piece: (piece[0], piece[1]),
    )
    pieces = [p for p in pieces if p[0] <= p[1]]
    day = start
    for first, last, _ in pieces:
        if first != day:
            count = 0 if first > day else 2
            raise TargetsDoNotCoverError(
                criterion=criterion.label, day=min(first, day).isoformat() if count else day.isoformat(), count=count
            )
        day = last + timedelta(days=1) if last < date.max else last
    if not pieces or pieces[-1][1] != end:
        raise TargetsDoNotCoverError(criterion=criterion.label, day=day.isoformat(), count=0)
    return pieces


def shares_of_year(pieces: list[tuple[date, date]], start: date, end: date) -> list[Decimal]:
    """Each stretch's share: in months where all begin on a first and end on a last of the month, else in days."""
    one = timedelta(days=1)
    if all(s.day == 1 and (e + one).day == 1 for s, e in [*pieces, (start, end)]):
        months = [_month(e) - _month(s) + 1 for s, e in pieces]
        return [Decimal(m) / sum(months) for m in months]
    days = [(e - s).days + 1 for s, e in pieces]
    return [Decimal(d) / sum(days) for d in days]


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _phases(criterion: Criterion, strategy: Strategy, base: Terms, start: date, end: date) -> tuple[Terms, ...]:
    """Equal numbers of months, the target of each being what is due by its end of the version then in force."""
    targets = criterion.rule.targets if criterion.rule else ()
    strategy.check(criterion.label, base)
    shares = base.numbers("shares")
    months = _month(end) - _month(start) + 1
    if months % len(shares):
        raise ParameterDoesNotFitError(
            criterion=criterion.label, name="shares", value=str(len(shares)), wanted=f"{months} 个月不能等分成这么多段"
        )
    pieces = _pieces(criterion, targets, start, end) if len(targets) > 1 else [(start, end, t) for t in targets]
    parts: list[Terms] = []
    first = start
    for index, (share, portion) in enumerate(zip(shares, portions(base), strict=True), 1):
        following = months_on(start, months // len(shares) * index)
        last = end if index == len(shares) else following - timedelta(days=1)
        target = next((t for s, e, t in pieces if s <= last <= e), None)
        terms = _terms(criterion, strategy, base, target)
        scaled = None if terms.target is None else terms.target * portion
        parts.append(terms._replace(weight=base.weight * share, target=scaled, start=first, end=last))
        first = following
    return tuple(parts)


def _terms(criterion: Criterion, strategy: Strategy, base: Terms, target: Target | None) -> Terms:
    """The terms with the target in the unit of the figures, checked against what the strategy can do with it."""
    by_rates = strategy.name == "rank" and base.parameters.get("rates")
    if target is None:
        if strategy.target == "required" or (strategy.name == "rank" and not by_rates):
            raise TargetIsMissingError(criterion=criterion.label, strategy=strategy.name)
        return base
    if strategy.target == "none" or by_rates:
        return base._replace(awaits=target.awaits)
    if target.bound not in strategy.bounds:
        fits = "、".join(_BOUND_NAMES[b] for b in strategy.bounds)
        raise BoundDoesNotFitError(criterion=criterion.label, bound=target.bound, strategy=strategy.name, fits=f"“{fits}”的目标")
    value, unit = target.value, target.unit or base.unit
    if value is not None and unit != base.unit:
        value *= _factor(criterion.label, unit, base.unit)
    if strategy.divides and value is not None and value <= ZERO:
        if value == ZERO:
            raise TargetIsZeroError(criterion=criterion.label, strategy=strategy.name)
        raise TargetIsNegativeError(criterion=criterion.label, target=shown(value), strategy=strategy.name)
    weight, _, _, parameters, own, start, end, before, _ = base
    return Terms(weight, value, target.bound, parameters, own, start, end, before, target.awaits)


def _factor(label: str, unit: str, into: str) -> Decimal:
    """How many `into` one `unit` is: 1 万人 is 10,000 人."""
    plain, scale = _plain_unit(unit)
    other, divisor = _plain_unit(into)
    if plain != other:
        raise UnitsDifferError(criterion=label, unit=into, target_unit=unit)
    return scale / divisor


def _plain_unit(unit: str) -> tuple[str, Decimal]:
    scale = ONE
    while unit and unit[0] in _SCALES:
        scale *= _SCALES[unit[0]]
        unit = unit[1:]
    return unit, scale


# --- parameters ---------------------------------------------------------------------------------------------------------


def checked_parameters(label: str, strategy: Strategy, given: Mapping[str, object]) -> Mapping[str, object]:
    """The parameters with defaults filled in; refused where unknown, missing, of the wrong type or out of range."""
    known, usual = _known(strategy.name)
    if not given and usual is not None:
        return usual
    for name in given:
        if name not in known:
            raise StrategyHasNoParameterError(criterion=label, strategy=strategy.name, name=name, known="、".join(known))
    checked: dict[str, object] = {}
    for name, parameter in known.items():
        value = given.get(name)
        if value is None:
            if parameter.is_required:
                raise ParameterIsMissingError(criterion=label, strategy=strategy.name, name=name, meaning=parameter.meaning)
            if parameter.default is not None:
                checked[name] = parameter.default
            continue
        wanted = _complaint(parameter, value)
        if wanted:
            raise ParameterDoesNotFitError(criterion=label, name=name, value=_said(value), wanted=wanted)
        checked[name] = value
    return checked


@cache
def _known(strategy: str) -> tuple[Mapping[str, Parameter], Mapping[str, object] | None]:
    """The parameters of a strategy by name; its defaults, where it can do without any."""
    known = {p.name: p for p in (*STRATEGIES[strategy].parameters, *COMMON)}
    if any(p.is_required for p in known.values()):
        return known, None
    return known, {name: p.default for name, p in known.items() if p.default is not None}


def _complaint(parameter: Parameter, value: object) -> str:
    """What was wanted instead; empty where the value will do."""
    match parameter.kind:
        case "number":
            return "" if _is_number(value) else "要一个数"
        case "share":
            return "" if _is_share(value) else "要 0 到 1 之间的数"
        case "shares":
            return "" if isinstance(value, tuple) and value and all(map(_is_share, value)) else "要一列 0 到 1 之间的数"
        case "texts":
            return "" if isinstance(value, tuple) and value and all(isinstance(v, str) and v for v in value) else "要一列名称"
        case "flag":
            return "" if isinstance(value, bool) else "要是或否"
    return "" if value in parameter.choices else "要从这些里选一个：" + "、".join(parameter.choices)


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite()


def _is_share(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and ZERO <= value <= ONE


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(_said(v) for v in value)
    return canonical(value) if isinstance(value, Decimal) and value.is_finite() else str(value)
