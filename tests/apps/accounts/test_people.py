"""Accounts and roles: who may give them, what is refused, what the ledger says and what it never says."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from taizhang.apps.accounts import operations as accounts
from taizhang.apps.accounts.models import User
from taizhang.apps.accounts.roles import ROLES, Role
from taizhang.apps.ledger.models import Entry
from tests.apps_fixtures import person
from tests.proposals import NOW

SECRET = "qing-he-zhi-zhou-88"


@pytest.fixture
def administrator(db: None) -> User:
    return person("guanli", "administrator")


def add(by: User, **facts: Any) -> User:
    result: User = accounts.add_user(by=by, at=NOW, **{"username": "liuhe", "password": SECRET} | facts)
    return result


def test_a_new_account_has_no_role_and_its_password_is_nowhere_in_the_ledger(administrator: User) -> None:
    user = add(administrator, display_name="柳禾")
    assert user.check_password(SECRET)
    assert list(user.memberships.all()) == []
    entry = Entry.objects.get(operation="accounts.add_user")
    assert SECRET not in f"{entry.after}{entry.before}{entry.subject}"
    assert "柳禾" not in f"{entry.after}{entry.subject}"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"username": "GUANLI"}, accounts.UsernameIsTakenError),
        ({"username": ""}, accounts.UsernameIsMalformedError),
        ({"username": "柳 禾"}, accounts.UsernameIsMalformedError),
        ({"username": "l" * 61}, accounts.UsernameIsMalformedError),
        ({"password": "123456"}, accounts.PasswordIsWeakError),
        ({"password": "liuhe-liuhe"}, accounts.PasswordIsWeakError),
    ],
)
def test_a_bad_name_or_password_is_refused(administrator: User, facts: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as refused:
        add(administrator, **facts)
    assert facts.get("password", SECRET) not in str(refused.value)
    assert User.objects.count() == 1


def test_a_role_given_twice_stands_once(administrator: User) -> None:
    user = add(administrator)
    for _ in range(2):
        accounts.grant_role(by=administrator, at=NOW, user=user, role="editor")
    assert user.memberships.count() == 1
    assert Entry.objects.filter(operation="accounts.grant_role").count() == 2


def test_a_role_taken_away_carries_nothing_any_more(administrator: User) -> None:
    user = person("bianji", "editor")
    assert user.may("gazettes.propose")
    for _ in range(2):
        accounts.revoke_role(by=administrator, at=NOW, user=user, role="editor")
    assert not user.may("gazettes.propose")


def test_nobody_changes_their_own_roles_or_account(administrator: User) -> None:
    with pytest.raises(accounts.OwnRolesError):
        accounts.grant_role(by=administrator, at=NOW, user=administrator, role="reviewer")
    with pytest.raises(accounts.OwnRolesError):
        accounts.revoke_role(by=administrator, at=NOW, user=administrator, role="administrator")
    with pytest.raises(accounts.OwnAccountError):
        accounts.close_user(by=administrator, at=NOW, user=administrator)


def test_an_unknown_role_is_refused_with_those_there_are(administrator: User) -> None:
    with pytest.raises(accounts.RoleIsUnknownError) as refused:
        accounts.grant_role(by=administrator, at=NOW, user=add(administrator), role="king")
    assert "editor" in str(refused.value)


@pytest.mark.parametrize(("role", "body"), [("reporter", ""), ("editor", "city-finance")])
def test_a_role_that_acts_for_a_body_names_it_and_others_do_not(administrator: User, role: str, body: str) -> None:
    with pytest.raises(accounts.BodyIsMissingError):
        accounts.grant_role(by=administrator, at=NOW, user=add(administrator), role=role, body=body)


def test_a_closed_account_may_do_nothing_until_it_is_opened_again(administrator: User) -> None:
    user = person("bianji", "editor")
    accounts.close_user(by=administrator, at=NOW, user=user)
    assert not User.objects.get(pk=user.pk).may("desk.enter")
    accounts.open_user(by=administrator, at=NOW, user=user)
    assert User.objects.get(pk=user.pk).may("desk.enter")


def test_a_role_bound_to_a_body_enters_the_desk_and_acts_for_no_other_body(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = Role("reporter", "填报人", frozenset({"desk.enter", "reports.write"}), is_bound=True)
    monkeypatch.setitem(ROLES, "reporter", reporter)
    user = add(administrator)
    accounts.grant_role(by=administrator, at=NOW, user=user, role="reporter", body="city-finance")
    assert user.may("desk.enter")
    assert user.may("reports.write", "city-finance")
    assert not user.may("reports.write", "city-education")
    assert not user.may("reports.write")


def test_resetting_a_login_takes_the_second_factor_away_and_says_nothing_of_the_password(administrator: User) -> None:
    user = add(administrator)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    accounts.reset_login(by=administrator, at=NOW, user=user, password="bu-yi-yang-de-mi-yao-5")
    assert user.check_password("bu-yi-yang-de-mi-yao-5")
    assert Authenticator.objects.count() == 0
    with pytest.raises(accounts.PasswordIsWeakError):
        accounts.reset_login(by=administrator, at=NOW, user=user, password="1")
    with pytest.raises(accounts.OwnAccountError):
        accounts.reset_login(by=administrator, at=NOW, user=administrator, password="bu-yi-yang-de-mi-yao-5")
    entry = Entry.objects.get(operation="accounts.reset_login")
    assert (entry.before, entry.after) == (None, None)
