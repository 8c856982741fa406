"""Evidence is kept by its digest with the place in it; what is too large, mislabelled, a web page or a bomb is refused by name."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.test.utils import override_settings

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Cycle, Evidence, Report
from taizhang.apps.assessments.reports.answering import Answer
from taizhang.apps.assessments.reports.evidence import Upload, attach_evidence, detach_evidence, store
from taizhang.apps.assessments.reports.verifying import Verdict, return_reports
from taizhang.apps.ledger.models import Entry
from taizhang.backends.evidence import EvidenceStore
from taizhang.backends.evidence.errors import (
    EvidenceIsDamagedError,
    FileIsInfectedError,
    FileIsMislabelledError,
    FileKindIsRefusedError,
    FileUnpacksTooLargeError,
    ScannerFailedError,
)
from taizhang.kernel.errors import TaizhangError
from tests.apps.assessments.reporting_steps import AFTER_Q1, save, sign, signed_for
from tests.assessment_fixtures import EDUCATION, PLACES, STATISTICS, reporter_of, verifier_of

PDF = b"%PDF-1.7\n1 0 obj\n"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(packed(word__document_xml=b"<w/>"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> object:
    with override_settings(EVIDENCE=tmp_path / "evidence", EVIDENCE_LIMIT=10_000_000, EVIDENCE_SCAN=""):
        yield


@pytest.fixture
def draft(open_cycle: Cycle) -> Report:
    report: Report = save(signed_for(open_cycle)).reports[0]
    return report


def attach(report: Report, name: str = "学位台账.pdf", data: bytes = PDF, place: str = "第3页") -> Evidence:
    upload = Upload(name, data, place)
    file: Evidence = attach_evidence(by=reporter_of(EDUCATION), at=AFTER_Q1, for_body=EDUCATION, report=report.pk, upload=upload)
    return file


def test_a_file_is_kept_once_under_its_digest_with_the_place_of_the_figure(draft: Report) -> None:
    file = attach(draft)
    again = attach(draft)
    assert (file.sha256, file.place, file.media) == (hashlib.sha256(PDF).hexdigest(), "第3页", "application/pdf")
    assert again.pk == file.pk
    assert store().get(file.sha256) == PDF
    assert Entry.objects.filter(operation="assessments.attach_evidence").first().after["sha256"] == file.sha256


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("空.pdf", b"", FileKindIsRefusedError, "空文件"),
        ("报表.pdf", b"\x89PNG\r\n\x1a\n....", FileIsMislabelledError, "PNG"),
        ("说明.txt", b"<html><script>alert(1)</script>", FileKindIsRefusedError, "网页"),
        ("图.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", FileKindIsRefusedError, "网页"),
        ("网页.html", b"\xef\xbb\xbf  <!DOCTYPE html>", FileKindIsRefusedError, "网页"),
        ("程序.pdf", b"MZ\x90\x00", FileKindIsRefusedError, "程序"),
        ("旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", FileKindIsRefusedError, "旧版 Office"),
        ("包.zip", packed(a_xml=b"x"), FileKindIsRefusedError, "压缩包"),
        ("表.xlsx", packed(xl__workbook_xml=b"<w/>", xl__vbaProject_bin=b"x"), FileKindIsRefusedError, "带宏"),
        ("表.docx", packed(xl__workbook_xml=b"<w/>"), FileIsMislabelledError, "Excel"),
        ("损坏.xlsx", b"PK\x03\x04 broken", FileKindIsRefusedError, "损坏"),
        ("加密.docx", encrypted(), FileKindIsRefusedError, "密码"),
        ("大.docx", packed(word__document_xml=bytes(600_000_000)), FileUnpacksTooLargeError, "600000000"),
        ("太大.pdf", PDF + bytes(10_000_000), errors.EvidenceIsTooLargeError, "10000000"),
        ("怪.txt", b"\x00\x01\x02", FileKindIsRefusedError, "认不出"),
    ],
)
def test_what_is_no_evidence_is_refused_by_name(
    draft: Report, name: str, data: bytes, error: type[TaizhangError], words: str
) -> None:
    with pytest.raises(error, match=words) as refused:
        attach(draft, name, data)
    assert name in str(refused.value)
    assert Evidence.objects.count() == 0


def test_a_file_without_the_place_of_the_figure_is_refused(draft: Report) -> None:
    with pytest.raises(errors.PlaceIsMissingError, match="C12"):
        attach(draft, place=" ")


def test_a_path_in_a_file_name_is_left_out(draft: Report) -> None:
    assert attach(draft, "..\\..\\etc/学位\x00台账.pdf").name == "学位台账.pdf"


def test_a_scanner_decides_and_its_silence_is_no_permission(draft: Report) -> None:
    with override_settings(EVIDENCE_SCAN="true"):
        assert attach(draft).scan == "clean"
    with (
        override_settings(EVIDENCE_SCAN="sh -c 'cat >/dev/null; echo Eicar; exit 1'"),
        pytest.raises(FileIsInfectedError, match="Eicar"),
    ):
        attach(draft, place="第4页")
    for broken in ("sh -c 'exit 2'", "no-such-scanner-anywhere"):
        with override_settings(EVIDENCE_SCAN=broken), pytest.raises(ScannerFailedError):
            attach(draft, place="第4页")


def test_evidence_is_fixed_once_signed_and_goes_on_with_a_corrected_report(open_cycle: Cycle, draft: Report) -> None:
    file = attach(draft)
    mine = draft.subject
    save(mine, Answer("校园安全", "stage", stage="完成", version=1))
    signed = sign(mine)[0]
    with pytest.raises(errors.ReportIsSentError):
        attach(signed, place="第5页")
    with pytest.raises(errors.ReportIsSentError):
        detach_evidence(by=reporter_of(EDUCATION), at=AFTER_Q1, for_body=EDUCATION, evidence=file.pk)
    verdict = Verdict(signed.pk, signed.version, "请补充")
    back = return_reports(by=verifier_of(STATISTICS), at=AFTER_Q1, for_body=STATISTICS, verdicts=[verdict])[0]
    fresh = save(mine, Answer(PLACES, "value", back.value, version=back.version)).reports[0]
    assert [row.sha256 for row in Evidence.objects.filter(about=f"report:{fresh.pk}")] == [file.sha256]


def test_a_file_that_was_tampered_with_is_not_given_out(tmp_path: Path) -> None:
    kept = EvidenceStore(tmp_path)
    sha256 = kept.put(PDF)
    next(tmp_path.rglob(sha256)).write_bytes(b"%PDF-other")
    with pytest.raises(EvidenceIsDamagedError, match="改动"):
        kept.get(sha256)
    with pytest.raises(EvidenceIsDamagedError):
        kept.get("../../etc/passwd")
