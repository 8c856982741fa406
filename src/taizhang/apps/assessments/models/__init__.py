"""Rows of the assessment year."""

from taizhang.apps.assessments.models.cycle import Amendment, Cycle, Scheme, Step, Subject
from taizhang.apps.assessments.models.outcomes import Appeal, Notice, Rectification
from taizhang.apps.assessments.models.reporting import CalendarToken, Evidence, Metric, Owing, Reminder, Report, Workbook
from taizhang.apps.assessments.models.scoring import Cell, DailyRecord, Decision, Judgement, Run, Score

__all__ = [
    "Amendment",
    "Appeal",
    "CalendarToken",
    "Cell",
    "Cycle",
    "DailyRecord",
    "Decision",
    "Evidence",
    "Judgement",
    "Metric",
    "Notice",
    "Owing",
    "Rectification",
    "Reminder",
    "Report",
    "Run",
    "Scheme",
    "Score",
    "Step",
    "Subject",
    "Workbook",
]
