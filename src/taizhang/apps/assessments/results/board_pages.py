"""What pages show beside `boards`: how much is verified, only reported or unknown, lights by unit, figures by period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from taizhang.apps.assessments.acting import day_of
from taizhang.apps.assessments.models import Cell, Cycle, Owing, Report, Run
from taizhang.apps.assessments.reports.observations import plain
from taizhang.apps.assessments.results.boards import documents_of
from taizhang.apps.targets.models import Sheet

_SIGNED = ("signed", "verified")


@dataclass(frozen=True, slots=True)
class Standings:
    """Leaves of a run by what is known of them. `verified` and `reported` are figures; `decided` decisions in their place."""

    verified: int
    reported: int
    decided: int
    unknown: int
    lights: dict[str, int]

    @property
    def total(self) -> int:
        """All leaves."""
        return self.verified + self.reported + self.decided + self.unknown

    def share(self, count: int) -> Decimal:
        """Per cent of all leaves, one decimal; 0 where there are none."""
        return (Decimal(100 * count) / self.total).quantize(Decimal("0.1")) if self.total else Decimal(0)


def standings_of(run: Run) -> Standings:
    """Leaves counted by standing and light. One query."""
    rows = Cell.objects.filter(score__run=run).exclude(metric="").order_by()
    counts: dict[str, int] = {}
    lights: dict[str, int] = {}
    for standing, status, count in rows.values_list("standing", "status").annotate(count=Count("pk")):
        counts[standing] = counts.get(standing, 0) + count
        lights[status] = lights.get(status, 0) + count
    known = {name: counts.pop(name, 0) for name in ("verified", "reported", "decided")}
    return Standings(**known, unknown=sum(counts.values()), lights=lights)


def lights_by_score(run: Run) -> dict[int, dict[str, int]]:
    """Leaves by light for each score of a run. One query."""
    return _lights_by("score_id", run)


def lights_by_body(run: Run) -> dict[str, dict[str, int]]:
    """Leaves by light for each body of a run. One query."""
    return _lights_by("score__subject__ident", run)


def _lights_by(column: str, run: Run) -> dict[Any, dict[str, int]]:
    rows = Cell.objects.filter(score__run=run).exclude(metric="").order_by()
    out: dict[Any, dict[str, int]] = {}
    for key, status, count in rows.values_list(column, "status").annotate(count=Count("pk")):
        out.setdefault(key, {})[status] = count
    return out


def cells_at(run: Run, criteria: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Key and status of the cells of these criteria: the item of a clause, whatever it is made of. One query."""
    rows = Cell.objects.filter(score__run=run, criterion__in=list(criteria)).order_by("-pk")
    return {criterion: (pk, status) for criterion, pk, status in rows.values_list("criterion", "pk", "status")}


def areas_without(cycle: Cycle, shown: Iterable[str], known: Iterable[str]) -> tuple[list[str], list[str]]:
    """Areas with a sheet but without the target that those in `shown` have, and the `known` areas without a sheet. One query."""
    sheets = Sheet.objects.filter(kind="area", document__in=documents_of(cycle))
    with_sheet = list(sheets.order_by("ordinal").values_list("unit", flat=True))
    there = set(shown)
    return [name for name in with_sheet if name not in there], [name for name in known if name not in with_sheet]


@dataclass(frozen=True, slots=True)
class Told:
    """What was said at the end of a period: `value` None with the `reason` where there was no figure yet."""

    period_end: date
    value: Decimal | None
    is_verified: bool
    reason: str
    reported_on: date | None
    verified_on: date | None


def series_of(cycle: Cycle, cells: Iterable[int]) -> dict[int, list[Told]]:
    """Signed figures behind cells, by cell and in order of time; of a shared metric those of who measures it. Three queries."""
    rows = Cell.objects.filter(pk__in=list(cells)).order_by().values_list("pk", "score__subject_id", "criterion")
    owed = {(subject, criterion): pk for pk, subject, criterion in rows}
    owings = Owing.objects.filter(subject__cycle=cycle, subject_id__in={s for s, _ in owed}, criterion__in={c for _, c in owed})
    cells_of: dict[tuple[int, int], list[int]] = {}
    for subject, criterion, metric, measurer in owings.values_list("subject_id", "criterion", "metric_id", "measured_by_id"):
        pk = owed.get((subject, criterion))
        if pk is not None:
            cells_of.setdefault((measurer or subject, metric), []).append(pk)
    reports = Report.objects.filter(
        subject_id__in={subject for subject, _ in cells_of}, metric_id__in={metric for _, metric in cells_of}, state__in=_SIGNED
    )
    out: dict[int, list[Told]] = {}
    for report in reports.order_by("period_end", "pk"):
        told = Told(
            report.period_end,
            plain(report.value),
            report.state == "verified",
            report.reason,
            day_of(report.signed_at) if report.signed_at else None,
            day_of(report.verified_at) if report.verified_at else None,
        )
        for pk in cells_of.get((report.subject_id, report.metric_id), ()):
            out.setdefault(pk, []).append(told)
    return out
