"""A verifier sees what other bodies reported of the same metric; nobody else's draft, and nothing beside a figure of its own."""

from typing import Any

from taizhang.apps.assessments.models import Cycle
from taizhang.apps.assessments.reports.beside import Beside, reported_beside
from tests.assessment_fixtures import EDUCATION, FINANCE, HEBIN, HEBIN_REVENUE, Q2, Q4, REVENUE, SPENDING
from tests.assessment_results import figure_of


def test_figures_of_the_same_metric_and_day_stand_beside_each_other(open_cycle: Cycle, django_assert_num_queries: Any) -> None:
    mine = figure_of(open_cycle, FINANCE, REVENUE, "100", state="signed")
    figure_of(open_cycle, EDUCATION, REVENUE, "98")
    figure_of(open_cycle, HEBIN, REVENUE, "97", state="draft")
    figure_of(open_cycle, EDUCATION, REVENUE, "50", Q2)
    alone = figure_of(open_cycle, FINANCE, SPENDING, "2000", state="signed")
    unknown = figure_of(open_cycle, HEBIN, HEBIN_REVENUE, None, Q4, state="signed")
    with django_assert_num_queries(1):
        found = reported_beside([mine, alone, unknown])
    assert found == {mine.pk: [Beside("市教育局", found[mine.pk][0].value, "verified")]}
    assert found[mine.pk][0].value == 98
    with django_assert_num_queries(0):
        assert reported_beside([unknown]) == {}
