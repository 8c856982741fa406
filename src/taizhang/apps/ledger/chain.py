"""The hash of an entry, the links between entries, and how both are checked. SHA-256 throughout."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from taizhang.apps.ledger.models import Entry, Seal

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: the bytes that are hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def digest_of(entry: Entry) -> str:
    """SHA-256 of everything the entry says; the instant to the microsecond in UTC."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts = [at, entry.by, entry.for_body, entry.operation, entry.subject, entry.before, entry.after]
    return hashlib.sha256(canonical(facts)).hexdigest()


def link(previous: str, digest: str) -> str:
    """Head after an entry: SHA-256 of the previous head and the entry's digest."""
    return hashlib.sha256(f"{previous}{digest}".encode("ascii")).hexdigest()


def seal_pending(*, at: datetime, most: int = 10_000) -> int:
    """Link entries that are not yet sealed, in order of their ids; how many. Safe to run twice and at the same time.

    Writers never wait for it: it locks the last seal only.
    """
    with transaction.atomic():
        last = Seal.objects.select_for_update().order_by("-sequence").first()
        sequence, head = (last.sequence, last.head) if last else (0, GENESIS)
        pending = Entry.objects.filter(seal__isnull=True).order_by("id")[:most]
        seals = []
        for entry in pending:
            sequence, head = sequence + 1, link(head, entry.digest)
            seals.append(Seal(sequence=sequence, entry=entry, head=head, sealed_at=at))
        Seal.objects.bulk_create(seals)
    return len(seals)


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the ledger is not what it was: `sequence` of the seal, or None for an entry not yet sealed."""

    sequence: int | None
    entry: int
    reason: str  # digest, head, gap, anchor


def verify(anchor: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Every fault of the chain. `anchor` is (sequence, head) as printed on a notice; a different head there is a fault."""
    head, expected = GENESIS, 1
    for seal in Seal.objects.select_related("entry").order_by("sequence").iterator():
        if seal.sequence != expected:
            yield Fault(seal.sequence, seal.entry_id, "gap")
        if digest_of(seal.entry) != seal.entry.digest:
            yield Fault(seal.sequence, seal.entry_id, "digest")
        head = link(head, seal.entry.digest)
        if head != seal.head:
            yield Fault(seal.sequence, seal.entry_id, "head")
            head = seal.head
        if anchor and seal.sequence == anchor[0] and seal.head != anchor[1]:
            yield Fault(seal.sequence, seal.entry_id, "anchor")
        expected = seal.sequence + 1
    if anchor and anchor[0] >= expected:
        yield Fault(anchor[0], 0, "anchor")
    for entry in Entry.objects.filter(seal__isnull=True).order_by("id").iterator():
        if digest_of(entry) != entry.digest:
            yield Fault(None, entry.pk, "digest")
