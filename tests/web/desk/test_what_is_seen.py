"""What people see of their year on the desk: their own targets, what comes next, what changed, whose turn it is; no dead links."""

from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.follow_up.appealing import make_final
from taizhang.apps.assessments.models import Cycle, Notice, Report, Run
from taizhang.apps.assessments.notices.noticing import draft_notice, issue_notice
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, PLACES, Q4, reporter_of
from tests.assessment_results import AFTER, YEAR_START, published_year, report_all, scored, subject_row
from tests.web.desk.entering import entered

WHEN = datetime(2026, 2, 10, 1, 0, tzinfo=UTC)
IN_APRIL = datetime(2025, 4, 3, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_february() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=WHEN):
        yield


def shown(client: Client, name: str, *args: object, **asked: object) -> str:
    return client.get(reverse(f"desk:{name}", args=args), asked).content.decode()


def named(username: str, role: str, name: str) -> User:
    user = person(username, role)
    User.objects.filter(pk=user.pk).update(display_name=name)
    user.refresh_from_db()
    return user


def test_a_unit_reads_its_targets_with_figures_scores_and_terms(whole_year: Cycle) -> None:
    published_year(whole_year)
    mine = shown(entered(reporter_of(EDUCATION)), "own_targets")
    assert "市教育局" in mine
    assert "2,880" in mine
    assert "770.00" in mine
    assert "/certificates/" in mine
    assert "申诉到2026年2月9日截止" in mine
    assert "市财政局" not in mine


def test_before_the_first_scoring_the_items_are_there_and_unknown_is_told_in_words(open_cycle: Cycle) -> None:
    mine = shown(entered(reporter_of(EDUCATION)), "own_targets")
    assert "还没有计过分" in mine
    assert "还没有数" in mine
    assert subject_row(open_cycle, EDUCATION).name in mine


def test_a_closed_year_stays_within_reach_of_its_units(whole_year: Cycle) -> None:
    published_year(whole_year)
    Cycle.objects.filter(pk=whole_year.pk).update(state="final")
    client = entered(reporter_of(EDUCATION))
    sheet = subject_row(whole_year, EDUCATION).pk
    assert f"?sheet={sheet}" in shown(client, "reports")
    assert "已定案" in shown(client, "own_targets", sheet=sheet)


def test_anothers_sheet_does_not_open_by_its_number(whole_year: Cycle) -> None:
    client = entered(reporter_of(EDUCATION))
    other = subject_row(whole_year, FINANCE)
    assert other.name not in shown(client, "own_targets", sheet=other.pk)


def test_queries_of_the_own_targets_do_not_grow_with_figures(whole_year: Cycle) -> None:
    scored(whole_year)
    client = entered(reporter_of(EDUCATION))
    shown(client, "own_targets")
    with CaptureQueriesContext(connection) as few:
        shown(client, "own_targets")
    report_all(whole_year, {(EDUCATION, PLACES): "700"}, datetime(2025, 3, 31, tzinfo=UTC).date())
    with CaptureQueriesContext(connection) as more:
        shown(client, "own_targets")
    assert len(more) <= len(few) <= 45


def test_the_day_of_a_unit_says_what_comes_and_until_when(open_cycle: Cycle) -> None:
    open_cycle.subjects.update(acknowledged_by="qianfa", acknowledged_at=IN_APRIL)
    with patch("django.utils.timezone.now", return_value=IN_APRIL):
        day = shown(entered(reporter_of(EDUCATION)), "today")
    assert "接下来" in day
    assert "截至2025年6月30日" in day


@pytest.mark.parametrize(("role", "words"), [
    ("verifier", "单位签发后，要核验的数出现在这里"), ("leading_group", "要审定的结果"), ("assessment_office", "要核实的整改"),
])  # fmt: skip
def test_an_empty_day_says_what_will_come_to_that_role(db: None, role: str, words: str) -> None:
    client = entered(person("someone", role, body="statistics" if role == "verifier" else ""))
    assert words in shown(client, "today")


def test_colleagues_are_called_by_their_names(whole_year: Cycle) -> None:
    named("kaohe", "assessment_office", "考核办王宁")
    published_year(whole_year)
    year = shown(entered(reporter_of(EDUCATION)), "year", whole_year.slug)
    assert "考核办王宁" in year
    assert ">kaohe " not in year


def test_no_tab_leads_where_one_may_not_go(open_cycle: Cycle) -> None:
    client = entered(reporter_of(EDUCATION))
    page = shown(client, "year", open_cycle.slug)
    for name in ("daily", "judging"):
        assert reverse(f"desk:{name}", args=[open_cycle.slug]) not in page
    office = shown(entered(person("kaohe", "assessment_office")), "year", open_cycle.slug)
    assert reverse("desk:daily", args=[open_cycle.slug]) in office


def test_the_leading_group_sees_what_changed_since_it_last_looked(whole_year: Cycle) -> None:
    scored(whole_year)
    group = entered(person("lingdao", "leading_group"))
    assert "这是第一次计分" in shown(group, "results", whole_year.slug)
    scored(whole_year)
    Report.objects.filter(subject__ident=EDUCATION, metric__key=PLACES).update(value="3000")
    scored(whole_year)
    first = Run.objects.earliest("pk").pk
    for _ in range(2):  # reading it again keeps what it is compared with
        page = shown(group, "results", whole_year.slug)
        assert "你上次看过以后变了的" in page
        assert f"和第 {first} 次计分比，1 个单位的总分或等次变了" in page
    other = shown(entered(person("fuzhang", "leading_group")), "results", whole_year.slug)
    assert "和上一次计分比" in other


def test_a_forged_memory_of_the_last_look_is_ignored(whole_year: Cycle) -> None:
    scored(whole_year)
    group = entered(person("lingdao", "leading_group"))
    for forged in ("1-2", "9-1-1", "²-1-1", "1-99999999999999-1", "<b>"):
        group.cookies[f"seen-{whole_year.pk}"] = forged
        assert group.get(reverse("desk:results", args=[whole_year.slug])).status_code == 200


def test_whose_turn_it_is_stands_beside_the_results(whole_year: Cycle) -> None:
    published_year(whole_year, AFTER)
    page = shown(entered(person("fuzhang", "leading_group")), "results", whole_year.slug)
    assert "由领导小组定案" in page
    assert reverse("desk:finish", args=[whole_year.slug]) in page
    with patch("django.utils.timezone.now", return_value=AFTER):
        early = shown(entered(person("fuzhang", "leading_group")), "results", whole_year.slug)
    assert "申诉期到2026年2月9日才满" in early
    assert reverse("desk:finish", args=[whole_year.slug]) not in early


def test_making_a_year_final_waits_for_others_than_its_makers_once_the_term_is_over(whole_year: Cycle) -> None:
    published_year(whole_year)
    group = person("fuzhang", "leading_group")
    assert "定案" in shown(entered(group), "today")
    with patch("django.utils.timezone.now", return_value=AFTER):
        assert "没有等你办的事" in shown(entered(group), "today")
    make_final(by=group, at=WHEN, cycle=whole_year.pk)
    assert "没有等你办的事" in shown(entered(group), "today")


def test_an_approved_year_is_read_and_no_longer_judged_or_recorded(whole_year: Cycle) -> None:
    published_year(whole_year)
    office = entered(person("kaohe", "assessment_office"))
    assert "不再记加减分" in shown(office, "daily", whole_year.slug)
    judged = shown(office, "judging", whole_year.slug, subject=subject_row(whole_year, EDUCATION).pk)
    assert "这里只能看" in judged
    assert "记下评定" not in judged


def test_a_score_in_the_matrix_opens_its_certificate(whole_year: Cycle) -> None:
    run = scored(whole_year)
    page = shown(entered(person("kaohe", "assessment_office")), "scored", whole_year.slug, run.pk)
    assert 'aria-label="市教育局的得分凭证"' in page


def test_an_issued_notice_is_told_in_a_few_lines_with_its_paper_folded(whole_year: Cycle) -> None:
    run = scored(whole_year)
    office, other = person("kaohe", "assessment_office"), person("fuhe", "assessment_office")
    row: Notice = draft_notice(by=office, at=WHEN, run=run.pk, kind="quarterly", period_start=YEAR_START, period_end=Q4)
    draft = shown(entered(office), "notice", whole_year.slug, row.pk)
    assert "<details open><summary>全文" in draft
    assert '<a class="ru" href="/' in draft, "a figure of the draft leads to its record"
    issue_notice(by=other, at=WHEN, notice=row.pk, number="岭考通〔2026〕3号")
    issued = shown(entered(office), "notice", whole_year.slug, row.pk)
    assert "<details><summary>全文" in issued
    assert reverse("portal:notice", args=[row.pk]) in issued
    assert "文中的数" in issued
