"""Figures that nobody can confirm come to the office, which names another body; nobody confirms his own."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cycle, Metric, Report
from taizhang.apps.assessments.waiting.matters import waiting_for
from taizhang.apps.assessments.year.handover import hand_over
from taizhang.apps.assessments.year.naming_verifiers import name_verifier
from taizhang.apps.assessments.year.verifier_gaps import verifier_gaps
from taizhang.apps.ledger.models import Entry
from taizhang.apps.organisations.models import Body, Name
from tests.apps.assessments.reporting_steps import AFTER_Q1, confirm, save, sign, signed_for
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, PLACES, STATISTICS, verifier_of

AUDITS = "audit-office"
DAY = AFTER_Q1.date()
LATER = datetime(2025, 4, 8, 1, tzinfo=UTC)


@pytest.fixture
def merged(open_cycle: Cycle, office: User) -> Cycle:
    """市教育局 signed its first quarter, then went to 市统计局, whose verifiers would confirm it; nobody stands in for them."""
    for body in (STATISTICS, "city-government"):
        verifier_of(body)
    mine = signed_for(open_cycle)
    save(mine)
    sign(mine)
    hand_over(by=office, at=LATER, subject=mine.pk, to=STATISTICS, on=DAY, reason="机构改革方案")
    Metric.objects.filter(verifier="statistics").update(deputy_body="")
    Name.objects.create(body=Body.objects.create(ident=AUDITS, kind="department"), text="市审计局", form="full")
    return open_cycle


def named(cycle: Cycle, by: User, **more: Any) -> int:
    facts: dict[str, Any] = {
        "cycle": cycle.pk, "kind": "statistics", "instead_of": "", "body": AUDITS, "reason": "统计局接管了教育局", "as_deputy": True,
    }  # fmt: skip
    count: int = name_verifier(by=by, at=LATER, **{**facts, **more})
    return count


def test_a_merger_that_leaves_no_verifier_waits_for_the_office_until_it_names_one(
    merged: Cycle, office: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        gaps = verifier_gaps({merged.pk: merged}, LATER.date())
    assert {(gap.kind, gap.why, subject) for gap in gaps for subject in gap.subjects} == {
        ("statistics", "own", "市教育局"), ("statistics", "own", "市统计局")
    }  # fmt: skip
    assert sum(gap.waiting for gap in gaps) == 1
    lines = [line for line in waiting_for(office, LATER.date()) if line.act == "name_verifier"]
    assert [line.title for line in lines] == ["2025年责任目标：statistics"]
    report = Report.objects.get(metric__key=PLACES)
    for body in (STATISTICS, AUDITS):
        with pytest.raises((errors.OwnReportError, errors.NotYourKindOfFactError)):
            confirm(report, body)
    assert named(merged, office) == 5
    person("heyan-audit-office", "verifier", body=AUDITS)
    assert verifier_gaps({merged.pk: merged}, LATER.date()) == []
    with pytest.raises(errors.OwnReportError):
        confirm(report, STATISTICS)
    confirm(report, AUDITS)
    report.refresh_from_db()
    assert (report.state, report.verified_by) == ("verified", "heyan-audit-office")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"body": EDUCATION}, errors.VerifierIsNotPossibleError),
        ({"body": STATISTICS}, errors.VerifierIsNotPossibleError),
        ({"body": "nobody-knows"}, errors.BodyIsUnknownError),
        ({"body": "x" * 3000}, errors.BodyIsUnknownError),
        ({"instead_of": FINANCE}, refusals.NoSuchRowError),
        ({"kind": "weather"}, refusals.NoSuchRowError),
        ({"reason": " "}, refusals.WordsAreMissingError),
        ({"for_body": "hebin"}, Exception),
    ],
)
def test_who_owes_the_figures_or_is_unknown_is_not_named(
    merged: Cycle, office: User, wrong: dict[str, Any], error: type[Exception]
) -> None:
    entries = Entry.objects.count()
    with pytest.raises(error):
        named(merged, office, **wrong)
    assert Entry.objects.count() == entries


def test_naming_twice_is_refused_and_results_under_review_keep_their_verifiers(merged: Cycle, office: User) -> None:
    named(merged, office)
    with pytest.raises(refusals.NoSuchRowError):
        named(merged, office)
    Cycle.objects.update(state="proposed")
    with pytest.raises(refusals.StepIsOutOfOrderError, match="已提出结果"):
        named(merged, office, instead_of=AUDITS, body="city-government")


def test_a_verifying_body_whose_accounts_are_closed_is_told_once_figures_wait_for_it(open_cycle: Cycle, office: User) -> None:
    mine = signed_for(open_cycle)
    save(mine)
    assert not [line for line in waiting_for(office, DAY) if line.act == "name_verifier"]
    sign(mine)
    assert [line.count for line in waiting_for(office, DAY) if line.act == "name_verifier"]
    for body in (STATISTICS, "city-government"):
        verifier_of(body)
    assert not [line for line in waiting_for(office, DAY) if line.act == "name_verifier"]
    User.objects.filter(username="heyan-statistics").update(is_active=False)
    [gap] = [gap for gap in verifier_gaps({open_cycle.pk: open_cycle}, DAY) if gap.waiting]
    assert (gap.body, gap.why, gap.as_deputy) == (STATISTICS, "nobody", False)
    assert named(open_cycle, office, instead_of=STATISTICS, body="city-government", as_deputy=False) >= 1
    assert not [gap for gap in verifier_gaps({open_cycle.pk: open_cycle}, DAY) if gap.waiting]


def test_the_page_of_the_year_says_it_and_takes_the_name(merged: Cycle, office: User) -> None:
    person("heyan-audit-office", "verifier", body=AUDITS)
    client = Client()
    client.force_login(office)
    here = reverse("desk:year", args=[merged.slug])
    assert "没有人核验的数" in client.get(here).content.decode()
    data = {"kind": "statistics", "instead_of": "", "body": AUDITS, "as_deputy": "1", "reason": ""}
    refused = client.post(reverse("desk:name_verifier", args=[merged.slug]), data)
    assert refused.status_code == 422
    done = client.post(reverse("desk:name_verifier", args=[merged.slug]), {**data, "reason": "机构改革"}, follow=True)
    words = done.content.decode()
    assert "已另定核验单位" in words
    assert "没有人核验的数" not in words
