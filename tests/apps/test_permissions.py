"""Generated from the registry: every operation and every role; who lacks the permission is refused, who has it is let in."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable

import pytest

from taizhang import apps as apps_package
from taizhang.apps.accounts.queries import APART
from taizhang.apps.accounts.roles import ENTER, ROLES
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import REGISTRY, NotPermittedError
from tests.apps_fixtures import person
from tests.proposals import NOW

pytestmark = pytest.mark.any_database  # who may is decided before a row is looked at

for _module in pkgutil.walk_packages(apps_package.__path__, "taizhang.apps."):
    if ".migrations" not in _module.name:
        importlib.import_module(_module.name)

CASES = [(operation, role) for operation in sorted(REGISTRY) for role in sorted(ROLES)]
BOUND = [
    (operation, role)
    for operation, role in CASES
    if ROLES[role].is_bound and REGISTRY[operation].permission in ROLES[role].permissions - {ENTER}
]
KNOWN = {permission for role in ROLES.values() for permission in role.permissions}


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "role"), CASES)
def test_an_operation_is_open_to_the_roles_that_carry_its_permission_and_to_no_other(code: str, role: str) -> None:
    registered = REGISTRY[code]
    bound = "city-finance" if ROLES[role].is_bound else ""
    actor = person("someone", role, body=bound)
    allowed = registered.permission in ROLES[role].permissions and (not bound or registered.permission == ENTER)
    # Nothing but who acts is given: an open door then complains of what is missing, a closed one refuses before that.
    if allowed and not _asks_for_more(registered.function):
        registered.function(by=actor, at=NOW)
        assert Entry.objects.get().by == actor.ident
        return
    with pytest.raises(TypeError if allowed else NotPermittedError):
        registered.function(by=actor, at=NOW)
    assert Entry.objects.count() == 0


def _asks_for_more(function: Callable[..., object]) -> bool:
    """True for an operation that needs more than who acts and when."""
    return bool(inspect.signature(function).parameters.keys() - {"by", "at"})


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "role"), BOUND)
def test_who_acts_for_one_body_acts_for_no_other(code: str, role: str) -> None:
    actor = person("someone", role, body="city-finance")
    with pytest.raises(TypeError):
        REGISTRY[code].function(by=actor, at=NOW, for_body="city-finance")
    for other in ("city-education", "", None):
        with pytest.raises(NotPermittedError):
            REGISTRY[code].function(by=actor, at=NOW, for_body=other)
    assert Entry.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(REGISTRY))
def test_without_a_role_or_with_a_closed_account_nothing_is_open(code: str) -> None:
    nobody, closed = person("nobody"), person("closed", *(r for r in ROLES if not ROLES[r].is_bound))
    closed.is_active = False
    for actor in (nobody, closed):
        with pytest.raises(NotPermittedError):
            REGISTRY[code].function(by=actor, at=NOW)


@pytest.mark.parametrize("code", sorted(REGISTRY))
def test_every_operation_is_named_after_its_app_and_some_role_can_do_it(code: str) -> None:
    registered = REGISTRY[code]
    assert registered.function.__module__.split(".")[2] == code.split(".", maxsplit=1)[0]
    assert registered.permission in KNOWN


def test_no_role_alone_both_proposes_and_adopts() -> None:
    assert [role.code for role in ROLES.values() if {"gazettes.propose", "gazettes.adopt"} <= role.permissions] == []


@pytest.mark.parametrize(("first", "second"), APART)
def test_no_role_alone_holds_what_four_eyes_keep_apart(first: str, second: str) -> None:
    assert [role.code for role in ROLES.values() if {first, second} <= role.permissions] == []
