"""Rules on responsibility sheets compared with their siblings."""

from taizhang.engines.proof.rule import Rule
from taizhang.engines.proof.sheets import duties, groups, missing, passages, standard, units

RULES: tuple[Rule, ...] = (*units.RULES, *groups.RULES, *duties.RULES, *missing.RULES, *standard.RULES, *passages.RULES)
