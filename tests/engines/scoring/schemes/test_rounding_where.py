"""Where a scheme rounds: at its total, or at each printed item so that the sheet adds up to its total."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.scoring import Cell, Observation, Scheme, leaves_of, read_scheme, score
from taizhang.engines.scoring.expanding.splitting import shares_of
from taizhang.kernel.period import Period
from tests.engines.scoring.schemes.small import HEAD, SHEETS, TABLE_TREE, expanded

TEXT = HEAD + SHEETS + '\n[rounding]\nplaces = 2\nclause = "para"\n'
AT_ITEMS = TEXT + 'at = "item"\n'


def scheme_of(text: str) -> Scheme:
    scheme = expanded(text).scheme
    assert scheme is not None
    return scheme


def cells(root: Cell) -> dict[str, Cell]:
    return {root.criterion: root} | {ident: cell for child in root.children for ident, cell in cells(child).items()}


def scored(scheme: Scheme, value: str) -> dict[str, Cell]:
    """The cells of the first sheet, each figure being `value`, each judged duty done."""
    rows = []
    for leaf in leaves_of(scheme.trees["s_1"]):
        assert leaf.rule is not None
        stages = leaf.rule.parameters.get("stages")
        seen = {"stage": stages[0]} if isinstance(stages, tuple) else {"value": Decimal(value)}
        rows.append(Observation(leaf.rule.metric, "fishery", Period(None, None), **seen))  # type: ignore[arg-type]
    outcome = score(scheme, rows, (), date(2032, 1, 31), subjects={"fishery"})
    return cells(outcome.results[0].root)


def test_printed_items_are_rounded_and_the_figures_of_a_composite_one_are_not() -> None:
    found = scored(scheme_of(AT_ITEMS), "7")
    # 40 × 7 ÷ 12 = 23.333…; 10 × 7 ÷ 12 + 10 × 7 ÷ 30 = 5.8333… + 2.3333… = 8.1666…
    exact = [found[ident].score for ident in ("s_1_a_item_2/1", "s_1_a_item_2/2")]
    assert [str(one.low)[:8] for one in exact if one] == ["5.833333", "2.333333"]
    ends = [found[ident].score for ident in ("s_1_a_item_1", "s_1_a_item_2", "s_1_a", "s_1")]
    assert [one.low for one in ends if one] == [Decimal(end) for end in ("23.33", "8.17", "31.5", "71.5")]


def test_by_default_only_the_total_is_rounded() -> None:
    scheme = scheme_of(TEXT)
    assert [leaf.is_rounded for leaf in leaves_of(scheme.trees["s_1"])] == [False] * 4
    found = scored(scheme, "7")
    assert found["s_1_a_item_1"].score != found["s_1"].score
    total = found["s_1"].score
    assert total is not None
    assert total.low == Decimal("71.5")
    item = found["s_1_a_item_1"].score
    assert item is not None
    assert str(item.low).startswith("23.33333333")


@given(st.decimals(0, 40, places=3))
def test_a_sheet_adds_up_to_its_total_as_printed(value: Decimal) -> None:
    found = scored(scheme_of(AT_ITEMS), str(value))
    items = [found[ident].score for ident in ("s_1_a_item_1", "s_1_a_item_2", "s_1_b_item_3")]
    total = found["s_1"].score
    assert total is not None
    assert sum(one.low for one in items if one) == total.low
    assert all(one.low == round(one.low, 2) for one in items if one)


def test_rows_of_a_table_are_rounded_too_and_what_says_so_is_cited() -> None:
    text = (HEAD + TABLE_TREE).replace("[rounding]\n", '[rounding]\nat = "item"\ninterpretation = "split"\n')
    root = scheme_of(text).trees["table"]
    rounded = [node for node in (root, *leaves_of(root)) if node.is_rounded]
    assert len(rounded) == 1 + len(list(leaves_of(root)))
    assert all("split" in node.interpretations for node in rounded)


def test_another_word_for_where_is_refused() -> None:
    problems = read_scheme(AT_ITEMS.replace('at = "item"', 'at = "items"'), "small.toml").problems
    assert [problem.key for problem in problems] == ["rounding.at"]


@pytest.mark.parametrize(
    ("total", "printed", "settled"),
    [
        ("600", "120 110 100 90 90 80", "122.03 111.86 101.69 91.53 91.53 81.36"),
        ("100", "1 1 1", "33.34 33.33 33.33"),
        ("100", "1 2", "33.33 66.67"),
    ],
)
def test_scaled_points_have_two_places_by_the_largest_remainder(total: str, printed: str, settled: str) -> None:
    shares = shares_of(Decimal(total), [Decimal(one) for one in printed.split()])
    assert shares == tuple(Decimal(one) for one in settled.split())
    assert sum(shares) == Decimal(total)
