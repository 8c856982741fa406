"""Sheets, groups, items, clauses' measures and who owes them. Shapes follow `engines.targets` and `kernel.measure`."""

from django.db import models

from taizhang.apps.gazettes.models import Clause, Document, Edition
from taizhang.apps.organisations.models import Body


class Sheet(models.Model):
    """What one body owes for the year; `unit` as printed. `body` is what the resolver proposes, and counts once confirmed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sheets")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sheets")
    ordinal = models.PositiveIntegerField()
    unit = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    eid = models.CharField(max_length=240)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    body = models.ForeignKey(Body, on_delete=models.SET_NULL, null=True, related_name="sheets")
    confirmed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """In printed order."""

        ordering = ("edition_id", "ordinal")

    def __str__(self) -> str:
        return self.unit


class Group(models.Model):
    """A group of a sheet, with the points it declares."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="groups")
    ordinal = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    is_deduction = models.BooleanField(default=False)
    eid = models.CharField(max_length=240)

    class Meta:
        """In printed order."""

        ordering = ("sheet_id", "ordinal")

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A numbered duty of a sheet. `kind`: measured, zero_event, delegated, benchmark, qualitative.

    `awaits` of a delegated item: who sets its figure, as printed; empty where that is not printed.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="items")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="items")
    ordinal = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    text = models.TextField()
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    kind = models.CharField(max_length=20)
    awaits = models.CharField(max_length=200, blank=True)

    class Meta:
        """In printed order."""

        ordering = ("group_id", "ordinal")

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:30]}"


class Measure(models.Model):
    """One metric and one value, as printed; `corrected_value` and `corrected_unit` where an erratum changed the reading, with
    `corrected_normalized_value` and `corrected_normalized_unit` for computations (see `readings.in_force`).

    A value that is not printed is null, never zero. Dates stand in `value_on`.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="measures")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="measures")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, null=True, related_name="measures")
    row = models.PositiveIntegerField(null=True)
    ordinal = models.PositiveIntegerField()
    metric = models.CharField(max_length=300)
    metric_key = models.CharField(max_length=300, db_index=True)
    comparator = models.CharField(max_length=20, blank=True)
    bound = models.CharField(max_length=4, blank=True)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    value_printed = models.CharField(max_length=60, blank=True)
    value_on = models.DateField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    normalized_value = models.DecimalField(max_digits=36, decimal_places=10, null=True)
    normalized_unit = models.CharField(max_length=40, blank=True)
    baseline = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    role = models.CharField(max_length=12)
    modality = models.CharField(max_length=12)
    awaits = models.CharField(max_length=200, blank=True)
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    corrected_value = models.CharField(max_length=60, blank=True)
    corrected_unit = models.CharField(max_length=40, blank=True)
    corrected_normalized_value = models.DecimalField(max_digits=36, decimal_places=10, null=True)
    corrected_normalized_unit = models.CharField(max_length=40, blank=True)

    class Meta:
        """In printed order."""

        ordering = ("edition_id", "ordinal")
        indexes = (models.Index(fields=["edition", "role", "metric_key"]),)

    def __str__(self) -> str:
        return f"{self.metric} {self.comparator} {self.value_printed}{self.unit}"


class Duty(models.Model):
    """A body that a clause, row or item names: `share` lead, support or responsible; `name` as printed.

    `body` is what the resolver proposes; it counts once `confirmed_by` is set.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="duties")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="duties")
    row = models.PositiveIntegerField(null=True)
    share = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    body = models.ForeignKey(Body, on_delete=models.SET_NULL, null=True, related_name="duties")
    confirmed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """In printed order."""

        ordering = ("edition_id", "id")

    def __str__(self) -> str:
        return f"{self.share} {self.name}"
