"""The ledger: one transaction with its act, hashes that hold, faults that are found."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.apps.accounts.models import User
from taizhang.apps.ledger.chain import canonical, digest_of, seal_pending, verify
from taizhang.apps.ledger.models import Entry, Seal
from taizhang.apps.ledger.operations import REGISTRY, NothingRecordedError, NotPermittedError, operation, record
from tests.proposals import NOW


@pytest.fixture
def entries(editor: User) -> list[Entry]:
    return [record(by=editor, at=NOW, operation="x.y", subject=f"thing:{n}", after={"n": n}) for n in range(5)]


@pytest.fixture
def temporary_operation() -> Any:
    made: list[str] = []

    def make(function: Any) -> Any:
        made.append(f"test.{function.__name__}")
        return operation(made[-1], permission="gazettes.propose")(function)

    yield make
    for code in made:
        del REGISTRY[code]


def test_an_act_that_writes_no_entry_is_undone(editor: User, temporary_operation: Any) -> None:
    @temporary_operation
    def quiet(*, by: User, at: datetime) -> None:
        User.objects.create(username="left-behind")

    with pytest.raises(NothingRecordedError):
        quiet(by=editor, at=NOW)
    assert not User.objects.filter(username="left-behind").exists()


def test_an_act_that_fails_takes_its_entry_with_it(editor: User, temporary_operation: Any) -> None:
    @temporary_operation
    def failing(*, by: User, at: datetime) -> None:
        record(by=by, at=at, operation="x", subject="y")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - its own
        failing(by=editor, at=NOW)
    assert Entry.objects.count() == 0


def test_who_may_not_is_refused_before_the_act_begins(reviewer: User, temporary_operation: Any) -> None:
    began = []

    @temporary_operation
    def guarded(*, by: User, at: datetime) -> None:
        began.append(by)

    with pytest.raises(NotPermittedError):
        guarded(by=reviewer, at=NOW)
    assert began == []


def test_an_operation_is_called_with_names_only(editor: User, temporary_operation: Any) -> None:
    @temporary_operation
    def named(*, by: User, at: datetime) -> None:
        record(by=by, at=at, operation="x", subject="y")

    with pytest.raises(TypeError):
        named(editor, NOW)


def test_a_sealed_chain_is_sound_and_sealing_twice_adds_nothing(entries: list[Entry]) -> None:
    assert seal_pending(at=NOW) == 5
    assert seal_pending(at=NOW) == 0
    assert list(verify()) == []
    assert list(Seal.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "change",
    [{"by": "another"}, {"subject": "other"}, {"after": {"n": 9}}, {"before": {}}, {"at": NOW + timedelta(microseconds=1)}],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_any_changed_fact_is_found(entries: list[Entry], change: dict[str, Any], sealed: bool) -> None:
    if sealed:
        seal_pending(at=NOW)
    Entry.objects.filter(pk=entries[2].pk).update(**change)
    assert [(fault.entry, fault.reason) for fault in verify()] == [(entries[2].pk, "digest")]


def test_an_entry_forged_with_its_digest_is_found_by_the_chain(entries: list[Entry]) -> None:
    seal_pending(at=NOW)
    forged = Entry.objects.get(pk=entries[2].pk)
    forged.by = "another"
    forged.digest = digest_of(forged)
    forged.save()
    assert [(fault.entry, fault.reason) for fault in verify()] == [(forged.pk, "head")]


def test_a_link_taken_out_is_found_as_a_gap(entries: list[Entry]) -> None:
    seal_pending(at=NOW)
    Seal.objects.get(sequence=3).delete()
    assert "gap" in {fault.reason for fault in verify()}


def test_a_chain_written_anew_is_found_by_a_printed_head(entries: list[Entry]) -> None:
    seal_pending(at=NOW)
    printed = Seal.objects.get(sequence=4)
    assert list(verify((4, printed.head))) == []
    Seal.objects.all().delete()
    Entry.objects.get(pk=entries[0].pk).delete()
    seal_pending(at=NOW)
    assert [fault.reason for fault in verify()] == []
    assert "anchor" in {fault.reason for fault in verify((4, printed.head))}


def test_a_head_beyond_the_end_of_the_chain_is_a_fault(entries: list[Entry]) -> None:
    seal_pending(at=NOW)
    assert [fault.reason for fault in verify((9, "0" * 64))] == ["anchor"]


def test_the_time_zone_an_instant_is_told_in_does_not_change_its_digest() -> None:
    facts: dict[str, Any] = {"by": "a", "operation": "o", "subject": "s"}
    east = NOW.astimezone(timezone(timedelta(hours=8)))
    assert digest_of(Entry(at=NOW, **facts)) == digest_of(Entry(at=east, **facts))
    assert digest_of(Entry(at=datetime(2025, 1, 1, tzinfo=UTC), **facts)) != digest_of(Entry(at=NOW, **facts))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(values)
def test_the_order_of_names_does_not_change_what_is_hashed(value: Any) -> None:
    assert canonical({"a": value, "b": 1}) == canonical({"b": 1, "a": value})
