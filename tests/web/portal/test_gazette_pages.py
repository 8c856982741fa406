"""Pages of the gazette as a visitor meets them."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_home_page_opens_with_an_issue(client: Client, adopted_specimen: Any) -> None:
    assert client.get("/").status_code == 200


def test_the_home_page_opens_without_any_issue(client: Client) -> None:
    assert client.get("/").status_code == 200
