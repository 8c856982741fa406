"""Filling in: words, points and figures come from the source; what doesn't add up is refused with its sum; nothing is guessed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.scoring import Absence, Criterion, Effect, Scheme, expand, leaves_of, read_scheme, score
from taizhang.engines.scoring.expanding.context import is_printed
from taizhang.engines.scoring.expanding.splitting import evenly, shares_of
from tests.engines.scoring.schemes.small import (
    CHOICES,
    COUNTY,
    HARBOUR,
    HEAD,
    PORTS,
    ROAD,
    SHEETS,
    SOURCE,
    TABLE,
    TABLE_TREE,
    choice,
    codes,
    expanded,
    group,
    item,
    row,
    sheet,
)

TEXT = HEAD + SHEETS
TABLES = HEAD + TABLE_TREE


def scheme_of(text: str, **answers: object) -> Scheme:
    expansion = expanded(text, **answers)
    assert expansion.problems == (), [str(p.message) for p in expansion.problems]
    assert expansion.scheme is not None
    return expansion.scheme


def by_id(scheme: Scheme, tree: str) -> dict[str, Criterion]:
    return {leaf.id: leaf for leaf in leaves_of(scheme.trees[tree])}


def scheme_with(scheme: Scheme, ident: str, value: object) -> Scheme:
    """The scheme as it would be with another value in the answer it keeps."""
    return replace(scheme, choices=tuple(replace(one, value=value) if one.id == ident else one for one in scheme.choices))


# --- sheets --------------------------------------------------------------------------------------------------------------


def test_a_sheet_becomes_a_tree_with_its_own_words_points_and_figures() -> None:
    scheme = scheme_of(TEXT)
    root = scheme.trees["s_1"]
    assert [(child.label, child.weight) for child in root.children] == [("重点", Decimal(60)), ("一般", Decimal(40))]
    first = by_id(scheme, "s_1")["s_1_a_item_1"]
    assert (first.label, first.weight) == ("修缮渔港12座", Decimal(40))
    assert first.rule is not None
    assert (first.rule.strategy, first.rule.targets[0].value, first.rule.targets[0].bound) == ("proportional", Decimal(12), ">=")
    assert first.citation is not None
    assert first.citation.eid == "s_1_a_item_1"


def test_items_without_a_heading_stand_under_the_root() -> None:
    assert [child.id for child in scheme_of(TEXT).trees["s_2"].children] == ["s_2_item_1", "s_2_item_2"]


def test_a_duty_with_two_figures_is_split_and_says_by_which_interpretation() -> None:
    leaves = by_id(scheme_of(TEXT), "s_1")
    parts = [leaves["s_1_a_item_2/1"], leaves["s_1_a_item_2/2"]]
    assert [part.weight for part in parts] == [Decimal(10), Decimal(10)]
    assert all("split" in part.interpretations for part in parts)
    only = by_id(scheme_of(TEXT, split="first"), "s_1")
    assert (only["s_1_a_item_2/1"].weight, "s_1_a_item_2/2" in only) == (Decimal(20), False)


def test_a_limit_is_scored_as_a_limit_and_a_duty_without_a_figure_by_its_stage() -> None:
    leaves = by_id(scheme_of(TEXT), "s_2")
    rule = leaves["s_2_item_2"].rule
    assert rule is not None
    assert (rule.strategy, rule.targets[0].bound) == ("control", "<=")
    judged = by_id(scheme_of(TEXT), "s_1")["s_1_b_item_3"].rule
    assert judged is not None
    assert judged.parameters == {"stages": ("做到", "没有做到"), "rates": (Decimal(1), Decimal(0))}


def test_points_that_are_not_set_are_unknown_and_nobody_there_has_a_place() -> None:
    scheme = scheme_of(TEXT)
    assert scheme.trees["s_3"].weight is None
    results = {result.subject: result for result in score(scheme, (), (), date(2031, 12, 31)).results}
    assert results["east"].rank is None
    assert results["fishery"].rank == (1, 2)


def test_points_may_be_shared_out_evenly_and_still_make_up_the_whole() -> None:
    scheme = scheme_of(TEXT, area_points="equal")
    assert [leaf.weight for leaf in leaves_of(scheme.trees["s_3"])] == [Decimal(50), Decimal(50)]
    assert scheme.trees["s_3"].weight == Decimal(100)


def test_facts_that_only_deduct_wait_until_their_amount_is_set() -> None:
    (deduction,) = scheme_of(TEXT).adjustments
    assert (deduction.id, deduction.sign, deduction.each, deduction.trees) == ("s_3_item_3", -1, None, ("s_3",))
    (deduction,) = scheme_of(TEXT, amount=5).adjustments
    assert deduction.each == Decimal(5)


def test_a_group_that_does_not_add_up_is_refused_with_the_sum_and_how_to_settle_it() -> None:
    short = replace(HARBOUR, groups=(replace(HARBOUR.groups[0], points=Decimal(70)), HARBOUR.groups[1]), points=Decimal(110))
    source = replace(SOURCE, sheets=(short, ROAD))
    refused = expanded(TEXT, source)
    assert codes(refused) == ["scheme.group-does-not-sum"]
    assert "70 分，各项相加是 60 分" in str(refused.problems[0].message)
    assert 'at = ["s_1_a"]' in str(refused.problems[0].advice)
    text = TEXT + '\n[[mark]]\nat = ["s_1_a"]\ninterpretation = "marks"\n'
    as_printed = expanded(text, source).scheme
    assert as_printed is not None
    assert as_printed.trees["s_1"].children[0].weight == Decimal(60)
    scaled = expanded(text, source, marks="scaled_to_declared").scheme
    assert scaled is not None
    assert scaled.trees["s_1"].children[0].weight == Decimal(70)
    assert sum(leaf.weight or 0 for leaf in leaves_of(scaled.trees["s_1"].children[0])) == Decimal(70)


def test_groups_that_do_not_add_up_to_the_sheet_are_refused_with_the_sum() -> None:
    refused = expanded(TEXT, replace(SOURCE, sheets=(replace(HARBOUR, points=Decimal(120)), ROAD)))
    assert "120 分，各组相加是 100 分" in str(refused.problems[0].message)


def test_points_nobody_printed_or_set_are_refused_by_name() -> None:
    text = TEXT.replace('sheets = "area"\nrule', 'sheets = "city"\nrule')
    assert codes(expanded(text)) == ["scheme.item-has-no-points"]


def test_figures_no_strategy_fits_are_told_once_with_their_number() -> None:
    text = TEXT.replace('use = "proportional"\nbound = ">="', 'kinds = ["rank"]\nuse = "proportional"\nbound = ">="')
    missing = [problem for problem in expanded(text).problems if problem.code == "scheme.strategy-is-missing"]
    # Counted in 座 (three items) and measured in 公里 (three): one problem for each kind of figure.
    assert ["同样的还有 2 项" in str(problem.message) for problem in missing] == [True, True]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ('use = "control"', 'use = "contral"', "scheme.strategy-is-unknown", "contral"),
        ('use = "control"', 'use = "control"\nparameters = { flor = 1 }', "scheme.parameter-is-unknown", "flor"),
        ("rates = [1, 0]", 'rates = ["满分", "零分"]', "scheme.parameter-does-not-fit", "rates"),
        ("rates = [1, 0]", "rates = [1]", "scheme.rule-is-refused", "rates"),
        ('use = "control"', 'use = "proportional"', "scheme.rule-is-refused", "不低于"),
        ('clause = "#para"\n\n[[tree.part]]', 'clause = "#para_9"\n\n[[tree.part]]', "scheme.clause-is-not-in-source", "#para_9"),
        ('[split]\ninterpretation = "split"', '[split]\ninterpretation = "splitt"', "scheme.interpretation-is-unknown", "splitt"),
        ('kinds = ["area"]', 'kinds = ["bank"]', "scheme.category-is-unknown", "松东区"),
        ('body = "office"', 'body = "nobody"', "scheme.body-is-unknown", "nobody"),
    ],
)
def test_what_the_file_says_wrongly_is_refused_by_name(old: str, new: str, code: str, words: str) -> None:
    expansion = expanded(TEXT.replace(old, new, 1))
    assert expansion.scheme is None
    assert code in codes(expansion)
    assert words in " ".join(str(p.message) for p in expansion.problems if p.code == code)


def test_an_override_changes_one_figure_and_an_answer_can_switch_it() -> None:
    text = TEXT + '\n[[override]]\nat = ["s_2_item_1"]\ntarget = 25\nunit = "公里"\nwhen = "rows"\ninterpretation = "marks"\n'
    kept = by_id(scheme_of(text), "s_2")["s_2_item_1"].rule
    changed = by_id(scheme_of(text, marks="rows"), "s_2")["s_2_item_1"]
    assert kept is not None
    assert changed.rule is not None
    assert kept.targets[0].value == Decimal(30)
    assert changed.rule.targets[0].value == Decimal(25)
    assert "marks" in changed.interpretations


def test_a_figure_that_is_no_target_can_be_left_out() -> None:
    text = TEXT + '\n[[override]]\nat = ["s_1_a_item_2/1"]\nskip = true\ninterpretation = "how"\n'
    leaf = by_id(scheme_of(text), "s_1")["s_1_a_item_2"]
    assert leaf.weight == Decimal(20)
    assert leaf.rule is not None
    assert leaf.rule.unit == "公里"


def test_an_override_of_nothing_is_told() -> None:
    text = TEXT + '\n[[override]]\nat = ["s_9"]\nskip = true\ninterpretation = "how"\n'
    assert codes(expanded(text)) == ["scheme.criterion-is-unknown"]


# --- shared figures --------------------------------------------------------------------------------------------------------

SHARED = """
[[shared]]
metric = "roads"
reporter = "roads"
at = ["s_1_a_item_2/2", "s_2_item_1"]
interpretation = "how"
"""


def test_one_figure_owed_by_two_units_is_proposed_until_the_file_decides() -> None:
    proposed = {proposal.key: proposal for proposal in expanded(TEXT).proposals}
    assert proposed["硬化道路"].members == (("fishery", "s_1_a_item_2/2"), ("roads", "s_2_item_1"))
    assert "硬化道路" not in {proposal.key for proposal in expanded(TEXT + SHARED).proposals}


def test_a_shared_figure_is_read_under_one_name_by_all_who_owe_it() -> None:
    scheme = scheme_of(TEXT + SHARED)
    rules = [by_id(scheme, "s_1")["s_1_a_item_2/2"].rule, by_id(scheme, "s_2")["s_2_item_1"].rule]
    assert {rule.metric for rule in rules if rule} == {"roads"}
    assert (scheme.shared[0].metric, scheme.shared[0].reporter) == ("roads", "roads")


def test_a_reporter_who_does_not_owe_the_figure_is_refused_and_different_targets_are_told() -> None:
    refused = expanded(TEXT + SHARED.replace('reporter = "roads"', 'reporter = "east"'))
    assert codes(refused) == ["scheme.nothing-owed-by-reporter"]
    mixed = expanded(TEXT + SHARED.replace("s_1_a_item_2/2", "s_1_a_item_1"))
    assert codes(mixed) == ["scheme.targets-differ"]
    assert mixed.scheme is not None


# --- tables ----------------------------------------------------------------------------------------------------------------


def test_a_table_becomes_groups_and_leaves_under_the_part_that_names_it() -> None:
    scheme = scheme_of(TABLES)
    root = scheme.trees["table"]
    assert (root.weight, [child.share for child in root.children]) == (Decimal(100), [Decimal("0.3"), Decimal("0.7")])
    checks = root.children[1]
    assert [(one.label, one.weight) for one in checks.children] == [("制度(40分)", Decimal(40)), ("服务(60分)", Decimal(60))]
    assert [leaf.id for leaf in leaves_of(checks)] == ["tbl_1__row_1", "tbl_1__row_2", "tbl_1__row_3"]
    assert root.is_rounded


def test_a_part_that_is_averaged_takes_the_mark_of_what_it_stands_under() -> None:
    daily = scheme_of(TABLES).trees["table"].children[0]
    assert [child.weight for child in daily.children] == [Decimal(100), Decimal(100)]
    assert daily.weight == Decimal(100)


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ([row(1, "制度(40分)", "有规章", "20"), row(2, "制度(40分)", "有台账", "30")], "scheme.group-does-not-sum", "50"),
        ([row(1, "制度(40分)", "有规章", "20"), row(2, "制度(40分)", "有台账", "见附注")], "scheme.points-are-missing", "见附注"),
    ],
)
def test_a_table_whose_points_are_not_what_it_declares_is_refused(rows: list, code: str, words: str) -> None:
    table = replace(TABLE, rows=(*rows, *TABLE.rows[2:]))
    expansion = expanded(TABLES, replace(SOURCE, tables=(table,)))
    assert code in codes(expansion)
    assert words in " ".join(str(problem.message) for problem in expansion.problems)


def test_a_sum_row_and_a_tree_that_do_not_agree_are_refused_with_both_figures() -> None:
    table = replace(TABLE, rows=(*TABLE.rows[:3], row(4, "合计", "", "110"), *TABLE.rows[4:]))
    assert "110 分，各行相加是 100 分" in str(expanded(TABLES, replace(SOURCE, tables=(table,))).problems[0].message)
    refused = expanded(TABLES.replace("share = 0.7", "share = 0.6"))
    assert "应当是 100 分，各部分相加是 90" in " ".join(str(problem.message) for problem in refused.problems)


def test_a_row_nobody_uses_is_refused() -> None:
    text = TABLES.replace('rows = "1-3"', 'rows = "1-2"')
    assert "第 3 行没有用到" in " ".join(str(problem.message) for problem in expanded(text).problems)


def test_a_figure_that_its_clause_does_not_print_is_refused() -> None:
    assert codes(expanded(TABLES.replace("points = 3\nclause", "points = 4\nclause"))) == ["scheme.figure-is-not-in-clause"]
    assert "scheme.figure-is-not-in-clause" in codes(expanded(TABLES.replace("low = 90", "low = 85")))


def test_a_misread_row_is_put_right_and_says_so() -> None:
    bad = row(2, "有台账", "20", "")
    table = replace(TABLE, rows=(TABLE.rows[0], bad, *TABLE.rows[2:]))
    fix = '\n[[reading]]\npart = "checks"\nrows = "2"\nunder = 1\nshift = 1\ninterpretation = "marks"\n'
    assert expanded(TABLES, replace(SOURCE, tables=(table,))).scheme is None
    scheme = expanded(TABLES + fix, replace(SOURCE, tables=(table,))).scheme
    assert scheme is not None
    leaf = by_id(scheme, "table")["tbl_1__row_2"]
    assert (leaf.label, leaf.weight) == ("有台账", Decimal(20))
    assert "marks" in leaf.interpretations


# The table without marks of its groups and without points.
BARE = replace(TABLE, rows=tuple(replace(one, cells=(one.cells[0].partition("(")[0], *one.cells[1:])) for one in TABLE.rows))


@pytest.mark.parametrize(
    ("rule", "values", "wanted"),
    [
        ("equal", "", ["33.34", "33.33", "33.33"]),
        ("equal_groups", "", ["25", "25", "50"]),
        ("groups", "values = [30, 70]", ["15", "15", "70"]),
        ("rows", "values = [10, 20, 70]", ["10", "20", "70"]),
        ("not_scored", "", [None, None, None]),
    ],
)
def test_weights_the_office_sets_follow_the_rule_that_was_chosen(rule: str, values: str, wanted: list[str | None]) -> None:
    text = TABLES.replace("points = 3\nrows", "weight = 100\nrows").replace("total = 4\n", "")
    text = text.replace('rows = "5"\nsign = 1', 'rows = "5"\neach = 2\nsign = 1').replace(
        'group = "plus"\nclause = "#para"\n\n[[cap]]', 'group = "plus"\ninterpretation = "how"\n\n[[cap]]'
    )
    text += '\n[[reading]]\npart = "checks"\nrows = "4"\nskip = true\ninterpretation = "how"\n'
    text += f'\n[[weights]]\npart = "checks"\nrule = "{rule}"\n{values}\ninterpretation = "how"\n'
    expansion = expanded(text, replace(SOURCE, tables=(BARE,)))
    assert expansion.problems == ()
    assert expansion.scheme is not None
    found = [leaf.weight for leaf in leaves_of(expansion.scheme.trees["table"].children[1])]
    assert found == [None if one is None else Decimal(one) for one in wanted]


def test_weights_an_office_types_as_a_row_of_figures_count_before_the_file() -> None:
    text = (
        TABLES.replace("points = 3\nrows", "weight = 100\nrows")
        .replace("total = 4\n", "")
        .replace("sign = 1", "sign = 1\neach = 2")
    )
    text = text.replace('group = "plus"\nclause = "#para"\n\n[[cap]]', 'group = "plus"\ninterpretation = "how"\n\n[[cap]]')
    text += '\n[[reading]]\npart = "checks"\nrows = "4"\nskip = true\ninterpretation = "how"\n'
    text += '\n[[weights]]\npart = "checks"\nrule = "equal"\ninterpretation = "marks"\n'
    source = replace(SOURCE, tables=(BARE,))
    scheme = expanded(text, source, marks=(Decimal(45), Decimal(55))).scheme
    assert scheme is not None
    assert [leaf.weight for leaf in leaves_of(scheme.trees["table"].children[1])] == [
        Decimal("22.5"),
        Decimal("22.5"),
        Decimal(55),
    ]
    assert expanded(text, source, marks="45、55").scheme == scheme_with(scheme, "marks", "45、55")
    assert codes(expanded(text, source, marks=(Decimal(1),) * 5)) == ["scheme.weights-do-not-fit"]


# --- consequences ----------------------------------------------------------------------------------------------------------


def test_adjustments_take_their_points_from_the_row_and_share_a_cap() -> None:
    scheme = scheme_of(TABLES)
    (adjustment,) = scheme.adjustments
    assert (adjustment.label, adjustment.each, adjustment.group, adjustment.trees) == ("受到表扬", Decimal(2), "plus", ("table",))
    assert scheme.group_caps == {"plus": Decimal(3)}


def test_the_order_of_effects_is_what_the_interpretation_answers() -> None:
    assert scheme_of(TABLES).sanctions[0].effects == (Effect.ZERO_TOTAL, Effect.GRADE)
    turned = scheme_of(TABLES, how="grade, zero_total")
    assert turned.sanctions[0].effects == (Effect.GRADE, Effect.ZERO_TOTAL)
    assert scheme_of(TABLES, how="grade").sanctions[0].effects == (Effect.GRADE,)


def test_bands_are_kept_as_printed_with_the_reading_of_their_gaps() -> None:
    scheme = scheme_of(TABLES, gaps="rounded")
    assert [(grade.name, grade.low) for grade in scheme.grades] == [("优秀", 90), ("合格", 60), ("不合格", 0)]
    assert scheme.grade_reading == "rounded"


def test_a_duty_of_a_sheet_can_be_a_sanction_in_place_of_a_deduction() -> None:
    text = TEXT + '\n[[sanction]]\nid = "accident"\nat = ["s_3_item_3"]\neffects = ["zero_criterion"]\ninterpretation = "how"\n'
    scheme = scheme_of(text)
    assert (scheme.adjustments, [one.label for one in scheme.sanctions]) == ((), ["发生事故的扣分"])


def test_days_of_the_calendar_come_from_the_interpretation_and_none_where_the_practice_is_off() -> None:
    text = TEXT + '\n[calendar.interpretations]\nappeal_working_days = "days"\n'
    text = text.replace('frequency = "quarterly"\n', "", 1).replace("[calendar]\n", '[calendar]\nfrequency = "quarterly"\n', 1)
    assert scheme_of(text).calendar.appeal_working_days == 5
    assert scheme_of(text, days=None).calendar.appeal_working_days is None


def test_parts_that_do_not_apply_are_handled_as_the_tree_says() -> None:
    text = TABLES.replace("weight = 100\nclause", 'weight = 100\nabsence = "drop"\nclause', 1)
    assert {leaf.absence for leaf in leaves_of(scheme_of(text).trees["table"])} == {Absence.DROP}


# --- who -------------------------------------------------------------------------------------------------------------------


def test_each_body_is_ranked_by_its_kind_unless_it_is_named() -> None:
    assert {s.body: s.category for s in scheme_of(TEXT).subjects} == {"fishery": "units", "roads": "units", "east": "areas"}
    named = TEXT.replace('kinds = ["area"]', 'kinds = ["area"]\nbodies = ["roads"]')
    assert {s.body: s.category for s in scheme_of(named).subjects}["roads"] == "areas"


def test_the_list_of_subjects_is_dated_and_no_body_stands_twice_on_a_day() -> None:
    again = TABLES + '\n[[assessed]]\nwho = "bodies"\nbodies = ["fishery"]\ntree = "table"\nclause = "#para"\n'
    assert codes(expanded(again)) == ["scheme.subject-is-repeated"]
    first = again.replace('annex = 1\ntree = "table"', 'annex = 1\ntree = "table"\nuntil = 2031-06-30')
    later = first.replace('bodies = ["fishery"]\n', 'bodies = ["fishery"]\nfrom = 2031-07-01\n')
    assert [(s.period.start, s.period.end) for s in scheme_of(later).subjects] == [
        (date(2031, 1, 1), date(2031, 6, 30)),
        (date(2031, 7, 1), date(2031, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("entry", "bodies"),
    [
        ('who = "kinds"\nkinds = ["department"]', ["fishery", "roads", "office"]),
        ('who = "kinds"\nkinds = ["department"]\nexcept = ["office"]', ["fishery", "roads"]),
        ('who = "bodies"\nbodies = ["roads"]', ["roads"]),
        ('who = "names"\nannex = 1', ["fishery"]),
    ],
)
def test_subjects_are_chosen_by_kind_by_name_or_by_the_roll_of_an_annex(entry: str, bodies: list[str]) -> None:
    text = TABLES.replace('who = "names"\nannex = 1', entry, 1)
    assert [subject.body for subject in scheme_of(text).subjects] == bodies


def test_nobody_chosen_is_told() -> None:
    text = TABLES.replace('who = "names"\nannex = 1', 'who = "kinds"\nkinds = ["bank"]')
    assert "scheme.nobody-is-assessed" in codes(expanded(text))
    assert "scheme.roll-is-missing" in codes(expanded(TABLES.replace("annex = 1", "annex = 7", 1)))


def test_a_unit_nobody_knows_is_told_by_its_printed_name() -> None:
    source = replace(SOURCE, sheets=(replace(HARBOUR, body=""), ROAD, COUNTY))
    assert "市渔业局" in str(expanded(TEXT, source).problems[0].message)


def test_a_source_without_the_document_is_refused_at_once() -> None:
    (problem,) = expanded(TEXT, replace(SOURCE, clauses={})).problems
    assert problem.code == "scheme.document-is-not-in-source"


# --- laws ------------------------------------------------------------------------------------------------------------------


@given(st.decimals(min_value=0, max_value=1000, places=2), st.integers(1, 60))
def test_a_mark_that_is_split_adds_up_again_and_its_parts_differ_by_a_hundredth(total: Decimal, count: int) -> None:
    parts = evenly(total, count)
    assert sum(parts) == total
    assert max(parts) - min(parts) <= Decimal("0.01")


@given(st.lists(st.integers(1, 200), min_size=1, max_size=20), st.integers(1, 1000))
def test_a_mark_shared_in_proportion_adds_up_again(ratios: list[int], total: int) -> None:
    assert sum(shares_of(Decimal(total), [Decimal(ratio) for ratio in ratios])) == total


@given(st.integers(1, 30), st.integers(1, 200))
def test_any_sheet_whose_points_add_up_is_taken_with_them(count: int, each: int) -> None:
    items = tuple(item(f"s_1_item_{i}", f"事项{i}", str(each), PORTS) for i in range(count))
    total = str(each * count)
    one = sheet("s_1", "市渔业局", "fishery", group("s_1_a", "重点", total, *items), points=total)
    scheme = expanded(TEXT, replace(SOURCE, sheets=(one,))).scheme
    assert scheme is not None
    assert scheme.trees["s_1"].weight == each * count


@given(
    st.sampled_from([TEXT, TABLES, TEXT + SHARED]),
    st.sets(st.integers(0, 160), max_size=6),
    st.sampled_from(["", "0", '"x"', "9999", "-1", "nan"]),
)
def test_a_file_with_lines_lost_or_values_spoilt_is_refused_or_filled_in_and_never_breaks(
    text: str, lost: set[int], spoilt: str
) -> None:
    lines = []
    for number, line in enumerate(text.splitlines()):
        if number not in lost:
            lines.append(line)
        elif spoilt and "=" in line:
            lines.append(f"{line.partition('=')[0]}= {spoilt}")
    reading = read_scheme("\n".join(lines), "x")
    if reading.draft is not None:
        expansion = expand(reading.draft, SOURCE, CHOICES.values())
        assert (expansion.scheme is None) == bool(expansion.errors)


def test_figures_are_found_in_a_clause_however_it_prints_them() -> None:
    assert is_printed(Decimal("0.05"), "占５％")
    assert is_printed(Decimal(100), "实行百分制")
    assert not is_printed(Decimal(5), "占15%")


def test_an_interpretation_the_scheme_used_is_kept_with_it_and_others_are_not() -> None:
    known = {**CHOICES, "unused": choice("unused")}
    scheme = expanded(TEXT, choices=known).scheme
    assert scheme is not None
    assert {one.id for one in scheme.choices} == {"how", "split", "area-points", "amount"}
