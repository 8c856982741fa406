"""The city's numbers: a target with those of its areas and units on the same metric, as the adopted issue sets them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.assessments.models import Amendment, Cell, Cycle, Owing, Report
from taizhang.apps.assessments.results.boards import Cascade, Figure, area_board, cascade_of, city_board
from taizhang.apps.assessments.results.reading import certificate_by_cell
from taizhang.apps.assessments.schemes.adopting import propose_scheme
from taizhang.apps.assessments.year.opening import open_cycle
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.targets.models import Measure
from taizhang.apps.targets.readings import normalised_correction
from tests.apps_fixtures import SPECIMEN, person
from tests.assessment_results import scored

OPENED = datetime(2025, 4, 2, 1, tzinfo=UTC)
END = date(2025, 9, 30)
WHEN = datetime(2025, 10, 20, 1, tzinfo=UTC)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def specimen_year(lent_specimen: Edition) -> Cycle:
    """The specimen's targets as an open year; nothing is reported."""
    text = (SPECIMEN / "schemes" / "targets-2025.toml").read_text("utf-8")
    office = person("kaohe", "assessment_office")
    row = propose_scheme(by=office, at=OPENED, text=text, name="targets-2025.toml")
    row.state = "approved"
    row.save()
    cycle: Cycle = open_cycle(by=office, at=OPENED, scheme=row.pk, owner="city-government")
    return cycle


def reported(figure: Figure, value: Decimal, *, state: str = "verified") -> None:
    cell = Cell.objects.select_related("score").get(pk=figure.cell)
    owing = Owing.objects.select_related("subject", "metric").get(subject=cell.score.subject_id, criterion=cell.criterion)
    when = datetime(2025, 10, 8, 1, tzinfo=UTC)
    Report.objects.create(
        subject=owing.subject, metric=owing.metric, period_start=date(2025, 1, 1), period_end=END, state=state, answer="value",
        value=value, reported_by="a", reported_at=when, signed_by="b", signed_at=when, verified_by="c",
        verified_at=when if state == "verified" else None,
    )  # fmt: skip


def one_of(board: list[Cascade], metric: str) -> Cascade:
    return next(one for one in board if one.metric == metric)


def test_the_board_has_the_citys_targets_with_areas_and_units_below(specimen_year: Cycle, django_assert_num_queries: Any) -> None:
    run = scored(specimen_year, WHEN.date(), WHEN)
    with django_assert_num_queries(4):
        board = city_board(specimen_year, run)
    assert len(board) == 18
    growth = one_of(board, "地区生产总值")
    assert (growth.sums, len(growth.areas), [unit.name for unit in growth.units]) == (None, 8, ["市发展改革委"])
    jobs = one_of(board, "城镇新增就业")
    assert jobs.city is not None
    assert jobs.sums is not None
    assert (jobs.city.target, jobs.city.unit, jobs.city.quote[:4]) == (Decimal("3.6"), "万人", "城镇新增")
    assert (jobs.sums.targets, jobs.sums.padding, jobs.sums.unit) == (Decimal("4.1"), Decimal("13.89"), "万人")
    abroad = one_of(board, "实际使用外资")
    assert abroad.sums is not None
    assert (abroad.sums.targets, abroad.sums.padding) == (Decimal("1.2"), Decimal(0)), "万美元 and 亿美元 are one unit"
    days = one_of(board, "空气质量优良天数")
    assert days.sums is None, "days of good air are not shared out"
    poor = one_of(board, "防返贫监测对象风险消除")
    assert poor.is_shared


def test_what_nobody_reported_is_unknown_and_never_nothing(specimen_year: Cycle) -> None:
    board = city_board(specimen_year, scored(specimen_year, WHEN.date(), WHEN))
    for one in board:
        assert one.derived is None
        assert {area.value for area in one.areas} <= {None}
        if one.measured is not None:
            assert (one.measured.value, one.measured.is_firm) == (None, False)
            assert one.measured.waits_for


def test_a_tile_leads_to_the_certificate_of_the_unit_that_measures_it(specimen_year: Cycle) -> None:
    item = one_of(city_board(specimen_year, scored(specimen_year, WHEN.date(), WHEN)), "城镇新增就业").units[0]
    reported(item, Decimal("2.9"))
    jobs = one_of(city_board(specimen_year, scored(specimen_year, WHEN.date(), WHEN)), "城镇新增就业")
    assert jobs.measured is not None
    assert (jobs.measured.value, jobs.measured.standing, jobs.measured.is_firm) == (Decimal("2.9"), "verified", True)
    certificate = certificate_by_cell(jobs.measured.cell or 0)
    assert certificate is not None
    assert certificate["inputs"][0]["verified_by"] == "c"
    assert certificate["criterion"]["citation"]["eid"] == item.eid
    assert "2.9" in certificate["steps"][0]["text"]


def test_areas_stand_in_for_the_city_only_once_all_are_verified(specimen_year: Cycle) -> None:
    areas = one_of(city_board(specimen_year, scored(specimen_year, WHEN.date(), WHEN)), "粮食总产量").areas
    for area in areas[:-1]:
        reported(area, Decimal("0.5"))
    reported(areas[-1], Decimal("0.5"), state="signed")
    sums = one_of(city_board(specimen_year, scored(specimen_year, WHEN.date(), WHEN)), "粮食总产量").sums
    assert sums is not None
    assert (sums.value, len(sums.unknown)) == (None, 1)
    Report.objects.update(state="verified", verified_at=WHEN)
    sums = one_of(city_board(specimen_year, scored(specimen_year, WHEN.date(), WHEN)), "粮食总产量").sums
    assert sums is not None
    assert (sums.value, sums.unknown) == (Decimal(3), ())


def test_areas_are_compared_on_what_two_of_them_share(specimen_year: Cycle, django_assert_num_queries: Any) -> None:
    run = scored(specimen_year, WHEN.date(), WHEN)
    with django_assert_num_queries(4):
        board = area_board(specimen_year, run)
    assert len(board) == 24
    assert all(len(one.areas) > 1 for one in board)
    with django_assert_num_queries(4):
        found = cascade_of(specimen_year, run, "城镇新增就业")
    assert [(one.metric, len(one.areas)) for one in found] == [("城镇新增就业", 8)]


def test_a_target_amended_in_mid_year_is_the_one_that_meters_and_sums_use(specimen_year: Cycle) -> None:
    before = one_of(city_board(specimen_year, scored(specimen_year, END, WHEN)), "城镇新增就业")
    area = before.areas[0]
    cell = Cell.objects.select_related("score").get(pk=area.cell)
    Amendment.objects.create(
        subject_id=cell.score.subject_id, criterion=cell.criterion, old_value=area.target, new_value=area.target + 1, unit=area.unit,
        starts_on=date(2025, 7, 1), reason="并区", state="approved", proposed_at=WHEN, decided_by="lingdao",
        decided_at=datetime(2025, 8, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    after = one_of(city_board(specimen_year, scored(specimen_year, END, WHEN)), "城镇新增就业")
    [now] = [one for one in after.areas if one.eid == area.eid]
    assert (now.target, now.reading, now.printed) == (area.target + 1, "amended", f"{area.target} {area.unit}")
    assert {one.reading for one in after.areas if one.eid != area.eid} == {"printed"}
    assert before.sums is not None
    assert after.sums is not None
    assert after.sums.targets == before.sums.targets + 1
    assert after.measured == before.measured or (after.measured and before.measured and after.measured.eid == before.measured.eid)


def test_after_an_erratum_a_board_says_which_reading_it_uses(specimen_year: Cycle) -> None:
    area = one_of(city_board(specimen_year, None), "城镇新增就业").areas[0]
    row = Measure.objects.get(clause__eid=area.eid, quote=area.quote, edition__state="adopted")
    row.corrected_value = str(area.target * 2)
    row.corrected_normalized_value, row.corrected_normalized_unit = normalised_correction(row)
    row.save()
    bare = next(one for one in one_of(city_board(specimen_year, None), "城镇新增就业").areas if one.eid == area.eid)
    assert (bare.target, bare.reading, bare.printed) == (area.target * 2, "corrected", f"{area.target} {area.unit}")
    run = scored(specimen_year, END, WHEN)
    scored_so = next(one for one in one_of(city_board(specimen_year, run), "城镇新增就业").areas if one.eid == area.eid)
    assert (scored_so.target, scored_so.reading) == (area.target, "printed"), "the scheme was approved before the erratum"
    assert scored_so.corrected == f"{area.target * 2} {area.unit}"
