"""Suppositions as the desk's page writes them in an address, one line each, and what a unit's criterion may be supposed to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from taizhang.apps.assessments.models import Cell, Run
from taizhang.apps.assessments.scores.what_if import Supposed
from taizhang.engines.scoring import STRATEGIES
from taizhang.engines.scoring.model import Criterion, Scheme

# What is supposed, in words: of one unit a figure or a daily record, of every unit with the criterion the rest.
KINDS = {"figure": "数", "case": "再记一次", "target": "目标", "weight": "分值", "parameter": "参数"}
_MOST = 20
_WHOLE, _PLACES, _TIMES = 20, 10, 1000  # digits of a figure before and after the point; records supposed
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A supposition: its kind, the unit's key, the criterion (or kind of daily record), a parameter's name, the value.

    `text` is how the address writes it.
    """

    kind: str
    subject: int
    criterion: str
    name: str
    value: Decimal

    @property
    def text(self) -> str:
        """kind|subject|criterion|name|value."""
        return "|".join((self.kind, str(self.subject), self.criterion, self.name, f"{self.value}"))


def line_of(text: str) -> Line | None:
    """A line from an address; None for anything that is none."""
    parts = text.split("|")
    if len(parts) != _PARTS or parts[0] not in KINDS or not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 12):
        return None
    try:
        value = Decimal(parts[4].replace(",", "").strip())
    except InvalidOperation:
        return None
    is_written = value.is_finite() and int(value.as_tuple().exponent) >= -_PLACES and value.adjusted() < _WHOLE
    if not is_written or (parts[0] == "case" and not 0 <= value <= _TIMES):
        return None
    return Line(parts[0], int(parts[1]), parts[2], parts[3], value)


def lines_of(texts: Sequence[str]) -> list[Line]:
    """The lines of an address, a later one in place of an earlier one about the same; at most twenty."""
    found: dict[tuple[str, int, str, str], Line] = {}
    for text in texts:
        line = line_of(text)
        if line is not None:
            whose = line.subject if line.kind in ("figure", "case") else 0
            found[line.kind, whose, line.criterion, line.name] = line
    return list(found.values())[:_MOST]


def supposed_of(lines: Sequence[Line]) -> Supposed:
    """The lines as what is supposed."""
    parameters: dict[str, dict[str, object]] = {}
    for line in lines:
        if line.kind == "parameter":
            parameters.setdefault(line.criterion, {})[line.name] = line.value
    of_units = {
        kind: {(one.subject, one.criterion): one.value for one in lines if one.kind == kind} for kind in ("figure", "case")
    }
    of_all = {kind: {one.criterion: one.value for one in lines if one.kind == kind} for kind in ("target", "weight")}
    return Supposed(
        figures=of_units["figure"],
        cases={key: int(times) for key, times in of_units["case"].items()},
        targets=of_all["target"],
        weights=of_all["weight"],
        parameters=parameters,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion of a unit in a run as it stands: score, weight, figure, target, and the numbers among its rule's parameters,
    each with its name in addresses and what it means, in the words that certificates use."""

    cell: Cell
    parameters: tuple[tuple[str, str, Decimal], ...]


def choices_of(run: Run, scheme: Scheme, subject: int) -> list[Choice]:
    """The leaves of a unit's tree with what the run made of them, in order. One query."""
    rules = {node.id: node for tree in scheme.trees.values() for node in _leaves(tree)}
    cells = Cell.objects.filter(score__run=run, score__subject=subject).order_by("ordinal")
    return [Choice(cell, _numbers(rules[cell.criterion])) for cell in cells if cell.criterion in rules]


def _leaves(node: Criterion) -> list[Criterion]:
    below = [leaf for child in node.children for leaf in _leaves(child)]
    return [node, *below] if node.rule is not None else below


def _numbers(node: Criterion) -> tuple[tuple[str, str, Decimal], ...]:
    given = node.rule.parameters if node.rule else {}
    words = meanings_of(node)
    return tuple((name, words.get(name, name), value) for name, value in given.items() if isinstance(value, Decimal))


def meanings_of(node: Criterion) -> dict[str, str]:
    """What the parameters of a criterion's strategy mean, by name."""
    strategy = STRATEGIES.get(node.rule.strategy) if node.rule else None
    return {parameter.name: parameter.meaning for parameter in strategy.parameters} if strategy else {}
