"""A scheme comes into force by two hands; other answers to what the text leaves open go the same way, before the year begins."""

from datetime import UTC, datetime

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Scheme
from taizhang.apps.assessments.schemes.adopting import Changed, approve_scheme, propose_scheme, return_scheme
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.year.opening import Plan, open_cycle
from taizhang.apps.gazettes.models import Edition
from taizhang.engines.scoring import scheme_digest
from tests.apps_fixtures import SPECIMEN, person

NOW = datetime(2025, 4, 8, 2, 0, tzinfo=UTC)
NAME = "plan-2027.toml"


@pytest.fixture
def text() -> str:
    return (SPECIMEN / "schemes" / NAME).read_text("utf-8")


@pytest.fixture
def people(adopted_specimen: Edition) -> tuple[User, User]:
    return person("kaohe", "assessment_office"), person("lingdao", "leading_group")


def propose(by: User, text: str, *changes: Changed) -> Scheme:
    row: Scheme = propose_scheme(by=by, at=NOW, text=text, name=NAME, changes=changes)
    return row


def test_a_scheme_is_filled_in_from_the_adopted_clauses_and_stored_with_its_digest(people: tuple[User, User], text: str) -> None:
    office, group = people
    row = propose(office, text)
    scheme = scheme_of(Scheme.objects.get(pk=row.pk))
    assert (row.state, row.document) == ("proposed", "崤政办〔2025〕12号")
    assert scheme_digest(scheme) == row.digest
    approved = approve_scheme(by=group, at=NOW, scheme=row.pk)
    assert (approved.state, approved.approved_by) == ("approved", "lingdao")


def test_who_proposed_does_not_approve_and_nobody_decides_twice(people: tuple[User, User], text: str) -> None:
    _, group = people
    both = person("liang-ren", "assessment_office", "leading_group")
    row = propose(both, text)
    with pytest.raises(errors.ProposerMayNotApproveError, match="liang-ren"):
        approve_scheme(by=both, at=NOW, scheme=row.pk)
    return_scheme(by=group, at=NOW, scheme=row.pk, reason="分值再议")
    with pytest.raises(errors.SchemeIsDecidedError, match="lingdao"):
        approve_scheme(by=group, at=NOW, scheme=row.pk)


def test_the_same_scheme_is_not_proposed_twice_and_another_version_replaces_one_that_waits(
    people: tuple[User, User], text: str
) -> None:
    office, _ = people
    first = propose(office, text)
    with pytest.raises(errors.SchemeIsUnchangedError, match="待批准"):
        propose(office, text)
    second = propose(office, text.replace("verify_working_days = 5", "verify_working_days = 8"))
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("superseded", "proposed", "1+2")


def test_an_interpretation_is_changed_with_a_reason_and_only_to_what_it_offers(people: tuple[User, User], text: str) -> None:
    office, _ = people
    used = scheme_of(propose(office, text)).choices
    number = next(choice for choice in used if choice.id == "plan-report-days")
    changed = propose(office, text, Changed(number.id, 7, "7个工作日", "与月报一致"))
    stored = next(choice for choice in scheme_of(changed).choices if choice.id == number.id)
    assert (stored.value, stored.answer, stored.reason) == (7, "7个工作日", "与月报一致")
    with pytest.raises(errors.ReasonIsMissingError):
        propose(office, text, Changed(number.id, 8, "8个工作日", " "))
    with pytest.raises(errors.ChoiceIsUnknownError, match="no-such"):
        propose(office, text, Changed("no-such", 8, "8", "试"))


def test_a_broken_file_or_a_document_nobody_adopted_is_refused_by_name(people: tuple[User, User], text: str) -> None:
    office, _ = people
    with pytest.raises(errors.SchemeHasProblemsError, match=NAME):
        propose(office, "format = 1\n[scheme]\n")
    with pytest.raises(errors.SchemeSourceIsMissingError, match="崤政办〔2024〕99号"):
        propose(office, text.replace("崤政办〔2025〕12号", "崤政办〔2024〕99号"))


def test_a_year_opens_only_with_an_approved_scheme_and_then_nobody_changes_it(people: tuple[User, User], text: str) -> None:
    office, group = people
    row = propose(office, text)
    facts = {"by": office, "at": NOW, "scheme": row.pk, "owner": "city-government", "plan": Plan(is_simulated=True)}
    with pytest.raises(errors.SchemeIsNotApprovedError, match="待批准"):
        open_cycle(**facts)
    approve_scheme(by=group, at=NOW, scheme=row.pk)
    cycle = open_cycle(**facts)
    assert cycle.subjects.get().body.ident == "city-government"
    with pytest.raises(errors.CycleIsOpenAlreadyError, match=cycle.slug):
        open_cycle(**facts)
    with pytest.raises(errors.CycleIsOpenAlreadyError):
        propose(office, text.replace("verify_working_days = 5", "verify_working_days = 9"))
