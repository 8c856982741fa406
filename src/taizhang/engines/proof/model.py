"""What a proof-reading rule says: a finding with its words, or that a sum agrees."""

from dataclasses import dataclass
from enum import StrEnum

from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span


class Severity(StrEnum):
    """error: wrong in print; warning: doubtful, someone must look; note: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect or doubt.

    `rule` is the id of the rule (`points.group-sum`). `spans` point at the exact words, the place to mend first. `declared`
    is what the text prints, `computed` what follows from the rest of it. `advice` tells an editor what to do.
    `eid` and `document` name the clause; None where the place is not in a clause.
    """

    rule: str
    severity: Severity
    message: Message
    advice: Message
    spans: tuple[Span, ...]
    declared: str | None = None
    computed: str | None = None
    document: str | None = None
    eid: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A check that came out right, with the figures it compared."""

    rule: str
    message: Message
    spans: tuple[Span, ...]
    value: str
