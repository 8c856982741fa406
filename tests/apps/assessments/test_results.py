"""Results as pages read them: by category, with ties, ranges and overridden totals kept apart; few queries however many units."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Cycle, Run
from taizhang.apps.assessments.results.reading import (
    by_category,
    certificate_by_cell,
    distribution,
    rows_of,
    run_label,
    runs_of,
    standing_run,
    unit_sheet,
)
from taizhang.engines.scoring.model import Effect, Sanction
from tests.assessment_fixtures import EDUCATION, FINANCE, HEBIN, REVENUE, small_scheme, year_of
from tests.assessment_results import approved_run, confirmed, judge_safety, published_year, report_all, scored


def test_results_stand_by_category_with_ties_and_grades(whole_year: Cycle, django_assert_num_queries: Any) -> None:
    run, scheme = scored(whole_year), scheme_for(whole_year)
    with django_assert_num_queries(1):
        departments, areas = by_category(run, scheme)
    assert [(row.rank, row.name, row.low, row.grade) for row in departments.rows] == [
        (1, "市财政局", Decimal(800), "优秀"), (1, "市统计局", Decimal(800), "优秀"), (3, "市教育局", Decimal(770), "优秀"),
    ]  # fmt: skip
    assert departments.ties == {1: 2}
    assert departments.counts == (("优秀", 3), ("良好", 0), ("合格", 0), ("不合格", 0))
    assert [(row.rank, row.name, row.grade) for row in areas.rows] == [(1, "河滨区", "合格")]
    assert run_label(run) == "试算"


def test_what_is_undetermined_has_no_place_and_says_what_it_waits_for(open_cycle: Cycle) -> None:
    report_all(open_cycle, {(FINANCE, REVENUE): "100"})
    departments, _ = by_category(scored(open_cycle), scheme_for(open_cycle))
    assert [row.rank for row in departments.rows] == [None, None, None]
    assert departments.undetermined == 3
    education = next(row for row in departments.rows if row.ident == EDUCATION)
    assert (education.low, education.high, education.grade) == (Decimal(200), Decimal(800), None)
    assert education.waits == ("还没有填报", "还没有评定")
    drawn = distribution([departments], scheme_for(open_cycle))
    assert drawn.points["departments"] == ()
    assert ("市教育局", "undetermined") in drawn.left_out


@pytest.mark.django_db
def test_a_sheet_without_points_has_no_total_no_grade_and_is_never_drawn_as_nought() -> None:
    scheme = small_scheme()
    district = replace(scheme.trees[HEBIN], weight=None, children=(replace(scheme.trees[HEBIN].children[0], weight=None),))
    cycle = year_of(replace(scheme, trees={**scheme.trees, HEBIN: district}))
    report_all(cycle)
    run = scored(cycle)
    _, areas = by_category(run, scheme_for(cycle))
    (row,) = areas.rows
    assert (row.is_set, row.is_known, row.rank, row.grades) == (False, False, None, ())
    drawn = distribution([areas], scheme_for(cycle))
    assert (drawn.points["areas"], drawn.left_out) == ((), (("河滨区", "undetermined"),))
    sheet = unit_sheet(run, HEBIN, scheme_for(cycle))
    assert sheet is not None
    assert not sheet.row.is_known


def test_a_sanction_shows_the_total_it_overrode(office: User, reviewer_2: User) -> None:
    false = Sanction("false_report", "弄虚作假", (Effect.ZERO_TOTAL, Effect.GRADE), grade="不合格")
    cycle = year_of(replace(small_scheme(), sanctions=(false,)))
    report_all(cycle)
    judge_safety(cycle)
    confirmed(cycle, office, reviewer_2, kind="false_report")
    departments, _ = by_category(scored(cycle), scheme_for(cycle))
    finance = next(row for row in departments.rows if row.ident == FINANCE)
    assert (finance.low, finance.overridden, finance.grade) == (Decimal(0), Decimal(800), "不合格")
    assert finance.sanctions == ("弄虚作假",)
    assert ("市财政局", "overridden") in distribution([departments], scheme_for(cycle)).left_out


def test_a_units_sheet_says_what_is_earned_open_and_lost(open_cycle: Cycle, django_assert_num_queries: Any) -> None:
    report_all(open_cycle)
    run, scheme = scored(open_cycle), scheme_for(open_cycle)
    with django_assert_num_queries(2):
        sheet = unit_sheet(run, EDUCATION, scheme)
    assert sheet is not None
    assert (sheet.full, sheet.earned, sheet.undetermined, sheet.lost) == (800, 470, 300, 30)
    assert [(cell.depth, cell.is_leaf, cell.criterion) for cell in sheet.cells] == [
        (0, False, "edu"), (1, True, "edu_1"), (1, True, "edu_2"), (1, True, "edu_3"),
    ]  # fmt: skip
    assert sheet.counts == {"at_risk": 1, "met": 1, "unknown": 1}
    shared = sheet.cells[2]
    assert (shared.value, shared.target, shared.unit, shared.standing) == (100, 100, "亿元", "verified")
    assert sheet.cells[3].waits_for == ("not_judged",)
    assert unit_sheet(run, "nobody", scheme) is None
    with django_assert_num_queries(1):
        certificate = certificate_by_cell(sheet.cells[1].cell)
    assert certificate is not None
    assert certificate["criterion"]["citation"]["document_number"] == "岭政〔2025〕2号"


def test_the_run_that_speaks_is_the_final_the_approved_or_the_newest(whole_year: Cycle) -> None:
    assert standing_run(whole_year) is None
    early = scored(whole_year, date(2025, 9, 30))
    assert standing_run(whole_year) == early
    run = approved_run(whole_year)
    whole_year.refresh_from_db()
    found = standing_run(whole_year)
    assert found == run
    assert found is not None
    assert run_label(found) == "已审定"
    assert [line.pk for line in runs_of(whole_year)] == [run.pk, early.pk]
    assert standing_run(whole_year, date(2025, 9, 30)) == early


def test_reading_results_asks_no_more_for_more_units(whole_year: Cycle, django_assert_num_queries: Any) -> None:
    published_year(whole_year)
    run = Run.objects.get()
    with django_assert_num_queries(1):
        assert len(rows_of(run)) == 4


@pytest.mark.parametrize("name", ["grade", "rank"])
def test_what_is_open_has_no_single_answer(open_cycle: Cycle, name: str) -> None:
    assert {getattr(row, name) for row in rows_of(scored(open_cycle)) if not row.is_known} == {None}
