"""Packs of localities: text of a pack's files to a validated pack, or to what is wrong with it."""

from taizhang.engines.packs.issue_checks import check_against_issue, cite
from taizhang.engines.packs.model import (
    Area,
    AreaKind,
    DocumentCode,
    Interpretation,
    Pack,
    PackProblem,
    PackReading,
    Place,
    ProblemSeverity,
)
from taizhang.engines.packs.reading import read_pack
from taizhang.engines.packs.schema import FILES, documented_keys

__all__ = [
    "FILES",
    "Area",
    "AreaKind",
    "DocumentCode",
    "Interpretation",
    "Pack",
    "PackProblem",
    "PackReading",
    "Place",
    "ProblemSeverity",
    "check_against_issue",
    "cite",
    "documented_keys",
    "read_pack",
]
