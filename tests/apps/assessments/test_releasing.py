"""Old trial scores let go of what they hold; what is cited, newest or decided stays, and so do all digests."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.follow_up.rectifying import open_rectification
from taizhang.apps.assessments.models import Cell, Certificate, Cycle, Notice, Run, RunInputs, Score
from taizhang.apps.assessments.notices.noticing import discard_notice, draft_notice
from taizhang.apps.assessments.results.reading import standing_run
from taizhang.apps.assessments.results.year_pages import run_before
from taizhang.apps.assessments.scores.releasing import CLOCKWORK, KEPT_DAYS, releasable, release_if_due, release_runs
from taizhang.apps.assessments.scores.runs import recheck
from taizhang.apps.assessments.scores.what_if import Supposed, suppose
from taizhang.apps.ledger.chain import verify
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import NotPermittedError
from tests.assessment_fixtures import EDUCATION, PLACES, Q2, Q3
from tests.assessment_results import figure_of, scored, subject_row

AUTUMN, WINTER = datetime(2025, 10, 5, 1, tzinfo=UTC), datetime(2025, 12, 1, 1, tzinfo=UTC)
CLOCK = CLOCKWORK


@pytest.fixture
def runs(open_cycle: Cycle) -> list[Run]:
    """Three scorings of one day in autumn, each of other figures, and one of the summer."""
    summer = scored(open_cycle, Q2, AUTUMN)
    made = [scored(open_cycle, Q3, AUTUMN)]
    for number, metric in enumerate((PLACES, "校园安全")):
        facts = {"answer": "stage", "stage": "推进中"} if number else {}
        figure_of(open_cycle, EDUCATION, metric, None if number else "1600", Q3, **facts)
        made.append(scored(open_cycle, Q3, AUTUMN))
    assert len({run.pk for run in made}) == 3
    return [summer, *made]


def test_what_is_old_and_cited_by_nothing_goes_and_its_digests_stay(
    runs: list[Run], open_cycle: Cycle, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    summer, first, second, newest = runs
    with django_assert_max_num_queries(6):
        assert releasable(WINTER) == [first.pk, second.pk]
    assert release_if_due(WINTER) == 2
    for run in (first, second):
        digests = run.inputs_digest, run.digest
        run.refresh_from_db()
        assert (run.state, run.inputs_digest, run.digest) == ("released", *digests)
        for rows in (Score.objects.filter(run=run), Cell.objects.filter(score__run=run), RunInputs.objects.filter(run=run)):
            assert not rows.exists()
    assert Certificate.objects.count() == Cell.objects.count() > 0
    told = Entry.objects.get(operation="assessments.release_runs").after
    assert [(one["run"], one["digest"]) for one in told["runs"]] == [(first.pk, first.digest), (second.pk, second.digest)]
    assert standing_run(open_cycle) == newest
    assert run_before(newest) == summer.pk
    assert recheck(newest.pk).is_same
    assert list(verify()) == []
    assert release_if_due(WINTER) == 0
    with pytest.raises(refusals.NothingIsReleasedError):
        release_runs(by=CLOCK, at=WINTER, kept_days=KEPT_DAYS)


def test_what_a_notice_or_a_problem_cites_stays(runs: list[Run], open_cycle: Cycle, office: User) -> None:
    _, first, second, _ = runs
    quarter = {"kind": "quarterly", "period_start": date(2025, 7, 1), "period_end": Q3}
    draft = draft_notice(by=office, at=AUTUMN, run=first.pk, **quarter)
    discard_notice(by=office, at=AUTUMN, notice=draft.pk, reason="数变了")
    cell = Cell.objects.filter(score__run=second, score__subject__ident=EDUCATION).first()
    assert cell is not None
    subject = subject_row(open_cycle, EDUCATION).pk
    open_rectification(by=office, at=AUTUMN, cycle=open_cycle.pk, subject=subject, origin=f"cell:{cell.pk}", problem="滞后")
    assert releasable(WINTER) == []
    assert Notice.objects.count() == 1


def test_the_young_the_decided_and_the_newest_of_a_day_stay(runs: list[Run]) -> None:
    assert releasable(AUTUMN) == []
    summer, first, second, newest = runs
    Run.objects.filter(pk=first.pk).update(state="proposed")
    Run.objects.filter(pk=second.pk).update(state="sent_back")
    assert releasable(WINTER) == []
    assert {summer.pk, newest.pk} <= set(Run.objects.filter(state="provisional").values_list("pk", flat=True))


@pytest.mark.parametrize("days", [6, 0, -400])
def test_days_are_seven_at_least(runs: list[Run], days: int) -> None:
    with pytest.raises(refusals.RunsAreKeptLongerError, match="至少保留 7 天"):
        release_runs(by=CLOCK, at=WINTER, kept_days=days)


def test_an_office_lets_nothing_go(runs: list[Run], office: User) -> None:
    with pytest.raises(NotPermittedError):
        release_runs(by=office, at=WINTER, kept_days=KEPT_DAYS)


def test_a_run_without_its_scores_says_so_wherever_it_is_asked_for(runs: list[Run], open_cycle: Cycle, office: User) -> None:
    release_if_due(WINTER)
    gone = runs[1]
    for asked in (lambda: recheck(gone.pk), lambda: suppose(gone.pk, Supposed())):
        with pytest.raises(refusals.RunIsReleasedError, match=gone.digest):
            asked()
    client = Client()
    client.force_login(office)
    assert gone.digest[:12] in client.get(reverse("desk:scored", args=[open_cycle.slug, gone.pk])).content.decode()
    page = client.get(reverse("desk:trying", args=[open_cycle.slug, gone.pk]), {"s": "weight|0|edu_1||100"})
    assert "已经清理" in page.content.decode()
    assert "已清理" in client.get(reverse("desk:year", args=[open_cycle.slug])).content.decode()
