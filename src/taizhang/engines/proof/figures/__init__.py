"""Rules on figures: points, sums, percentages, dates, intervals, counts, outliers and conflicts."""

from taizhang.engines.proof.figures import (
    area_sums,
    arithmetic,
    conflicts,
    counts,
    dates,
    deadlines,
    intervals,
    listed,
    numbers,
    outliers,
    periods,
    points,
    products,
    scale,
    shares,
    sheet_sums,
    sums,
    table_sums,
)
from taizhang.engines.proof.rule import Rule

RULES: tuple[Rule, ...] = (
    *points.RULES,
    *sums.RULES,
    *area_sums.RULES,
    *sheet_sums.RULES,
    *table_sums.RULES,
    *shares.RULES,
    *arithmetic.RULES,
    *products.RULES,
    *numbers.RULES,
    *outliers.RULES,
    *scale.RULES,
    *conflicts.RULES,
    *counts.RULES,
    *listed.RULES,
    *intervals.RULES,
    *dates.RULES,
    *deadlines.RULES,
    *periods.RULES,
)
