"""Login: locked after failures, a second factor, sessions that end, nowhere else to be sent to."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from tests.apps_fixtures import password_of, person

pytestmark = pytest.mark.django_db
LOGIN = "/desk/account/login/"


@pytest.fixture(autouse=True)
def no_failures_of_others() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def log_in(client: Client, username: str = "bianji", password: str | None = None, **more: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password or password_of(username), **more})


def is_in(client: Client) -> bool:
    return client.get(reverse("desk:today")).status_code == 200


def test_the_right_password_opens_the_desk(client: Client, editor: User) -> None:
    assert log_in(client)["Location"] == "/desk/"
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: Client, editor: User) -> None:
    wrong = log_in(client, password="not-the-one-at-all")
    unknown = log_in(client, "nobody-here", "not-the-one-at-all")
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert not is_in(client)
    said = [re.findall(r'<p class="err">(.*?)</p>', answer.content.decode()) for answer in (wrong, unknown)]
    assert said[0] == said[1] != []


def test_after_five_failures_even_the_right_password_waits(client: Client, editor: User) -> None:
    for _ in range(5):
        log_in(client, password="not-the-one-at-all")
    answer = log_in(client)
    assert answer.status_code in (200, 429)
    assert not is_in(client)


def test_failures_of_one_account_do_not_lock_another(client: Client, editor: User, reviewer: User) -> None:
    for _ in range(5):
        log_in(client, password="not-the-one-at-all")
    log_in(client, "shenhe")
    assert is_in(client)


def test_a_closed_account_does_not_log_in(client: Client, editor: User) -> None:
    editor.is_active = False
    editor.save()
    log_in(client)
    assert not is_in(client)


def test_the_key_of_a_session_changes_at_login(client: Client, editor: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    log_in(client)
    assert client.session.session_key != before


def test_logging_out_needs_a_form_and_ends_the_session(client: Client, editor: User) -> None:
    log_in(client)
    client.get("/desk/account/logout/")
    assert is_in(client)
    client.post("/desk/account/logout/")
    assert not is_in(client)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"]
)
def test_nobody_is_sent_elsewhere_after_login(client: Client, editor: User, elsewhere: str) -> None:
    assert log_in(client, next=elsewhere)["Location"] == "/desk/"


def test_who_was_asked_to_log_in_comes_back_to_the_page_they_wanted(client: Client, editor: User) -> None:
    asked = client.get("/desk/editions/?state=proposed")["Location"]
    assert asked == f"{LOGIN}?next=/desk/editions/%3Fstate%3Dproposed"
    assert log_in(client, next="/desk/editions/?state=proposed")["Location"] == "/desk/editions/?state=proposed"


def test_a_form_sent_without_a_session_leads_to_the_day_after_login(client: Client, proposed: Any) -> None:
    sent = client.post(reverse("desk:adopt", args=[proposed.pk]))
    assert sent["Location"] == f"{LOGIN}?next=/desk/"


def test_an_idle_session_ends_and_says_so(client: Client, editor: User, settings: Any) -> None:
    log_in(client)
    assert is_in(client)
    _age(client, seen_at=settings.SESSION_IDLE + 1)
    answer = client.get("/desk/editions/")
    assert answer["Location"].startswith(f"{LOGIN}?next=/desk/editions/")
    assert "太久没有操作" in client.get(answer["Location"]).content.decode()
    assert not is_in(client)


def test_a_session_in_use_ends_with_the_working_day(client: Client, editor: User, settings: Any) -> None:
    log_in(client)
    assert is_in(client)
    _age(client, began_at=settings.SESSION_LONGEST + 1)
    assert not is_in(client)


def test_a_session_in_use_goes_on(client: Client, editor: User, settings: Any) -> None:
    log_in(client)
    assert is_in(client)
    _age(client, seen_at=settings.SESSION_IDLE - 60)
    assert is_in(client)
    assert time.time() - client.session["seen_at"] < 60


def test_an_account_closed_meanwhile_is_out_with_the_next_page(client: Client, editor: User) -> None:
    log_in(client)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert not is_in(client)


def test_the_second_factor_is_asked_for_where_it_was_set_up(client: Client, editor: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(editor, secret)
    stored = Authenticator.objects.get(user=editor).data["secret"]
    assert stored.startswith("sealed:"), "who reads the database cannot make the codes"
    assert secret not in stored
    answer = log_in(client)
    assert answer["Location"] == "/desk/account/2fa/authenticate/"
    assert not is_in(client)
    assert client.post(answer["Location"], {"code": "000000"}).status_code == 200
    assert not is_in(client)
    client.post(answer["Location"], {"code": _code(secret)})
    assert is_in(client)


def test_a_second_factor_is_set_up_from_the_page_of_login_safety(client: Client, editor: User) -> None:
    log_in(client)
    assert "启用" in client.get("/desk/account/2fa/").content.decode()
    asked = client.get("/desk/account/2fa/totp/activate/")["Location"]
    assert asked.startswith("/desk/account/reauthenticate/")
    assert "再输一次密码" in client.get(asked).content.decode()
    form = client.post(asked, {"password": password_of("bianji")}, follow=True).content.decode()
    assert 'src="data:image/svg+xml' in form
    secret = re.findall(r"<code>([A-Z2-7]{16,})</code>", form)[0]
    answer = client.post("/desk/account/2fa/totp/activate/", {"code": _code(secret)}, follow=True)
    assert answer.status_code == 200
    assert Authenticator.objects.filter(user=editor, type="totp").exists()
    for page in ("2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "password/change/"):
        assert client.get(f"/desk/account/{page}").status_code == 200


@pytest.mark.parametrize(
    "page", ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "login/code/confirm/"]
)
def test_nobody_signs_up_or_recovers_an_account_by_mail(client: Client, page: str) -> None:
    assert client.get(f"/desk/account/{page}").status_code == 404


def test_a_password_is_changed_with_the_old_one(client: Client, editor: User) -> None:
    log_in(client)
    facts = {"oldpassword": password_of("bianji"), "password1": "wu-li-hua-kai-92-x", "password2": "wu-li-hua-kai-92-x"}
    assert client.post("/desk/account/password/change/", facts | {"oldpassword": "wrong"}).status_code == 200
    assert client.post("/desk/account/password/change/", facts).status_code == 302
    editor.refresh_from_db()
    assert editor.check_password("wu-li-hua-kai-92-x")


def test_a_form_without_its_token_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(reverse("desk:upload"), {}).status_code == 403


def test_a_page_that_is_asked_for_without_a_session_sets_no_cookie(client: Client) -> None:
    person("nobody")
    assert "sessionid" not in client.get("/").cookies


def _age(client: Client, **seconds: float) -> None:
    session = client.session
    for name, ago in seconds.items():
        session[name] = time.time() - ago
    session.save()


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))
