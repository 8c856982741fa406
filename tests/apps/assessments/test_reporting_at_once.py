"""Two verifiers, two reporters or two imports at the same instant: one wins, the other is told by name; nothing happens twice."""

from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Cycle, Report
from taizhang.apps.assessments.reports.answering import Answer
from taizhang.apps.assessments.reports.reporting import acknowledge, save_reports
from taizhang.apps.assessments.reports.verifying import Verdict, return_reports, verify_reports
from taizhang.apps.assessments.year.opening import open_cycle
from taizhang.apps.ledger.models import Entry
from tests.apps.assessments.reporting_steps import AFTER_Q1, save, sign, signed_for
from tests.apps_fixtures import person
from tests.assessment_fixtures import (
    EDUCATION,
    OPENED,
    PLACES,
    Q1,
    STATISTICS,
    approved,
    register_bodies,
    signer_of,
    small_scheme,
    verifier_of,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refused(outcomes: list[Any], kind: type[Exception]) -> int:
    assert len(outcomes) == 2
    return sum(isinstance(one, kind) for one in outcomes)


def test_of_two_verifiers_one_confirms_or_returns_and_the_other_is_told(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    seen = sign(mine)[0]
    other = person("heyan-er", "verifier", body=STATISTICS)
    facts = {"at": AFTER_Q1, "for_body": STATISTICS}
    outcomes = at_once(
        [
            lambda: verify_reports(by=verifier_of(STATISTICS), verdicts=[Verdict(seen.pk, seen.version)], **facts),
            lambda: return_reports(by=other, verdicts=[Verdict(seen.pk, seen.version, "与台账不符")], **facts),
        ]
    )
    assert refused(outcomes, errors.ReportChangedMeanwhileError) == 1
    state = Report.objects.get(pk=seen.pk).state
    done = {"verified": "assessments.verify_reports", "returned": "assessments.return_reports"}[state]
    decided = Entry.objects.filter(operation__in=("assessments.verify_reports", "assessments.return_reports"))
    assert [entry.operation for entry in decided] == [done]


def test_of_two_reporters_with_the_same_form_one_saves_and_the_other_is_told(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    one, two = person("tianbao-yi", "reporter", body=EDUCATION), person("tianbao-er", "reporter", body=EDUCATION)
    facts = {"at": AFTER_Q1, "for_body": EDUCATION, "subject": mine.pk, "period_end": Q1}
    outcomes = at_once(
        [
            lambda: save_reports(by=one, answers=[Answer(PLACES, "value", Decimal(1))], **facts),
            lambda: save_reports(by=two, answers=[Answer(PLACES, "value", Decimal(2))], **facts),
        ]
    )
    assert refused(outcomes, errors.ReportChangedMeanwhileError) == 1
    assert Report.objects.count() == 1


def test_a_sheet_is_signed_for_once_and_a_year_opened_once(db: None) -> None:
    register_bodies()
    row = approved(small_scheme())
    office, colleague = person("kaohe", "assessment_office"), person("fuhe", "assessment_office")
    opening = {"at": OPENED, "scheme": row.pk, "owner": "city-government"}
    outcomes = at_once([lambda: open_cycle(by=office, **opening), lambda: open_cycle(by=colleague, **opening)])
    assert refused(outcomes, errors.CycleIsOpenAlreadyError) == 1
    subject = Cycle.objects.get().subjects.get(ident=EDUCATION)
    two = person("qianfa-er", "signer", body=EDUCATION)
    facts = {"at": OPENED, "for_body": EDUCATION, "subject": subject.pk}
    outcomes = at_once([lambda: acknowledge(by=signer_of(EDUCATION), **facts), lambda: acknowledge(by=two, **facts)])
    assert refused(outcomes, errors.AlreadyAcknowledgedError) == 1
