"""Rows of reports and judgements as the observations that the scoring engine reads, as they were known on a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from taizhang.apps.assessments.models import Cycle, Evidence, Judgement, Owing, Report
from taizhang.engines.scoring.model import Observation, Standing
from taizhang.kernel.period import Period

_RETURNED = "核验退回：{reason}"


def end_of(day: date) -> datetime:
    """The first instant after a day, by the clock of the locality."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone())


def plain(value: Decimal | None) -> Decimal | None:
    """A figure without the zeros that its column adds."""
    return None if value is None else Decimal(format(value.normalize(), "f"))


def observations_of(cycle: Cycle, as_at: date, subject: int | None = None) -> tuple[Observation, ...]:
    """What was signed by the end of `as_at` of every period that had ended, and what of it was verified. Five queries.

    Drafts are not known to anybody. A figure that the verifier returned is missing until it is signed again. A metric that is
    measured once gives an observation to each subject that owes it, so that nobody's figure stands in for another's. Judgements
    in which two scorers agree, or the office decided, take the place of what the subject said of itself. `subject`: only what
    is known of that one.
    """
    rows = Owing.objects.filter(subject__cycle=cycle).select_related("subject", "metric")
    owings = list(rows.filter(subject=subject) if subject is not None else rows)
    measurers = None if subject is None else {owing.measured_by_id or owing.subject_id for owing in owings}
    said = _standing_reports(cycle, as_at, measurers)
    files = _files(cycle, as_at)
    out: dict[tuple[str, str, date], Observation] = {}
    for owing in owings:
        measurer = owing.measured_by_id or owing.subject_id
        for report in said.get((measurer, owing.metric_id), ()):
            key = (owing.subject.ident, owing.metric.key, report.period_end)
            out[key] = _observation(report, owing.subject.ident, owing.metric.key, as_at, files.get(f"report:{report.pk}", ()))
    for judged in _judged(cycle, as_at, owings):
        out[judged.subject, judged.metric, _last(judged)] = judged
    return tuple(out[key] for key in sorted(out))


def _last(observation: Observation) -> date:
    end = observation.period.end
    assert end is not None, "reports and judgements have an end"
    return end


def _standing_reports(cycle: Cycle, as_at: date, measurers: set[int] | None) -> dict[tuple[int, int], list[Report]]:
    """By subject and metric, the last report of each period that was signed in time; of `measurers` only, where given."""
    rows = Report.objects.filter(subject__cycle=cycle, period_end__lte=as_at, signed_at__lt=end_of(as_at)).order_by("pk")
    if measurers is not None:
        rows = rows.filter(subject__in=measurers)
    last = {(row.subject_id, row.metric_id, row.period_end): row for row in rows}
    out: dict[tuple[int, int], list[Report]] = defaultdict(list)
    for (subject, metric, _), row in last.items():
        out[subject, metric].append(row)
    return out


def _files(cycle: Cycle, as_at: date) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    rows = Evidence.objects.filter(cycle=cycle, sealed_at__lt=end_of(as_at)).order_by("pk")
    for about, digest in rows.values_list("about", "sha256"):
        out[about] = (*out.get(about, ()), digest)
    return out


def _observation(report: Report, subject: str, metric: str, as_at: date, files: tuple[str, ...]) -> Observation:
    is_returned = report.returned_at is not None and report.returned_at < end_of(as_at)
    is_verified = not is_returned and report.verified_at is not None and report.verified_at < end_of(as_at)
    answer = "not_yet" if is_returned else report.answer
    missing = _RETURNED.format(reason=report.returned_reason) if is_returned else report.reason
    return Observation(
        metric=metric,
        subject=subject,
        period=Period(report.period_start, report.period_end),
        value=plain(report.value) if answer == "value" else None,
        stage=report.stage or None if answer == "stage" else None,
        not_applicable=report.clause if answer == "not_applicable" else None,
        missing=missing if answer == "not_yet" else None,
        expected_on=report.expected_on if answer == "not_yet" else None,
        standing=Standing.VERIFIED if is_verified else Standing.REPORTED,
        reported_by=report.reported_by,
        reported_at=report.reported_at,
        verified_by=report.verified_by if is_verified else "",
        verified_at=report.verified_at if is_verified else None,
        evidence=files,
    )


def _judged(cycle: Cycle, as_at: date, owings: list[Owing]) -> Iterator[Observation]:
    rows = Judgement.objects.filter(subject__cycle=cycle, period_end__lte=as_at, at__lt=end_of(as_at)).order_by("pk")
    metrics = {(owing.subject_id, owing.criterion): owing for owing in owings}
    voices: dict[tuple[int, str, date], list[Judgement]] = defaultdict(list)
    for row in rows.filter(~Q(stage="")):
        voices[row.subject_id, row.criterion, row.period_end].append(row)
    for (subject, criterion, period_end), said in voices.items():
        owing = metrics.get((subject, criterion))
        chosen = [row for row in said if row.is_decision][-1:] or _agreed(said)
        if owing is not None and chosen:
            yield Observation(
                metric=owing.metric.key,
                subject=owing.subject.ident,
                period=Period(date(period_end.year, 1, 1), period_end),
                stage=chosen[0].stage,
                standing=Standing.DECIDED,
                reported_by="、".join(dict.fromkeys(row.scorer for row in chosen)),
                reported_at=chosen[-1].at,
            )


def _agreed(said: list[Judgement]) -> list[Judgement]:
    return said if len(said) >= 2 and len({row.stage for row in said}) == 1 else []
