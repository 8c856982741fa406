"""Errata of an adopted edition: proposed by one, confirmed by another, carried on to a newer reading where the words still stand."""

from decimal import Decimal

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import errors, operations
from taizhang.apps.gazettes.carrying import CHANGED, GONE, OTHERWISE, STRUCTURE, plan
from taizhang.apps.gazettes.models import Edition, Erratum, Finding
from taizhang.apps.gazettes.queries import errata
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import NotPermittedError
from taizhang.apps.organisations.models import Body, Name
from taizhang.apps.targets import operations as targets
from taizhang.apps.targets.ingest import read_again, read_edition
from taizhang.apps.targets.models import Duty, Measure
from taizhang.apps.targets.readings import in_force
from tests.apps_fixtures import person
from tests.at_once import at_once
from tests.proposals import DOCUMENT, NOW, SMALL, TWO_SENTENCES, adopt, correct, propose


def places(edition: Edition) -> Measure:
    return Measure.objects.get(edition=edition, metric="新增学位")


def correct_value(by: User, edition: Edition, value: str = "0.31", unit: str = "万个") -> list[Erratum]:
    made: list[Erratum] = targets.correct_measure(
        by=by, at=NOW, edition=edition.pk, measure=places(edition).pk, reason="与附表不一致", value=value, unit=unit
    )
    return made


def confirm(by: User, erratum: Erratum) -> Erratum:
    done: Erratum = operations.confirm_erratum(by=by, at=NOW, erratum=erratum.pk)
    return done


@pytest.fixture
def adopted(reviewer: User, proposed: Edition) -> Edition:
    return adopt(reviewer, proposed)


def test_an_erratum_of_an_adopted_edition_counts_once_somebody_else_confirmed_it(
    editor: User, reviewer: User, adopted: Edition
) -> None:
    value, unit = correct_value(editor, adopted)
    assert (in_force(places(adopted)).value, in_force(places(adopted)).is_corrected) == (Decimal(3200), False)
    assert list(errata()) == []
    for erratum in (value, unit):
        confirm(reviewer, erratum)
    now = in_force(places(adopted))
    assert (now.value, now.unit, now.normalized_value, now.normalized_unit) == (Decimal("0.31"), "万个", Decimal(3100), "个")
    assert now.is_corrected
    assert (places(adopted).value, places(adopted).unit) == (Decimal(3200), "个")
    assert [(e.number, e.confirmed_by, e.made_by) for e in errata()] == [(2, "shenhe", "bianji"), (1, "shenhe", "bianji")]
    entry = Entry.objects.filter(operation="gazettes.confirm_erratum").earliest("pk")
    assert (entry.by, entry.before["printed"], entry.after["corrected"]) == ("shenhe", "3200", "0.31")
    assert entry.after["proposed_by"] == "bianji"


def test_who_proposed_an_erratum_does_not_confirm_it(reviewer: User, adopted: Edition) -> None:
    erratum = correct(reviewer, adopted)
    with pytest.raises(errors.ProposerMayNotConfirmError) as refused:
        confirm(reviewer, erratum)
    assert "shenhe" in str(refused.value)
    assert confirm(person("fuhe", "reviewer"), erratum).number == 1


def test_an_editor_confirms_nothing(editor: User, reviewer: User, adopted: Edition) -> None:
    with pytest.raises(NotPermittedError):
        confirm(editor, correct(reviewer, adopted))


def test_an_erratum_is_confirmed_once_and_never_in_a_proposal(editor: User, reviewer: User, proposed: Edition) -> None:
    draft = correct(editor, proposed)
    with pytest.raises(errors.ErratumIsNotWaitingError):
        confirm(reviewer, draft)
    adopt(reviewer, proposed)
    waiting = correct(editor, proposed, printed="专项", corrected="专款")
    confirm(reviewer, waiting)
    with pytest.raises(errors.ErratumIsNotWaitingError):
        confirm(person("fuhe", "reviewer"), waiting)
    assert Entry.objects.filter(operation="gazettes.confirm_erratum").count() == 1


def test_a_second_erratum_of_the_same_place_waits_for_the_first_to_be_decided(
    editor: User, reviewer: User, adopted: Edition
) -> None:
    waiting = correct_value(editor, adopted, "3100", "个")[0]
    correct(editor, adopted)
    with pytest.raises(errors.ErratumWaitsError) as refused:
        correct_value(reviewer, adopted, "3150", "个")
    assert "3100" in str(refused.value)
    with pytest.raises(errors.ErratumWaitsError):
        correct(reviewer, adopted, corrected="侵占")
    confirm(reviewer, waiting)
    (again,) = correct_value(editor, adopted, "3150", "个")
    confirm(reviewer, again)
    assert in_force(places(adopted)).value == Decimal(3150)


def test_a_declined_erratum_leaves_no_trace_but_in_the_ledger(editor: User, reviewer: User, adopted: Edition) -> None:
    waiting = correct_value(editor, adopted, "3100", "个")[0]
    targets.withdraw_correction(by=reviewer, at=NOW, edition=adopted.pk, erratum=waiting.pk, reason="印本无误")
    assert Erratum.objects.count() == 0
    assert Entry.objects.get(operation="targets.withdraw_correction").before["corrected"] == "3100"


def test_a_published_erratum_is_not_withdrawn(editor: User, reviewer: User, adopted: Edition) -> None:
    published = confirm(reviewer, correct(editor, adopted))
    with pytest.raises(errors.NothingToWithdrawError):
        targets.withdraw_correction(by=reviewer, at=NOW, edition=adopted.pk, erratum=published.pk, reason="x")


def test_a_finding_is_closed_by_its_erratum_when_that_is_confirmed(editor: User, reviewer: User, adopted: Edition) -> None:
    finding = Finding.objects.filter(edition=adopted).earliest("ordinal")
    waiting = correct(editor, adopted, finding=finding.pk)
    finding.refresh_from_db()
    assert finding.disposition == "open"
    confirm(reviewer, waiting)
    finding.refresh_from_db()
    assert (finding.disposition, finding.decided_by) == ("erratum", "shenhe")


def test_a_duty_goes_to_another_body_when_that_is_confirmed(editor: User, reviewer: User, adopted: Edition) -> None:
    body = Body.objects.create(ident="city-school-office", kind="bureau")
    Name.objects.create(body=body, text="岭南河市教育和体育局", form="full")
    duty = Duty.objects.filter(edition=adopted, name="市教育局").earliest("pk")
    before = duty.body_id
    waiting = targets.correct_duty(by=editor, at=NOW, edition=adopted.pk, duty=duty.pk, body=body.ident, reason="已更名")
    duty.refresh_from_db()
    assert duty.body_id == before
    confirm(reviewer, waiting)
    duty.refresh_from_db()
    assert (duty.body, duty.confirmed_by, duty.name) == (body, "shenhe", "市教育局")


def test_errata_go_on_to_a_newer_reading_with_their_numbers_and_count_there(
    editor: User, reviewer: User, adopted: Edition
) -> None:
    text, value = confirm(reviewer, correct(editor, adopted)), confirm(reviewer, correct_value(editor, adopted, "3100", "个")[0])
    waiting = correct(editor, adopted, printed="专项", corrected="专款")
    newer = adopt(reviewer, propose(editor, SMALL.replace("12所", "13所"), "2025-01-new.txt"))
    rows = {row.printed: row for row in newer.errata.all()}
    assert {printed: row.number for printed, row in rows.items()} == {"挪用": text.number, "3200": value.number, "专项": None}
    assert newer.source.text[rows["挪用"].start : rows["挪用"].end] == "挪用"
    assert (in_force(places(newer)).value, in_force(places(newer)).is_corrected) == (Decimal(3100), True)
    assert [row.edition_id for row in errata()] == [newer.pk] * 2
    confirm(reviewer, rows["专项"])
    assert waiting.pk != rows["专项"].pk
    assert Entry.objects.filter(operation="gazettes.adopt").latest("pk").after["errata_carried"] == [text.number, value.number]


NOT_CARRIED = [
    (SMALL.replace("不得挪用专项经费。", "不得侵占专项经费。"), CHANGED),
    (SMALL.replace("（二）全年新增学位3200个，经费增长6.5%。不得挪用专项经费。\n", ""), GONE),
]


@pytest.mark.parametrize(("text", "why"), NOT_CARRIED, ids=[why for _, why in NOT_CARRIED])
def test_an_erratum_stays_behind_where_the_newer_reading_prints_something_else(
    editor: User, reviewer: User, adopted: Edition, text: str, why: str
) -> None:
    left = confirm(reviewer, correct(editor, adopted))
    newer = propose(editor, text, "2025-01-new.txt")
    assert [(one.erratum.pk, one.why) for one in plan(adopted, newer)] == [(left.pk, why)]
    adopt(reviewer, newer)
    assert newer.errata.count() == 0
    assert Entry.objects.filter(operation="gazettes.adopt").latest("pk").after["errata_not_carried"] == [[left.number, why]]
    assert [row.pk for row in errata()] == [left.pk], "it stays in the register"


def test_a_figure_that_the_newer_reading_prints_otherwise_keeps_its_own_value(
    editor: User, reviewer: User, adopted: Edition
) -> None:
    confirm(reviewer, correct_value(editor, adopted, "3100", "个")[0])
    newer = adopt(reviewer, propose(editor, SMALL.replace("3200个", "3300个"), "2025-01-new.txt"))
    assert (in_force(places(newer)).value, in_force(places(newer)).is_corrected) == (Decimal(3300), False)


def test_a_correction_made_in_the_newer_reading_wins_over_the_earlier_erratum(
    editor: User, reviewer: User, adopted: Edition
) -> None:
    confirm(reviewer, correct(editor, adopted))
    newer = propose(editor, SMALL.replace("12所", "13所"), "2025-01-new.txt")
    correct(editor, newer, corrected="侵占")
    assert [one.why for one in plan(adopted, newer)] == [OTHERWISE]
    adopt(reviewer, newer)
    assert [(e.number, e.corrected) for e in newer.errata.all()] == [(2, "侵占")]


def test_the_same_correction_in_both_readings_is_one_erratum_with_one_number(
    editor: User, reviewer: User, adopted: Edition
) -> None:
    first = confirm(reviewer, correct(editor, adopted))
    newer = propose(editor, SMALL.replace("12所", "13所"), "2025-01-new.txt")
    correct(editor, newer)
    adopt(reviewer, newer)
    assert [(e.number, e.carried_from_id) for e in newer.errata.all()] == [(first.number, first.pk)]
    assert [e.edition_id for e in errata()] == [newer.pk]


def test_a_split_whose_clause_reads_otherwise_is_not_carried_and_said_so(editor: User, reviewer: User, proposed: Edition) -> None:
    operations.split_clause(
        by=editor, at=NOW, edition=proposed.pk, document=DOCUMENT, eid=TWO_SENTENCES, offset=10, reason="两件事"
    )
    adopt(reviewer, proposed)
    newer = propose(editor, SMALL.replace("不得挪用", "不得侵占"), "2025-01-new.txt")
    assert [one.why for one in plan(proposed, newer)] == [STRUCTURE]


def test_errata_follow_their_words_when_a_newer_parser_reads_the_same_file(
    editor: User, reviewer: User, adopted: Edition
) -> None:
    confirm(reviewer, correct(editor, adopted))
    Edition.objects.filter(pk=adopted.pk).update(parser_version=0)
    fresh = read_again(by=editor, at=NOW, edition=adopted.pk)
    read_edition(fresh.pk)
    newer = adopt(reviewer, fresh)
    assert [(e.number, e.start, e.end) for e in newer.errata.all()] == [(e.number, e.start, e.end) for e in adopted.errata.all()]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does_and_the_other_is_told() -> None:
    edition = adopt(person("shenhe", "reviewer"), propose(person("bianji", "editor")))
    waiting = correct(person("bianji"), edition)
    confirming = [person("shenhe"), person("fuhe", "reviewer")]
    outcomes = at_once([lambda by=by: confirm(by, waiting) for by in confirming])  # type: ignore[misc]
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Erratum", "ErratumIsNotWaitingError"]
    assert Entry.objects.filter(operation="gazettes.confirm_erratum").count() == 1
