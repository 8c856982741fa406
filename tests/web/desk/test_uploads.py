"""A file over the limit is cut while it arrives, and every page that takes a file says so by its name; nothing else is lost."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

import taizhang.web
from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import (
    Appeal,
    Cycle,
    DailyRecord,
    Evidence,
    Judgement,
    Rectification,
    Report,
    Scheme,
    Step,
)
from taizhang.apps.gazettes.models import Edition, Source
from taizhang.kernel.errors import TaizhangError
from taizhang.web.desk.uploads import UploadWasCutError
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, PLACES, reporter_of, signer_of
from tests.assessment_results import subject_row
from tests.proposals import SMALL
from tests.web.desk.entering import entered

TEMPLATES = Path(taizhang.web.__file__).parent / "templates"
WHEN = datetime(2025, 4, 8, 2, 0, tzinfo=UTC)
NAME = "很大的文件.csv"
TOLD = "文件“很大的文件.csv”太大，超过上限 0.25 MB"


@pytest.fixture(autouse=True)
def in_april() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=WHEN):
        yield


@pytest.fixture(autouse=True)
def limit(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 256 * 1024


def big() -> SimpleUploadedFile:
    return SimpleUploadedFile(NAME, b"1,2\n" * 300_000)


Sent = tuple[User, str, dict[str, Any], type[Model]]


def gazette(cycle: Cycle) -> Sent:
    return person("bianji", "editor"), reverse("desk:upload"), {}, Edition


def scheme(cycle: Cycle) -> Sent:
    return person("kaohe", "assessment_office"), reverse("desk:propose_scheme"), {}, Scheme


def workbook(cycle: Cycle) -> Sent:
    address = reverse("desk:workbook", args=[subject_row(cycle, EDUCATION).pk, "2025-03-31"])
    return reporter_of(EDUCATION), address, {}, Report


def record(cycle: Cycle) -> Sent:
    facts = {
        "subject": subject_row(cycle, EDUCATION).pk, "kind": "blame", "source": "spot_check", "happened_on": "2025-03-12",
        "note": "抽查三所学校",
    }  # fmt: skip
    return person("kaohe", "assessment_office"), reverse("desk:add_daily", args=[cycle.slug]), facts, DailyRecord


def behind_a_record(cycle: Cycle) -> Sent:
    row = DailyRecord.objects.create(
        cycle=cycle, subject=subject_row(cycle, EDUCATION), source="spot_check", kind="blame", note="抽查",
        happened_on=date(2025, 3, 1), recorded_by="kaohe", recorded_at=WHEN,
    )  # fmt: skip
    address = reverse("desk:attach_daily", args=[cycle.slug, row.pk])
    return person("kaohe", "assessment_office"), address, {"place": "第 2 行"}, Evidence


def judgement(cycle: Cycle) -> Sent:
    subject = subject_row(cycle, EDUCATION)
    owing = subject.owings.get(criterion="edu_3").pk
    facts = {"subject": subject.pk, "criterion": "edu_3", "owing": owing, "stage": "完成", "end": "2025-12-31", "reason": "查了"}
    return person("pingfen", "assessment_office"), reverse("desk:voice", args=[cycle.slug]), facts, Judgement


def step(cycle: Cycle) -> Sent:
    facts = {"step": "preparation", "field": "third_party"}
    return person("kaohe", "assessment_office"), reverse("desk:step", args=[cycle.slug]), facts, Step


def appeal(cycle: Cycle) -> Sent:
    row = Appeal.objects.create(
        cycle=cycle, subject=subject_row(cycle, EDUCATION), criterion="edu_1", claim="漏计了", filed_by="qianfa", filed_at=WHEN,
        file_by=date(2025, 7, 20), decide_by=date(2025, 7, 30),
    )  # fmt: skip
    return signer_of(EDUCATION), reverse("desk:attach_appeal", args=[cycle.slug, row.pk]), {"place": "全文"}, Evidence


def rectification(cycle: Cycle) -> Sent:
    row = Rectification.objects.create(
        cycle=cycle, subject=subject_row(cycle, EDUCATION), origin="record:1", problem="超期", opened_by="kaohe", opened_at=WHEN
    )
    return signer_of(EDUCATION), reverse("desk:attach_rectification", args=[cycle.slug, row.pk]), {"place": "全文"}, Evidence


PAGES = [gazette, scheme, workbook, record, behind_a_record, judgement, step, appeal, rectification]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_every_page_that_takes_a_file_says_that_it_was_too_big_and_does_nothing(
    open_cycle: Cycle, page: Callable[[Cycle], Sent]
) -> None:
    user, address, facts, rows = page(open_cycle)
    before = rows._default_manager.count()
    answer = entered(user).post(address, {facts.pop("field", "file"): big(), **facts})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert TOLD in told
    assert "没有选文件" not in told
    assert rows._default_manager.count() == before
    assert not Source.objects.exists()
    assert not Evidence.objects.exists()


def test_every_form_of_the_desk_that_takes_a_file_is_among_them() -> None:
    forms = [
        re.sub(r".*/", "", str(path))
        for path in sorted((TEMPLATES / "desk").glob("*.html"))
        for _ in re.findall(r'type="file"', path.read_text(encoding="utf-8"))
    ]
    # The form of an appeal and of a rectification is one; two files come with a step; a report keeps its figures, see below.
    assert sorted(forms) == [
        "daily.html", "daily.html", "follow_up.html", "judging.html", "report.html", "schemes.html", "upload.html",
        "workbook.html", "year.html", "year.html",
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_stands_after_the_file_in_the_form_is_not_lost(open_cycle: Cycle) -> None:
    user, address, facts, _rows = record(open_cycle)
    told = entered(user).post(address, {"file": big(), **facts}).content.decode()
    assert "抽查三所学校" in told
    assert 'value="2025-03-12"' in told


@pytest.mark.django_db
def test_figures_are_saved_though_the_file_beside_them_was_too_big(open_cycle: Cycle) -> None:
    subject = subject_row(open_cycle, EDUCATION)
    client = entered(reporter_of(EDUCATION))
    entered(signer_of(EDUCATION)).post(reverse("desk:receive", args=[subject.pk]))
    owing = subject.owings.get(metric__key=PLACES)
    data = {
        "file": big(), "place": "全文", "item": owing.pk, f"answer-{owing.pk}": "value", f"value-{owing.pk}": "900", f"version-{owing.pk}": "0",
    }  # fmt: skip
    answer = client.post(reverse("desk:save_report", args=[subject.pk, "2025-03-31"]), data)
    assert answer.status_code == 422
    assert "数字已经保存" in answer.content.decode()
    assert Report.objects.get(metric__key=PLACES).value == 900


@pytest.mark.django_db
def test_a_file_below_the_limit_is_taken_though_a_bigger_one_was_refused_before(
    open_cycle: Cycle, django_capture_on_commit_callbacks: Any
) -> None:
    client = entered(person("bianji", "editor"))
    assert client.post(reverse("desk:upload"), {"file": big()}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("desk:upload"), {"file": SimpleUploadedFile("a.txt", SMALL.encode())})
    assert answer.status_code == 302


def test_the_error_has_a_code_of_its_own() -> None:
    assert issubclass(UploadWasCutError, TaizhangError)
    assert UploadWasCutError.code == "desk.upload-was-cut"


@pytest.mark.django_db
def test_the_same_file_again_leads_to_the_reading_that_is_there(django_capture_on_commit_callbacks: Any) -> None:
    client = entered(person("bianji", "editor"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:upload"), {"file": SimpleUploadedFile("a.txt", SMALL.encode())})
    answer = client.post(reverse("desk:upload"), {"file": SimpleUploadedFile("b.txt", SMALL.encode())})
    assert answer.status_code == 422
    assert f'href="{reverse("desk:edition", args=[Edition.objects.get().pk])}"' in answer.content.decode()
