"""Rows of the ledger. They are written by operations only and never changed."""

from django.db import models


class Entry(models.Model):
    """One act. `digest` is the SHA-256 of the canonical JSON of all other fields (see `chain.digest_of`)."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    for_body = models.CharField(max_length=100, blank=True)
    operation = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """Read by subject and in order of writing."""

        indexes = (models.Index(fields=["subject", "id"]), models.Index(fields=["operation", "id"]))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.operation} {self.subject}"


class Seal(models.Model):
    """A link of the chain: `head` is the SHA-256 of the previous head and the entry's digest. Sequences have no gaps."""

    sequence = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    head = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        """In order of the chain."""

        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence} {self.head[:12]}"
