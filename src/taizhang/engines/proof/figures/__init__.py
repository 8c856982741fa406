"""Rules on figures: points, sums, percentages, dates, intervals, counts, outliers and conflicts."""

from taizhang.engines.proof.figures import area_sums, outliers, points, shares, sums, table_sums
from taizhang.engines.proof.rule import Rule

RULES: tuple[Rule, ...] = (
    *points.RULES,
    *sums.RULES,
    *area_sums.RULES,
    *table_sums.RULES,
    *shares.RULES,
    *outliers.RULES,
)
