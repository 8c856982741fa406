"""Clauses to responsibility sheets and measurable targets: who owes what, by how much, with the words that say so."""

from taizhang.engines.gazette.model import Issue
from taizhang.engines.targets.cascade import Cascade, Placed, cascades, metric_key, same_metric
from taizhang.engines.targets.clauses import read_clauses
from taizhang.engines.targets.json_form import to_json
from taizhang.engines.targets.measures.units import normalise
from taizhang.engines.targets.model import Clause, Group, Item, Sheet, TargetsReading, Units
from taizhang.engines.targets.sheets import read_sheets

__all__ = [
    "Cascade",
    "Clause",
    "Group",
    "Item",
    "Placed",
    "Sheet",
    "TargetsReading",
    "Units",
    "cascades",
    "metric_key",
    "normalise",
    "read_clauses",
    "read_sheets",
    "read_targets",
    "same_metric",
    "to_json",
]


def read_targets(issue: Issue) -> TargetsReading:
    """All sheets of an issue and all clauses outside them."""
    sheets = read_sheets(issue)
    return TargetsReading(sheets, read_clauses(issue, sheets))
