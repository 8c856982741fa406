"""What others reported of the same metric for the same day, to stand beside a figure that is being verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.apps.assessments.models import Report
from taizhang.apps.assessments.reports.observations import plain

_SHOWN = ("signed", "verified")


@dataclass(frozen=True, slots=True)
class Beside:
    """Another body's figure, with its state (signed or verified)."""

    name: str
    value: Decimal | None
    state: str


def reported_beside(reports: Sequence[Report]) -> dict[int, list[Beside]]:
    """By the key of each report that gives a figure: what other bodies gave for its metric and day. One query, none for none."""
    asked = [report for report in reports if report.answer == "value"]
    found: dict[tuple[int, date], list[tuple[int, Beside]]] = {}
    if asked:
        rows = Report.objects.filter(
            metric__in={report.metric_id for report in asked}, period_end__in={report.period_end for report in asked},
            state__in=_SHOWN, answer="value",
        )  # fmt: skip
        columns = ("metric_id", "period_end", "subject_id", "subject__name", "value", "state")
        for metric, end, subject, name, value, state in rows.order_by("subject__pk").values_list(*columns):
            found.setdefault((metric, end), []).append((subject, Beside(name, plain(value), state)))
    beside = {
        report.pk: [one for subject, one in found.get((report.metric_id, report.period_end), []) if subject != report.subject_id]
        for report in asked
    }
    return {key: rows for key, rows in beside.items() if rows}
