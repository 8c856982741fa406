"""Rules on characters and words: doubled, stray, traditional, damaged, mistaken, lost."""

from taizhang.engines.proof.rule import Rule
from taizhang.engines.proof.words import (
    brackets,
    confusions,
    doubling,
    formulas,
    phrases,
    punctuation,
    sentences,
    strays,
    titles,
    traditional,
)

RULES: tuple[Rule, ...] = (
    *doubling.RULES,
    *strays.RULES,
    *traditional.RULES,
    *punctuation.RULES,
    *brackets.RULES,
    *formulas.RULES,
    *confusions.RULES,
    *phrases.RULES,
    *sentences.RULES,
    *titles.RULES,
)
