"""The assessment year for machines: answers hold to the OpenAPI document, figures are apart, costs do not grow with rows."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from taizhang.apps.assessments.models import Cell, Cycle, Notice
from taizhang.apps.assessments.notices.noticing import draft_notice, issue_notice
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, HEBIN, Q4
from tests.assessment_results import AFTER, FIGURES, published_year, report_all, scored

SLUG = "responsibility-2025"
Queries = Callable[[int], Any]


def get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"/api/v1{path}", query)
    assert response.status_code == 200, (path, response.content[:300])
    return json.loads(response.content)


@pytest.fixture
def told_year(whole_year: Cycle) -> Notice:
    """A published year with a notice of its results."""
    run = published_year(whole_year)
    drafted = draft_notice(
        by=person("kaohe", "assessment_office"), at=AFTER, run=run.pk, kind="result", period_start=date(2025, 1, 1), period_end=Q4
    )
    issued: Notice = issue_notice(by=person("fuhe", "assessment_office"), at=AFTER, notice=drafted.pk, number="岭考办〔2026〕9号")
    return issued


def test_answers_are_what_the_openapi_document_says(client: Client, told_year: Notice) -> None:
    document = get(client, "/openapi.json")
    cell = Cell.objects.get(criterion="edu_1").pk
    paths = {
        "/cycles": "/cycles", "/cycles/{cycle}": f"/cycles/{SLUG}", "/cycles/{cycle}/results": f"/cycles/{SLUG}/results",
        "/cycles/{cycle}/cells": f"/cycles/{SLUG}/cells", "/cycles/{cycle}/metrics": f"/cycles/{SLUG}/metrics",
        "/cells/{cell}": f"/cells/{cell}", "/notices": "/notices", "/notices/{notice}": f"/notices/{told_year.pk}",
    }  # fmt: skip
    for template, path in paths.items():
        content = document["paths"][f"/api/v1{template}"]["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        errors = list(Draft202012Validator(_closed(schema)).iter_errors(get(client, path)))
        assert errors == [], (path, errors[0].message)


def _closed(schema: Any) -> Any:
    """The schema with nothing allowed that it does not name."""
    if isinstance(schema, dict):
        out = {key: _closed(value) for key, value in schema.items()}
        return {**out, "additionalProperties": False} if isinstance(schema.get("properties"), dict) else out
    return [_closed(each) for each in schema] if isinstance(schema, list) else schema


def test_a_published_year_says_that_it_met_its_day(client: Client, told_year: Notice) -> None:
    (cycle,) = get(client, "/cycles")["items"]
    assert (cycle["published_by"], cycle["published_on"], cycle["is_met"]) == ("2026-04-30", "2026-02-02", True)
    assert cycle["is_settled"] is True


def test_what_nobody_reported_is_null_with_its_reason(client: Client, open_cycle: Cycle) -> None:
    report_all(open_cycle, {key: value for key, value in FIGURES.items() if key[0] != HEBIN})
    scored(open_cycle)
    (row,) = get(client, f"/cycles/{SLUG}/metrics", body=HEBIN)["items"]
    assert [row[name] for name in ("reported", "verified", "decided")] == [None, None, None]
    assert row["unknown"] == "not_reported"
    result = next(row for row in get(client, f"/cycles/{SLUG}/results")["items"] if row["body"] == HEBIN)
    assert result["score"] == {"low": "0", "high": "800"}
    assert (result["score_unknown"], result["rank"]) == ("undetermined", None)


def test_a_category_can_be_asked_for_by_name_or_id(client: Client, told_year: Notice) -> None:
    by_id = get(client, f"/cycles/{SLUG}/results", category="areas")["items"]
    assert [row["body"] for row in by_id] == [HEBIN]
    assert get(client, f"/cycles/{SLUG}/results", category="县区")["items"] == by_id


def test_pages_hold_every_cell_once(client: Client, told_year: Notice) -> None:
    seen: list[int] = []
    path: str | None = f"/api/v1/cycles/{SLUG}/cells?limit=3"
    while path:
        told = json.loads(client.get(path).content)
        seen += [row["cell"] for row in told["items"]]
        path = told["next"]
    assert len(seen) == len(set(seen)) == Cell.objects.count()


@pytest.mark.parametrize(
    "path",
    [f"/cycles/{SLUG}/results", f"/cycles/{SLUG}/cells?limit=1000", f"/cycles/{SLUG}/metrics?limit=1000", "/cycles", "/notices"],
)
def test_a_list_costs_few_queries(client: Client, told_year: Notice, path: str, django_assert_max_num_queries: Queries) -> None:
    with django_assert_max_num_queries(14):
        client.get(f"/api/v1{path}")


@pytest.mark.parametrize(
    "path", ["/cycles/none", "/cycles/none/cells", "/cells/0", "/cells/99999999999999999999999", "/notices/0", "/notices/999999"]
)
def test_what_is_not_there_is_a_problem_document(client: Client, told_year: Notice, path: str) -> None:
    response = client.get(f"/api/v1{path}")
    assert response.status_code in (404, 422)
    assert response["Content-Type"].startswith("application/problem+json")


def test_a_certificate_names_its_run_and_can_be_kept(client: Client, told_year: Notice) -> None:
    cell = get(client, f"/cycles/{SLUG}/cells", body=EDUCATION, limit=1)["items"][0]
    path = cell["certificate"].removeprefix("http://testserver")
    first = client.get(path)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert first.json()["certificate"]["digest"] == cell["digest"]
