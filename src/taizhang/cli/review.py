"""Proof-reads one input after another: reads it, runs the rules, sets accepted findings apart."""

from datetime import date
from typing import TYPE_CHECKING

from taizhang import __version__
from taizhang.backends.pack_files import open_pack
from taizhang.cli.acceptances import beside, read_acceptances
from taizhang.cli.sources import Input, Inputs
from taizhang.engines.gazette import Issue, read_issue
from taizhang.engines.proof import RULES, proofread
from taizhang.engines.proof.report.acceptance import review
from taizhang.engines.proof.report.model import FileRead, Report
from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.reading import read_registry
from taizhang.engines.targets import read_targets
from taizhang.kernel.errors import TaizhangError

if TYPE_CHECKING:
    from taizhang.engines.proof.report.acceptance import Acceptance

_RULES = {rule.id: rule.info for rule in RULES}


class Proofreader:
    """Holds what is the same for every input: the pack and an acceptance file named by hand."""

    def __init__(self, pack: str | None, acceptances: str | None, on: date | None) -> None:
        self._on = on
        self._given: tuple[Acceptance, ...] | None = read_acceptances(acceptances) if acceptances else None
        self._pack = open_pack(pack) if pack else None

    def report(self, source: Input, inputs: Inputs) -> Report | None:
        """The report on one input; None where its own acceptance file cannot be used, which has then been said."""
        try:
            accepted = self._acceptances(source)
        except TaizhangError as error:
            inputs.refuse(error, source.name)
            return None
        issue = read_issue(source.text.text)
        reading = proofread(issue, read_targets(issue), registry=self._registry(issue), on=self._on)
        about = FileRead(
            source.name, _uri(source), source.text.sha256, source.text.encoding, source.text.notes, source.text.locators
        )
        return Report(about, issue, review(reading.findings, accepted, issue.source), reading.agreeing, _RULES, __version__)

    def _registry(self, issue: Issue) -> Registry | None:
        """The bodies the pack knows, as the issue leaves them; without a pack the rules go by the text alone."""
        return read_registry(issue, self._pack.bodies, self._pack.place.name) if self._pack else None

    def _acceptances(self, source: Input) -> "tuple[Acceptance, ...]":
        if self._given is not None:
            return self._given
        own = beside(source.path)
        return read_acceptances(own) if own else ()


def _uri(source: Input) -> str:
    from urllib.parse import quote

    if source.path is None:
        return "stdin"
    path = source.path.replace("\\", "/")
    if path.startswith("/"):
        return "file://" + quote(path)
    is_drive = path[1:2] == ":"
    return "file:///" + quote(path, safe="/:") if is_drive else quote(path)
