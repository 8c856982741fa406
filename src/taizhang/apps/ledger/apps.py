"""App configuration of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The lowest app: it knows no other."""

    name = "taizhang.apps.ledger"
    label = "ledger"
