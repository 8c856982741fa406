"""Handing in, correcting, disposing of findings, adopting and refusing. An adopted edition is frozen."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from taizhang.apps.gazettes import errors
from taizhang.apps.gazettes.carrying import Carried, carry, dispose, plan, take_over
from taizhang.apps.gazettes.interpreting import sync_interpretations
from taizhang.apps.gazettes.models import Clause, Disposition, Edition, Erratum, Finding, Source, State
from taizhang.apps.gazettes.queries import corrections_by, source_place
from taizhang.apps.gazettes.repeating import Decided, Repeated, earlier, plan_findings, repeat_review, told
from taizhang.apps.gazettes.structure import MERGE, SPLIT, merge_rows, sibling_before, split_rows
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.backends.pack_files import open_pack
from taizhang.engines.gazette import PARSER_VERSION
from taizhang.engines.readers import read_bytes


def subject(edition: Edition) -> str:
    """How the ledger names an edition."""
    return f"edition:{edition.pk}"


@operation("gazettes.propose", permission="gazettes.propose")
def propose(*, by: Actor, at: datetime, data: bytes, name: str, pack: str, limit: int) -> Edition:
    """Hand in a file: its text is decoded and kept, and an edition waits to be read.

    Raises the readers' errors for what is not a readable file, `FileIsTooLargeError`, `AlreadyHandedInError`.
    """
    if len(data) > limit:
        raise errors.FileIsTooLargeError(name=name, size=len(data), limit=limit)
    read = read_bytes(data, name=name)
    source, _ = Source.objects.get_or_create(
        sha256=read.sha256,
        defaults={
            "name": name[:255], "media": read.media.value, "encoding": read.encoding or "", "size": len(data),
            "text": read.text, "handed_in_by": by.ident, "handed_in_at": at,
        },
    )  # fmt: skip
    edition = _new_edition(by, at, source, pack)
    after = {"name": name, "sha256": read.sha256, "parser_version": PARSER_VERSION}
    record(by=by, at=at, operation="gazettes.propose", subject=subject(edition), after=after)
    return edition


@operation("gazettes.reread", permission="gazettes.propose")
def reread(*, by: Actor, at: datetime, edition: int) -> Edition:
    """Propose the file of an edition once more, to be read by the parser as it now is. The edition itself stays as it is.

    Raises `AlreadyReadByThisParserError` unless the parser changed or the edition was refused or failed, `AlreadyHandedInError`.
    """
    found = Edition.objects.select_for_update().get(pk=edition)
    if found.parser_version >= PARSER_VERSION and found.state not in (State.REFUSED, State.FAILED):
        raise errors.AlreadyReadByThisParserError(edition=edition, version=PARSER_VERSION)
    fresh = _new_edition(by, at, found.source, found.pack)
    after = {"rereads": edition, "sha256": found.source.sha256, "parser_version": PARSER_VERSION}
    record(by=by, at=at, operation="gazettes.reread", subject=subject(fresh), after=after)
    return fresh


def _new_edition(by: Actor, at: datetime, source: Source, pack: str) -> Edition:
    live = source.editions.filter(parser_version=PARSER_VERSION, state__in=[State.READING, State.PROPOSED, State.ADOPTED]).first()
    if live is not None:
        raise errors.AlreadyHandedInError(sha256=source.sha256, state=live.get_state_display())
    return Edition.objects.create(
        source=source, pack=pack, parser_version=PARSER_VERSION, proposed_by=by.ident, proposed_at=at, expected=4
    )


def open_edition(pk: int) -> Edition:
    """The edition, locked, if it may still be corrected or decided. Raises `EditionIsNotOpenError`."""
    edition = Edition.objects.select_for_update().get(pk=pk)
    if edition.state != State.PROPOSED:
        raise errors.EditionIsNotOpenError(edition=pk, state=edition.get_state_display())
    return edition


def correctable(pk: int) -> Edition:
    """The edition, locked, if readings of it may be corrected: a proposal at once, an adopted edition by an erratum that waits.

    Raises `EditionIsNotOpenError`.
    """
    edition = Edition.objects.select_for_update().get(pk=pk)
    if edition.state not in (State.PROPOSED, State.ADOPTED):
        raise errors.EditionIsNotOpenError(edition=pk, state=edition.get_state_display())
    return edition


def clause_of(edition: Edition, document: str, eid: str) -> Clause:
    """A clause of an edition by document id and eId. Raises `ClauseIsMissingError`."""
    clause = (
        Clause.objects.filter(document__edition=edition, document__ident=document, eid=eid).select_related("document").first()
    )
    if clause is None:
        raise errors.ClauseIsMissingError(document=document, eid=eid)
    return clause


def offset_of(clause: Clause, words: str) -> int:
    """Where a clause prints `words`. Raises `WordsAreNotThereError`, `WordsAreThereTwiceError`."""
    times = clause.text.count(words) if words else 0
    if times == 0:
        raise errors.WordsAreNotThereError(eid=clause.eid, words=words)
    if times > 1:
        raise errors.WordsAreThereTwiceError(eid=clause.eid, words=words, count=times)
    return clause.text.find(words)


@operation("gazettes.split_clause", permission="gazettes.correct")
def split_clause(
    *, by: Actor, at: datetime, edition: int, document: str, eid: str, offset: int, reason: str
) -> tuple[Clause, Clause]:
    """Part a clause before character `offset` of its words. The first part keeps the eId, the second gets it with `-b`.

    Raises `CannotSplitHereError`, `ReasonIsMissingError`, `EditionIsNotOpenError`.
    """
    found = open_edition(edition)
    clause = clause_of(found, document, eid)
    with_reason(reason, "拆分条款")
    if not 0 < offset < len(clause.text):
        raise errors.CannotSplitHereError(eid=eid, length=len(clause.text), offset=offset)
    before = clause.text
    second = split_rows(clause, offset)
    erratum = new_erratum(by, at, found, clause, "structure", before, f"{clause.text}／{second.text}", reason)
    erratum.structure = {"act": SPLIT, "at": offset}
    erratum.save(update_fields=["structure"])
    record_correction(by, at, found, erratum)
    return clause, second


@operation("gazettes.merge_clause", permission="gazettes.correct")
def merge_clause(*, by: Actor, at: datetime, edition: int, document: str, eid: str, reason: str) -> Clause:
    """Join a clause to the sibling before it. Raises `CannotMergeError` where that has children or there is none."""
    found = open_edition(edition)
    clause = clause_of(found, document, eid)
    with_reason(reason, "合并条款")
    first = sibling_before(clause)
    printed = f"{first.num}{first.text}／{clause.num}{clause.text}"
    length = len(first.num) + len(first.text)
    merge_rows(first, clause)
    erratum = new_erratum(by, at, found, first, "structure", printed, first.text, reason)
    erratum.structure = {"act": MERGE, "at": length}
    erratum.save(update_fields=["structure"])
    record_correction(by, at, found, erratum)
    return first


@operation("gazettes.correct_text", permission="gazettes.correct")
def correct_text(
    *,
    by: Actor,
    at: datetime,
    edition: int,
    document: str,
    eid: str,
    printed: str,
    corrected: str,
    reason: str,
    finding: int | None = None,
) -> Erratum:
    """Put a corrected reading beside printed words of a clause. The clause keeps its printed text.

    In an adopted edition it is a proposal until somebody else confirms it. Raises `WordsAreNotThereError` and
    `WordsAreThereTwiceError` where the clause does not print `printed` once, `ErratumWaitsError` where one waits for the words.
    """
    found = correctable(edition)
    clause = clause_of(found, document, eid)
    with_reason(reason, "勘误")
    place = offset_of(clause, printed)
    if printed == corrected:
        raise errors.NothingChangesError(printed=printed)
    none_waits(found, document=clause.document, eid=eid, field="text", printed=printed)
    erratum = new_erratum(by, at, found, clause, "text", printed, corrected, reason)
    erratum.start, erratum.end = source_place(clause, place), source_place(clause, place + len(printed) - 1) + 1
    if finding is not None:
        about = Finding.objects.get(pk=finding, edition=found)
        erratum.finding = about
    erratum.save()
    if found.state == State.PROPOSED:
        take_over(erratum, by.ident, at)
    record_correction(by, at, found, erratum)
    return erratum


@operation("gazettes.dispose_finding", permission="gazettes.dispose")
def dispose_finding(*, by: Actor, at: datetime, finding: int, disposition: str, reason: str = "") -> Finding:
    """Accept a finding as printed (with a reason), defer it, or open it again, in a proposed or adopted edition."""
    found = Finding.objects.select_for_update().select_related("edition").get(pk=finding)
    if found.edition.state not in (State.PROPOSED, State.ADOPTED):
        raise errors.EditionIsNotOpenError(edition=found.edition_id, state=found.edition.get_state_display())
    chosen = Disposition(disposition)
    if chosen == Disposition.ACCEPTED:
        with_reason(reason, "保留原文")
    before = {"disposition": found.disposition, "reason": found.reason}
    dispose(found, chosen, reason, by.ident, at)
    after = {"disposition": found.disposition, "reason": reason, "rule": found.rule}
    record(by=by, at=at, operation="gazettes.dispose_finding", subject=subject(found.edition), before=before, after=after)
    return found


@operation("gazettes.carry_review", permission="gazettes.propose")
def carry_review(*, by: Actor, at: datetime, edition: int) -> list[Repeated]:
    """Do in a proposal again what was decided in earlier readings of its issue: clauses split and joined, corrections of an
    earlier proposal, findings accepted or deferred. Each keeps who decided it and when; what is done is not done twice.

    Raises `EditionIsNotOpenError`, `NothingToCarryError` where no earlier reading was worked on.
    """
    found = open_edition(edition)
    done = [one for old in earlier(found) if not (one := repeat_review(old, found)).is_empty]
    if not done:
        raise errors.NothingToCarryError(edition=edition)
    record(by=by, at=at, operation="gazettes.carry_review", subject=subject(found), after=told(done))
    return done


@operation("gazettes.adopt", permission="gazettes.adopt")
def adopt(*, by: Actor, at: datetime, edition: int) -> Edition:
    """Freeze a proposed edition; the one adopted before under the same address is superseded, and errata get their numbers.

    Raises `ProposerMayNotAdoptError` and `CorrectorMayNotAdoptError` (four eyes: nobody adopts what only they have seen), and
    `DecidedMeanwhileError` where somebody else was first.
    """
    found = Edition.objects.select_for_update().get(pk=edition)
    _undecided(found, edition)
    if found.proposed_by == by.ident:
        raise errors.ProposerMayNotAdoptError(edition=edition, by=by.ident)
    own = corrections_by(found, by.ident)
    if own:
        raise errors.CorrectorMayNotAdoptError(edition=edition, by=by.ident, count=own)
    previous, planned, decided = _frozen(found, by, at)
    if found.pack:
        sync_interpretations(open_pack(found.pack))
    after = {
        "slug": found.slug, "sha256": found.source.sha256, "parser_version": found.parser_version,
        "documents": found.documents.count(), "errata": found.errata.count(), "replaces": previous.pk if previous else None,
    }  # fmt: skip
    if planned:
        after["errata_carried"] = [one.erratum.number for one in planned if not one.why and one.erratum.number]
        after["errata_not_carried"] = [[one.erratum.number, one.why] for one in planned if one.why and one.erratum.number]
    if decided:
        after["findings_carried"] = [one.finding.ordinal for one in decided if not one.why]
        after["findings_not_carried"] = [[one.finding.ordinal, one.why] for one in decided if one.why]
    record(by=by, at=at, operation="gazettes.adopt", subject=subject(found), before={"state": "proposed"}, after=after)
    for heard in AFTER_ADOPTION:
        transaction.on_commit(partial(heard, found.pk), robust=True)
    return found


Frozen = tuple[Edition | None, list[Carried], list[Decided]]


def _frozen(found: Edition, by: Actor, at: datetime) -> Frozen:
    """`_freeze`, once more where another issue took the same numbers at the same instant, since the first adoption of all finds
    nothing to lock. Raises `DecidedMeanwhileError` where the same issue was adopted at the same instant.
    """
    for is_last in (False, True):
        try:
            with transaction.atomic():
                return _freeze(found, by, at)
        except IntegrityError as error:
            other = Edition.objects.filter(slug=found.slug, state=State.ADOPTED).first()
            if other is not None or is_last:
                raise errors.DecidedMeanwhileError(
                    edition=found.pk, other=other.decided_by if other else "", state=State.ADOPTED.label
                ) from error
    raise AssertionError("unreachable")


def _freeze(found: Edition, by: Actor, at: datetime) -> Frozen:
    """Number the errata and change the states, one adoption after another: all adopted editions are locked meanwhile.

    What was decided in the reading that is superseded since this one was read goes on first, so that errata find their clauses;
    errata go on with their numbers before the new ones get theirs.
    """
    previous = next((edition for edition in _lock_adopted() if edition.slug == found.slug), None)
    planned: list[Carried] = []
    waiting: list[Carried] = []
    decided: list[Decided] = []
    if previous is not None:
        repeat_review(previous, found)
        decided = plan_findings(previous, found)
        previous.state = State.SUPERSEDED
        previous.save(update_fields=["state"])
        found.replaces = previous
        planned = plan(previous, found)
        waiting = [one for one in planned if one.erratum.number is None]
        carry((one for one in planned if one.erratum.number is not None), found, by, at)
    for number, erratum in enumerate(found.errata.filter(number=None).order_by("start", "pk"), _last_number() + 1):
        erratum.number, erratum.published_on = number, timezone.localdate(at)
        erratum.save(update_fields=["number", "published_on"])
    carry((one for one in waiting if one.twin is None), found, by, at)
    found.state, found.decided_by, found.decided_at = State.ADOPTED, by.ident, at
    found.save(update_fields=["state", "decided_by", "decided_at", "replaces"])
    return previous, planned, decided


def _lock_adopted() -> list[Edition]:
    """All adopted editions, locked in one order: who gives numbers to errata does it one after another."""
    return list(
        Edition.objects.select_for_update().filter(state=State.ADOPTED).order_by("pk").only("pk", "slug", "state", "source")
    )


def _last_number() -> int:
    return Erratum.objects.aggregate(last=Max("number"))["last"] or 0


@operation("gazettes.confirm_erratum", permission="gazettes.adopt")
def confirm_erratum(*, by: Actor, at: datetime, erratum: int) -> Erratum:
    """Publish an erratum that somebody else proposed for an adopted edition: it gets its number, and its reading counts.

    Raises `ErratumIsNotWaitingError`, `ProposerMayNotConfirmError` (four eyes), `EditionIsNotOpenError` where a newer reading has
    been adopted meanwhile.
    """
    _lock_adopted()
    rows = Erratum.objects.select_for_update(of=("self",)).select_related("document", "edition", "finding")
    found = rows.filter(pk=erratum).first()
    if found is None or found.number is not None or found.edition.state == State.PROPOSED:
        raise errors.ErratumIsNotWaitingError(erratum=erratum)
    if found.edition.state != State.ADOPTED:
        raise errors.EditionIsNotOpenError(edition=found.edition_id, state=found.edition.get_state_display())
    if found.made_by == by.ident:
        raise errors.ProposerMayNotConfirmError(by=by.ident, printed=found.printed, corrected=found.corrected)
    found.number, found.published_on = _last_number() + 1, timezone.localdate(at)
    found.confirmed_by, found.confirmed_at = by.ident, at
    found.save(update_fields=["number", "published_on", "confirmed_by", "confirmed_at"])
    take_over(found, by.ident, at)
    before = {"document": found.document.ident, "eid": found.eid, "printed": found.printed}
    after = {"number": found.number, "field": found.field, "corrected": found.corrected, "proposed_by": found.made_by}
    named = subject(found.edition)
    record(by=by, at=at, operation="gazettes.confirm_erratum", subject=named, before=before, after=after)
    for heard in AFTER_ADOPTION:
        transaction.on_commit(partial(heard, found.edition_id), robust=True)
    return found


@operation("gazettes.load_interpretations", permission="gazettes.adopt")
def load_interpretations(*, by: Actor, at: datetime, pack: str) -> int:
    """Take over the interpretations of the pack in folder `pack` as they now stand. Twice changes nothing. Gives their number."""
    loaded = sync_interpretations(open_pack(pack))
    record(by=by, at=at, operation="gazettes.load_interpretations", subject=f"pack:{pack}", after={"interpretations": loaded})
    return loaded


@operation("gazettes.refuse", permission="gazettes.refuse")
def refuse(*, by: Actor, at: datetime, edition: int, reason: str) -> Edition:
    """Send a proposed edition back; it keeps its rows for the record."""
    found = Edition.objects.select_for_update().get(pk=edition)
    _undecided(found, edition)
    with_reason(reason, "不采纳")
    found.state, found.decided_by, found.decided_at, found.decision_reason = State.REFUSED, by.ident, at, reason
    found.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    record(
        by=by, at=at, operation="gazettes.refuse", subject=subject(found), before={"state": "proposed"}, after={"reason": reason}
    )
    return found


def _undecided(found: Edition, pk: int) -> None:
    if found.state in (State.ADOPTED, State.REFUSED, State.SUPERSEDED):
        raise errors.DecidedMeanwhileError(edition=pk, other=found.decided_by, state=found.get_state_display())
    if found.state != State.PROPOSED:
        raise errors.EditionIsNotOpenError(edition=pk, state=found.get_state_display())


def with_reason(reason: str, act: str) -> None:
    """Refuse an act whose reason is empty. Raises `ReasonIsMissingError`."""
    if not reason.strip():
        raise errors.ReasonIsMissingError(act=act)


def new_erratum(
    by: Actor, at: datetime, edition: Edition, clause: Clause, field: str, printed: str, corrected: str, reason: str
) -> Erratum:
    """A correction of a clause, from its first character to its last; the caller narrows the span."""
    return Erratum.objects.create(
        edition=edition, document=clause.document, eid=clause.eid, field=field, printed=printed, corrected=corrected,
        start=clause.own_start, end=clause.own_end, reason=reason, made_by=by.ident, made_at=at,
    )  # fmt: skip


def none_waits(edition: Edition, **about: Any) -> None:
    """Refuse a second erratum for the same place of an adopted edition while one waits. Raises `ErratumWaitsError`."""
    waiting = edition.errata.filter(number=None, **about).first() if edition.state == State.ADOPTED else None
    if waiting is not None:
        raise errors.ErratumWaitsError(printed=waiting.printed, corrected=waiting.corrected, by=waiting.made_by)


def record_correction(by: Actor, at: datetime, edition: Edition, erratum: Erratum) -> None:
    """Write the ledger for a correction; one of an adopted edition says that it waits for a second person."""
    waits = {"awaits": "gazettes.confirm_erratum"} if edition.state == State.ADOPTED else {}
    record(
        by=by, at=at, operation=f"gazettes.correct.{erratum.field}", subject=subject(edition),
        before={"document": erratum.document.ident, "eid": erratum.eid, "printed": erratum.printed},
        after={"corrected": erratum.corrected, "reason": erratum.reason, **waits},
    )  # fmt: skip


# What other parts do once an adoption, or an erratum of an adopted edition, is committed: (edition). None of them may undo it.
AFTER_ADOPTION: list[Callable[[int], None]] = []
