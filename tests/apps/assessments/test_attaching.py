"""Files behind daily records, judged items, the third-party report, appeals and rectification."""

from datetime import date
from pathlib import Path

import pytest
from django.test.utils import override_settings

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cycle, DailyRecord, Evidence, Rectification
from taizhang.apps.assessments.reports.attaching import attach_to_own, attach_to_record
from taizhang.apps.assessments.reports.evidence import Upload
from taizhang.apps.assessments.scores.daily import about, confirm_daily, record_daily
from tests.apps.assessments.reporting_steps import AFTER_Q1, subject
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, reporter_of

PHOTO = Upload("抽查记录.pdf", b"%PDF-1.7\n", "第1页")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> object:
    with override_settings(EVIDENCE=tmp_path / "evidence"):
        yield


@pytest.fixture
def recorded(open_cycle: Cycle) -> DailyRecord:
    row: DailyRecord = record_daily(
        by=person("kaohe", "assessment_office"), at=AFTER_Q1, cycle=open_cycle.pk, subject=subject(open_cycle).pk,
        source="spot_check", kind="blame", happened_on=date(2025, 3, 20), note="抽查发现超期",
    )  # fmt: skip
    return row


def test_a_daily_record_is_confirmed_with_its_file_and_takes_no_more_then(recorded: DailyRecord) -> None:
    facts = {"by": person("kaohe", "assessment_office"), "at": AFTER_Q1, "about": about(recorded.pk)}
    attach_to_record(upload=PHOTO, **facts)
    confirm_daily(by=person("fuhe", "assessment_office"), at=AFTER_Q1, record_id=recorded.pk)
    with pytest.raises(refusals.NotInThisStateError):
        attach_to_record(upload=PHOTO, **facts)
    assert Evidence.objects.get().about == about(recorded.pk)


def test_the_questionnaire_and_a_judged_item_have_files_until_results_are_approved(open_cycle: Cycle) -> None:
    facts = {"by": person("kaohe", "assessment_office"), "at": AFTER_Q1, "upload": PHOTO}
    owing = subject(open_cycle).owings.first()
    attach_to_record(about=f"questionnaire:{open_cycle.pk}", **facts)
    attach_to_record(about=f"owing:{owing.pk}", **facts)
    Cycle.objects.update(state="approved")
    with pytest.raises(refusals.StepIsOutOfOrderError):
        attach_to_record(about=f"questionnaire:{open_cycle.pk}", **facts)


@pytest.mark.parametrize("name", ["report:1", "record:", "record:-1", "record:999999", "../etc", "record:１"])
def test_a_name_of_nothing_takes_no_file(open_cycle: Cycle, name: str) -> None:
    with pytest.raises(refusals.NoSuchRowError):
        attach_to_record(by=person("kaohe", "assessment_office"), at=AFTER_Q1, about=name, upload=PHOTO)


def test_a_unit_proves_its_own_rectification_and_nobody_elses(open_cycle: Cycle) -> None:
    row = Rectification.objects.create(
        cycle=open_cycle, subject=subject(open_cycle), origin="record:1", problem="超期", opened_by="kaohe", opened_at=AFTER_Q1
    )
    facts = {"at": AFTER_Q1, "about": f"rectification:{row.pk}", "upload": PHOTO}
    attach_to_own(by=reporter_of(EDUCATION), for_body=EDUCATION, **facts)
    with pytest.raises(refusals.SubjectIsAnothersError):
        attach_to_own(by=reporter_of(FINANCE), for_body=FINANCE, **facts)
    Rectification.objects.update(state="verified")
    with pytest.raises(refusals.NotInThisStateError):
        attach_to_own(by=reporter_of(EDUCATION), for_body=EDUCATION, **facts)
