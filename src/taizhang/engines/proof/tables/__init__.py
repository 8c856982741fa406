"""Rules of this family, in the order they are reported as run."""

from taizhang.engines.proof import numbering
from taizhang.engines.proof.rule import Rule
from taizhang.engines.proof.tables import rows, slid

RULES: tuple[Rule, ...] = (*numbering.RULES, *slid.RULES, *rows.RULES)
