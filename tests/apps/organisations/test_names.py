"""A dated name: proposed by one person, confirmed by another, and known to the next reading of an issue."""

from datetime import date
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import NotPermittedError
from taizhang.apps.organisations import operations
from taizhang.apps.organisations.models import Body, Name, ProposedName
from taizhang.apps.organisations.queries import told, waiting_names
from taizhang.apps.organisations.storing import known_bodies
from taizhang.apps.targets.models import Duty
from taizhang.backends.pack_files import open_pack
from taizhang.kernel.period import PeriodEndsBeforeItStartsError
from tests.apps_fixtures import SPECIMEN, person
from tests.proposals import NOW, SMALL, propose

START = date(2025, 3, 1)


@pytest.fixture
def body(db: None) -> Body:
    made = Body.objects.create(ident="finance", kind="department")
    Name.objects.create(body=made, text="岭南河市财政局", form="full")
    return made


def suggest(by: User, body: Body, /, **changed: Any) -> ProposedName:
    facts: dict[str, Any] = {
        "body": body.ident, "text": "岭南河市财政和税务局", "form": "full", "start": START, "ends_others": True, "reason": "机构改革",
        "cited_document": "岭政〔2025〕9号", "cited_words": "更名为岭南河市财政和税务局",
    }  # fmt: skip
    made: ProposedName = operations.propose_name(by=by, at=NOW, **facts | changed)
    return made


def confirm(by: User, proposed: ProposedName) -> Name:
    name: Name = operations.confirm_name(by=by, at=NOW, proposed=proposed.pk)
    return name


def test_a_proposed_name_changes_nothing_until_another_confirms_it(editor: User, reviewer: User, body: Body) -> None:
    proposed = suggest(editor, body)
    assert [name.text for name in body.names.all()] == ["岭南河市财政局"]
    assert waiting_names() == [proposed]
    confirm(reviewer, proposed)
    names = {name.text: (name.start, name.end, name.confirmed_by) for name in body.names.all()}
    assert names == {
        "岭南河市财政局": (None, date(2025, 2, 28), ""), "岭南河市财政和税务局": (START, None, "shenhe"),
    }  # fmt: skip
    assert waiting_names() == []
    entry = Entry.objects.get(operation="organisations.confirm_name")
    assert (entry.before, entry.after["name"]) == ({"proposed_by": "bianji", "ended": ["岭南河市财政局"]}, "岭南河市财政和税务局")


def test_who_proposed_does_not_confirm_or_decline(body: Body) -> None:
    both = person("both", "editor", "reviewer")
    proposed = suggest(both, body)
    for act, facts in ((operations.confirm_name, {}), (operations.decline_name, {"reason": "x"})):
        with pytest.raises(operations.OwnNameError):
            act(by=both, at=NOW, proposed=proposed.pk, **facts)


def test_it_is_decided_once(editor: User, reviewer: User, body: Body) -> None:
    proposed = suggest(editor, body)
    confirm(reviewer, proposed)
    with pytest.raises(operations.NameIsDecidedError) as refused:
        operations.decline_name(by=person("fuhe", "reviewer"), at=NOW, proposed=proposed.pk, reason="x")
    assert "shenhe" in str(refused.value)


def test_a_declined_name_is_never_on_record_and_keeps_its_reason(editor: User, reviewer: User, body: Body) -> None:
    proposed = suggest(editor, body)
    with pytest.raises(operations.NameIsIncompleteError):
        operations.decline_name(by=reviewer, at=NOW, proposed=proposed.pk, reason="")
    operations.decline_name(by=reviewer, at=NOW, proposed=proposed.pk, reason="没有这份文件")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decision_reason, body.names.count()) == ("declined", "没有这份文件", 1)


REFUSALS: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"body": "nobody"}, operations.BodyIsNotKnownError),
    ({"text": " "}, operations.NameIsIncompleteError),
    ({"form": "nickname"}, operations.NameIsIncompleteError),
    ({"reason": ""}, operations.NameIsIncompleteError),
    ({"start": None}, operations.NameIsIncompleteError),
    ({"end": date(2025, 1, 1)}, PeriodEndsBeforeItStartsError),
    ({"text": "岭南河市财政局"}, operations.NameIsKnownError),
]


@pytest.mark.parametrize(("facts", "refusal"), REFUSALS, ids=[str(facts) for facts, _ in REFUSALS])
def test_a_name_that_says_too_little_is_refused(
    editor: User, body: Body, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        suggest(editor, body, **facts)
    assert ProposedName.objects.count() == 0


def test_a_name_is_proposed_once_at_a_time(editor: User, body: Body) -> None:
    suggest(editor, body)
    with pytest.raises(operations.NameIsKnownError):
        suggest(editor, body)


def test_an_auditor_proposes_nothing(body: Body) -> None:
    with pytest.raises(NotPermittedError):
        suggest(person("shenji", "auditor"), body)


def test_a_confirmed_name_is_public_though_its_document_is_not_in_the_gazette(editor: User, reviewer: User, body: Body) -> None:
    confirm(reviewer, suggest(editor, body))
    assert "岭南河市财政和税务局" in {name.text for one in told(set()) for name in one.names.all()}


def test_the_next_reading_knows_a_confirmed_name(editor: User, reviewer: User) -> None:
    renamed = SMALL.replace("市财政局", "市财政与税务联合局")
    first = propose(editor, renamed)
    finance = Body.objects.get(names__text="崤陵市财政局")
    assert not Duty.objects.filter(edition=first, body=finance).exists()
    confirm(reviewer, suggest(editor, finance, text="市财政与税务联合局", form="alias", start=None, ends_others=False))
    again = propose(editor, f"{renamed}\n", "b.txt")
    assert (
        Duty.objects.filter(edition=again, name="市财政与税务联合局").values_list("body__ident", flat=True).get() == finance.ident
    )
    of_pack = {str(one.id): one for one in open_pack(str(SPECIMEN)).bodies}
    known = {str(one.id): one for one in known_bodies(of_pack.values())}
    assert [ident for ident, one in known.items() if one != of_pack[ident] and ident != finance.ident] == []
