"""Rules on figures: points, sums, percentages, dates, intervals, counts, outliers and conflicts."""

from taizhang.engines.proof.rule import Rule

RULES: tuple[Rule, ...] = ()
