"""Rules on names, lists and references: who is meant, and where a citation leads."""

from taizhang.engines.proof.names import annexes, areas, boxes, citations, clauses, lists, parts, slips, validity, variants
from taizhang.engines.proof.rule import Rule

RULES: tuple[Rule, ...] = (
    *validity.RULES,
    *variants.RULES,
    *slips.RULES,
    *lists.RULES,
    *areas.RULES,
    *clauses.RULES,
    *parts.RULES,
    *annexes.RULES,
    *boxes.RULES,
    *citations.RULES,
)
