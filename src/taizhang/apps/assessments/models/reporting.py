"""What is reported: metrics, who owes them, reports of a period, the files that prove them."""

from django.db import models

from taizhang.apps.assessments.models.cycle import Cycle, Subject


class Metric(models.Model):
    """A metric of a cycle, measured once. `reporter` measures it for those who share it; None where everybody
    who owes it has a figure of its own (areas, units with tasks of their own).

    `verifier`: the kind of fact, which decides who confirms; `verifier_body` the body of the verifiers, `deputy_body` who
    confirms what that body owes itself.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="metrics")
    key = models.CharField(max_length=300)
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=40, blank=True)
    strategy = models.CharField(max_length=40)
    reporter = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="measures_for_all")
    verifier = models.CharField(max_length=40)
    verifier_body = models.CharField(max_length=100)
    deputy_body = models.CharField(max_length=100, blank=True)

    class Meta:
        """A metric once in a cycle."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["cycle", "key"], name="assessments_metric_once"),)

    def __str__(self) -> str:
        return self.label


class Owing(models.Model):
    """A subject owes a metric under a criterion of its tree. `measured_by` reports for it where the metric is shared: measured
    once, for all who owe it; None: the subject reports its own figure."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="owings")
    measured_by = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="measured_for")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="owings")
    criterion = models.CharField(max_length=260)
    ordinal = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of the tree."""

        ordering = ("subject_id", "ordinal")
        constraints = (models.UniqueConstraint(fields=["subject", "criterion"], name="assessments_owing_once"),)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.criterion}"


class Report(models.Model):
    """What a subject says of a metric at the end of a period. A correction is a new row that `supersedes` the old.

    `state`: draft, signed (sent by the signer), verified, returned, superseded. `answer`: value, not_yet (`reason`,
    `expected_on`), not_applicable (`clause`). `stage` for judged items.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="reports")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="reports")
    period_start = models.DateField()
    period_end = models.DateField()
    state = models.CharField(max_length=20, default="draft")
    answer = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    stage = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    expected_on = models.DateField(null=True)
    clause = models.CharField(max_length=240, blank=True)
    remark = models.TextField(blank=True)
    reported_by = models.CharField(max_length=150)
    reported_at = models.DateTimeField()
    signed_by = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=150, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(blank=True)
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    version = models.PositiveIntegerField(default=1)  # for refusing a stale form or workbook

    class Meta:
        """One standing report a metric, subject and period."""

        ordering = ("period_end", "id")
        indexes = (
            models.Index(fields=["metric", "period_end"]),
            models.Index(fields=["subject", "state", "period_end"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "metric", "period_end"],
                condition=~models.Q(state="superseded"),
                name="assessments_report_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.metric_id} {self.period_end} {self.state}"


class Evidence(models.Model):
    """A file behind a report, daily record, judgement or appeal (`about`, e.g. "report:12"). `place`: sheet and cell, or page.

    The bytes are stored once under their SHA-256. `scan`: what the scan hook said (clean, not_scanned).
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="evidence")
    about = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=200)
    scan = models.CharField(max_length=20, default="not_scanned")
    sealed_by = models.CharField(max_length=150)
    sealed_at = models.DateTimeField()

    class Meta:
        """In order of time."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Workbook(models.Model):
    """A workbook handed out to a unit for a period; an import names it by `token` and is refused once it is stale."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="workbooks")
    period_end = models.DateField()
    token = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True)
    imported_digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.period_end}"


class CalendarToken(models.Model):
    """A revocable address of somebody's iCalendar feed; only the digest is kept."""

    username = models.CharField(max_length=150)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.username


class Reminder(models.Model):
    """A reminder sent once: to whom, about what, for which due day."""

    username = models.CharField(max_length=150)
    about = models.CharField(max_length=120)
    due_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        """Once."""

        constraints = (models.UniqueConstraint(fields=["username", "about", "due_on"], name="assessments_reminder_once"),)

    def __str__(self) -> str:
        return f"{self.username} {self.about}"
