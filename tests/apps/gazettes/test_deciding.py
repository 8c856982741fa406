"""Handing in, adopting, refusing and reading again: four eyes, one winner, nothing half done."""

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import errors, operations
from taizhang.apps.gazettes.models import Edition, Erratum, State
from taizhang.apps.ledger.models import Entry
from taizhang.apps.targets.ingest import hand_in
from taizhang.engines.readers.errors import FileIsEmptyError
from taizhang.kernel.errors import TaizhangError
from tests.apps_fixtures import SPECIMEN, person
from tests.at_once import at_once
from tests.proposals import DOCUMENT, NOW, SMALL, TWO_SENTENCES, propose


def adopt(by: User, edition: Edition) -> Edition:
    result: Edition = operations.adopt(by=by, at=NOW, edition=edition.pk)
    return result


def correct(by: User, edition: Edition, corrected: str = "截留", printed: str = "挪用") -> Erratum:
    facts = {"document": DOCUMENT, "eid": TWO_SENTENCES, "printed": printed, "corrected": corrected, "reason": "录排错误"}
    result: Erratum = operations.correct_text(by=by, at=NOW, edition=edition.pk, **facts)
    return result


def test_adoption_freezes_and_numbers_the_errata_and_is_in_the_ledger(editor: User, reviewer: User, proposed: Edition) -> None:
    correct(editor, proposed)
    done = adopt(reviewer, proposed)
    assert (done.state, done.decided_by, done.slug) == (State.ADOPTED, "shenhe", "2025-1")
    assert [e.number for e in Erratum.objects.all()] == [1]
    entry = Entry.objects.get(operation="gazettes.adopt")
    assert entry.after["sha256"] == proposed.source.sha256
    assert entry.after["errata"] == 1


def test_who_proposed_does_not_adopt_even_with_both_roles(proposed: Edition) -> None:
    with pytest.raises(errors.ProposerMayNotAdoptError):
        adopt(person("bianji", "reviewer"), proposed)
    proposed.refresh_from_db()
    assert proposed.state == State.PROPOSED


def test_who_corrected_does_not_adopt_and_a_third_person_does(reviewer: User, proposed: Edition) -> None:
    correct(reviewer, proposed)
    with pytest.raises(errors.CorrectorMayNotAdoptError) as refused:
        adopt(reviewer, proposed)
    assert "shenhe" in str(refused.value)
    assert adopt(person("fuhe", "reviewer"), proposed).state == State.ADOPTED


def test_a_second_adoption_is_told_who_was_first(reviewer: User, proposed: Edition) -> None:
    adopt(reviewer, proposed)
    with pytest.raises(errors.DecidedMeanwhileError) as refused:
        adopt(person("fuhe", "reviewer"), proposed)
    assert "shenhe" in str(refused.value)


def test_a_refused_edition_is_not_adopted_and_keeps_its_reason(reviewer: User, proposed: Edition) -> None:
    with pytest.raises(errors.ReasonIsMissingError):
        operations.refuse(by=reviewer, at=NOW, edition=proposed.pk, reason="")
    operations.refuse(by=reviewer, at=NOW, edition=proposed.pk, reason="漏了附件")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decision_reason) == (State.REFUSED, "漏了附件")
    with pytest.raises(errors.DecidedMeanwhileError):
        adopt(person("fuhe", "reviewer"), proposed)


def test_the_edition_adopted_before_under_the_same_address_is_superseded(editor: User, reviewer: User, proposed: Edition) -> None:
    adopt(reviewer, proposed)
    newer = propose(editor, SMALL.replace("12所", "13所"), "2025-01-new.txt")
    adopt(reviewer, newer)
    proposed.refresh_from_db()
    newer.refresh_from_db()
    assert (proposed.state, newer.state, newer.replaces_id) == (State.SUPERSEDED, State.ADOPTED, proposed.pk)


def test_numbers_of_errata_go_on_from_edition_to_edition(editor: User, reviewer: User, proposed: Edition) -> None:
    correct(editor, proposed)
    adopt(reviewer, proposed)
    newer = propose(editor, SMALL.replace("12所", "13所"), "2025-01-new.txt")
    correct(editor, newer, "专款", printed="专项")
    adopt(reviewer, newer)
    assert sorted(newer.errata.values_list("number", "printed")) == [(1, "挪用"), (2, "专项")]


def test_the_same_file_is_not_handed_in_twice(editor: User, proposed: Edition) -> None:
    with pytest.raises(errors.AlreadyHandedInError):
        propose(editor)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "limit", "refusal"), [(b"", 100, FileIsEmptyError), ("公报".encode() * 100, 100, errors.FileIsTooLargeError)]
)
def test_a_file_that_is_no_file_leaves_nothing(editor: User, data: bytes, limit: int, refusal: type[TaizhangError]) -> None:
    with pytest.raises(refusal):
        hand_in(by=editor, at=NOW, data=data, name="x.txt", pack=str(SPECIMEN), limit=limit)
    assert (Edition.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_file_is_read_again_only_when_the_parser_is_newer(editor: User, reviewer: User, proposed: Edition) -> None:
    adopt(reviewer, proposed)
    with pytest.raises(errors.AlreadyReadByThisParserError):
        operations.reread(by=editor, at=NOW, edition=proposed.pk)
    Edition.objects.filter(pk=proposed.pk).update(parser_version=0)
    fresh = operations.reread(by=editor, at=NOW, edition=proposed.pk)
    assert (fresh.state, fresh.source_id) == (State.READING, proposed.source_id)
    with pytest.raises(errors.AlreadyHandedInError):
        operations.reread(by=editor, at=NOW, edition=proposed.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_adopters_at_once_one_wins_and_the_other_is_told() -> None:
    edition = propose(person("bianji", "editor"))
    adopters = [person("shenhe", "reviewer"), person("fuhe", "reviewer")]
    outcomes = at_once([lambda by=by: adopt(by, edition) for by in adopters])  # type: ignore[misc]
    refused = [o for o in outcomes if isinstance(o, errors.DecidedMeanwhileError)]
    assert len(refused) == 1
    edition.refresh_from_db()
    assert edition.decided_by in str(refused[0])
    assert Entry.objects.filter(operation="gazettes.adopt").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_proposals_of_one_issue_adopted_at_once_one_stands_at_the_end() -> None:
    editor = person("bianji", "editor")
    editions = [propose(editor), propose(editor, SMALL.replace("12所", "13所"), "b.txt")]
    for edition, corrected in zip(editions, ("截留", "侵占"), strict=True):
        correct(editor, edition, corrected)
    adopters = [person("shenhe", "reviewer"), person("fuhe", "reviewer")]
    outcomes = at_once([lambda by=by, e=e: adopt(by, e) for by, e in zip(adopters, editions, strict=True)])  # type: ignore[misc]
    assert all(isinstance(o, Edition | errors.DecidedMeanwhileError) for o in outcomes)
    assert Edition.objects.filter(state=State.ADOPTED).count() == 1
    numbers = [e.number for e in Erratum.objects.filter(number__isnull=False)]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.django_db(transaction=True)
def test_of_two_issues_adopted_at_once_both_stand_and_their_errata_have_numbers_of_their_own() -> None:
    editor = person("bianji", "editor")
    other = SMALL.replace("2025年第1号（总第9号）", "2025年第2号（总第10号）").replace("岭政〔2025〕2号", "岭政〔2025〕12号")
    editions = [propose(editor), propose(editor, other, "b.txt")]
    for edition, document in zip(editions, (DOCUMENT, "岭政〔2025〕12号"), strict=True):
        facts = {"document": document, "eid": TWO_SENTENCES, "printed": "挪用", "corrected": "截留", "reason": "录排错误"}
        operations.correct_text(by=editor, at=NOW, edition=edition.pk, **facts)
    adopters = [person("shenhe", "reviewer"), person("fuhe", "reviewer")]
    outcomes = at_once([lambda by=by, e=e: adopt(by, e) for by, e in zip(adopters, editions, strict=True)])  # type: ignore[misc]
    assert [type(outcome) for outcome in outcomes] == [Edition, Edition]
    assert sorted(Erratum.objects.values_list("number", flat=True)) == [1, 2]
