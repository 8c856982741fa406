"""What was corrected after adoption: the print stays everywhere, the erratum stands beside it, and each place says which counts."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import operations
from taizhang.apps.gazettes.models import Edition, Erratum
from taizhang.apps.targets import operations as targets
from taizhang.apps.targets.finding import find
from taizhang.apps.targets.indexing import is_behind, rebuild_index, sync_index
from taizhang.apps.targets.models import Measure
from tests.proposals import DOCUMENT, NOW, TWO_SENTENCES

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected(editor: User, reviewer: User, proposed: Edition) -> Edition:
    """The small gazette, adopted; then 480 teachers become 0.05万人, and 挪用 becomes 截留."""
    operations.adopt(by=reviewer, at=NOW, edition=proposed.pk)
    teachers = Measure.objects.get(edition=proposed, metric__contains="教师")
    facts: dict[str, Any] = {"by": editor, "at": NOW, "edition": proposed.pk, "reason": "与附表不一致"}
    made: list[Erratum] = targets.correct_measure(measure=teachers.pk, value="0.05", unit="万人", **facts)
    words = operations.correct_text(document=DOCUMENT, eid=TWO_SENTENCES, printed="挪用", corrected="截留", **facts)
    for erratum in (*made, words):
        operations.confirm_erratum(by=reviewer, at=NOW, erratum=erratum.pk)
    return proposed


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def shown(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_target_shows_both_figures_and_says_that_the_erratum_counts(client: Client, corrected: Edition) -> None:
    html = _target(client)
    assert "480" in shown(html)
    assert "<ins>0.05万人</ins>" in html
    assert "勘误折成 500 人" in shown(html)
    assert "计算用 勘误后的数，不用印本的数" in shown(html)


def _target(client: Client) -> str:
    board = read(client, "/targets/")
    sheet = re.search(r'href="(/targets/2025-1/[^"]+/)"', board)
    assert sheet
    links = re.findall(r'href="(/targets/[^"]+/1/)"', read(client, sheet[1]))
    return next(html for link in links if "教师" in shown((html := read(client, link)).partition("<h1")[2].partition("</h1>")[0]))


def test_a_page_of_the_clause_keeps_the_print_and_tells_the_erratum(client: Client, corrected: Edition) -> None:
    html = read(client, f"/d/{DOCUMENT}/{TWO_SENTENCES}/")
    assert "不得挪用专项经费" in shown(html)
    assert "<del>挪用</del>" in html
    assert "<ins>截留</ins>" in html
    register = shown(read(client, "/errata/"))
    assert all(number in register for number in ("第1号", "第2号", "第3号"))


def test_machines_read_both_figures_and_which_one_counts(client: Client, corrected: Edition) -> None:
    found = client.get("/api/v1/measures").json()["items"]
    teachers = next(one for one in found if "教师" in one["metric"])
    assert (teachers["value"], teachers["unit"], teachers["normalized_value"]) == ("480", "人", "480")
    assert (teachers["corrected_value"], teachers["corrected_unit"]) == ("0.05", "万人")
    assert (teachers["corrected_normalized_value"], teachers["corrected_normalized_unit"]) == ("500", "人")
    assert teachers["counts"] == "erratum"
    assert {one["counts"] for one in found if "教师" not in one["metric"]} == {"print"}


def test_a_table_has_both_figures_and_which_one_counts(client: Client, corrected: Edition) -> None:
    text = client.get("/downloads/targets.csv?issue=2025-1").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))
    teachers = next(row for row in rows if "教师" in row["指标"])
    assert (teachers["数值"], teachers["勘误数值"], teachers["勘误折算值"], teachers["计算用"]) == ("480", "0.05", "500", "勘误")


def test_the_feed_tells_what_is_printed_and_what_it_should_be(client: Client, corrected: Edition) -> None:
    text = read(client, "/feeds/errata.atom")
    assert text.count("<entry>") == 3
    assert "印本“挪用”，勘误“截留”" in text


def test_a_corrected_reading_is_found_and_told_apart_from_print(
    client: Client, settings: Any, tmp_path: Path, corrected: Edition
) -> None:
    settings.SEARCH_INDEX = tmp_path / "search"
    rebuild_index()
    html = read(client, "/search/?q=截留")
    assert "找到 1 条" in shown(html)
    assert "勘误后的读法" in shown(html)
    assert "勘误第3号" in shown(html)
    assert '<del lang="zh-CN">挪用</del>' in html
    (one,) = find(settings.SEARCH_INDEX, "招聘教师0.05万人", {}).results
    assert (one.kind, one.erratum.printed if one.erratum else "") == ("erratum", "人")
    printed = find(settings.SEARCH_INDEX, "招聘教师480人", {}).results
    assert {each.kind for each in printed} == {"target"}
    answered = client.get("/api/v1/search?q=截留").json()["items"]
    assert [(each["kind"], each["erratum"]) for each in answered] == [("erratum", 3)]


def test_the_index_follows_an_erratum_that_is_confirmed_later(
    settings: Any, tmp_path: Path, editor: User, reviewer: User, corrected: Edition
) -> None:
    settings.SEARCH_INDEX = tmp_path / "search"
    rebuild_index()
    facts = {"by": editor, "at": NOW, "edition": corrected.pk, "document": DOCUMENT, "eid": TWO_SENTENCES, "reason": "录排"}
    waiting = operations.correct_text(printed="专项", corrected="专款", **facts)
    assert not is_behind()
    operations.confirm_erratum(by=reviewer, at=NOW, erratum=waiting.pk)
    assert is_behind()
    sync_index()
    assert find(settings.SEARCH_INDEX, "专款", {}).count == 1
