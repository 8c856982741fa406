"""App configuration of targets."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Sheets, items, measures."""

    name = "taizhang.apps.targets"
    label = "targets"
