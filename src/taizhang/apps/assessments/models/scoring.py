"""Daily records, judgements, and scores as stored values with their certificates."""

from typing import Any

from django.db import models

from taizhang.apps.assessments.models.cycle import Cycle, Subject


class DailyRecord(models.Model):
    """A daily record (日常考核): `source` work_record, spot_check or special_check; `kind` an adjustment or sanction of the
    scheme, or the criterion whose metric counts cases. `points` signed, None where the scheme sets them.

    `state`: recorded, confirmed (by another person), withdrawn (with `reason`).
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="daily_records")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="daily_records")
    source = models.CharField(max_length=20)
    kind = models.CharField(max_length=100)
    criterion = models.CharField(max_length=260, blank=True)
    happened_on = models.DateField()
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    note = models.TextField()
    state = models.CharField(max_length=20, default="recorded")
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        """In order of time."""

        ordering = ("happened_on", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Judgement(models.Model):
    """What one scorer says of a judged criterion: the stage reached and why. Two scorers must agree, or the office decides."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="judgements")
    criterion = models.CharField(max_length=260)
    period_end = models.DateField()
    stage = models.CharField(max_length=60)
    reason = models.TextField()
    scorer = models.CharField(max_length=150)
    at = models.DateTimeField()
    is_decision = models.BooleanField(default=False)

    class Meta:
        """One voice a scorer."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["subject", "criterion", "period_end", "scorer"], name="assessments_judgement_once"),
        )

    def __str__(self) -> str:
        return f"{self.criterion} {self.stage}"


class Decision(models.Model):
    """A recorded decision in place of a figure, with the reason and the clause it rests on.

    `kind`: value, stage, not_applicable (`clause` exempts), no_points, left_open (a part without weight stays outside the mark).
    `state`: standing, withdrawn (`withdrawn_reason`).
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="decisions")
    criterion = models.CharField(max_length=260)
    metric = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    stage = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    clause = models.CharField(max_length=240)
    state = models.CharField(max_length=20, default="standing")
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        """One standing decision a criterion."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "criterion"], condition=models.Q(state="standing"), name="assessments_decision_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion} {self.kind}"


class Run(models.Model):
    """A scoring of a cycle as of a day. `state`: provisional (试算), proposed, reviewed, approved, final, sent_back,
    released (an old provisional one whose scores and inputs were let go of; row and digests stay).

    `inputs_digest` over observations and cases, `digest` over the outcome; a closed year recomputes to the same.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="runs")
    as_at = models.DateField()
    state = models.CharField(max_length=20, default="provisional")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    scheme_digest = models.CharField(max_length=64)
    inputs_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    reviewed_by = models.CharField(max_length=150, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    sent_back_reason = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.as_at} {self.state}"

    @property
    def inputs(self) -> dict[str, Any]:
        """What was scored, from the row beside. One query."""
        content: dict[str, Any] = self.stored.content
        return content


class RunInputs(models.Model):
    """What a run scored. In a table of its own, since it is long and runs are listed on every page."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True, related_name="stored")
    content = models.JSONField()

    def __str__(self) -> str:
        return f"inputs of {self.run_id}"


class Score(models.Model):
    """A subject's result in a run. `low` and `high` differ while something is unknown; ranks are ranges then.

    `sanctions` are ids of those applied, `waits` in words what the total waits for, each once; both repeat `outcome`, which is
    the JSON form of the engine's `Result` without its cells.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scores")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="scores")
    low = models.DecimalField(max_digits=9, decimal_places=4)
    high = models.DecimalField(max_digits=9, decimal_places=4)
    overridden_low = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    adjusted = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    grades = models.JSONField(default=list)
    rank_best = models.PositiveIntegerField(null=True)
    rank_worst = models.PositiveIntegerField(null=True)
    sanctions = models.JSONField(default=list)
    waits = models.JSONField(default=list)
    outcome = models.JSONField()

    class Meta:
        """A subject once in a run."""

        ordering = ("run_id", "id")
        constraints = (models.UniqueConstraint(fields=["run", "subject"], name="assessments_score_once"),)

    def __str__(self) -> str:
        return f"{self.subject_id} {self.low}–{self.high}"


class Cell(models.Model):
    """The score of one criterion for one subject in a run. Its certificate is the stored value that every page renders,
    `digest` the SHA-256 of that. `score` bounds are null where the weight is not set.

    `label` to `waits_for` repeat what tables need of the certificate, so that they read no certificates: the figure in force
    (`standing` reported, verified, decided; empty where there is none), the target in force, and the reasons it waits for.
    """

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="cells")
    criterion = models.CharField(max_length=260)
    parent = models.CharField(max_length=260, blank=True)
    ordinal = models.PositiveIntegerField()
    weight = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    low = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    status = models.CharField(max_length=20)
    label = models.TextField(blank=True)
    metric = models.CharField(max_length=300, blank=True)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    target = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    bound = models.CharField(max_length=4, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    standing = models.CharField(max_length=20, blank=True)
    waits_for = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """In the order of the tree."""

        ordering = ("score_id", "ordinal")
        indexes = (models.Index(fields=["metric"]), models.Index(fields=["score", "ordinal"]))
        constraints = (models.UniqueConstraint(fields=["score", "criterion"], name="assessments_cell_once"),)

    def __str__(self) -> str:
        return f"{self.criterion} {self.low}–{self.high}"

    @property
    def certificate(self) -> dict[str, Any]:
        """The certificate, from the row beside. One query."""
        content: dict[str, Any] = self.stored.content
        return content


class Certificate(models.Model):
    """The certificate of a cell. In a table of its own, since tables read many cells and hardly a certificate."""

    cell = models.OneToOneField(Cell, on_delete=models.CASCADE, primary_key=True, related_name="stored")
    content = models.JSONField()

    def __str__(self) -> str:
        return f"certificate of {self.cell_id}"
