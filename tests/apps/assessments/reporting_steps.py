"""Steps of a quarter, taken by the people of a body, for tests."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from taizhang.apps.assessments.models import Cycle, Report, Subject
from taizhang.apps.assessments.reports.answering import Answer
from taizhang.apps.assessments.reports.reporting import Saved, acknowledge, save_reports
from taizhang.apps.assessments.reports.signing import sign_period
from taizhang.apps.assessments.reports.verifying import Verdict, verify_reports
from tests.assessment_fixtures import EDUCATION, OPENED, PLACES, Q1, SAFETY, reporter_of, signer_of, verifier_of

AFTER_Q1 = datetime(2025, 4, 3, 2, 0, tzinfo=UTC)
ALL = (
    Answer(PLACES, "value", Decimal(700)),
    Answer(SAFETY, "stage", stage="推进中", remark="已查 41 所"),
)


def subject(cycle: Cycle, body: str = EDUCATION) -> Subject:
    found: Subject = cycle.subjects.get(ident=body)
    return found


def signed_for(cycle: Cycle, body: str = EDUCATION) -> Subject:
    """The body has signed for its sheet."""
    mine = subject(cycle, body)
    acknowledge(by=signer_of(body), at=OPENED, for_body=body, subject=mine.pk)
    return mine


def save(mine: Subject, *answers: Answer, period_end: date = Q1, at: datetime = AFTER_Q1) -> Saved:
    by = reporter_of(mine.ident)
    saved: Saved = save_reports(by=by, at=at, for_body=mine.ident, subject=mine.pk, period_end=period_end, answers=answers or ALL)
    return saved


def sign(mine: Subject, period_end: date = Q1, at: datetime = AFTER_Q1) -> tuple[Report, ...]:
    signed: tuple[Report, ...] = sign_period(
        by=signer_of(mine.ident), at=at + timedelta(hours=1), for_body=mine.ident, subject=mine.pk, period_end=period_end
    )
    return signed


def confirm(report: Report, body: str, at: datetime = AFTER_Q1) -> Report:
    verdicts = [Verdict(report.pk, report.version)]
    (row,) = verify_reports(by=verifier_of(body), at=at + timedelta(hours=2), for_body=body, verdicts=verdicts)
    found: Report = row
    return found
