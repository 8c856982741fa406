"""Sources and the editions read from them, down to the clause. An adopted edition is never parsed again."""

from django.db import models


def newest_first(edition: str = "") -> tuple[models.OrderBy, ...]:
    """Order of rows by their edition, which stands at the end of the path `edition` (empty: rows are editions themselves).

    What has no year or number comes after what has: the databases do not agree where it would stand by itself.
    """
    lead = f"{edition}__" if edition else ""
    year, number = models.F(f"{lead}year"), models.F(f"{lead}number")
    return year.desc(nulls_last=True), number.desc(nulls_last=True)


class Source(models.Model):
    """A file as it was handed in. `text` is its decoded text with no newline translation; spans count in it."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    media = models.CharField(max_length=10)
    encoding = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField()
    text = models.TextField()
    handed_in_by = models.CharField(max_length=150)
    handed_in_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """Where an edition stands."""

    READING = "reading", "正在读"
    PROPOSED = "proposed", "待审核"
    ADOPTED = "adopted", "已采纳"
    SUPERSEDED = "superseded", "已被替换"
    REFUSED = "refused", "未采纳"
    FAILED = "failed", "读取失败"


class Edition(models.Model):
    """One reading of a source by one version of the parser: a proposal, and once adopted the issue itself.

    `slug` is its stable address among adopted editions (2025-3). `progress` counts documents written, `expected` all of them.
    `frame` holds what stands outside the documents: the lines of masthead and contents, and page furniture.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="editions")
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    pack = models.CharField(max_length=255, blank=True)
    parser_version = models.PositiveIntegerField(default=0)
    slug = models.CharField(max_length=60, blank=True, db_index=True)
    title = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    total_number = models.PositiveIntegerField(null=True)
    published_on = models.DateField(null=True)
    publisher = models.CharField(max_length=120, blank=True)
    masthead = models.JSONField(default=dict)
    progress = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    agreeing = models.JSONField(default=list)
    diagnostics = models.JSONField(default=list)
    frame = models.JSONField(default=dict)

    class Meta:
        """At most one adopted edition per address."""

        ordering = (*newest_first(), "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(state="adopted"), name="gazettes_one_adopted_edition_per_slug"
            ),
        )

    def __str__(self) -> str:
        return self.slug or f"{self.source_id}/{self.pk}"


class Document(models.Model):
    """A document of an edition. `ident` is the reader's id, `slug` its address (三政〔2017〕29号, or issue-doc-N).

    `printed` says where title and number stand in the source, and the parts of the number.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="documents")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    ordinal = models.PositiveIntegerField()
    ident = models.CharField(max_length=200)
    slug = models.CharField(max_length=220, db_index=True)
    role = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, blank=True)
    title = models.TextField(blank=True)
    number = models.CharField(max_length=80, blank=True, db_index=True)
    issuers = models.JSONField(default=list)
    addressees = models.JSONField(default=list)
    issued_on = models.DateField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    printed = models.JSONField(default=dict)

    class Meta:
        """In printed order."""

        ordering = ("edition_id", "ordinal")

    def __str__(self) -> str:
        return self.title


class Clause(models.Model):
    """A clause. `text` is its reading without number, which is `value`; `heading_length` characters of it are the heading.

    `runs` are [offset in text, offset in source] pairs that lead each character back to print. `path` sorts in printed order.
    A clause that a review split keeps its span; the parts stand under eIds with a letter (item_3-a).
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    ordinal = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField()
    eid = models.CharField(max_length=240)
    kind = models.CharField(max_length=20)
    num = models.TextField(blank=True)
    value = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)
    heading_length = models.PositiveIntegerField(default=0)
    runs = models.JSONField(default=list)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    own_start = models.PositiveIntegerField()
    own_end = models.PositiveIntegerField()
    table = models.JSONField(null=True)

    class Meta:
        """In printed order; eIds are unique in a document."""

        ordering = ("document_id", "ordinal")
        indexes = (models.Index(fields=["document", "ordinal"], name="gazettes_clause_in_order"),)
        constraints = (models.UniqueConstraint(fields=["document", "eid"], name="gazettes_clause_eid_once"),)

    def __str__(self) -> str:
        return self.eid

    @property
    def heading(self) -> str:
        """Heading text, empty if none."""
        return self.text[: self.heading_length]

    @property
    def body(self) -> str:
        """Own words after the heading."""
        return self.text[self.heading_length :]


class Disposition(models.TextChoices):
    """What the office made of a finding."""

    OPEN = "open", "未处理"
    ACCEPTED = "accepted", "保留原文"
    DEFERRED = "deferred", "暂缓"
    ERRATUM = "erratum", "已勘误"


class Finding(models.Model):
    """A proof finding of an edition; `spans` are [start, end] pairs in the source, `quote` the words of the first.

    `message` and `advice` are Chinese; `wording` holds the template and facts of each, from which a page says it in another
    language. It is empty for findings stored before it was kept. `carried_from` is the same finding of an earlier reading of the
    issue, whose disposition was taken over with its reason, who decided and when.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="findings")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="findings")
    ordinal = models.PositiveIntegerField()
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    consequence = models.CharField(max_length=20, blank=True)
    eid = models.CharField(max_length=240, blank=True)
    message = models.TextField()
    advice = models.TextField(blank=True)
    wording = models.JSONField(default=dict, blank=True)
    declared = models.CharField(max_length=300, blank=True)
    computed = models.CharField(max_length=300, blank=True)
    quote = models.TextField(blank=True)
    spans = models.JSONField(default=list)
    disposition = models.CharField(max_length=12, choices=Disposition, default=Disposition.OPEN)
    reason = models.TextField(blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """In printed order."""

        ordering = ("edition_id", "ordinal")

    def __str__(self) -> str:
        return f"{self.rule} {self.quote[:20]}"


class Erratum(models.Model):
    """A correction with the printed reading beside it; numbered once published. The source text never changes.

    `field`: text, value, unit, body, points, structure. `target` names a measure or duty where the field is one of those, `meant`
    the id of the body that a duty means. What is made in a proposal is published when that is adopted; what is proposed for an
    adopted edition, once `confirmed_by` somebody else. `carried_from` is the same erratum, with the same number, of an earlier
    reading of the issue. `repeats` is the correction of an earlier reading that this one of a proposal makes again, as its maker
    made it. `structure` says what was done to clauses: `act` split or merge, and `at` which character of `printed`.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="errata")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="errata")
    eid = models.CharField(max_length=240)
    target = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=20)
    printed = models.TextField()
    corrected = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.TextField()
    finding = models.ForeignKey(Finding, on_delete=models.SET_NULL, null=True, related_name="errata")
    number = models.PositiveIntegerField(null=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    meant = models.CharField(max_length=100, blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)
    carried_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="carried_to")
    repeats = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="repeated_by")
    structure = models.JSONField(default=dict, blank=True)

    class Meta:
        """Newest number first; a number is given once, and kept from reading to reading."""

        ordering = (models.F("number").desc(nulls_last=True), "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(carried_from=None), name="gazettes_erratum_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.eid} {self.printed} → {self.corrected}"


class Interpretation(models.Model):
    """Where the text is silent or contradicts itself: question, answer, why, and who may change it. From a pack.

    `place` is the clause as the pack names it. `slug` and `eid` are where its quoted words were found among adopted documents;
    empty while they were not.
    """

    pack = models.CharField(max_length=60)
    code = models.CharField(max_length=80)
    document_number = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=120, blank=True)
    slug = models.CharField(max_length=220, blank=True, db_index=True)
    eid = models.CharField(max_length=240, blank=True)
    quote = models.TextField(blank=True)
    question = models.TextField()
    answer = models.TextField()
    why = models.TextField()
    may_change = models.CharField(max_length=120)
    is_on = models.BooleanField(default=True)

    class Meta:
        """A code once in a pack."""

        ordering = ("pack", "code")
        constraints = (models.UniqueConstraint(fields=["pack", "code"], name="gazettes_interpretation_once"),)

    def __str__(self) -> str:
        return self.code
