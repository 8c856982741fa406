"""Fixing a unit, a value, a body: the printed reading stays beside the correction."""

from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import errors
from taizhang.apps.gazettes.models import Edition, Erratum
from taizhang.apps.gazettes.operations import adopt
from taizhang.apps.ledger.models import Entry
from taizhang.apps.organisations.models import Body, Name
from taizhang.apps.targets import operations as targets
from taizhang.apps.targets.models import Duty, Measure, Sheet
from tests.apps_fixtures import person
from tests.proposals import NOW


@pytest.fixture
def places(proposed: Edition) -> Measure:
    return Measure.objects.get(edition=proposed, metric="新增学位")


@pytest.fixture
def body(db: None) -> Body:
    made = Body.objects.create(ident="city-school-office", kind="bureau")
    Name.objects.create(body=made, text="岭南河市教育和体育局", form="full")
    return made


def correct(by: User, measure: Measure, **facts: Any) -> list[Erratum]:
    facts = {"reason": "多印一个零"} | facts
    result: list[Erratum] = targets.correct_measure(by=by, at=NOW, edition=measure.edition_id, measure=measure.pk, **facts)
    return result


def test_a_corrected_value_and_unit_leave_what_is_printed(editor: User, places: Measure) -> None:
    value, unit = correct(editor, places, value="320", unit="人")
    places.refresh_from_db()
    assert (places.value_printed, places.unit) == ("3200", "个")
    assert (places.corrected_value, places.corrected_unit) == ("320", "人")
    assert [(e.field, e.printed, e.corrected) for e in (value, unit)] == [("value", "3200", "320"), ("unit", "个", "人")]
    assert (value.start, value.end) == (places.start, places.end)


def test_a_second_correction_takes_the_place_of_the_first(editor: User, places: Measure) -> None:
    correct(editor, places, value="320")
    correct(editor, places, value="321")
    assert [(e.printed, e.corrected) for e in Erratum.objects.all()] == [("3200", "321")]
    assert Entry.objects.filter(operation="gazettes.correct.value").count() == 2


@pytest.mark.parametrize(
    ("written", "kept"), [("３２０", "320"), ("83,500", "83500"), ("４．５", "4.5"), (" 320 ", "320"), ("－3", "-3")]
)
def test_figures_may_be_written_in_full_width_and_with_commas(editor: User, places: Measure, written: str, kept: str) -> None:
    correct(editor, places, value=written)
    places.refresh_from_db()
    assert places.corrected_value == kept


@pytest.mark.parametrize("written", ["", "约三百", "NaN", "Infinity", "3.2.0", "1e5000000", "1" * 40])
def test_what_is_not_a_figure_is_refused_with_the_metric_and_the_value(editor: User, places: Measure, written: str) -> None:
    with pytest.raises(targets.ValueIsNotAFigureError) as refused:
        correct(editor, places, value=written)
    assert "新增学位" in str(refused.value)
    assert written[:5] in str(refused.value)


def test_a_day_is_corrected_by_a_day(editor: User, proposed: Edition) -> None:
    measure = Measure.objects.get(edition=proposed, value_on__isnull=False)
    with pytest.raises(targets.ValueIsNotAFigureError):
        correct(editor, measure, value="7")
    (erratum,) = correct(editor, measure, value="2025-07-31")
    assert (erratum.printed, erratum.corrected) == ("2025-06-30", "2025-07-31")


@pytest.mark.parametrize("facts", [{}, {"value": "3200"}, {"unit": "个"}, {"value": "3200", "unit": "个"}])
def test_a_correction_that_says_what_is_printed_is_refused(editor: User, places: Measure, facts: dict[str, str]) -> None:
    with pytest.raises(errors.NothingChangesError):
        correct(editor, places, **facts)
    assert Erratum.objects.count() == 0


def test_a_correction_without_reason_or_of_another_edition_is_refused(editor: User, places: Measure) -> None:
    with pytest.raises(errors.ReasonIsMissingError):
        correct(editor, places, value="1", reason="")
    with pytest.raises(targets.MeasureIsMissingError):
        targets.correct_measure(by=editor, at=NOW, edition=places.edition_id, measure=10**9, value="1", reason="x")


def test_a_withdrawn_correction_leaves_the_print_alone_again(editor: User, places: Measure) -> None:
    (erratum,) = correct(editor, places, value="320")
    targets.withdraw_correction(by=editor, at=NOW, edition=places.edition_id, erratum=erratum.pk, reason="印本没错")
    places.refresh_from_db()
    assert (places.corrected_value, Erratum.objects.count()) == ("", 0)
    assert Entry.objects.get(operation="targets.withdraw_correction").before["corrected"] == "320"
    with pytest.raises(errors.NothingToWithdrawError):
        targets.withdraw_correction(by=editor, at=NOW, edition=places.edition_id, erratum=erratum.pk, reason="再来")


def test_a_duty_given_to_another_body_keeps_its_printed_name(editor: User, proposed: Edition, body: Body) -> None:
    duty = Duty.objects.filter(edition=proposed, name="市教育局").earliest("pk")
    erratum = targets.correct_duty(by=editor, at=NOW, edition=proposed.pk, duty=duty.pk, body=body.ident, reason="已更名")
    duty.refresh_from_db()
    assert (duty.name, duty.body, duty.confirmed_by) == ("市教育局", body, "bianji")
    assert (erratum.field, erratum.printed, erratum.corrected) == ("body", "市教育局", "岭南河市教育和体育局")
    with pytest.raises(errors.NothingChangesError):
        targets.correct_duty(by=editor, at=NOW, edition=proposed.pk, duty=duty.pk, body=body.ident, reason="再来")
    with pytest.raises(targets.BodyIsUnknownError):
        targets.correct_duty(by=editor, at=NOW, edition=proposed.pk, duty=duty.pk, body="nobody", reason="x")


def test_a_confirmed_name_holds_for_every_sheet_and_duty_that_prints_it(reviewer: User, proposed: Edition, body: Body) -> None:
    count = targets.confirm_body(by=reviewer, at=NOW, edition=proposed.pk, name="市教育局", body=body.ident)
    rows = [*Duty.objects.filter(edition=proposed, name="市教育局"), *Sheet.objects.filter(edition=proposed, unit="市教育局")]
    assert count == len(rows) >= 2
    assert {(row.body, row.confirmed_by) for row in rows} == {(body, "shenhe")}
    assert Entry.objects.get(operation="targets.confirm_body").after == {"body": body.ident, "rows": count}


def test_a_name_is_confirmed_once_and_only_if_it_is_printed(reviewer: User, proposed: Edition, body: Body) -> None:
    targets.confirm_body(by=reviewer, at=NOW, edition=proposed.pk, name="市财政局", body=body.ident)
    with pytest.raises(targets.NameIsConfirmedError):
        targets.confirm_body(by=reviewer, at=NOW, edition=proposed.pk, name="市财政局", body=body.ident)
    with pytest.raises(targets.NameIsNotPrintedError):
        targets.confirm_body(by=reviewer, at=NOW, edition=proposed.pk, name="市渔业局", body=body.ident)


def test_confirming_a_name_leaves_a_duty_that_was_given_to_another_body(
    editor: User, reviewer: User, proposed: Edition, body: Body
) -> None:
    duty = Duty.objects.filter(edition=proposed, name="市教育局").earliest("pk")
    targets.correct_duty(by=editor, at=NOW, edition=proposed.pk, duty=duty.pk, body=body.ident, reason="已更名")
    other = Body.objects.create(ident="city-other", kind="bureau")
    targets.confirm_body(by=reviewer, at=NOW, edition=proposed.pk, name="市教育局", body=other.ident)
    duty.refresh_from_db()
    assert duty.body == body


def test_names_of_an_adopted_edition_may_still_be_confirmed(proposed: Edition, body: Body) -> None:
    adopt(by=person("fuhe", "reviewer"), at=NOW, edition=proposed.pk)
    assert targets.confirm_body(by=person("fuhe"), at=NOW, edition=proposed.pk, name="市财政局", body=body.ident)
