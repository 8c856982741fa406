"""What the tests of rules share: an invented text in, findings out."""

from datetime import date

from taizhang.engines.gazette import read_issue
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Agreement, Finding
from taizhang.engines.proof.rule import Rule
from taizhang.engines.registry.index import Registry
from taizhang.engines.targets import read_targets


def context_of(text: str, *, registry: Registry | None = None, on: date | None = None) -> ProofContext:
    issue = read_issue(text)
    return ProofContext(issue, read_targets(issue), registry, on)


def findings_of(rule: Rule, text: str, *, registry: Registry | None = None, on: date | None = None) -> list[Finding]:
    """Findings of one rule, in the order it says them."""
    return [o for o in rule(context_of(text, registry=registry, on=on)) if isinstance(o, Finding)]


def agreements_of(rule: Rule, text: str) -> list[Agreement]:
    return [o for o in rule(context_of(text)) if isinstance(o, Agreement)]


def quotes(findings: list[Finding], text: str) -> list[str]:
    """The words of each finding's first span, white space dropped."""
    return ["".join(text[f.spans[0].start : f.spans[0].end].split()) for f in findings]
