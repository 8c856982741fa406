"""Nothing personal in a log: no name, no password, no query, no words of an exception."""

import logging
import sys

import pytest
from django.test import Client

from taizhang.apps.accounts.models import User
from taizhang.project.logs import WithoutWords

NAME, PASSWORD, NUMBER = "wangxiaoming", "he-hua-chi-3817", "411202199003071234"


def logged(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(WithoutWords().format(record) for record in caplog.records)


@pytest.mark.django_db
def test_a_failed_login_logs_neither_name_nor_password(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    User.objects.create_user(username=NAME, password=PASSWORD)
    caplog.set_level(logging.INFO)
    for login, password in ((NAME, "wrong-one-here"), ("nobody-of-this-name", PASSWORD)):
        client.post("/desk/account/login/", {"login": login, "password": password})
    for secret in (NAME, PASSWORD, "wrong-one-here", "nobody-of-this-name"):
        assert secret not in logged(caplog)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", "/search/", "/d/nowhere/", "/api/v1/nowhere"])
def test_a_query_is_not_logged(client: Client, caplog: pytest.LogCaptureFixture, address: str) -> None:
    caplog.set_level(logging.INFO)
    client.get(address, {"q": NUMBER, "page": NUMBER})
    assert NUMBER not in logged(caplog)


@pytest.mark.django_db
def test_a_refused_form_logs_none_of_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answer = Client(enforce_csrf_checks=True).post("/desk/account/login/", {"login": NAME, "password": PASSWORD})
    assert answer.status_code == 403
    assert "403" in logged(caplog) or "Forbidden" in logged(caplog)
    assert NAME not in logged(caplog)


def test_an_exception_is_logged_with_kind_and_place_and_without_its_words() -> None:
    def read(text: str) -> int:
        return int(text)

    try:
        try:
            read(NUMBER + "x")
        except ValueError as error:
            raise LookupError(NUMBER) from error
    except LookupError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Internal Server Error: /x/", (), sys.exc_info())
    told = WithoutWords().format(record)
    assert NUMBER not in told
    assert "test_logs.py" in told
    assert told.index("builtins.ValueError") < told.index("builtins.LookupError")
    assert "Internal Server Error: /x/" in told
