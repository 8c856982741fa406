"""Daily records count once another person confirmed them, with evidence; the scheme alone sets points."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cycle, DailyRecord
from taizhang.apps.assessments.scores.daily import confirm_daily, withdraw_daily
from taizhang.apps.ledger.models import Entry
from tests.assessment_fixtures import FINANCE
from tests.assessment_results import RECORDED as WHEN
from tests.assessment_results import confirmed, file_about, recorded, scored


def finance_total(cycle: Cycle) -> Decimal:
    total: Decimal = scored(cycle).scores.get(subject__ident=FINANCE).low
    return total


def test_a_record_counts_once_another_person_confirmed_it_and_no_more_once_withdrawn(
    whole_year: Cycle, office: User, reviewer_2: User
) -> None:
    row = recorded(whole_year, office)
    assert finance_total(whole_year) == 800
    with pytest.raises(refusals.NotTheSamePersonError):
        confirm_daily(by=office, at=WHEN, record_id=row.pk)
    with pytest.raises(refusals.EvidenceIsMissingError):
        confirm_daily(by=reviewer_2, at=WHEN, record_id=row.pk)
    file_about(whole_year, f"record:{row.pk}")
    confirm_daily(by=reviewer_2, at=WHEN, record_id=row.pk)
    assert finance_total(whole_year) == 790
    with pytest.raises(refusals.DecidedByAnotherError, match="fuhe"):
        confirm_daily(by=reviewer_2, at=WHEN, record_id=row.pk)
    with pytest.raises(refusals.WordsAreMissingError):
        withdraw_daily(by=office, at=WHEN, record_id=row.pk, reason=" ")
    withdraw_daily(by=office, at=WHEN, record_id=row.pk, reason="通报撤销")
    assert finance_total(whole_year) == 800
    with pytest.raises(refusals.NotInThisStateError):
        withdraw_daily(by=office, at=WHEN, record_id=row.pk, reason="通报撤销")
    said = [entry.operation for entry in Entry.objects.filter(subject=f"record:{row.pk}").order_by("pk")]
    assert said == ["assessments.record_daily", "assessments.confirm_daily", "assessments.withdraw_daily"]


def test_points_are_the_schemes_and_stop_at_its_cap(whole_year: Cycle, office: User, reviewer_2: User) -> None:
    with pytest.raises(refusals.PointsAreSetByTheSchemeError, match="每次减 10 分"):
        recorded(whole_year, office, points=Decimal(-3))
    confirmed(whole_year, office, reviewer_2, points=Decimal(-10))
    assert finance_total(whole_year) == 790
    for _ in range(3):
        confirmed(whole_year, office, reviewer_2, kind="praise")
    assert finance_total(whole_year) == 800


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"kind": "loved"}, refusals.KindIsNotInTheSchemeError),
        ({"source": "rumour"}, refusals.KindIsNotInTheSchemeError),
        ({"note": " "}, refusals.WordsAreMissingError),
        ({"happened_on": date(2025, 11, 21)}, refusals.DayIsOutsideError),
        ({"happened_on": date(2024, 12, 31)}, refusals.DayIsOutsideError),
        ({"criterion": "edu_1"}, refusals.NoSuchRowError),
        ({"subject": 10**6}, refusals.NoSuchRowError),
        ({"cycle": 10**6}, refusals.NoSuchRowError),
    ],
)
def test_what_does_not_fit_the_scheme_is_refused(
    open_cycle: Cycle, office: User, wrong: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        recorded(open_cycle, office, **wrong)
    assert not DailyRecord.objects.exists()
    assert not Entry.objects.filter(operation="assessments.record_daily").exists()
