"""Files that prove a report: checked, scanned, sealed by digest, with the place in the file where the figure stands.

Daily records, judgements and appeals keep theirs by `seal`, inside their own operations.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.acting import day_of
from taizhang.apps.assessments.models import Cycle, Evidence, Report
from taizhang.apps.assessments.states import REPORT_STATES
from taizhang.apps.assessments.year.owing import task_for
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.backends.evidence import EvidenceStore, kind_of, scanned

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as handed in. `place`: where in it the figure stands (sheet and cell, page)."""

    name: str
    data: bytes
    place: str

    def __post_init__(self) -> None:
        # Neither a path nor what no screen shows.
        name = self.name.replace("\\", "/").rpartition("/")[2].strip() or "未命名"
        object.__setattr__(self, "name", "".join(character for character in name if character.isprintable())[:200])


def store() -> EvidenceStore:
    """Where evidence lies in this installation."""
    return EvidenceStore(settings.EVIDENCE)


def seal(cycle: Cycle, about: str, upload: Upload, by: Actor, at: datetime) -> Evidence:
    """Check, scan and keep a file within the caller's transaction; the caller writes the ledger.

    Bytes kept for a transaction that is then rolled back stay in the folder unnamed, which harms nobody. Raises
    `EvidenceIsTooLargeError`, `PlaceIsMissingError`, and what `backends.evidence` refuses.
    """
    name = upload.name
    if len(upload.data) > settings.EVIDENCE_LIMIT:
        raise errors.EvidenceIsTooLargeError(name=name, size=len(upload.data), limit=settings.EVIDENCE_LIMIT)
    if not upload.place.strip():
        raise errors.PlaceIsMissingError(name=name)
    kind = kind_of(name, upload.data)
    scan = scanned(settings.EVIDENCE_SCAN, name, upload.data)
    sha256 = store().put(upload.data)
    return Evidence.objects.create(
        cycle=cycle, about=about, name=name, media=kind.media, size=len(upload.data), sha256=sha256,
        place=upload.place.strip()[:200], scan=scan, sealed_by=by.ident, sealed_at=at,
    )  # fmt: skip


def told(file: Evidence) -> dict[str, object]:
    """A file as the ledger keeps it."""
    return {"name": file.name, "sha256": file.sha256, "size": file.size, "place": file.place, "scan": file.scan}


@operation("assessments.attach_evidence", permission="assessments.report")
def attach_evidence(*, by: Actor, at: datetime, for_body: str, report: int, upload: Upload) -> Evidence:
    """Put a file behind a draft. The same bytes for the same report and place are kept once.

    Raises what `task_for` and `seal` raise, `ReportIsMissingError`, `ReportIsSentError`, `TooManyFilesError`.
    """
    row, cycle = _draft(report, for_body, at)
    about = f"report:{row.pk}"
    if Evidence.objects.filter(about=about).count() >= MOST_FILES:
        raise errors.TooManyFilesError(metric=row.metric.label, most=MOST_FILES)
    file = seal(cycle, about, upload, by, at)
    twin = Evidence.objects.filter(about=about, sha256=file.sha256, place=file.place).exclude(pk=file.pk).first()
    if twin is not None:
        file.delete()
    kept = twin or file
    record(by=by, at=at, operation="assessments.attach_evidence", subject=about, after=told(kept), for_body=for_body)
    return kept


@operation("assessments.detach_evidence", permission="assessments.report")
def detach_evidence(*, by: Actor, at: datetime, for_body: str, evidence: int) -> None:
    """Take a file from a draft that it does not belong to. The ledger keeps its digest. Raises `ReportIsMissingError`."""
    file = Evidence.objects.filter(pk=evidence, about__startswith="report:").first()
    if file is None:
        raise errors.ReportIsMissingError(report=evidence)
    _draft(int(file.about.partition(":")[2]), for_body, at)
    before = told(file)
    file.delete()
    record(by=by, at=at, operation="assessments.detach_evidence", subject=file.about, before=before, for_body=for_body)


def _draft(report: int, for_body: str, at: datetime) -> tuple[Report, Cycle]:
    row = Report.objects.filter(pk=report).select_related("metric").first()
    if row is None:
        raise errors.ReportIsMissingError(report=report)
    task = task_for(row.subject_id, row.period_end, for_body, day_of(at), "加佐证")
    row.refresh_from_db(fields=["state"])
    if row.state != "draft":
        state = REPORT_STATES[row.state]
        raise errors.ReportIsSentError(metric=row.metric.label, end=row.period_end.isoformat(), state=state)
    return row, task.cycle
