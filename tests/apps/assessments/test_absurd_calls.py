"""Every operation of the year called with values that cannot be: each answers with an error in words, and writes nothing."""

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.accounts.roles import ROLES
from taizhang.apps.assessments.follow_up.rectifying import open_rectification
from taizhang.apps.assessments.models import Cell, Cycle, Report
from taizhang.apps.assessments.notices.noticing import draft_notice
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import REGISTRY
from taizhang.kernel.errors import TaizhangError
from tests.apps.test_permissions import CASES  # imports every operation
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, Q1
from tests.assessment_results import recorded, report_all, scored, subject_row

WHEN = datetime(2025, 12, 1, 1, tzinfo=UTC)
OPERATIONS = sorted({code for code, _ in CASES if code.startswith("assessments.")})
# Nothing in their arguments can be absurd: whose matter it is follows from who asks.
_ASKS_NOTHING = {"assessments.send_reminders", "assessments.make_calendar_token", "assessments.revoke_calendar_token"}
# What means something although every value of it is odd: a number of a paper, a reason in one word, no value at all.
HARMLESS = {
    *(
        (f"assessments.{name}", kind)
        for name in ("withdraw_daily", "discard_notice", "issue_notice")
        for kind in ("below", "real")
    ),
    *(("assessments.acknowledge", kind) for kind in ("nothing", "beyond", "below", "real")),
    *(("assessments.score", kind) for kind in ("nothing", "real")),
    ("assessments.rename_subject", "real"),
}
VALUES: dict[str, dict[type, Any]] = {
    "nothing": {int: 0, str: "", date: date(2025, 3, 31), Decimal: Decimal(0), bytes: b"", bool: False, Mapping: {}},
    "beyond": {
        int: 10**17, str: "长" * 6000, date: date.max, Decimal: Decimal("1e40"), bytes: b"\xff" * 100, bool: True, Mapping: {"x": 1},
    },
    "below": {
        int: -1, str: "<b>%s'--", date: date.min, Decimal: Decimal("NaN"), bytes: b"PK\x03\x04", bool: False, Mapping: {"": None},
    },
    "real": {
        int: 10**9, str: "1", date: Q1, Decimal: Decimal("Infinity"), bytes: b"%PDF-1.4", bool: True, Mapping: {"blocks": [], "title": ""},
    },
}  # fmt: skip


def actor_for(permission: str) -> tuple[User, str | None]:
    """Somebody who may, and for which body."""
    roles = [code for code, role in ROLES.items() if permission in role.permissions]
    unbound = [code for code in roles if not ROLES[code].is_bound]
    if unbound:
        return person("everybody", *unbound), None
    return person("everybody", *roles, body=EDUCATION), EDUCATION


def made_of(hint: Any, values: Mapping[type, Any]) -> Any:
    """A value of the annotated type, of the absurd kind."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return made_of(next(one for one in arguments if one is not type(None)), values)
    if origin is not None and issubclass(origin, Mapping):
        return values[Mapping]
    if origin is not None:
        return (made_of(arguments[0], values),)
    if hint in values:
        return values[hint]
    if hint is datetime:
        return WHEN
    names = get_type_hints(hint)
    return hint(**{name: made_of(names[name], values) for name in inspect.signature(hint).parameters})


def keys_of(cycle: Cycle) -> dict[str, int]:
    """Keys of rows that are there, by the name under which operations ask for them."""
    run, subject = scored(cycle, Q1, WHEN), subject_row(cycle, EDUCATION)
    office = person("kaohe", "assessment_office")
    quarter = {"kind": "quarterly", "period_start": date(2025, 1, 1), "period_end": Q1}
    draft = draft_notice(by=office, at=WHEN, run=run.pk, **quarter)
    problem = open_rectification(
        by=office, at=WHEN, cycle=cycle.pk, subject=subject.pk, origin=f"cell:{Cell.objects.filter(score__subject=subject)[0].pk}",
        problem="滞后",
    )  # fmt: skip
    return {
        "cycle": cycle.pk, "to_cycle": cycle.pk, "subject": subject.pk, "run": run.pk, "scheme": cycle.scheme_id,
        "notice": draft.pk, "rectification": problem.pk, "report": Report.objects.latest("pk").pk,
        "record_id": recorded(cycle, office).pk,
    }  # fmt: skip


def arguments_of(
    function: Callable[..., Any], values: Mapping[type, Any], body: str | None, keys: Mapping[str, int]
) -> dict[str, Any]:
    inner = inspect.unwrap(function)
    hints = get_type_hints(inner)
    asked = [name for name in inspect.signature(inner).parameters if name not in ("by", "at", "for_body")]
    facts = {name: keys[name] if name in keys else made_of(hints[name], values) for name in asked}
    return {**facts, "for_body": body} if "for_body" in inspect.signature(inner).parameters else facts


@pytest.mark.parametrize("kind", sorted(VALUES))
@pytest.mark.parametrize("code", [code for code in OPERATIONS if code not in _ASKS_NOTHING])
@pytest.mark.parametrize("has_keys", [False, True], ids=["no rows", "rows that are there"])
def test_an_absurd_call_is_refused_in_words_and_writes_nothing(open_cycle: Cycle, code: str, kind: str, has_keys: bool) -> None:
    report_all(open_cycle, end=Q1)
    keys = keys_of(open_cycle) if has_keys else {}
    actor, body = actor_for(REGISTRY[code].permission)
    facts = arguments_of(REGISTRY[code].function, VALUES[kind], body, keys)
    before = Entry.objects.count(), Report.objects.count()
    if (code, kind) in HARMLESS and has_keys:
        REGISTRY[code].function(by=actor, at=WHEN, **facts)
        return
    with pytest.raises(TaizhangError) as refused:
        REGISTRY[code].function(by=actor, at=WHEN, **facts)
    assert str(refused.value).strip()
    assert (Entry.objects.count(), Report.objects.count()) == before
