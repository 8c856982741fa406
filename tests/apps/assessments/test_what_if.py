"""What-if on a copy: figures, records, targets and weights are supposed, scores and places move, nothing is touched."""

from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cycle, Run, Score
from taizhang.apps.assessments.scores.runs import recheck
from taizhang.apps.assessments.scores.what_if import Supposed, suppose
from taizhang.apps.ledger.models import Entry
from tests.assessment_fixtures import EDUCATION, FINANCE
from tests.assessment_results import confirmed, scored, subject_row


def moved(run: Run, **supposed: Any) -> dict[str, tuple[Decimal, Decimal]]:
    found = suppose(run.pk, Supposed(**supposed))
    return {found.names[one.subject]: (one.before.low, one.after.low) for one in found.totals if one.before and one.after}


def test_a_figure_moves_the_score_and_the_places_and_writes_nothing(whole_year: Cycle, django_assert_num_queries: Any) -> None:
    run = scored(whole_year)
    entries, scores = Entry.objects.count(), list(Score.objects.values_list("low", "high"))
    education = subject_row(whole_year, EDUCATION).pk
    with django_assert_num_queries(4):
        found = suppose(run.pk, Supposed(figures={(education, "edu_1"): Decimal(3200)}))
    assert [(one.subject, one.criterion, one.after.low if one.after else None) for one in found.moves] == [
        ("education", "", Decimal(800)), ("education", "edu", Decimal(800)), ("education", "edu_1", Decimal(300)),
    ]  # fmt: skip
    assert [(one.rank_before, one.rank_after) for one in found.totals] == [((3, 3), (1, 1))]
    assert (Entry.objects.count(), list(Score.objects.values_list("low", "high"))) == (entries, scores)
    assert recheck(run.pk).is_same


def test_a_shared_figure_is_supposed_for_all_who_owe_it(whole_year: Cycle) -> None:
    run = scored(whole_year)
    finance = subject_row(whole_year, FINANCE).pk
    assert moved(run, figures={(finance, "fin_1"): Decimal(50)}) == {
        "市教育局": (Decimal(770), Decimal(670)), "市财政局": (Decimal(800), Decimal(550)),
    }  # fmt: skip


def test_records_targets_and_weights_are_supposed_too(whole_year: Cycle, office: User, reviewer_2: User) -> None:
    row = confirmed(whole_year, office, reviewer_2)
    run = scored(whole_year)
    finance = subject_row(whole_year, FINANCE).pk
    assert moved(run, cases={(finance, "blame"): 2})["市财政局"] == (790, 770)
    assert moved(run, without=(f"record:{row.pk}",))["市财政局"] == (790, 800)
    assert moved(run, targets={"edu_1": Decimal(2880)})["市教育局"] == (770, 800)
    assert moved(run, weights={"edu_1": Decimal(100)})["市教育局"] == (770, 590)
    assert moved(run) == {}


@pytest.mark.parametrize(
    ("supposed", "error"),
    [
        ({"figures": {(10**6, "edu_1"): Decimal(1)}}, refusals.NoSuchRowError),
        ({"targets": {"edu": Decimal(1)}}, refusals.NoTargetError),
        ({"targets": {"nothing": Decimal(1)}}, refusals.NoTargetError),
    ],
)
def test_what_is_not_there_cannot_be_supposed(whole_year: Cycle, supposed: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        suppose(scored(whole_year).pk, Supposed(**supposed))
