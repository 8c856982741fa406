"""Rules of this family, in the order they are reported as run."""

from taizhang.engines.proof import numbering
from taizhang.engines.proof.rule import Rule

RULES: tuple[Rule, ...] = (*numbering.RULES,)
