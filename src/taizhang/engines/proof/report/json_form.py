"""The `proof` contract, version 1 (docs/contracts.md): findings and agreeing sums as plain values for JSON."""

from typing import Any

from taizhang.engines.proof.model import Agreement, Finding
from taizhang.engines.proof.report.acceptance import Acceptance, Accepted
from taizhang.engines.proof.report.model import Report
from taizhang.kernel.spans import Span

SCHEMA = 1


def proof_json(report: Report) -> dict[str, Any]:
    """The report under the contract's names. Sentences are Chinese; a translation never changes the contract."""
    numbered = report.numbered()
    return {
        "schema": SCHEMA,
        "file": report.source.name,
        "sha256": report.source.digest,
        "findings": [_finding(n, e, report) for n, e in numbered if isinstance(e, Finding)],
        "agreeing": [_agreement(a) for a in report.agreeing],
        "accepted": [
            {**_finding(n, e.finding, report), "acceptance": _acceptance(e.acceptance)}
            for n, e in numbered
            if isinstance(e, Accepted)
        ],
        "stale_acceptances": [_acceptance(a) for a in report.review.stale],
    }


def _finding(number: int, finding: Finding, report: Report) -> dict[str, Any]:
    position = report.position(finding.spans)
    return {
        "number": str(number),
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": str(finding.message),
        "advice": str(finding.advice),
        "spans": [_span(s) for s in finding.spans],
        "declared": finding.declared,
        "computed": finding.computed,
        "document": finding.document,
        "eid": finding.eid,
        "place": report.place(finding) or None,
        "quote": report.words(finding.spans[0]) if finding.spans else None,
        "line": position[0] if position else None,
        "column": position[1] if position else None,
        "located": str(located) if (located := report.located(finding)) else None,
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "rule": agreement.rule,
        "message": str(agreement.message),
        "spans": [_span(s) for s in agreement.spans],
        "value": agreement.value,
    }


def _acceptance(acceptance: Acceptance) -> dict[str, Any]:
    return {
        "rule": acceptance.rule,
        "quote": acceptance.quote,
        "reason": acceptance.reason,
        "who": acceptance.who,
        "date": acceptance.on.isoformat(),
        "eid": acceptance.eid,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
