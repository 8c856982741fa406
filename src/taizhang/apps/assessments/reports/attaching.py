"""Files behind what the office records and what a unit contests or puts right: each attached by whose matter it is."""

from datetime import datetime

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import BEFORE_APPROVAL, cycle_for, day_of
from taizhang.apps.assessments.models import Appeal, Cycle, DailyRecord, Evidence, Owing, Rectification, Subject
from taizhang.apps.assessments.reports.evidence import MOST_FILES, Upload, seal, told
from taizhang.apps.assessments.year.owing import acting_for
from taizhang.apps.ledger.operations import Actor, operation, record

_OF_OFFICE = ("record", "owing", "third_party", "questionnaire")
_OF_UNIT = ("appeal", "rectification")


@operation("assessments.attach_to_record", permission="assessments.record_daily")
def attach_to_record(*, by: Actor, at: datetime, about: str, upload: Upload, for_body: str | None = None) -> Evidence:
    """The office puts a file behind a daily record (`record:7`) that nobody confirmed yet, a judged item (`owing:12`), or keeps
    the third-party report or questionnaire of a cycle (`third_party:3`, `questionnaire:3`).

    Raises `NoSuchRowError`, `NotInThisStateError` for a record that was confirmed or withdrawn, `StepIsOutOfOrderError` once
    results are approved, `SubjectIsAnothersError`, `TooManyFilesError`, and what `seal` refuses.
    """
    kind, pk = _parted(about, _OF_OFFICE)
    found = _cycle_of(kind, pk)
    if found is None:
        raise refusals.NoSuchRowError(what="要附材料的这一条", key=about)
    cycle = cycle_for(found, for_body, states=BEFORE_APPROVAL, act="加材料")
    if kind == "record":
        row = DailyRecord.objects.get(pk=pk)
        if row.state != "recorded":
            raise refusals.NotInThisStateError(what=f"第 {pk} 号日常记录", state=row.state, act="加材料", wanted="已记录")
    return _attach(cycle, about, upload, by, at, "assessments.attach_to_record", for_body)


@operation("assessments.attach_to_own", permission="assessments.rectify")
def attach_to_own(*, by: Actor, at: datetime, for_body: str, about: str, upload: Upload) -> Evidence:
    """A unit puts a file behind its own appeal (`appeal:4`) or rectification (`rectification:9`) while it is open.

    Raises `NoSuchRowError`, `SubjectIsAnothersError`, `NotInThisStateError`, `TooManyFilesError`, and what `seal` refuses.
    """
    kind, pk = _parted(about, _OF_UNIT)
    rows = Appeal.objects if kind == "appeal" else Rectification.objects
    row = rows.select_related("subject__taken_over_by", "cycle").filter(pk=pk).first()
    if row is None:
        raise refusals.NoSuchRowError(what="要附材料的这一条", key=about)
    subject: Subject = row.subject
    if acting_for(subject, day_of(at)).ident != for_body:
        raise refusals.SubjectIsAnothersError(what=about, subject=subject.name, body=for_body)
    if row.state not in ("filed", "open", "planned", "reported"):
        raise refusals.NotInThisStateError(what=about, state=row.state, act="加材料", wanted="在办")
    return _attach(row.cycle, about, upload, by, at, "assessments.attach_to_own", for_body)


def _parted(about: str, known: tuple[str, ...]) -> tuple[str, int]:
    kind, _, pk = about.partition(":")
    if kind not in known or not (pk.isascii() and pk.isdigit() and len(pk) < 12):
        raise refusals.NoSuchRowError(what="要附材料的这一条", key=about)
    return kind, int(pk)


def _cycle_of(kind: str, pk: int) -> int | None:
    if kind == "record":
        rows, column = DailyRecord.objects.filter(pk=pk), "cycle_id"
    elif kind == "owing":
        rows, column = Owing.objects.filter(pk=pk), "subject__cycle_id"
    else:
        rows, column = Cycle.objects.filter(pk=pk), "pk"
    found: int | None = rows.values_list(column, flat=True).first()
    return found


def _attach(cycle: Cycle, about: str, upload: Upload, by: Actor, at: datetime, code: str, for_body: str | None) -> Evidence:
    if Evidence.objects.filter(about=about).count() >= MOST_FILES:
        raise errors.TooManyFilesError(metric=about, most=MOST_FILES)
    file = seal(cycle, about, upload, by, at)
    record(by=by, at=at, operation=code, subject=about, after=told(file), for_body=for_body)
    return file
