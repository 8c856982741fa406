"""What comes of scores: notices, appeals, rectification."""

from django.db import models

from taizhang.apps.assessments.models.cycle import Cycle, Subject
from taizhang.apps.assessments.models.scoring import Run


class Notice(models.Model):
    """A notice (通报). `content` is the JSON of its blocks, every figure bound to a record (`{"figure": …, "record": …}`).

    `kind` quarterly or result; `state` draft, issued; `number` is given when it is issued; `ledger_head` is printed on it.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="notices")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=20)
    period_start = models.DateField()
    period_end = models.DateField()
    title = models.CharField(max_length=200)
    content = models.JSONField()
    state = models.CharField(max_length=20, default="draft")
    number = models.CharField(max_length=60, blank=True)
    ledger_head = models.CharField(max_length=64, blank=True)
    drafted_by = models.CharField(max_length=150)
    drafted_at = models.DateTimeField()
    issued_by = models.CharField(max_length=150, blank=True)
    issued_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-period_end", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["cycle", "number"], condition=~models.Q(number=""), name="assessments_notice_number_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Appeal(models.Model):
    """A contested score. `state`: filed, upheld, partly_upheld, rejected. `points` what the decision adds to the criterion."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="appeals")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="appeals")
    criterion = models.CharField(max_length=260)
    claim = models.TextField()
    filed_by = models.CharField(max_length=150)
    filed_at = models.DateTimeField()
    file_by = models.DateField()
    decide_by = models.DateField()
    state = models.CharField(max_length=20, default="filed")
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    reason = models.TextField(blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """In order of time; one open appeal a criterion."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "criterion"], condition=models.Q(state="filed"), name="assessments_appeal_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} {self.criterion}"


class Rectification(models.Model):
    """A problem to be put right. `state`: open, planned, reported, verified, carried (over into `carried_to`)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="rectifications")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="rectifications")
    criterion = models.CharField(max_length=260, blank=True)
    origin = models.CharField(max_length=100)  # notice:3, cell:12, record:7
    problem = models.TextField()
    plan = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=20, default="open")
    outcome = models.TextField(blank=True)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    planned_by = models.CharField(max_length=150, blank=True)
    reported_by = models.CharField(max_length=150, blank=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_at = models.DateTimeField(null=True)
    carried_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carried_from")

    class Meta:
        """By due day."""

        ordering = (models.F("due_on").asc(nulls_last=True), "id")

    def __str__(self) -> str:
        return self.problem[:30]
