"""A body's own cycle is brought to results by its own people, with the same four eyes; the city's office has no part in it."""

from datetime import UTC, datetime

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cycle, Metric, Report, Run, Subject
from taizhang.apps.assessments.results.steps import (
    approve_results,
    note_on_site,
    propose_results,
    publish_results,
    review_results,
    take_step,
)
from taizhang.apps.assessments.scores.runs import score_cycle
from taizhang.apps.assessments.year.opening import Member, open_tier
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import NotForThisBodyError
from taizhang.apps.organisations.models import Body
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, HEBIN, Q4, STATISTICS
from tests.assessment_results import AFTER, SCORED_ON, YEAR_START

WHEN = datetime(2026, 1, 5, 1, tzinfo=UTC)


def of_hebin(username: str) -> User:
    return person(username, "tier_office", body=HEBIN)


@pytest.fixture
def tier(open_cycle: Cycle) -> Cycle:
    """河滨区 assesses its statistics bureau by the city's tree; the figure is verified."""
    Body.objects.create(ident="hebin-statistics", kind="department")
    member = Member("hebin-statistics", "河滨区统计局", "departments", STATISTICS)
    cycle: Cycle = open_tier(by=of_hebin("hb-kaohe"), at=WHEN, for_body=HEBIN, cycle=open_cycle.pk, members=(member,))
    Report.objects.create(
        subject=Subject.objects.get(cycle=cycle), metric=Metric.objects.get(cycle=cycle), period_start=YEAR_START, period_end=Q4,
        state="verified", answer="value", value=9, reported_by="a", reported_at=WHEN, signed_by="b", signed_at=WHEN,
        verified_by="c", verified_at=WHEN,
    )  # fmt: skip
    return cycle


def test_the_bodys_own_people_score_approve_and_publish(tier: Cycle) -> None:
    one, two, three = (of_hebin(name) for name in ("hb-kaohe", "hb-fuhe", "hb-lingdao"))
    own = {"at": AFTER, "for_body": HEBIN}
    for step in ("rules_issued", "group_named", "self_check"):
        take_step(by=one, cycle=tier.pk, step=step, reference="河政办文", note="由考核组统一自查", **own)
    note_on_site(by=one, cycle=tier.pk, subject=Subject.objects.get(cycle=tier).pk, note="看了台账", **own)
    take_step(by=one, cycle=tier.pk, step="on_site", reference="实地记录", **own)
    take_step(by=one, cycle=tier.pk, step="third_party", reference="无", note="办法没有要求第三方评估", **own)
    run = score_cycle(by=one, cycle=tier.pk, as_at=SCORED_ON, **own)
    assert run.scores.get().low == 600
    propose_results(by=one, run=run.pk, **own)
    with pytest.raises(refusals.NotTheSamePersonError):
        review_results(by=one, run=run.pk, note="好", **own)
    review_results(by=two, run=run.pk, note="好", **own)
    with pytest.raises(refusals.NotTheSamePersonError):
        approve_results(by=two, run=run.pk, **own)
    approve_results(by=three, run=run.pk, **own)
    publish_results(by=one, cycle=tier.pk, reference="河政办文", **own)
    tier.refresh_from_db()
    assert tier.state == "published"


def test_neither_the_city_nor_another_body_acts_in_it(tier: Cycle, open_cycle: Cycle, office: User) -> None:
    with pytest.raises(refusals.SubjectIsAnothersError):
        score_cycle(by=office, at=AFTER, cycle=tier.pk, as_at=SCORED_ON)
    with pytest.raises(refusals.SubjectIsAnothersError):
        score_cycle(by=person("xx", "tier_office", body=EDUCATION), at=AFTER, for_body=EDUCATION, cycle=tier.pk, as_at=SCORED_ON)
    with pytest.raises(refusals.SubjectIsAnothersError):
        score_cycle(by=of_hebin("hb-kaohe"), at=AFTER, for_body=HEBIN, cycle=open_cycle.pk, as_at=SCORED_ON)
    assert not Run.objects.exists()
    assert not Entry.objects.filter(operation="assessments.score").exists()


def test_the_citys_office_does_not_act_in_the_bodys_name(tier: Cycle) -> None:
    city, entries = person("kaohe", "assessment_office"), Entry.objects.count()
    for for_body, refusal in ((HEBIN, NotForThisBodyError), (None, refusals.SubjectIsAnothersError)):
        with pytest.raises(refusal):
            score_cycle(by=city, at=AFTER, cycle=tier.pk, as_at=SCORED_ON, for_body=for_body)
    both = person("kaohe-2", "assessment_office")
    person("kaohe-2", "reporter", body=HEBIN)
    with pytest.raises(NotForThisBodyError, match="没有代表“hebin”的岗位"):
        score_cycle(by=both, at=AFTER, cycle=tier.pk, as_at=SCORED_ON, for_body=HEBIN)
    assert (Run.objects.count(), Entry.objects.count()) == (0, entries)
