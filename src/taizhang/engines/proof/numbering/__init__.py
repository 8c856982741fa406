"""Rules on numbers that count clauses, rows and points: gaps, repeats, wrong order, wrong start."""

from taizhang.engines.proof.numbering import annexes, clauses, decimals, enumerations, rows
from taizhang.engines.proof.rule import Rule

RULES: tuple[Rule, ...] = (*clauses.RULES, *decimals.RULES, *enumerations.RULES, *rows.RULES, *annexes.RULES)
