"""The report as SARIF 2.1.0, for editors and code-hosting sites. Columns and offsets count Unicode code points."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from taizhang.engines.proof.model import Finding
from taizhang.engines.proof.report.acceptance import Acceptance, Accepted
from taizhang.engines.proof.report.model import Report
from taizhang.engines.proof.report.wording import Translate, say
from taizhang.kernel.spans import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_log(reports: Iterable[Report], translate: Translate, language: str = "zh-CN") -> dict[str, Any]:
    """One log with one run per report. Accepted findings are results with an accepted suppression."""
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(r, translate, language) for r in reports]}


def _run(report: Report, translate: Translate, language: str) -> dict[str, Any]:
    numbered = report.numbered()
    findings = [e.finding if isinstance(e, Accepted) else e for _, e in numbered]
    ids = sorted({f.rule for f in findings} | set(report.rules))
    index = {rule: i for i, rule in enumerate(ids)}
    results = [_result(e, report, index, translate) for _, e in numbered]
    for result, known in zip(results, _fingerprints(findings, report), strict=True):
        result["partialFingerprints"] = {"ruleAndWords/v1": known}
    return {
        "tool": {
            "driver": {
                "name": "taizhang",
                "version": report.version,
                "language": language,
                "rules": [_rule(rule, report, translate) for rule in ids],
            }
        },
        "language": language,
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [_artifact(report)],
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_stale(a, translate) for a in report.review.stale],
            }
        ],
        "results": results,
    }


def _fingerprints(findings: list[Finding], report: Report) -> Iterator[str]:
    """By rule and words, not by place, so that a viewer knows a finding again in the next draft."""
    seen: Counter[str] = Counter()
    for finding in findings:
        words = "".join("".join(report.words(s).split()) for s in finding.spans)
        key = f"{finding.rule}\n{words}"
        seen[key] += 1
        yield sha256(f"{key}\n{seen[key]}".encode("utf-8", "replace")).hexdigest()[:32]


def _artifact(report: Report) -> dict[str, Any]:
    artifact: dict[str, Any] = {
        "location": {"uri": report.source.uri or report.source.name},
        "roles": ["analysisTarget"],
        "sourceLanguage": "zh-CN",
    }
    if report.source.encoding:
        artifact["encoding"] = report.source.encoding
    if report.source.digest:
        artifact["hashes"] = {"sha-256": report.source.digest}
    return artifact


def _rule(rule: str, report: Report, translate: Translate) -> dict[str, Any]:
    text = report.rules.get(rule)
    known: dict[str, Any] = {"id": rule}
    if text:
        title, why = translate(text.title), translate(text.why)
        known |= {"shortDescription": {"text": title}, "fullDescription": {"text": why}, "help": {"text": why}}
    else:
        known |= {"shortDescription": {"text": rule}, "help": {"text": rule}}
    if text:
        known["defaultConfiguration"] = {"level": str(text.severity)}
        known["properties"] = {"tags": [str(text.concern)]}
    return known


def _result(entry: Finding | Accepted, report: Report, index: dict[str, int], translate: Translate) -> dict[str, Any]:
    finding = entry.finding if isinstance(entry, Accepted) else entry
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": str(finding.severity),
        "kind": "fail",
        "message": {"text": _message(finding, translate)},
        "locations": [_location(s, report, finding if i == 0 else None) for i, s in enumerate(finding.spans[:1])],
    }
    if len(finding.spans) > 1:
        result["relatedLocations"] = [{"id": i, **_location(s, report, None)} for i, s in enumerate(finding.spans[1:], 1)]
    properties = {"declared": finding.declared, "computed": finding.computed, "eid": finding.eid, "document": finding.document}
    result["properties"] = {name: value for name, value in properties.items() if value is not None}
    if isinstance(entry, Accepted):
        result["suppressions"] = [_suppression(entry.acceptance)]
    return result


def _message(finding: Finding, translate: Translate) -> str:
    return f"{say(finding.message, translate)}\n{say(finding.advice, translate)}"


def _location(span: Span, report: Report, finding: Finding | None) -> dict[str, Any]:
    lines = report.places.lines
    line, column = lines.position(span.start)
    end_line, end_column = lines.position(span.end)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": report.source.uri or report.source.name, "index": 0},
            "region": {
                "startLine": line,
                "startColumn": column,
                "endLine": end_line,
                "endColumn": end_column,
                "charOffset": span.start,
                "charLength": span.length,
                "snippet": {"text": report.issue.source[span.start : span.end]},
            },
        }
    }
    place = report.place(finding) if finding else ""
    if finding and place:
        logical = {"name": place, "kind": "element"}
        if finding.document and finding.eid:
            logical["fullyQualifiedName"] = f"{finding.document}#{finding.eid}"
        location["logicalLocations"] = [logical]
    return location


def _suppression(acceptance: Acceptance) -> dict[str, Any]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": acceptance.reason,
        "properties": {"who": acceptance.who, "date": acceptance.on.isoformat()},
    }


def _stale(acceptance: Acceptance, translate: Translate) -> dict[str, Any]:
    text = translate("接受规则 {rule} 的一条“{quote}”已失效：原文或规则变了，核对后删去或改写")
    return {"level": "warning", "message": {"text": text.format(rule=acceptance.rule, quote=acceptance.quote)}}
