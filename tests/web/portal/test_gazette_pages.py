"""Pages of the gazette as a visitor meets them: every number leads to its sentence, nothing unknown is shown as zero."""

import re
from datetime import UTC, datetime
from itertools import chain, pairwise
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from taizhang.apps.gazettes.models import Clause, Disposition, Document, Edition, Erratum, Finding, Interpretation
from taizhang.apps.gazettes.operations import dispose_finding, load_interpretations
from taizhang.apps.gazettes.proof_report import PAGE
from taizhang.web.context import pack

pytestmark = pytest.mark.django_db

TARGETS = "崤政〔2025〕6号!carried-2"
OPENNESS = "崤政办〔2025〕13号!carried-1"
FUEL = "崤政办〔2025〕11号!carried-1"


def page(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def at(slug: str, eid: str = "") -> str:
    return f"/d/{quote(slug)}/{eid + '/' if eid else ''}"


# --- front page ---------------------------------------------------------------------------------------------------------


def test_the_front_page_lists_the_documents_of_the_issue_with_their_printed_pages(
    client: Client, adopted_specimen: Edition
) -> None:
    text = words(page(client, "/"))
    assert "2025年第3号（总第214号）" in text
    assert "崤政〔2025〕6号 · 第8页" in text
    assert "崤政办〔2025〕13号 · 第62页" in text


def test_the_front_page_says_how_to_begin_when_there_is_no_issue(client: Client) -> None:
    assert "还没有公报" in page(client, "/")


def test_targets_nobody_reported_on_are_unknown_and_never_zero(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/")
    assert words(html).count("无数据") == 18
    assert re.search(r'href="\?light=unknown#b".*?<b>16</b>', html)
    assert re.search(r'href="\?light=met#b".*?<b>0</b>', html)


def test_the_lamps_filter_the_board(client: Client, adopted_specimen: Edition) -> None:
    assert "没有一项目标是这种状态" in page(client, "/", light="met")
    assert "地区生产总值" in page(client, "/", light="unknown")


def test_an_area_the_issue_gives_no_sheet_keeps_its_place_and_says_why(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, "/"))
    assert "城乡融合发展试验区无责任目标" in text
    assert "不按 0 计" in text


def test_the_areas_that_add_up_to_more_than_the_city_lead_to_the_finding(client: Client, adopted_specimen: Edition) -> None:
    finding = adopted_specimen.findings.get(rule="sum.areas-and-city", severity="error")
    html = page(client, "/")
    assert "8个地区合计4.1万人" in html
    assert f"/gazette/2025-3/proof/?at={finding.ordinal}#f{finding.ordinal}" in html


def test_another_metric_can_be_chosen_for_the_areas(client: Client, adopted_specimen: Edition) -> None:
    key = re.search(r'<option value="([^"]+)">粮食总产量', page(client, "/"))
    assert key
    assert "各县（市、区）粮食总产量" in words(page(client, "/", ind=key[1]))


def test_every_chip_opens_a_drawer_that_is_on_the_page(client: Client, adopted_specimen: Edition) -> None:
    for path in ("/", "/gazette/2025-3/proof/", "/interpretations/"):
        html = page(client, path)
        chips = set(re.findall(r'class="cite" popovertarget="([^"]+)"', html))
        assert chips
        assert chips <= set(re.findall(r'<aside class="source" id="([^"]+)"', html))


def test_a_drawer_shows_the_sentence_before_and_after_and_leads_to_the_clause(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/")
    drawer = next(d for d in re.findall(r'<aside class="source".*?</aside>', html, re.S) if "sec_1__item_2<" in d)
    assert "<mark>2.规上工业增加值增长7.5%;</mark>" in drawer
    assert "1.地区生产总值增长6.5%;<br>" in drawer
    assert "<br>3.第三产业增加值增长6.8%" in drawer
    assert "?at=sec_1__item_2#sec_1__item_2" in drawer


# --- issues -------------------------------------------------------------------------------------------------------------


def test_numbers_that_were_never_handed_in_are_listed_as_missing(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, "/gazette/"))
    assert "第2号没有收到" in text
    assert "第1号没有收到" in text
    assert text.count("没有收到") == 3  # with the sentence that explains it


def test_years_without_any_issue_stand_between_years_that_have_one(client: Client, adopted_specimen: Edition) -> None:
    Edition.objects.filter(pk=adopted_specimen.pk).update(year=2023)
    other = Edition.objects.create(
        source=adopted_specimen.source, state="adopted", slug="2025-1", year=2025, number=1, proposed_by="x",
        proposed_at=datetime.now(UTC), decided_at=datetime.now(UTC), title="公报",
    )  # fmt: skip
    text = words(page(client, "/gazette/"))
    assert text.index("2025年") < text.index("2024年 这一年一期也没有收到") < text.index("2023年 第3号")
    assert other.slug in page(client, "/gazette/")


def test_an_issue_shows_contents_masthead_source_and_proof(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, "/gazette/2025-3/"))
    assert "总第214号" in text
    assert "编辑委员会主任" in text
    assert adopted_specimen.source.sha256 in text
    assert "错误 " in text
    assert "重点任务分工表" in text


def test_an_issue_that_is_not_adopted_is_not_public(client: Client, adopted_specimen: Edition) -> None:
    Edition.objects.update(state="proposed")
    for path in ("/gazette/2025-3/", "/gazette/2025-3/proof/", at(OPENNESS), at(OPENNESS, "chp_1__art_1")):
        assert client.get(path).status_code == 404
    assert "还没有公报" in page(client, "/")


# --- reader -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    ["崤政[2025]6号", "崤政〔2025〕 6 号", "崤政(2025)6号", "崤政（２０２５）６号", "崤政【2025】第6号", "崤政[2025]6"],
)
def test_any_spelling_of_a_document_number_leads_to_its_address(client: Client, adopted_specimen: Edition, spelling: str) -> None:
    response = client.get(at(spelling))
    assert response.status_code == 302
    assert response["Location"] == at("崤政〔2025〕6号")


def test_an_unknown_document_is_not_found(client: Client, adopted_specimen: Edition) -> None:
    assert client.get(at("崤政〔2025〕999号")).status_code == 404
    assert client.get(at("崤政[2025]999号")).status_code == 404
    assert client.get(at(OPENNESS, "no_such_clause")).status_code == 404


def test_the_reader_prints_every_character_of_a_document(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, at(OPENNESS))
    body = "".join(words(re.sub(r"<sup>.*?</sup>", "", html)).split())
    for clause in Clause.objects.filter(document__slug=OPENNESS).exclude(kind="title"):
        assert "".join((clause.num + clause.text).split()) in body, clause.eid


def test_no_clause_of_a_long_document_is_lost_between_its_parts(client: Client, adopted_specimen: Edition) -> None:
    eids, query = [], ""
    for _ in range(20):
        html = client.get(at(TARGETS) + query).content.decode()
        eids += re.findall(r'id="(sec_2__[^"]*item_\d+)"', html)
        after = re.search(r'href="[^"?]*\?([^"]*)" rel="next"', html)
        if after is None:
            break
        query = "?" + after[1].replace("&amp;", "&")
    expected = list(Clause.objects.filter(document__slug=TARGETS, kind="item").values_list("eid", flat=True))
    assert eids == expected


def test_a_link_to_a_clause_opens_the_part_that_holds_it(client: Client, adopted_specimen: Edition) -> None:
    last = Clause.objects.filter(document__slug=TARGETS, kind="item").last()
    assert last is not None
    assert f'id="{last.eid}"' not in page(client, at(TARGETS))
    assert f'id="{last.eid}"' in page(client, at(TARGETS), at=last.eid)


def test_ids_are_unique_on_every_page_of_the_reader(client: Client, adopted_specimen: Edition) -> None:
    for document in Document.objects.all():
        ids = re.findall(r'\sid="([^"]+)"', page(client, at(document.slug)))
        assert len(ids) == len(set(ids)), document.slug


def test_findings_stand_in_the_margin_and_their_words_are_marked(client: Client, adopted_specimen: Edition) -> None:
    finding = adopted_specimen.findings.get(rule="words.wrong-character")
    html = page(client, at(OPENNESS))
    assert f'<mark class="pf">{finding.quote}</mark><sup><a href="#n-{finding.ordinal}"' in html
    assert f'id="n-{finding.ordinal}"' in html
    assert finding.message in html


def test_every_finding_of_a_document_reaches_its_margin(client: Client, adopted_specimen: Edition) -> None:
    for finding in adopted_specimen.findings.exclude(document=None).select_related("document"):
        html = page(client, at(finding.document.slug), at=finding.eid)
        assert f'id="n-{finding.ordinal}"' in html, finding


def test_interpretations_stand_in_the_margin_with_who_may_change_them(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, at(FUEL))
    assert 'class="nt i"' in html
    assert "市财政局会同市发展改革委" in html


def test_a_finding_stands_in_one_part_of_a_long_document_only(client: Client, adopted_specimen: Edition) -> None:
    finding = adopted_specimen.findings.get(rule="words.traditional-character")
    assert f'id="n-{finding.ordinal}"' not in page(client, at(TARGETS))
    Finding.objects.filter(pk=finding.pk).update(eid="")
    assert f'id="n-{finding.ordinal}"' not in page(client, at(TARGETS))


def test_only_rules_leaves_out_text_that_binds_nobody(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, at(OPENNESS), v="rules")
    assert "加分累计不超过3分" in words(html)
    assert "市政府办公室承担评价组织工作" in words(page(client, at(OPENNESS)))
    assert "市政府办公室承担评价组织工作" not in words(html)


def test_errata_are_shown_beside_the_print_which_stays(client: Client, adopted_specimen: Edition) -> None:
    published(adopted_specimen)
    html = page(client, at(OPENNESS), v="corrected")
    assert "<del>授受培训</del>" in html
    assert "<ins>接受培训</ins>" in html
    assert "授受培训" in words(page(client, at(OPENNESS)))
    assert "勘误第7号" in words(page(client, at(OPENNESS)))
    assert "还没有发布勘误" in page(client, at(FUEL), v="corrected")


def test_a_table_keeps_rows_cells_and_marks(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, at("崤政办〔2025〕13号!carried-1!annex-2"))
    assert '<th scope="col">二级指标</th>' in html
    assert 'rowspan="7">组织管理(12分)' in html
    assert '<mark class="pf">主动公开(20分)</mark>' in html


# --- clause -------------------------------------------------------------------------------------------------------------


def test_a_clause_names_who_depends_on_it_and_how_to_cite_it(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, at(OPENNESS, "chp_4__art_14")))
    assert "崤政办〔2025〕13号 第十四条" in text
    assert "良好≥ 80 分" in text
    assert "等次区间" in text
    assert "解释" in text
    assert "GB/T 7714" in text
    assert f"/d/{OPENNESS}/chp_4__art_14/" in text


def test_an_item_of_a_sheet_names_the_unit_that_owes_it(client: Client, adopted_specimen: Edition) -> None:
    clause = Clause.objects.filter(document__slug=TARGETS, items__group__sheet__unit="市教育局").first()
    assert clause is not None
    assert "市教育局 第 1 项" in words(page(client, at(TARGETS, clause.eid)))


def test_a_clause_keeps_the_readings_it_had_before(client: Client, adopted_specimen: Edition) -> None:
    old = Edition.objects.create(
        source=adopted_specimen.source, state="superseded", slug="2025-3", parser_version=0, proposed_by="x",
        proposed_at=datetime.now(UTC), decided_at=datetime(2025, 3, 31, tzinfo=UTC),
    )  # fmt: skip
    document = Document.objects.create(edition=old, ordinal=1, ident=OPENNESS, slug=OPENNESS, role="carried", start=0, end=9)
    Clause.objects.create(
        document=document, ordinal=1, depth=0, eid="chp_4__art_14", kind="article", text="旧读本的文字", start=0, end=9,
        own_start=0, own_end=9,
    )  # fmt: skip
    text = words(page(client, at(OPENNESS, "chp_4__art_14")))
    assert "旧读本的文字" in text
    assert "已被替换的读本" in text


# --- proof report -------------------------------------------------------------------------------------------------------


def test_the_report_counts_by_severity_and_groups_by_consequence(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/gazette/2025-3/proof/")
    errors = adopted_specimen.findings.filter(severity="error").count()
    assert re.search(rf'href="\?sev=error".*?<b>{errors}</b>', html)
    assert html.index("关系到金额和得分") < html.index("关系到谁来办、何时办") < html.index("关系到文字和编排")


def test_every_finding_has_its_place_in_the_report(client: Client, adopted_specimen: Edition) -> None:
    ids = re.findall(r'id="f(\d+)"', page(client, "/gazette/2025-3/proof/", page="all"))
    assert sorted(map(int, ids)) == list(adopted_specimen.findings.values_list("ordinal", flat=True))


def test_the_report_is_filtered_by_severity_document_and_state(client: Client, adopted_specimen: Edition) -> None:
    path = "/gazette/2025-3/proof/"
    warnings = adopted_specimen.findings.filter(severity="warning")
    ids = re.findall(r'id="f(\d+)"', page(client, path, sev="warning"))
    assert sorted(map(int, ids)) == list(warnings.values_list("ordinal", flat=True))
    fuel = adopted_specimen.findings.filter(document__ident__startswith="崤政办〔2025〕11号")
    number = Document.objects.get(ident="崤政办〔2025〕11号").ordinal
    ids = re.findall(r'id="f(\d+)"', page(client, path, doc=str(number)))
    assert sorted(map(int, ids)) == list(fuel.values_list("ordinal", flat=True))
    assert "按这样的筛选没有错误" in page(client, path, state="deferred")


def shown_on(client: Client, **asked: str) -> list[int]:
    return [int(n) for n in re.findall(r'id="f(\d+)"', page(client, "/gazette/2025-3/proof/", **asked))]


def test_findings_come_fifty_a_page_and_each_once(client: Client, adopted_specimen: Edition) -> None:
    total = adopted_specimen.findings.count()
    assert total > PAGE
    pages = [shown_on(client, page=str(n)) for n in range(1, -(-total // PAGE) + 1)]
    assert [len(each) for each in pages] == [PAGE] * (len(pages) - 1) + [total - PAGE * (len(pages) - 1)]
    assert sorted(chain(*pages)) == list(adopted_specimen.findings.values_list("ordinal", flat=True))
    assert shown_on(client) == pages[0]
    assert list(chain(*pages)) == shown_on(client, page="all")
    html = page(client, "/gazette/2025-3/proof/", sort="rule", page="2")
    assert 'rel="prev" href="?sort=rule"' in html
    assert "第 2 页，共 2 页" in words(html)
    assert 'href="?sort=rule&amp;page=all"' in html


@pytest.mark.parametrize(("asked", "like"), [("0", "1"), ("999", "2"), ("-3", "1"), ("９", "2"), ("x", "1"), ("9" * 30, "1")])
def test_a_page_that_is_not_there_is_the_nearest_or_the_first(
    client: Client, adopted_specimen: Edition, asked: str, like: str
) -> None:
    assert shown_on(client, page=asked) == shown_on(client, page=like)


def test_a_link_to_a_finding_leads_to_the_page_that_shows_it(client: Client, adopted_specimen: Edition) -> None:
    for ordinal in (shown_on(client)[0], shown_on(client, page="2")[-1]):
        assert ordinal in shown_on(client, at=str(ordinal))
    assert shown_on(client, at="99999") == shown_on(client)


def test_findings_are_sorted_by_links_and_the_column_says_so(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/gazette/2025-3/proof/", sort="number", page="all")
    notes = html[html.index('<h2 id="notes">') :]
    assert re.search(r'aria-sort="ascending"><a href="\?sort=-number">编号', notes)
    assert notes.count('aria-sort="ascending"') == 1
    listed = [int(n) for n in re.findall(r'id="f(\d+)"', notes)]
    assert listed == sorted(listed)
    turned = page(client, "/gazette/2025-3/proof/", sort="-number", page="all")
    assert 'aria-sort="descending"><a href="?sort=number">' in turned
    back = [int(n) for n in re.findall(r'id="f(\d+)"', turned[turned.index('<h2 id="notes">') :])]
    assert back == listed[::-1]


def test_words_in_the_address_that_mean_nothing_filter_nothing(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/gazette/2025-3/proof/", sev="<script>", doc="9" * 40, state="x", page="all", sort="<b>")
    assert len(re.findall(r'id="f(\d+)"', html)) == adopted_specimen.findings.count()
    assert "<script>" not in html.replace("<script src", "")


def test_a_finding_that_was_accepted_keeps_its_reason(client: Client, adopted_specimen: Edition, reviewer: Any) -> None:
    finding = adopted_specimen.findings.get(rule="words.doubled-word")
    dispose_finding(
        by=reviewer, at=datetime.now(UTC), finding=finding.pk, disposition=Disposition.ACCEPTED, reason="印本如此，原稿相同"
    )
    text = words(page(client, "/gazette/2025-3/proof/", page="all"))
    assert "保留原文：印本如此，原稿相同" in text
    assert "另有保留原文 1 处" in words(page(client, "/gazette/2025-3/"))


def test_sums_that_agree_are_listed_too(client: Client, adopted_specimen: Edition) -> None:
    assert f"核对相符 {len(adopted_specimen.agreeing)} 处" in words(page(client, "/gazette/2025-3/proof/"))


# --- registers ----------------------------------------------------------------------------------------------------------


def test_the_register_of_errata_shows_print_and_correction_with_the_reason(client: Client, adopted_specimen: Edition) -> None:
    assert "还没有发布过勘误" in page(client, "/errata/")
    published(adopted_specimen)
    html = page(client, "/errata/")
    assert 'id="e7"' in html
    assert "<del>授受培训</del>" in html
    assert "形近字" in html


def test_an_erratum_that_has_no_number_yet_is_not_public(client: Client, adopted_specimen: Edition) -> None:
    Erratum.objects.filter(pk=published(adopted_specimen).pk).update(number=None)
    assert "授受培训" not in page(client, "/errata/")


def test_interpretations_come_from_the_pack_at_adoption(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/interpretations/")
    assert Interpretation.objects.count() == len(pack().interpretations)
    assert 'id="fuel-year"' in html
    assert "没有启用" in html
    assert Interpretation.objects.get(code="fuel-year").eid == "sec_2__subsec_3"


def test_loading_interpretations_twice_changes_nothing(adopted_specimen: Edition, reviewer: Any) -> None:
    before = list(Interpretation.objects.values())
    Interpretation.objects.create(pack="specimen", code="gone", question="q", answer="a", why="w", may_change="m")
    count = load_interpretations(by=reviewer, at=datetime.now(UTC), pack=adopted_specimen.pack)
    assert count == len(before) > 0
    assert list(Interpretation.objects.values()) == before


# --- all pages ----------------------------------------------------------------------------------------------------------

PAGES = (
    "/", "/gazette/", "/gazette/2025-3/", "/gazette/2025-3/proof/", "/errata/", "/interpretations/", at(TARGETS), at(OPENNESS),
    at(OPENNESS, "chp_4__art_14"), at("2025-3-doc-1"),
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    client: Client, adopted_specimen: Edition, django_assert_max_num_queries: Any, path: str
) -> None:
    client.get(path)
    with django_assert_max_num_queries(22):
        client.get(path)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_of_the_first_level_and_none_skipped(client: Client, adopted_specimen: Edition, path: str) -> None:
    html = page(client, path)
    levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", html)]
    assert levels.count(1) == 1
    main = [int(n) for n in re.findall(r"<h([1-6])[ >]", html[html.index("<main") : html.index("</main>")])]
    assert all(b <= a + 1 for a, b in pairwise(main)), main


@pytest.mark.parametrize("path", PAGES)
def test_a_page_carries_no_inline_script_or_style(client: Client, adopted_specimen: Edition, path: str) -> None:
    html = page(client, path)
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src)", html)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_an_english_twin_that_keeps_the_gazette_chinese(client: Client, adopted_specimen: Edition, path: str) -> None:
    html = page(client, f"/en{path}")
    assert '<html lang="en"' in html
    assert 'lang="zh-CN"' in html


def published(edition: Edition) -> Erratum:
    finding = Finding.objects.get(edition=edition, rule="words.wrong-character")
    document = finding.document
    assert document is not None
    return Erratum.objects.create(
        edition=edition, document=document, eid=finding.eid, field="text", printed="授受培训", corrected="接受培训",
        start=finding.spans[0][0], end=finding.spans[0][1], reason="形近字", finding=finding, number=7, made_by="x",
        made_at=datetime(2025, 4, 2, tzinfo=UTC), published_on=datetime(2025, 4, 2, tzinfo=UTC).date(),
    )  # fmt: skip


def test_a_document_handed_in_by_itself_does_not_displace_the_issue_nor_make_years_missing(
    client: Client, adopted_specimen: Edition
) -> None:
    for year, slug in ((1996, "1996-aaaa"), (2026, "2026-bbbb")):
        Edition.objects.create(
            source=adopted_specimen.source, state="adopted", slug=slug, year=year, proposed_by="x", title="单独交来的文件",
            proposed_at=datetime.now(UTC), decided_at=datetime.now(UTC),
        )  # fmt: skip
    assert "2025年第3号" in words(page(client, "/"))
    text = words(page(client, "/gazette/"))
    assert "1996年" in text
    assert "2001年" not in text
