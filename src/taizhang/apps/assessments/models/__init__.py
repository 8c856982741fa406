"""Rows of the assessment year."""

from taizhang.apps.assessments.models.cycle import Amendment, Cycle, Scheme, Step, Subject
from taizhang.apps.assessments.models.outcomes import Appeal, Notice, Rectification
from taizhang.apps.assessments.models.reporting import CalendarToken, Evidence, Metric, Owing, Reminder, Report, Workbook
from taizhang.apps.assessments.models.scoring import Cell, Certificate, DailyRecord, Decision, Judgement, Run, RunInputs, Score

__all__ = [
    "Amendment",
    "Appeal",
    "CalendarToken",
    "Cell",
    "Certificate",
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
    "RunInputs",
    "Scheme",
    "Score",
    "Step",
    "Subject",
    "Workbook",
]
