"""Where scores are rounded: once at the total, or once at each printed item so that the sheet adds up to its total."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from taizhang.engines.scoring.expanding.context import Context
from taizhang.engines.scoring.model import Criterion, Rounding


def rounding(context: Context) -> Rounding:
    """The rounding of the file; two places, half up where it has none."""
    row = context.draft.values.get("rounding")
    return Rounding(row["places"], row.get("mode", "half_up")) if row else Rounding()


def rounded_item(context: Context, item: Criterion) -> Criterion:
    """A printed item, rounded where the file says `at = "item"`. The figures within a composite item never are."""
    row = context.draft.values.get("rounding")
    return _rounded(context, row, item) if row and row.get("at") == "item" else item


def rounded_root(context: Context, root: Criterion) -> Criterion:
    """The root, rounded once. Where the items are rounded that changes nothing, unless items that don't apply left their mark to
    the others."""
    row = context.draft.values.get("rounding")
    return _rounded(context, row, root) if row else root


def _rounded(context: Context, row: Mapping[str, Any], criterion: Criterion) -> Criterion:
    decided = context.basis("rounding", row).interpretations
    return replace(criterion, is_rounded=True, interpretations=tuple(dict.fromkeys((*criterion.interpretations, *decided))))
