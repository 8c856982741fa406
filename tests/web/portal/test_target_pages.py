"""Boards, sheets, targets, bodies, the ledger and the pages of help as a visitor meets them."""

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from taizhang.apps.gazettes.models import Edition
from taizhang.apps.ledger.chain import seal_pending
from taizhang.apps.ledger.models import Entry, Seal
from taizhang.apps.organisations.models import Body, Name
from taizhang.apps.targets.models import Item, Measure, Sheet
from taizhang.web.portal import target_views

pytestmark = pytest.mark.django_db

TARGETS = "崤政〔2025〕6号!carried-2"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


def page(client: Client, path: str, status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def sheet(unit: str) -> str:
    return f"/targets/2025-3/{quote(unit)}/"


def target(measure: Measure) -> str:
    before = Measure.objects.filter(clause=measure.clause, ordinal__lte=measure.ordinal).count()
    return f"/targets/{quote(measure.clause.document.slug)}/{measure.clause.eid}/{before}/"


def jobs(unit: str) -> Measure:
    return Measure.objects.get(metric_key="城镇新增就业", item__group__sheet__unit=unit)


# --- board --------------------------------------------------------------------------------------------------------------


def test_the_board_says_first_how_many_targets_can_be_judged(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, "/targets/"))
    items = Item.objects.exclude(group__sheet__kind="city").filter(group__is_deduction=False)
    bound = items.filter(kind__in=("measured", "zero_event")).count()
    assert f"{items.count()} 项目标，{bound} 项可以判定" in text


def test_the_board_says_so_when_no_issue_sets_targets(client: Client) -> None:
    assert "还没有下达目标的公报" in page(client, "/targets/")


def test_targets_of_the_city_can_be_grouped_by_who_answers_for_the_same_metric(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/targets/", by="unit")
    assert "没有单位责任书载同一指标" in html
    assert html.count('<p lang="zh-CN">防返贫监测对象风险消除2640户') == 2  # two units share it


def test_areas_stand_side_by_side_and_one_without_the_target_is_not_zero(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/targets/", view="areas")
    row = next(r for r in re.findall(r"<tr>.*?</tr>", html, re.S) if "粮食总产量" in r)
    assert words(row).count("没有") == 2
    assert "5.6 亿公斤" in words(row)


def test_amounts_are_added_up_and_growth_and_levels_are_not(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/targets/", view="areas")
    rows = {words(r).split()[0]: words(r) for r in re.findall(r"<tr>.*?</tr>", html, re.S)}
    jobs_row = next(text for text in rows.values() if "城镇新增就业" in text)
    assert "4.1 万人" in jobs_row
    assert "多 0.5 万人" in jobs_row
    assert "不相加" in next(text for text in rows.values() if "空气质量优良天数" in text)
    assert "不相加" in next(text for text in rows.values() if "地区生产总值" in text)


@pytest.mark.parametrize("order", ["name", "items", "bound", "waiting", "printed", "nonsense"])
def test_units_can_be_put_in_another_order(client: Client, adopted_specimen: Edition, order: str) -> None:
    html = page(client, "/targets/", view="units", sort=order)
    listed = re.findall(r'scope="row"><a href="/targets/2025-3/[^"]+" lang="zh-CN">([^<]+)', html)
    printed = list(Sheet.objects.filter(kind="unit").values_list("unit", flat=True))
    assert sorted(listed) == sorted(printed)
    assert (listed == printed) == (order in ("printed", "nonsense"))


@pytest.mark.parametrize(("order", "way"), [("name", "ascending"), ("items", "descending"), ("bound", "descending")])
def test_the_head_of_the_sorted_column_says_how_it_is_sorted(
    client: Client, adopted_specimen: Edition, order: str, way: str
) -> None:
    html = page(client, "/targets/", view="units", sort=order)
    heads = dict(re.findall(r'aria-sort="(\w+)"><a href="[^"]*sort=(\w+)"', html)[::-1])
    assert re.findall(r'aria-sort="(?:ascending|descending)"', html) == [f'aria-sort="{way}"']
    assert heads[way] == order


def test_more_than_fifty_units_stand_on_several_pages(
    client: Client, adopted_specimen: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_views, "ROWS", 20)
    listed: list[str] = []
    pages = -(-Sheet.objects.filter(kind="unit").count() // 20)
    for number in range(1, pages + 1):
        html = page(client, "/targets/", view="units", sort="name", page=str(number))
        rows = re.findall(r'scope="row"><a href="/targets/2025-3/[^"]+" lang="zh-CN">([^<]+)', html)
        assert 0 < len(rows) <= 20
        assert "sort=name" in html.split('aria-label="翻页"')[1]
        listed += rows
    assert listed == sorted(Sheet.objects.filter(kind="unit").values_list("unit", flat=True))
    beyond = page(client, "/targets/", view="units", sort="name", page="99")
    assert listed[-1] in beyond, "past the last page comes the last"


def test_units_can_be_narrowed_to_those_that_wait_for_a_figure(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/targets/", view="units", kind="delegated")
    waiting = Sheet.objects.filter(kind="unit", groups__items__kind="delegated").distinct().count()
    assert f"{waiting} 个单位" in words(html)


def test_every_sheet_the_board_leads_to_is_there(client: Client, adopted_specimen: Edition) -> None:
    for view in ("areas", "units"):
        for path in set(re.findall(r'href="(/targets/2025-3/[^"#]+)"', page(client, "/targets/", view=view))):
            assert client.get(path).status_code == 200, path


def test_every_target_the_boards_lead_to_is_there(client: Client, adopted_specimen: Edition) -> None:
    for html in (page(client, "/targets/"), page(client, sheet("河滨区"))):
        paths = set(re.findall(r'href="(/targets/[^"#]+/\d+/)"', html))
        assert paths
        for path in sorted(paths)[:12]:
            assert client.get(path).status_code == 200, path


# --- sheet --------------------------------------------------------------------------------------------------------------


def test_a_sheet_prints_each_item_with_points_and_source(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, sheet("市教育局"))
    items = Item.objects.filter(group__sheet__unit="市教育局")
    for item in items:
        assert item.text in html
        assert f'popovertarget="s{item.clause_id}-' in html
    assert "重点目标600 分" in words(html)


def test_points_that_do_not_add_up_are_told_on_the_sheet(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, sheet("市教育局")))
    assert "各项相加 590 分，与标明的 600 分不符" in text
    assert "各项相加相符" in words(page(client, sheet("市人力资源社会保障局")))


def test_an_item_without_figure_says_what_it_waits_for(client: Client, adopted_specimen: Edition) -> None:
    item = Item.objects.filter(kind="delegated").exclude(awaits="").select_related("group__sheet").first()
    assert item is not None
    text = words(page(client, sheet(item.group.sheet.unit)))
    assert f"等待：{item.awaits}" in text
    assert "还没有绑定" in text


def test_a_sheet_without_points_for_its_items_does_not_invent_any(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, sheet("河滨区")))
    assert "公报只印了总分，各项没有分值" in text
    assert "没有印扣多少" in text


def test_nothing_on_a_sheet_counts_as_done_before_anybody_reported(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, sheet("市教育局"))
    assert "i-met" not in html
    assert html.count("无数据") == Measure.objects.filter(item__group__sheet__unit="市教育局", role="target").count()


def test_findings_stand_beside_the_item_they_point_to(client: Client, adopted_specimen: Edition) -> None:
    finding = adopted_specimen.findings.get(rule="growth.level")
    unit = Sheet.objects.get(start__lte=finding.spans[0][0], end__gte=finding.spans[0][1], kind="unit").unit
    assert f"/gazette/2025-3/proof/?at={finding.ordinal}#f{finding.ordinal}" in page(client, sheet(unit))


def test_a_unit_with_two_sheets_has_an_address_for_each(client: Client, adopted_specimen: Edition) -> None:
    first, second = Sheet.objects.filter(kind="unit")[:2]
    Sheet.objects.filter(pk=second.pk).update(unit=first.unit)
    html = page(client, "/targets/", view="units")
    assert quote(f"{first.unit}~{second.ordinal}") in html or f"{quote(first.unit)}~{second.ordinal}" in html
    own = second.groups.first().items.first().text
    assert own in page(client, sheet(f"{first.unit}~{second.ordinal}"))
    assert own not in page(client, sheet(first.unit))


def test_a_sheet_costs_the_same_queries_however_long_it_is(
    client: Client, adopted_specimen: Edition, django_assert_max_num_queries: Any
) -> None:
    for path in (sheet("市教育局"), sheet("河滨区"), "/targets/", "/targets/?view=areas", "/targets/?view=units"):
        client.get(path)
        with django_assert_max_num_queries(17):
            client.get(path)


# --- target -------------------------------------------------------------------------------------------------------------


def test_a_target_shows_the_sentence_and_how_it_was_read(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, target(jobs("崤陵市"))))
    assert "11.全年城镇新增就业3.6万人" in text
    assert "折成36,000 人" in text
    assert "等于（公报没有写上下限）" in text


def test_a_target_goes_down_from_the_city_to_areas_and_units(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, target(jobs("市人力资源社会保障局"))))
    for unit in ("崤陵市", "河滨区", "产业集聚区"):
        assert unit in text
    assert "8 个地区4.1 万人" in text
    assert "比全市多 0.5 万人" in text


def test_the_difference_leads_to_the_proof_finding(client: Client, adopted_specimen: Edition) -> None:
    finding = adopted_specimen.findings.get(rule="sum.areas-and-city", severity="error")
    assert f"/gazette/2025-3/proof/?at={finding.ordinal}#f{finding.ordinal}" in page(client, target(jobs("河滨区")))


def test_growth_is_not_compared_with_an_amount(client: Client, adopted_specimen: Edition) -> None:
    share = Measure.objects.get(metric_key="占生产总值比重", item__group__sheet__kind="city")
    assert "市数据局" not in words(page(client, target(share)))  # its 0.4 is in percentage points


def test_a_corrected_value_stands_beside_the_printed_one(client: Client, adopted_specimen: Edition) -> None:
    measure = jobs("河滨区")
    Measure.objects.filter(pk=measure.pk).update(corrected_value="0.8")
    html = page(client, target(measure))
    assert "<ins>0.8万人</ins>" in html
    assert "0.82" in words(html)


def test_a_target_that_is_not_there_is_not_found(client: Client, adopted_specimen: Edition) -> None:
    path = target(jobs("河滨区"))
    assert client.get(path.rsplit("/", 2)[0] + "/99/").status_code == 404
    Edition.objects.update(state="proposed")
    assert client.get(path).status_code == 404
    assert client.get(sheet("河滨区")).status_code == 404
    assert "还没有下达目标的公报" in page(client, "/targets/")


# --- bodies -------------------------------------------------------------------------------------------------------------


def test_a_renamed_body_shows_both_names_in_time_with_the_document(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, "/bodies/data/"))
    assert "起始日期不详 至 2025年3月13日" in text
    assert "2025年3月14日 更名" in text
    assert "8号" in text


def test_a_body_is_listed_under_the_name_it_bears_today(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, "/bodies/", q="大数据"))
    assert "1 个机构" in text
    assert "崤陵市数据局" in text
    assert "旧名" in text


def test_a_body_lists_its_sheet_and_the_clauses_that_name_it(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, "/bodies/data/")
    assert sheet("市数据局") in html
    assert "牵头" in words(html)
    chips = set(re.findall(r'class="cite" popovertarget="([^"]+)"', html))
    assert chips <= set(re.findall(r'<aside class="source" id="([^"]+)"', html))


def test_names_read_from_an_issue_that_is_not_adopted_are_not_told(client: Client, adopted_specimen: Edition) -> None:
    Name.objects.create(
        body=Body.objects.get(ident="finance"), text="崤陵市财政和国资局", form="full", start=date(2025, 6, 1), cited_document="崤政〔2025〕99号"
    )  # fmt: skip
    assert "国资局" not in page(client, "/bodies/finance/")
    assert "国资局" not in page(client, "/bodies/")
    Edition.objects.update(state="proposed")
    assert client.get("/bodies/data/").status_code == 404  # only that issue names it


def test_a_body_without_any_work_says_so(client: Client) -> None:
    body = Body.objects.create(ident="alone", kind="department")
    Name.objects.create(body=body, text="崤陵市某某局", form="full")
    text = words(page(client, "/bodies/alone/"))
    assert "没有给它印发责任目标" in text
    assert client.get("/bodies/nobody/").status_code == 404


# --- ledger -------------------------------------------------------------------------------------------------------------


def test_any_reader_can_check_a_head_against_the_ledger(client: Client, adopted_specimen: Edition) -> None:
    seal_pending(at=datetime.now(UTC))
    seal = Seal.objects.get(sequence=1)
    assert "整条链核对相符" in words(page(client, "/ledger/"))
    assert "没有改过" in words(page(client, "/ledger/", sequence="1", head=seal.head[:12].upper()))
    assert "不一样" in words(page(client, "/ledger/", sequence="1", head="0" * 64))
    assert "没有第 999 环" in words(page(client, "/ledger/", sequence="999", head=seal.head))
    assert "至少要写前 8 位" in words(page(client, "/ledger/", sequence="1", head=seal.head[:3]))
    assert "没有第 x 环" in words(page(client, "/ledger/", sequence="x", head=seal.head))


def test_an_entry_changed_behind_the_application_is_told(client: Client, adopted_specimen: Edition) -> None:
    seal_pending(at=datetime.now(UTC))
    entry = Entry.objects.order_by("pk").first()
    assert entry is not None
    Entry.objects.filter(pk=entry.pk).update(by="somebody-else")
    text = words(page(client, "/ledger/"))
    assert "发现 1 处不符" in text
    assert "第 1 环" in text


def test_an_empty_ledger_is_not_called_correct(client: Client) -> None:
    assert "链上还没有记录" in words(page(client, "/ledger/"))


# --- help and what is not there ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/help/", "/accessibility/", "/search/", "/bodies/", "/targets/", "/ledger/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_open_without_any_issue_in_both_languages(client: Client, path: str, language: str) -> None:
    html = page(client, f"{language}{path}")
    assert html.count("<h1") == 1


def test_a_wrong_number_offers_documents_near_it(client: Client, adopted_specimen: Edition) -> None:
    text = words(page(client, f"/d/{quote('崤政[2025]99号')}/", status=404))
    assert "崤政〔2025〕6号" in text
    assert "崤政〔2025〕8号" in text


def test_an_old_name_of_a_body_in_an_address_offers_the_body(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, f"/bodies/{quote('崤陵市大数据管理局')}/", status=404)
    assert "/bodies/data/" in html
    assert "崤陵市数据局" in words(html)


def test_the_same_number_of_another_office_is_offered_first(client: Client, adopted_specimen: Edition) -> None:
    html = page(client, f"/d/{quote('崤政〔2025〕13')}/", status=404)
    offered = re.findall(r'lang="zh-CN">(崤政\S*号)', html[html.index("<main") :])
    assert offered[0] == "崤政办〔2025〕13号"


def test_a_spoken_short_name_in_an_address_offers_the_body(client: Client, adopted_specimen: Edition) -> None:
    assert "崤陵市城市管理局" in words(page(client, f"/bodies/{quote('城管局')}/", status=404))


def test_an_unknown_address_shows_nothing_of_the_machinery(client: Client) -> None:
    text = words(page(client, "/no/such/page/", status=404))
    assert "没有这个地址" in text
    assert "tried" not in text
    assert "Resolver" not in text


def test_a_fault_gives_a_number_that_the_log_has_too(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("taizhang.web.portal.body_views.public_numbers", lambda: 1 / 0)
    html = page(client, "/bodies/", status=500)
    number = re.search(r"\d{8}-[0-9a-f]{8}", html)
    assert number
    assert number[0] in caplog.text
    assert "什么也没有丢失" in html
    assert "ZeroDivisionError" not in html


@pytest.mark.parametrize("path", ["/", "/targets/"])
def test_without_a_year_nobody_has_reported(client: Client, adopted_specimen: Edition, path: str) -> None:
    assert "还没有单位填报进展" in page(client, path)
