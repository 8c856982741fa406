"""The way of an issue into the database: handed in, read in a background task, waiting for review.

One transaction holds everything that reading writes, so a killed process leaves nothing half done; run again, the same result.
"""

import hashlib
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django_tasks import task

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import operations as gazettes
from taizhang.apps.gazettes.errors import NothingToCarryError
from taizhang.apps.gazettes.models import Edition, State
from taizhang.apps.gazettes.storing import store_findings, store_issue
from taizhang.apps.ledger.operations import Actor, NotPermittedError
from taizhang.apps.organisations.models import Body
from taizhang.apps.organisations.storing import known_bodies, store_registry
from taizhang.apps.targets.storing import TargetsStore
from taizhang.backends.pack_files import open_pack
from taizhang.engines.gazette import PARSER_VERSION, Issue, read_issue
from taizhang.engines.proof import RULES, proofread
from taizhang.engines.registry import Registry, read_registry
from taizhang.engines.targets import TargetsReading, read_targets
from taizhang.kernel.errors import TaizhangError


def hand_in(*, by: Actor, at: datetime, data: bytes, name: str, pack: str, limit: int) -> Edition:
    """Propose a file and have it read after the transaction. What `gazettes.propose` refuses is refused here."""
    edition: Edition = gazettes.propose(by=by, at=at, data=data, name=name, pack=pack, limit=limit)
    transaction.on_commit(lambda: read_in_background.enqueue(edition.pk))
    return edition


def read_again(*, by: Actor, at: datetime, edition: int) -> Edition:
    """Propose the file of an edition once more and have it read. What `gazettes.reread` refuses is refused here."""
    fresh: Edition = gazettes.reread(by=by, at=at, edition=edition)
    transaction.on_commit(lambda: read_in_background.enqueue(fresh.pk))
    return fresh


@task()
def read_in_background(edition: int) -> None:
    """Read a proposed edition. An edition that is not waiting to be read is left alone, so running twice is safe.

    What is refused on the way (a pack that cannot be used) is written on the edition, so that nobody waits for ever.
    """
    try:
        read_edition(edition)
    except TaizhangError as refused:
        Edition.objects.filter(pk=edition, state=State.READING).update(state=State.FAILED, failure=str(refused))


def read_edition(pk: int) -> Edition:
    """Parse, find targets, proof-read and store; the edition then waits for review, or says why it failed."""
    edition = Edition.objects.select_related("source").get(pk=pk)
    if edition.state != State.READING:
        return edition
    issue = read_issue(edition.source.text)
    _progress(edition, 1)
    targets = read_targets(issue)
    _progress(edition, 2)
    pack = open_pack(edition.pack) if edition.pack else None
    registry = read_registry(issue, known_bodies(pack.bodies) if pack else (), pack.place.name if pack else "")
    proof = proofread(issue, targets, registry=registry)
    _progress(edition, 3)
    with transaction.atomic():
        edition = Edition.objects.select_for_update().select_related("source").get(pk=pk)
        if edition.state != State.READING:
            return edition
        if not issue.documents:
            edition.state, edition.failure = State.FAILED, "没有读出任何文件：请检查文件是否为空，或只有图片"
            edition.save(update_fields=["state", "failure"])
            return edition
        stored = store_issue(edition, issue)
        bodies = store_registry(registry)
        TargetsStore(edition, stored, _resolved(issue, targets, registry, bodies)).store(targets)
        concerns = {rule.info.id: rule.info.concern.value for rule in RULES}
        store_findings(edition, stored, proof.findings, proof.agreeing, concerns)
        edition.state, edition.progress = State.PROPOSED, edition.expected
        edition.save(update_fields=["state", "progress"])
        _carry_review(edition)
    return edition


def _carry_review(edition: Edition) -> None:
    """As whoever proposed, at that instant: what earlier reviews decided is part of the proposal, whenever it is read.

    Where they may not propose any more it waits for somebody who may, or for the adoption.
    """
    proposer = User.objects.filter(username=edition.proposed_by).first()
    if proposer is not None:
        with suppress(NothingToCarryError, NotPermittedError):
            gazettes.carry_review(by=proposer, at=edition.proposed_at, edition=edition.pk)


def read_waiting() -> int:
    """Read every edition that waits to be read, such as one whose reader was killed; how many. Safe beside another reader."""
    waiting = list(Edition.objects.filter(state=State.READING).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        read_edition(pk)
    return len(waiting)


def handed_in(data: bytes) -> Edition | None:
    """The edition that this parser has made or will make of the same bytes, unless it was refused, failed or was replaced."""
    live = (State.READING, State.PROPOSED, State.ADOPTED)
    same = Edition.objects.filter(source__sha256=hashlib.sha256(data).hexdigest(), parser_version=PARSER_VERSION)
    return same.filter(state__in=live).order_by("-pk").first()


def _progress(edition: Edition, done: int) -> None:
    Edition.objects.filter(pk=edition.pk, state=State.READING).update(progress=done)


def _resolved(issue: Issue, targets: TargetsReading, registry: Registry, rows: dict[str, Body]) -> dict[str, Body]:
    """Bodies by printed name, where a name means exactly one body on its document's day; the rest stays open."""
    days = {document.id: document.issued_on for document in issue.walk_documents()}
    names: dict[str, str] = {sheet.unit: sheet.document for sheet in targets.sheets}
    for clause in targets.clauses:
        for name in (*clause.units.lead, *clause.units.support, *clause.units.responsible):
            names.setdefault(name, clause.document)
    out = {}
    for name, document in names.items():
        day = days.get(document) or days.get(document.partition("!")[0])
        one = registry.resolve(name, day).one
        if one is not None and str(one.body.id) in rows:
            out[name] = rows[str(one.body.id)]
    return out
