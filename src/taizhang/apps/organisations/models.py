"""Bodies as rows. Kinds and forms of names are those of `engines.registry`."""

from django.db import models


class Body(models.Model):
    """A body; `ident` is its OrganisationId, stable whatever it is called."""

    ident = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=40)
    area_code = models.CharField(max_length=6, blank=True)

    def __str__(self) -> str:
        return self.ident


class Name(models.Model):
    """What a body was called from `start` to `end` (None: open). `form`: full, short, alias, signboard.

    Citation: document number, eId and quoted words; empty where the pack is the source. `confirmed_by` where people put it
    on record.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=120, db_index=True)
    form = models.CharField(max_length=20)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    cited_document = models.CharField(max_length=60, blank=True)
    cited_eid = models.CharField(max_length=200, blank=True)
    cited_words = models.TextField(blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """In order of time, what has no known day first: databases differ on where that goes."""

        ordering = (models.F("start").asc(nulls_first=True), "id")

    def __str__(self) -> str:
        return self.text


class Event(models.Model):
    """What happened to a body: founded, renamed, signboard_added, merged, split, abolished; with its citation."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    on = models.DateField(null=True)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    cited_document = models.CharField(max_length=60, blank=True)
    cited_eid = models.CharField(max_length=200, blank=True)
    cited_words = models.TextField(blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        """In order of time, what has no known day first: databases differ on where that goes."""

        ordering = (models.F("on").asc(nulls_first=True), "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.after}"


class Standing(models.TextChoices):
    """Where a proposed name stands."""

    WAITING = "waiting", "待确认"
    CONFIRMED = "confirmed", "已确认"
    DECLINED = "declined", "不予确认"


class ProposedName(models.Model):
    """A dated name that one person proposes and another confirms; only then it becomes a `Name`.

    `ends_others`: the full name that holds until now ends the day before `start`. The citation is what says so.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="proposed_names")
    text = models.CharField(max_length=120)
    form = models.CharField(max_length=20)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    ends_others = models.BooleanField(default=False)
    cited_document = models.CharField(max_length=60, blank=True)
    cited_eid = models.CharField(max_length=200, blank=True)
    cited_words = models.TextField(blank=True)
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=Standing, default=Standing.WAITING)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-proposed_at", "-id")

    def __str__(self) -> str:
        return f"{self.text} {self.state}"
