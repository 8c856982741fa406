"""App configuration of organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Bodies with dated names."""

    name = "taizhang.apps.organisations"
    label = "organisations"
