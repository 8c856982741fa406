"""Finds indicator text that was typed again in a scheme file, where it would no longer be the text of the document."""

from collections.abc import Iterator

from taizhang.engines.scoring.expanding.sharing import leaves
from taizhang.engines.scoring.model import Scheme
from taizhang.engines.scoring.scheme_file import SchemeDraft, SchemeProblem, Severity
from taizhang.engines.scoring.scheme_file.problems import CURE, WHAT
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

RUN = 8
_HAN = regex(r"[\u4e00-\u9fff]{8,}")


def retyped(draft: SchemeDraft, scheme: Scheme) -> tuple[SchemeProblem, ...]:
    """One problem a line of the file that holds eight or more Chinese characters in a row of a criterion's own words."""
    known: set[str] = set()
    for tree in scheme.trees.values():
        for leaf in leaves(tree):
            # A part of the scheme itself (第二季度) has its name from the file.
            if leaf.citation is not None and leaf.label in leaf.citation.quote:
                known.update(_runs(leaf.label))
    found: list[SchemeProblem] = []
    for number, line in enumerate(draft.text.splitlines(), 1):
        hit = next((run for run in _runs(line) if run in known), None)
        if hit is not None:
            code, facts = "scheme.text-is-retyped", {"value": hit}
            found.append(
                SchemeProblem(
                    draft.name, "", number, Severity.ERROR, code, Message(WHAT[code], facts), Message(CURE[code], facts)
                )
            )
    return tuple(found)


def _runs(text: str) -> Iterator[str]:
    for stretch in _HAN.findall(text):
        for at in range(len(stretch) - RUN + 1):
            yield stretch[at : at + RUN]
