"""一组数, the comparison of areas and one metric from the city down, on the specimen's own targets."""

import html
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from taizhang.apps.assessments.models import Cycle, Owing, Report
from taizhang.apps.assessments.schemes.adopting import propose_scheme
from taizhang.apps.assessments.year.opening import open_cycle
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.targets.models import Measure, Sheet
from tests.apps_fixtures import SPECIMEN, person
from tests.assessment_results import scored

OPENED = datetime(2025, 4, 2, 1, tzinfo=UTC)
WHEN = datetime(2025, 10, 20, 1, tzinfo=UTC)
SLUG = "targets-2025"
BOARD = f"/assessment/{SLUG}/board/"
GRAIN = f"/assessment/{SLUG}/metric/?m=粮食总产量"


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def grain_year(lent_specimen: Edition) -> Cycle:
    """The specimen's year with grain reported by all areas but one, whose figure nobody verified yet."""
    text = (SPECIMEN / "schemes" / "targets-2025.toml").read_text("utf-8")
    office = person("kaohe", "assessment_office")
    row = propose_scheme(by=office, at=OPENED, text=text, name="targets-2025.toml")
    row.state = "approved"
    row.save()
    cycle: Cycle = open_cycle(by=office, at=OPENED, scheme=row.pk, owner="city-government")
    owings = list(Owing.objects.filter(subject__cycle=cycle, subject__category="areas", metric__label__contains="粮食总产量"))
    for number, owing in enumerate(owings):
        for end, value in ((date(2025, 6, 30), "0.3"), (date(2025, 9, 30), "0.5")):
            state = "signed" if number == 0 and end.month == 9 else "verified"
            Report.objects.create(
                subject=owing.subject, metric=owing.metric, period_start=date(2025, 1, 1), period_end=end, state=state, answer="value",
                value=Decimal(value), reported_by="tianbao", reported_at=WHEN, signed_by="qianfa", signed_at=WHEN,
                verified_by="heyan" if state == "verified" else "", verified_at=WHEN if state == "verified" else None,
            )  # fmt: skip
    assert owings
    scored(cycle, WHEN.date(), WHEN)
    return cycle


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def test_the_board_shows_the_citys_targets_and_says_what_nobody_knows(client: Client, grain_year: Cycle) -> None:
    page = text(client, BOARD)
    assert "城镇新增就业" in page
    assert "= 3.6 万人" in page
    assert "无数据" in page
    assert "没有数" in page
    content = client.get(BOARD).content.decode()
    assert 'class="cite"' in content
    assert content.count('<aside class="source"') >= 10  # every target is one action from its sentence


def test_an_area_that_is_not_verified_keeps_the_sum_open(client: Client, grain_year: Cycle) -> None:
    page = text(client, GRAIN)
    assert "没有核验的：" in page
    assert "合计因此未定" in page
    Report.objects.filter(state="signed").update(state="verified", verified_by="heyan", verified_at=WHEN)
    scored(grain_year, WHEN.date(), WHEN)
    assert "推算：各地区相加" in text(client, GRAIN)


def test_targets_padded_on_the_way_down_are_told(client: Client, grain_year: Cycle) -> None:
    assert "层层加码：各地区目标相加 4.1 万人 ，比全市目标多 13.89%" in text(client, f"/assessment/{SLUG}/metric/?m=城镇新增就业")
    assert "各地区目标相加与全市相符" in text(client, GRAIN)


def test_areas_are_drawn_to_their_own_targets_with_a_table_beside(client: Client, grain_year: Cycle) -> None:
    content = client.get(f"{BOARD}?view=areas&metric=粮食总产量").content.decode()
    drawings = re.findall(r"<svg class=\"ch\".*?</svg>", content, re.S)
    assert drawings
    assert all("<polyline" in drawing for drawing in drawings)
    assert all('class="hat"' in drawing for drawing in drawings)  # the first quarter was never reported
    assert all('role="img" aria-label=' in drawing for drawing in drawings)
    table = text(client, f"{BOARD}?view=areas&metric=粮食总产量")
    assert "以表格查看" in table
    assert "填报，待核验" in table
    assert "已核验" in table


def test_each_figure_of_a_metric_says_when_it_was_signed_and_verified(client: Client, grain_year: Cycle) -> None:
    page = text(client, GRAIN)
    assert "2025年6月30日 0.3 亿公斤 2025年10月20日 2025年10月20日" in page
    assert "2025年9月30日 0.5 亿公斤 2025年10月20日 未核验" in page


def test_units_are_listed_with_what_is_certain_and_what_is_open(client: Client, grain_year: Cycle) -> None:
    content = client.get(f"{BOARD}?view=units").content.decode()
    assert "市教育局：已定 " in content
    assert content.count('class="meter"') >= 40


def test_another_language_and_large_text_lead_back_to_the_same_metric(client: Client, grain_year: Cycle) -> None:
    page = client.get(quote(GRAIN, safe="/?=")).content.decode()  # as browsers send it
    [here, english] = [html.unescape(link) for link in re.findall(r'<a href="([^"]+)" lang="[^"]+" hreflang=', page)]
    [back] = set(re.findall(r'name="next" value="([^"]+)"', page))
    for link in (here, english, html.unescape(back)):
        assert "粮食总产量" in text(client, link), link


def test_a_sheet_of_the_gazette_shows_what_it_has_come_to(client: Client, grain_year: Cycle) -> None:
    page = text(client, "/targets/2025-3/河滨区/")
    assert "试算" in page
    assert "全年得分在" in page
    assert "各项进展、得分和凭证" in page


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}?view=areas", f"{BOARD}?view=units", GRAIN])
def test_boards_cost_few_queries(
    client: Client, grain_year: Cycle, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(18):
        client.get(path)


def test_boards_speak_english(client: Client, grain_year: Cycle) -> None:
    for path in (BOARD, f"{BOARD}?view=areas", f"{BOARD}?view=units", GRAIN):
        main = client.get(f"/en{path}").content.decode().split("<main")[1].split("</main>")[0]
        bare = re.sub(r"<(\w+)[^>]* lang=\"zh-CN\"[^>]*>.*?</\1>", "", main, flags=re.S)
        assert re.findall(r"[\u3400-\u9fff]+", re.sub(r"<[^>]+>", " ", bare)) == []


NOBODY = "还没有单位填报进展"


def lamps(client: Client, path: str) -> list[int]:
    """The figures of the lamp strip."""
    page = client.get(path).content.decode()
    return [int(count) for count in re.findall(r"<b>(\d+)</b>", page[page.index('<nav class="lamps"') :].partition("</nav>")[0])]


@pytest.mark.parametrize("path", ["/", "/targets/"])
def test_pages_of_the_gazette_lead_to_the_year_that_scores_it(client: Client, grain_year: Cycle, path: str) -> None:
    page = client.get(path).content.decode()
    assert NOBODY not in page
    assert f'href="{BOARD}"' in page


def test_the_front_page_tells_what_the_year_knows_and_no_more(client: Client, grain_year: Cycle) -> None:
    assert sum(lamps(client, "/")) == 16
    unknown = client.get("/?light=unknown").content.decode()
    assert unknown.count('<li><span class="no num"') == lamps(client, "/")[-1] == 16, "the city's grain waits for one area"
    areas = client.get("/?ind=粮食总产量").content.decode()
    assert re.findall(r'<b class="num">([\d.]+) <span lang="zh-CN">亿公斤</span></b>\s+/ <b>', areas).count("0.5") >= 4


def test_a_sheet_shows_what_its_year_knows_with_the_certificate_of_each_item(client: Client, grain_year: Cycle) -> None:
    owing = Owing.objects.filter(subject__cycle=grain_year, subject__category="areas", metric__label__contains="粮食总产量")
    name = owing.order_by("pk").last().subject.name
    content = client.get(f"/targets/2025-3/{name}/").content.decode()
    row = next(row for row in re.findall(r"<tr.*?</tr>", content, re.S) if "粮食总产量" in row)
    assert '0.5 <span lang="zh-CN">亿公斤</span>' in row
    assert re.search(r'href="/certificates/\d+/"', row)
    other = next(row for row in re.findall(r"<tr.*?</tr>", content, re.S) if "城镇新增就业" in row)
    assert "无数据" in other, "nobody reported on it"


def test_a_targets_page_has_its_figures_by_period_and_those_of_its_siblings(client: Client, grain_year: Cycle) -> None:
    measures = Measure.objects.filter(metric="粮食总产量", item__group__sheet__kind="area").order_by("ordinal")
    known = measures.exclude(item__group__sheet__unit=_unverified(grain_year)).first()
    content = client.get(_address(known)).content.decode()
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))
    assert "2025年6月30日 0.3 亿公斤 2025年10月20日 2025年10月20日" in page
    assert 'class="ch"' in content
    assert page.count("未核验") >= 1, "the one sibling that nobody verified says so"


def test_units_of_the_board_show_how_many_of_their_items_stand_how(client: Client, grain_year: Cycle) -> None:
    content = client.get("/targets/?view=units").content.decode()
    row = next(row for row in re.findall(r"<tr.*?</tr>", content, re.S) if "市教育局" in row)
    assert re.search(r'数据未知 </span>\d+<span class="vh"> 项', row)


def test_an_area_without_the_target_is_a_cell_that_says_why(client: Client, grain_year: Cycle) -> None:
    sheets = set(Sheet.objects.filter(kind="area").values_list("unit", flat=True))
    page = client.get(f"{BOARD}?view=areas&metric=粮食总产量").content.decode()
    drawn = page.split('<ul class="small-m fit">')[1].split("</ul>")[0]
    assert all(name in drawn for name in sheets)
    lacking = sheets - set(Measure.objects.filter(metric="粮食总产量").values_list("item__group__sheet__unit", flat=True))
    assert drawn.count("无此目标") == len(lacking)


def _unverified(cycle: Cycle) -> str:
    return str(Report.objects.get(subject__cycle=cycle, state="signed").subject.name)


def _address(measure: Measure) -> str:
    beside = list(Measure.objects.filter(clause=measure.clause).order_by("ordinal").values_list("pk", flat=True))
    return f"/targets/{measure.clause.document.slug}/{measure.clause.eid}/{beside.index(measure.pk) + 1}/"


def test_a_board_and_a_metric_tell_which_reading_of_a_target_counts(client: Client, grain_year: Cycle) -> None:
    row = Measure.objects.filter(metric="粮食总产量", item__group__sheet__kind="area", edition__state="adopted").first()
    assert row is not None
    row.corrected_value, row.corrected_normalized_value, row.corrected_normalized_unit = (
        "9.9",
        row.normalized_value,
        row.normalized_unit,
    )
    row.save()
    for path in (GRAIN, f"{BOARD}?view=areas&metric=粮食总产量"):
        assert f"计分按印本 勘误： 9.9 {row.unit}" in text(client, path)
