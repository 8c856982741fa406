"""The API: what is answered, that every figure leads to its words, pages, refusals, and what machines need of HTTP."""

import hashlib
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import DjangoAssertNumQueries

from taizhang.apps.gazettes.models import Edition, Finding
from taizhang.apps.gazettes.operations import adopt, correct_text, dispose_finding
from taizhang.apps.ledger.chain import seal_pending
from taizhang.apps.targets.models import Item, Measure, Sheet
from taizhang.web.api.rates import Rates
from tests.apps_fixtures import NOW, person
from tests.proposals import DOCUMENT

pytestmark = pytest.mark.django_db
Queries = DjangoAssertNumQueries


def get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"/api/v1{path}", query)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def walk(client: Client, path: str, **query: Any) -> list[Any]:
    """All rows of a list, following `next`."""
    page = get(client, path, **query)
    rows = page["items"]
    while page["next"]:
        page = client.get(page["next"]).json()
        rows += page["items"]
    return rows


def citations(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        here = [value["citation"]] if value.get("citation") else []
        return here + [found for each in value.values() for found in citations(each)]
    return [found for each in value for found in citations(each)] if isinstance(value, list) else []


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_citation_leads_to_the_words_it_quotes(client: Client, adopted_specimen: Edition) -> None:
    source = adopted_specimen.source.text
    found = [c for path in ("/items", "/measures", "/findings", "/sheets") for c in citations(walk(client, path, limit=1000))]
    assert len(found) > 2000
    for cited in found:
        assert cited["document"] or "/proof/?at=" in cited["url"]
        if cited["span"] and cited["quote"] and cited["row"] is None:
            start, end = cited["span"]
            assert bare(cited["quote"]) in bare(source[start:end]), cited
    numbers = {cited["document"].partition("!")[0]: cited["number"] for cited in found if cited["document"]}
    assert numbers["崤政〔2025〕6号"] == "崤政〔2025〕6号"


def test_a_cited_page_exists(client: Client, adopted_specimen: Edition) -> None:
    for path in ("/measures", "/findings", "/sheets", "/interpretations"):
        url = citations(get(client, path, limit=1))[0]["url"]
        assert client.get(url).status_code == 200, url


def test_a_figure_is_exact_and_what_is_unknown_says_why(client: Client, adopted_specimen: Edition) -> None:
    for row in walk(client, "/measures", limit=1000):
        known = row["value"] is not None or row["date"] is not None
        assert known != (row["value_unknown"] is not None)
        assert row["value"] is None or str(Decimal(row["value"])) == row["value"]
    sheets = walk(client, "/sheets")
    assert {sheet["points_unknown"] for sheet in sheets if sheet["points"] is None} == {"not_printed"}
    assert "0" not in {sheet["points"] for sheet in sheets}


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/sheets", Sheet.objects.count),
        ("/items", Item.objects.count),
        ("/measures", Measure.objects.count),
        ("/findings", Finding.objects.count),
    ],
)
def test_pages_hold_every_row_once(client: Client, adopted_specimen: Edition, path: str, count: Callable[[], int]) -> None:
    rows = walk(client, path, limit=37)
    assert len(rows) == count()
    assert len({json.dumps(row, sort_keys=True) for row in rows}) == len(rows)


def test_clauses_come_in_printed_order(client: Client, adopted_specimen: Edition) -> None:
    rows = walk(client, "/documents/崤政〔2025〕6号/clauses", limit=3)
    assert len(rows) > 5
    starts = [row["own_span"][0] for row in rows]
    assert starts == sorted(starts)


@pytest.mark.parametrize("spelling", ["崤政〔2025〕6号", "崤政[2025]6号", "崤政（２０２５） 6 号", "崤政【2025】第6号"])
def test_a_document_answers_to_its_number_in_any_spelling(client: Client, adopted_specimen: Edition, spelling: str) -> None:
    assert get(client, f"/documents/{spelling}")["document"] == "崤政〔2025〕6号"
    assert get(client, f"/documents/{spelling}/clauses", limit=1)["items"][0]["number"] == "崤政〔2025〕6号"
    assert get(client, "/clauses", document=spelling, limit=1)["items"][0]["document"] == "崤政〔2025〕6号"


def test_lists_can_be_narrowed(client: Client, adopted_specimen: Edition) -> None:
    assert {row["severity"] for row in walk(client, "/findings", severity="error")} == {"error"}
    assert {row["kind"] for row in walk(client, "/sheets", kind="area")} == {"area"}
    key = get(client, "/measures", limit=1)["items"][0]["metric_key"]
    assert {row["metric_key"] for row in walk(client, "/measures", metric=key)} == {key}
    sheet = get(client, "/issues/2025-3/sheets/2")
    assert {row["unit"] for row in walk(client, "/items", issue="2025-3", sheet=2)} == {sheet["unit"]}
    assert get(client, "/items", issue="1999-1")["items"] == []


def test_what_was_not_adopted_is_not_told(client: Client, proposed: Edition) -> None:
    for path in ("/issues", "/documents", "/clauses", "/sheets", "/items", "/measures", "/findings", "/errata"):
        assert get(client, path)["items"] == [], path
    assert client.get(f"/api/v1/documents/{DOCUMENT}").status_code == 404


def test_an_erratum_stands_beside_the_print(client: Client, proposed: Edition) -> None:
    correct_text(
        by=person("bianji", "editor"), at=NOW, edition=proposed.pk, document=DOCUMENT, eid="sec_1__subsec_2",
        printed="3200个", corrected="3300个", reason="排印错误",
    )  # fmt: skip
    adopt(by=person("shenhe", "reviewer"), at=NOW, edition=proposed.pk)
    (erratum,) = get(client, "/errata")["items"]
    assert (erratum["printed"], erratum["corrected"]) == ("3200个", "3300个")
    clause = get(client, f"/documents/{DOCUMENT}/clauses/sec_1__subsec_2")
    assert "3200个" in clause["text"]
    assert clause["errata"] == [erratum["erratum"]]


def test_a_search_marks_its_hits_and_cites_them(client: Client, adopted_specimen: Edition, search_index: None) -> None:
    found = get(client, "/search", q="补贴")
    assert found["count"] > 3
    assert any(piece == {"text": "补贴", "hit": True} for piece in found["items"][0]["pieces"])
    pages = walk(client, "/search", q="补贴")
    assert len(pages) == found["count"]
    assert get(client, "/search", q="崤政[2025]6")["document"] == "崤政〔2025〕6号"


def test_the_chain_of_the_ledger_can_be_followed_by_anyone(client: Client, adopted_specimen: Edition) -> None:
    seal_pending(at=NOW)
    links = list(reversed(walk(client, "/ledger", limit=1)))
    head = "0" * 64
    for number, link in enumerate(links, 1):
        assert link["sequence"] == number
        head = hashlib.sha256(f"{head}{link['digest']}".encode()).hexdigest()
        assert link["head"] == head
    assert len(links) == get(client, "/ledger")["entries"]


# --- pages, refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/issues/1999-9", 404, "api.nothing-here"),
        ("/documents/没有〔2025〕1号", 404, "api.nothing-here"),
        ("/bodies/nobody", 404, "api.nothing-here"),
        ("/no-such-list", 404, "api.nothing-here"),
        ("/issues?limt=3", 400, "api.parameter-is-unknown"),
        ("/issues?limit=many", 422, "api.parameter-is-malformed"),
        ("/issues?limit=0", 422, "api.parameter-is-malformed"),
        ("/issues?cursor=xxx", 400, "api.cursor-is-unreadable"),
        ("/clauses?cursor=MTI", 400, "api.cursor-is-unreadable"),
        ("/items?unit=%00", 422, "api.parameter-is-malformed"),
        ("/search", 422, "api.parameter-is-malformed"),
    ],
)
def test_a_refusal_is_a_problem_document(client: Client, path: str, status: int, code: str) -> None:
    response = client.get(f"/api/v1{path}")
    told = response.json()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert (told["status"], told["code"]) == (status, code)
    assert told["type"] == f"http://testserver/api/v1/problems#{code}"
    assert told["detail"]
    assert code in {kind["code"] for kind in get(client, "/problems")}


def test_a_refusal_is_told_in_the_language_that_is_asked_for(client: Client, adopted_specimen: Edition) -> None:
    asked = "/api/v1/issues/1999-1/sheets/7"
    chinese = client.get(asked).json()
    english = client.get(asked, headers={"accept-language": "en-GB,en;q=0.9,zh;q=0.5"})
    assert chinese["detail"].startswith("没有责任书“1999-1 第 7 份”")
    assert english.json()["detail"].startswith("There is no Sheet “No. 7 of 1999-1”")
    assert english.json()["title"] == "No such address"
    assert english.json()["instance"] == chinese["instance"] == asked
    assert "Accept-Language" in english["Vary"]
    told = client.get("/api/v1/problems", headers={"accept-language": "en"}).json()
    assert not any(re.search(r"[\u4e00-\u9fff]", kind["says"]) for kind in told)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading_is_open(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/v1/issues")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["code"] == "api.method-not-allowed"


def test_a_defect_gives_a_number_to_quote(client: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("taizhang.apps.gazettes.listing.issues", broken)
    response = client.get("/api/v1/issues")
    told = response.json()
    assert response.status_code == 500
    assert told["number"] in told["detail"]
    assert "secret" not in response.content.decode()
    assert told["number"] in caplog.text


# --- HTTP -----------------------------------------------------------------------------------------------------------------


def test_an_answer_that_has_not_changed_is_not_sent_again(client: Client, adopted_specimen: Edition) -> None:
    first = client.get("/api/v1/findings?limit=1")
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = client.get("/api/v1/findings?limit=1", headers=header)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
    other = client.get("/api/v1/findings?limit=2", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200
    finding = Finding.objects.order_by("pk")[0]
    dispose_finding(by=person("shenhe", "reviewer"), at=NOW, finding=finding.pk, disposition="accepted", reason="印本如此")
    changed = client.get("/api/v1/findings?limit=1", headers={"if-none-match": first["ETag"]})
    assert changed.json()["items"][0]["disposition"] == "accepted"


def test_head_answers_like_get_without_a_body(client: Client, adopted_specimen: Edition) -> None:
    got, head = client.get("/api/v1/issues"), client.head("/api/v1/issues")
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (got["ETag"], str(len(got.content)))


def test_pages_of_other_sites_may_read(client: Client) -> None:
    asked = client.options(
        "/api/v1/issues", headers={"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    )
    assert asked.status_code == 204
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    assert client.get("/api/v1/nothing")["Access-Control-Allow-Origin"] == "*"


def test_simulated_data_says_so(client: Client, settings: Any) -> None:
    assert "Taizhang-Simulated" not in client.get("/api/v1/issues").headers
    settings.IS_SIMULATED = True
    assert client.get("/api/v1/issues")["Taizhang-Simulated"] == "1"
    assert client.get("/api/v1/nothing")["Taizhang-Simulated"] == "1"


def test_an_address_that_asks_too_often_is_told_when_to_come_back(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [30.0]
    monkeypatch.setattr("taizhang.web.api.door.RATES", Rates(lambda: now[0]))
    settings.API_RATE = 2
    assert [client.get("/api/v1/issues").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/v1/issues")
    assert int(refused["Retry-After"]) == 31
    assert refused.json()["code"] == "api.too-many-requests"
    assert client.get("/api/v1/issues", REMOTE_ADDR="203.0.113.9").status_code == 200
    now[0] = 61.0
    assert client.get("/api/v1/issues").status_code == 200


def test_behind_a_proxy_the_visitor_is_counted_and_a_forged_address_is_not(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taizhang.web.api.door.RATES", Rates(lambda: 0.0))
    settings.API_RATE = 1
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for forged in ("198.51.100.1, 203.0.113.9", "198.51.100.2, 203.0.113.9"):
        last = client.get("/api/v1/issues", headers={"x-forwarded-for": forged}).status_code
    assert last == 429
    assert client.get("/api/v1/issues", headers={"x-forwarded-for": "203.0.113.8"}).status_code == 200


# --- the document and its cost --------------------------------------------------------------------------------------------


def test_answers_are_what_the_openapi_document_says(client: Client, adopted_specimen: Edition, search_index: None) -> None:
    document = get(client, "/openapi.json")
    assert document["openapi"].startswith("3.1")
    paths = {
        "/issues": {}, "/documents": {}, "/clauses": {"limit": 1000}, "/sheets": {}, "/items": {"limit": 1000},
        "/measures": {"limit": 1000}, "/bodies": {}, "/findings": {}, "/errata": {}, "/interpretations": {},
        "/search": {"q": "补贴"}, "/ledger": {}, "/problems": {}, "/": {},
    }  # fmt: skip
    for path, query in paths.items():
        content = document["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        errors = list(Draft202012Validator(_closed(schema)).iter_errors(get(client, path, **query)))
        assert errors == [], (path, errors[0].message)


def _closed(schema: Any) -> Any:
    """The schema with nothing allowed that it does not name."""
    if isinstance(schema, dict):
        out = {key: _closed(value) for key, value in schema.items()}
        return {**out, "additionalProperties": False} if isinstance(schema.get("properties"), dict) else out
    return [_closed(each) for each in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(
    "path", ["issues", "documents", "clauses", "sheets", "items", "measures", "bodies", "findings", "errata", "interpretations"]
)
def test_a_page_costs_the_same_queries_whatever_its_size(
    client: Client, adopted_specimen: Edition, django_assert_max_num_queries: Queries, path: str
) -> None:
    with django_assert_max_num_queries(8):
        client.get(f"/api/v1/{path}?limit=1000")
