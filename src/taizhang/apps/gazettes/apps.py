"""App configuration of gazettes."""

from django.apps import AppConfig


class GazettesConfig(AppConfig):
    """Sources, editions, documents, clauses."""

    name = "taizhang.apps.gazettes"
    label = "gazettes"
