"""Headings of a unit's sheet where the tree is deeper than two levels."""

from decimal import Decimal
from typing import Any, cast

from taizhang.apps.assessments.results.reading import SheetCell, UnitSheet
from taizhang.apps.assessments.results.unit_pages import sections_of
from taizhang.engines.scoring import Criterion


def cell(key: int, ident: str, parent: str, weight: str, *, is_leaf: bool) -> SheetCell:
    points = Decimal(weight)
    return SheetCell(
        key, ident, parent, 0, is_leaf, ident, points, points, points, "met", "", None, None, "", "", "verified", ()
    )  # fmt: skip


def test_a_heading_says_what_it_stands_under_and_how_much_of_it_follows() -> None:
    cells = (
        cell(1, "whole", "", "10", is_leaf=False),
        cell(2, "lead", "whole", "10", is_leaf=False),
        cell(3, "chief", "lead", "6", is_leaf=False),
        cell(4, "a", "chief", "3", is_leaf=True),
        cell(5, "b", "chief", "3", is_leaf=True),
        cell(6, "c", "lead", "4", is_leaf=True),
    )
    tree = Criterion("whole", "全部", Decimal(10))
    sheet = UnitSheet(cast(Any, None), cells, Decimal(10), Decimal(10), Decimal(0), Decimal(0), {})
    chief, rest = sections_of(sheet, tree, Decimal(1))
    assert chief.heading is not None
    assert ([one.label for one in chief.above], chief.heading.label, chief.is_partial) == (["lead"], "chief", False)
    assert rest.heading is not None
    assert ([one.label for one in rest.above], rest.heading.label, rest.is_partial) == ([], "lead", True)
    assert (chief.size, rest.size) == (2, 1), "of the ten points of the heading, one item follows here"
