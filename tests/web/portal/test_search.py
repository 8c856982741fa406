"""Searching as a visitor does it: what is printed is found, marked, and led back to its clause."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.apps.gazettes.operations import adopt
from taizhang.apps.organisations.models import Body, Name
from taizhang.apps.targets.finding import find
from taizhang.apps.targets.indexing import is_behind, rebuild_index, sync_index
from taizhang.backends.search import fold, stamps

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(settings: Any, tmp_path: Path, adopted_specimen: Edition) -> Path:
    settings.SEARCH_INDEX = tmp_path / "search"
    rebuild_index()
    return tmp_path / "search"


def page(client: Client, **query: str) -> str:
    response = client.get("/search/", query)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_every_clause_that_prints_the_words_is_found_and_no_other(index: Path, adopted_specimen: Edition) -> None:
    for sought in ("补贴", "就业", "数据局", "8%", "率", "2025年"):
        printed = [fold(f"{c.num}{c.text}") for c in Clause.objects.all()]
        expected = sum(fold(sought) in text for text in printed)
        found = find(index, sought, {})
        kinds = {bucket.value: bucket.count for bucket in found.facets["kind"]}
        assert sum(kinds.get(kind, 0) for kind in ("clause", "target", "title")) == expected, sought


def test_hits_are_marked_in_their_sentence_and_cited(client: Client, index: Path) -> None:
    html = page(client, q="补贴 标准")
    assert "<mark>补贴</mark>" in html
    assert "<mark>标准</mark>" in html
    chips = re.findall(r'class="cite" popovertarget="([^"]+)"', html)
    assert chips
    assert set(chips) <= set(re.findall(r'<aside class="source" id="([^"]+)"', html))


def test_full_width_letters_and_other_brackets_find_the_same(client: Client, index: Path) -> None:
    counts = {
        re.search(r"找到 (\d+) 条", words(page(client, q=q)))[1]
        for q in ("〔2025〕6号", "［２０２５］ 6号".replace(" ", ""), "(2025)6号")
    }  # type: ignore[index]
    assert len(counts) == 1


def test_a_document_number_in_any_spelling_leads_to_the_document(client: Client, index: Path) -> None:
    html = page(client, q="崤政[2025]6")
    assert 'href="/d/%E5%B4%A4%E6%94%BF%E3%80%942025%E3%80%956%E5%8F%B7/"' in html


def test_a_body_is_found_by_a_name_it_no_longer_bears(client: Client, index: Path) -> None:
    html = page(client, q="大数据管理局", kind="body")
    assert "/bodies/data/" in html
    assert "崤陵市数据局" in words(html)


def test_facets_narrow_and_can_be_taken_back(client: Client, index: Path) -> None:
    everything = re.search(r"找到 (\d+) 条", words(page(client, q="补贴")))
    narrowed = page(client, q="补贴", kind="target")
    only = re.search(r"找到 (\d+) 条", words(narrowed))
    assert everything
    assert only
    assert int(only[1]) < int(everything[1])
    assert "责任目标" in words(narrowed)
    assert "取消筛选" in narrowed


def test_pages_follow_one_another(client: Client, index: Path) -> None:
    first = page(client, q="的")
    assert 'rel="next"' in first
    assert 'start="21"' in page(client, q="的", page="2")
    last = page(client, q="的", page="99999")
    assert 'rel="next"' not in last
    assert 'rel="prev"' in last


@pytest.mark.parametrize("q", ["", " ", "zzz", "<script>", "%", "'\"", "〔", "😀", "a" * 5000])
@pytest.mark.parametrize("number", ["", "0", "-1", "x", "９"])
def test_no_query_breaks_the_page(client: Client, index: Path, q: str, number: str) -> None:
    html = page(client, q=q, page=number, kind="nonsense" if q == "%" else "")
    assert "<script>" not in html.replace('<script src="', "")


def test_a_query_with_a_zero_byte_is_refused(client: Client, index: Path) -> None:
    assert client.get("/search/", {"q": "\x00"}).status_code == 400


def test_nothing_found_says_what_to_try(client: Client, index: Path) -> None:
    text = words(page(client, q="火星移民"))
    assert "没有找到" in text
    assert "少写几个字" in text


def test_a_search_costs_the_same_queries_whatever_it_finds(
    client: Client, index: Path, django_assert_max_num_queries: Any
) -> None:
    page(client, q="的")
    with django_assert_max_num_queries(14):
        page(client, q="的")


def test_an_issue_that_is_no_longer_adopted_is_no_longer_found(client: Client, index: Path) -> None:
    Edition.objects.update(state="superseded")
    # Even before the index hears of it.
    assert "<mark>" not in page(client, q="补贴")
    assert is_behind(index)
    assert "检索正在更新" in page(client, q="补贴")
    sync_index()
    assert not is_behind(index)
    assert find(index, "补贴", {}).count == 0


def test_bringing_the_index_up_to_date_twice_writes_nothing(index: Path) -> None:
    assert sync_index() == 0
    Name.objects.create(body=Body.objects.get(ident="data"), text="崤陵市数字局", form="alias")
    assert sync_index() > 0
    assert find(index, "数字局", {}).count == 1
    assert sync_index() == 0


def test_an_index_that_was_lost_is_built_from_the_database(index: Path) -> None:
    (index / "current.json").unlink()
    assert stamps(index) is None
    assert sync_index() > 1000
    assert find(index, "补贴", {}).count > 0


def test_an_adoption_reaches_the_index_after_it_is_committed(
    settings: Any, tmp_path: Path, adopted_specimen: Edition, editor: Any, reviewer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SEARCH_INDEX = tmp_path / "fresh"
    Edition.objects.filter(pk=adopted_specimen.pk).update(state="proposed", proposed_by=editor.ident)
    with django_capture_on_commit_callbacks(execute=True):
        adopt(by=reviewer, at=datetime.now(UTC), edition=adopted_specimen.pk)
        assert stamps(tmp_path / "fresh") is None
    assert find(tmp_path / "fresh", "补贴", {}).count > 0
