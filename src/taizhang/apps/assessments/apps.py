"""App configuration of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Cycles, reports, scores, notices, appeals, rectification."""

    name = "taizhang.apps.assessments"
    label = "assessments"
