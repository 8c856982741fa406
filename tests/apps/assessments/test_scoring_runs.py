"""A cycle is scored from what stands on a day; the same inputs give the same run; what is unknown stays a range."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cell, Certificate, Cycle, Report, Run, RunInputs, Score
from taizhang.apps.assessments.scores.runs import recheck, score_cycle
from taizhang.apps.ledger.chain import verify
from taizhang.apps.ledger.models import Entry
from taizhang.engines.scoring import is_genuine, recompute
from tests.assessment_fixtures import EDUCATION, FINANCE, GROWTH, Q3, Q4, REVENUE, STATISTICS
from tests.assessment_results import AFTER, figure_of, report_all, scored


def totals(run: Run) -> dict[str, tuple[Decimal, Decimal]]:
    return {score.subject.ident: (score.low, score.high) for score in run.scores.select_related("subject")}


def test_a_whole_year_is_scored_with_places_grades_and_a_genuine_certificate_a_cell(whole_year: Cycle) -> None:
    run = scored(whole_year)
    assert run.state == "provisional"
    assert totals(run) == {
        "education": (Decimal(770), Decimal(770)), "finance": (Decimal(800), Decimal(800)),
        "statistics": (Decimal(800), Decimal(800)), "hebin": (Decimal(600), Decimal(600)),
    }  # fmt: skip
    places = dict(Score.objects.filter(run=run).values_list("subject__ident", "rank_best"))
    assert places == {"education": 3, "finance": 1, "statistics": 1, "hebin": 1}
    cells = list(Cell.objects.filter(score__run=run))
    assert len(cells) == 11
    assert all(is_genuine(cell.certificate) and cell.digest == cell.certificate["digest"] for cell in cells)
    one = Cell.objects.get(score__run=run, criterion="edu_1")
    assert (one.value, one.target, one.bound, one.unit, one.standing) == (2880, 3200, ">=", "个", "verified")
    assert (one.parent, one.low, one.label) == ("edu", Decimal(270), "新增中小学学位3200个")


def test_a_score_is_recomputed_from_its_printed_certificate_alone(whole_year: Cycle) -> None:
    """Worked by hand from the page: full mark 300, target 3,200, verified 2,880: 300 × 2,880 ÷ 3,200 = 270."""
    scored(whole_year)
    printed = Cell.objects.get(criterion="edu_1").certificate
    weight = Decimal(printed["criterion"]["weight"])
    target, value = Decimal(printed["targets"][0]["value"]), Decimal(printed["inputs"][0]["value"])
    by_hand = weight * value / target
    assert by_hand == Decimal(270)
    assert [printed["score"]["low"], printed["score"]["high"]] == ["270", "270"]
    again = recompute(printed)
    assert again is not None
    assert again.low == again.high == by_hand
    assert printed["inputs"][0]["reported_by"] == "tianbao-education"
    assert printed["inputs"][0]["verified_by"] == "heyan-statistics"


def test_what_is_not_reported_or_not_verified_is_a_range_with_what_it_waits_for(open_cycle: Cycle) -> None:
    report_all(open_cycle, {(FINANCE, REVENUE): "100"})
    figure_of(open_cycle, STATISTICS, GROWTH, "12", state="signed")
    run = scored(open_cycle)
    assert totals(run)["statistics"] == (Decimal(0), Decimal(800))
    assert totals(run)["education"] == (Decimal(200), Decimal(800))
    waits = dict(Cell.objects.filter(score__run=run).values_list("criterion", "waits_for"))
    assert waits["sta_1"] == "not_verified"
    assert (waits["edu_1"], waits["edu_3"]) == ("not_reported", "not_judged")
    best_worst = Score.objects.filter(run=run, subject__ident=EDUCATION).values_list("rank_best", "rank_worst").get()
    assert best_worst == (1, 3)


def test_the_same_inputs_give_the_same_run_and_other_inputs_another(whole_year: Cycle) -> None:
    first, again = scored(whole_year), scored(whole_year)
    assert first.pk == again.pk
    assert Run.objects.count() == 1
    unchanged = [entry.after["unchanged"] for entry in Entry.objects.filter(operation="assessments.score").order_by("pk")]
    assert unchanged == [False, True]
    Report.objects.filter(metric__key=GROWTH).update(value=Decimal(6))
    other = scored(whole_year)
    assert other.pk != first.pk
    assert totals(other)["statistics"] == (Decimal(400), Decimal(400))
    assert totals(first)["statistics"] == (Decimal(800), Decimal(800))


def test_a_run_recomputes_from_what_it_stored_whatever_became_of_the_rows(whole_year: Cycle) -> None:
    run = scored(whole_year)
    Report.objects.filter(metric__key=GROWTH).update(value=Decimal(1))
    assert recheck(run.pk).is_same


def test_a_stored_certificate_or_input_that_was_touched_is_found(whole_year: Cycle) -> None:
    run = scored(whole_year)
    certificate = Certificate.objects.get(cell__criterion="edu_1")
    certificate.content["score"]["low"] = "300"
    certificate.save()
    assert recheck(run.pk).wrong_cells == ("education edu_1",)
    stored = RunInputs.objects.get(run=run)
    stored.content["observations"][0]["value"] = "1"
    stored.save()
    assert not recheck(run.pk).is_same


@pytest.mark.parametrize("day", [date(2026, 2, 3), date(2024, 12, 31)])
def test_no_day_to_come_and_no_other_year_is_scored(open_cycle: Cycle, office: object, day: date) -> None:
    with pytest.raises(refusals.DayIsOutsideError):
        score_cycle(by=office, at=AFTER, cycle=open_cycle.pk, as_at=day)


def test_a_run_is_of_its_day_and_later_reports_do_not_enter(open_cycle: Cycle) -> None:
    figure_of(open_cycle, STATISTICS, GROWTH, "9", Q3)
    figure_of(open_cycle, STATISTICS, GROWTH, "12", Q4)
    run = scored(open_cycle, as_at=date(2025, 10, 15))
    assert Cell.objects.get(score__run=run, criterion="sta_1").value == 9
    assert list(verify()) == []
    assert datetime.fromisoformat(str(run.at)) == AFTER
