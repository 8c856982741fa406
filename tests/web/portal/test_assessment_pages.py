"""Public pages of the assessment year, as a reader sees them: results, a unit's scores, certificates, notices, what follows."""

import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pytest_django import DjangoAssertNumQueries

from taizhang.apps.assessments.follow_up.appealing import decide_appeal, file_appeal, make_final
from taizhang.apps.assessments.models import Appeal, Cell, Cycle, DailyRecord, Notice, Rectification, Report, Run
from taizhang.apps.assessments.notices.noticing import draft_notice, issue_notice
from taizhang.apps.assessments.results.public_pages import gap_of
from taizhang.apps.assessments.results.reading import Row
from taizhang.engines.scoring import Effect, Interval, Sanction, is_genuine, recompute, scheme_digest, scheme_from_json
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, HEBIN, Q3, Q4, STATISTICS, cited, signer_of, small_scheme, year_of
from tests.assessment_results import AFTER, FIGURES, judge_safety, published_year, report_all, scored, subject_row

SLUG = "responsibility-2025"


def text(client: Client, path: str) -> str:
    """The words of a page, without markup and runs of blanks."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    main = re.search(r"<main.*?</main>", response.content.decode(), re.S)
    assert main
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main[0])))


def rows(client: Client, path: str) -> dict[str, list[str]]:
    """The cells of every table row of a page by its row header."""
    content = client.get(path).content.decode()
    found = {}
    for row in re.findall(r"<tr role=\"row\".*?</tr>", content, re.S):
        head = re.search(r'<th role="rowheader".*?</th>', row, re.S)
        cells = re.findall(r'<td role="cell".*?</td>', row, re.S)
        plain = [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", cell))).strip() for cell in cells]
        if head:
            found[re.sub(r"<[^>]+>|\s", "", head[0])] = plain
    return found


def test_the_list_of_years_says_how_far_each_has_come(client: Client, whole_year: Cycle) -> None:
    assert "还没有计分" in text(client, "/assessment/")
    scored(whole_year)
    assert "试算 截至 2026年1月31日" in text(client, "/assessment/")
    Run.objects.all().delete()
    published_year(whole_year)
    told = text(client, "/assessment/")
    assert "审定 截至 2026年1月31日" in told
    assert "2026年2月2日公布，限 2026年4月30日，按期" in told


def test_nothing_has_begun_yet_is_said_in_words(client: Client, db: None) -> None:
    assert "还没有开始的考核年度" in text(client, "/assessment/")


def test_results_that_nobody_approved_are_marked_as_provisional_everywhere(client: Client, whole_year: Cycle) -> None:
    scored(whole_year)
    pages = (f"/assessment/{SLUG}/", f"/assessment/{SLUG}/units/{EDUCATION}/", f"/assessment/{SLUG}/board/")
    assert all("试算" in text(client, page) for page in pages)
    assert "试算，没有审定" in text(client, f"/certificates/{Cell.objects.get(criterion='edu_1').pk}/")
    assert "审定" not in rows(client, "/assessment/")["2025年责任目标"][-1]


def test_ties_share_a_place_and_leave_the_next_one_free(client: Client, whole_year: Cycle) -> None:
    published_year(whole_year)
    table = rows(client, f"/assessment/{SLUG}/")
    assert table["市财政局"][:3] == ["1", "800.00", "优秀"]
    assert table["市统计局"][0] == "1"
    assert table["市教育局"][:3] == ["3", "770.00", "优秀"]
    assert "并列" in table["市财政局"][4]
    assert "并列，第 2 名空缺" in (table["市财政局"][4] + table["市统计局"][4])
    assert table["河滨区"][:2] == ["1", "600.00"]  # the district is ranked apart


def test_what_is_undetermined_is_a_range_with_what_it_waits_for_and_has_no_place(client: Client, open_cycle: Cycle) -> None:
    figures = {key: value for key, value in FIGURES.items() if key[0] != FINANCE or "经费" not in key[1]}
    report_all(open_cycle, figures)
    scored(open_cycle)
    table = rows(client, f"/assessment/{SLUG}/")
    rank, score, grade, _, why, *_ = table["市财政局"]
    assert (rank, score, grade) == ("—", "未定", "未定")
    assert "已得 500.00 至 800.00 分之间" in why
    assert "缺：" in why
    assert "未定的不排名，也不按零分排" in text(client, f"/assessment/{SLUG}/")
    page = text(client, f"/assessment/{SLUG}/units/{FINANCE}/")
    assert "全年得分在 500.00 与 800.00 之间" in page
    assert "无数据" in page


def test_a_sanction_is_shown_with_the_score_it_overrode(client: Client, db: None) -> None:
    effects = (Effect.ZERO_TOTAL, Effect.GRADE)
    sanction = Sanction("falsified", "弄虚作假", effects, grade="不合格", citation=cited("sec_3", "弄虚作假的归零"))
    year = year_of(replace(small_scheme(), sanctions=(sanction,)))
    report_all(year)
    judge_safety(year)
    DailyRecord.objects.create(
        cycle=year, subject=subject_row(year, STATISTICS), source="special_check", kind="falsified", happened_on=date(2025, 5, 5),
        note="虚报", state="confirmed", recorded_by="kaohe", recorded_at=AFTER, confirmed_by="fuhe",
        confirmed_at=datetime(2025, 5, 7, tzinfo=UTC),
    )  # fmt: skip
    scored(year)
    assert "<del>800.00</del> 0.00" in client.get(f"/assessment/{SLUG}/").content.decode()
    rank, _score, grade, _adjusted, why, *_ = rows(client, f"/assessment/{SLUG}/")["市统计局"]
    assert (rank, grade, why) == ("—", "不合格", "弄虚作假")
    page = text(client, f"/assessment/{SLUG}/units/{STATISTICS}/")
    assert "800.00 0.00 分" in page
    assert "处理以前的得分划去，照样列出" in page
    root = Cell.objects.get(score__subject__ident=STATISTICS, parent="")
    assert "处理以前 800.00" in text(client, f"/certificates/{root.pk}/")
    told = json.loads(client.get(f"/api/v1/cycles/{SLUG}/results").content)["items"]
    assert [(row["overridden"], row["sanctions"], row["rank"]) for row in told if row["body"] == STATISTICS] == [
        ("800", ["弄虚作假"], None)
    ]


def test_the_appeal_period_is_counted_day_by_day_from_publication(client: Client, whole_year: Cycle) -> None:
    assert "还没有公布" in text(client, f"/assessment/{SLUG}/")
    published_year(whole_year)  # on Monday 2 February 2026; five working days
    content = client.get(f"/assessment/{SLUG}/").content.decode()
    days = re.findall(r"<li class=\"[^\"]*\"><b>(\d+)</b>(.*?)</li>", content)
    told = [(day, re.sub(r"<[^>]+>", "", words)) for day, words in days]
    assert told[:7] == [("2", "起算"), ("3", "第1"), ("4", "第2"), ("5", "第3"), ("6", "第4"), ("7", "周末"), ("8", "周末")]
    assert told[7][0] == "9"
    assert told[7][1].startswith("第5")
    assert "方案没有引用条款" in content  # nothing in this scheme says where the term comes from


def test_a_gap_between_printed_grades_is_told() -> None:
    scheme = small_scheme()
    row = Row(1, "a", "甲", "departments", Decimal("719.5"), Decimal("719.5"), None, None, ("良好",), 1, 1, (), ())
    assert gap_of(scheme, row) == (Decimal(719), Decimal(720))


def test_a_unit_page_shows_each_item_with_its_figure_score_and_certificate(client: Client, whole_year: Cycle) -> None:
    published_year(whole_year)
    path = f"/assessment/{SLUG}/units/{EDUCATION}/"
    table = rows(client, path)
    progress, light, score, full, link = table["1"][1:6]
    assert "≥ 3,200 个" in progress
    assert "2,880 个" in progress
    assert (light, score, full, link) == ("需关注", "270.00", "300", "凭证")
    page = text(client, path)
    assert "300 × 2,880 ÷ 3,200 = 270" in page
    assert "再增100个，加9.38分" in page
    other = Cell.objects.get(criterion="edu_2")
    assert "全市一般公共预算收入100亿元" in text(client, f"{path}?show={other.pk}").split("得分凭证")[1]
    assert client.get(f"{path}?show=nonsense").status_code == 200


def test_a_reported_figure_is_not_taken_for_a_verified_one(client: Client, open_cycle: Cycle) -> None:
    report_all(open_cycle)
    Report.objects.filter(subject__ident=HEBIN).update(state="signed", verified_by="", verified_at=None)
    scored(open_cycle)
    assert "未核验" in text(client, f"/assessment/{SLUG}/units/{HEBIN}/")
    board = text(client, f"/assessment/{SLUG}/board/")
    assert "填报，未核验 1" in board


def test_a_certificate_can_be_recomputed_from_the_page_and_from_the_file(client: Client, whole_year: Cycle) -> None:
    published_year(whole_year)
    cell = Cell.objects.get(criterion="edu_1")
    page = text(client, f"/certificates/{cell.pk}/")
    weight, value, target, score = (
        Decimal(number.replace(",", ""))
        for number in re.search(r"([\d,]+) × ([\d,]+) ÷ ([\d,]+) = ([\d.,]+)", page).groups()  # type: ignore[union-attr]
    )
    assert (weight * value / target).quantize(Decimal("0.01")) == score == Decimal(270)
    assert cell.digest in page
    stored = json.loads(client.get(f"/certificates/{cell.pk}.json").content)
    assert is_genuine(stored)
    assert recompute(stored) == Interval(Decimal(270), Decimal(270))


def test_an_older_certificate_stays_and_leads_to_the_newest(client: Client, whole_year: Cycle) -> None:
    first = scored(whole_year, date(2026, 1, 15))
    old = Cell.objects.get(score__run=first, criterion="edu_1")
    published_year(whole_year)
    new = Cell.objects.exclude(score__run=first).get(criterion="edu_1")
    content = client.get(f"/certificates/{old.pk}/").content.decode()
    assert f'href="/certificates/{new.pk}/"' in content


def test_the_scheme_tells_what_was_left_open_and_comes_with_its_digest(client: Client, whole_year: Cycle) -> None:
    page = text(client, f"/assessment/{SLUG}/scheme/")
    assert "文件没有写申诉期限，按几天算？" in page
    assert "720分以上" in page
    assert "+5.00" in page
    assert "−10.00" in page
    assert whole_year.scheme.digest in page
    stored = scheme_from_json(json.loads(client.get(f"/assessment/{SLUG}/scheme.json").content))
    assert scheme_digest(stored) == whole_year.scheme.digest


def test_people_are_not_named_on_public_pages(client: Client, whole_year: Cycle) -> None:
    published_year(whole_year)
    cell = Cell.objects.get(criterion="edu_1")
    for path in (f"/certificates/{cell.pk}/", f"/assessment/{SLUG}/units/{EDUCATION}/", f"/assessment/{SLUG}/"):
        page = client.get(path).content.decode()
        assert "tianbao-" not in page
        assert "heyan-" not in page
    assert "填报： 市教育局 2025-12-31" in text(client, f"/certificates/{cell.pk}/")
    assert "核验： 市统计局 2025-12-31" in text(client, f"/certificates/{cell.pk}/")


@pytest.fixture
def notice(whole_year: Cycle) -> Notice:
    run = scored(whole_year)
    drafted = draft_notice(
        by=person("kaohe", "assessment_office"),
        at=AFTER,
        run=run.pk,
        kind="quarterly",
        period_start=date(2025, 10, 1),
        period_end=Q4,
    )
    issued: Notice = issue_notice(by=person("fuhe", "assessment_office"), at=AFTER, notice=drafted.pk, number="岭考办〔2026〕3号")
    return issued


def test_a_notice_is_a_page_whose_figures_lead_to_their_records(client: Client, notice: Notice) -> None:
    page = client.get(f"/notices/{notice.pk}/").content.decode()
    assert "岭考办〔2026〕3号" in page
    assert notice.ledger_head in page
    links = re.findall(r'<a class="ru" href="([^"]+)">', page)
    assert links
    assert all(client.get(link).status_code == 200 for link in set(links))
    assert "岭考办〔2026〕3号" in rows(client, "/assessment/notices/")[notice.title.replace(" ", "")]


def test_a_notice_is_a_document_with_the_same_figures(client: Client, notice: Notice) -> None:
    response = client.get(f"/notices/{notice.pk}.docx")
    document = Document(io.BytesIO(response.content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "岭考办〔2026〕3号" in words
    assert notice.ledger_head in words


def test_a_draft_is_nobodys_business_yet(client: Client, notice: Notice) -> None:
    Notice.objects.update(state="draft")
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert client.get(f"/notices/{notice.pk}.docx").status_code == 404
    assert "还没有印发的通报" in text(client, "/assessment/notices/")
    assert json.loads(client.get("/api/v1/notices").content)["items"] == []


def rectification(cycle: Cycle, **facts: Any) -> Rectification:
    given = {
        "problem": "学位建设滞后",
        "criterion": "edu_1",
        "origin": "cell:1",
        "due_on": date(2026, 3, 1),
        "opened_by": "kaohe",
    }
    return Rectification.objects.create(cycle=cycle, subject=subject_row(cycle, EDUCATION), opened_at=AFTER, **{**given, **facts})


def test_the_ledger_of_what_is_to_be_put_right_says_who_by_when_and_whether(client: Client, whole_year: Cycle) -> None:
    rectification(whole_year)
    rectification(whole_year, problem="<b>台账</b>不全", state="verified", outcome="已补齐", verified_at=AFTER, due_on=None)
    page = text(client, f"/assessment/{SLUG}/rectifications/")
    assert "学位建设滞后" in page
    assert "逾期，待报方案" in page
    assert "<b>台账</b>不全" in page  # as words, not as markup
    only = text(client, f"/assessment/{SLUG}/rectifications/?state=verified")
    assert "学位建设滞后" not in only
    assert "已销号" in only


def test_an_appeal_shows_its_outcome_and_reason_and_keeps_the_claim_inside(client: Client, whole_year: Cycle) -> None:
    published_year(whole_year)
    facts = {
        "claim": "内部材料：学位数少计",
        "filed_by": "qianfa-education",
        "file_by": date(2026, 2, 9),
        "decide_by": date(2026, 2, 24),
    }
    Appeal.objects.create(
        cycle=whole_year, subject=subject_row(whole_year, EDUCATION), criterion="edu_1", filed_at=AFTER, state="partly_upheld",
        points=Decimal("0.5"), reason="少计一所学校", decided_by="lingdao", decided_at=AFTER, **facts,
    )  # fmt: skip
    page = text(client, f"/assessment/{SLUG}/appeals/")
    assert "部分采纳" in page
    assert "少计一所学校" in page
    assert "+0.50" in page
    assert "内部材料" not in client.get(f"/assessment/{SLUG}/appeals/").content.decode()
    assert "部分采纳" in rows(client, f"/assessment/{SLUG}/")["市教育局"][5]


def test_a_decision_that_moved_a_score_stands_on_the_certificate_of_its_cell(client: Client, whole_year: Cycle) -> None:
    published_year(whole_year)
    when, deciding = datetime(2026, 2, 9, 1, tzinfo=UTC), person("lingdao-2", "leading_group")
    facts = {"subject": subject_row(whole_year, EDUCATION).pk, "criterion": "edu_1", "claim": "漏计一所"}
    appeal = file_appeal(by=signer_of(EDUCATION), at=when, for_body=EDUCATION, **facts)
    decide_appeal(by=deciding, at=when, appeal=appeal.pk, outcome="upheld", points=Decimal("0.5"), reason="复核属实")
    final = make_final(by=deciding, at=when + timedelta(days=1), cycle=whole_year.pk)
    cell = Cell.objects.get(score__run=final, criterion="edu_1")
    assert f'href="/certificates/{cell.pk}/"' in client.get(f"/assessment/{SLUG}/appeals/").content.decode()
    page = text(client, f"/certificates/{cell.pk}/")
    assert "申诉决定：270 + 0.5 = 270.5" in page
    assert "申诉决定把本项得分改动 +0.50 分 2026-02-09 全部采纳：复核属实" in page
    english = text(client, f"/en/certificates/{cell.pk}/")
    assert "Appeal decided: 270 + 0.5 = 270.5" in english


PAGES = (
    "/assessment/",
    f"/assessment/{SLUG}/",
    f"/assessment/{SLUG}/units/{EDUCATION}/",
    f"/assessment/{SLUG}/scheme/",
    f"/assessment/{SLUG}/board/",
    f"/assessment/{SLUG}/board/?view=areas",
    f"/assessment/{SLUG}/board/?view=units",
    f"/assessment/{SLUG}/notices/",
    f"/assessment/{SLUG}/rectifications/",
    f"/assessment/{SLUG}/appeals/",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_an_english_twin_without_chinese_of_its_own(client: Client, whole_year: Cycle, path: str) -> None:
    published_year(whole_year)
    content = client.get(f"/en{path}").content.decode()
    bare = re.sub(r"<(\w+)[^>]* lang=\"zh-CN\"[^>]*>.*?</\1>", "", content.split("<main")[1].split("</main>")[0], flags=re.S)
    visible = re.sub(r"<[^>]+>", " ", bare)
    assert re.findall(r"[\u3400-\u9fff]+", visible) == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_cost_few_queries(
    client: Client, whole_year: Cycle, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    published_year(whole_year)
    client.get(path)
    with django_assert_max_num_queries(16):
        client.get(path)


@pytest.mark.parametrize(
    "path",
    [
        "/assessment/nothing/", f"/assessment/{SLUG}/units/nobody/", "/certificates/999999/", "/certificates/999999.json",
        "/notices/999999/", f"/assessment/{SLUG}/metric/?m=没有",
    ],
)  # fmt: skip
def test_what_is_not_there_is_told(client: Client, whole_year: Cycle, path: str) -> None:
    scored(whole_year)
    assert client.get(path).status_code == 404


def test_a_year_that_is_being_prepared_is_not_public(client: Client, whole_year: Cycle) -> None:
    run = scored(whole_year)
    Cycle.objects.update(state="preparing")
    cell = Cell.objects.filter(score__run=run).first()
    assert cell is not None
    for path in (f"/assessment/{SLUG}/", f"/certificates/{cell.pk}/"):
        assert client.get(path).status_code == 404
    assert json.loads(client.get("/api/v1/cycles").content)["items"] == []


@pytest.mark.parametrize("name", ["results", "cells", "metrics"])
def test_tables_keep_the_reported_the_verified_and_the_unknown_apart(client: Client, open_cycle: Cycle, name: str) -> None:
    report_all(open_cycle, {key: value for key, value in FIGURES.items() if key[0] != HEBIN}, Q3)
    scored(open_cycle)
    response: Any = client.get(f"/downloads/{name}.json?cycle={SLUG}")
    told = json.loads(b"".join(response.streaming_content))
    district = [row for row in told["rows"] if row["body"] == HEBIN]
    assert district
    assert all(row.get("verified") is None and row.get("reported") is None for row in district)
    assert all("填报" in json.dumps(row, ensure_ascii=False) for row in district)


def test_the_interface_gives_results_scores_figures_and_certificates(client: Client, whole_year: Cycle, notice: Notice) -> None:
    def get(path: str) -> Any:
        response = client.get(f"/api/v1{path}")
        assert response.status_code == 200, path
        return json.loads(response.content)

    (cycle,) = get("/cycles")["items"]
    assert (cycle["cycle"], cycle["is_settled"], cycle["subjects"]) == (SLUG, False, 4)
    results = {row["body"]: row for row in get(f"/cycles/{SLUG}/results")["items"]}
    assert results[EDUCATION]["score"] == {"low": "770", "high": "770"}
    assert results[EDUCATION]["rank"] == [3, 3]
    first = get(f"/cycles/{SLUG}/cells?limit=2")
    assert len(first["items"]) == 2
    assert first["next"]
    cell = next(row for row in get(f"/cycles/{SLUG}/cells?body={EDUCATION}")["items"] if row["criterion"] == "edu_1")
    assert cell["citation"]["quote"] == "新增中小学学位3200个"
    assert is_genuine(get(f"/cells/{cell['cell']}")["certificate"])
    figures = {row["metric"]: row for row in get(f"/cycles/{SLUG}/metrics?body={EDUCATION}")["items"]}
    assert (figures["新增学位"]["verified"], figures["新增学位"]["reported"]) == ("2880", None)
    assert get(f"/notices/{notice.pk}")["content"]["blocks"]
    assert "岭考办〔2026〕3号" in client.get("/feeds/notices.atom").content.decode()


def test_words_of_daily_records_are_never_markup(client: Client, whole_year: Cycle) -> None:
    DailyRecord.objects.create(
        cycle=whole_year, subject=subject_row(whole_year, EDUCATION), source="spot_check", kind="praise", happened_on=date(2025, 5, 5),
        note="<script>alert(1)</script>", state="confirmed", recorded_by="kaohe", recorded_at=datetime(2025, 5, 6, tzinfo=UTC),
        confirmed_by="fuhe", confirmed_at=datetime(2025, 5, 7, tzinfo=UTC),
    )  # fmt: skip
    scored(whole_year)
    root = Cell.objects.get(score__subject__ident=EDUCATION, parent="")
    assert "<script>alert" not in client.get(f"/certificates/{root.pk}/").content.decode()
    assert "+5.00" in text(client, f"/certificates/{root.pk}/")


def test_the_helper_of_rows_sees_rows(client: Client, new_person: Callable[..., Any], whole_year: Cycle) -> None:
    scored(whole_year)
    assert set(rows(client, f"/assessment/{SLUG}/")) >= {"市教育局", "市财政局", "市统计局", "河滨区"}
