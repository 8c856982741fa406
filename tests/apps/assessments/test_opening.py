"""A year is opened once, by the office, with an approved scheme; every body knows what it owes and who measures what is shared."""

from dataclasses import replace
from datetime import date

import pytest

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Cycle, Owing, Subject
from taizhang.apps.assessments.models import Scheme as SchemeRow
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.waiting.matters import waiting_for
from taizhang.apps.assessments.year.opening import Member, Plan, open_tier
from taizhang.apps.assessments.year.opening import open_cycle as open_year
from taizhang.apps.assessments.year.owing import periods_for
from taizhang.apps.ledger.operations import NotPermittedError
from taizhang.engines.scoring.model import Calendar
from taizhang.kernel.period import Period
from tests.apps.assessments.reporting_steps import subject
from tests.apps_fixtures import person
from tests.assessment_fixtures import (
    EDUCATION,
    FINANCE,
    HEBIN,
    OPENED,
    REVENUE,
    approved,
    register_bodies,
    signer_of,
    small_scheme,
    year_of,
)  # fmt: skip

SCHOOLS = (
    Member("hebin-education", "河滨区教育局", "departments", EDUCATION),
    Member("hebin-finance", "河滨区财政局", "departments", FINANCE),
)


def test_every_leaf_is_owed_and_a_shared_figure_is_measured_by_one_for_all(open_cycle: Cycle) -> None:
    assert list(open_cycle.subjects.values_list("ident", "body__ident")) == [
        (ident, ident) for ident in ("education", "finance", "statistics", "hebin")
    ]
    assert Owing.objects.filter(subject__cycle=open_cycle).count() == 7
    assert open_cycle.metrics.count() == 6
    education, finance = (Subject.objects.get(cycle=open_cycle, ident=ident) for ident in (EDUCATION, FINANCE))
    measured = {owing.subject_id: owing.measured_by_id for owing in Owing.objects.filter(metric__key=REVENUE)}
    assert measured == {education.pk: finance.pk, finance.pk: None}


def test_a_year_is_opened_once_and_only_by_the_office(open_cycle: Cycle) -> None:
    facts = {"at": OPENED, "scheme": open_cycle.scheme_id, "owner": "city-government", "plan": Plan()}
    with pytest.raises(errors.CycleIsOpenAlreadyError, match="responsibility-2025"):
        open_year(by=person("kaohe", "assessment_office"), **facts)
    with pytest.raises(NotPermittedError):
        open_year(by=person("lingdao", "leading_group"), **facts)


def test_a_superseded_scheme_opens_nothing(db: None) -> None:
    register_bodies()
    row = approved(small_scheme())
    SchemeRow.objects.filter(pk=row.pk).update(state="superseded")
    with pytest.raises(errors.SchemeIsNotApprovedError, match="已被新版代替"):
        open_year(by=person("kaohe", "assessment_office"), at=OPENED, scheme=row.pk, owner="city-government")


def test_a_body_that_joins_in_mid_year_reports_from_then_on(db: None) -> None:
    scheme = small_scheme()
    late = Period(date(2025, 4, 1), date(2025, 12, 31))
    subjects = tuple(replace(each, period=late) if each.body == EDUCATION else each for each in scheme.subjects)
    cycle = year_of(replace(scheme, subjects=subjects))
    stored = scheme_of(cycle.scheme)
    assert [period.end.month for period in periods_for(stored, subject(cycle, EDUCATION)) if period.end] == [6, 9, 12]
    assert len(periods_for(stored, subject(cycle, FINANCE))) == 4


@pytest.mark.parametrize(("frequency", "count"), [("monthly", 12), ("quarterly", 4), ("half_yearly", 2), ("yearly", 1)])
def test_the_scheme_says_how_often_is_reported(db: None, frequency: str, count: int) -> None:
    cycle = year_of(replace(small_scheme(), calendar=Calendar(frequency, 5, 5)))
    periods = periods_for(scheme_of(cycle.scheme), subject(cycle))
    assert len(periods) == count
    assert periods[-1].end == date(2025, 12, 31)


def test_a_district_runs_the_same_scheme_on_its_own_bodies(open_cycle: Cycle) -> None:
    office = person("hebin-kaohe", "tier_office", body=HEBIN)
    facts = {"by": office, "at": OPENED, "for_body": HEBIN, "cycle": open_cycle.pk, "members": SCHOOLS}
    tier = open_tier(**facts)
    assert (tier.parent, tier.owner, tier.slug) == (open_cycle, HEBIN, "responsibility-2025-hebin")
    assert [row.name for row in tier.subjects.all()] == ["河滨区教育局", "河滨区财政局"]
    assert scheme_of(tier.scheme).trees == scheme_of(open_cycle.scheme).trees
    assert [line.act for line in waiting_for(signer_of("hebin-education"), date(2025, 2, 1))] == ["acknowledge"]
    with pytest.raises(errors.CycleIsOpenAlreadyError, match=tier.slug):
        open_tier(**facts)


def test_a_tier_is_opened_by_its_own_office_with_trees_of_the_scheme(open_cycle: Cycle) -> None:
    office = person("hebin-kaohe", "tier_office", body=HEBIN)
    facts = {"by": office, "at": OPENED, "cycle": open_cycle.pk}
    with pytest.raises(NotPermittedError):
        open_tier(for_body=EDUCATION, members=SCHOOLS, **facts)
    with pytest.raises(errors.TreeIsUnknownError, match="hospitals"):
        open_tier(for_body=HEBIN, members=(replace(SCHOOLS[0], tree="hospitals"),), **facts)
    stranger = person("waidi-kaohe", "tier_office", body="elsewhere")
    with pytest.raises(errors.SubjectIsMissingError, match="elsewhere"):
        open_tier(by=stranger, at=OPENED, cycle=open_cycle.pk, for_body="elsewhere", members=SCHOOLS)


def test_two_bodies_whose_ids_begin_alike_both_run_a_tier_of_one_scheme(open_cycle: Cycle) -> None:
    long = "hebin-" + "x" * 60
    for ident in (f"{long}-1", f"{long}-2"):
        Subject.objects.create(cycle=open_cycle, ident=ident, name=f"单位{ident[-1]}", category="areas", tree=HEBIN)
        office = person(f"kaohe-{ident[-1]}", "tier_office", body=ident)
        tier = open_tier(by=office, at=OPENED, for_body=ident, cycle=open_cycle.pk, members=SCHOOLS)
        assert tier.slug.endswith(ident)
        assert tier.scheme.version == f"{open_cycle.scheme.version}/{ident}"


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ((SCHOOLS[0], SCHOOLS[0]), "写了两次"),
        ((replace(SCHOOLS[0], name=" "),), "名称要有字"),
        ((replace(SCHOOLS[0], name="长" * 121),), "不超过 120 个"),
        ((replace(SCHOOLS[0], body="x" * 101),), "不超过 100 个"),
        ((replace(SCHOOLS[0], body=HEBIN),), "不考核自己"),
    ],
)
def test_a_tiers_list_with_a_body_twice_unnamed_or_itself_is_refused(
    open_cycle: Cycle, members: tuple[Member, ...], why: str
) -> None:
    office = person("hebin-kaohe", "tier_office", body=HEBIN)
    with pytest.raises(errors.MemberIsWrittenWrongError, match=why):
        open_tier(by=office, at=OPENED, for_body=HEBIN, cycle=open_cycle.pk, members=members)
    assert Cycle.objects.count() == 1


def test_no_tier_begins_under_a_year_that_is_final(open_cycle: Cycle) -> None:
    Cycle.objects.update(state="final")
    office = person("hebin-kaohe", "tier_office", body=HEBIN)
    with pytest.raises(errors.CycleIsNotRunningError, match="已定案"):
        open_tier(by=office, at=OPENED, for_body=HEBIN, cycle=open_cycle.pk, members=SCHOOLS)
