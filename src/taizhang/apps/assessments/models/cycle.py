"""A scheme as adopted, the year it runs, who is assessed, and the steps that were taken."""

from django.db import models

from taizhang.apps.organisations.models import Body


class Scheme(models.Model):
    """A version of a scheme, filled in from the adopted clauses and never changed. `content` is the JSON form of
    `engines.scoring.Scheme`, `digest` its SHA-256, `text` the pack file it came from."""

    code = models.CharField(max_length=100)
    version = models.CharField(max_length=160)  # of a tier the scheme's own, a slash and the body
    title = models.CharField(max_length=200)
    document = models.CharField(max_length=60)
    year = models.PositiveIntegerField()
    text = models.TextField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, default="proposed")  # proposed, approved, returned, superseded
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)

    class Meta:
        """A version once."""

        ordering = ("-year", "code", "-id")
        constraints = (models.UniqueConstraint(fields=["code", "version"], name="assessments_scheme_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Cycle(models.Model):
    """A year of a scheme run by `owner` (the locality, or a county or department that assesses its own bodies: `parent` then).

    `state`, in this order and none skipped: preparing, open, implementing (rules issued, group named), self_check, on_site,
    proposed, reviewed, approved, published, final.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="cycles")
    owner = models.CharField(max_length=100)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="tiers")
    slug = models.CharField(max_length=240, unique=True)
    year = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default="preparing")
    is_simulated = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-year", "slug")

    def __str__(self) -> str:
        return self.slug


class Step(models.Model):
    """A step of a cycle that was taken: code, who, when, the paper it rests on."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=40)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reference = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """In order of time."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.code}"


class Subject(models.Model):
    """A body in a cycle. `ident` is the body's id; it keeps its reports when the body is renamed (`former_name`, `renamed_on`).
    `tree` names its criteria; empty for a body that only took duties over.

    `acknowledged_by`: who signed for its sheet (签收). `taken_over_by` the subject that goes on with its duties from
    `taken_over_on`.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="subjects")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assessed_in", null=True)
    ident = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=60)
    tree = models.CharField(max_length=240, blank=True)
    former_name = models.CharField(max_length=120, blank=True)
    renamed_on = models.DateField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    taken_over_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="took_over")
    taken_over_on = models.DateField(null=True)

    class Meta:
        """A body once in a cycle."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["cycle", "ident"], name="assessments_subject_once"),)

    def __str__(self) -> str:
        return self.name


class Amendment(models.Model):
    """A target changed during the year: both versions stay. `state`: proposed, approved, refused."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="amendments")
    criterion = models.CharField(max_length=260)
    old_value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    new_value = models.DecimalField(max_digits=30, decimal_places=10)
    unit = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    reason = models.TextField()
    reference = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, default="proposed")
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """In order of time."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.criterion} {self.new_value}"
