"""A scheme on its way to a year: the office proposes it with its interpretations, the leading group approves it or sends it back.

It is filled in once, at proposal, from the adopted clauses, and stored with its digest; nothing builds it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Cycle
from taizhang.apps.assessments.models import Scheme as SchemeRow
from taizhang.apps.assessments.refusals import NoSuchRowError
from taizhang.apps.assessments.schemes.source import edition_with, pack_of, source_from
from taizhang.apps.assessments.schemes.stored import scheme_of
from taizhang.apps.assessments.states import SCHEME_STATES
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.backends.scheme_sources import choices_of
from taizhang.engines.scoring import Choice, Scheme, checked_scheme, scheme_digest, scheme_to_json
from taizhang.engines.scoring.expanding import expand
from taizhang.engines.scoring.scheme_file import SchemeDraft, read_scheme


@dataclass(frozen=True, slots=True)
class Changed:
    """Another answer to an interpretation: the value that computations use, the answer in words, and why."""

    id: str
    value: str | int | bool
    answer: str
    reason: str


@operation("assessments.propose_scheme", permission="assessments.propose")
def propose_scheme(*, by: Actor, at: datetime, text: str, name: str, changes: Sequence[Changed] = ()) -> SchemeRow:
    """Fill in a scheme file from the adopted clauses and put it before the leading group. A proposal that waits is replaced.

    `changes` are the answers that differ from the pack's. Raises `SchemeHasProblemsError`, `SchemeSourceIsMissingError`,
    `ChoiceIsUnknownError`, `ChoiceIsNotAnOptionError`, `ReasonIsMissingError`, `CycleIsOpenAlreadyError`,
    `SchemeIsUnchangedError`.
    """
    scheme = filled_in(text, name, changes)
    begun = Cycle.objects.filter(scheme__code=scheme.id, year=scheme.year, parent=None).first()
    if begun is not None:
        raise errors.CycleIsOpenAlreadyError(owner=begun.owner, scheme=scheme.title, year=scheme.year, slug=begun.slug)
    rows = list(SchemeRow.objects.select_for_update().filter(code=scheme.id).order_by("pk"))
    digest = scheme_digest(scheme)
    for row in rows:
        same = scheme_digest(replace(scheme_of(row), version=scheme.version)) == digest
        if same and row.state in ("proposed", "approved"):
            raise errors.SchemeIsUnchangedError(scheme=scheme.title, other=f"{row}（{SCHEME_STATES[row.state]}）")
    taken = {row.version for row in rows}
    count = len(rows)
    while scheme.version in taken:
        count += 1
        scheme = replace(scheme, version=f"{scheme.version.partition('+')[0]}+{count}")
    waiting = [row.pk for row in rows if row.state == "proposed" and row.year == scheme.year]
    SchemeRow.objects.filter(pk__in=waiting).update(state="superseded")
    try:
        with transaction.atomic():
            made = SchemeRow.objects.create(
                code=scheme.id, version=scheme.version, title=scheme.title[:200], document=scheme.document, year=scheme.year,
                text=text, content=scheme_to_json(scheme), digest=scheme_digest(scheme), proposed_by=by.ident, proposed_at=at,
            )  # fmt: skip
    except IntegrityError as error:  # somebody proposed the first version at the same instant
        raise errors.SchemeIsUnchangedError(scheme=scheme.title, other=scheme.version) from error
    after = {
        "version": made.version, "digest": made.digest, "document": made.document, "replaces": waiting,
        "changes": [{"id": each.id, "value": each.value, "answer": each.answer, "reason": each.reason} for each in changes],
    }  # fmt: skip
    record(by=by, at=at, operation="assessments.propose_scheme", subject=f"scheme:{made.code}/{made.version}", after=after)
    return made


def filled_in(text: str, name: str, changes: Sequence[Changed] = ()) -> Scheme:
    """The scheme of a file with everything filled in. Raises what `propose_scheme` raises for the file."""
    reading = read_scheme(text, name)
    if reading.draft is None:
        raise errors.SchemeHasProblemsError(scheme=name, count=len(reading.errors), first=str(reading.errors[0].message))
    draft: SchemeDraft = reading.draft
    edition = edition_with(draft.document, name)
    pack = pack_of(edition)
    expansion = expand(draft, source_from(edition, pack), _answered(choices_of(pack), changes, name))
    if expansion.scheme is None:
        raise errors.SchemeHasProblemsError(scheme=name, count=len(expansion.errors), first=str(expansion.errors[0].message))
    checked_scheme(expansion.scheme)
    return expansion.scheme


def _answered(choices: tuple[Choice, ...], changes: Sequence[Changed], name: str) -> tuple[Choice, ...]:
    known = {choice.id: choice for choice in choices}
    for each in changes:
        choice = known.get(each.id)
        if choice is None:
            raise errors.ChoiceIsUnknownError(scheme=name, choice=each.id, known="、".join(known))
        if choice.options and str(each.value) not in choice.options:
            raise errors.ChoiceIsNotAnOptionError(choice=choice.question, value=each.value, known="、".join(choice.options))
        if not each.reason.strip() or not each.answer.strip():
            raise errors.ReasonIsMissingError(act=f"改动解释“{choice.question}”")
        known[each.id] = replace(choice, value=each.value, answer=each.answer.strip(), reason=each.reason.strip())
    return tuple(known.values())


@operation("assessments.approve_scheme", permission="assessments.approve")
def approve_scheme(*, by: Actor, at: datetime, scheme: int) -> SchemeRow:
    """The leading group approves a proposed scheme with its interpretations; the approved version before it is superseded.

    Raises `SchemeIsDecidedError`, `ProposerMayNotApproveError`.
    """
    row = _proposed(scheme, by)
    older = SchemeRow.objects.filter(code=row.code, year=row.year, state="approved", cycles=None).exclude(pk=row.pk)
    replaced = list(older.values_list("version", flat=True))
    older.update(state="superseded")
    row.state, row.approved_by, row.approved_at = "approved", by.ident, at
    row.save(update_fields=["state", "approved_by", "approved_at"])
    after = {"digest": row.digest, "replaces": replaced}
    _record(by, at, "assessments.approve_scheme", row, after)
    return row


@operation("assessments.return_scheme", permission="assessments.approve")
def return_scheme(*, by: Actor, at: datetime, scheme: int, reason: str) -> SchemeRow:
    """The leading group sends a proposed scheme back. Raises `ReasonIsMissingError` and what `approve_scheme` raises."""
    row = _proposed(scheme, by)
    if not reason.strip():
        raise errors.ReasonIsMissingError(act="退回方案")
    row.state, row.approved_by, row.approved_at, row.returned_reason = "returned", by.ident, at, reason.strip()
    row.save(update_fields=["state", "approved_by", "approved_at", "returned_reason"])
    _record(by, at, "assessments.return_scheme", row, {"reason": row.returned_reason})
    return row


def _proposed(pk: int, by: Actor) -> SchemeRow:
    row: SchemeRow | None = SchemeRow.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise NoSuchRowError(what="这个考核方案", key=pk)
    if row.state != "proposed":
        raise errors.SchemeIsDecidedError(scheme=str(row), other=row.approved_by, state=SCHEME_STATES[row.state])
    if row.proposed_by == by.ident:
        raise errors.ProposerMayNotApproveError(what=row.title, by=by.ident)
    return row


def _record(by: Actor, at: datetime, code: str, row: SchemeRow, after: dict[str, object]) -> None:
    subject = f"scheme:{row.code}/{row.version}"
    record(by=by, at=at, operation=code, subject=subject, before={"state": "proposed"}, after=after)
