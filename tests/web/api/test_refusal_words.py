"""A parameter that is refused is refused in the reader's words, not in those of a library."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "reason"),
    [("limit=many", "要写整数"), ("limit=0", "不能小于 1"), ("limit=1.5", "要写整数"), ("limit=100000", "不能大于")],
)
def test_a_limit_that_is_none_is_refused_in_chinese(client: Client, query: str, reason: str) -> None:
    answer = client.get(f"/api/v1/issues?{query}")
    assert answer.status_code == 422
    told = answer.json()
    assert reason in told["detail"]
    assert not re.search(r"[A-Za-z]{2,} [a-z]{2,} ", told["detail"].replace("/api/v1/openapi.json", ""))
    assert told["errors"][0]["message"].startswith(reason)
