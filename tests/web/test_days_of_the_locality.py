"""A day in a table is a day of the locality: what is done after midnight there is not told as of the day before."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Appeal, Cycle, Notice
from taizhang.apps.assessments.notices.noticing import draft_notice
from taizhang.apps.assessments.scores.inputs import awarded
from taizhang.web.twins.tables import Column, Table
from taizhang.web.twins.writing import csv_text
from tests.assessment_fixtures import EDUCATION, Q3
from tests.assessment_results import scored, subject_row

IN_OCTOBER = datetime(2025, 10, 20, 1, tzinfo=UTC)
JUST_AFTER_MIDNIGHT = datetime(2025, 10, 31, 16, 30, tzinfo=UTC)  # 1 November, half past twelve at night


def test_a_notice_issued_after_the_midnight_of_its_last_day_is_told_as_late(
    open_cycle: Cycle, office: User, client: Client
) -> None:
    run = scored(open_cycle, Q3, IN_OCTOBER)
    row: Notice = draft_notice(
        by=office, at=IN_OCTOBER, run=run.pk, kind="quarterly", period_start=date(2025, 7, 1), period_end=Q3
    )
    Notice.objects.filter(pk=row.pk).update(
        state="issued", number="岭考办〔2025〕8号", issued_at=JUST_AFTER_MIDNIGHT, due_on=date(2025, 10, 31)
    )
    answer = client.get("/downloads/notices.csv")
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()  # type: ignore[attr-defined]
    assert "2025-11-01" in text
    assert "逾期" in text


def test_the_points_of_an_appeal_are_dated_by_the_day_of_the_decision(open_cycle: Cycle) -> None:
    Appeal.objects.create(
        cycle=open_cycle, subject=subject_row(open_cycle, EDUCATION), criterion="edu_1", claim="漏计", filed_by="q",
        filed_at=IN_OCTOBER, file_by=Q3, decide_by=Q3, state="upheld", points=1, decided_at=JUST_AFTER_MIDNIGHT,
    )  # fmt: skip
    assert [one.on for one in awarded(open_cycle)] == [date(2025, 11, 1)]


@pytest.mark.parametrize("words", ["=1+1", "\n=1+1", "＝1+1", "＠SUM(A1)", "\t=1", "-1+1"])
def test_no_words_in_a_csv_are_a_formula(words: str) -> None:
    table = Table("t", "表", (Column("a", "甲", 8),), lambda wish: iter(()))  # type: ignore[arg-type]
    assert f"'{words}" in "".join(csv_text(table, [(words,)]))
