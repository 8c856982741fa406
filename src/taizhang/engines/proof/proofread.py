"""Runs every rule over an issue and puts what they say in printed order."""

from dataclasses import dataclass, replace
from datetime import date

from taizhang.engines.gazette.model import Issue
from taizhang.engines.proof import figures, names, sheets, tables, words
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Agreement, Finding, Severity
from taizhang.engines.proof.rule import Rule
from taizhang.engines.registry.index import Registry
from taizhang.engines.targets.model import TargetsReading
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

RULES: tuple[Rule, ...] = (*figures.RULES, *names.RULES, *sheets.RULES, *tables.RULES, *words.RULES)
STOPPED = "proof.rule-stopped"
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class ProofReading:
    """What all rules said, each list in printed order."""

    findings: tuple[Finding, ...]
    agreeing: tuple[Agreement, ...]


def proofread(
    issue: Issue,
    targets: TargetsReading,
    *,
    registry: Registry | None = None,
    on: date | None = None,
    rules: tuple[Rule, ...] = RULES,
) -> ProofReading:
    """Run `rules` over an issue. `on` is the date to use for a text that prints none.

    Rules are total. Should one fail all the same, the others still run and the failure is itself a finding
    (`proof.rule-stopped`), so that nobody takes the silence for agreement.
    """
    context = ProofContext(issue, targets, registry, on)
    findings: list[Finding] = []
    agreeing: list[Agreement] = []
    for rule in rules:
        try:
            for outcome in rule(context):
                if isinstance(outcome, Finding):
                    findings.append(outcome)
                else:
                    agreeing.append(outcome)
        except Exception as error:  # told as a finding; tests refuse every such finding
            findings.append(_stopped(rule, error))
    agreeing.sort(key=lambda a: a.spans[0] if a.spans else Span(0, 0))
    return ProofReading(merged(findings), tuple(agreeing))


def merged(findings: list[Finding]) -> tuple[Finding, ...]:
    """Printed order, without repeats; where two rules of one family point first at the same words, the graver with all spans.

    What one rule says twice of the same words (a total that two lists of parts contradict) stays two findings.
    """
    kept: dict[tuple[str, Span | str], list[Finding]] = {}
    for finding in findings:
        place = finding.spans[0] if finding.spans else str(finding.message)
        there = kept.setdefault((finding.rule.partition(".")[0], place), [])
        if finding in there:
            continue
        other = next((i for i, f in enumerate(there) if f.rule != finding.rule), None)
        if other is None:
            there.append(finding)
            continue
        graver, lesser = (
            (finding, there[other]) if _WEIGHT[finding.severity] < _WEIGHT[there[other].severity] else (there[other], finding)
        )
        there[other] = replace(graver, spans=tuple(dict.fromkeys((*graver.spans, *lesser.spans))))
    return tuple(sorted((f for there in kept.values() for f in there), key=_order))


def _order(finding: Finding) -> tuple[Span, int, str]:
    return (finding.spans[0] if finding.spans else Span(0, 0), _WEIGHT[finding.severity], finding.rule)


def _stopped(rule: Rule, error: Exception) -> Finding:
    return Finding(
        rule=STOPPED,
        severity=Severity.WARNING,
        message=Message(
            "规则{rule}没有跑完（{error}），它管的错误这次没有查", {"rule": rule.id, "error": f"{type(error).__name__}: {error}"}
        ),
        advice=Message("人工查这一项，并把这份文本和本条信息报告给软件维护者"),
        spans=(),
    )
